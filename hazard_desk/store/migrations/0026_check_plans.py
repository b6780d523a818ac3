"""The yearly check plan, and why a check was made all the same."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE check_visit ADD COLUMN reason TEXT NOT NULL DEFAULT ''")
    db.execute_sql(
        """
        CREATE TABLE check_plan (
            id INTEGER NOT NULL PRIMARY KEY,
            others TEXT NOT NULL,
            gaps TEXT NOT NULL,
            enterprise_id INTEGER REFERENCES enterprise (id),
            unit_name TEXT NOT NULL,
            due_on DATE,
            office TEXT NOT NULL,
            kind TEXT NOT NULL,
            filed_on DATE,
            filed_with TEXT NOT NULL,
            remark TEXT NOT NULL
        )
        """
    )
    db.execute_sql("CREATE INDEX check_plan_enterprise_id ON check_plan (enterprise_id)")
    db.execute_sql("CREATE INDEX check_plan_due_on ON check_plan (due_on)")
