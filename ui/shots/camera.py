"""What takes the pictures: lets the window come to rest, grabs it, numbers the files."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QWidget

from hazard_desk.errors import Trouble
from ui.window import MainWindow

Kind = TypeVar("Kind", bound=QWidget)


class Camera:
    """Numbers the pictures."""

    def __init__(self, window: MainWindow, to: Path) -> None:
        self.window = window
        self.files: list[Path] = []
        self._to = to
        try:
            to.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Trouble(f"不能在“{to}”中存放截图：{error.strerror}") from error

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Save a picture of the window, or of one widget of it."""
        self.settle()
        file = self._to / f"{len(self.files) + 1:03}-{name}.png"
        if not (widget or self.window).grab().save(str(file), "PNG"):
            raise Trouble(f"不能写入“{file}”，请检查磁盘空间和权限")
        self.files.append(file)

    def shoot_dialog(self, name: str, kind: type[Kind], act: Callable[[], object]) -> None:
        """Do ``act``, save a picture of the dialog that it opens, close it again."""
        act()
        self.settle()
        for dialog in self.window.findChildren(kind):
            if dialog.isVisible():
                self.shoot(name, dialog)
                self.close(dialog)
                return
        raise RuntimeError(f"no dialog came for {name}")

    def close(self, dialog: QWidget) -> None:
        """Close a dialog without asking."""
        if isinstance(dialog, QDialog):
            dialog.done(QDialog.DialogCode.Rejected)
        else:
            dialog.close()
        self.settle()

    def settle(self) -> None:
        """Let everything come to rest: jobs, layouts, paints."""
        for _ in range(3):
            self.window.office.jobs.wait()
            deliver()
        until = time.monotonic() + 3
        while self.window.isVisible() and not self.window.windowHandle().isExposed():
            if time.monotonic() > until:
                return
            deliver()


def deliver() -> None:
    """Let Qt do what waits: events, and what is to be deleted."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
