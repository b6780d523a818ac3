"""Since when an enterprise is stopped or closed: what fell due before that day is still asked of it."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE enterprise ADD COLUMN stopped_on DATE")
