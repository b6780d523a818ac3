"""Where the way to a desk begins: the desks that are known here, and the ways to a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QPushButton, QWidget

from hazard_desk.store.known_desks import KnownDesk
from ui.keys import DESKS
from ui.style import BODY, INK_FAINT, px, sized
from ui.widgets.basics import button, card, label
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, across, down, lay

Way = tuple[str, str, Callable[[], object]]
"""Its name, what is said of it, what it does."""


class StartPage(QWidget):
    """The known desks where there are any, and the ``ways`` to a new one; ``opened`` tells a folder."""

    opened = Signal(object)

    def __init__(self, known: Sequence[KnownDesk], ways: Sequence[Way], parent: QWidget) -> None:
        super().__init__(parent)
        self.title = label("", self, "title")
        self.told = label("", self, "soft", wrap=True)
        self.desks = DeskList(known, self)
        self.desks.itemActivated.connect(self.open_chosen)
        self._layout = down(self.title, self.told, within=self, gap=12)
        if known:
            self._show_known(ways)
            self.setFocusProxy(self.desks)
        else:
            self.setFocusProxy(self._show_ways(ways))

    def open_chosen(self) -> None:
        """Open the desk that is chosen in the list."""
        if (chosen := self.desks.chosen()) is not None:
            self.opened.emit(chosen.folder)

    def choose_folder(self) -> None:
        """Ask for the folder of a desk that is not in the list."""
        chosen = QFileDialog.getExistingDirectory(self, "选择台账所在的文件夹")
        if chosen:
            self.opened.emit(Path(chosen))

    def _show_known(self, ways: Sequence[Way]) -> None:
        self._layout.addWidget(self.desks, 1)
        others = QWidget(self)
        flow = FlowLayout(others)
        for name, about, act in ways:
            made = button(name, self, act)
            made.setToolTip(about)
            flow.addWidget(made)
        flow.addWidget(button(f"{DESKS.name}…", self, self.choose_folder, "folder"))
        opener = button("打开", self, self.open_chosen, role="primary")
        line = across(Stretch(others), opener)
        line.setAlignment(opener, Qt.AlignmentFlag.AlignBottom)
        self._layout.addLayout(line)

    def _show_ways(self, ways: Sequence[Way]) -> QPushButton:
        """Show a card for each way; return the button of the first."""
        self.desks.hide()
        buttons = []
        for place, (name, about, act) in enumerate(ways):
            frame, made = _way(self, name, about, act, "" if place else "primary")
            self._layout.addWidget(frame)
            buttons.append(made)
        line = across(
            label("已经有台账，放在别的文件夹里？", self, "soft"),
            button(f"{DESKS.name}…", self, self.choose_folder, "folder", "quiet"),
            Stretch(),
        )
        lay(self._layout, line, Stretch())
        return buttons[0]


class DeskList(QListWidget):
    """Desks, each with its folder; one that is not there now is grey."""

    def __init__(self, known: Sequence[KnownDesk], parent: QWidget) -> None:
        super().__init__(parent)
        self.known = known
        self.setAccessibleName("已有的台账")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for desk in known:
            there = desk.there
            name = (desk.office or "台账") + ("（示例）" if desk.sample else "")
            item = QListWidgetItem(f"{name}{'' if there else '（现在找不到）'}\n{desk.folder}", self)
            item.setToolTip(str(desk.folder))
            item.setSizeHint(QSize(0, px(BODY * 2 + 26)))
            if not there:
                item.setForeground(QColor(INK_FAINT))
        self.setCurrentRow(0)

    def chosen(self) -> KnownDesk | None:
        """Return the chosen desk, or None where there is none to choose."""
        row = self.currentRow()
        return self.known[row] if row >= 0 else None


def _way(
    page: QWidget, name: str, about: str, act: Callable[[], object], role: str
) -> tuple[QWidget, QPushButton]:
    """One way to begin: what it is, and its button."""
    frame, inside = card(page)
    words = down(label(name, frame, "heading"), label(about, frame, "soft", wrap=True))
    made = button(name, frame, act, role=role)
    sized(made, least_width=110)
    inside.addLayout(across(Stretch(words), made))
    return frame, made
