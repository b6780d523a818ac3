"""The parts of a task, with a work log of their own; those that the text of a task numbers are entered."""

import json
import re

LINE = re.compile(r"^[（(](\d{1,2})[）)]\s*(.+)$", re.MULTILINE)
LED_BY = re.compile(r"由([^，。；、（）]{2,20}?)牵头")


def up(migrator, db):
    db.execute_sql(
        "CREATE TABLE task_part (id INTEGER NOT NULL PRIMARY KEY,"
        " task_id INTEGER NOT NULL REFERENCES task (id), number INTEGER, text TEXT NOT NULL,"
        " leads TEXT NOT NULL DEFAULT '[]', units TEXT NOT NULL DEFAULT '[]',"
        " deadline_text TEXT NOT NULL DEFAULT '', due DATE, doubts TEXT NOT NULL DEFAULT '[]',"
        " withdrawn_on DATE, withdrawn_why TEXT NOT NULL DEFAULT '')"
    )
    db.execute_sql("CREATE INDEX task_part_task_id ON task_part (task_id)")
    db.execute_sql("ALTER TABLE task_log ADD COLUMN part_id INTEGER REFERENCES task_part (id)")
    for task, text in db.execute_sql("SELECT id, text FROM task ORDER BY id").fetchall():
        lines = LINE.findall(text)
        if len(lines) < 2 or len({number for number, _ in lines}) < len(lines):
            continue
        for number, told in lines:
            leads = json.dumps(LED_BY.findall(told), ensure_ascii=False)
            db.execute_sql(
                "INSERT INTO task_part (task_id, number, text, leads) VALUES (?, ?, ?, ?)",
                (task, int(number), told.strip(), leads),
            )
