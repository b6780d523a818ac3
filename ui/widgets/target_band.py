"""The yearly targets of the plan as a band: a cell for each year; the year under way stands out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hazard_desk.figures.due import stage_state
from hazard_desk.figures.targets import TargetView
from ui.style import GAP
from ui.widgets.basics import clear, label
from ui.widgets.chip import Chip

UNDER_WAY = "进行中"


class TargetBand(QFrame):
    """What is to be reached in each year, and what the ledgers say of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 14, 16, 12)
        self._grid.setHorizontalSpacing(2 * GAP)

    def show_targets(self, targets: Sequence[TargetView], today: date) -> None:
        """Show those that belong to a year; without any, be gone."""
        clear(self._grid)
        years: dict[int, list[TargetView]] = {}
        for seen in targets:
            if seen.target.year:
                years.setdefault(seen.target.year, []).append(seen)
        for column, (year, some) in enumerate(sorted(years.items())):
            self._grid.addWidget(self._cell(year, some, today), 0, column)
            self._grid.setColumnStretch(column, 1)
        self.setVisible(bool(years))

    def _cell(self, year: int, targets: Sequence[TargetView], today: date) -> QWidget:
        cell = QWidget(self)
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        state = stage_state(date(year, 1, 1), date(year, 12, 31), today)
        head = QHBoxLayout()
        head.addWidget(label(f"{year}年目标", cell, "heading" if state == UNDER_WAY else ""))
        head.addWidget(Chip(state, cell))
        head.addStretch(1)
        layout.addLayout(head)
        for seen in targets:
            layout.addWidget(label(seen.target.text, cell, wrap=True))
            if seen.reached is not None and year <= today.year:
                layout.addWidget(label(seen.reached.text, cell, "small", wrap=True))
        layout.addStretch(1)
        return cell
