"""The loop as townships walk it: handed over, level with history, full list by consent, reports, signatures.

What is there was entered under the first law (0) and folds by it.
"""

TEXTS = (
    "reply",
    "deputy_consent",
    "principal_consent",
    "regraded_by",
    "posted_at",
    "county_leader",
    "closing_reason",
)
DAYS = (
    "reply_due",
    "replied_on",
    "lapsed_on",
    "listed_on",
    "regraded_on",
    "posted_on",
    "county_signed_on",
)


def up(migrator, db):
    for name in TEXTS:
        db.execute_sql(f"ALTER TABLE hazard ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
    for name in DAYS:
        db.execute_sql(f"ALTER TABLE hazard ADD COLUMN {name} DATE")
    db.execute_sql("ALTER TABLE hazard ADD COLUMN done_reports TEXT NOT NULL DEFAULT '[]'")
    db.execute_sql("CREATE INDEX hazard_reply_due ON hazard (reply_due)")
    db.execute_sql("ALTER TABLE hazard_event ADD COLUMN law INTEGER NOT NULL DEFAULT 0")
