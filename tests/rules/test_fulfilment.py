"""Whether an occurrence is met on a day."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.rules.fulfilment import (
    BEHIND,
    MET,
    OPEN,
    DutyState,
    Evidence,
    Mark,
    MarkKind,
    OccurrenceState,
    duty_state,
    judge,
    read_code,
)
from hazard_desk.rules.recurrence import Occurrence

STARTS, DUE, ENDS = date(2023, 6, 1), date(2023, 6, 28), date(2023, 6, 30)
JUNE = Occurrence("2023年6月", STARTS, DUE, ENDS)


def record(day: date) -> Evidence:
    return Evidence(day, f"activities/{day.day}", "宣传", day)


def test_a_code_names_its_source_its_kind_and_a_word():
    want = read_code("activity:教育培训/两单两卡")
    assert (want.source, want.name, want.word) == ("activity", "教育培训", "两单两卡")
    assert read_code("form:fangshan-2023").word == ""


@pytest.mark.parametrize("code", ["", "五进宣传", "activity:", "meeting:甲", "activity:甲/", "activity: /乙"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(Refused) as caught:
        read_code(code)
    assert caught.value.field == "fulfilled_by"


@pytest.mark.parametrize(
    ("today", "done", "state"),
    [
        (date(2023, 5, 31), [], "未开始"),
        (date(2023, 6, 1), [], "待完成"),
        (date(2023, 6, 28), [], "待完成"),
        (date(2023, 6, 29), [], "已逾期"),
        (date(2023, 7, 1), [], "未开展"),
        (date(2023, 6, 20), [date(2023, 6, 20)], "已完成"),
        (date(2023, 6, 19), [date(2023, 6, 20)], "待完成"),
        (date(2023, 9, 1), [date(2023, 6, 28)], "已完成"),
        (date(2023, 9, 1), [date(2023, 6, 29)], "逾期完成"),
    ],
)
def test_states(today, done, state):
    verdict = judge(JUNE, [record(day) for day in done], None, 1, today)
    assert str(verdict.state) == state
    assert verdict.reason


def test_the_reason_names_days():
    assert judge(JUNE, [], None, 1, date(2023, 6, 26)).reason == "尚无完成记录，距时限2023-06-28还有2天"
    assert judge(JUNE, [], None, 1, DUE).reason == "尚无完成记录，时限就是当天（2023-06-28）"
    assert judge(JUNE, [], None, 1, date(2023, 7, 8)).reason == "时限2023-06-28已过10天，尚无完成记录"


def test_the_hour_is_told_where_there_is_one():
    noon = Occurrence(
        "2023年第24周（6月15日）", date(2023, 6, 12), date(2023, 6, 15), date(2023, 6, 18), time(12)
    )
    assert (
        judge(noon, [], None, 1, date(2023, 6, 15)).reason == "尚无完成记录，时限就是当天（2023-06-15 12:00）"
    )


days = st.integers(-40, 60).map(lambda number: DUE + timedelta(number))
found = st.lists(st.dates(STARTS, ENDS), max_size=4).map(lambda dates: [record(day) for day in sorted(dates)])
marks = st.none() | st.builds(
    Mark, st.sampled_from([MarkKind.TICK, MarkKind.WAIVER]), days, st.just("说明"), st.just("")
)


@given(found, marks, st.integers(1, 3), days)
def test_what_happens_later_does_not_count(seen, mark, at_least, today):
    before = [one for one in seen if one.on <= today]
    said = mark if mark and mark.on <= today else None
    assert judge(JUNE, seen, mark, at_least, today) == judge(JUNE, before, said, at_least, today)


@given(found, marks, st.integers(1, 3), days)
def test_every_state_belongs_somewhere_and_says_why(seen, mark, at_least, today):
    verdict = judge(JUNE, seen, mark, at_least, today)
    groups = [verdict.state in group for group in (MET, OPEN, (OccurrenceState.MISSED,))]
    assert groups.count(True) == 1
    assert verdict.reason
    assert (verdict.done_on is not None) == (verdict.state in (OccurrenceState.MET, OccurrenceState.MET_LATE))
    if verdict.state in BEHIND:
        assert today > DUE


@given(found, st.integers(1, 3), days)
def test_one_more_record_never_makes_it_worse(seen, at_least, today):
    """A record in time meets what fewer met; none ever unmakes it."""
    more = judge(JUNE, [record(STARTS), *seen], None, at_least, today)
    less = judge(JUNE, seen, None, at_least, today)
    assert less.state not in MET or more.state in MET
    assert more.count >= less.count


@given(found, days)
def test_a_waiver_silences_everything(seen, today):
    waived = judge(JUNE, seen, Mark(MarkKind.WAIVER, STARTS, "并入"), 1, max(today, STARTS))
    assert waived.state is OccurrenceState.WAIVED
    assert "并入" in waived.reason


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ([], DutyState.WAITING),
        (["已完成", "待完成"], DutyState.ON_TRACK),
        (["已完成", "逾期完成", "无需开展"], DutyState.DONE),
        (["未开展", "待完成"], DutyState.GAPS),
        (["未开展", "已逾期", "未开始"], DutyState.LATE),
    ],
)
def test_a_whole_duty(states, state):
    assert duty_state([OccurrenceState(word) for word in states]) is state
