"""The time axis: stages and dated tasks as bars, today's line, and how far each slipped."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hazard_desk.figures.timeline import Bar, TimeAxis
from hazard_desk.rules.phrases.points import months_later
from ui.calendar.looks import CENTRE, LEFT, tip_of, tone_of
from ui.calendar.view import PaintedView, Spot
from ui.style import ACCENT, ACCENT_SOFT, GROUND, INK, INK_FAINT, INK_SOFT, LINE, LINE_STRONG, SURFACE, px
from ui.tones import AMBER, GREEN, KIND_TONES, RED
from ui.widgets.chip import paint_mark

_HEAD = 34
_ROW = 25
_LEGEND = 28
_NAMES = 0.36
"""How much of the width the names take."""
_MARK = 9.0
_LEAST_MONTH = 34.0
"""Pixels that a month needs for its name; narrower ones are named every third."""


class TimeAxisView(PaintedView):
    """One row for each bar; the arrows move from row to row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.axis: TimeAxis | None = None
        self.bars: list[Bar] = []
        self.row = 0
        self.setAccessibleName("时间轴")

    @property
    def ready(self) -> bool:
        return self.axis is not None

    def show_axis(self, axis: TimeAxis, bars: list[Bar]) -> None:
        """Show these bars of an axis."""
        self.axis = axis
        self.bars = bars
        self.row = max(0, min(self.row, len(bars) - 1))
        self.lay_out_again()

    def least_height(self) -> int:
        return px(_HEAD) + max(1, len(self.bars)) * px(_ROW) + px(_LEGEND)

    def described(self) -> str:
        return tip_of(self.bars[self.row].item).replace("\n", "，") if self.bars else "没有事项"

    def chosen_rect(self) -> QRectF:
        return QRectF(0, px(_HEAD) + self.row * px(_ROW), self.width(), px(_ROW))

    def step(self, key: Qt.Key) -> bool:
        rows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        if rows is None or not 0 <= self.row + rows < len(self.bars):
            return rows is not None
        self.row += rows
        self.lay_out_again()
        return True

    def enter(self) -> None:
        if self.bars:
            self.open_record.emit(self.bars[self.row].item.record)

    def lay_out(self) -> list[Spot]:
        return [
            Spot(
                QRectF(0, px(_HEAD) + place * px(_ROW), self.width(), px(_ROW)),
                f"{tip_of(bar.item)}{_slip(bar)}",
                partial(self.open_record.emit, bar.item.record),
                bar.item.date,
                bar.item,
            )
            for place, bar in enumerate(self.bars)
        ]

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor(SURFACE))
        for place, spot in enumerate(self.spots):
            if spot is self.hovered or (place == self.row and self.hasFocus()):
                painter.fillRect(spot.rect, QColor(ACCENT_SOFT if place == self.row else GROUND))
        self._paint_months(painter)
        for spot, bar in zip(self.spots, self.bars, strict=True):
            self._paint_name(painter, spot.rect, bar)
            self._paint_bar(painter, spot.rect, bar)
        self._paint_today(painter)
        self._paint_legend(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(LINE_STRONG), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    @property
    def _left(self) -> float:
        return self.width() * _NAMES

    def _x(self, day: date) -> float:
        """Where a day begins."""
        assert self.axis is not None
        whole = (self.axis.last - self.axis.first).days + 1
        return self._left + (self.width() - self._left - 12) * (day - self.axis.first).days / whole

    def _foot(self) -> float:
        return px(_HEAD) + len(self.bars) * px(_ROW)

    def _paint_months(self, painter: QPainter) -> None:
        assert self.axis is not None
        first = self.axis.first.replace(day=1)
        width = self._x(first + timedelta(days=30)) - self._x(first)
        every = 1 if width >= _LEAST_MONTH else 3 if width * 3 >= _LEAST_MONTH else 12
        while first <= self.axis.last:
            left = max(self._x(first), self._left)
            if (first.month - 1) % every == 0 or first <= self.axis.first:
                painter.setPen(QColor(LINE))
                painter.drawLine(QPointF(left, 14), QPointF(left, self._foot()))
                painter.setPen(QColor(INK_SOFT))
                told = f"{first.year}年" if first.month == 1 or first <= self.axis.first else ""
                painter.drawText(QRectF(left + 4, 0, 120, 18), LEFT, told)
                painter.drawText(QRectF(left + 4, 15, 60, 18), LEFT, f"{first.month}月")
            first = months_later(first, 1)
        painter.setPen(QColor(LINE))
        painter.drawLine(QPointF(0, px(_HEAD)), QPointF(self.width(), px(_HEAD)))

    def _paint_name(self, painter: QPainter, row: QRectF, bar: Bar) -> None:
        tone, mark = tone_of(bar.item)
        middle = row.center().y()
        paint_mark(painter, QRectF(10, middle - _MARK / 2, _MARK, _MARK), mark, tone.ink)
        painter.setPen(QColor(RED.ink if bar.item.overdue else INK if bar.item.open else INK_SOFT))
        room = QRectF(26, row.top(), self._left - 34, row.height())
        text = painter.fontMetrics().elidedText(bar.title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, LEFT, text)

    def _paint_bar(self, painter: QPainter, row: QRectF, bar: Bar) -> None:
        """What was planned pale, what was done of it strong, what came after the deadline in red or amber."""
        due = self._x(bar.item.date + timedelta(days=1))
        tone = KIND_TONES[bar.item.kind]
        begin = min(self._x(bar.starts_on), due - 4)
        self._fill(painter, row, begin, due, tone.ground, tone.ink)
        if bar.done_on is not None:
            until = min(self._x(bar.done_on + timedelta(days=1)), due)
            self._fill(painter, row, begin, max(until, begin + 3), GREEN.ink)
        if bar.slipped_to is not None:
            late = AMBER if bar.done_on else RED
            self._fill(painter, row, due, max(due + 3, self._x(bar.slipped_to + timedelta(days=1))), late.ink)
        painter.setPen(QPen(QColor(INK), 1.5))
        painter.drawLine(QPointF(due, row.top() + 4), QPointF(due, row.bottom() - 4))

    def _fill(
        self, painter: QPainter, row: QRectF, left: float, right: float, ground: str, edge: str = ""
    ) -> None:
        painter.setPen(QPen(QColor(edge), 0.75) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(left, row.top() + 6, right - left, row.height() - 12), 2, 2)

    def _paint_today(self, painter: QPainter) -> None:
        assert self.axis is not None
        if not self.axis.first <= self.axis.today <= self.axis.last:
            return
        x = self._x(self.axis.today)
        painter.setPen(QPen(QColor(ACCENT), 1.5))
        painter.drawLine(QPointF(x, 18), QPointF(x, self._foot()))
        tag = QRectF(x - 18, 1, 36, 17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ACCENT))
        painter.drawRoundedRect(tag, 3, 3)
        painter.setPen(QColor(SURFACE))
        painter.drawText(tag, CENTRE, "今天")

    def _paint_legend(self, painter: QPainter) -> None:
        left, top = 10.0, self._foot() + 5
        tone = KIND_TONES["task"]
        shown = (
            (tone.ground, tone.ink, "计划时段，竖线为时限"),
            (GREEN.ink, "", "已完成"),
            (AMBER.ink, "", "逾期完成的延误"),
            (RED.ink, "", "至今逾期"),
        )
        for ground, edge, word in shown:
            self._fill(painter, QRectF(0, top, 0, 22), left, left + 24, ground, edge)
            painter.setPen(QColor(INK_FAINT))
            width = painter.fontMetrics().horizontalAdvance(word)
            painter.drawText(QRectF(left + 30, top, width + 4, 20), LEFT, word)
            left += width + 50


def _slip(bar: Bar) -> str:
    """How a bar stands against its deadline, as a further line of its tip."""
    if bar.slipped_to is not None:
        days = (bar.slipped_to - bar.item.date).days
        return f"\n比时限晚{days}天完成" if bar.done_on else f"\n已逾期{days}天"
    return f"\n完成于{bar.done_on.isoformat()}" if bar.done_on else ""
