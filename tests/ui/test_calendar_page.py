"""The calendar: items on their day, opened by click and key, narrowed, turned."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.figures import calendar as figures
from hazard_desk.rules.fields import Row
from tests.ui.conftest import Seen
from ui.calendar.day_dialog import DayDialog
from ui.calendar.month_view import fit
from ui.calendar.view import PaintedView, Spot
from ui.calendar.year_view import shade
from ui.pages.calendar_page import CalendarPage
from ui.pages.tasks_page import TasksPage
from ui.panes.record_view import RecordView
from ui.production import MadeDialog
from ui.window import MainWindow


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> CalendarPage:
    window.go(1)
    found = window.page
    assert isinstance(found, CalendarPage)
    window.activateWindow()
    QCoreApplication.processEvents()
    return found


def click(qtbot: QtBot, view: PaintedView, spot: Spot) -> None:
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot.rect.center().toPoint())


def items_on(page: CalendarPage, day: date) -> list[str]:
    return [spot.item.title for spot in page.month.spots if spot.item is not None and spot.day == day]


def test_the_month_begins_on_a_monday() -> None:
    assert figures.month_span(date(2023, 6, 15)) == (date(2023, 5, 29), date(2023, 7, 2))
    assert figures.month_span(date(2023, 5, 1)) == (date(2023, 5, 1), date(2023, 6, 4))


def test_what_does_not_fit_is_counted() -> None:
    assert fit("abc", 3) == ("abc", 0)
    assert fit("abcde", 3) == ("ab", 3)
    assert fit("ab", 0) == ("", 2)


def test_an_item_stands_on_its_day_and_opens_by_a_click(
    page: CalendarPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    spot = next(spot for spot in page.month.spots if spot.item and spot.item.kind == "task")
    assert spot.item is not None
    assert spot.day == spot.item.date
    assert page.month.spots[0].rect.contains(page.month.chosen_rect()) is False
    click(qtbot, page.month, spot)
    assert isinstance(window.page, TasksPage)
    assert window.page.pane.record is not None
    assert f"tasks/{window.page.pane.record['id']}" == spot.item.record


def test_more_than_fits_is_listed_for_the_day(
    page: CalendarPage, window: MainWindow, seen: Seen, qtbot: QtBot
) -> None:
    spot = next(spot for spot in page.month.spots if spot.more and spot.day == date(2023, 6, 30))
    shown = items_on(page, date(2023, 6, 30))
    click(qtbot, page.month, spot)
    dialog = seen(page, DayDialog)
    assert isinstance(dialog, DayDialog)
    assert dialog.windowTitle() == "2023年6月30日　星期五"
    assert dialog.list.count() == len(shown) + spot.more
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert window.page is not page


def test_a_new_hazard_appears_at_its_deadline(page: CalendarPage, desk: Desk, hazard: int, five: Row) -> None:
    page.office.perform(lambda: desk.hazards.step(hazard, "committed", five | {"deadline": "2023-06-07"}))
    assert items_on(page, date(2023, 6, 7)) == ["三星隐患〔2023〕001号 示例木材加工厂加工车间"]
    assert "示例木材加工厂" in page.month.spots[-1].tip or items_on(page, date(2023, 6, 7))


def test_filters_narrow_every_view(page: CalendarPage) -> None:
    before = page.total.text()
    page.filters.combos["kind_label"].setCurrentText("任务")
    assert {spot.item.kind for spot in page.month.spots if spot.item} == {"task"}
    assert page.total.text() != before
    page.choose_view("axis")
    assert len(page.axis.bars) == 17
    page.filters.clear()
    page.filters.combos["people"].setCurrentText("肖永富")
    assert 0 < len(page.axis.bars) < 17
    assert all("肖永富" in bar.item.people for bar in page.axis.bars)
    page.choose_view("year")
    assert all("肖永富" in item.people for items in page.year.by_day.values() for item in items)


def test_keys_turn_the_page_and_come_back_to_today(page: CalendarPage, qtbot: QtBot) -> None:
    assert page.period.text() == "2023年6月"
    qtbot.keyClick(page.month, Qt.Key.Key_PageDown)
    assert page.period.text() == "2023年7月"
    qtbot.keyClick(page.month, Qt.Key.Key_PageUp)
    qtbot.keyClick(page.month, Qt.Key.Key_PageUp)
    assert page.period.text() == "2023年5月"
    qtbot.keyClick(page.month, Qt.Key.Key_Home)
    assert page.day == date(2023, 6, 1)
    qtbot.keyClick(page.month, Qt.Key.Key_Left)
    assert page.period.text() == "2023年5月"
    assert page.day == date(2023, 5, 31)


def test_a_day_is_chosen_and_opened_by_keys(
    page: CalendarPage, seen: Seen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0

    def counted(*_: object) -> None:
        nonlocal read
        read += 1

    monkeypatch.setattr(page, "refresh", counted)
    for _ in range(4):
        qtbot.keyClick(page.month, Qt.Key.Key_Down)
    qtbot.keyClick(page.month, Qt.Key.Key_Right)
    assert page.day == date(2023, 6, 30)
    assert read == 0, "within the month nothing is read again"
    assert "2023年6月30日" in page.month.accessibleDescription()
    assert "任务6" in page.month.accessibleDescription()
    qtbot.keyClick(page.month, Qt.Key.Key_Return)
    assert isinstance(seen(page, DayDialog), DayDialog)


def test_the_year_leads_to_the_month(page: CalendarPage, qtbot: QtBot) -> None:
    page.choose_view("year")
    assert [shade(count) for count in (1, 2, 3, 6, 10)] == [0, 0, 1, 2, 3]
    qtbot.keyClick(page.year, Qt.Key.Key_Right)
    assert page.day == date(2023, 7, 1)
    qtbot.keyClick(page.year, Qt.Key.Key_Return)
    assert page.view == "month"
    assert page.period.text() == "2023年7月"
    page.choose_view("year")
    click(qtbot, page.year, next(s for s in page.year.spots if s.day == date(2023, 10, 31)))
    assert page.period.text() == "2023年10月"
    page.choose_view("year")
    page.turn(1)
    assert page.period.text() == "2024年"


def test_the_axis_opens_tasks_and_stages(
    page: CalendarPage, window: MainWindow, seen: Seen, qtbot: QtBot
) -> None:
    page.choose_view("axis")
    qtbot.keyClick(page.axis, Qt.Key.Key_Down)
    assert "集中排查" in page.axis.accessibleDescription()
    qtbot.keyClick(page.axis, Qt.Key.Key_Return)
    view = seen(window, RecordView)
    assert view.windowTitle() == "阶段"
    view.close()
    click(qtbot, page.axis, page.axis.spots[-1])
    assert isinstance(window.page, TasksPage)


def test_a_turn_while_reading_shows_what_was_wanted_last(page: CalendarPage) -> None:
    stale = figures.calendar(page.office.desk.books, *figures.month_span(date(2023, 9, 1)))
    page._show(stale)
    assert page.period.text() == "2023年6月"


def test_holidays_and_make_up_days_are_marked(page: CalendarPage) -> None:
    assert page.month.calendar is not None
    marks = page.month.calendar.marks
    assert (marks[date(2023, 6, 22)].word, marks[date(2023, 6, 25)].word) == ("休", "班")


def test_the_view_is_remembered(page: CalendarPage, window: MainWindow) -> None:
    page.choose_view("year")
    page.keep(window.memory)
    page.choose_view("month")
    page.restore(window.memory)
    assert page.view == "year"


def test_the_calendar_file_is_made(page: CalendarPage, window: MainWindow, desk: Desk, seen: Seen) -> None:
    page.export()
    dialog = seen(window, MadeDialog)
    assert isinstance(dialog, MadeDialog)
    assert dialog.file.suffix == ".ics"
    assert "任务6" in dialog.file.read_text(encoding="utf-8")


def test_a_shown_month_asks_no_more_for_many_days(
    page: CalendarPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A year is read with about as many queries as a month, and painting asks for nothing."""
    asked: list[str] = []
    db = page.office.desk.cabinet.db
    execute = db.execute_sql
    monkeypatch.setattr(db, "execute_sql", lambda sql, *rest: asked.append(sql) or execute(sql, *rest))
    page.refresh()
    month = len(asked)
    page.grab()
    assert len(asked) == month, "painting reads nothing"
    page.choose_view("year")
    assert len(asked) - month <= month + 10
