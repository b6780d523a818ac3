"""Informants are sealed: what stood in clear is sealed by a key that is made now, and an id given to each."""

from hazard_desk.store.seal.upgrade import seal_informants

STATEMENTS = (
    "ALTER TABLE informant ADD COLUMN uid TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE informant ADD COLUMN data_key TEXT NOT NULL DEFAULT ''",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
    seal_informants(db)
    db.execute_sql("CREATE UNIQUE INDEX informant_uid ON informant (uid)")
