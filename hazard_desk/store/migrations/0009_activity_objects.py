"""Work done says which office did it, in which sector, and for whom: the progress forms ask for that."""

STATEMENTS = (
    "ALTER TABLE activity ADD COLUMN office TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE activity ADD COLUMN sector TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE activity ADD COLUMN object_kind TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE activity ADD COLUMN objects INTEGER",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
