"""Each act says how it is taken back; those made before are told by what they were."""

STATEMENTS = (
    "ALTER TABLE audit ADD COLUMN undo TEXT NOT NULL DEFAULT 'rows'",
    """
    UPDATE audit SET undo = 'final' WHERE undoes IS NOT NULL OR act IN (
        'plans.enter', 'desk.create', 'desk.sample', 'informant.reveal', 'submissions.submit'
    )
    """,
    "UPDATE audit SET undo = 'number' WHERE undo = 'rows' AND act = 'documents.add'",
    """
    UPDATE audit SET undo = 'step' WHERE undo = 'rows' AND act LIKE 'hazards.%' AND act <> 'hazards.import'
        AND rows LIKE '%"hazard_event"%'
    """,
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
