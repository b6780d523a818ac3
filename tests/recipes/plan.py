"""A plan is listed, a desk is made on it, and its tasks, stages and duties fall due."""

from __future__ import annotations

from datetime import date

from hazard_desk.desk import Desk
from tests.recipes.walk import FOLDER, TODAY, run, window

(told,) = (plan for plan in run("plans") if plan["id"] == "example-2024")
assert {key: told[key] for key in ("actions", "key_tasks", "tasks", "stages", "duties")} == {
    "actions": 1,
    "key_tasks": 1,
    "tasks": 2,
    "stages": 1,
    "duties": 1,
}
run("new", "--plan", "example-2024")
assert [(row["due"], row["standing"]) for row in run("tasks")] == [("2024-06-30", False), (None, True)]
dues = {(item["kind"], item["date"]) for item in run("due", "--from", "2024-03-01", "--to", "2024-10-31")}
assert {("task", "2024-06-30"), ("stage", "2024-10-31"), ("occurrence", "2024-03-31")} <= dues
with Desk.open(FOLDER, date(2024, 4, 2)) as desk:
    desk.checks.add(
        {"checked_on": "2024-03-20", "kind": "日常", "unit_name": "甲店", "inspectors": "甲检查、乙检查"}
    )
    (duty,) = desk.duties.all_rows()
    first = desk.duties.history(duty.id)[0]
    assert [one.record for one in first.evidence] == ["checks/1"], "a record fulfils it"
    with window(desk) as opened:
        for place, _ in enumerate(opened.pages):
            opened.go(place)
print("done")
assert TODAY.year == 2023
