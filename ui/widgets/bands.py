"""The stages and the yearly targets of the plan as bands; what is under way stands out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from hazard_desk.figures.board import StageView
from hazard_desk.figures.due import stage_state
from hazard_desk.figures.targets import TargetView
from ui.style import ACCENT, GAP, LINE
from ui.widgets.basics import Elided, clear, label
from ui.widgets.chip import Chip
from ui.widgets.layouts import Stretch, across, down, lay

UNDER_WAY = "进行中"


class _Bar(QWidget):
    """The thick line over a stage: full when over, half when under way, empty when to come."""

    def __init__(self, done: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._done = done
        self.setFixedHeight(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(LINE))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        if self._done:
            painter.setBrush(QColor(ACCENT))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * self._done, self.height()), 3, 3)
        painter.end()


class Band(QFrame):
    """Cells side by side, each as wide as the others, or below each other."""

    def __init__(
        self, parent: QWidget, direction: QBoxLayout.Direction = QBoxLayout.Direction.LeftToRight
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._cells = across(within=self, edges=(16, 14, 16, 12), gap=2 * GAP)
        self._cells.setDirection(direction)

    def show_cells(self, cells: Sequence[QWidget]) -> None:
        """Show these; without any, be gone."""
        clear(self._cells)
        lay(self._cells, *map(Stretch, cells))
        self.setVisible(bool(cells))


class StageBand(Band):
    """One cell for each stage: bar, name, state, time limit."""

    def show_stages(self, stages: Sequence[StageView], done: Sequence[float]) -> None:
        """Show the stages; ``done`` is how much of each one's time is over, 0 to 1. Without any, be gone."""
        self.show_cells([self._cell(stage, part) for stage, part in zip(stages, done, strict=True)])

    def _cell(self, stage: StageView, part: float) -> QWidget:
        cell = QWidget(self)
        role = "heading" if stage.state == UNDER_WAY else ""
        head = across(label(stage.name, cell, role), Chip(stage.state, cell), Stretch())
        down(_Bar(part, cell), head, Elided(stage.deadline_text, cell, "small"), within=cell, gap=6)
        cell.setToolTip(f"{stage.starts_on.isoformat()} 至 {stage.due.isoformat()}")
        return cell


class TargetBand(Band):
    """What is to be reached in each year, and what the ledgers say of it."""

    def show_targets(self, targets: Sequence[TargetView], today: date) -> None:
        """Show those that belong to a year; without any, be gone."""
        years: dict[int, list[TargetView]] = {}
        for seen in targets:
            if seen.target.year:
                years.setdefault(seen.target.year, []).append(seen)
        self.show_cells([self._cell(year, some, today) for year, some in sorted(years.items())])

    def _cell(self, year: int, targets: Sequence[TargetView], today: date) -> QWidget:
        cell = QWidget(self)
        layout = down(within=cell, gap=4)
        state = stage_state(date(year, 1, 1), date(year, 12, 31), today)
        head = across(
            label(f"{year}年目标", cell, "heading" if state == UNDER_WAY else ""),
            Chip(state, cell),
            Stretch(),
        )
        layout.addLayout(head)
        for seen in targets:
            layout.addWidget(label(seen.target.text, cell, wrap=True))
            if seen.reached is not None and year <= today.year:
                layout.addWidget(label(seen.reached.text, cell, "small", wrap=True))
        layout.addStretch(1)
        return cell
