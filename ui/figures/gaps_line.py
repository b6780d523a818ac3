"""What is still to be filled in (待补): ledger by ledger on the first page, and under a progress form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from hazard_desk.books.kit.gaps import GAPS
from hazard_desk.figures.gaps import GapCount, gaps_in_all
from hazard_desk.figures.progress.left_out import LeftOut
from ui.icons import icon
from ui.style import ROOM
from ui.tones import AMBER
from ui.widgets.basics import button, clear, label, restyle
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, across, down


def records_of(one: LeftOut) -> tuple[str, dict[str, str | list[str]]]:
    """Return the ledger and the ``where`` that find the records which were left out."""
    return one.ledger, {one.lacks[0]: list(one.called)} if one.called else {GAPS: one.asked}


class LeftOutLines(QWidget):
    """Under a progress form: what it does not count, a line for each; hidden while there is nothing.

    ``open_ledger`` asks for the records: the ledger and a ``where``.
    """

    open_ledger = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = down(within=self, gap=0)
        self.hide()

    def show_lines(self, told: Sequence[LeftOut]) -> None:
        """Show these and nothing else."""
        clear(self._layout)
        self.setVisible(bool(told))
        for one in told:
            mark = label("不在册" if one.called else "待补", self)
            restyle(mark, "tone", "amber")
            look = button(one.sentence, self, partial(self._open, one), role="quiet")
            look.setToolTip("查看这些记录")
            self._layout.addLayout(across(mark, look, Stretch()))

    def _open(self, one: LeftOut) -> None:
        self.open_ledger.emit(*records_of(one))


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
