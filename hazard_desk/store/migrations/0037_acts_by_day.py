"""The acts of a day are found without reading all acts ever done."""


def up(migrator, db):
    db.execute_sql("CREATE INDEX audit_at ON audit (at)")
