"""Special registers (专项台账): those that the office made itself, and the rows of all of them."""

STATEMENTS = (
    """
    CREATE TABLE register_def (
        id INTEGER NOT NULL PRIMARY KEY,
        definition TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE register_row (
        id INTEGER NOT NULL PRIMARY KEY,
        enterprise_id INTEGER REFERENCES enterprise (id),
        register TEXT NOT NULL,
        facts TEXT NOT NULL
    )
    """,
    "CREATE INDEX register_row_enterprise_id ON register_row (enterprise_id)",
    "CREATE INDEX register_row_register ON register_row (register)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
