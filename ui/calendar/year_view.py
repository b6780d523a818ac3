"""The year: twelve months, the number of items of each day as a shade; a click goes to the month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hazard_desk.figures.calendar import Calendar
from hazard_desk.figures.dated import DueItem
from hazard_desk.rules.phrases.points import month_end
from hazard_desk.rules.wording import WEEKDAYS
from ui.calendar.looks import CENTRE, LEFT, by_day, day_name
from ui.calendar.view import DaysView, Spot
from ui.style import ACCENT, ACCENT_DARK, BODY, INK, INK_FAINT, INK_SOFT, LINE, SURFACE, px
from ui.tones import RED

_WIDE = 820
"""Width in pixels from which four months stand side by side, else three."""
_HEAD = 26
_WEEK = 18
_LEAST_DAY = 17
_LEGEND = 26
_GAP = 10.0
SHADES = ("#E6EFF8", "#BCD4EB", "#7FAAD6", "#3F7DB8")
"""Grounds for 1–2, 3–5, 6–9 and more items a day."""
_STEPS = (2, 5, 9)
_LEGEND_WORDS = ("1至2项", "3至5项", "6至9项", "10项以上")


def year_span(day: date) -> tuple[date, date]:
    """Return the first and the last day of the year."""
    return date(day.year, 1, 1), date(day.year, 12, 31)


def shade(count: int) -> int:
    """Return which of ``SHADES`` a day with so many items has."""
    return sum(count > step for step in _STEPS)


class YearView(DaysView):
    """The year that holds the chosen day."""

    open_month = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.by_day: dict[date, list[DueItem]] = {}

    def show_calendar(self, calendar: Calendar, items: Sequence[DueItem], day: date) -> None:
        self.by_day = by_day(items)
        self.setAccessibleName(f"{day.year}年")
        super().show_calendar(calendar, items, day)

    def least_height(self) -> int:
        rows = 12 // self._columns()
        return int(rows * (px(_HEAD) + px(_WEEK) + 6 * px(_LEAST_DAY) + _GAP)) + px(_LEGEND)

    def described(self) -> str:
        month = [item for day, items in self.by_day.items() if day.month == self.day.month for item in items]
        late = sum(item.overdue for item in month)
        return f"{self.day.year}年{self.day.month}月，{len(month)}项，逾期{late}项"

    def step(self, key: Qt.Key) -> bool:
        """Move by months: the view shows twelve of them."""
        columns = self._columns()
        months = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }.get(key)
        if months is not None:
            place = self.day.year * 12 + self.day.month - 1 + months
            self.day_chosen.emit(date(place // 12, place % 12 + 1, 1))
        return months is not None

    def enter(self) -> None:
        self.open_month.emit(self.day)

    def chosen_rect(self) -> QRectF:
        return self._month_box(self.day.month)

    def lay_out(self) -> list[Spot]:
        assert self.calendar is not None
        spots = []
        for month in range(1, 13):
            first = date(self.calendar.first.year, month, 1)
            spots.append(
                Spot(self._month_box(month), "", partial(self.open_month.emit, first), first, more=1)
            )
            for number in range(month_end(first.year, month).day):
                day = first + timedelta(days=number)
                if items := self.by_day.get(day):
                    go = partial(self.open_month.emit, day)
                    spots.append(Spot(self._day_box(day), self._tip(day, items), go, day, more=len(items)))
        return spots

    def paint(self, painter: QPainter) -> None:
        assert self.calendar is not None
        for month in range(1, 13):
            self._paint_month(painter, date(self.calendar.first.year, month, 1))
        for day, mark in self.calendar.marks.items():
            self._paint_day(painter, day, self.by_day.get(day, []), mark.working)
        self._paint_legend(painter)

    def _columns(self) -> int:
        return 4 if self.width() >= _WIDE else 3

    def _month_box(self, month: int) -> QRectF:
        columns = self._columns()
        row, column = divmod(month - 1, columns)
        width = (self.width() + _GAP) / columns
        height = (self.height() - px(_LEGEND) + _GAP) / (12 // columns)
        return QRectF(column * width, row * height, width - _GAP, height - _GAP)

    def _day_box(self, day: date) -> QRectF:
        box = self._month_box(day.month)
        first = day.replace(day=1)
        week, column = divmod(first.weekday() + day.day - 1, 7)
        width = (box.width() - 12) / 7
        height = (box.height() - px(_HEAD) - px(_WEEK) - 6) / 6
        top = box.top() + px(_HEAD) + px(_WEEK)
        cell = QRectF(box.left() + 6 + column * width, top + week * height, width, height)
        return cell.adjusted(1, 1, -1, -1)

    def _tip(self, day: date, items: Sequence[DueItem]) -> str:
        assert self.calendar is not None
        kinds = Counter(item.kind_label for item in items)
        told = "、".join(f"{word}{count}项" for word, count in kinds.items())
        late = sum(item.overdue for item in items)
        return f"{day_name(day, self.calendar.marks[day])}\n{told}" + (f"\n其中逾期{late}项" if late else "")

    def _paint_month(self, painter: QPainter, first: date) -> None:
        box = self._month_box(first.month)
        chosen = (first.year, first.month) == (self.day.year, self.day.month)
        strong = chosen and self.hasFocus()
        painter.setPen(QPen(QColor(ACCENT if chosen else LINE), 2 if strong else 1))
        painter.setBrush(QColor(SURFACE))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        font = painter.font()
        font.setPixelSize(px(BODY))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(ACCENT_DARK if chosen else INK))
        painter.drawText(QRectF(box.left() + 12, box.top() + 2, px(60), px(_HEAD)), LEFT, f"{first.month}月")
        painter.setFont(self.small)
        painter.setPen(QColor(INK_FAINT))
        width = (box.width() - 12) / 7
        for place, word in enumerate(WEEKDAYS):
            cell = QRectF(box.left() + 6 + place * width, box.top() + px(_HEAD), width, px(_WEEK))
            painter.drawText(cell, CENTRE, word)

    def _paint_day(self, painter: QPainter, day: date, items: Sequence[DueItem], working: bool) -> None:
        assert self.calendar is not None
        box = self._day_box(day)
        painter.setPen(Qt.PenStyle.NoPen)
        if items:
            painter.setBrush(QColor(SHADES[shade(len(items))]))
            painter.drawRoundedRect(box, 3, 3)
        if day == self.calendar.today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(ACCENT_DARK), 2))
            painter.drawRoundedRect(box, 3, 3)
        dark = len(items) > _STEPS[-1]
        painter.setPen(QColor(SURFACE if dark else INK if working else INK_FAINT))
        painter.drawText(box, CENTRE, str(day.day))
        if any(item.overdue for item in items):
            self._paint_dot(painter, box.topRight() + QPointF(-5, 5))

    def _paint_dot(self, painter: QPainter, middle: QPointF) -> None:
        painter.setPen(QPen(QColor(SURFACE), 1))
        painter.setBrush(QColor(RED.ink))
        painter.drawEllipse(middle, 3.5, 3.5)

    def _paint_legend(self, painter: QPainter) -> None:
        top = self.height() - px(_LEGEND) + 6.0
        left = 2.0
        for ground, word in zip(SHADES, _LEGEND_WORDS, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(left, top + 3, 14, 14), 3, 3)
            left = self._legend_word(painter, left + 20, top, word)
        self._paint_dot(painter, QPointF(left + 6, top + 10))
        left = self._legend_word(painter, left + 16, top, "有逾期事项")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(ACCENT_DARK), 2))
        painter.drawRoundedRect(QRectF(left, top + 3, 14, 14), 3, 3)
        self._legend_word(painter, left + 20, top, "今天")

    def _legend_word(self, painter: QPainter, left: float, top: float, word: str) -> float:
        painter.setPen(QColor(INK_SOFT))
        width = painter.fontMetrics().horizontalAdvance(word)
        painter.drawText(QRectF(left, top, width + 4, 20), LEFT, word)
        return left + width + 16
