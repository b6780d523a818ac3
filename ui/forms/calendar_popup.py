"""The month that drops down under a date editor."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QTableView, QWidget

from ui.focus.reading_order import move_on
from ui.style import INK, px
from ui.widgets.basics import button, label, tool
from ui.widgets.layouts import Stretch, across, down

CHINA = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
_ROW = 26
"""Pixels of a week."""


class CalendarPopup(QFrame):
    """A calendar with 今天 and 清空; tells the chosen day, or None when it was emptied."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self._today = date.min
        self.calendar = _month_view(self)
        self.calendar.clicked.connect(self._clicked)
        self.calendar.activated.connect(self._clicked)
        self.calendar.currentPageChanged.connect(self._name_month)
        self._days = self.calendar.findChildren(QTableView)[0]
        self._days.setAccessibleName("日期")
        self.month = label("", self, "heading")
        down(self._head(), self.calendar, self._foot(), within=self, edges=4, gap=0)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes on in reading order."""
        return move_on(self, next)

    def drop(self, under: QWidget, day: date | None, today: date) -> None:
        """Show the month of ``day`` (or of today) under a widget, within its screen."""
        self._today = today
        self.calendar.setSelectedDate(_to_qdate(day or today))
        self._name_month(self.calendar.yearShown(), self.calendar.monthShown())
        self.calendar.setMinimumHeight(_height(self._days))
        self.adjustSize()
        corner = under.mapToGlobal(QPoint(0, under.height() + 2))
        room = under.screen().availableGeometry()
        if corner.y() + self.height() > room.bottom():
            corner.setY(under.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        self.move(corner)
        self.show()
        self.calendar.setFocus()

    def _head(self) -> QHBoxLayout:
        return across(
            tool("上一年", self, self.calendar.showPreviousYear, "chevrons-left"),
            tool("上一月", self, self.calendar.showPreviousMonth, "chevron-left"),
            Stretch(),
            self.month,
            Stretch(),
            tool("下一月", self, self.calendar.showNextMonth, "chevron-right"),
            tool("下一年", self, self.calendar.showNextYear, "chevrons-right"),
        )

    def _foot(self) -> QHBoxLayout:
        return across(
            button("今天", self, self._choose_today, role="quiet"),
            Stretch(),
            button("清空", self, self._choose_none, role="quiet"),
        )

    def _name_month(self, year: int, month: int) -> None:
        self.month.setText(f"{year}年{month}月")

    def _clicked(self, day: QDate) -> None:
        self._answer(day.toPython())

    def _choose_today(self) -> None:
        self._answer(self._today)

    def _choose_none(self) -> None:
        self._answer(None)

    def _answer(self, day: object) -> None:
        self.hide()
        self.chosen.emit(day)


def _month_view(parent: QWidget) -> QCalendarWidget:
    """Return a month that begins on Monday, its days named in Chinese."""
    calendar = QCalendarWidget(parent)
    calendar.setLocale(CHINA)
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setNavigationBarVisible(False)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    plain = QTextCharFormat()
    plain.setForeground(QColor(INK))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, plain)
    return calendar


def _height(days: QTableView) -> int:
    """Return the pixels of the names of the days and six weeks: the calendar itself leaves out frames."""
    row = max(days.verticalHeader().minimumSectionSize(), px(_ROW))
    return days.model().rowCount() * row + 2 * days.frameWidth()


def _to_qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
