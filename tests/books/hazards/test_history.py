"""Past facts come in with gaps: nothing told is lost, nothing is invented, and the gaps can be filled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Kind, Row, absent
from tests.books.taking import judged, take
from tests.conftest import TODAY
from tests.sheets.conftest import taken_back

FOUND: Row = {
    "level": "一般",
    "source": "执法检查",
    "sector": "工贸",
    "place": "加工车间",
    "description": "电线私拉乱接，未穿管保护",
    "found_on": date(2023, 5, 20),
}
FOUR: Row = {"responsible": "丙", "measures": "更换", "funds": 1.0, "deadline": date(2023, 5, 31)}
CLOSING: Row = {
    "rectified_on": date(2023, 5, 22),
    "rectified_by": ["丁整改"],
    "rechecked_on": date(2023, 5, 23),
    "rechecked_by": ["戊复查"],
    "recheck_finding": "到位",
    "signed_off_on": date(2023, 5, 24),
    "signed_off_by": "己审批",
}
BEFORE, EARLY, LONG_AGO = TODAY - timedelta(days=1), date(2023, 5, 1), date(2023, 1, 1)


def without(*names: str, **besides: Any) -> Row:
    return {name: value for name, value in (FOUND | besides).items() if name not in names}


@pytest.mark.parametrize(
    ("told", "state", "gaps"),
    [
        (without("level"), "待整改", ["level"]),
        (without("source", "sector", "place"), "待整改", ["source", "sector", "place"]),
        (without("description"), "待整改", ["description"]),
        (without("found_on"), "待整改", ["found_on"]),
        (without(level="重大"), "待整改", ["criterion"]),
        (without(rectified_on=date(2023, 5, 22)), "待复查", ["rectified_by"]),
        (without(state="待复查"), "待复查", ["rectified_on", "rectified_by"]),
        (
            without(state="已销号"),
            "已销号",
            ["rectified_on", "rectified_by", "signed_off_on", "signed_off_by"],
        ),
        (
            without(rechecked_on=date(2023, 5, 23)),
            "待销号",
            ["rectified_on", "rectified_by", "rechecked_by", "recheck_finding"],
        ),
        (FOUND | {**CLOSING, "signed_off_by": ""}, "已销号", ["signed_off_by"]),
        (FOUND | {**CLOSING, "recheck_finding": ""}, "已销号", ["recheck_finding"]),
        (FOUND | CLOSING, "已销号", []),
        (without(**CLOSING, level="重大"), "已销号", []),
        (
            without(state="整改中", responsible="丙"),
            "整改中",
            ["measures", "deadline"],
        ),
        (
            without(supervision_level="县级"),
            "待整改",
            ["supervision_on", "supervision_number", "supervisor", "supervision_deadline"],
        ),
        (without("level", state="已作废"), "已作废", []),
    ],
)
def test_what_is_missing_is_a_gap(desk: Desk, told: Row, state: str, gaps: list[str]) -> None:
    found = judged(desk.hazards, told)
    assert (found.refused, found.problems, found.gaps) == ("", {}, gaps)
    (number,) = desk.hazards.enter([found])
    row = desk.hazards.get(number)
    assert (row.state, row.gaps) == (state, gaps)
    assert [field.name for field in desk.hazards.gaps_of(row)] == gaps
    assert {name: row[name] for name, value in told.items() if value} == {n: v for n, v in told.items() if v}
    assert all(absent(row[name]) for name in gaps), "nothing is invented"
    assert desk.check() == []


@pytest.mark.parametrize(
    ("told", "aside", "gaps"),
    [
        ({"found_on": TODAY + timedelta(days=9)}, {"发现日期": "2023-06-10"}, ["found_on"]),
        ({"deadline": EARLY}, {"整改时限": "2023-05-01"}, []),
        (
            {"rectified_on": date(2023, 5, 1)},
            {"整改完成日期": "2023-05-01"},
            ["rectified_on", "rectified_by"],
        ),
        (
            {**CLOSING, "rechecked_on": date(2023, 5, 21)},
            {"复查日期": "2023-05-21"},
            ["rechecked_on"],
        ),
        (
            {**CLOSING, "level": "重大", "criterion": "第3条", "rechecked_by": ["丁整改"]},
            {"复查人": "丁整改"},
            ["rechecked_by"],
        ),
        ({"rectified_on": TODAY + timedelta(days=9)}, {"整改完成日期": "2023-06-10"}, []),
        ({"merged_into": "无此编号", "state": "已并案"}, {"并入隐患编号": "无此编号"}, ["merged_into"]),
        ({"level": "较大"}, {"级别": "较大"}, ["level"]),
        ({"state": "待整改", "rectified_on": date(2023, 5, 22)}, {"整改完成日期": "2023-05-22"}, []),
    ],
)
def test_what_cannot_be_is_kept_aside_as_it_was_written(
    desk: Desk, told: Row, aside: Row, gaps: list[str]
) -> None:
    found = judged(desk.hazards, FOUND | told)
    assert (found.others, found.gaps) == (aside, gaps)
    assert len(found.problems) == 1
    (number,) = desk.hazards.enter([found])
    assert desk.hazards.get(number).others == aside
    assert desk.check() == []


def test_values_are_kept_aside_as_they_were_written(desk: Desk) -> None:
    found = desk.hazards.judge(
        FOUND | {"deadline": date(2023, 5, 1)}, {"天气": "晴"}, written={"deadline": "五一前"}
    )
    assert found.others == {"天气": "晴", "整改时限": "五一前"}


def test_a_row_that_says_nothing_is_left_out(desk: Desk) -> None:
    assert judged(desk.hazards, {"place": "", "inspectors": []}).refused == "这一行没有内容"
    assert desk.hazards.judge({}, {"天气": "晴"}).refused == ""


class TestDays:
    def test_a_step_without_a_day_holds_from_the_day_of_the_import(self, desk: Desk) -> None:
        number = take(desk.hazards, FOUND | {"state": "已销号"})
        states = {row.state for row in desk.hazards.rows_on([number], BEFORE)}
        assert states == {"待整改"}
        (now,) = desk.hazards.rows_on([number], TODAY)
        assert (now.state, now.rectified_on, now.signed_off_on) == ("已销号", None, None)
        marks = [(event.kind, event.happened_on, event.undated) for event in desk.hazards.events(number)]
        assert marks == [
            ("registered", FOUND["found_on"], False),
            ("rectified", TODAY, True),
            ("signed_off", TODAY, True),
        ]

    def test_a_recheck_on_its_day_stands_whatever_came_before_it(self, desk: Desk) -> None:
        number = take(desk.hazards, FOUND | {"rechecked_on": date(2023, 5, 23), "rechecked_by": ["甲"]})
        (then,) = desk.hazards.rows_on([number], date(2023, 5, 25))
        assert (then.state, then.rectified_on) == ("待销号", None)

    def test_a_hazard_found_nobody_knows_when_is_here_from_the_day_of_the_import(self, desk: Desk) -> None:
        number = take(desk.hazards, without("found_on") | CLOSING)
        assert desk.hazards.rows_on([number], BEFORE) == []
        assert [row.state for row in desk.hazards.rows_on([number], TODAY)] == ["已销号"]
        assert [row.id for row in desk.hazards.standing(TODAY, ["level"])] == [number]
        assert desk.hazards.standing(LONG_AGO, ["level"]) == []
        assert desk.hazards.get(number).number == "三星隐患〔2023〕001号"
        assert desk.hazards.count(Query(where={"found_on": ""})) == 1
        desk.hazards.change(number, {"found_on": "2023-05-20"})
        row = desk.hazards.get(number)
        assert (row.found_on, row.gaps) == (date(2023, 5, 20), [])
        assert [row.state for row in desk.hazards.rows_on([number], date(2023, 5, 22))] == ["待复查"]
        assert desk.check() == []


class TestFilling:
    def test_a_gap_is_filled_without_the_others(self, desk: Desk) -> None:
        number = take(desk.hazards, without("source", "sector", state="待销号"))
        desk.hazards.change(number, {"sector": "工贸"})
        assert "source" in desk.hazards.get(number).gaps
        desk.hazards.correct(number, 3, {"rechecked_by": "甲"})
        desk.hazards.correct(number, 2, {"happened_on": "2023-05-22"})
        row = desk.hazards.get(number)
        assert (row.rectified_on, row.rechecked_by, row.rechecked_on) == (date(2023, 5, 22), ["甲"], None)
        assert row.gaps == ["source", "rectified_by", "rechecked_on", "recheck_finding"]
        assert desk.check() == []

    def test_what_is_there_is_not_emptied(self, desk: Desk) -> None:
        number = take(desk.hazards, without("source"))
        with pytest.raises(RefusedFields) as caught:
            desk.hazards.change(number, {"place": ""})
        assert set(caught.value.problems) == {"place"}

    def test_another_sheet_fills_what_the_first_left_open(self, desk: Desk) -> None:
        number = take(desk.hazards, without("source", state="已销号"))
        found = judged(desk.hazards, FOUND | CLOSING | {"state": "已销号"}, number)
        assert found.problems == {}
        desk.hazards.enter([found])
        row = desk.hazards.get(number)
        assert row.gaps == []
        assert {name: row[name] for name in CLOSING} == CLOSING
        assert desk.check() == []

    def test_what_came_in_goes_on_here_by_the_law(self, desk: Desk) -> None:
        number = take(desk.hazards, without("source", state="待复查"))
        with pytest.raises(Refused, match="请先办理复查"):
            desk.hazards.step(number, "signed_off", {"happened_on": TODAY, "signed_off_by": "己"})
        with pytest.raises(RefusedFields):
            desk.hazards.step(number, "recheck_passed", {"happened_on": TODAY})
        passed = {"happened_on": TODAY, "rechecked_by": "甲", "recheck_finding": "到位"}
        desk.hazards.step(number, "recheck_passed", passed)
        desk.hazards.step(number, "signed_off", {"happened_on": TODAY, "signed_off_by": "己"})
        row = desk.hazards.get(number)
        assert (row.state, row.gaps) == ("已销号", ["source", "rectified_on", "rectified_by"])
        desk.hazards.step(number, "reopened", {"happened_on": TODAY, "note": "又出现", "deadline": TODAY})
        row = desk.hazards.get(number)
        assert (row.state, row.gaps) == ("待整改", ["source"]), "the round that is over lacks nothing"
        assert desk.check() == []


def test_gaps_and_others_are_found(desk: Desk) -> None:
    first = take(desk.hazards, without("source"), others={"施工单位": "某建筑公司"})
    second = take(desk.hazards, FOUND | {"place": "仓库"})
    assert desk.hazards.ids(Query(where={"gaps": "来源"})) == [first]
    assert desk.hazards.ids(Query(where={"gaps": "来源"}, as_of=TODAY)) == [first]
    assert desk.hazards.ids(Query(where={"gaps": "*"})) == [first]
    assert desk.hazards.ids(Query(where={"gaps": ""})) == [second]
    assert desk.hazards.ids(Query(text="某建筑公司")) == [first]
    assert [hit.record for hit in desk.cabinet.find("某建筑")] == [first]
    gaps = next(field for field in desk.hazards.fields if field.name == "gaps")
    assert gaps.show(desk.hazards.get(first).gaps) == "来源"
    assert desk.hazards.options("gaps") == ["有待补", "来源"]


def test_many_rows_are_one_act_that_is_taken_back(desk: Desk) -> None:
    rows = [judged(desk.hazards, FOUND | CLOSING | {"place": f"{place}号车间"}) for place in range(30)]
    with desk.cabinet.whole("hazards.import", "hazards", desk.hazards.import_undo) as act:
        ids = desk.hazards.enter(rows)
        act.done("导入隐患", *ids)
    numbers = [row.number for row in desk.hazards.rows(ids)]
    assert numbers == [f"三星隐患〔2023〕{serial:03}号" for serial in range(1, 31)]
    assert [hit.record for hit in desk.cabinet.find("29号车间")] == [ids[-1]]
    assert desk.check() == []
    desk.undo()
    assert desk.hazards.select(Query()) == []
    assert desk.cabinet.find("29号车间") == []
    assert desk.check() == []


def any_row(fields: dict[str, Any]) -> st.SearchStrategy[Row]:
    days = st.dates(date(2023, 4, 1), date(2023, 6, 20))
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.DATE: days,
        Kind.NUMBER: st.sampled_from([0.5, 2.0]),
        Kind.NAMES: st.lists(st.sampled_from(["甲", "乙"]), min_size=1, max_size=2, unique=True),
    }
    texts = st.sampled_from(["甲", "三星隐患〔2023〕007号", "到位"])
    values = {
        name: st.sampled_from(field.choices) if field.choices else kinds.get(field.kind, texts)
        for name, field in fields.items()
    }
    return st.fixed_dictionaries({}, optional=values)


def test_an_answer_to_the_request_before_is_not_lost(desk: Desk) -> None:
    """Told again beside a new request, it does not answer that, and is kept among the others."""
    handed = {"handed_to": "县住建局", "handed_on": date(2023, 5, 21), "replied_on": date(2023, 5, 22)}
    number = take(desk.hazards, FOUND | handed)
    higher = {"pool": "蓄水池", "handed_to": "县安委办", "handed_on": date(2023, 5, 23)}
    told = judged(desk.hazards, FOUND | handed | higher, number)
    desk.hazards.enter([told])
    row = desk.hazards.get(number)
    assert (row.pool, row.handed_to, row.replied_on) == ("蓄水池", "县安委办", None)
    assert row.others == {"回复日期": "2023-05-22"} and list(told.problems) == ["replied_on"]
    assert desk.check() == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_mix_of_facts_comes_in_and_none_of_it_is_lost(desk: Desk, data: st.DataObject) -> None:
    fields = {field.name: field for field in desk.hazards.sheet_fields()}
    with taken_back(desk):
        number = None
        for told in (data.draw(any_row(fields)), data.draw(any_row(fields))):
            found = judged(desk.hazards, told, number)
            if found.refused:
                assert not told
                continue
            before = {} if number is None else dict(desk.hazards.get(number))
            (number,) = desk.hazards.enter([found])
            row = desk.hazards.get(number)
            others = "\n".join(row.others.values())
            for name, value in told.items():
                shown = fields[name].show(value)
                kept = row[name] == value or shown in others
                same = name in ("state", "pool") and before.get(name) == value
                assert kept or same, name
            assert all(absent(row[name]) for name in row.gaps)
            assert desk.hazards.rows_on([number], LONG_AGO) == []
            assert {one.state for one in desk.hazards.rows_on([number], TODAY)} == {row.state}
        assert desk.check() == []
