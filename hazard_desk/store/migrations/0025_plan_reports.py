"""Where the reports of a plan go, and whether those who were checked were asked about the criteria (抽考)."""


def up(migrator, db):
    for name in ("report_to", "report_way", "report_contact"):
        db.execute_sql(f"ALTER TABLE plan ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
    db.execute_sql("ALTER TABLE check_visit ADD COLUMN quizzed TEXT NOT NULL DEFAULT ''")
