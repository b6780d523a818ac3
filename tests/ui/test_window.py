"""The window: navigation, keys, what it remembers, and what it does at the clerk's screen sizes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import Seen, turn
from ui.forms.form_dialog import FormDialog
from ui.keys import WINDOW_KEYS
from ui.memory import Memory, begin_on_screen
from ui.office import Office
from ui.pages.desk_page import DeskPage
from ui.pages.hazard_page import HazardPage
from ui.pages.page import Page
from ui.pages.papers import PrintDialog
from ui.panes.record_view import RecordView
from ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_bar_names_the_office_the_plan_and_the_day(window: MainWindow) -> None:
    shown = [label.text() for label in window.findChildren(QLabel)]
    assert "三星乡应急办" in shown
    assert window.plan.toolTip().startswith("三星乡重大事故隐患专项排查整治2023行动方案")
    assert window.date.text() == "2023年6月1日　星期四"


def test_midnight_changes_the_day_and_refreshes(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshed: list[bool] = []
    monkeypatch.setattr(window.page, "refresh", lambda: refreshed.append(True))
    window.watch_day()
    assert refreshed == []
    desk.cabinet.clock.set(date(2023, 6, 2))
    window.watch_day()
    assert window.date.text() == "2023年6月2日　星期五"
    assert refreshed == [True]


def test_the_pages_of_every_day_come_first(window: MainWindow) -> None:
    names = [button.text() for button in window.rail.findChildren(QPushButton)]
    assert names[:7] == [
        "工作台",
        "日历",
        "方案任务",
        "常态化工作",
        "领导小组",
        "隐患台账",
        "监管对象",
    ]


def test_every_ledger_that_takes_entries_has_a_page(window: MainWindow, desk: Desk) -> None:
    for ledger in desk.ledgers.values():
        if ledger.entry_fields():
            assert [page.title for page in window.pages if page.takes(ledger.id)], ledger.title


def test_a_page_is_made_when_it_is_shown_and_the_others_once_the_first_is_seen(
    office: Office, qtbot: QtBot
) -> None:
    window = MainWindow(office)
    qtbot.addWidget(window)
    assert [type(page) for page in window.pages.made] == [DeskPage]
    window.open_ledger("hazards", {})
    assert [type(page) for page in window.pages.made] == [DeskPage, HazardPage]
    with qtbot.waitSignal(window.complete):
        window.show()
    assert len(window.pages.made) == len(window.pages)
    for place, page in zip(window.pages.places, window.pages, strict=True):
        assert (place.title, place.picture) == (page.title, page.picture)
        assert [one for one in office.desk.ledgers if place.takes(one)] == [
            one for one in office.desk.ledgers if page.takes(one)
        ]


def test_navigation_shows_each_page(window: MainWindow, qtbot: QtBot) -> None:
    for button in window.rail.findChildren(QPushButton):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.page.title == button.text()
        assert window.page.isVisible()


def test_ctrl_and_a_number_shows_each_page(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    for place, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)):
        qtbot.keyClick(window, key, CTRL)
        assert window.page is window.pages[place]


def test_it_fits_a_small_screen_at_150_percent(window: MainWindow) -> None:
    assert len(list(window.pages)) == len(window.pages.made)
    needed = window.minimumSizeHint().expandedTo(window.minimumSize())
    assert needed.width() <= 910
    assert needed.height() <= 480
    window.resize(910, 480)
    QCoreApplication.processEvents()
    assert window.rail.width() < 80
    assert {button.text() for button in window.rail.findChildren(QPushButton)} == {""}
    assert [button.accessibleName() for button in window.rail.findChildren(QPushButton)] == [
        page.title for page in window.pages
    ]


def test_no_page_asks_for_more_than_a_small_screen(window: MainWindow) -> None:
    window.resize(910, 480)
    for place, page in enumerate(window.pages):
        window.go(place)
        QCoreApplication.processEvents()
        assert (window.width(), window.height()) == (910, 480), page.title
        assert page.geometry().right() <= window.stack.width(), page.title


def test_ctrl_n_opens_the_form_and_ctrl_f_the_search(
    window: MainWindow, form: Callable[[], FormDialog], qtbot: QtBot
) -> None:
    window.activateWindow()
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.focusWidget() is page.search
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    assert form().windowTitle() == "新增隐患"


def test_f1_opens_the_manual_at_the_page_and_lists_every_key(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.open_ledger("hazards", {})
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.manual
    assert dialog.text.toPlainText().startswith("隐患台账")
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    text = dialog.text.toPlainText()
    assert all(key.keys in text and key.text in text for key in WINDOW_KEYS)
    assert all(page.title in text for page in window.pages[:9])


def test_ctrl_p_opens_the_papers_of_the_desk(
    window: MainWindow, desk: Desk, seen: Seen, qtbot: QtBot
) -> None:
    window.activateWindow()
    window.open_ledger("hazards", {})
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    dialog = seen(window, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    assert dialog.list.count() == len([report for report in desk.papers.reports() if report.alone])
    assert dialog.list.currentItem().text() == "隐患台账"


def test_a_page_out_of_sight_refreshes_when_it_is_shown(window: MainWindow, found: Row) -> None:
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    assert page.model.rowCount() == 0
    window.go(0)
    window.office.perform(lambda: window.office.desk.hazards.add(found))
    assert page.model.rowCount() == 0
    window.open_ledger("hazards", {})
    assert page.model.rowCount() == 1


def test_only_pages_concerned_refresh(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.open_ledger("enterprises", {})
    refreshed: list[Page] = []
    for page in window.pages:
        monkeypatch.setattr(page, "refresh", lambda page=page: refreshed.append(page))
    window.office.perform(
        lambda: window.office.desk.groups.add({"role": "成员", "person": "甲", "starts_on": "2023-06-01"})
    )
    assert refreshed == []
    window.office.perform(
        lambda: window.office.desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "工贸"})
    )
    assert refreshed == [window.page]


def test_f5_refreshes(window: MainWindow, found: Row, qtbot: QtBot) -> None:
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    window.office.desk.hazards.add(found)
    assert page.model.rowCount() == 0, "an act past the office is not told"
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert page.model.rowCount() == 1


def test_a_dated_record_opens_on_its_page_or_in_a_dialog(window: MainWindow, hazard: int, seen: Seen) -> None:
    window.open_record(f"hazards/{hazard}")
    page = window.page
    assert isinstance(page, HazardPage)
    assert page.table.current() == hazard
    assert page.pane.record is not None
    stage = window.office.desk.plans.stages()[0]
    window.open_record(f"stages/{stage['id']}")
    view = seen(window, RecordView)
    assert stage["name"] in [label.text() for label in view.findChildren(QLabel)]


def test_sizes_are_remembered_beside_the_desk(window: MainWindow, office: Office) -> None:
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    window.resize(800, 640)
    page.table.setColumnWidth(0, 222)
    window.close()
    assert (office.desk.folder / "window.ini").is_file()
    again = MainWindow(office)
    other = next(page for page in again.pages if isinstance(page, HazardPage))
    assert isinstance(other, HazardPage)
    assert (again.width(), again.height()) == (800, 640)
    assert other.table.columnWidth(0) == 222
    again.deleteLater()


def test_a_damaged_memory_gives_the_defaults(office: Office, qtbot: QtBot) -> None:
    (office.desk.folder / "window.ini").write_text(
        '[widths]\nhazards="{not json"\n[window]\ngeometry=nonsense\n', encoding="utf-8"
    )
    again = MainWindow(office)
    (office.desk.folder / "window.ini").unlink()
    first = MainWindow(office)
    assert again.size() == first.size()
    again.deleteLater()
    first.deleteLater()


def test_a_notice_is_quiet_and_takes_no_focus(window: MainWindow) -> None:
    before = window.focusWidget()
    window.office.notice("已保存：登记隐患")
    assert window.notice.isVisible()
    assert window.notice.text == "已保存：登记隐患"
    assert window.focusWidget() is before


def test_sizes_outlast_a_program_that_is_killed(window: MainWindow, qtbot: QtBot) -> None:
    page = turn(window, HazardPage)
    qtbot.waitUntil(lambda: not window.sizes.pause.isActive(), timeout=5000)
    with qtbot.waitSignal(window.sizes.pause.timeout, timeout=5000):
        page.table.setColumnWidth(0, 222)
    name = page.model.fields[0].name
    again = Memory(window.office.desk.folder)
    assert again.widths(page.ledger.id)[name] == 222
    with qtbot.waitSignal(window.sizes.pause.timeout, timeout=5000):
        window.resize(800, 560)
    other = MainWindow(window.office)
    assert (other.width(), other.height()) == (800, 560)
    other.deleteLater()


@pytest.mark.parametrize("free", [QSize(1366, 728), QSize(1092, 582), QSize(910, 485)])
def test_at_its_first_start_it_fits_what_the_screen_leaves_free(
    window: MainWindow, free: QSize, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen of 1366×768 less its taskbar, at 100, 125 and 150 %."""

    class Screen:
        def availableGeometry(self) -> QRect:
            return QRect(QPoint(0, 0), free)

    monkeypatch.setattr(window, "screen", Screen, raising=False)
    begin_on_screen(window, QSize(1366, 768))
    assert QRect(QPoint(0, 0), free).contains(window.geometry())
    assert window.height() <= free.height() - 40, "there is room for its title"


def test_f6_goes_round_the_parts_of_the_window_and_shift_f6_back(
    window: MainWindow, hazard: int, qtbot: QtBot
) -> None:
    page = turn(window, HazardPage)
    parts: list[QWidget] = [window.bar, window.rail, page, *page.parts()]
    page.parts()[0].setFocus()
    there = []
    for _ in parts:
        qtbot.keyClick(window, Qt.Key.Key_F6)
        there.append(_part_with_the_keyboard(window, parts))
    assert there == [parts[-1], *parts[:-1]]
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert _part_with_the_keyboard(window, parts) is page


def _part_with_the_keyboard(window: MainWindow, parts: list[QWidget]) -> QWidget:
    """The innermost of the parts that holds what has the focus."""
    here = window.focusWidget()
    return [part for part in parts if part.isAncestorOf(here)][-1]
