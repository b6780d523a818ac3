"""The register of documents issued (发文登记)."""

STATEMENTS = (
    """
    CREATE TABLE document (
        id INTEGER NOT NULL PRIMARY KEY,
        year INTEGER NOT NULL,
        series TEXT NOT NULL,
        record TEXT NOT NULL,
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        seq INTEGER,
        title TEXT NOT NULL,
        issued_on DATE,
        addressee TEXT NOT NULL,
        copies TEXT NOT NULL,
        report TEXT NOT NULL,
        about TEXT NOT NULL,
        voided_on DATE,
        void_reason TEXT NOT NULL,
        remark TEXT NOT NULL
    )
    """,
    "CREATE INDEX document_record ON document (record)",
    "CREATE UNIQUE INDEX document_number ON document (number)",
    "CREATE INDEX document_kind ON document (kind)",
    "CREATE INDEX document_issued_on ON document (issued_on)",
    "CREATE UNIQUE INDEX document_series_year_seq ON document (series, year, seq)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
