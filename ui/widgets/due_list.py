"""Dated things, one line each: the day or the state, what kind, the title; opened by a click or Enter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from hazard_desk.figures.dated import DueItem
from ui.style import INK, INK_SOFT
from ui.tones import AMBER, RED
from ui.widgets.chip import paint_chip

Index = QModelIndex | QPersistentModelIndex
_ITEM = Qt.ItemDataRole.UserRole
_LINE_HEIGHT = 34


class DueList(QListWidget):
    """The items in the order given. ``open_record`` tells ledger/id."""

    open_record = Signal(str)

    def __init__(self, parent: QWidget, in_dialog: bool = False) -> None:
        """``in_dialog``: stands on grey by itself; a click only chooses, a double click or Enter opens."""
        super().__init__(parent)
        self.setProperty("role", "" if in_dialog else "plain")
        self.setItemDelegate(_Line(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        if not in_dialog:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.itemClicked.connect(self._open)
        self.itemActivated.connect(self._open)

    def show_items(self, items: Sequence[DueItem], today: date | None = None) -> None:
        """Show these; the day is told as a distance from today, without ``today`` the state instead."""
        self.clear()
        for item in items:
            line = QListWidgetItem(self)
            told = distance(item.date, today) if today else ""
            line.setData(_ITEM, (item, told))
            line.setText(f"{told or item.state} {item.kind_label} {item.title}")
            line.setToolTip(f"{item.date.isoformat()}　{item.kind_label}　{item.state}\n{item.title}")

    def open_current(self) -> None:
        """Open the record of the current line."""
        if (line := self.currentItem()) is not None:
            self._open(line)

    def current_item(self) -> DueItem | None:
        """Return the item of the current line."""
        line = self.currentItem()
        item: DueItem | None = None if line is None else line.data(_ITEM)[0]
        return item

    def _open(self, line: QListWidgetItem) -> None:
        item, _ = line.data(_ITEM)
        self.open_record.emit(item.record)


def distance(day: date, today: date) -> str:
    """Return how far a day is, as people say it: 今天, 明天, 还有5天, 逾期3天."""
    days = (day - today).days
    if days < 0:
        return f"逾期{-days}天"
    return {0: "今天", 1: "明天", 2: "后天"}.get(days, f"还有{days}天")


class _Line(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _LINE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item, told = index.data(_ITEM)
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        style = blank.widget.style() if blank.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)
        painter.save()
        painter.setFont(option.font)
        metrics = option.fontMetrics
        room = QRect(option.rect).adjusted(6, 0, -6, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if told:
            painter.setPen(QColor(_ink(told)))
            painter.drawText(room, flags, told)
        else:
            paint_chip(painter, room.left(), room.center().y() + 0.5, item.state, option.font)
        room.setLeft(room.left() + metrics.horizontalAdvance("逾期000天　"))
        painter.setPen(QColor(INK_SOFT))
        painter.drawText(room, flags, item.kind_label)
        room.setLeft(room.left() + metrics.horizontalAdvance("企业履职 "))
        painter.setPen(QColor(INK))
        title = metrics.elidedText(item.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, flags, title)
        painter.restore()


def _ink(told: str) -> str:
    if told.startswith("逾期"):
        return RED.ink
    return AMBER.ink if told in ("今天", "明天", "后天") else INK
