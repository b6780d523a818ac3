"""The figures of the first page."""

from __future__ import annotations

from datetime import date, timedelta

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.query import Query
from hazard_desk.figures.board import board
from hazard_desk.figures.due import due_items
from hazard_desk.figures.inbox.inbox import inbox
from hazard_desk.rules.states import State


def test_a_new_desk(desk):
    page = board(desk.books)
    assert page.today == date(2023, 6, 1)
    assert [stage.state for stage in page.stages] == ["已结束", "进行中", "未开始", "未开始"]
    assert page.hazards_by_state == {str(state): 0 for state in State}
    assert (page.major_open, page.overdue_hazards) == (0, 0)
    assert sum(page.tasks_by_status.values()) == 34
    assert page.tasks_by_status["已逾期"] == 9


def test_a_week_then_a_month_and_nothing_twice(desk):
    found = inbox(desk.books)
    week_end = desk.today + timedelta(7)
    assert all(item.due and desk.today < item.due <= week_end for item in found.week)
    assert all(item.due and week_end < item.due <= desk.today + timedelta(30) for item in found.month)
    shown = [item.keys for item in [*found.today, *found.week, *found.month]]
    assert len(shown) == len(set(shown))
    coming = due_items(desk.books, desk.today, desk.today + timedelta(30))
    later = [item for item in coming if item.open and item.kind not in ("stage", "target")]
    now = [item for item in found.today if not item.late]
    assert len(now) + len(found.week) + len(found.month) == len(later)


def test_each_count_is_the_rows_behind_it(desk, found, five):
    major = found | {"level": "重大", "criterion": "判定标准第三条"}
    first, second, third = (desk.hazards.add(values).ids[0] for values in (major, major, found))
    desk.hazards.step(first, Steps.COMMITTED.kind, five)
    desk.hazards.step(third, Steps.COMMITTED.kind, five | {"deadline": "2023-06-03"})
    desk.hazards.step(second, Steps.VOIDED.kind, {"happened_on": "2023-06-01", "note": "重复登记"})
    page = board(desk.books)
    assert page.hazards_by_state["整改中"] == 2
    assert page.hazards_by_state["已作废"] == 1
    assert page.major_open == 1
    assert page.overdue_hazards == 1 == desk.hazards.count(Query(where={"overdue": "是"}))
    kinds = {item.record: item.kind for item in inbox(desk.books).today}
    assert kinds[f"hazards/{first}"] == "major_overdue"
    (coming,) = [item.record for item in inbox(desk.books).week if item.kind == "hazard"] or [""]
    assert f"hazards/{third}" in (coming, *kinds)


def test_what_is_done_is_not_coming(desk):
    task = next(item for item in inbox(desk.books).month if item.kind == "task")
    desk.tasks.add_log(task.number, {"happened_on": "2023-06-01", "kind": "完成", "note": "已完成"})
    assert task.record not in {item.record for item in inbox(desk.books).month}
