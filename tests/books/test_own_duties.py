"""Duties of the office's own, those of the plan that end, and what the rows of the book count."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.figures.due import due_items
from hazard_desk.rules.fulfilment import OccurrenceState

FIVE = "每月“五进”宣传活动"
MONTHLY_FORM = {
    "title": "每月上报进展情况",
    "rule": "每月28日前",
    "fulfilled_by": "报送进展情况调度表（方山县）",
}


def activity(kind: str = "五进宣传", day: str = "2023-05-25") -> dict:
    return {"kind": kind, "title": "进村入户宣传", "held_on": day, "level": "镇"}


def once(desk, duty: str, key: str):
    """Return the occurrence of a duty with this key."""
    return desk.duties.occurrence(desk.duties.find(duty), key)


class TestOwn:
    """The office's own duties; those of the plan may only be answered for otherwise, or end."""

    @pytest.mark.parametrize(
        ("rule", "rhythm", "due"),
        [
            ("每月28日", "每月28日前", ["05-28", "06-28"]),
            ("每季度", "每季度末", ["06-30"]),
            ("每周四12点", "每周四12:00前", ["05-18", "05-25", "06-01", "06-08", "06-15", "06-22", "06-29"]),
            ("6月10日前", "6月10日前", ["06-10"]),
            ("行动期间至少1次", "行动期间至少1次", []),
        ],
    )
    def test_its_rhythm_in_words(self, desk, rule, rhythm, due):
        number = desk.duties.add({"title": "自定", "rule": rule}).ids[0]
        row = desk.duties.get(number)
        assert (row["rhythm"], row["own"]) == (rhythm, True)
        until_june = [one.due.isoformat()[5:] for one in desk.duties.history(number) if one.due.month < 7]
        assert until_june == due

    def test_the_28th_is_reminded_of_on_the_working_day_before(self, desk):
        number = desk.duties.add(MONTHLY_FORM).ids[0]
        items = due_items(desk.books, date(2023, 5, 18), date(2023, 12, 31))
        reminded = {item.date: item.remind_on for item in items if item.record == f"duties/{number}"}
        assert len(reminded) == 8
        assert reminded[date(2023, 5, 28)] == date(2023, 5, 26)
        assert reminded[date(2023, 10, 28)] == date(2023, 10, 27)
        assert reminded[date(2023, 6, 28)] == date(2023, 6, 28)

    def test_at_least_so_many_times(self, desk):
        desk.duties.add({"title": "每月两次", "rule": "每月至少2次", "fulfilled_by": "五进宣传"})
        desk.activities.add(activity(day="2023-05-20"))
        half = once(desk, "每月两次", "2023-05-31")
        assert (half.state, half.verdict.count) == (OccurrenceState.MISSED, 1)
        assert "已有1项记录，应有2项" in half.verdict.reason
        desk.activities.add(activity(day="2023-05-30"))
        assert once(desk, "每月两次", "2023-05-31").verdict.done_on == date(2023, 5, 30)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"rule": "每月28日"}, "title"),
            ({"title": FIVE, "rule": "每月28日"}, "title"),
            ({"title": "甲"}, "rule"),
            ({"title": "甲", "rule": "每月28日", "trigger": "暴雨"}, "rule"),
            ({"title": "甲", "rule": "经常"}, "rule"),
            ({"title": "甲", "rule": "每月28日", "fulfilled_by": "散步"}, "fulfilled_by"),
        ],
    )
    def test_wrong_entries(self, desk, values, field):
        with pytest.raises(RefusedFields) as caught:
            desk.duties.add(values)
        assert set(caught.value.problems) == {field}

    def test_it_is_changed_but_no_word_is_lost(self, desk):
        number = desk.duties.add(MONTHLY_FORM).ids[0]
        desk.duties.change(number, {"rule": "每月25日前", "leads": "甲、乙"})
        assert desk.duties.get(number)["people"] == ["甲", "乙"]
        desk.duties.tick(number, "2023-05-25", {"happened_on": "2023-05-25", "note": "已报"})
        with pytest.raises(Refused, match="丢失"):
            desk.duties.change(number, {"rule": "每月20日前"})
        assert desk.duties.get(number)["rhythm"] == "每月25日前"

    def test_of_the_plan_only_what_fulfils_it_and_who_answers(self, desk):
        number = desk.duties.find(FIVE)
        with pytest.raises(Refused, match="只能修改"):
            desk.duties.change(number, {"title": "别的"})
        row = desk.duties.get(number)
        shown = {field.name: row[field.name] for field in desk.duties.entry_fields()}
        desk.duties.change(number, shown | {"fulfilled_by": ["主题宣传"]})
        desk.activities.add(activity("主题宣传"))
        assert once(desk, FIVE, "2023-05-31").state is OccurrenceState.MET

    def test_the_form_of_each_duty_saves_as_it_stands(self, desk):
        for row in desk.duties.all_rows():
            desk.duties.change(
                row["id"], {field.name: row[field.name] for field in desk.duties.entry_fields()}
            )
            assert desk.duties.get(row["id"]) == row

    def test_it_ends_with_a_reason_and_goes_on(self, desk):
        number = desk.duties.find(FIVE)
        with pytest.raises(Refused, match="原因"):
            desk.duties.end(number, date(2023, 7, 1), " ")
        desk.duties.end(number, date(2023, 7, 1), "改由县里统一组织")
        assert [one.due.month for one in desk.duties.history(number)] == [5, 6]
        desk.cabinet.clock.set(date(2023, 7, 2))
        assert desk.duties.get(number)["state"] == "已停用"
        desk.duties.resume(number)
        assert len(desk.duties.history(number)) == 8


class TestRows:
    def test_they_count_what_was_met(self, desk):
        desk.cabinet.clock.set(date(2023, 7, 3))
        desk.activities.add(activity(day="2023-05-25"))
        row = desk.duties.get(desk.duties.find(FIVE))
        counted = (row["met"], row["should"], row["total"], row["next_due"], row["state"])
        assert counted == (1, 2, 8, date(2023, 7, 31), "有缺项")
        assert row["fulfilled_by"] == ["五进宣传"]
        (as_it_was,) = desk.duties.select(Query(where={"title": FIVE}, as_of=date(2023, 5, 26)))
        assert (as_it_was["met"], as_it_was["state"]) == (1, "按期")

    def test_slogans_in_use_are_counted_from_their_register(self, desk):
        slogans = "常态化保持3条（幅）以上标语、海报"
        register = desk.registers.ledgers()["slogans"]
        one = {"content": "甲", "kind": "标语", "place": "场镇", "set_on": "2023-05-20", "state": "在用"}
        register.add(one | {"quantity": 2})
        row = desk.duties.get(desk.duties.find(slogans))
        assert (row["met"], row["should"], row["state"]) == (2, 3, "不足")
        number = register.add(one | {"quantity": 1}).ids[0]
        assert desk.duties.get(row["id"])["state"] == "达标"
        register.change(number, {"state": "已撤除", "removed_on": "2023-06-01"})
        assert desk.duties.get(row["id"])["state"] == "不足"
        (before,) = desk.duties.select(Query(where={"title": slogans}, as_of=date(2023, 5, 31)))
        assert before["state"] == "达标"

    def test_who_answers_is_told_by_the_task(self, desk):
        five, meeting = (desk.duties.get(desk.duties.find(name)) for name in (FIVE, "每月风险研判会"))
        assert (five["people"], five["offices"]) == (["肖永富"], ["应急办", "各村"])
        assert meeting["people"] == ["党政主要负责人", "分管负责人"]


def test_a_desk_of_the_first_version_knows_what_fulfils_its_duties(desk, tmp_path):
    released = Path(__file__).parents[1] / "data" / "released" / "desk-1.zip"
    with zipfile.ZipFile(released) as copy:
        copy.extract("desk.db", tmp_path)
    known = ("title", "rhythm", "doers", "objects", "trigger", "leads", "people")
    with Desk.open(tmp_path, desk.today) as older:
        rows = [{name: row[name] for name in known} for row in older.duties.all_rows()]
    assert rows == [{name: row[name] for name in known} for row in desk.duties.all_rows()]
