"""What of the document was not used, line by line: each goes to its place; a column is told what it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QWidget

from hazard_desk.library.annex.annex import UnreadPart
from hazard_desk.library.annex.columns import LABELS
from hazard_desk.library.prose.review import Review, column_called
from ui.style import BODY, GAP, px
from ui.widgets.basics import label
from ui.widgets.layouts import Stretch, across, down

_LONGEST = 80
_UNBOUNDED = (1 << 24) - 1
"""What Qt takes for no bound of a height."""
_ASK = "请选择这一栏是什么"
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down)
_KINDS = {"column": "栏", "paragraph": "文字", "bracket": "括号"}


class LossList(QListWidget):
    """The parts that were not used. Enter goes on to what can be said of the current one."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class RoleBox(QComboBox):
    """The choice of what a column is. Keys open the list, so that nothing is said in passing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter and Space open the list."""
        if event.key() in _OPENING:
            self.showPopup()
        else:
            super().keyPressEvent(event)


class Losses(QWidget):
    """The list and, for a column, the choice of what it is. ``gone_to`` and ``told`` say what is wanted."""

    gone_to = Signal(object)
    told = Signal(str, str)
    """What a column is called, and what it is."""

    def __init__(self, review: Review, parent: QWidget) -> None:
        super().__init__(parent)
        self._review = review
        self._parts: Sequence[UnreadPart] = ()
        self.heading = label("", self, "heading")
        self.list = LossList(self)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setAccessibleName("没有用到的内容")
        self.role = RoleBox(self)
        self.role.setAccessibleName(_ASK)
        self.role.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.role.setMinimumContentsLength(14)
        self.ask = label("这一栏是：", self)
        self.ask.setBuddy(self.role)
        self.list.currentRowChanged.connect(self._turned)
        self.list.itemClicked.connect(self._go)
        self.list.entered.connect(self._go_on)
        self.role.activated.connect(self._say)
        line = across(self.ask, self.role, Stretch())
        down(self.heading, Stretch(self.list), line, within=self, gap=6)
        self.show_review(review)

    def show_review(self, review: Review) -> None:
        """Show what is not used now; the place in the list stays."""
        self._review = review
        parts = sorted(review.annex.unread, key=lambda part: part.kind != "column")
        if parts != self._parts or not parts:
            row = max(self.list.currentRow(), 0)
            self._parts = parts
            self.list.blockSignals(True)
            self.list.clear()
            for part in parts:
                item = QListWidgetItem(_in_a_line(part), self.list)
                item.setToolTip(part.text)
                item.setSizeHint(QSize(0, px(2 * BODY)))
            self.list.setCurrentRow(min(row, len(parts) - 1))
            self.list.blockSignals(False)
            self._offer()
        columns = sum(part.kind == "column" for part in parts)
        told = f"，其中{columns}栏没有认出" if columns else ""
        some = f"没有用到的内容{len(parts)}处{told}"
        self.heading.setText(some if parts else "原文全部用到了，没有遗漏")
        self.list.setVisible(bool(parts))
        self.setMaximumHeight(_UNBOUNDED if parts else self.heading.sizeHint().height() + GAP)

    @property
    def part(self) -> UnreadPart | None:
        """The current part."""
        row = self.list.currentRow()
        return self._parts[row] if 0 <= row < len(self._parts) else None

    def _turned(self, row: int) -> None:
        self._offer()
        if self.list.hasFocus():
            self._go()

    def _go(self, item: QListWidgetItem | None = None) -> None:
        if self.part is not None and self.part.origin is not None:
            self.gone_to.emit(self.part.origin)

    def _go_on(self) -> None:
        self._go()
        if self.role.isVisible():
            self.role.setFocus()
            self.role.showPopup()

    def _offer(self) -> None:
        """Offer what the current column may be: the likeliest first, then all."""
        part = self.part
        is_column = part is not None and part.kind == "column"
        self.ask.setVisible(is_column)
        self.role.setVisible(is_column)
        if part is None or not is_column:
            return
        offers = self._review.offers(part)
        rest = [role for role in LABELS if role not in offers]
        self.role.clear()
        self.role.addItem(_ASK, "")
        for role in (*offers, *rest):
            self.role.addItem(LABELS[role], role)
        if offers:
            self.role.insertSeparator(1 + len(offers))

    def _say(self, place: int) -> None:
        role = self.role.itemData(place)
        if role and self.part is not None:
            self.role.setCurrentIndex(0)
            self.told.emit(column_called(self.part), role)


def _in_a_line(part: UnreadPart) -> str:
    """Where a part stands and what it says: 第1张表第8栏“备注”."""
    kind = "" if part.place.endswith(_KINDS[part.kind]) else f"　{_KINDS[part.kind]}"
    text = " ".join(part.text.split())
    return f"{part.place}{kind}“{text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}”"
