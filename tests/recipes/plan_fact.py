"""A fact of a part of a plan goes from file to desk to file to the next year; a column lets it be changed."""

from __future__ import annotations

from hazard_desk.books.plans.tables import TaskRow
from hazard_desk.desk import Desk
from hazard_desk.library.plan_file import bundled_plans, dump_plan, load_plan
from hazard_desk.library.plans import Plan
from tests.recipes.walk import FOLDER, OUT, TODAY

TASK = "[[actions.key_tasks.tasks]]\n"
COST, MORE = "5万元", "6万元"
kept = "funds" in TaskRow.model._meta.fields


def costs(plan: Plan) -> list[str]:
    return [vars(task)["funds"] for task in plan.tasks if vars(task)["funds"]]


text = bundled_plans()["sanxiang-2023"].read_text(encoding="utf-8")
file = FOLDER.with_suffix(".toml")
file.write_text(text.replace(TASK, f'{TASK}funds = "{COST}"\n', 1), encoding="utf-8")
plan = load_plan(file)
assert costs(plan) == [COST]
assert dump_plan(plan).count("funds") == 1
with Desk.create(FOLDER, str(file), today=TODAY) as desk:
    assert desk.plans.plan() == plan
    assert load_plan(desk.plans.save_file(OUT / "plan.toml")) == plan
    if kept:
        (number,) = (row.id for row in desk.tasks.all_rows() if row["funds"] == COST)
        assert "经费" in [field.label for field in desk.tasks.fields]
        desk.task_edits.change(number, {"funds": MORE})
        assert load_plan(desk.plans.save_file(OUT / "changed.toml")) == desk.plans.plan()
    told = [MORE if kept else COST]
    assert costs(desk.plans.plan()) == told
    desk.plans.next_year(desk.plans.next_values())
    assert desk.plans.current().starts_on.year == 2024
    assert costs(desk.plans.plan()) == told
    assert not desk.check()
print("done")
