"""Attachments on any record."""

STATEMENTS = (
    """
    CREATE TABLE attachment (
        id INTEGER NOT NULL PRIMARY KEY,
        ledger TEXT NOT NULL,
        record INTEGER NOT NULL,
        entry INTEGER,
        label TEXT NOT NULL,
        name TEXT NOT NULL,
        size INTEGER,
        sha256 TEXT NOT NULL,
        suffix TEXT NOT NULL,
        is_photo INTEGER NOT NULL,
        taken_on DATETIME,
        added_at DATETIME,
        who TEXT NOT NULL,
        note TEXT NOT NULL,
        removed_at DATETIME
    )
    """,
    "CREATE INDEX attachment_ledger_record ON attachment (ledger, record)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
