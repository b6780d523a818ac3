"""Facts of a record, label beside value, long texts under their label."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QWidget

from hazard_desk.books.kit.gaps import GAP_WORD, GAPS, OTHERS, OTHERS_WORD, without_taken_in
from hazard_desk.rules.fields import Field, Row, names_in, read_others
from ui.style import ACCENT, GAP, ROOM, px, sized
from ui.widgets.basics import label
from ui.widgets.chip import HEIGHT, chip_width, paint_chip
from ui.widgets.layouts import Stretch, across

Fill = Callable[[Field], object]
"""Leads to where a field is filled in."""
_LONGEST = 10
"""Characters of a name that still leave room for values beside it."""


class Facts(QWidget):
    """A grid of label and value; values wrap and can be copied."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(ROOM)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, value: str) -> QLabel:
        """Add one fact; return the label of its value. A long name has a line of its own."""
        row = self._grid.rowCount()
        if len(name) > _LONGEST:
            whole = label(f"{name}：{value}", self, wrap=True)
            self._grid.addWidget(whole, row, 0, 1, 2)
            return whole
        heading = label(name, self, "soft")
        heading.setAlignment(Qt.AlignmentFlag.AlignTop)
        shown = label(value, self, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sized(shown, least_width=80)
        self._grid.addWidget(heading, row, 0)
        self._grid.addWidget(shown, row, 1)
        return shown

    def add_record(self, fields: Iterable[Field], record: Row, fill: Fill | None = None) -> None:
        """Add the facts of a record that are filled in, each of its gaps in its place, then the 其他栏目.

        ``fill`` is called with the field whose gap is chosen; without it nothing can be filled in here.
        """
        gaps = names_in(record.get(GAPS))
        others = read_others(record.get(OTHERS))
        for field in without_taken_in(fields):
            if field.name in gaps:
                self._add_gap(field, others.get(field.label, ""), fill)
            elif shown := field.show(record.get(field.name)):
                self.add(field.heading, shown)
        if others:
            self._head(OTHERS_WORD)
            for heading, text in others.items():
                self.add(heading, text)

    def _add_gap(self, field: Field, written: str, fill: Fill | None) -> None:
        """Add a fact that nobody told, with what was written instead."""
        row = self._grid.rowCount()
        self._grid.addWidget(label(field.heading, self, "soft"), row, 0)
        told = f"原写“{written}”" if written else ""
        self._grid.addWidget(gap_mark(field, self, fill, told), row, 1)

    def _head(self, text: str) -> None:
        head = label(text, self, "heading")
        head.setContentsMargins(0, GAP, 0, 0)
        self._grid.addWidget(head, self._grid.rowCount(), 0, 1, 2)


def gap_mark(field: Field, parent: QWidget, fill: Fill | None, told: str = "") -> QWidget:
    """Return the mark of a gap, which leads to the form that fills it; ``told`` stands beside it."""
    made = QWidget(parent)
    chip = GapChip(made)
    chip.setAccessibleName(f"{field.label}{GAP_WORD}")
    if fill is None:
        chip.setEnabled(False)
    else:
        chip.setToolTip(f"填写“{field.label}”")
        chip.clicked.connect(partial(fill, field))
    across(chip, Stretch(label(told, made, "soft", wrap=True)), within=made)
    return made


class GapChip(QAbstractButton):
    """A chip 待补 that can be clicked, or reached and pressed by keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The size of the chip, and a rim that tells that it is the current one."""
        return QSize(chip_width(GAP_WORD, self.font()) + 2, px(HEIGHT) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as the blank does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        paint_chip(painter, 1, self.height() / 2, GAP_WORD, self.font())
        if self.hasFocus():
            painter.setPen(QColor(ACCENT))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
