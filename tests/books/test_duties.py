"""The recurring duties: every time they fall due, what is found for it, and the clerk's own word."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.figures.due import due_items, due_notes
from hazard_desk.rules.fulfilment import MET, MarkKind, OccurrenceState

WHOLE = (date(2023, 5, 18), date(2023, 12, 31))
MONTH_ENDS = ["05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"]
QUARTER_ENDS = ["06-30", "09-30", "12-31"]
HAND_MADE = {
    "党政主要负责人每月实地督导检查": MONTH_ENDS,
    "分管负责人每月调研检查或专题调度": MONTH_ENDS,
    "每月风险研判会": MONTH_ENDS,
    "每月“五进”宣传活动": MONTH_ENDS,
    "每月督促企业开展“日周月”隐患排查": MONTH_ENDS,
    "每季度“两单两卡”培训": QUARTER_ENDS,
    "每季度更新重大事故隐患台账": QUARTER_ENDS,
    "每半年通报整治进展情况": ["06-30", "12-31"],
    "每半年应急救援预案专题培训": ["06-30", "12-31"],
    "每年事故应急救援预案演练": ["12-31"],
    "每年邀请安全专家为小微企业服务": ["06-30"],
    "“5.12”防灾减灾日和安全生产月主题宣传教育": ["06-30"],
}
"""When each duty of 三星乡2023行动 falls due in 2023; the other two are kept up and wait for an event."""
REMINDED = {"09-30": "09-28", "12-31": "12-29"}
"""Days that are no working days, and the last working day before: 30 September was the Saturday of the
Mid-Autumn rest that began on the 29th, 31 December a Sunday."""


FIVE = "每月“五进”宣传活动"
INSPECTION = "党政主要负责人每月实地督导检查"
NOTE = {"happened_on": "2023-05-30", "note": "记录存纸质档案"}
FESTIVAL = {"title": "节假日前检查", "trigger": "节假日前", "fulfilled_by": "节前检查"}
MONTHLY_FORM = {
    "title": "每月上报进展情况",
    "rule": "每月28日前",
    "fulfilled_by": "报送进展情况调度表（方山县）",
}


def activity(kind: str = "五进宣传", day: str = "2023-05-25", **more) -> dict:
    return {"kind": kind, "title": "进村入户宣传", "held_on": day, "level": "镇", **more}


def check(kind: str, day: str, **more) -> dict:
    inspectors = "甲检查、乙检查"
    return {"kind": kind, "checked_on": day, "unit_name": "示例商店", "inspectors": inspectors, **more}


def once(desk, duty: str, key: str, as_of: date | None = None):
    """Return the occurrence of a duty with this key."""
    times = desk.duties.history(desk.duties.find(duty), as_of)
    return next(one for one in times if one.key == key)


def state(desk, duty: str = FIVE, key: str = "2023-05-31", as_of: date | None = None) -> str:
    return str(once(desk, duty, key, as_of).state)


def all_due(desk) -> list:
    return [item for item in due_items(desk.books, *WHOLE) if item.kind == "occurrence"]


class TestOccurrences:
    def test_every_duty_of_S0_falls_due_as_counted_by_hand(self, desk):
        by_duty: dict[str, list[str]] = {}
        for item in all_due(desk):
            by_duty.setdefault(item.title.rpartition("（")[0], []).append(item.date.isoformat()[5:])
        assert by_duty == HAND_MADE
        assert len(all_due(desk)) == 53

    def test_every_one_is_reminded_of_on_a_working_day(self, desk):
        for item in all_due(desk):
            day = item.date.isoformat()[5:]
            assert item.remind_on.isoformat()[5:] == REMINDED.get(day, day)

    def test_a_span_is_the_sum_of_its_days(self, desk):
        whole = desk.duties.occurrences(date(2023, 5, 1), date(2023, 12, 31))
        halves = [
            *desk.duties.occurrences(date(2023, 5, 1), date(2023, 8, 30)),
            *desk.duties.occurrences(date(2023, 8, 31), date(2023, 12, 31)),
        ]
        assert Counter(map(str, whole)) == Counter(map(str, halves))

    def test_nothing_outside_the_campaign(self, desk):
        assert desk.duties.occurrences(date(2022, 1, 1), date(2023, 3, 31)) == []
        assert desk.duties.occurrences(date(2024, 1, 1), date(2030, 1, 1)) == []


def test_the_rows_speak_Chinese(desk):
    rows = desk.duties.all_rows()
    assert len(rows) == 14
    assert all(row["title"] and row["rhythm"] for row in rows)
    text = " ".join(field.show(row[field.name]) for row in rows for field in desk.duties.fields)
    assert not any(word in text for word in ("month", "recurring", "counter", "FREQ", "activity"))


class TestFound:
    """Fulfilment is found from the ledgers; nobody ticks."""

    def test_an_activity_of_the_kind_meets_it_and_its_removal_turns_it_back(self, desk):
        assert state(desk) == "未开展"
        number = desk.activities.add(activity()).ids[0]
        one = once(desk, FIVE, "2023-05-31")
        assert one.state is OccurrenceState.MET
        assert one.verdict.done_on == date(2023, 5, 25)
        assert [seen.record for seen in one.evidence] == [f"activities/{number}"]
        assert one.verdict.reason == "2023-05-25完成，有“进村入户宣传”的记录，时限2023-05-31"
        desk.activities.remove(number)
        assert state(desk) == "未开展"

    def test_a_check_of_the_kind(self, desk):
        number = desk.checks.add(check("带队", "2023-05-30", leader="谭华祥")).ids[0]
        assert state(desk, INSPECTION) == "已完成"
        desk.checks.change(number, {"kind": "节前"})
        assert state(desk, INSPECTION) == "已完成", "of whatever kind, it was led by the principal"
        desk.checks.change(number, {"leader": "肖永富"})
        one = once(desk, INSPECTION, "2023-05-31")
        assert one.state is OccurrenceState.MISSED
        assert "另有“示例商店节前检查”的记录是肖永富办的，不是党政主要负责人" in one.verdict.reason

    def test_a_submitted_form_counts_for_the_month_it_reports(self, desk):
        desk.duties.add(MONTHLY_FORM)
        late = {date(2023, 5, 28): "待完成", date(2023, 5, 31): "已逾期", date(2023, 6, 1): "未开展"}
        assert {day: state(desk, "每月上报进展情况", "2023-05-28", day) for day in late} == late
        form = {"form": "fangshan-2023", "title": "调度表", "as_of": date(2023, 5, 28), "group": ""}
        desk.submissions.submit(form | {"reading": "累计", "layout": {}, "cells": []})
        assert state(desk, "每月上报进展情况", "2023-05-28") == "逾期完成", "for May, sent on 1 June"

    def test_undo_of_the_record_turns_it_back(self, desk):
        desk.activities.add(activity())
        desk.undo()
        assert state(desk) == "未开展"

    @pytest.mark.parametrize("day", ["2023-05-18", "2023-05-31"])
    def test_both_ends_of_the_period_count(self, desk, day):
        desk.activities.add(activity(day=day))
        assert state(desk) == "已完成"

    @pytest.mark.parametrize("day", ["2023-05-17", "2023-06-01"])
    def test_no_day_outside_it_does(self, desk, day):
        desk.activities.add(activity(day=day))
        assert state(desk) == "未开展"

    def test_a_record_that_names_a_duty_counts_for_that_one_alone(self, desk):
        desk.activities.add(activity(duty_title=INSPECTION, host="乡长谭 华祥"))
        assert state(desk) == "未开展"
        assert state(desk, INSPECTION) == "已完成"

    def test_a_word_in_the_title_is_asked_for(self, desk):
        update = "每季度更新重大事故隐患台账"
        desk.activities.add(activity("调度会", title="防汛调度会"))
        assert state(desk, update, "2023-06-30") == "待完成"
        desk.activities.add(activity("调度会", title="重大隐患台账更新"))
        assert state(desk, update, "2023-06-30") == "已完成"

    def test_any_day_is_seen_as_it_was(self, desk):
        desk.activities.add(activity(day="2023-05-25"))
        days = {date(2023, 5, 17): "未开始", date(2023, 5, 24): "待完成", date(2023, 5, 25): "已完成"}
        assert {day: state(desk, as_of=day) for day in days} == days

    def test_done_after_the_day_but_within_the_period_is_done_late(self, desk):
        desk.duties.add({"title": "每月10日宣传", "rule": "每月20日前", "fulfilled_by": "五进宣传"})
        assert state(desk, "每月10日宣传", "2023-05-20", date(2023, 5, 25)) == "已逾期"
        desk.activities.add(activity(day="2023-05-25"))
        late = once(desk, "每月10日宣传", "2023-05-20")
        assert late.state is OccurrenceState.MET_LATE
        assert late.verdict.reason.endswith("比时限2023-05-20晚5天")

    def test_a_voided_document_does_not_count(self, desk):
        bulletin = "每半年通报整治进展情况"
        values = {"kind": "通报", "title": "上半年通报", "issued_on": "2023-06-01"}
        number = desk.books.documents.add(values).ids[0]
        assert state(desk, bulletin, "2023-06-30") == "已完成"
        desk.books.documents.void(number, "重新印发")
        assert state(desk, bulletin, "2023-06-30") == "待完成"


class TestWord:
    """The clerk's own word on one occurrence."""

    def five(self, desk) -> tuple[int, str]:
        return desk.duties.find(FIVE), "2023-05-31"

    def test_a_tick_meets_it_and_can_be_undone_and_taken_back(self, desk):
        change = desk.duties.tick(*self.five(desk), NOTE)
        assert change.title == "“每月‘五进’宣传活动（2023年5月）”登记完成"
        assert state(desk) == "已完成"
        assert "记录存纸质档案" in once(desk, FIVE, "2023-05-31").verdict.reason
        desk.undo()
        assert state(desk) == "未开展"
        desk.duties.tick(*self.five(desk), NOTE)
        desk.duties.unmark(*self.five(desk))
        assert state(desk) == "未开展"
        desk.undo()
        assert state(desk) == "已完成"

    def test_ticked_after_its_day_it_is_late(self, desk):
        desk.duties.tick(*self.five(desk), NOTE | {"happened_on": "2023-06-01"})
        assert state(desk) == "逾期完成"

    def test_a_waiver_needs_its_reason(self, desk):
        with pytest.raises(RefusedFields) as caught:
            desk.duties.waive(*self.five(desk), {})
        assert set(caught.value.problems) == {"note"}
        desk.duties.waive(*self.five(desk), {"note": "本月并入安全生产月"})
        assert state(desk) == "无需开展"
        assert once(desk, FIVE, "2023-05-31").verdict.reason == "无需开展：本月并入安全生产月"

    def test_a_linked_record_speaks_for_itself(self, desk):
        number = desk.activities.add(activity("其他", "2023-06-01")).ids[0]
        desk.duties.link(*self.five(desk), f"activities/{number}")
        assert state(desk) == "逾期完成"
        assert once(desk, FIVE, "2023-05-31").mark.kind is MarkKind.LINK
        desk.activities.change(number, {"held_on": "2023-05-31"})
        assert state(desk) == "已完成"
        desk.activities.remove(number)
        assert state(desk) == "未开展"

    def test_what_may_be_linked(self, desk):
        desk.activities.add(activity())
        desk.checks.add(check("日常", "2023-05-30"))
        found = desk.duties.candidates(date(2023, 5, 20), date(2023, 5, 31))
        assert [(one.title, one.on.day) for one in found] == [("示例商店日常检查", 30), ("进村入户宣传", 25)]
        with pytest.raises(Refused, match="没有找到"):
            desk.duties.link(*self.five(desk), "activities/99")

    def test_the_last_word_counts(self, desk):
        desk.duties.waive(*self.five(desk), {"note": "并入"})
        desk.duties.tick(*self.five(desk), NOTE)
        assert state(desk) == "已完成"

    @pytest.mark.parametrize(
        ("values", "field"),
        [({"note": "已办"}, "happened_on"), ({"happened_on": "2023-06-02", "note": "已办"}, "happened_on")],
    )
    def test_wrong_words(self, desk, values, field):
        with pytest.raises(RefusedFields) as caught:
            desk.duties.tick(*self.five(desk), values)
        assert set(caught.value.problems) == {field}

    def test_of_an_occurrence_that_is_not_there(self, desk):
        number, _ = self.five(desk)
        for act in (
            lambda: desk.duties.tick(number, "2023-05-30", NOTE),
            lambda: desk.duties.unmark(number, "2023-05-31"),
        ):
            with pytest.raises(Refused):
                act()


class TestEvents:
    """A triggered duty falls due when the office says that its event happened."""

    @pytest.fixture
    def festival(self, desk) -> int:
        return desk.duties.add(FESTIVAL).ids[0]

    def test_it_appears_and_is_found_like_the_others(self, desk, festival):
        assert desk.duties.history(festival) == []
        desk.duties.trigger(festival, {"name": "端午节前", "happened_on": "2023-06-22", "due": "2023-06-21"})
        (item,) = [
            item for item in all_due(desk) if item.record == f"duties/{festival}" and item.state != "未触发"
        ]
        assert (item.title, item.date, item.state) == (
            "节假日前检查（端午节前）",
            date(2023, 6, 21),
            "未开始",
        )
        desk.cabinet.clock.set(date(2023, 6, 21))
        desk.checks.add(check("节前", "2023-06-20"))
        assert state(desk, "节假日前检查", item.key) == "已完成"
        assert desk.duties.get(festival)["state"] == "按期", "another may come"

    def test_holidays_to_come_are_proposed_until_they_are_fired(self, desk, festival):
        proposed = desk.duties.proposals(festival)
        assert [(row["name"], row["happened_on"], row["due"]) for row in proposed] == [
            ("端午节前", date(2023, 6, 22), date(2023, 6, 21)),
            ("中秋节、国庆节前", date(2023, 9, 29), date(2023, 9, 28)),
            ("元旦前", date(2023, 12, 30), date(2023, 12, 29)),
        ]
        desk.duties.trigger(festival, proposed[0])
        assert [row["name"] for row in desk.duties.proposals(festival)] == ["中秋节、国庆节前", "元旦前"]

    def test_a_holiday_that_nobody_triggered_stays_in_the_calendar_and_is_late_for_nobody(
        self, desk, festival
    ):
        desk.cabinet.clock.set(date(2023, 10, 20))
        told = [item for item in all_due(desk) if item.record == f"duties/{festival}"]
        assert [(item.date, item.state, item.open, item.overdue) for item in told] == [
            (date(2023, 6, 21), "未触发", False, False),
            (date(2023, 9, 28), "未触发", False, False),
            (date(2023, 12, 29), "未触发", True, False),
        ]

    def test_an_event_that_only_has_the_sign_is_no_holiday(self, desk):
        number = desk.duties.add({"title": "变更后检查", "trigger": "关键环节、重要时间节点变更时"}).ids[0]
        assert [item for item in all_due(desk) if item.record == f"duties/{number}"] == []

    def test_what_was_fired_by_mistake_is_taken_back_with_its_words(self, desk, festival):
        desk.duties.trigger(festival, {"name": "暴雨", "happened_on": "2023-05-30", "due": "2023-05-31"})
        (one,) = desk.duties.history(festival)
        desk.duties.tick(festival, one.key, {"happened_on": "2023-05-31", "note": "已查"})
        desk.duties.untrigger(festival, one.key)
        assert desk.duties.history(festival) == []
        desk.undo()
        assert [one.state for one in desk.duties.history(festival)] == [OccurrenceState.MET]

    def test_only_triggered_duties(self, desk):
        five = desk.duties.find(FIVE)
        with pytest.raises(Refused, match="不需要触发"):
            desk.duties.trigger(five, {"name": "暴雨", "happened_on": "2023-05-30", "due": "2023-05-31"})
        with pytest.raises(Refused, match="不能取消"):
            desk.duties.untrigger(five, "2023-05-31")


def test_years_whose_holidays_are_guessed_are_told(desk):
    items = due_items(desk.books, *WHOLE)
    assert due_notes(desk.books, items) == []
    desk.enterprises.add({"name": "示例商店", "category": "企业", "sector": "消防"})
    duty = {"unit_name": "示例商店", "duty": "应急演练", "state": "已落实", "next_due": "2040-05-01"}
    desk.enterprise_duties.add(duty)
    items = due_items(desk.books, date(2023, 5, 18), date(2041, 1, 1))
    (note,) = due_notes(desk.books, items)
    assert note.startswith("2040年")


def test_tasks_follow_their_duties(desk):
    def light() -> tuple[str, str]:
        row = next(row for row in desk.tasks.all_rows() if row["number"] == 5)
        return row["status"], row["reason"]

    assert light() == ("滞后", "“每月‘五进’宣传活动”应完成1次，已完成0次，2023年5月未完成")
    number = desk.activities.add(activity()).ids[0]
    assert light()[0] == "按期推进"
    desk.activities.remove(number)
    assert light()[0] == "滞后"


@pytest.mark.parametrize(
    ("plan", "title", "kind", "wrong", "right"),
    [
        ("fenghuang-2024-2026", "消防宣传月活动", "消防宣传", "2024-05-09", "2024-11-09"),
        ("fenghuang-2024-2026", "安全生产月和安全宣传咨询日活动", "进村宣传", "2024-11-09", "2024-06-16"),
        (
            "sanxiang-2023",
            "“5.12”防灾减灾日和安全生产月主题宣传教育",
            "119消防宣传",
            "2023-11-09",
            "2023-05-20",
        ),
        ("fangshan-2023", "“安全生产月”活动", "119消防宣传", "2023-11-09", "2023-06-09"),
        ("chongming-2023", "“安全生产月”专题活动", "119消防宣传", "2023-11-09", "2023-06-09"),
    ],
)
def test_the_month_of_a_campaign_is_met_in_that_month_alone(tmp_path, plan, title, kind, wrong, right):
    with Desk.create(
        tmp_path / "desk", plan, date(2024 if plan.startswith("feng") else 2023, 12, 31)
    ) as desk:
        number = desk.duties.find(title)
        for day, met in ((wrong, False), (right, True)):
            desk.activities.add({"kind": "主题宣传", "title": kind, "held_on": day, "level": "镇"})
            assert (desk.duties.history(number)[0].state in MET) is met
