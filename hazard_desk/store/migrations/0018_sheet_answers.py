"""What the clerk answered about a sheet besides its columns: words, and facts that hold for all its rows."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE sheet_mapping ADD COLUMN words TEXT NOT NULL DEFAULT '[]'")
    db.execute_sql("ALTER TABLE sheet_mapping ADD COLUMN facts TEXT NOT NULL DEFAULT '{}'")
