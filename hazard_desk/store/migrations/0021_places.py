"""A check and a penalty say which office, sector and village they are of; work done, which village."""

NAMES = (
    ("check_visit", ("sector", "village", "office")),
    ("reward_penalty", ("sector", "village", "office")),
    ("activity", ("village",)),
)


def up(migrator, db):
    for table, columns in NAMES:
        for name in columns:
            db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
