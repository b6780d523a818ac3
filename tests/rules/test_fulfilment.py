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
    Mark,
    MarkKind,
    OccurrenceState,
    duty_state,
    judge,
    read_code,
)
from hazard_desk.rules.obligation import Demand, Evidence
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
    verdict = judge(JUNE, [record(day) for day in done], None, Demand(), today)
    assert str(verdict.state) == state
    assert verdict.reason


def test_the_reason_names_days():
    assert (
        judge(JUNE, [], None, Demand(), date(2023, 6, 26)).reason == "尚无完成记录，距时限2023-06-28还有2天"
    )
    assert judge(JUNE, [], None, Demand(), DUE).reason == "尚无完成记录，时限就是当天（2023-06-28）"
    assert judge(JUNE, [], None, Demand(), date(2023, 7, 8)).reason == "时限2023-06-28已过10天，尚无完成记录"


def test_the_hour_is_told_where_there_is_one():
    noon = Occurrence(
        "2023年第24周（6月15日）", date(2023, 6, 12), date(2023, 6, 15), date(2023, 6, 18), time(12)
    )
    assert (
        judge(noon, [], None, Demand(), date(2023, 6, 15)).reason
        == "尚无完成记录，时限就是当天（2023-06-15 12:00）"
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
    assert judge(JUNE, seen, mark, Demand(at_least), today) == judge(
        JUNE, before, said, Demand(at_least), today
    )


@given(found, marks, st.integers(1, 3), days)
def test_every_state_belongs_somewhere_and_says_why(seen, mark, at_least, today):
    verdict = judge(JUNE, seen, mark, Demand(at_least), today)
    groups = [verdict.state in group for group in (MET, OPEN, (OccurrenceState.MISSED,))]
    assert groups.count(True) == 1
    assert verdict.reason
    assert (verdict.done_on is not None) == (verdict.state in (OccurrenceState.MET, OccurrenceState.MET_LATE))
    if verdict.state in BEHIND:
        assert today > DUE


@given(found, st.integers(1, 3), days)
def test_one_more_record_never_makes_it_worse(seen, at_least, today):
    """A record in time meets what fewer met; none ever unmakes it."""
    more = judge(JUNE, [record(STARTS), *seen], None, Demand(at_least), today)
    less = judge(JUNE, seen, None, Demand(at_least), today)
    assert less.state not in MET or more.state in MET
    assert more.count >= less.count


@given(found, days)
def test_a_waiver_silences_everything(seen, today):
    waived = judge(JUNE, seen, Mark(MarkKind.WAIVER, STARTS, "并入"), Demand(), max(today, STARTS))
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


NOON = Occurrence("第24周", date(2023, 6, 12), date(2023, 6, 15), date(2023, 6, 18), time(12))


def told(occurrence, days, mark, at_least, today):
    return judge(occurrence, [record(day) for day in days], mark, Demand(at_least), today)


@pytest.mark.parametrize(
    ("days", "mark", "at_least", "today", "reason", "count", "done"),
    [
        ([], None, 1, date(2023, 5, 31), "2023-06-01起开展，时限2023-06-28", 0, None),
        ([], None, 2, date(2023, 6, 27), "已有0项记录，应有2项，距时限2023-06-28还有1天", 0, None),
        ([1], None, 2, date(2023, 6, 28), "已有1项记录，应有2项，时限就是当天（2023-06-28）", 1, None),
        ([1], None, 2, date(2023, 6, 30), "时限2023-06-28已过2天，已有1项记录，应有2项", 1, None),
        ([5], None, 1, date(2023, 7, 9), "2023-06-05完成，有“宣传”的记录，时限2023-06-28", 1, 5),
        ([5, 9], None, 2, date(2023, 7, 9), "2023-06-09完成，有“宣传”等2项记录，时限2023-06-28", 2, 9),
        (
            [5, 29],
            None,
            2,
            date(2023, 7, 9),
            "2023-06-29完成，有“宣传”等2项记录，比时限2023-06-28晚1天",
            2,
            29,
        ),
        ([5], None, 1, date(2023, 6, 4), "尚无完成记录，距时限2023-06-28还有24天", 0, None),
    ],
)
def test_what_is_told_of_the_records(days, mark, at_least, today, reason, count, done):
    verdict = told(JUNE, [date(2023, 6, day) for day in days], mark, at_least, today)
    assert (verdict.reason, verdict.count) == (reason, count)
    assert verdict.done_on == (date(2023, 6, done) if done else None)


class TestTheClerksWord:
    LATER = date(2023, 7, 9)

    def test_alone_it_meets_what_asks_for_many(self):
        tick = Mark(MarkKind.TICK, date(2023, 6, 20), "会上部署")
        verdict = told(JUNE, [], tick, 3, self.LATER)
        assert verdict.state is OccurrenceState.MET
        assert (verdict.done_on, verdict.count) == (date(2023, 6, 20), 1)
        assert verdict.reason == "2023-06-20完成（会上部署），时限2023-06-28"

    def test_without_a_note(self):
        tick = Mark(MarkKind.TICK, date(2023, 6, 29), "")
        assert told(JUNE, [], tick, 1, self.LATER).reason == "2023-06-29完成，比时限2023-06-28晚1天"

    def test_the_earlier_of_both_is_the_day(self):
        tick = Mark(MarkKind.TICK, date(2023, 6, 20), "会上部署")
        before = told(JUNE, [date(2023, 6, 5)], tick, 1, self.LATER)
        assert before.reason == "2023-06-05完成，有“宣传”的记录，时限2023-06-28"
        assert before.count == 2
        after = told(JUNE, [date(2023, 6, 25)], tick, 1, self.LATER)
        assert after.reason == "2023-06-20完成（会上部署），时限2023-06-28"

    def test_a_record_that_it_names_is_counted_once(self):
        link = Mark(MarkKind.LINK, date(2023, 6, 5), "", "activities/5")
        assert told(JUNE, [date(2023, 6, 5)], link, 1, self.LATER).count == 1
        other = Mark(MarkKind.LINK, date(2023, 6, 5), "", "activities/6")
        assert told(JUNE, [date(2023, 6, 5)], other, 1, self.LATER).count == 2

    def test_what_is_said_later_is_not_heard(self):
        for kind in (MarkKind.TICK, MarkKind.WAIVER):
            mark = Mark(kind, date(2023, 6, 21), "说明")
            assert told(JUNE, [], mark, 1, date(2023, 6, 20)).state is OccurrenceState.DUE
            assert told(JUNE, [], mark, 1, date(2023, 6, 21)).state is not OccurrenceState.DUE

    def test_a_waiver_says_why_and_how_much_was_done(self):
        waiver = Mark(MarkKind.WAIVER, date(2023, 6, 2), "并入5月")
        verdict = told(JUNE, [date(2023, 6, 1)], waiver, 2, self.LATER)
        assert (verdict.reason, verdict.count, verdict.done_on) == ("无需开展：并入5月", 1, None)


def test_the_last_day_of_the_period_is_still_of_it():
    assert judge(JUNE, [], None, Demand(), ENDS).state is OccurrenceState.LATE
    assert judge(JUNE, [], None, Demand(), ENDS + timedelta(1)).state is OccurrenceState.MISSED


def test_an_hour_is_told_in_every_sentence():
    record_of_15 = [date(2023, 6, 15)]
    assert (
        told(NOON, record_of_15, None, 1, ENDS).reason
        == "2023-06-15完成，有“宣传”的记录，时限2023-06-15 12:00"
    )
    assert told(NOON, [], None, 1, date(2023, 6, 16)).reason == "时限2023-06-15 12:00已过1天，尚无完成记录"
    assert told(NOON, [], None, 1, date(2023, 6, 11)).reason == "2023-06-12起开展，时限2023-06-15 12:00"


@pytest.mark.parametrize("source", ["activity", "check", "firm", "form", "paper", "register"])
def test_every_source_may_be_named(source):
    want = read_code(f"{source}:甲")
    assert (want.source, want.name, want.word) == (source, "甲", "")


def test_a_wrong_code_is_told_how_it_is_written():
    with pytest.raises(Refused) as caught:
        read_code("meeting:甲")
    assert caught.value.message == (
        "“meeting:甲”应写成 来源:名称 或 来源:名称/词，来源只能是activity、check、firm、form、paper、register"
    )


def test_only_the_first_mark_parts_a_code():
    want = read_code("register:a:b/c/d")
    assert (want.name, want.word) == ("a:b", "c/d")
