"""How hazards stood before they stood as now; filled from their events once the desk is up to date."""

TEXTS = """
    gaps state level criterion regraded_by responsible measures contingency extended_by rectified_by
    rechecked_by recheck_finding signed_off_by reports done_reports posted_at county_leader
    closing_reason notice_number recheck_number plan_goal plan_methods plan_resources plan_people
    plan_safety supervision_level supervision_number supervisor deputy_consent principal_consent
    pool handed_to reply merged_into
"""
DAYS = """
    regraded_on deadline lapsed_on rectified_on rechecked_on signed_off_on posted_on
    county_signed_on plan_deadline supervision_on supervision_deadline supervision_accepted_on
    supervision_removed_on listed_on handed_on reply_due replied_on
"""
NUMBERS = "funds spent"


def up(migrator, db):
    columns = [f"{name} TEXT NOT NULL" for name in TEXTS.split()]
    columns += [f"{name} DATE" for name in DAYS.split()]
    columns += [f"{name} REAL" for name in NUMBERS.split()]
    db.execute_sql(
        "CREATE TABLE hazard_past (id INTEGER NOT NULL PRIMARY KEY,"
        " hazard_id INTEGER NOT NULL REFERENCES hazard (id) ON DELETE CASCADE,"
        f" since DATE NOT NULL, until DATE NOT NULL, {', '.join(columns)})"
    )
    for names in ("hazard_id, until", "until, since", "level, until, since"):
        db.execute_sql(f"CREATE INDEX hazard_past_{names.replace(', ', '_')} ON hazard_past ({names})")
