"""The search index: what is found, and by which tokens (``store.search`` keeps it)."""

STATEMENTS = (
    """
    CREATE TABLE search_entry (
        id INTEGER NOT NULL PRIMARY KEY,
        ledger TEXT NOT NULL,
        record INTEGER NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        initials TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX search_entry_ledger_record ON search_entry (ledger, record)",
    # Our tokens come with blanks between them. The ascii tokenizer leaves every character beyond ASCII
    # alone; unicode61 knows only the characters of its own time and drops newer ones (names!).
    # prefix=1 keeps a query of one character or letter as quick as any other.
    """
    CREATE VIRTUAL TABLE search_gram USING fts5(
        ledger, grams, initials,
        content = '', columnsize = 0, prefix = 1, tokenize = "ascii tokenchars '-'"
    )
    """,
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
