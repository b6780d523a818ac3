"""Asks for the password of a copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.style import ROOM, sized
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay


def secret_line(name: str, parent: QWidget) -> QLineEdit:
    """Return a line that does not show what is typed; ``name`` is for screen readers."""
    made = QLineEdit(parent)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    return made


class PasswordDialog(Dialog):
    """``given`` tells what was typed. ``problem`` is what was wrong with it the time before, or ''."""

    given = Signal(str)

    def __init__(self, copy: Path, problem: str, parent: QWidget) -> None:
        super().__init__("输入密码", parent)
        self.password = secret_line("密码", self)
        told = label(f"“{copy.name}”设有密码，请输入备份时设的密码。", self, wrap=True)
        go = button("确定", self, self.go, role="primary")
        go.setDefault(True)
        foot = across(Stretch(), button("取消", self, self.reject), go)
        layout = down(told, self.password, within=self, edges=ROOM, gap=12)
        if problem:
            layout.addWidget(label(problem, self, "problem", wrap=True))
        lay(layout, label("密码丢失后任何人都打不开这份备份，请换用另一份。", self, "small", wrap=True), foot)
        sized(self, least_width=420)
        self.password.setFocus()

    def go(self) -> None:
        """Close and tell it."""
        if self.password.text():
            self.accept()
            self.given.emit(self.password.text())
