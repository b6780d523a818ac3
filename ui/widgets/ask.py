"""A question before something that cannot be taken back at a glance."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask(parent: QWidget, title: str, text: str, yes: str, no: str, act: Callable[[], object]) -> QMessageBox:
    """Ask without blocking; ``act`` follows on ``yes``. Enter and Esc mean ``no``. Returns the dialog."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    keep = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole).clicked.connect(act)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.open()
    return box
