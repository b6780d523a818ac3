"""What the window remembers between days: sizes and widths, in window.ini beside the desk's database."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings
from PySide6.QtWidgets import QWidget


class Memory(QObject):
    """Small values by name; a missing or damaged file gives the defaults."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat, self)

    def restore_window(self, window: QWidget) -> bool:
        """Put a window where it stood; False when it never stood anywhere."""
        kept = self._settings.value("window/geometry")
        return isinstance(kept, QByteArray) and window.restoreGeometry(kept)

    def keep_window(self, window: QWidget) -> None:
        """Remember where a window stands."""
        self._settings.setValue("window/geometry", window.saveGeometry())

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
