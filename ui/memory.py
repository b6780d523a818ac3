"""What the window remembers between days: sizes and widths, in window.ini beside the desk's database."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QSettings, QSize, QTimer
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

_FRAME = QSize(4, 40)
"""Pixels of a window's edges and title, which Qt tells only once it is shown."""


_SETTLED_MS = 1000
"""So long after the last pull at an edge sizes are written down."""


def begin_on_screen(window: QWidget, wanted: QSize) -> None:
    """Give a window that was never seen the size wanted, or what of its screen is free for it."""
    free = window.screen().availableGeometry()
    window.resize(wanted.boundedTo(free.size() - _FRAME).expandedTo(window.minimumSize()))
    room = free.size() - window.size() - _FRAME
    window.move(free.topLeft() + QPoint(max(0, room.width() // 2), max(0, room.height() // 2)))


class Memory(QObject):
    """Small values by name; a missing or damaged file gives the defaults."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat, self)

    def restore_window(self, window: QWidget, name: str = "window") -> bool:
        """Put a window where it stood; False when it never stood anywhere."""
        kept = self._settings.value(f"{name}/geometry")
        return isinstance(kept, QByteArray) and window.restoreGeometry(kept)

    def place_window(self, window: QWidget, wanted: QSize, name: str = "window") -> None:
        """Put a window where it stood; one that never stood anywhere begins with the size wanted."""
        if not self.restore_window(window, name):
            begin_on_screen(window, wanted)

    def keep_window(self, window: QWidget, name: str = "window") -> None:
        """Remember where a window stands."""
        self._settings.setValue(f"{name}/geometry", window.saveGeometry())

    def text(self, name: str) -> str:
        """Return a kept text, '' when there is none."""
        return str(self._settings.value(name) or "")

    def keep_text(self, name: str, value: str) -> None:
        """Remember a text."""
        self._settings.setValue(name, value)

    def widths(self, name: str) -> dict[str, int]:
        """Return kept column widths by field name."""
        try:
            kept = json.loads(self.text(f"widths/{name}") or "{}")
        except ValueError:
            return {}
        if not isinstance(kept, dict):
            return {}
        return {str(field): width for field, width in kept.items() if isinstance(width, int)}

    def keep_widths(self, name: str, widths: dict[str, int]) -> None:
        """Remember column widths."""
        self.keep_text(f"widths/{name}", json.dumps(widths))

    def flush(self) -> None:
        """Write what is remembered."""
        self._settings.sync()


class WindowSizes(QObject):
    """Writes down how large a window and what is in it are while that changes: it outlasts a kill."""

    def __init__(self, memory: Memory, window: QWidget, hand_over: Callable[[], None]) -> None:
        """``hand_over`` gives the memory what the window's pages keep: columns, handles."""
        super().__init__(window)
        self._memory, self._window, self._hand_over = memory, window, hand_over
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(_SETTLED_MS)
        self.pause.timeout.connect(self.write)
        window.installEventFilter(self)

    def watch(self, page: QWidget) -> None:
        """Write down too what is dragged on a page."""
        for splitter in page.findChildren(QSplitter):
            splitter.splitterMoved.connect(self._changed)
        for header in page.findChildren(QHeaderView):
            header.sectionResized.connect(self._changed)
            header.sectionMoved.connect(self._changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window was moved or pulled at."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange):
            self.pause.start()
        return super().eventFilter(watched, event)

    def write(self) -> None:
        """Write everything down now."""
        self.pause.stop()
        self._hand_over()
        self._memory.keep_window(self._window)
        self._memory.flush()

    def _changed(self) -> None:
        self.pause.start()
