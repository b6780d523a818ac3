"""An attachment may be the signed copy of a paper: which paper, and which document."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE attachment ADD COLUMN paper TEXT NOT NULL DEFAULT ''")
    db.execute_sql("ALTER TABLE attachment ADD COLUMN document INTEGER")
