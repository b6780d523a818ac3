"""What the clerk chose for the columns of a sheet, to be known again."""

STATEMENTS = (
    """
    CREATE TABLE sheet_mapping (
        id INTEGER NOT NULL PRIMARY KEY,
        ledger TEXT NOT NULL,
        shape TEXT NOT NULL,
        sender TEXT NOT NULL,
        columns TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX sheet_mapping_ledger_shape_sender ON sheet_mapping (ledger, shape, sender)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
