"""Rows of registers name the hazard, check or penalty they tell of; penalties why they are kept all the same.

Records that name an enterprise and were entered before it are linked to it now.
"""

import re

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
NAMES = {
    "hazard": "unit_name",
    "check_visit": "unit_name",
    "check_plan": "unit_name",
    "reward_penalty": "target",
    "tip": "unit_name",
    "register_row": "json_extract(facts, '$.unit_name')",
}


def up(migrator, db):
    db.execute_sql("ALTER TABLE reward_penalty ADD COLUMN despite TEXT NOT NULL DEFAULT ''")
    for key, table in (("hazard_id", "hazard"), ("check_id", "check_visit"), ("reward_id", "reward_penalty")):
        db.execute_sql(f"ALTER TABLE register_row ADD COLUMN {key} INTEGER REFERENCES {table} (id)")
        db.execute_sql(f"CREATE INDEX register_row_{key} ON register_row ({key})")
    rows = db.execute_sql("SELECT id, name FROM enterprise").fetchall()
    firms = {plain(name): number for number, name in rows if name}
    for table, name in NAMES.items():
        asked = f"SELECT id, {name} FROM {table} WHERE enterprise_id IS NULL"
        for number, named in db.execute_sql(asked).fetchall():
            if named and (firm := firms.get(plain(named))):
                db.execute_sql(f"UPDATE {table} SET enterprise_id = ? WHERE id = ?", (firm, number))


def plain(name):
    return re.sub(r"\s+", "", name).translate(WIDE)
