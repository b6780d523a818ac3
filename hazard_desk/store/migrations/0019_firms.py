"""An enterprise: its safety grade (标准化等级), and whether it is of a dangerous trade (高危)."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE enterprise ADD COLUMN grade TEXT NOT NULL DEFAULT ''")
    db.execute_sql("ALTER TABLE enterprise ADD COLUMN high_risk INTEGER NOT NULL DEFAULT 0")
