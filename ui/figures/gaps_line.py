"""The line of the first page that counts what is still to be filled in (待补), ledger by ledger."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from hazard_desk.figures.gaps import GapCount, gaps_in_all
from ui.icons import icon
from ui.style import ROOM
from ui.tones import AMBER
from ui.widgets.basics import button, clear, label, restyle
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, across


class GapsLine(QFrame):
    """Hidden while nothing is missing. ``chosen`` tells the ledger whose records with gaps are to be seen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setProperty("tone", "amber")
        mark = QLabel(self)
        mark.setPixmap(icon("edit", AMBER.ink).pixmap(QSize(20, 20)))
        self.told = label("", self)
        restyle(self.told, "tone", "amber")
        self._links = QWidget(self)
        self._flow = FlowLayout(self._links, 2)
        across(mark, self.told, Stretch(self._links), within=self, edges=(ROOM, 4, 12, 4))
        self.hide()

    def show_counts(self, counts: Sequence[GapCount]) -> None:
        """Show these ledgers, each a way to its records."""
        clear(self._flow)
        self.setVisible(bool(counts))
        self.told.setText(f"{gaps_in_all(counts)}：")
        for one in counts:
            made = button(one.text, self._links, partial(self.chosen.emit, one.ledger), role="quiet")
            made.setToolTip(f"查看{one.title}中待补的记录")
            self._flow.addWidget(made)
            made.show()
