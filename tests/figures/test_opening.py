"""A desk that is begun in the middle: what fell due before its 起账日 is neither late nor missing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from hazard_desk.books.opening import kept_since
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.figures.board import board
from hazard_desk.figures.due import before_items, due_items, overdue_items
from hazard_desk.figures.inbox.inbox import inbox
from hazard_desk.library.plan_file import bundled_plans
from hazard_desk.rules.fulfilment import OccurrenceState
from hazard_desk.rules.tasks import TaskStatus

MIDDLE = {
    "sanxiang-2023": date(2023, 9, 4),
    "yongqiao-three-holds": date(2023, 8, 14),
    "fangshan-2023": date(2023, 9, 4),
    "fenghuang-2024-2026": date(2026, 11, 16),
    "chongming-2023": date(2023, 8, 14),
}
"""A day on which a desk on each of the bundled plans is begun."""


def begun(folder: Path, plan: str, opened_on: date | None, today: date | None = None) -> Desk:
    return Desk.create(folder / plan, plan, today or opened_on, opened_on=opened_on)


def test_every_bundled_plan_is_begun_here():
    assert MIDDLE.keys() == bundled_plans().keys()


@pytest.mark.parametrize(("plan", "day"), MIDDLE.items())
def test_nothing_is_late_on_the_first_day_and_the_right_things_a_month_later(tmp_path, plan, day):
    with begun(tmp_path, plan, day) as desk:
        assert overdue_items(desk.books) == []
        assert not any(item.late for item in inbox(desk.books).today)
        assert not any(task.overdue or task.status == TaskStatus.BEHIND for task in desk.tasks.all_rows())
        assert {duty.state for duty in desk.duties.all_rows()} <= {
            "按期",
            "起账前",
            "未触发",
            "不足",  # three slogans hang, or they do not, whenever the desk was begun
            "达标",
        }
        later = day + timedelta(days=31)
        coming = {
            (item.kind, item.record, item.key)
            for item in due_items(desk.books, day, later - timedelta(days=1))
            if item.open and item.kind in ("task", "occurrence", "report")
        }
        assert coming
        desk.cabinet.clock.set(later)
        late = overdue_items(desk.books)
        assert {(item.kind, item.record, item.key) for item in late} == coming
        assert all(day <= item.date < later for item in late)
        assert {(item.kind, item.record, item.key) for item in before_items(desk.books)}.isdisjoint(coming)


def test_what_was_before_is_listed_once_and_recorded_if_she_likes(tmp_path):
    with begun(tmp_path, "sanxiang-2023", date(2023, 9, 4)) as desk:
        before = before_items(desk.books)
        assert board(desk.books).before == before
        assert {item.state for item in before} == {"起账前"}
        assert not any(item.open or item.overdue for item in before)
        names = [(item.record, item.key) for item in before]
        assert len(names) == len(set(names))
        task = next(item for item in before if item.kind == "task")
        said = {"happened_on": "2023-09-04", "kind": "完成", "note": "起账前已完成，经办公室核实"}
        desk.tasks.add_log(task.number, said)
        assert desk.tasks.get(task.number).status == TaskStatus.DONE
        once = next(item for item in before if item.kind == "occurrence")
        tick = {"happened_on": "2023-09-04", "note": "已开展，有会议记录"}
        desk.duties.tick(once.number, once.key, tick)
        assert desk.duties.occurrence(once.number, once.key).state is OccurrenceState.MET
        left = {(item.record, item.key) for item in before_items(desk.books)}
        assert left == set(names) - {(task.record, ""), (once.record, once.key)}


def test_a_record_of_before_counts_as_any_other(tmp_path):
    with begun(tmp_path, "sanxiang-2023", date(2023, 9, 4)) as desk:
        duty = next(one for one in desk.duties.all_rows() if one.code == "five-entries")
        assert (duty.met, duty.should) == (0, 0)
        desk.activities.add({"kind": "五进宣传", "title": "进村", "held_on": "2023-06-20", "level": "镇"})
        duty = desk.duties.get(duty.id)
        assert (duty.met, duty.should) == (1, 1)
        states = [one.state for one in desk.duties.history(duty.id)]
        assert states[:3] == [OccurrenceState.BEFORE, OccurrenceState.MET, OccurrenceState.BEFORE]


def test_work_that_was_really_late_before_stays_late(tmp_path):
    with begun(tmp_path, "sanxiang-2023", date(2023, 9, 4)) as desk:
        task = next(row for row in desk.tasks.all_rows() if row.due)
        day = task.due + timedelta(days=5)
        desk.tasks.add_log(task.id, {"happened_on": day, "kind": "完成", "note": "已印发"})
        assert desk.tasks.get(task.id).status == TaskStatus.DONE_LATE


def test_an_open_row_of_before_is_listed_apart_and_asks_no_more(tmp_path):
    with begun(tmp_path, "sanxiang-2023", date(2023, 9, 4)) as desk:
        tip = {"received_on": "2023-08-01", "way": "电话", "content": "堵塞通道"}
        desk.tips.add({**tip, "deadline": "2023-08-15"})
        desk.tips.add({**tip, "deadline": "2023-09-06"})
        assert overdue_items(desk.books) == []
        assert [item.date for item in before_items(desk.books) if item.kind == "tip"] == [date(2023, 8, 15)]
        desk.cabinet.clock.set(date(2023, 9, 7))
        assert [item.date for item in overdue_items(desk.books)] == [date(2023, 9, 6)]


class TestWhoseDay:
    def test_a_desk_begun_with_its_plan_keeps_what_the_plan_dates_earlier(self, tmp_path):
        """Tasks 2 and 24 are due on 15 May, issued on 18 May: they stay as written, with their doubt."""
        with begun(tmp_path, "sanxiang-2023", date(2023, 5, 18)) as desk:
            late = {item.title.partition("：")[0] for item in overdue_items(desk.books)}
            assert late == {"任务2", "任务24"} and before_items(desk.books) == []

    def test_an_older_desk_has_none(self, tmp_path):
        with begun(tmp_path, "sanxiang-2023", None, date(2023, 9, 4)) as desk:
            assert kept_since(desk.cabinet) is None and overdue_items(desk.books)
            desk.settings.change({"opened_on": "2023-09-04"})
            assert overdue_items(desk.books) == []

    def test_a_day_before_the_desks_own_is_seen_whole(self, tmp_path):
        with begun(tmp_path, "sanxiang-2023", date(2023, 9, 4)) as desk:
            desk.cabinet.clock.set(date(2023, 6, 10))
            assert kept_since(desk.cabinet) is None and overdue_items(desk.books)

    def test_a_later_plan_is_kept_from_its_beginning(self, tmp_path):
        with begun(tmp_path, "sanxiang-2023", date(2023, 9, 4)) as desk:
            desk.cabinet.clock.set(date(2025, 3, 3))
            from hazard_desk.library.plan_file import find_plan

            desk.plans.enter(find_plan("fenghuang-2024-2026"))
            assert kept_since(desk.cabinet) is None
            assert kept_since(desk.cabinet, 1) == date(2023, 9, 4)

    def test_no_day_to_come(self, tmp_path):
        with pytest.raises(Refused, match="起账日不能晚于今天"):
            begun(tmp_path, "sanxiang-2023", date(2023, 9, 5), date(2023, 9, 4))
        with begun(tmp_path, "sanxiang-2023", date(2023, 9, 4)) as desk, pytest.raises(RefusedFields):
            desk.settings.change({"opened_on": "2023-09-05"})


def test_no_duty_falls_due_before_its_plan_was_issued(tmp_path):
    """方山's plan of 17 May begins on 25 April: nobody could report by it in April."""
    with begun(tmp_path, "fangshan-2023", None, date(2023, 6, 30)) as desk:
        dues = [item.date for item in due_items(desk.books, date(2023, 4, 1), date(2023, 6, 30))]
        found = due_items(desk.books, date(2023, 4, 1), date(2023, 5, 16))
        assert dues and [item for item in found if item.kind in ("occurrence", "report")] == []


def test_many_are_recorded_by_one_word_and_one_undo(tmp_path):
    with begun(tmp_path, "sanxiang-2023", date(2023, 9, 4)) as desk:
        before = before_items(desk.books)
        dues = [(item.record.partition("/")[0], item.number, item.key) for item in before]
        desk.books.backlog.record(dues, {"happened_on": "2023-09-04", "note": "起账前已办，经核实"})
        assert before_items(desk.books) == [] == overdue_items(desk.books)
        desk.undo()
        assert before_items(desk.books) == before
        with pytest.raises(RefusedFields):
            desk.books.backlog.record(dues, {"happened_on": "2023-09-04"})
        with pytest.raises(Refused, match="请选择"):
            desk.books.backlog.record([("tips", 1, "")], {"happened_on": "2023-09-04", "note": "已办"})
