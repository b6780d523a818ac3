"""An event line: one entry after the other along a vertical rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.style import ACCENT, LINE_STRONG, SURFACE, sized
from ui.widgets.basics import button, clear, label
from ui.widgets.layouts import Stretch, across, down

_RAIL = 22


@dataclass(frozen=True)
class TimelineEntry:
    """What one event shows. ``lines`` are (label, value); ``dim`` marks one that no longer counts."""

    day: str
    title: str
    lines: Sequence[tuple[str, str]] = field(default_factory=tuple)
    note: str = ""
    by: str = ""
    dim: bool = False
    mend: Callable[[], object] | None = None
    """Called by 更正; None where nothing can be set right."""


class Timeline(QWidget):
    """The entries from top to bottom."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = down(within=self, gap=0)
        self._last: _EntryWidget | None = None

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these and nothing else."""
        clear(self._layout)
        self._last = None
        for entry in entries:
            self.add_entry(entry)

    def add_entry(self, entry: TimelineEntry) -> None:
        """Show one more, the last."""
        if self._last is not None:
            self._last.go_on()
        self._last = _EntryWidget(entry, self)
        self._layout.addWidget(self._last)


class _EntryWidget(QWidget):
    def __init__(self, entry: TimelineEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self._dim = entry.dim
        self._last = True
        layout = down(within=self, edges=(_RAIL, 0, 0, 14), gap=3)
        head = across(Stretch(label(entry.title, self, "soft" if entry.dim else "heading", wrap=True)))
        if entry.mend is not None:
            mend = button("更正", self, entry.mend, role="quiet")
            sized(mend, height=24)
            mend.setProperty("low", True)
            head.addWidget(mend)
        head.addWidget(label(entry.day, self, "soft"))
        layout.addLayout(head)
        if entry.note:
            layout.addWidget(label(entry.note, self, "soft" if entry.dim else "", wrap=True))
        for name, value in entry.lines:
            layout.addWidget(label(f"{name}：{value}", self, "soft", wrap=True))
        if entry.by:
            layout.addWidget(label(entry.by, self, "small", wrap=True))

    def go_on(self) -> None:
        """Another entry follows: the rule leads on to it."""
        self._last = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, dot = 7.0, 12.0
        if not self._last:
            painter.setPen(QPen(QColor(LINE_STRONG), 1.5))
            painter.drawLine(QPointF(middle, dot), QPointF(middle, self.height() + 6))
        ink = QColor(LINE_STRONG if self._dim else ACCENT)
        painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine))
        painter.setBrush(QColor(SURFACE) if self._dim else ink)
        painter.drawEllipse(QPointF(middle, dot), 4, 4)
        painter.end()
