"""A window comes to the front, wherever it was."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def come_to_front(window: QWidget) -> None:
    """Bring a window to the front, out of the bar or the tray."""
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()
