"""Where a task stands on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.rules.tasks import LogKind, TaskStatus, light

DUE = date(2023, 5, 31)
PROGRESS, DONE, REOPENED = LogKind.PROGRESS, LogKind.DONE, LogKind.REOPENED


def log(*entries: tuple[int, LogKind]) -> list[dict]:
    """Return log entries so many days from the deadline."""
    return [{"happened_on": DUE + timedelta(days), "kind": str(kind)} for days, kind in entries]


@pytest.mark.parametrize(
    ("today", "entries", "status"),
    [
        (-1, [], TaskStatus.NOT_STARTED),
        (0, [], TaskStatus.NOT_STARTED),
        (1, [], TaskStatus.OVERDUE),
        (-1, [(-2, PROGRESS)], TaskStatus.IN_HAND),
        (1, [(-2, PROGRESS)], TaskStatus.OVERDUE),
        (0, [(0, DONE)], TaskStatus.DONE),
        (9, [(0, DONE)], TaskStatus.DONE),
        (9, [(1, DONE)], TaskStatus.DONE_LATE),
        (9, [(-3, DONE), (-2, REOPENED)], TaskStatus.OVERDUE),
        (-1, [(-3, DONE), (-2, REOPENED)], TaskStatus.IN_HAND),
        (9, [(-3, DONE), (-2, REOPENED), (4, DONE)], TaskStatus.DONE_LATE),
        (9, [(-3, DONE), (2, PROGRESS)], TaskStatus.DONE),
        (9, [(-3, DONE), (2, DONE)], TaskStatus.DONE),
        (9, [(-3, DONE), (-3, PROGRESS)], TaskStatus.DONE),
        (-5, [(-3, DONE)], TaskStatus.NOT_STARTED),
        (9, [(0, DONE), (-4, REOPENED)], TaskStatus.DONE),
    ],
)
def test_dated_tasks(today, entries, status):
    stands = light(DUE, False, log(*entries), DUE + timedelta(today))
    assert stands.status is status
    assert stands.overdue == (status is TaskStatus.OVERDUE)
    assert stands.reason


def test_the_reason_names_dates_and_days():
    assert (
        light(DUE, False, [], DUE + timedelta(2)).reason == "时限2023-05-31已过2天，未登记完成，尚无工作记录"
    )
    assert light(DUE, False, [], DUE - timedelta(2)).reason == "尚无工作记录，距时限2023-05-31还有2天"
    assert (
        light(DUE, False, log((3, DONE)), DUE + timedelta(9)).reason
        == "2023-06-03完成，比时限2023-05-31晚3天"
    )


def test_standing_tasks_are_never_late():
    today = date(2030, 1, 1)
    assert light(None, True, [], today).status is TaskStatus.NOT_STARTED
    assert light(None, True, log((0, PROGRESS)), today).status is TaskStatus.STANDING


def test_a_deadline_that_was_not_understood_is_said():
    assert "未能识别" in light(None, False, [], DUE).reason


entries = st.lists(st.tuples(st.integers(-5, 5), st.sampled_from(list(LogKind))), max_size=5)


@given(entries, st.integers(-6, 6))
def test_only_entries_up_to_the_day_count(entries, today):
    day = DUE + timedelta(today)
    until = [entry for entry in entries if entry[0] <= today]
    assert light(DUE, False, log(*entries), day) == light(DUE, False, log(*until), day)


@given(entries, st.integers(-6, 6))
def test_progress_neither_completes_nor_undoes(entries, today):
    day = DUE + timedelta(today)
    done = (TaskStatus.DONE, TaskStatus.DONE_LATE)
    without = [entry for entry in entries if entry[1] is not PROGRESS]
    stands = light(DUE, False, log(*entries), day).status
    assert (stands in done) == (light(DUE, False, log(*without), day).status in done)
