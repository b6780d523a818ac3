"""A date of a row that is declared as a deadline is due, wherever it stands."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.errors import Refused
from hazard_desk.figures.dated import DUE_KINDS
from hazard_desk.figures.due import due_items, overdue_items
from hazard_desk.library.registers import RegisterColumn, bundled_registers
from hazard_desk.rules.fields import Due, Kind
from tests.conftest import TODAY

DAY = date(2023, 6, 20)
ROWS = {
    "tips": (
        {"received_on": "2023-05-25", "way": "电话", "unit_name": "甲店", "content": "堵塞通道"},
        "deadline",
        "tip",
        {"verified": "属实", "answered_on": "2023-05-30"},
    ),
    "fire-facilities": (
        {
            "unit_name": "甲店",
            "category": "企业",
            "facility": "其他",
            "problem": "灭火器失效",
            "found_on": "2023-05-20",
            "officer": "丁",
            "state": "未整改",
        },
        "deadline",
        "register",
        {"state": "已整改"},
    ),
    "fire-legacy": (
        {
            "unit_name": "甲店",
            "problem": "其他",
            "found_on": "2023-05-20",
            "state": "未整治",
        },
        "deadline",
        "register",
        {"finished_on": "2023-05-30"},
    ),
    "qualifications": (
        {
            "unit_name": "甲厂",
            "operation": "检维修",
            "target": "作业人员",
            "subject": "王焊",
            "certificate": "焊接作业证",
            "reviewed_on": "2023-05-20",
            "result": "符合",
        },
        "valid_until",
        "certificate",
        {"ended_on": "2023-05-30"},
    ),
    "technical-inspectors": (
        {"person": "李检", "level": "镇", "certificate": "执法证", "starts_on": "2023-05-20"},
        "valid_until",
        "certificate",
        {"ends_on": "2023-05-30"},
    ),
    "incoming": (
        {"title": "关于报送情况的通知", "sender": "县安委办", "received_on": "2023-05-20"},
        "reply_by",
        "document",
        {"replied_on": "2023-05-30"},
    ),
    "enterprise-duties": (
        {"unit_name": "甲厂", "duty": "安责险", "state": "已落实"},
        "next_due",
        "enterprise",
        {"state": "不适用"},
    ),
}
"""By book: a row, its date, as what it is due, and what says that it was done."""


def dated(desk):
    """Return every date that is declared as a deadline: book and field."""
    return {
        (book.id, field.name): field
        for book in desk.ledgers.values()
        for field in getattr(book, "own_fields", ())
        if field.due
    }


@pytest.mark.parametrize("ledger", ROWS)
def test_a_declared_date_is_due_until_it_is_done(desk, ledger):
    values, name, kind, done = ROWS[ledger]
    desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "消防"})
    number = desk.books.ledger(ledger).add({**values, name: DAY}).ids[0]
    (item,) = [item for item in due_items(desk.books, DAY, DAY) if item.kind == kind]
    assert (item.record, item.open, item.overdue) == (f"{ledger}/{number}", True, False)
    assert item.title and "None" not in item.title
    desk.cabinet.clock.set(date(2023, 6, 21))
    assert item.record in {late.record for late in overdue_items(desk.books)}
    desk.books.ledger(ledger).change(number, done)
    (item,) = [item for item in due_items(desk.books, DAY, DAY) if item.kind == kind]
    assert (item.open, item.overdue) == (False, False)
    assert item.record not in {late.record for late in overdue_items(desk.books)}
    desk.cabinet.clock.set(TODAY)


def test_every_declared_date_is_of_a_known_kind_and_names_its_fields(desk):
    found = dated(desk)
    assert {field.due.kind for field in found.values()} <= set(DUE_KINDS)
    assert {ledger for ledger, _ in found} >= set(ROWS)
    assert all(field.kind is Kind.DATE for field in found.values())
    for (ledger, _), field in found.items():
        names = {one.name for one in desk.books.ledger(ledger).fields}
        due = field.due
        assert {*due.names, *due.done, *due.people, *due.units, due.state} - {""} <= names


def test_a_certificate_is_reminded_of_a_month_ahead(desk):
    values, name, _, _ = ROWS["technical-inspectors"]
    desk.books.ledger("technical-inspectors").add({**values, name: DAY})
    (item,) = [item for item in due_items(desk.books, DAY, DAY) if item.kind == "certificate"]
    assert item.title == "李检 执法证到期" and item.remind_on < date(2023, 5, 22)


def test_a_date_of_an_own_register_may_be_a_deadline(desk):
    columns = [
        {"label": "事项", "required": True},
        {"label": "完成期限", "kind": "date", "due": {"kind": "register"}},
    ]
    desk.registers.create("防汛台账", columns)
    book = desk.books.ledger("own-1")
    book.add({book.own_fields[0].name: "清淤", book.own_fields[1].name: DAY})
    (item,) = [item for item in due_items(desk.books, DAY, DAY) if item.kind == "register"]
    assert item.title == "记录“清淤”完成期限"
    assert book.definition.fields[1].plain()["due"] == {"kind": "register", "words": "{noun}“{name}”{label}"}


@pytest.mark.parametrize(
    "due", [{"kind": "moon"}, {"kind": "register", "done": ["nowhere"]}, {"kind": "register", "state": "x"}]
)
def test_a_deadline_that_names_nothing_is_refused(desk, due):
    columns = [{"label": "事项", "required": True}, {"label": "期限", "kind": "date", "due": due}]
    with pytest.raises(Refused, match="第2栏"):
        desk.registers.create("防汛台账", columns)
    with pytest.raises(Refused, match="只有日期才到期提醒"):
        desk.registers.create("防汛", [{"label": "事项", "required": True, "due": {"kind": "register"}}])


def test_what_a_date_is_due_as_is_kept_and_read_again():
    for register in bundled_registers().values():
        for column in register.fields:
            assert column.declaration().due == column.due
    assert isinstance(RegisterColumn("a", "甲", due=Due("register")).plain()["due"], dict)
