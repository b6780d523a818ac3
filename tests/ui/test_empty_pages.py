"""An empty page says what its book is for and how it is filled, with a button for each way."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from tests.ui.conftest import turn
from tests.ui.hands import Hands
from ui.forms.form_dialog import FormDialog
from ui.imports.dialog import ImportDialog
from ui.pages.board_page import BoardPage
from ui.pages.enterprise_page import EnterprisePage
from ui.widgets.empty import Empty
from ui.window import MainWindow


def empty_of(page: BoardPage) -> Empty:
    (found,) = [one for one in page.findChildren(Empty) if one.isVisible() and one.ways]
    return found


def test_every_book_says_why_it_is_kept(desk: Desk):
    assert [book.id for book in desk.ledgers.values() if not book.why] == []


def test_each_empty_page_has_its_ways(window: MainWindow):
    seen = 0
    for place, page in enumerate(window.pages):
        window.go(place)
        QCoreApplication.processEvents()
        if isinstance(page, BoardPage) and page.listing.isHidden():
            empty, seen = empty_of(page), seen + 1
            assert page.book.why in empty.sentence.text()
            assert empty.ways[0].text().startswith("新增")
    assert seen > 5


def test_its_buttons_are_pressed_by_keys(window: MainWindow, seen):
    page = turn(window, EnterprisePage)
    first, *others = [made.text() for made in empty_of(page).ways]
    assert (first, others) == ("新增监管对象（Ctrl+N）", ["导入", "粘贴", "采集表"])
    hands = Hands()
    empty_of(page).ways[0].setFocus()
    hands.press("Return")
    seen(window, FormDialog)
    hands.press("Escape")
    window.activateWindow()
    empty_of(page).ways[0].setFocus()
    hands.press("Tab", "Return")
    seen(window, ImportDialog)
    hands.press("Escape")


def test_what_was_searched_and_not_found_is_let_go_of(window: MainWindow, desk: Desk, qtbot: QtBot):
    desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "工贸"})
    page = turn(window, EnterprisePage)
    page.search.setText("乙")
    page.refresh()
    QCoreApplication.processEvents()
    empty = empty_of(page)
    assert (empty.sentence.text(), empty.ways[0].text()) == ("没有符合条件的监管对象", "清除筛选")
    empty.ways[0].setFocus()
    qtbot.keyClick(empty.ways[0], Qt.Key.Key_Return)
    qtbot.waitUntil(page.table.isVisible)
    assert page.search.text() == ""
