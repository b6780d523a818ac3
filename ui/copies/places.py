"""The second place of copies: which it is, whether it is there, and choosing another one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from hazard_desk.store.copies.places import on_stick, same_disk
from ui.widgets.basics import Elided, button, label, say
from ui.widgets.layouts import Stretch, across, down

WHY = (
    "备份总是先放一份在台账文件夹里。电脑坏了、丢了，那一份也就没有了，所以请再选一个位置："
    "U盘、另一块硬盘，或单位的共享文件夹。选一次就行，以后它在的时候自动多备份一份，不在也不耽误办公。"
)
NONE = "还没有选择"


class SecondPlace(QWidget):
    """Shows the second place; ``chosen`` tells the folder that the clerk takes, or None for none."""

    chosen = Signal(object)

    def __init__(self, home: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.place: Path | None = None
        self.home = home
        self.shown = Elided(NONE, self)
        self.remark = label("", self, "small", wrap=True)
        self.remark.hide()
        self.choose_button = button("选择第二备份位置…", self, self.choose, "folder")
        self.drop_button = button("不用了", self, self.drop, role="quiet")
        line = across(Stretch(self.shown), self.drop_button, self.choose_button)
        down(line, self.remark, within=self, gap=4)
        self.show_place(None)

    def show_place(self, place: Path | None, remark: str = "") -> None:
        """Show a place, and what is to be known of it."""
        self.place = place
        self.shown.setText(str(place) if place else NONE)
        self.choose_button.setText("更改…" if place else "选择第二备份位置…")
        self.drop_button.setVisible(place is not None)
        say(self.remark, remark)

    def choose(self) -> None:
        """Ask for the folder."""
        start = str(self.place or Path.home())
        if folder := QFileDialog.getExistingDirectory(self, "选择第二备份位置", start):
            self.take(Path(folder))

    def take(self, place: Path) -> None:
        """Take this folder."""
        self.show_place(place, remark_on(place, self.home))
        self.chosen.emit(place)

    def drop(self) -> None:
        """Do without a second place."""
        self.show_place(None)
        self.chosen.emit(None)


def remark_on(place: Path | None, home: Path) -> str:
    """Return what the clerk should know of a second place; '' for nothing. A share may take a while."""
    if place is None:
        return ""
    if not place.is_dir():
        return "现在找不到这个位置（U盘没有插，或共享文件夹连不上），等它在的时候再备份过去。"
    if same_disk(place, home):
        return "它和台账在同一块硬盘上，硬盘坏了两份都会丢，最好换成U盘或另一台电脑上的文件夹。"
    return "U盘插着时自动备份，备份完可以拔出。" if on_stick(place) else ""
