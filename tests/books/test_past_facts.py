"""Rows of sheets in every ledger: what is missing is a gap, what cannot be is kept aside, nothing is lost."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazard_desk.books.kit.judging import Batch
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.query import ANY, Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.figures.board import board
from hazard_desk.figures.due import due_items
from hazard_desk.figures.progress.filling import fill
from hazard_desk.figures.rates import progress, stock_by_year
from hazard_desk.figures.summary import summary
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.papers.catalogue import REPORTS, reports_about
from hazard_desk.rules.fields import Field, Kind, Row, absent
from hazard_desk.rules.readings import Span
from tests.books.taking import judged, take
from tests.conftest import TODAY
from tests.sheets.conftest import taken_back

UNIT = "示例木材加工厂"
LEDGERS = (
    "enterprises",
    "enterprise-duties",
    "checks",
    "rewards-penalties",
    "tips",
    "activities",
    "documents",
    "groups",
    "duties",
    "three-operations",
    "own-1",
)


def a_value(field: Field) -> st.SearchStrategy[Any]:
    if field.choices:
        return st.sampled_from(field.choices)
    return {
        Kind.DATE: st.dates(date(2023, 4, 1), date(2023, 7, 1)),
        Kind.MOMENT: st.just("2023-05-20 09:00"),
        Kind.INTEGER: st.integers(1, 40),
        Kind.NUMBER: st.sampled_from([0.5, 20.0]),
        Kind.NAMES: st.lists(st.sampled_from(["甲", "乙"]), min_size=1, max_size=2, unique=True),
        Kind.BOOL: st.just(True),
        Kind.CODE: st.sampled_from(["13800000001", "0012"]),
    }.get(field.kind, st.sampled_from([UNIT, "示例二厂", "每季度", "情况属实"]))


@pytest.mark.parametrize("name", LEDGERS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_mix_of_facts_comes_in_or_is_refused_in_one_sentence(
    furnished: Desk, name: str, data: st.DataObject
) -> None:
    book = furnished.books.ledger(name)
    fields = {field.name: field for field in book.sheet_fields()}
    some = st.fixed_dictionaries({}, optional={one: a_value(field) for one, field in fields.items()})
    with taken_back(furnished):
        found = book.judge(data.draw(some), {"天气": "晴"})
        if found.refused:
            assert found.refused.count("。") <= 1
            return
        (number,) = book.enter([found])
        row = book.get(number)
        assert row["others"]["天气"] == "晴"
        assert all(fields[one].label in row["others"] or absent(row.get(one)) for one in found.problems)
        assert all(absent(row[one]) for one in row["gaps"] if fields[one].kind is not Kind.NAMES)
        assert {field.name for field in book.gaps_of(row)} == set(row["gaps"])
        assert furnished.check() == []
        again = book.judge({one: row[one] for one in fields if one in row}, row["others"], number)
        assert not again.refused
        assert not again.changes, again


@pytest.mark.parametrize(
    ("name", "told", "gaps"),
    [
        ("enterprises", {"category": "企业"}, ["name", "sector"]),
        ("checks", {"unit_name": UNIT, "inspectors": ["甲"]}, ["checked_on", "kind", "inspectors"]),
        ("tips", {"content": "堵塞", "answered_on": TODAY}, ["received_on", "way", "verified"]),
        ("activities", {"title": "宣传"}, ["kind", "held_on", "level"]),
        (
            "rewards-penalties",
            {"target": "甲", "published_on": TODAY},
            ["kind", "target_kind", "happened_on", "reason", "published_at"],
        ),
        ("groups", {"post": "副乡长"}, ["role", "starts_on"]),
        ("own-1", {}, []),
    ],
)
def test_what_is_missing_is_a_gap_to_fill(kept: Desk, name: str, told: Row, gaps: list[str]) -> None:
    book: Ledger = kept.books.ledger(name)
    others = {"天气": "晴"}
    if name == "groups":
        told = told | {"group": kept.groups.groups()[0].name}
    number = take(book, told, others=others)
    row = book.get(number)
    required = [field.name for field in book.sheet_fields() if field.required] if name == "own-1" else []
    assert sorted(row["gaps"]) == sorted(gaps or required)
    assert row["others"] == others
    first = book.gaps_of(row)[0]
    value: Any = TODAY if first.kind is Kind.DATE else (first.choices or ("内容",))[0]
    book.change(number, {first.name: value})
    after = book.get(number)
    assert after["gaps"] == [one for one in row["gaps"] if one != first.name]
    assert after["others"] == others, "they stay"
    with pytest.raises(RefusedFields):
        book.change(number, {first.name: ""})
    assert kept.check() == []


@pytest.mark.parametrize(
    ("name", "told", "field"),
    [
        ("checks", {"checked_on": TODAY + timedelta(days=3)}, "checked_on"),
        ("activities", {"title": "宣传", "task_number": 999}, "task_number"),
        ("tips", {"received_on": TODAY, "answered_on": TODAY - timedelta(days=9)}, "answered_on"),
        ("rewards-penalties", {"target": "甲", "amount": 5.0}, "amount"),
        ("enterprises", {"name": "示例新厂", "headcount": "若干"}, "headcount"),
    ],
)
def test_what_cannot_be_is_kept_aside(kept: Desk, name: str, told: Row, field: str) -> None:
    book = kept.books.ledger(name)
    found = judged(book, told)
    assert set(found.problems) == {field}
    (number,) = book.enter([found])
    row = book.get(number)
    label = next(one.label for one in book.sheet_fields() if one.name == field)
    assert absent(row[field])
    assert label in row["others"]


def test_rows_of_one_sheet_know_of_each_other(desk: Desk) -> None:
    batch = Batch()
    judge = desk.enterprises.judge
    assert judge({"name": "一厂"}, {}, None, batch).refused == ""
    assert judge({"name": "一厂"}, {}, None, batch).refused == "“单位名称”与同一张表里前面的一条重复"
    nameless = [judge({"village": village}, {}, None, batch) for village in ("东村", "西村")]
    assert [one.refused for one in nameless] == ["", ""]
    assert len(desk.enterprises.enter(nameless)) == 2, "names that nobody told are not alike"
    assert desk.enterprises.names() == []


def test_what_was_judged_is_not_written_over_what_changed_since(desk: Desk) -> None:
    number = desk.enterprises.add({"name": "一厂", "category": "企业", "sector": "工贸"}).ids[0]
    found = judged(desk.enterprises, {"village": "东村"}, number)
    again = judged(desk.enterprises, {"name": "二厂"})
    desk.enterprises.change(number, {"village": "西村", "name": "二厂"})
    for stale in (found, again):
        with pytest.raises(Refused, match="重新导入"):
            desk.enterprises.enter([stale])
    assert desk.enterprises.get(number).village == "西村"
    assert desk.enterprises.count(Query()) == 1
    hazard = take(desk.hazards, {"place": "车间"})
    found = judged(desk.hazards, {"place": "仓库"}, hazard)
    desk.hazards.change(hazard, {"remark": "夜间"})
    with pytest.raises(Refused, match="重新导入"):
        desk.hazards.enter([found])
    assert desk.check() == []


def test_a_hazard_whose_step_was_noted_otherwise_since_has_changed(desk: Desk) -> None:
    number = take(desk.hazards, {"description": "通道堵塞", "state": "已销号"})
    found = judged(desk.hazards, {"place": "仓库"}, number)
    before = desk.hazards.get(number)
    desk.hazards.correct(number, 2, {"note": "电话核实"})
    assert desk.hazards.get(number) == before, "the row does not tell it, the line does"
    with pytest.raises(Refused, match="重新导入"):
        desk.hazards.enter([found])
    assert desk.check() == []


def test_a_duty_is_not_written_over_what_changed_since(desk: Desk) -> None:
    number = desk.duties.add({"title": "每月上报", "rule": "每月28日"}).ids[0]
    found = judged(desk.duties, {"rule": "每月20日"}, number)
    again = judged(desk.duties, {"title": "每季度上报", "rule": "每季度"})
    desk.duties.change(number, {"title": "每季度上报", "rule": "每季度"})
    for stale in (found, again):
        with pytest.raises(Refused, match="重新导入"):
            desk.duties.enter([stale])
    assert desk.duties.get(number).rule == "每季度"
    assert desk.duties.names().count("每季度上报") == 1
    assert desk.check() == []


def test_a_sheet_loses_nothing_that_was_said_of_a_duty(desk: Desk) -> None:
    number = desk.duties.add({"title": "每月上报", "rule": "每月28日"}).ids[0]
    desk.duties.tick(number, desk.duties.history(number)[0].key, {"happened_on": TODAY, "note": "已报"})
    found = judged(desk.duties, {"rule": "每季度"}, number)
    with pytest.raises(Refused, match="改变“每月上报”的周期会丢失"):
        desk.duties.enter([found])
    assert desk.duties.get(number).rule == "每月28日"


def test_what_a_sheet_tells_of_a_duty_of_the_plan_is_kept_aside(desk: Desk) -> None:
    duty = next(one for one in desk.duties.all_rows() if not one.own)
    found = judged(desk.duties, {"title": duty.title, "rule": "每年12月1日"}, duty.id)
    assert set(found.problems) == {"rule"}
    desk.duties.enter([found])
    after = desk.duties.get(duty.id)
    assert (after.rule, after.others) == (duty.rule, {"周期": "每年12月1日"})


def test_a_sheet_tells_a_duty_once(desk: Desk) -> None:
    batch = Batch()
    told = {"title": "每月上报", "rule": "每月28日"}
    assert desk.duties.judge(told, {}, None, batch).refused == ""
    assert "重复" in desk.duties.judge(told, {}, None, batch).refused


def a_desk_full_of_gaps(desk: Desk) -> None:
    """Take rows that tell but one fact into every ledger."""
    for book in desk.books.ledgers.values():
        batch = Batch()
        for field in book.sheet_fields():
            value: Any = date(2023, 5, 20) if field.kind is Kind.DATE else (field.choices or ("内容",))[0]
            found = book.judge({field.name: value}, {}, None, batch)
            if not found.refused:
                book.enter([found])
    for told in (
        {"state": "已销号", "level": "重大"},
        {"rechecked_on": TODAY, "level": "重大", "supervision_level": "县级", "deadline": date(2023, 5, 30)},
    ):
        take(desk.hazards, {"description": "通道堵塞", **told})


def test_nothing_stumbles_over_what_is_missing(kept: Desk) -> None:
    a_desk_full_of_gaps(kept)
    assert kept.check() == []
    books, span = kept.books, Span(date(2023, 1, 1), TODAY)
    for book in books.ledgers.values():
        for field in book.fields:
            assert len(book.select(Query(sort=field.name))) == book.count(Query())
    assert progress(books, span)
    assert summary(books, span.first, span.last)
    assert stock_by_year(books, TODAY)
    assert board(books)
    assert due_items(books, date(2023, 1, 1), date(2023, 12, 31))
    for form in ("fangshan-2023", "chongming-2023"):
        assert fill(books, find_progress_form(form), TODAY)


def test_every_paper_of_what_has_gaps_is_printed_or_refused(kept: Desk) -> None:
    a_desk_full_of_gaps(kept)
    books = kept.books
    for report in REPORTS.values():
        if not report.about:
            assert kept.papers.proof(report.id).pdf
    for name in {report.about for report in REPORTS.values() if report.about}:
        for row in books.ledgers[name].select(Query(where={"gaps": ANY})):
            for report in reports_about(books, name, row.id):
                called = str(row["number"]) if name == "hazards" else str(row.id)
                with suppress(Refused):
                    assert kept.papers.proof(report.id, number=called).pdf
