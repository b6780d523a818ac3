"""The parts of tasks: numbered in the text or by sentences, word for word, with those who lead them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hazard_desk.errors import Refused
from hazard_desk.library.plan_checks import check_plan
from hazard_desk.library.plan_file import bundled_plans, dump_plan, find_plan, plan_of_text
from hazard_desk.library.plans import Plan, Task, TaskPart
from hazard_desk.library.task_parts import numbered_parts

DEPARTMENTS = 14
"""S4 二（二）: 重点领域专项行动牵头单位."""


def parts(plan: Plan) -> list[tuple[int, TaskPart]]:
    return [(task.number, part) for task in plan.tasks for part in task.parts]


def with_task(plan: Plan, task: Task) -> Plan:
    action = plan.actions[0]
    key = replace(action.key_tasks[0], tasks=(task,))
    return replace(plan, actions=(replace(action, key_tasks=(key,)),), duties=(), registers=(), narrative=())


def test_yongqiao_has_43_parts() -> None:
    plan = find_plan("yongqiao-three-holds")
    assert [len(task.parts) for task in plan.tasks] == [3, 5, 3, 3, 4, 3, 3, 4, 3, 3, 4, 5]
    assert len(parts(plan)) == 43


@pytest.mark.parametrize("plan_id", ["fenghuang-2024-2026", "chongming-2023"])
def test_most_tasks_of_the_others_have_parts(plan_id: str) -> None:
    tasks = find_plan(plan_id).tasks
    assert sum(bool(task.parts) for task in tasks) >= len(tasks) - 1


@pytest.mark.parametrize("plan_id", sorted(bundled_plans()))
def test_a_part_says_what_its_task_says(plan_id: str) -> None:
    plan = find_plan(plan_id)
    texts = {task.number: task.text for task in plan.tasks}
    assert [part.text for number, part in parts(plan) if part.text not in texts[number]] == []
    assert plan_of_text(dump_plan(plan)) == plan


def test_who_leads_in_chongming() -> None:
    plan = find_plan("chongming-2023")
    leads = {task.number: task.leads for task in plan.tasks}
    assert all(leads[number] == ("企业主要负责人",) for number in range(1, 7))
    assert all(len(set(leads[number])) == DEPARTMENTS for number in range(7, 13))
    assert all(leads[number] == ("各乡镇安委会",) for number in range(13, 18))
    (named,) = [item.basis for item in plan.narrative if item.id == "lead-departments"]
    assert all(name in named for name in leads[7])
    of_part = {(number, part.number): part.leads for number, part in parts(plan)}
    assert of_part[14, 2] == ("各乡镇人民政府主要负责同志",) and of_part[14, 3] == ("各乡镇党委政府",)


def test_parts_that_a_text_numbers() -> None:
    text = "总的要求。\n（1）摸清底数，由应急办牵头，各村配合。\n（2）逐项整改。\n必要时通报。"
    assert numbered_parts(text) == (
        TaskPart(1, "摸清底数，由应急办牵头，各村配合。", ("应急办",)),
        TaskPart(2, "逐项整改。"),
    )
    assert (
        numbered_parts("（1）只有一项。")
        == numbered_parts("（1）甲。\n（1）乙。")
        == numbered_parts("没有编号。")
        == ()
    )


def test_a_part_must_say_something_and_agree_with_its_deadline() -> None:
    plan = find_plan("sanxiang-2023")
    task = Task(1, "建立台账。逐项整改。")
    check_plan(with_task(plan, replace(task, parts=(TaskPart(1, "建立台账。"),))))
    file = dump_plan(with_task(plan, task))
    said = plan_of_text(file.replace('text = "建立台账。', 'parts = [{ number = 2 }]\ntext = "建立台账。'))
    assert said.tasks[0].parts == (TaskPart(2, "逐项整改。"),)
    for part, key in (
        (TaskPart(3), "text"),
        (TaskPart(1, "建立台账。", deadline="6月底前"), "due"),
    ):
        with pytest.raises(Refused, match=rf"parts\[0\].{key}"):
            check_plan(with_task(plan, replace(task, parts=(part,))))
    with pytest.raises(Refused, match="重复"):
        check_plan(with_task(plan, replace(task, parts=(TaskPart(1, "甲"), TaskPart(1, "乙")))))
