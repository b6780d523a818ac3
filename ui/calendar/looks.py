"""How dated things look in every view: colour by kind, shape and ground by state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from hazard_desk.figures.board import StageView
from hazard_desk.figures.dated import DueItem
from hazard_desk.rules.dates import show_date, show_weekday
from hazard_desk.rules.workdays import DayMark
from ui.style import ACCENT_DARK, INK, INK_FAINT, INK_SOFT, LINE_STRONG, SURFACE
from ui.tones import KIND_TONES, RED, Sign, Tone, look
from ui.widgets.chip import paint_mark

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_UNDER_WAY, _OVER = "进行中", "已结束"
_MARK = 9.0
_NO_GROUND = "#00FFFFFF"
"""#AARRGGBB: what lies below is seen."""


def order(items: Iterable[DueItem]) -> list[DueItem]:
    """Return the items of one day, what is overdue or open first."""
    return sorted(items, key=lambda item: (not item.overdue, not item.open))


def by_day(items: Iterable[DueItem]) -> dict[date, list[DueItem]]:
    """Return the items by their day, each day's in the order to show them."""
    found: dict[date, list[DueItem]] = {}
    for item in items:
        found.setdefault(item.date, []).append(item)
    return {day: order(dated) for day, dated in found.items()}


def tip_of(item: DueItem) -> str:
    """Return everything an item tells, in lines."""
    lines = (f"{item.kind_label}　{item.state}", item.title, item.reason or item.date.isoformat())
    return "\n".join(lines)


def day_name(day: date, mark: DayMark | None = None) -> str:
    """Return a day as a heading: 2023年6月22日　星期四　端午　休."""
    words = [show_date(day), show_weekday(day)]
    if mark is not None:
        words += [mark.name, {"休": "放假", "班": "调休上班"}.get(mark.word, "")]
    return "　".join(word for word in words if word)


def tone_of(item: DueItem) -> tuple[Tone, Sign]:
    """Return colours and shape: red when overdue, faint when done, else the colours of its kind."""
    if item.overdue:
        return RED, Sign.TRIANGLE
    mark = look(item.state)[1]
    if not item.open:
        return Tone(INK_SOFT, _NO_GROUND), mark
    return KIND_TONES[item.kind], Sign.RING if mark is Sign.CHECK else mark


def paint_item(painter: QPainter, box: QRectF, item: DueItem, hovered: bool) -> None:
    """Paint one item as a line: a bar in the colour of its kind, the shape of its state, its title."""
    tone, mark = tone_of(item)
    painter.setPen(QColor(tone.ink) if hovered else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.ground))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(KIND_TONES[item.kind].ink))
    painter.drawRoundedRect(QRectF(box.left(), box.top(), 3, box.height()), 1.5, 1.5)
    middle = box.center().y()
    paint_mark(painter, QRectF(box.left() + 6, middle - _MARK / 2, _MARK, _MARK), mark, tone.ink)
    painter.setPen(QColor(tone.ink))
    room = box.adjusted(_MARK + 10, 0, -3, 0)
    text = painter.fontMetrics().elidedText(item.short, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, LEFT, text)


def paint_stage(painter: QPainter, box: QRectF, stage: StageView, named: bool) -> None:
    """Paint a part of a stage's band; the stage under way stands out."""
    ground, ink = {_UNDER_WAY: ("#CFE0F1", ACCENT_DARK), _OVER: ("#E4E8EC", INK_SOFT)}.get(
        stage.state, (SURFACE, INK_SOFT)
    )
    painter.setPen(QColor(LINE_STRONG) if ground == SURFACE else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, 3, 3)
    if named:
        painter.setPen(QColor(ink))
        text = f"{stage.name}阶段"
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width() - 10))
        painter.drawText(box.adjusted(6, 0, -4, 0), LEFT, shown)


def lanes(stages: Sequence[StageView]) -> list[list[StageView]]:
    """Return the stages in as few rows as hold them without one lying over another."""
    rows: list[list[StageView]] = []
    for stage in sorted(stages, key=lambda stage: stage.starts_on):
        row = next((row for row in rows if row[-1].due < stage.starts_on), None)
        if row is None:
            rows.append(row := [])
        row.append(stage)
    return rows


def paint_day_word(painter: QPainter, box: QRectF, mark: DayMark) -> None:
    """Paint 休 or 班 and the holiday's name."""
    if mark.word:
        painter.setPen(QColor(RED.ink if mark.word == "休" else INK))
        painter.drawText(box, LEFT, mark.word)
    if mark.name:
        painter.setPen(QColor(INK_FAINT))
        painter.drawText(
            box.adjusted(painter.fontMetrics().horizontalAdvance("休 "), 0, 0, 0), LEFT, mark.name
        )
