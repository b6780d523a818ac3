"""A changed copy of an attachment is a new version of it; the old one stays."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE attachment ADD COLUMN replaces INTEGER")
