"""Everything dated, in one list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.figures.dated import DUE_FIELDS, DUE_KINDS
from hazard_desk.figures.due import due_items, overdue_items, stage_state

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 30)


def items(desk, kind: str, first: date = MAY, last: date = JUNE) -> list:
    return [item for item in due_items(desk.books, first, last) if item.kind == kind]


@pytest.fixture
def late(desk, found, five) -> int:
    """A hazard whose deadline, 31 May, has passed."""
    number = desk.hazards.add(found).ids[0]
    desk.hazards.step(number, Steps.COMMITTED.kind, five)
    return number


def test_in_order_of_date_and_kind(desk, late):
    found = due_items(desk.books, MAY, JUNE)
    assert {item.kind for item in found} == {"stage", "task", "occurrence", "hazard", "report"}
    order = [(item.date, list(DUE_KINDS).index(item.kind)) for item in found]
    assert order == sorted(order)


def test_tasks_of_one_day_come_by_number(desk):
    numbers = [int(item.title.split("：")[0][2:]) for item in items(desk, "task", date(2023, 5, 31))]
    assert numbers[:7] == sorted(numbers[:7])


def test_both_ends_belong_to_the_span(desk):
    day = date(2023, 5, 31)
    assert {item.date for item in due_items(desk.books, day, day)} == {day}
    assert len(items(desk, "task", day, day)) == 7
    assert items(desk, "task", day + timedelta(1), date(2023, 6, 29)) == []


def test_an_item_is_a_row_of_the_declared_fields(desk, late):
    for item in due_items(desk.books, MAY, JUNE):
        row = item.row()
        assert list(row) == [field.name for field in DUE_FIELDS]
        ledger, _, number = item.record.partition("/")
        if ledger not in ("stages", "submissions"):
            assert desk.books.ledger(ledger).get(int(number))["id"] == item.number


def test_the_reminder_is_the_last_working_day(desk, found, five):
    number = desk.hazards.add(found).ids[0]
    desk.hazards.step(number, Steps.COMMITTED.kind, five | {"deadline": "2023-05-28"})
    (item,) = items(desk, "hazard")
    assert (item.date, item.remind_on) == (date(2023, 5, 28), date(2023, 5, 26))
    assert all(item.remind_on <= item.date for item in due_items(desk.books, MAY, JUNE))


def test_a_hazard_asks_for_work_until_it_is_rectified(desk, late):
    (item,) = items(desk, "hazard")
    assert (item.open, item.overdue, item.state) == (True, True, "整改中")
    rectified = {"happened_on": "2023-06-01", "rectified_by": "丁整改"}
    desk.hazards.step(late, Steps.RECTIFIED.kind, rectified)
    (item,) = items(desk, "hazard")
    assert (item.open, item.overdue, item.state) == (False, False, "待复查")


def test_a_void_hazard_is_not_due(desk, late):
    desk.hazards.step(late, Steps.VOIDED.kind, {"happened_on": "2023-06-01", "note": "重复登记"})
    assert items(desk, "hazard") == []


def test_supervision_and_feedback_are_dated_too(desk, found):
    number = desk.hazards.add(found | {"feedback_due": "2023-06-08", "assigned_number": "交办1号"}).ids[0]
    listed = {
        "happened_on": "2023-05-25",
        "supervision_level": "县级",
        "supervision_number": "督办1号",
        "supervisor": "甲",
        "supervision_deadline": "2023-06-20",
    }
    desk.hazards.step(number, Steps.SUPERVISED.kind, listed)
    assert [item.date for item in items(desk, "supervision")] == [date(2023, 6, 20)]
    assert [item.date for item in items(desk, "report")] == [date(2023, 6, 8), date(2023, 6, 28)]


def test_a_done_task_asks_for_nothing(desk):
    (task, _) = items(desk, "task", date(2023, 5, 15), date(2023, 5, 15))
    assert (task.open, task.overdue, task.state) == (True, True, "已逾期")
    entry = {"happened_on": "2023-05-20", "kind": "完成", "note": "已印发"}
    desk.tasks.add_log(task.number, entry)
    (task, _) = items(desk, "task", date(2023, 5, 15), date(2023, 5, 15))
    assert (task.open, task.overdue, task.state) == (False, False, "逾期完成")


def test_an_enterprises_duty(desk):
    desk.enterprises.add({"name": "示例商店", "category": "企业", "sector": "消防"})
    duty = {"unit_name": "示例商店", "duty": "应急演练", "state": "已落实", "next_due": "2023-05-30"}
    desk.enterprise_duties.add(duty)
    (item,) = items(desk, "enterprise")
    assert (item.open, item.overdue) == (True, True)


def test_due_today_is_not_overdue_and_is_tomorrow(desk, late, found):
    """Every kind of thing that asks for work, on its day and on the day after."""
    other = {"feedback_due": "2023-06-08", "assigned_number": "交办1号", "description": "灭火器过期"}
    number = desk.hazards.add(found | other).ids[0]
    listed = {"happened_on": "2023-05-25", "supervision_level": "县级", "supervision_number": "督办1号"}
    listed |= {"supervisor": "甲", "supervision_deadline": "2023-06-15"}
    desk.hazards.step(number, Steps.SUPERVISED.kind, listed)
    desk.enterprises.add({"name": "示例商店", "category": "企业", "sector": "消防"})
    duty = {"unit_name": "示例商店", "duty": "应急演练", "state": "已落实", "next_due": "2023-06-20"}
    desk.enterprise_duties.add(duty)
    for kind in ("hazard", "supervision", "report", "enterprise", "task", "occurrence"):
        for day in {item.date for item in items(desk, kind) if item.open}:
            for today, overdue in ((day, False), (day + timedelta(1), True)):
                desk.cabinet.clock.set(today)
                seen = [item for item in items(desk, kind, day, day) if item.open]
                assert seen, (kind, day)
                assert {item.overdue for item in seen} == {overdue}, (kind, day, today)
        desk.cabinet.clock.set(date(2023, 6, 1))


@pytest.mark.parametrize(
    ("day", "state"), [(1, "未开始"), (2, "进行中"), (5, "进行中"), (9, "进行中"), (10, "已结束")]
)
def test_a_stage_runs_to_the_end_of_its_last_day(day, state):
    assert stage_state(date(2023, 6, 2), date(2023, 6, 9), date(2023, 6, day)) == state


class TestOverdue:
    def test_the_longest_overdue_first(self, desk, late):
        found = overdue_items(desk.books)
        assert [item.date for item in found] == sorted(item.date for item in found)
        assert all(item.overdue and item.open and item.date < desk.today for item in found)
        assert {item.kind for item in found} == {"task", "occurrence", "hazard"}

    def test_nothing_on_its_own_day(self, desk, late):
        desk.cabinet.clock.set(date(2023, 5, 31))
        assert all(item.date < date(2023, 5, 31) for item in overdue_items(desk.books))
        assert "hazard" not in {item.kind for item in overdue_items(desk.books)}

    def test_never_more_than_wanted(self, desk, late):
        assert len(overdue_items(desk.books, limit=3)) == 3

    def test_the_same_as_the_due_list_says(self, desk, late):
        due = [item for item in due_items(desk.books, date(2023, 1, 1), desk.today) if item.overdue]
        assert {item.record for item in due} == {item.record for item in overdue_items(desk.books)}


def test_a_task_with_several_dates_has_its_milestones(desk):
    task = desk.tasks.all_rows()[0]
    wording = "5月20日前制定方案，6月15日前完成排查，6月底前完成整改"
    desk.task_edits.change(task.id, {"deadline_text": wording, "due": None})
    found = items(desk, "milestone")
    assert [(item.date, item.title) for item in found] == [
        (date(2023, 5, 20), f"任务{task.number}节点：制定方案"),
        (date(2023, 6, 15), f"任务{task.number}节点：完成排查"),
    ]
    assert [item.open for item in found] == [False, True]  # today is 1 June
    assert found[0].record == f"tasks/{task.id}" and wording in found[0].reason
    changed = desk.tasks.get(task.id)
    assert changed.due == date(2023, 6, 30)
    assert changed.milestones == ["2023-05-20 制定方案", "2023-06-15 完成排查", "2023-06-30 完成整改"]
    desk.tasks.add_log(task.id, {"happened_on": "2023-06-01", "kind": "完成", "note": "已完成"})
    assert not any(item.open for item in items(desk, "milestone"))


def test_a_task_that_only_recurs_is_not_called_unread(desk):
    task = desk.tasks.all_rows()[0]
    desk.task_edits.change(task.id, {"deadline_text": "每月28日前", "due": None})
    assert "按周期办理" in desk.tasks.get(task.id).reason
