"""A task names who helps (配合单位) beside who does it."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE task ADD COLUMN helpers TEXT NOT NULL DEFAULT '[]'")
