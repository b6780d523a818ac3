"""Progress forms as they were sent, and values of them set by hand."""

STATEMENTS = (
    """
    CREATE TABLE submission (
        id INTEGER NOT NULL PRIMARY KEY,
        plan_id INTEGER NOT NULL REFERENCES plan (id),
        form TEXT NOT NULL,
        title TEXT NOT NULL,
        as_of DATE,
        "group" TEXT NOT NULL,
        reading TEXT NOT NULL,
        submitted_on DATE,
        who TEXT NOT NULL,
        layout TEXT NOT NULL,
        cells TEXT NOT NULL
    )
    """,
    "CREATE INDEX submission_form ON submission (form)",
    """
    CREATE TABLE form_override (
        id INTEGER NOT NULL PRIMARY KEY,
        plan_id INTEGER NOT NULL REFERENCES plan (id),
        form TEXT NOT NULL,
        as_of DATE NOT NULL,
        "group" TEXT NOT NULL,
        reading TEXT NOT NULL,
        item TEXT NOT NULL,
        value TEXT NOT NULL,
        reason TEXT NOT NULL,
        who TEXT NOT NULL
    )
    """,
    """
    CREATE UNIQUE INDEX form_override_plan_id_form_as_of_group_reading_item
    ON form_override (plan_id, form, as_of, "group", reading, item)
    """,
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
