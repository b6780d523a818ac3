"""The office changes its plan: every change is one act, keeps what hangs on it in order, can be undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.library.plan_checks import check_plan
from hazard_desk.library.plan_file import load_plan


def task(desk: Desk, number: int) -> dict:
    return next(row for row in desk.tasks.all_rows() if row["number"] == number)


def change(desk: Desk, number: int, **values: object) -> None:
    desk.task_edits.change(task(desk, number)["id"], values)


def test_a_task_is_added_to_a_key_task(desk: Desk) -> None:
    before = desk.plans.plan()
    desk.task_edits.add(
        {
            "key_task": "3．强化宣传力度",
            "text": "开展安全生产月咨询日活动。",
            "leads": "肖永富、谭华祥",
            "units": "应急办",
            "deadline_text": "6月16日前",
        }
    )
    row = task(desk, 35)
    assert (row["key_task"], row["leads"], row["due"]) == (
        "强化宣传力度",
        ["肖永富", "谭华祥"],
        date(2023, 6, 16),
    )
    order = [row["number"] for row in desk.tasks.all_rows()]
    assert order[5:8] == [6, 35, 7], "it stands with its key task"
    desk.undo()
    assert desk.plans.plan() == before


def test_a_change_reaches_the_tasks_that_take_the_cell_over(desk: Desk) -> None:
    change(desk, 11, leads="王新任", deadline_text="7月底前")
    assert task(desk, 12)["leads"] == ["王新任"]
    assert (task(desk, 12)["due"], task(desk, 12)["standing"]) == (date(2023, 7, 31), False)
    assert task(desk, 12)["inherited"] == {"leads": 11, "units": 11, "deadline_text": 11}
    change(desk, 12, leads="自己的领导")
    assert task(desk, 11)["leads"] == ["王新任"]
    assert task(desk, 12)["inherited"] == {"units": 11, "deadline_text": 11}
    past = desk.task_edits.history(task(desk, 11)["id"])
    assert past[0].title == "修改任务11"
    assert ("牵头领导", "各行业领域分管领导", "王新任") in past[0].lines


def test_the_date_follows_the_wording(desk: Desk) -> None:
    change(desk, 8, deadline_text="长期坚持")
    assert (task(desk, 8)["due"], task(desk, 8)["standing"]) == (None, True)
    change(desk, 8, deadline_text="原则上11月底前")
    assert (task(desk, 8)["due"], task(desk, 8)["standing"]) == (None, False)
    assert task(desk, 8)["doubts"][0].startswith("完成时限待核对")
    change(desk, 8, due="2023-11-30")
    assert task(desk, 8)["due"] == date(2023, 11, 30)
    change(desk, 8, deadline_text="12月底前")
    assert (task(desk, 8)["due"], task(desk, 8)["doubts"]) == (date(2023, 12, 31), [])
    with pytest.raises(RefusedFields, match="不一致（应为2023-12-31）"):
        change(desk, 8, due="2023-11-30")
    change(desk, 8, deadline_text="2024年1月底前")
    assert task(desk, 8)["doubts"] == ["完成时限不在方案的起止日期之内，请核对。"]


def test_a_task_moves_to_another_key_task(desk: Desk) -> None:
    change(desk, 11, key_task="1．树牢红线意识")
    assert [row["number"] for row in desk.tasks.all_rows()][:3] == [1, 11, 2]
    assert task(desk, 11)["action"] == "属地党委政府责任强化行动"
    assert task(desk, 12)["inherited"] == {}, "what it took over is its own now"
    assert task(desk, 12)["leads"] == ["各行业领域分管领导"]
    assert desk.undoable() == "任务11移到“1．树牢红线意识”"


def test_a_task_is_withdrawn_with_its_reason_and_taken_up_again(desk: Desk) -> None:
    number = task(desk, 11)["id"]
    desk.tasks.add_log(number, {"happened_on": "2023-05-30", "kind": "进展", "note": "已部署"})
    with pytest.raises(RefusedFields, match="请填写“撤回原因”"):
        desk.task_edits.withdraw(number, {"withdrawn_on": "2023-06-01", "withdrawn_why": ""})
    with pytest.raises(RefusedFields, match="不能晚于今天"):
        desk.task_edits.withdraw(number, {"withdrawn_on": "2023-06-02", "withdrawn_why": "重复"})
    desk.task_edits.withdraw(number, {"withdrawn_on": "2023-06-01", "withdrawn_why": "并入第12项"})
    assert 11 not in {row["number"] for row in desk.tasks.all_rows()}
    assert 11 in {row["number"] for row in desk.tasks.all_rows(date(2023, 5, 31))}, (
        "until then it was asked for"
    )
    assert [(row["number"], row["withdrawn_why"]) for row in desk.task_edits.withdrawn()] == [
        (11, "并入第12项")
    ]
    assert desk.plans.current()["code"] in {row["code"] for row in desk.plans.all() if row["tasks"] == 33}
    assert all(11 not in duty.tasks for duty in desk.plans.plan().duties)
    desk.task_edits.bring_back(number)
    assert desk.tasks.get(number)["log_count"] == 1
    with pytest.raises(Refused, match="没有撤回"):
        desk.task_edits.bring_back(number)


def test_a_doubt_is_settled_and_says_by_whom(desk: Desk, tmp_path: Path) -> None:
    row = task(desk, 4)
    answer = {"answer": "按全乡合计", "by": "肖永富"}
    desk.task_edits.settle(row["id"], row["doubts"][0], answer)
    row = task(desk, 4)
    assert row["doubts"] == []
    assert row["settled"][0] | {"doubt": ""} == {"doubt": "", **answer, "on": "2023-06-01"}
    with pytest.raises(Refused, match="已经核对过"):
        desk.task_edits.settle(row["id"], "没有的存疑", answer)
    saved = load_plan(desk.plans.save_file(tmp_path / "a.toml"))
    doubts = next(task.doubts for task in saved.tasks if task.number == 4)
    assert doubts[0].endswith("（2023-06-01 肖永富核对：按全乡合计）")


def test_after_every_change_the_plan_is_still_a_plan(desk: Desk, tmp_path: Path) -> None:
    before = desk.plans.plan()
    keys = desk.task_edits.fields()[0].choices
    change(desk, 13, leads="", deadline_text="适时")
    change(desk, 19, key_task=keys[-1])
    change(desk, 1, deadline_text="每月28日前", text="改写的任务")
    change(desk, 29, units="消防所", deadline_text="2022年底前")
    desk.task_edits.withdraw(task(desk, 24)["id"], {"withdrawn_on": "2023-05-20", "withdrawn_why": "已完成"})
    desk.task_edits.add({"key_task": keys[0], "text": "新的任务"})
    for number in (1, 2, 30):
        for doubt in list(task(desk, number)["doubts"]):
            answer = {"answer": "照此执行", "by": "甲"}
            desk.task_edits.settle(task(desk, number)["id"], doubt, answer)
    check_plan(desk.plans.plan())
    assert load_plan(desk.plans.save_file(tmp_path / "a.toml")) == desk.plans.plan()
    assert desk.papers.print("task-table", tmp_path / "a.pdf").is_file()
    for _ in range(20):
        if desk.undoable().startswith("启用"):
            break
        try:
            desk.undo()
        except Refused:
            break
    assert desk.plans.plan() == before


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"text": ""}, "请填写“具体任务”"),
        ({"key_task": "没有这一项"}, "请从以下选项"),
        ({"key_task": ""}, "请填写"),
    ],
)
def test_a_task_needs_a_text_and_a_place(desk: Desk, values: dict, says: str) -> None:
    entered = {"key_task": "1．树牢红线意识", "text": "任务"} | values
    with pytest.raises(RefusedFields, match=says):
        desk.task_edits.add(entered)
    assert len(desk.tasks.all_rows()) == 34
