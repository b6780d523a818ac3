"""What is still to be filled in (待补), under a progress form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.books.kit.gaps import GAPS
from hazard_desk.figures.progress.left_out import LeftOut
from ui.widgets.basics import button, clear, label, restyle
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
