"""The names that an enterprise had, so that records under them stay its own."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE enterprise ADD COLUMN former TEXT NOT NULL DEFAULT '[]'")
