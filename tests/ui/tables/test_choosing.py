"""Several rows of a table are chosen as in a spreadsheet, by keys, and stay chosen when all is read anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from ui.office import Office
from ui.tables.ledger_model import LedgerModel
from ui.tables.ledger_table import LedgerTable
from ui.tables.spans import Spans

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def ids(desk: Desk, found: Row) -> list[int]:
    return [desk.hazards.add(found | {"place": f"{n}号车间"}).ids[0] for n in range(6)]


@pytest.fixture
def table(qtbot: QtBot, office: Office, ids: list[int]) -> Iterator[LedgerTable]:
    around = QWidget()
    qtbot.addWidget(around)
    model = LedgerModel(office, office.desk.hazards, around)
    made = LedgerTable(model, around)
    around.resize(900, 400)
    made.resize(900, 400)
    around.show()
    model.ask(Query(sort="place"))
    made.setFocus()
    yield made


def cell(table: LedgerTable, row: int, column: int = 0) -> QPoint:
    return table.visualRect(table.model().index(row, column)).center()


def test_the_first_row_is_chosen_at_once(table: LedgerTable, ids: list[int]) -> None:
    assert table.current() == ids[0]
    assert table.chosen_ids() == ids[:1]


def test_shift_and_the_arrows_choose_on(qtbot: QtBot, table: LedgerTable, ids: list[int]) -> None:
    told: list[int] = []
    table.rows_chosen.connect(told.append)
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert table.chosen_ids() == ids[:3]
    assert told == [2, 3]
    assert table.current() == ids[2]
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.chosen_ids() == ids[3:4]


def test_all_rows_are_one_span(qtbot: QtBot, table: LedgerTable, ids: list[int]) -> None:
    qtbot.keyClick(table, Qt.Key.Key_A, CTRL)
    assert table.chosen_ids() == ids
    assert table.selectionModel().selection().size() == 1
    assert not table.horizontalHeader().selectionModel().hasSelection(), "headings ask no row"
    assert table.current() == ids[0]


def test_ctrl_adds_a_row_and_takes_it_out(qtbot: QtBot, table: LedgerTable, ids: list[int]) -> None:
    view = table.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, CTRL, cell(table, 2, 1))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, CTRL, cell(table, 4, 2))
    assert table.chosen_ids() == [ids[0], ids[2], ids[4]]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, CTRL, cell(table, 2, 3))
    assert table.chosen_ids() == [ids[0], ids[4]], "whatever cell of the row is clicked"


def test_ctrl_with_arrows_and_space_chooses_by_keys(qtbot: QtBot, table: LedgerTable, ids: list[int]) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(table, key, CTRL)
    assert table.chosen_ids() == [ids[0], ids[2]]
    qtbot.keyClick(table, Qt.Key.Key_Space, CTRL)
    assert table.chosen_ids() == [ids[0]]


def test_what_was_chosen_stays_so_in_another_order(qtbot: QtBot, table: LedgerTable, ids: list[int]) -> None:
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    model = table.model()
    assert isinstance(model, LedgerModel)
    model.ask(Query(sort="place", descending=True))
    assert table.chosen_ids() == [ids[2], ids[1]]
    assert table.current() == ids[2]


def test_when_a_record_leaves_the_list_the_next_one_is_current(
    qtbot: QtBot, table: LedgerTable, ids: list[int], desk: Desk
) -> None:
    model = table.model()
    assert isinstance(model, LedgerModel)
    seen = Query(sort="place", where={"state": "待整改"})
    model.ask(seen)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    desk.hazards.step(ids[1], "voided", {"happened_on": "2023-06-01", "note": "重复登记"})
    model.ask(seen)
    assert table.current() == ids[2]
    assert table.chosen_ids() == [ids[2]]


def test_a_record_that_is_wanted_comes_when_it_is_there(
    table: LedgerTable, desk: Desk, found: Row, ids: list[int]
) -> None:
    model = table.model()
    assert isinstance(model, LedgerModel)
    number = desk.hazards.add(found | {"place": "9号车间"}).ids[0]
    table.choose(number)
    assert table.current() == ids[0]
    model.ask(Query(sort="place"))
    assert table.current() == number


def test_the_menu_is_asked_for_by_key_and_by_mouse(qtbot: QtBot, table: LedgerTable, ids: list[int]) -> None:
    asked: list[QPoint] = []
    table.menu_wanted.connect(asked.append)
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(table, Qt.Key.Key_F10, SHIFT)
    qtbot.keyClick(table, Qt.Key.Key_Menu)
    assert len(asked) == 2
    assert table.chosen_ids() == ids[:2]
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=cell(table, 1, 4))
    assert table.chosen_ids() == ids[:2], "the right button leaves the rows that it is pressed on"
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=cell(table, 3, 4))
    assert table.chosen_ids() == ids[3:4]


def test_spans_are_joined_and_asked_quickly() -> None:
    rows = Spans([(5, 7), (0, 2), (8, 9), (2, 3)])
    assert rows.spans == ((0, 3), (5, 9))
    assert len(rows) == 9
    assert [row for row in range(12) if row in rows] == list(rows) == [0, 1, 2, 3, 5, 6, 7, 8, 9]
    assert not Spans()
    assert len(Spans([(0, 10**6 - 1)])) == 10**6
