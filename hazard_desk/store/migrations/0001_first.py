"""The first tables: plans, groups, enterprises, hazards with their events, settings and the audit trail."""

TABLES = (
    """
    CREATE TABLE setting (
        id INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        value TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX setting_name ON setting (name)",
    """
    CREATE TABLE audit (
        id INTEGER NOT NULL PRIMARY KEY,
        at DATETIME NOT NULL,
        who TEXT NOT NULL,
        act TEXT NOT NULL,
        ledger TEXT NOT NULL,
        title TEXT NOT NULL,
        rows TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE plan (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL,
        title TEXT NOT NULL,
        short TEXT NOT NULL,
        number TEXT NOT NULL,
        issuer TEXT NOT NULL,
        issued_on DATE,
        starts_on DATE,
        ends_on DATE,
        annex_title TEXT NOT NULL,
        notes TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX plan_code ON plan (code)",
    """
    CREATE TABLE stage (
        id INTEGER NOT NULL PRIMARY KEY,
        plan_id INTEGER NOT NULL REFERENCES plan (id),
        number INTEGER,
        name TEXT NOT NULL,
        deadline_text TEXT NOT NULL,
        starts_on DATE,
        due DATE,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX stage_plan_id ON stage (plan_id)",
    """
    CREATE TABLE action (
        id INTEGER NOT NULL PRIMARY KEY,
        plan_id INTEGER NOT NULL REFERENCES plan (id),
        number INTEGER,
        name TEXT NOT NULL,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX action_plan_id ON action (plan_id)",
    """
    CREATE TABLE key_task (
        id INTEGER NOT NULL PRIMARY KEY,
        action_id INTEGER NOT NULL REFERENCES action (id),
        number INTEGER,
        name TEXT NOT NULL
    )
    """,
    "CREATE INDEX key_task_action_id ON key_task (action_id)",
    """
    CREATE TABLE task (
        id INTEGER NOT NULL PRIMARY KEY,
        key_task_id INTEGER NOT NULL REFERENCES key_task (id),
        number INTEGER,
        text TEXT NOT NULL,
        leads TEXT NOT NULL,
        units TEXT NOT NULL,
        deadline_text TEXT NOT NULL,
        due DATE,
        standing INTEGER NOT NULL,
        remark TEXT NOT NULL,
        inherited TEXT NOT NULL,
        doubts TEXT NOT NULL
    )
    """,
    "CREATE INDEX task_key_task_id ON task (key_task_id)",
    """
    CREATE TABLE task_log (
        id INTEGER NOT NULL PRIMARY KEY,
        task_id INTEGER NOT NULL REFERENCES task (id),
        happened_on DATE,
        kind TEXT NOT NULL,
        note TEXT NOT NULL,
        who TEXT NOT NULL,
        entered_at DATETIME NOT NULL
    )
    """,
    "CREATE INDEX task_log_task_id ON task_log (task_id)",
    """
    CREATE TABLE duty (
        id INTEGER NOT NULL PRIMARY KEY,
        plan_id INTEGER NOT NULL REFERENCES plan (id),
        code TEXT NOT NULL,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        basis TEXT NOT NULL,
        tasks TEXT NOT NULL,
        rrule TEXT NOT NULL,
        period TEXT NOT NULL,
        at TEXT NOT NULL,
        at_least INTEGER,
        counted_in TEXT NOT NULL,
        doubts TEXT NOT NULL
    )
    """,
    "CREATE INDEX duty_plan_id ON duty (plan_id)",
    """
    CREATE TABLE plan_register (
        id INTEGER NOT NULL PRIMARY KEY,
        plan_id INTEGER NOT NULL REFERENCES plan (id),
        code TEXT NOT NULL,
        title TEXT NOT NULL,
        basis TEXT NOT NULL,
        tasks TEXT NOT NULL
    )
    """,
    "CREATE INDEX plan_register_plan_id ON plan_register (plan_id)",
    """
    CREATE TABLE leading_group (
        id INTEGER NOT NULL PRIMARY KEY,
        plan_id INTEGER NOT NULL REFERENCES plan (id),
        parent_id INTEGER REFERENCES leading_group (id),
        name TEXT NOT NULL,
        office TEXT NOT NULL,
        charge TEXT NOT NULL
    )
    """,
    "CREATE INDEX leading_group_plan_id ON leading_group (plan_id)",
    """
    CREATE TABLE membership (
        id INTEGER NOT NULL PRIMARY KEY,
        group_id INTEGER NOT NULL REFERENCES leading_group (id),
        role TEXT NOT NULL,
        person TEXT NOT NULL,
        post TEXT NOT NULL,
        by_office INTEGER NOT NULL,
        starts_on DATE,
        ends_on DATE,
        basis TEXT NOT NULL
    )
    """,
    "CREATE INDEX membership_group_id ON membership (group_id)",
    """
    CREATE TABLE enterprise (
        id INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        category TEXT NOT NULL,
        credit_code TEXT NOT NULL,
        sector TEXT NOT NULL,
        village TEXT NOT NULL,
        address TEXT NOT NULL,
        legal_person TEXT NOT NULL,
        principal TEXT NOT NULL,
        phone TEXT NOT NULL,
        safety_officers TEXT NOT NULL,
        headcount INTEGER,
        risk TEXT NOT NULL,
        office TEXT NOT NULL,
        leader TEXT NOT NULL,
        keeper TEXT NOT NULL,
        status TEXT NOT NULL,
        remark TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX enterprise_name ON enterprise (name)",
    """
    CREATE TABLE hazard (
        id INTEGER NOT NULL PRIMARY KEY,
        year INTEGER NOT NULL,
        serial INTEGER NOT NULL,
        enterprise_id INTEGER REFERENCES enterprise (id),
        number TEXT NOT NULL,
        state TEXT NOT NULL,
        level TEXT NOT NULL,
        source TEXT NOT NULL,
        sector TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        place TEXT NOT NULL,
        description TEXT NOT NULL,
        category TEXT NOT NULL,
        criterion TEXT NOT NULL,
        found_on DATE,
        inspectors TEXT NOT NULL,
        responsible TEXT NOT NULL,
        measures TEXT NOT NULL,
        funds REAL,
        deadline DATE,
        contingency TEXT NOT NULL,
        office TEXT NOT NULL,
        overseer TEXT NOT NULL,
        extended_by TEXT NOT NULL,
        rectified_on DATE,
        rectified_by TEXT NOT NULL,
        spent REAL,
        rechecked_on DATE,
        rechecked_by TEXT NOT NULL,
        recheck_finding TEXT NOT NULL,
        signed_off_on DATE,
        signed_off_by TEXT NOT NULL,
        remark TEXT NOT NULL
    )
    """,
    "CREATE INDEX hazard_enterprise_id ON hazard (enterprise_id)",
    "CREATE UNIQUE INDEX hazard_number ON hazard (number)",
    "CREATE INDEX hazard_state ON hazard (state)",
    "CREATE INDEX hazard_level ON hazard (level)",
    "CREATE INDEX hazard_found_on ON hazard (found_on)",
    "CREATE INDEX hazard_deadline ON hazard (deadline)",
    "CREATE UNIQUE INDEX hazard_year_serial ON hazard (year, serial)",
    """
    CREATE TABLE hazard_event (
        id INTEGER NOT NULL PRIMARY KEY,
        hazard_id INTEGER NOT NULL REFERENCES hazard (id),
        kind TEXT NOT NULL,
        happened_on DATE NOT NULL,
        entered_at DATETIME NOT NULL,
        who TEXT NOT NULL,
        note TEXT NOT NULL,
        facts TEXT NOT NULL,
        corrects INTEGER,
        state TEXT NOT NULL
    )
    """,
    "CREATE INDEX hazard_event_hazard_id ON hazard_event (hazard_id)",
)


def up(migrator, db):
    for statement in TABLES:
        db.execute_sql(statement)
