"""The month: a grid of weeks, the stages as bands across each week, the items of each day as lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hazard_desk.figures.board import StageView
from hazard_desk.figures.calendar import Calendar
from hazard_desk.figures.dated import DueItem
from hazard_desk.rules.wording import WEEKDAYS
from ui.calendar.looks import (
    CENTRE,
    LEFT,
    by_day,
    day_name,
    lanes,
    paint_day_word,
    paint_item,
    paint_stage,
    tip_of,
)
from ui.calendar.view import DaysView, Spot
from ui.style import ACCENT, BODY, GROUND, INK, INK_FAINT, INK_SOFT, LINE, LINE_STRONG, SURFACE, px

_HEAD = 26
_BAND = 18
_DAY = 23
_LINE = 19
_LEAST_LINES = 2
_DAYS = 7


def fit(items: Sequence[DueItem], lines: int) -> tuple[Sequence[DueItem], int]:
    """Return the items to show on so many lines, and how many are left to 还有n项."""
    if len(items) <= lines:
        return items, 0
    shown = items[: max(0, lines - 1)]
    return shown, len(items) - len(shown)


class MonthView(DaysView):
    """The month that holds the chosen day."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._by_day: dict[date, list[DueItem]] = {}
        self._lanes: list[list[StageView]] = []

    def show_calendar(self, calendar: Calendar, items: Sequence[DueItem], day: date) -> None:
        self._by_day = by_day(items)
        seen = [stage for stage in calendar.stages if stage.starts_on <= calendar.last]
        self._lanes = lanes([stage for stage in seen if stage.due >= calendar.first])
        self.setAccessibleName(f"{day.year}年{day.month}月")
        super().show_calendar(calendar, items, day)

    def least_height(self) -> int:
        least = len(self._lanes) * px(_BAND) + px(_DAY) + _LEAST_LINES * px(_LINE) + 2
        return px(_HEAD) + self._weeks() * least

    def described(self) -> str:
        items = self._by_day.get(self.day, [])
        told = "；".join(f"{item.kind_label} {item.title} {item.state}" for item in items)
        mark = self.calendar.marks.get(self.day) if self.calendar else None
        return f"{day_name(self.day, mark)}，{f'{len(items)}项：{told}' if items else '没有事项'}"

    def chosen_rect(self) -> QRectF:
        return self._cell(self.day)

    def lay_out(self) -> list[Spot]:
        spots = []
        for day in self._days():
            box = self._cell(day)
            items = self._by_day.get(day, [])
            spots.append(Spot(box, "", partial(self.day_chosen.emit, day), day))
            top = box.top() + len(self._lanes) * px(_BAND) + px(_DAY)
            shown, more = fit(items, int((box.bottom() - top) // px(_LINE)))
            for place, item in enumerate(shown):
                line = QRectF(box.left() + 3, top + place * px(_LINE), box.width() - 6, px(_LINE) - 2)
                spots.append(Spot(line, tip_of(item), partial(self.open_record.emit, item.record), day, item))
            if more:
                line = QRectF(box.left() + 3, top + len(shown) * px(_LINE), box.width() - 6, px(_LINE) - 2)
                tip = "点击查看这一天的全部事项"
                spots.append(Spot(line, tip, partial(self.open_day.emit, day), day, more=more))
        return spots

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor(SURFACE))
        self._paint_head(painter)
        for day in self._days():
            self._paint_day(painter, day)
        self._paint_lines(painter)
        self._paint_bands(painter)
        for spot in self.spots:
            if spot.item is not None:
                paint_item(painter, spot.rect, spot.item, spot is self.hovered)
            elif spot.more:
                painter.setPen(QColor(ACCENT if spot is self.hovered else INK_SOFT))
                painter.drawText(spot.rect.adjusted(6, 0, 0, 0), LEFT, f"还有{spot.more}项")

    def _weeks(self) -> int:
        if self.calendar is None:
            return 6
        return ((self.calendar.last - self.calendar.first).days + 1) // _DAYS

    def _days(self) -> list[date]:
        return list(self.calendar.marks) if self.calendar else []

    def _cell(self, day: date) -> QRectF:
        assert self.calendar is not None
        week, column = divmod((day - self.calendar.first).days, _DAYS)
        width = self.width() / _DAYS
        height = (self.height() - px(_HEAD)) / self._weeks()
        return QRectF(column * width, px(_HEAD) + week * height, width, height)

    def _paint_head(self, painter: QPainter) -> None:
        width = self.width() / _DAYS
        painter.setPen(QColor(INK_SOFT))
        for place, word in enumerate(WEEKDAYS):
            painter.drawText(QRectF(place * width, 0, width, px(_HEAD)), CENTRE, f"星期{word}")

    def _paint_day(self, painter: QPainter, day: date) -> None:
        assert self.calendar is not None
        box = self._cell(day)
        mark = self.calendar.marks[day]
        if not mark.working:
            painter.fillRect(box, QColor(GROUND))
        inside = day.month == self._month
        today = day == self.calendar.today
        top = box.top() + len(self._lanes) * px(_BAND)
        number = QRectF(box.left() + 4, top + 1, px(24), px(_DAY) - 3)
        font = painter.font()
        font.setPixelSize(px(BODY))
        font.setBold(today)
        painter.setFont(font)
        if today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ACCENT))
            painter.drawRoundedRect(number, 10, 10)
        painter.setPen(QColor(SURFACE if today else INK if inside else INK_FAINT))
        painter.drawText(number, CENTRE, str(day.day))
        painter.setFont(self.small)
        paint_day_word(painter, QRectF(number.right() + 6, top, box.width() - px(36), px(_DAY)), mark)

    @property
    def _month(self) -> int:
        assert self.calendar is not None
        return (self.calendar.first + timedelta(days=10)).month

    def _paint_bands(self, painter: QPainter) -> None:
        for lane, stages in enumerate(self._lanes):
            for stage in stages:
                for week in range(self._weeks()):
                    self._paint_band(painter, lane, stage, week)

    def _paint_band(self, painter: QPainter, lane: int, stage: StageView, week: int) -> None:
        assert self.calendar is not None
        monday = self.calendar.first + timedelta(days=week * _DAYS)
        first, last = max(stage.starts_on, monday), min(stage.due, monday + timedelta(days=6))
        if first <= last:
            left, right = self._cell(first), self._cell(last)
            top = left.top() + lane * px(_BAND)
            box = QRectF(left.left() + 2, top + 1, right.right() - left.left() - 4, px(_BAND) - 2)
            paint_stage(painter, box, stage, named=True)

    def _paint_lines(self, painter: QPainter) -> None:
        painter.setPen(QColor(LINE))
        for week in range(self._weeks()):
            top = px(_HEAD) + week * (self.height() - px(_HEAD)) / self._weeks()
            painter.drawLine(0, int(top), self.width(), int(top))
        for column in range(1, _DAYS):
            left = int(column * self.width() / _DAYS)
            painter.drawLine(left, px(_HEAD), left, self.height())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(LINE_STRONG), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.calendar and self.calendar.first <= self.day <= self.calendar.last:
            painter.setPen(QPen(QColor(ACCENT), 2) if self.hasFocus() else QPen(QColor(ACCENT), 1))
            painter.drawRoundedRect(self._cell(self.day).adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
