"""Making copies because the clerk asks for them: everywhere at once, or one file to take along."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QWidget

from hazard_desk.desk import Desk
from hazard_desk.store.copies.list import Copy
from hazard_desk.store.copies.places import on_stick
from ui.copies.password import PasswordDialog, secret_line
from ui.office import NoticeLook, Office
from ui.production import LongWork, Production
from ui.style import GAP, ROOM, sized
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay

_WARNING = "设了密码的，密码丢失后任何人都打不开这份备份，程序也没有别的办法。请把密码记下来，与备份分开放。"
PATTERN = "隐患工作台的备份 (*.zip)"


def _make(desk: Desk) -> bool:
    """Make a copy in every place that is there; whether one of them is on a stick. Raises ``Trouble``."""
    desk.copies.make()
    return any(on_stick(place) and place.is_dir() for place in desk.copies.places)


class BackUp(LongWork[bool]):
    """Makes a copy in every place that is there; a stick may be pulled out then."""

    keeping = True

    def __init__(self, office: Office, over: QWidget) -> None:
        text = "正在备份，写好后逐项校验"
        super().__init__(office, text, partial(_make, office.desk), over)

    def show_made(self, made: bool) -> None:
        """Say that everything is safe now."""
        self._office.tell_of_copies()
        self._office.notice("已全部备份并校验" + ("，可以拔出U盘" if made else ""), NoticeLook.DONE)


class BackUpToFile(Production):
    """Makes the one file that holds everything."""

    keeping = True

    def __init__(self, office: Office, to: Path, password: str, over: QWidget) -> None:
        text = "正在备份到一个文件，写好后逐项校验"
        super().__init__(office, text, partial(office.desk.copies.portable, to, password), over)
        self.made.connect(office.tell_of_copies)


class Rewriting(LongWork[Copy]):
    """Writes a copy anew, without informants in clear and without erased ones."""

    keeping = True

    def __init__(self, office: Office, copy: Copy, password: str, over: QWidget) -> None:
        make = partial(office.desk.rewrite_copy, copy, password)
        super().__init__(office, "正在改写备份，写好后逐项校验", make, over)

    def show_made(self, made: Copy) -> None:
        """Say that it is done."""
        self._office.tell_of_copies()
        self._office.notice("备份已改写并校验", NoticeLook.DONE)


def write_anew(office: Office, copy: Copy, over: QWidget, password: str = "") -> None:
    """Write a copy anew; ask for its password first where it has one."""
    if copy.locked and not password:
        asking = PasswordDialog(copy.file, "", over)
        asking.given.connect(partial(write_anew, office, copy, over))
        asking.open()
    else:
        Rewriting(office, copy, password, over).start()


def back_up(office: Office, over: QWidget) -> None:
    """Make a copy in every place that is there."""
    BackUp(office, over).start()


class PortableDialog(Dialog):
    """Asks where the one file goes, and for a password if the clerk wants one."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__("备份到一个文件", parent)
        self._office = office
        self.file = QLineEdit(self)
        self.file.setAccessibleName("备份文件")
        self.password = secret_line("密码", self)
        self.again = secret_line("再输一遍", self)
        self.problem = label("", self, "problem", wrap=True)
        self.problem.hide()
        self.password.textChanged.connect(self._heed)
        self._set_out()
        self.file.setFocus()

    def choose(self) -> None:
        """Ask where the file goes: a memory stick, another drive, another computer's folder."""
        name = f"{self._office.desk.office_name}备份-{self._office.today.isoformat()}.zip"
        start = self.file.text().strip() or str(Path.home() / name)
        chosen, _ = QFileDialog.getSaveFileName(self, "备份到一个文件", start, PATTERN)
        if chosen:
            self.file.setText(str(Path(chosen).with_suffix(".zip")))

    def go(self) -> None:
        """Close and make it; stay open with the complaint where something is missing."""
        if not self.file.text().strip():
            self._complain("请选择备份存放的位置")
        elif self.password.text() != self.again.text():
            self._complain("两次输入的密码不一样，请重新输入")
        else:
            self.accept()
            to, password = Path(self.file.text().strip()), self.password.text()
            BackUpToFile(self._office, to, password, self.over).start()

    def _complain(self, sentence: str) -> None:
        say(self.problem, sentence)
        self.adjustSize()

    def _heed(self, typed: str) -> None:
        self.again.setEnabled(bool(typed))
        if not typed:
            self.again.clear()

    def _set_out(self) -> None:
        told = "台账和全部附件在一个文件里，写好后逐项校验。换电脑、交接、存档时用它。"
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP)
        grid.addWidget(label("备份文件", self), 0, 0)
        grid.addLayout(across(Stretch(self.file), button("选择…", self, self.choose, "folder")), 0, 1)
        for row, (name, box) in enumerate((("密码（可不设）", self.password), ("再输一遍", self.again)), 1):
            grid.addWidget(label(name, self), row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(box, row, 1)
        self.again.setEnabled(False)
        make = button("备份", self, self.go, "backup", "primary")
        make.setDefault(True)
        foot = across(Stretch(), button("取消", self, self.reject), make)
        layout = down(label(told, self, "soft", wrap=True), within=self, edges=ROOM, gap=12)
        for piece in (grid, label(_WARNING, self, "warning", wrap=True), self.problem, foot):
            lay(layout, piece)
        sized(self, least_width=540)
