"""Rows keep facts that have no field (其他栏目) and what nobody told (待补); hazards tell how work goes on.

An enterprise may come in without its name; names are unique all the same. A hazard's event may be history:
it came in from a sheet, its law is not asked, and its day may be unknown.
"""

TABLES = (
    "activity",
    "check_visit",
    "document",
    "duty",
    "enterprise",
    "enterprise_duty",
    "hazard",
    "membership",
    "register_row",
    "reward_penalty",
    "tip",
)


def up(migrator, db):
    for table in TABLES:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN others TEXT NOT NULL DEFAULT '{{}}'")
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN gaps TEXT NOT NULL DEFAULT '[]'")
    db.execute_sql("ALTER TABLE hazard ADD COLUMN progress TEXT NOT NULL DEFAULT ''")
    db.execute_sql("DROP INDEX enterprise_name")
    db.execute_sql("CREATE UNIQUE INDEX enterprise_name ON enterprise (name) WHERE name <> ''")
    for mark in ("past", "undated"):
        db.execute_sql(f"ALTER TABLE hazard_event ADD COLUMN {mark} INTEGER NOT NULL DEFAULT 0")
