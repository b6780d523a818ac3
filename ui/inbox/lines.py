"""The lines of the inbox as a list shows them: in full, wrapped, with the next step as a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hazard_desk.books.postponed import PostponedRow
from hazard_desk.figures.inbox.item import InboxItem, NextStep
from hazard_desk.figures.inbox.kinds import INBOX_KINDS
from ui.style import ACCENT, ACCENT_SOFT, GAP, GROUND, INK, INK_SOFT, LINE, LINE_STRONG, SURFACE
from ui.tones import AMBER, BLUE, GREY, KIND_TONES, RED, Tone

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
_CENTRED = int(Qt.AlignmentFlag.AlignCenter)
_TONES: dict[str, Tone] = {
    **KIND_TONES,
    "major_overdue": RED,
    "hazard_overdue": RED,
    "recheck": BLUE,
    "sign_off": BLUE,
    "uncommitted": AMBER,
    "gap": AMBER,
}
"""Each kind by its colour; the word stands beside it, so that colour never speaks alone."""


@dataclass(frozen=True)
class InboxLine:
    """A line: its kind, what it says, and what its button does. Of what was put off, ``row``."""

    kind: str
    mark: str
    title: str
    told: str
    words: str
    item: InboxItem | None = None
    row: PostponedRow | None = None

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.kind} {self.item.keys if self.item else self.row.id if self.row else ''}"

    @property
    def next(self) -> NextStep | None:
        """What its button does; None brings back what was put off."""
        return self.item.next if self.item else None

    @property
    def spoken(self) -> str:
        """The line as a sentence, for screen readers."""
        said = (self.mark, self.title, self.told, f"下一步：{self.words}")
        return "，".join(one for one in said if one)


def inbox_line(item: InboxItem, today: date) -> InboxLine:
    """Return how an item of the inbox is shown."""
    told = item.standing(today)
    return InboxLine(item.kind, item.kind_label, item.title, told, item.next.words, item)


def put_off_line(row: PostponedRow) -> InboxLine:
    """Return how something that was put off is shown."""
    kind = row.what[0].partition(" ")[0] if row.what else ""
    mark = INBOX_KINDS[kind].label if kind in INBOX_KINDS else ""
    return InboxLine(kind, mark, row.title, row.said, "恢复提醒", row=row)


class Lines(QAbstractListModel):
    """The lines that are shown, and which of them are chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[InboxLine] = []
        self.chosen: set[str] = set()

    def put(self, lines: Sequence[InboxLine]) -> None:
        """Show these; what is gone is no longer chosen."""
        self.beginResetModel()
        self.lines = list(lines)
        self.chosen &= {line.key for line in lines}
        self.endResetModel()

    def toggle(self, row: int) -> None:
        """Choose a line, or no longer."""
        self.chosen ^= {self.lines[row].key}
        self.dataChanged.emit(self.index(row), self.index(row))

    def choose_alike(self, row: int) -> None:
        """Choose all lines that have the next step of this one."""
        self.chosen = {line.key for line in self.lines if line.next == self.lines[row].next}
        self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a line says; to screen readers as one sentence."""
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ("已选，" if line.key in self.chosen else "") + line.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.item.why if line.item else None
        return None


class LinePainter(QStyledItemDelegate):
    """Paints the lines: kind, title, who and when below it, the button of the next step."""

    def __init__(self, model: Lines, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._heights: dict[tuple[str, int, str], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the line is, wrapped at the width of the list."""
        line: InboxLine = index.data(_LINE)
        width, called = _width(option), (line.title + line.told, _width(option), option.font.toString())
        if called not in self._heights:
            room = _room(option, line, width)
            title = _metrics(option, bold=True).boundingRect(room, _WRAPPED, line.title).height()
            told = option.fontMetrics.boundingRect(room, _WRAPPED, line.told).height() if line.told else 0
            self._heights[called] = max(title + told + 4, button_height(option)) + 2 * GAP
        return QSize(width, self._heights[called])

    def button(self, option: QStyleOptionViewItem, line: InboxLine) -> QRect:
        """Return where the button of a line stands."""
        width, height = _button_width(option, line), button_height(option)
        right, middle = option.rect.right() - GAP, option.rect.center().y()
        return QRect(right - width, middle - height // 2, width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        line: InboxLine = index.data(_LINE)
        painter.save()
        self._paint_ground(painter, option, line)
        mark = QRect(option.rect).adjusted(GAP, GAP, 0, -GAP)
        mark.setWidth(_mark_width(option))
        _paint_mark(painter, option, line, mark)
        room = _room(option, line, _width(option))
        room.moveTopLeft(option.rect.topLeft() + room.topLeft())
        room.setHeight(option.rect.height() - 2 * GAP)
        painter.setFont(_bold(option.font))
        painter.setPen(QColor(INK))
        title = painter.boundingRect(room, _WRAPPED, line.title)
        painter.drawText(room, _WRAPPED, line.title)
        painter.setFont(option.font)
        late = bool(line.item and line.item.late)
        painter.setPen(QColor(RED.ink if late else INK_SOFT))
        painter.drawText(room.adjusted(0, title.height() + 4, 0, 0), _WRAPPED, line.told)
        self._paint_button(painter, option, line)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, line: InboxLine) -> None:
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        chosen = line.key in self._model.chosen
        ground = ACCENT_SOFT if current or chosen else GROUND if hover else SURFACE
        painter.fillRect(option.rect, QColor(ground))
        painter.setPen(QColor(LINE))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if current:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(ACCENT if focused else LINE_STRONG), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2))

    def _paint_button(self, painter: QPainter, option: QStyleOptionViewItem, line: InboxLine) -> None:
        box, chosen = self.button(option, line), line.key in self._model.chosen
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(ACCENT))
        painter.setBrush(QColor(ACCENT if current else SURFACE))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(SURFACE if current else ACCENT))
        painter.drawText(box, _CENTRED, f"✓ {line.words}" if chosen else line.words)


def _paint_mark(painter: QPainter, option: QStyleOptionViewItem, line: InboxLine, room: QRect) -> None:
    tone = _TONES.get(line.kind, GREY)
    box = QRect(room)
    box.setHeight(option.fontMetrics.height() + 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.ground))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(tone.ink))
    painter.setFont(option.font)
    painter.drawText(box, _CENTRED, line.mark)


def _width(option: QStyleOptionViewItem) -> int:
    viewport = getattr(option.widget, "viewport", None)
    return int(viewport().width()) if viewport else option.rect.width()


def _mark_width(option: QStyleOptionViewItem) -> int:
    return option.fontMetrics.horizontalAdvance("重大隐患逾期") + 2 * GAP


def _button_width(option: QStyleOptionViewItem, line: InboxLine) -> int:
    return option.fontMetrics.horizontalAdvance(f"✓ {line.words}") + 3 * GAP


def button_height(option: QStyleOptionViewItem) -> int:
    """Return how high the button of a line is, in pixels."""
    return option.fontMetrics.height() + GAP


def _room(option: QStyleOptionViewItem, line: InboxLine, width: int) -> QRect:
    """Return where the text of a line stands, from the line's own corner."""
    left = _mark_width(option) + 3 * GAP
    right = _button_width(option, line) + 3 * GAP
    return QRect(left, GAP, max(80, width - left - right), 10_000)


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _metrics(option: QStyleOptionViewItem, bold: bool) -> QFontMetrics:
    return QFontMetrics(_bold(option.font)) if bold else option.fontMetrics
