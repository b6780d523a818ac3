"""The table over a ledger: paging, sorting in SQL, chips, and the same rows after a refresh."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from ui.office import Office
from ui.tables import ledger_model
from ui.tables.ledger_model import CHIP_ROLE, LedgerModel
from ui.tables.ledger_table import LedgerTable
from ui.tones import RED


@pytest.fixture
def five_hazards(desk: Desk, found: Row) -> list[int]:
    days = ("2023-05-20", "2023-05-23", "2023-05-21", "2023-05-24", "2023-05-22")
    ids = []
    for place, day in enumerate(days):
        deadline = "2023-05-30" if place == 0 else ""
        ids += desk.hazards.add(found | {"found_on": day, "deadline": deadline}).ids
    return ids


@pytest.fixture
def model(office: Office, five_hazards: list[int]) -> LedgerModel:
    made = LedgerModel(office, office.desk.hazards)
    made.ask(Query())
    return made


def column(model: LedgerModel, name: str) -> int:
    return [field.name for field in model.fields].index(name)


def texts(model: LedgerModel, name: str) -> list[str]:
    place = column(model, name)
    return [model.index(row, place).data() for row in range(model.rowCount())]


def test_it_is_a_proper_model(qtmodeltester: ModelTester, model: LedgerModel) -> None:
    qtmodeltester.check(model)


def test_headings_come_from_the_fields(model: LedgerModel, desk: Desk) -> None:
    shown = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(model.columnCount())]
    assert shown == [field.heading for field in model.fields]
    assert not model.columnCount(model.index(0, 0)), "a cell has no cells"
    assert model.rowCount(QModelIndex()) == 5


def test_sorting_is_asked_of_the_ledger(model: LedgerModel) -> None:
    model.sort(column(model, "found_on"), Qt.SortOrder.AscendingOrder)
    assert texts(model, "found_on") == [f"2023-05-2{day}" for day in range(5)]
    model.sort(column(model, "found_on"), Qt.SortOrder.DescendingOrder)
    assert texts(model, "found_on")[0] == "2023-05-24"


def test_a_third_click_gives_the_ledgers_own_order(model: LedgerModel) -> None:
    own = texts(model, "found_on")
    model.sort(column(model, "found_on"), Qt.SortOrder.AscendingOrder)
    model.sort(-1, Qt.SortOrder.AscendingOrder)
    assert texts(model, "found_on") == own


def test_a_derived_column_keeps_the_order_and_the_mark(qtbot: QtBot, office: Office, desk: Desk) -> None:
    for name in ("乙厂", "甲厂"):
        desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸"})
    model = LedgerModel(office, desk.enterprises)
    model.ask(Query())
    around = QWidget()
    qtbot.addWidget(around)
    table = LedgerTable(model, around)
    table.sortByColumn(column(model, "name"), Qt.SortOrder.DescendingOrder)
    before = texts(model, "name")
    table.sortByColumn(column(model, "small"), Qt.SortOrder.AscendingOrder)
    assert texts(model, "name") == before
    header = table.horizontalHeader()
    assert header.sortIndicatorSection() == column(model, "name")
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


def test_an_overdue_row_says_so_by_word_and_colour(model: LedgerModel, five_hazards: list[int]) -> None:
    row = model.row_of(five_hazards[0])
    assert model.index(row, column(model, "state")).data(CHIP_ROLE) == ["待整改", "逾期"]
    deadline = model.index(row, column(model, "deadline"))
    assert deadline.data(Qt.ItemDataRole.ForegroundRole).name() == RED.ink.lower()
    other = model.index(model.row_of(five_hazards[1]), column(model, "deadline"))
    assert other.data(Qt.ItemDataRole.ForegroundRole) is None


def test_what_was_done_and_is_due_again_is_late_and_bears_no_tick(office: Office, desk: Desk) -> None:
    desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "工贸"})
    told = {"unit_name": "甲厂", "last_on": "2022-05-01", "next_due": "2023-05-01"}
    desk.enterprise_duties.add(told | {"duty": "两单两卡", "state": "已落实"})
    desk.enterprise_duties.add(told | {"duty": "应急演练", "state": "未落实"})
    model = LedgerModel(office, desk.enterprise_duties)
    model.ask(Query())
    place = column(model, "state")
    chips = [model.index(row, place).data(CHIP_ROLE) for row in range(model.rowCount())]
    assert sorted(chips) == [["未落实", "逾期"], ["逾期"]]


def test_only_pages_in_sight_are_read_and_few_are_kept(
    office: Office, five_hazards: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_model, "PAGE", 2)
    monkeypatch.setattr(ledger_model, "KEPT_PAGES", 1)
    read: list[list[int]] = []
    rows = office.desk.hazards.rows

    def spy(ids: Sequence[int]) -> list[Row]:
        read.append(list(ids))
        return rows(ids)

    monkeypatch.setattr(office.desk.hazards, "rows", spy)
    model = LedgerModel(office, office.desk.hazards)
    model.ask(Query())
    assert read == [[4, 2]], "the first page comes with the ids"
    for row in (0, 1, 4, 0):
        assert model.record(row)
    assert [len(ids) for ids in read] == [2, 1, 2]


def test_a_row_removed_meanwhile_is_an_empty_row(model: LedgerModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model.ledger, "rows", lambda ids: [])
    model.ask(Query())
    assert model.record(0) is None
    assert model.index(0, 0).data() is None


def test_the_table_keeps_its_record_through_a_refresh(
    qtbot: QtBot, model: LedgerModel, five_hazards: list[int]
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    table = LedgerTable(model, around)
    told: list[int | None] = []
    table.chosen.connect(told.append)
    table.choose(five_hazards[2])
    assert told[-1] == five_hazards[2]
    model.ask(Query(sort="number", descending=True))
    assert table.current() == five_hazards[2]
    model.ask(Query(text="没有"))
    assert told[-1] is None


def test_column_widths_can_be_kept(qtbot: QtBot, model: LedgerModel) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    table = LedgerTable(model, around)
    table.setColumnWidth(0, 321)
    kept = table.widths()
    other = LedgerTable(model, around)
    other.set_widths(kept)
    assert other.columnWidth(0) == 321
