"""The whole closed loop, checks, tips, rewards and penalties, activities, duties of enterprises; undo."""

STATEMENTS = (
    """
    CREATE TABLE informant (
        id INTEGER NOT NULL PRIMARY KEY,
        informant_name TEXT NOT NULL,
        informant_phone TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE check_visit (
        id INTEGER NOT NULL PRIMARY KEY,
        enterprise_id INTEGER REFERENCES enterprise (id),
        checked_on DATE,
        times TEXT NOT NULL,
        kind TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        leader TEXT NOT NULL,
        inspectors TEXT NOT NULL,
        badges TEXT NOT NULL,
        situation TEXT NOT NULL,
        no_study INTEGER NOT NULL,
        no_lead INTEGER NOT NULL,
        no_duties INTEGER NOT NULL,
        no_officers INTEGER NOT NULL,
        no_licence INTEGER NOT NULL,
        bad_contracting INTEGER NOT NULL,
        no_drill INTEGER NOT NULL,
        papers TEXT NOT NULL,
        diagnosis TEXT NOT NULL,
        penalty TEXT NOT NULL,
        recheck TEXT NOT NULL,
        remark TEXT NOT NULL
    )
    """,
    "CREATE INDEX check_visit_enterprise_id ON check_visit (enterprise_id)",
    "CREATE INDEX check_visit_checked_on ON check_visit (checked_on)",
    """
    CREATE TABLE finding (
        id INTEGER NOT NULL PRIMARY KEY,
        check_id INTEGER NOT NULL REFERENCES check_visit (id),
        hazard_id INTEGER REFERENCES hazard (id),
        level TEXT NOT NULL,
        place TEXT NOT NULL,
        description TEXT NOT NULL
    )
    """,
    "CREATE INDEX finding_check_id ON finding (check_id)",
    """
    CREATE TABLE tip (
        id INTEGER NOT NULL PRIMARY KEY,
        enterprise_id INTEGER REFERENCES enterprise (id),
        informant_id INTEGER REFERENCES informant (id),
        received_on DATE,
        way TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        content TEXT NOT NULL,
        anonymous INTEGER NOT NULL,
        handler TEXT NOT NULL,
        deadline DATE,
        verified TEXT NOT NULL,
        finding TEXT NOT NULL,
        answered_on DATE,
        remark TEXT NOT NULL
    )
    """,
    "CREATE INDEX tip_enterprise_id ON tip (enterprise_id)",
    "CREATE INDEX tip_received_on ON tip (received_on)",
    """
    CREATE TABLE reward_penalty (
        id INTEGER NOT NULL PRIMARY KEY,
        enterprise_id INTEGER REFERENCES enterprise (id),
        hazard_id INTEGER REFERENCES hazard (id),
        check_id INTEGER REFERENCES check_visit (id),
        tip_id INTEGER REFERENCES tip (id),
        informant_id INTEGER REFERENCES informant (id),
        pair_id INTEGER REFERENCES reward_penalty (id),
        kind TEXT NOT NULL,
        target_kind TEXT NOT NULL,
        target TEXT NOT NULL,
        happened_on DATE,
        reason TEXT NOT NULL,
        basis TEXT NOT NULL,
        amount REAL,
        number TEXT NOT NULL,
        hazard_number TEXT NOT NULL,
        anonymous INTEGER NOT NULL,
        published_at TEXT NOT NULL,
        published_on DATE,
        crime INTEGER NOT NULL,
        people INTEGER,
        remark TEXT NOT NULL
    )
    """,
    "CREATE INDEX reward_penalty_enterprise_id ON reward_penalty (enterprise_id)",
    "CREATE INDEX reward_penalty_hazard_id ON reward_penalty (hazard_id)",
    "CREATE INDEX reward_penalty_check_id ON reward_penalty (check_id)",
    "CREATE INDEX reward_penalty_tip_id ON reward_penalty (tip_id)",
    "CREATE INDEX reward_penalty_kind ON reward_penalty (kind)",
    "CREATE INDEX reward_penalty_happened_on ON reward_penalty (happened_on)",
    """
    CREATE TABLE activity (
        id INTEGER NOT NULL PRIMARY KEY,
        task_id INTEGER REFERENCES task (id),
        duty_id INTEGER REFERENCES duty (id),
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        held_on DATE,
        level TEXT NOT NULL,
        place TEXT NOT NULL,
        host TEXT NOT NULL,
        attendance INTEGER,
        audience TEXT NOT NULL,
        content TEXT NOT NULL,
        task_number INTEGER,
        duty_title TEXT NOT NULL,
        remark TEXT NOT NULL
    )
    """,
    "CREATE INDEX activity_task_id ON activity (task_id)",
    "CREATE INDEX activity_duty_id ON activity (duty_id)",
    "CREATE INDEX activity_kind ON activity (kind)",
    "CREATE INDEX activity_held_on ON activity (held_on)",
    """
    CREATE TABLE enterprise_duty (
        id INTEGER NOT NULL PRIMARY KEY,
        enterprise_id INTEGER NOT NULL REFERENCES enterprise (id),
        unit_name TEXT NOT NULL,
        duty TEXT NOT NULL,
        state TEXT NOT NULL,
        last_on DATE,
        next_due DATE,
        remark TEXT NOT NULL
    )
    """,
    "CREATE INDEX enterprise_duty_enterprise_id ON enterprise_duty (enterprise_id)",
    "CREATE INDEX enterprise_duty_next_due ON enterprise_duty (next_due)",
    "CREATE UNIQUE INDEX enterprise_duty_enterprise_id_duty ON enterprise_duty (enterprise_id, duty)",
    """
    CREATE TABLE audited (
        id INTEGER NOT NULL PRIMARY KEY,
        audit_id INTEGER NOT NULL REFERENCES audit (id),
        table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL
    )
    """,
    "CREATE INDEX audited_audit_id ON audited (audit_id)",
    "CREATE INDEX audited_table_name_row_id ON audited (table_name, row_id)",
    """
    CREATE TABLE saved_view (
        id INTEGER NOT NULL PRIMARY KEY,
        ledger TEXT NOT NULL,
        name TEXT NOT NULL,
        query TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX saved_view_ledger_name ON saved_view (ledger, name)",
    "ALTER TABLE hazard ADD COLUMN check_id INTEGER REFERENCES check_visit (id)",
    "ALTER TABLE hazard ADD COLUMN tip_id INTEGER REFERENCES tip (id)",
    "ALTER TABLE hazard ADD COLUMN reports TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE hazard ADD COLUMN notice_number TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN recheck_number TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN plan_goal TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN plan_methods TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN plan_resources TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN plan_people TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN plan_deadline DATE",
    "ALTER TABLE hazard ADD COLUMN plan_safety TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN supervision_level TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN supervision_on DATE",
    "ALTER TABLE hazard ADD COLUMN supervision_number TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN supervisor TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN supervision_deadline DATE",
    "ALTER TABLE hazard ADD COLUMN supervision_accepted_on DATE",
    "ALTER TABLE hazard ADD COLUMN supervision_removed_on DATE",
    "ALTER TABLE hazard ADD COLUMN pool TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN handed_to TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN handed_on DATE",
    "ALTER TABLE hazard ADD COLUMN assigned_number TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hazard ADD COLUMN feedback_due DATE",
    "ALTER TABLE hazard ADD COLUMN merged_into TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX hazard_check_id ON hazard (check_id)",
    "CREATE INDEX hazard_tip_id ON hazard (tip_id)",
    "CREATE INDEX hazard_supervision_deadline ON hazard (supervision_deadline)",
    "CREATE INDEX hazard_feedback_due ON hazard (feedback_due)",
    "ALTER TABLE audit ADD COLUMN undoes INTEGER REFERENCES audit (id)",
    # What the fold gives to hazards registered before there were pools.
    "UPDATE hazard SET pool = '全量库'",
    """
    INSERT INTO audited (audit_id, table_name, row_id)
    SELECT DISTINCT audit.id, json_extract(value, '$.table'), json_extract(value, '$.id')
    FROM audit, json_each(audit.rows)
    """,
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
