"""A form that is sent again for the same day, group and reading is another version, with the reason."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE submission ADD COLUMN version INTEGER")
    db.execute_sql("ALTER TABLE submission ADD COLUMN reason TEXT NOT NULL DEFAULT ''")
    db.execute_sql("ALTER TABLE submission ADD COLUMN summed TEXT NOT NULL DEFAULT '[]'")
    db.execute_sql(
        """
        UPDATE submission SET version = (
            SELECT COUNT(*) FROM submission AS old
            WHERE old.plan_id = submission.plan_id AND old.form = submission.form
            AND old.as_of IS submission.as_of AND old."group" = submission."group"
            AND old.reading = submission.reading AND old.id <= submission.id
        )
        """
    )
