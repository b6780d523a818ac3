"""Time: what fulfils a duty, the clerk's word on its occurrences, fired triggers, a year's holidays."""

import json

STATEMENTS = (
    "ALTER TABLE duty ADD COLUMN rule TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE duty ADD COLUMN \"trigger\" TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE duty ADD COLUMN fulfilled_by TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE duty ADD COLUMN leads TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE duty ADD COLUMN units TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE duty ADD COLUMN starts_on DATE",
    "ALTER TABLE duty ADD COLUMN ends_on DATE",
    "ALTER TABLE duty ADD COLUMN end_reason TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE occurrence_mark (
        id INTEGER NOT NULL PRIMARY KEY,
        duty_id INTEGER NOT NULL REFERENCES duty (id),
        "key" TEXT NOT NULL,
        kind TEXT NOT NULL,
        happened_on DATE,
        note TEXT NOT NULL,
        record TEXT NOT NULL,
        who TEXT NOT NULL,
        entered_at DATETIME NOT NULL
    )
    """,
    'CREATE UNIQUE INDEX occurrence_mark_duty_id_key ON occurrence_mark (duty_id, "key")',
    """
    CREATE TABLE duty_trigger (
        id INTEGER NOT NULL PRIMARY KEY,
        duty_id INTEGER NOT NULL REFERENCES duty (id),
        name TEXT NOT NULL,
        happened_on DATE,
        due DATE,
        starts_on DATE,
        note TEXT NOT NULL,
        who TEXT NOT NULL,
        entered_at DATETIME NOT NULL
    )
    """,
    "CREATE INDEX duty_trigger_duty_id ON duty_trigger (duty_id)",
    """
    CREATE TABLE holiday (
        id INTEGER NOT NULL PRIMARY KEY,
        day DATE,
        rest TEXT NOT NULL,
        name TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX holiday_day ON holiday (day)",
)
FULFILLED_BY = {
    "principals-inspection": ["check:带队", "activity:督导检查"],
    "deputies-research": ["activity:调度会"],
    "risk-meeting": ["activity:风险研判会"],
    "five-entries": ["activity:五进宣传"],
    "urge-self-checks": ["activity:督促自查"],
    "cards-training": ["activity:教育培训/两单两卡"],
    "ledger-update": ["activity:调度会/台账"],
    "half-year-bulletin": ["paper:bulletin", "activity:情况通报"],
    "contingency-training": ["activity:教育培训/预案"],
    "yearly-drill": ["activity:应急演练"],
    "expert-service": ["activity:专家服务"],
    "safety-month": ["activity:主题宣传"],
    "slogans": ["register:slogans"],
}
"""What fulfils the duties of 三星乡2023行动, for desks whose plan was entered before it was kept."""
LEADS = {"deputies-research": ["分管负责人"], "risk-meeting": ["党政主要负责人", "分管负责人"]}
TRIGGERS = {"double-report": "企业排查发现重大事故隐患时，以及整改落实后"}


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
    for column, values in (("fulfilled_by", FULFILLED_BY), ("leads", LEADS), ('"trigger"', TRIGGERS)):
        for code, value in values.items():
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            db.execute_sql(
                f"UPDATE duty SET {column} = ? WHERE code = ? "
                "AND plan_id IN (SELECT id FROM plan WHERE code = 'sanxiang-2023')",
                (text, code),
            )
