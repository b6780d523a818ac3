"""Where a task stands on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.rules.tasks import DutyCourse, LogKind, TaskStatus, Work, light, together

DONE = (TaskStatus.DONE, TaskStatus.DONE_LATE)
DUE = date(2023, 5, 31)
PROGRESS, DONE, REOPENED = LogKind.PROGRESS, LogKind.DONE, LogKind.REOPENED


class Entry(NamedTuple):
    happened_on: date
    kind: str


def log(*entries: tuple[int, LogKind]) -> list[Entry]:
    """Return log entries so many days from the deadline."""
    return [Entry(DUE + timedelta(days), str(kind)) for days, kind in entries]


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
    assert light(None, True, log((0, PROGRESS)), today).status is TaskStatus.ON_TRACK


MET = DutyCourse("五进宣传", met=2, should=2, next_due=date(2023, 7, 31))
MISSED = DutyCourse("五进宣传", met=1, should=3, behind=("2023年5月", "2023年6月"))


class TestWork:
    """What the ledgers hold counts beside the log."""

    def test_a_standing_task_is_on_track_when_its_duties_are(self):
        stands = light(None, True, [], DUE, Work(duties=(MET,)))
        assert stands.status is TaskStatus.ON_TRACK
        assert stands.reason == "长期坚持的任务，“五进宣传”应完成的2次均已完成，下一次时限2023-07-31"

    def test_and_behind_when_one_is_not_whatever_the_log_says(self):
        stands = light(None, True, log((0, PROGRESS)), DUE, Work(duties=(MET, MISSED)))
        assert stands.status is TaskStatus.BEHIND
        assert stands.reason == "“五进宣传”应完成3次，已完成1次，2023年5月、2023年6月未完成"
        assert not stands.overdue

    @pytest.mark.parametrize(("there", "status"), [(3, TaskStatus.ON_TRACK), (2, TaskStatus.BEHIND)])
    def test_a_number_that_is_kept_up(self, there, status):
        slogans = DutyCourse("标语", met=there, should=3, kept_up="条")
        stands = light(None, True, [], DUE, Work(duties=(slogans,)))
        assert stands.status is status
        assert f"“标语”现有{there}条，应不少于3条" in stands.reason

    def test_of_many_gaps_the_latest_are_told(self):
        gaps = tuple(f"2023年{month}月" for month in range(5, 11))
        reason = light(None, True, [], DUE, Work(duties=(DutyCourse("甲", 0, 6, gaps),))).reason
        assert reason == "“甲”应完成6次，已完成0次，2023年8月、2023年9月、2023年10月等6次未完成"

    def test_nothing_due_yet_is_not_started(self):
        first = DutyCourse("甲", next_due=date(2023, 6, 30))
        stands = light(None, True, [], DUE, Work(duties=(first,)))
        assert stands.status is TaskStatus.NOT_STARTED
        assert "下一次时限2023-06-30" in stands.reason

    @pytest.mark.parametrize(
        ("work", "told"),
        [
            (Work(registers=(("“三大作业”台账", 12),)), "“‘三大作业’台账”已登记12条"),
            (Work(last=DUE - timedelta(3)), "最近一次进展在2023-05-28"),
            (Work(duties=(DutyCourse("主题宣传", met=1),)), "“主题宣传”已完成1次"),
        ],
    )
    def test_evidence_begins_a_dated_task_but_does_not_complete_it(self, work, told):
        before = light(DUE, False, [], DUE, work)
        assert before.status is TaskStatus.IN_HAND
        after = light(DUE, False, [], DUE + timedelta(1), work)
        assert after.status is TaskStatus.OVERDUE
        assert told in before.reason
        assert told in after.reason
        assert "尚无" not in before.reason


statuses = st.dictionaries(st.sampled_from(list(TaskStatus)), st.integers(0, 3))


@given(statuses)
def test_together_the_worst_decides(counts):
    there = {status for status, count in counts.items() if count}
    status = together(counts)
    if TaskStatus.OVERDUE in there:
        assert status is TaskStatus.OVERDUE
    elif TaskStatus.BEHIND in there:
        assert status is TaskStatus.BEHIND
    else:
        assert status not in (TaskStatus.OVERDUE, TaskStatus.BEHIND)
    assert (status in DONE) == (bool(there - {TaskStatus.BEFORE}) and there <= {*DONE, TaskStatus.BEFORE})
    if len(there) == 1:
        assert there == {status}


def test_a_deadline_that_was_not_understood_or_not_given_is_said():
    assert light(None, False, [], DUE, wording="适时").reason == "时限“适时”未能识别，尚无工作记录"
    assert light(None, False, [], DUE).reason == "方案没有写明时限，尚无工作记录"


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ([], TaskStatus.NOT_STARTED),
        ([(0, PROGRESS)], TaskStatus.ON_TRACK),
        ([(0, PROGRESS), (2, DONE)], TaskStatus.DONE),
        ([(0, DONE), (2, REOPENED)], TaskStatus.ON_TRACK),
    ],
)
def test_a_task_without_a_date_is_never_late_and_can_be_done(entries, status):
    stands = light(None, False, log(*entries), DUE + timedelta(400))
    assert stands.status is status
    assert (stands.done_on is not None) == (status is TaskStatus.DONE)


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


def test_all_that_was_done_is_told_in_one_sentence():
    work = Work(
        last=DUE - timedelta(3),
        duties=(DutyCourse("主题宣传", met=2), DutyCourse("培训")),
        registers=(("标语", 3), ("台账", 12)),
    )
    reason = light(DUE, False, [], DUE, work).reason
    told = "“标语”已登记3条，“台账”已登记12条，“主题宣传”已完成2次"
    assert reason == f"最近一次进展在2023-05-28，{told}，距时限2023-05-31还有0天"
    assert light(DUE, False, [], DUE + timedelta(1), work).reason.startswith(
        "时限2023-05-31已过1天，未登记完成，最近"
    )


def test_work_without_a_day_is_told_without_one():
    work = Work(registers=(("标语", 3),))
    assert light(DUE, False, [], DUE, work).reason == "“标语”已登记3条，距时限2023-05-31还有0天"


def test_the_latest_of_log_and_records_is_told():
    work = Work(last=DUE - timedelta(3))
    for day, told in ((-5, "2023-05-28"), (-1, "2023-05-30")):
        reason = light(DUE, False, log((day, PROGRESS)), DUE, work).reason
        assert reason == f"最近一次进展在{told}，距时限2023-05-31还有0天"


@pytest.mark.parametrize(
    ("days", "reason"),
    [(0, "2023-05-31完成，时限2023-05-31"), (-1, "2023-05-30完成，时限2023-05-31")],
)
def test_done_in_time_is_told_with_both_days(days, reason):
    stands = light(DUE, False, log((days, DONE)), DUE + timedelta(9))
    assert (stands.reason, stands.done_on) == (reason, DUE + timedelta(days))


def test_done_late_has_its_day():
    stands = light(DUE, False, log((1, DONE)), DUE + timedelta(9))
    assert (stands.reason, stands.done_on) == ("2023-06-01完成，比时限2023-05-31晚1天", DUE + timedelta(1))


def test_done_without_a_date_says_why_there_is_none():
    stands = light(None, False, log((0, DONE)), DUE, wording="适时")
    assert (stands.reason, stands.done_on) == ("2023-05-31完成，时限“适时”未能识别", DUE)
    assert light(None, False, log((0, DONE)), DUE).reason == "2023-05-31完成，方案没有写明时限"


class TestWhatAStandingTaskTells:
    def test_what_it_has_and_when_it_is_due_again(self):
        work = Work(
            duties=(
                DutyCourse("五进宣传", met=2, should=2, next_due=date(2023, 7, 31)),
                DutyCourse("例会", met=1, should=1, next_due=date(2023, 6, 30)),
                DutyCourse("演练", next_due=date(2023, 12, 31)),
            ),
            registers=(("标语", 3),),
        )
        stands = light(None, True, log((-1, PROGRESS)), DUE, work)
        assert stands.status is TaskStatus.ON_TRACK
        assert stands.reason == (
            "长期坚持的任务，“五进宣传”应完成的2次均已完成，“例会”应完成的1次均已完成，“标语”已登记3条，"
            "最近一次工作记录在2023-05-30，下一次时限2023-06-30"
        )

    def test_nothing_yet(self):
        assert light(None, True, [], DUE).reason == "长期坚持的任务，尚无工作记录"

    def test_all_that_is_behind(self):
        work = Work(
            duties=(
                DutyCourse("例会", met=1, should=2, behind=("2023年6月",)),
                DutyCourse("五进宣传", met=2, should=2),
                DutyCourse("标语", met=2, should=3, kept_up="条"),
            )
        )
        stands = light(None, True, [], DUE, work)
        assert stands.reason == ("“例会”应完成2次，已完成1次，2023年6月未完成；“标语”现有2条，应不少于3条")

    def test_three_gaps_are_all_told(self):
        gaps = ("2023年5月", "2023年6月", "2023年7月")
        course = DutyCourse("例会", 0, 3, gaps)
        assert course.sentence == "“例会”应完成3次，已完成0次，2023年5月、2023年6月、2023年7月未完成"


@pytest.mark.parametrize(
    ("there", "status"),
    [
        ({"未开始": 1, "已完成": 1}, TaskStatus.IN_HAND),
        ({"进行中": 1, "按期推进": 2}, TaskStatus.IN_HAND),
        ({"按期推进": 2, "已完成": 1}, TaskStatus.ON_TRACK),
        ({"按期推进": 2, "未开始": 1}, TaskStatus.IN_HAND),
        ({"已完成": 2, "逾期完成": 1}, TaskStatus.DONE_LATE),
        ({"已完成": 2, "逾期完成": 0}, TaskStatus.DONE),
        ({"未开始": 3}, TaskStatus.NOT_STARTED),
        ({}, TaskStatus.NOT_STARTED),
        ({"滞后": 1, "已逾期": 1}, TaskStatus.OVERDUE),
        ({"滞后": 1, "已完成": 9}, TaskStatus.BEHIND),
    ],
)
def test_where_several_stand_together(there, status):
    assert together(there) is status


def test_a_task_with_work_and_none():
    assert not Work().begun
    assert Work().sentence == ""
    assert Work(last=DUE).begun
    assert Work(registers=(("标语", 1),)).begun
    assert Work(duties=(DutyCourse("例会", met=1),)).begun
    assert not Work(duties=(DutyCourse("例会", should=1),)).begun
