"""Every ledger that can be entered: template, import, export, import elsewhere give the same rows."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.library.registers import bundled_registers
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.rules.identifiers import credit_code_check_char
from hazard_desk.sheets.importing import Fate, OnExisting, run_import
from hazard_desk.sheets.template import FIRST_ROW, HEADING_ROW
from tests.books.taking import take
from tests.conftest import TODAY
from tests.sheets.conftest import taken_back

Pair = tuple[Desk, Desk]
LEDGERS = (
    "enterprises",
    "enterprise-duties",
    "hazards",
    "checks",
    "check-plans",
    "rewards-penalties",
    "tips",
    "activities",
    "documents",
    "units",
    "groups",
    "duties",
    *bundled_registers(),
)
SECTORS = "sectors"
"""Every desk begins with the same: those of one are in the other already."""
CODE = "91340800MA2N00001" + credit_code_check_char("91340800MA2N00001")
UNITS = ("示例一厂", "示例二厂")
CHARS = "隐患甲乙丙丁一二三，。、；：=+-@'\"<>&_x0041 aZ09　（）〔〕%#/\\|~𬎆"
WORDS = st.text(st.sampled_from(CHARS), min_size=1, max_size=12)

FIXED: dict[str, Any] = {
    "unit_name": st.sampled_from(UNITS),
    "inspectors": st.just(["甲检查", "乙检查"]),
    "badges": st.just([]),
    "times": st.sampled_from(["", "09:00—11:30"]),
    "phone": st.sampled_from(["", "13800000001", "0556-7890123"]),
    "credit_code": st.sampled_from(["", CODE]),
    "hazard_number": st.just(""),
    "task_number": st.sampled_from([None, 1, 34]),
    "duty_title": st.just(""),
    "seq": st.none(),
    "rule": st.sampled_from(["每月28日前", "每季度", "每周四12点前"]),
    "trigger": st.just(""),
    "fulfilled_by": st.just([]),
    "sectors": st.lists(st.sampled_from(("工贸", "消防")), unique=True),
    "list_day": st.sampled_from([None, 25]),
    "form_day": st.sampled_from([None, 28]),
    "ends_on": st.none(),
}
"""Fields whose values a rule ties down further than their kind does."""


def a_value(field: Field) -> st.SearchStrategy[Any]:
    """Values that a clerk may enter in a field."""
    if field.name in FIXED:
        return FIXED[field.name]  # type: ignore[no-any-return]
    days = st.dates(date(2023, 1, 1), TODAY)
    return {
        Kind.TEXT: WORDS,
        Kind.LONG: st.lists(WORDS, min_size=1, max_size=3).map("\n".join),
        Kind.CODE: st.sampled_from(["0012", "13800000001", "110101199003071234"]),
        Kind.CHOICE: st.sampled_from(field.choices or ("",)),
        Kind.DATE: days if field.required else st.none() | days,
        Kind.MOMENT: st.datetimes(datetime(2023, 1, 1), datetime(2023, 6, 1)).map(
            lambda at: at.replace(second=0, microsecond=0)
        ),
        Kind.INTEGER: st.integers(0, 10**12 - 1),
        Kind.NUMBER: st.decimals(0, 10**8, places=4).map(float),
        Kind.BOOL: st.booleans(),
        Kind.NAMES: st.lists(st.sampled_from(["甲某", "乙某", "丙 丁"]), max_size=3),
    }[field.kind]


def entered(desk: Desk, ledger: str, draw: Any, count: int) -> list[int]:
    """Enter rows with drawn values, as far as the ledger's rules take them; return their ids."""
    book = desk.books.ledger(ledger)
    ids = []
    for _ in range(count):
        values = {field.name: draw(a_value(field)) for field in book.template_fields()}
        if ledger == "groups":
            values["group"] = desk.groups.groups()[-1]["name"]
            values["ends_on"] = None
        try:
            ids += book.add(lawful(values)).ids
        except Exception as refused:
            if type(refused).__name__ not in ("Refused", "RefusedFields"):
                raise
    return ids


def lawful(values: Row) -> Row:
    """What rules between fields ask for."""
    values = dict(values)
    for later, earlier in (("deadline", "found_on"), ("next_due", "last_on"), ("answered_on", "received_on")):
        if values.get(later) and values.get(earlier) and values[later] <= values[earlier]:
            values[later] = None
    if values.get("published_on") and not values.get("published_at"):
        values["published_at"] = "公开栏"
    if values.get("kind") == "举报奖励":
        values["target_kind"] = "个人"
    return values


def kept(desk: Desk, ledger: str, given: bool = False) -> list[str]:
    """All rows of a ledger as they are compared: what was entered, in any order."""
    book = desk.books.ledger(ledger)
    names = [field.name for field in book.sheet_fields() if given or field.name != "number"]
    return sorted(repr([row[name] for name in names]) for row in book.select(Query()))


@pytest.fixture(scope="module")
def units(pair: Pair) -> Pair:
    """Both desks know the same two enterprises."""
    for desk in pair:
        for name in UNITS:
            desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸"})
    return pair


def test_every_ledger_that_can_be_entered_is_here(pair: Pair) -> None:
    there = [name for name, book in pair[0].ledgers.items() if book.entry_fields()]
    assert {*LEDGERS, SECTORS} == set(there)


@pytest.mark.parametrize("ledger", LEDGERS)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_what_export_writes_import_takes_back(units: Pair, tmp_path: Path, ledger: str, data: Any) -> None:
    here, elsewhere = units
    with taken_back(here, elsewhere):
        if not entered(here, ledger, data.draw, 3):
            return
        file = here.sheets.export(ledger, tmp_path / "a.xlsx")
        before = kept(here, ledger, given=True)
        for way in (OnExisting.SKIP, OnExisting.UPDATE):
            again = run_import(here.books, here.sheets.incoming(ledger, file), way)
            assert again.told() == []
            assert again.change is None, "nothing to change in the desk that it came from"
        assert kept(here, ledger, given=True) == before
        result = run_import(elsewhere.books, elsewhere.sheets.incoming(ledger, file))
        assert result.told() == []
        assert set(kept(here, ledger)) <= set(kept(elsewhere, ledger))
        assert elsewhere.check() == []


@pytest.mark.parametrize("ledger", LEDGERS)
@settings(max_examples=1, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_template_filled_by_a_script_goes_all_the_way(
    units: Pair, tmp_path: Path, ledger: str, data: Any
) -> None:
    here, elsewhere = units
    with taken_back(here, elsewhere):
        if not entered(here, ledger, data.draw, 2):
            return
        wanted = here.books.ledger(ledger).select(Query())
        fields = here.books.ledger(ledger).template_fields()
        file = elsewhere.sheets.template(ledger, tmp_path / "t.xlsx")
        book = load_workbook(file)
        page: Any = book.active
        heads = [cell.value for cell in page[HEADING_ROW]]
        assert heads == [field.heading + "*" * field.required for field in fields]
        for at, row in enumerate(wanted, start=FIRST_ROW):
            for place, field in enumerate(fields, start=1):
                cell = page.cell(at, place)
                cell.value = as_typed(field, row[field.name])
                if isinstance(cell.value, str):
                    cell.data_type = "s"
        book.save(file)
        result = run_import(elsewhere.books, elsewhere.sheets.incoming(ledger, file), OnExisting.NEW)
        fresh = ledger not in ("enterprises", "groups", "duties")
        assert [one for one in result.told() if fresh] == []
        if fresh:
            assert result.count(Fate.NEW) == len(wanted), "the example row is left out"
            assert kept(elsewhere, ledger) == kept(here, ledger)


def as_typed(field: Field, value: Any) -> Any:
    if field.kind in (Kind.DATE, Kind.MOMENT, Kind.INTEGER, Kind.NUMBER):
        return value
    return field.show(value).replace("_x0041", "_x005F_x0041") or None


def test_a_register_of_the_office_itself_goes_too(pair: Pair, tmp_path: Path) -> None:
    columns = [{"label": "名称", "required": True}, {"label": "数量", "kind": "integer", "unit": "个"}]
    with taken_back(*pair):
        for desk in pair:
            desk.registers.create("沙袋台账", columns)
        here, elsewhere = pair
        here.books.ledger("own-1").add({"name": "x", "c1": "一号库", "c2": "40"})
        file = here.sheets.export("own-1", tmp_path / "a.xlsx")
        assert run_import(elsewhere.books, elsewhere.sheets.incoming("own-1", file)).count(Fate.NEW) == 1
        assert kept(elsewhere, "own-1") == kept(here, "own-1")


RECTIFIED = ("rectified", {"happened_on": "2023-05-23", "rectified_by": "丙负责", "spent": 1.2})
RECHECK = {"happened_on": "2023-05-24", "rechecked_by": "甲检查", "recheck_finding": "看过"}
LATER = {"deadline": "2023-06-30", "extended_by": "戊批准", "note": "雨季"}
NOTICE = {"notice_number": "（三应急）责改〔2023〕1号", "deadline": "2023-05-31"}
SUPERVISED = {
    "happened_on": "2023-05-22",
    "supervision_level": "县级",
    "supervision_number": "县督〔2023〕1号",
    "supervisor": "向督办",
    "supervision_deadline": "2023-06-10",
}
COURSES: dict[str, list[tuple[str, Row]]] = {
    "registered": [],
    "closed": [
        RECTIFIED,
        ("recheck_passed", RECHECK),
        ("signed_off", {"happened_on": "2023-05-25", "signed_off_by": "丁审批"}),
    ],
    "failed": [RECTIFIED, ("recheck_failed", RECHECK)],
    "extended": [("extended", {"happened_on": "2023-05-22", **LATER}), RECTIFIED],
    "noticed": [
        ("reported", {"happened_on": "2023-05-22", "reports": "监管单位、乡政府"}),
        ("notice_rectify", {"happened_on": "2023-05-22", **NOTICE}),
        ("handed_over", {"happened_on": "2023-05-23", "handed_to": "县应急管理局"}),
    ],
    "voided": [("voided", {"happened_on": "2023-05-23", "note": "重复"})],
}


def test_a_sheet_may_tell_of_a_sign_off_without_the_acceptance(
    pair: Pair, tmp_path: Path, found: Row, five: Row
) -> None:
    """Asked of a step that is taken here; not of history, whether the hazard is new or goes on."""
    here, elsewhere = pair
    with taken_back(here, elsewhere):
        number = here.hazards.add(found).ids[0]
        here.hazards.step(number, "committed", five)
        for kind, values in (("supervised", SUPERVISED), RECTIFIED, ("recheck_passed", RECHECK)):
            here.hazards.step(number, kind, values)
        begun = here.sheets.export("hazards", tmp_path / "begun.xlsx")
        take(here.hazards, {"signed_off_on": "2023-05-25", "signed_off_by": "丁审批"}, number)
        closed = here.sheets.export("hazards", tmp_path / "closed.xlsx")
        for files in ((closed,), (begun, closed)):
            with taken_back(elsewhere):
                for file in files:
                    incoming = elsewhere.sheets.incoming("hazards", file)
                    assert run_import(elsewhere.books, incoming, OnExisting.UPDATE).told() == []
                assert kept(elsewhere, "hazards", given=True) == kept(here, "hazards", given=True)


@pytest.mark.parametrize("course", COURSES)
def test_what_became_of_a_hazard_comes_along(
    pair: Pair, tmp_path: Path, found: Row, five: Row, course: str
) -> None:
    here, elsewhere = pair
    with taken_back(here, elsewhere):
        number = here.hazards.add(found).ids[0]
        if course != "registered":
            here.hazards.step(number, "committed", five)
        for kind, values in COURSES[course]:
            here.hazards.step(number, kind, values)
        file = here.sheets.export("hazards", tmp_path / "a.xlsx")
        assert run_import(here.books, here.sheets.incoming("hazards", file), OnExisting.UPDATE).change is None
        result = run_import(elsewhere.books, elsewhere.sheets.incoming("hazards", file))
        assert result.told() == []
        assert kept(elsewhere, "hazards", given=True) == kept(here, "hazards", given=True)
        assert elsewhere.check() == []
