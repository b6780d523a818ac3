"""Several plans side by side: the file each was entered from; tasks withdrawn, doubts settled."""

STATEMENTS = (
    "ALTER TABLE plan ADD COLUMN source TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE task ADD COLUMN withdrawn_on DATE",
    "ALTER TABLE task ADD COLUMN withdrawn_why TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE task ADD COLUMN settled TEXT NOT NULL DEFAULT '[]'",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
