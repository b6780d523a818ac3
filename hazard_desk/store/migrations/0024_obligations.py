"""Whose work a duty must be and to whom it is to be done; which firms a piece of work was done with.

The duties of the bundled plans that stand in older desks are told it as well; what fulfils them stays as the
office has it.
"""

import json

DUTIES = {
    "chongming-2023": {
        "december-report": {"starts_on": "2023-08-06"},
        "enterprise-inspection": {"objects": "每家企业"},
        "high-risk-inspection": {"objects": "每家高危企业"},
        "high-risk-drill": {"objects": "每家高危企业"},
        "drill": {"objects": "每家企业"},
        "warning-education": {"objects": "每家企业"},
        "key-posts-check": {"objects": "每家企业"},
        "contracting-check": {"objects": "每家企业"},
    },
    "fangshan-2023": {
        "group-report": {"objects": "每个专项小组"},
        "progress-form": {"objects": "每个专项小组"},
        "hear-reports": {"doers": ["党政主要负责人"]},
        "enterprise-inspection": {"objects": "每家企业"},
        "yearly-drill": {"objects": "每家企业"},
        "high-risk-drill": {"objects": "每家高危企业"},
        "warning-education": {"objects": "每家企业"},
        "key-posts-check": {"objects": "每家企业"},
        "contracting-check": {"objects": "每家企业"},
    },
    "fenghuang-2024-2026": {
        "enterprise-inspection": {"objects": "每家企业"},
        "high-risk-inspection": {"objects": "每家高危企业"},
        "evacuation-drill": {"objects": "每家企业"},
        "high-risk-drill": {"objects": "每家高危企业"},
    },
    "sanxiang-2023": {
        "principals-inspection": {"doers": ["党政主要负责人"]},
        "deputies-research": {"doers": ["分管负责人"]},
        "risk-meeting": {"doers": ["党政主要负责人", "分管负责人"]},
        "cards-training": {"objects": "每家企业"},
        "contingency-training": {"objects": "每家企业"},
        "yearly-drill": {"objects": "每家企业"},
    },
    "yongqiao-three-holds": {
        "led-inspection": {"doers": ["党政主要负责人", "分管负责人"]},
        "enterprise-inspection": {"objects": "每家企业"},
        "half-year-drill": {"objects": "每家企业"},
        "yearly-report": {"objects": "每家企业"},
        "festival-inspection": {"doers": ["党政主要负责人", "分管负责人"]},
        "disaster-inspection": {"doers": ["党政主要负责人", "分管负责人"]},
        "accident-inspection": {"doers": ["党政主要负责人", "分管负责人"]},
    },
}


def up(migrator, db):
    db.execute_sql("ALTER TABLE duty ADD COLUMN doers TEXT NOT NULL DEFAULT '[]'")
    db.execute_sql("ALTER TABLE duty ADD COLUMN objects TEXT NOT NULL DEFAULT ''")
    db.execute_sql("ALTER TABLE activity ADD COLUMN firms TEXT NOT NULL DEFAULT '[]'")
    for plan, duties in DUTIES.items():
        for code, columns in duties.items():
            for column, value in columns.items():
                _tell(db, plan, code, column, value)


def _tell(db, plan, code, column, value):
    of_plan = "code = ? AND plan_id IN (SELECT id FROM plan WHERE code = ?)"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    db.execute_sql(f"UPDATE duty SET {column} = ? WHERE {of_plan}", (text, code, plan))
