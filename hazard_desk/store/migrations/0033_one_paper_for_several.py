"""A document about several records, and the articles of law that it cites."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE document ADD COLUMN besides TEXT NOT NULL DEFAULT '[]'")
    db.execute_sql("ALTER TABLE document ADD COLUMN basis TEXT NOT NULL DEFAULT '[]'")
