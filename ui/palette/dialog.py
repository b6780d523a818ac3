"""Ctrl+K: a box and what a few words find: pages, acts, papers, records and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.icons import icon
from ui.jobs import Job
from ui.office import Office
from ui.palette.doing import Doing
from ui.palette.finding import found, recent
from ui.palette.lines import PaletteLine, lines_at_hand, papers_to_print
from ui.style import ROOM
from ui.widgets.basics import label, pause
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, down

_PAUSE_MS = 60
_TO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_SAID = "页面、操作、文书、记录都可以查找，空格分开的几个词须同时出现：复查 红星、打印 通报、新增 检查。"


class PaletteDialog(Dialog):
    """What is chosen is done once the dialog is closed."""

    help_key = "safe"

    def __init__(self, office: Office, doing: Doing, lately: Iterable[str], parent: QWidget) -> None:
        """``lately`` are the records (ledger/id) that were opened or written last."""
        super().__init__("查找和操作", parent)
        self._office, self._doing, self._lately = office, doing, tuple(lately)
        self._at_hand = lines_at_hand(doing, office.desk)
        self._papers: list[PaletteLine] | None = None
        self._job: Job | None = None
        self._shown: list[PaletteLine] = []
        self._typed, self._hurried = "", False
        self.box = QLineEdit(self)
        self.box.setPlaceholderText("单位、部位、编号、姓名，页面和操作的名称，也可输入拼音首字母，如 sxxx")
        self.box.setAccessibleName("查找和操作")
        self.box.addAction(QIcon(icon("search")), QLineEdit.ActionPosition.LeadingPosition)
        self.box.setClearButtonEnabled(True)
        self.box.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("找到的内容")
        self.told = label(_SAID, self, "soft", wrap=True)
        down(self.box, Stretch(self.list), self.told, within=self, edges=ROOM)
        self._pause = pause(_PAUSE_MS, self.search, self)
        self.box.textChanged.connect(self._pause.start)
        self.box.returnPressed.connect(self._take)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.take_room(720, 480)
        self.search()

    def search(self) -> None:
        """Ask for what stands in the box; an older question still open is dropped."""
        if self._job is not None:
            self._job.cancel()
        self._pause.stop()
        typed = self.box.text()
        self._job = self._office.read(partial(self._find, typed), partial(self._show, typed), self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move in the list while the cursor stays in the box."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _TO_LIST:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> list[PaletteLine]:
        desk = self._office.desk
        if not typed.strip():
            return recent(desk, self._doing, self._lately)
        if self._papers is None:
            self._papers = papers_to_print(self._doing, desk)
        return found(desk, self._doing, [*self._at_hand, *self._papers], typed)

    def _show(self, typed: str, lines: Sequence[PaletteLine]) -> None:
        self._typed, self._shown = typed, list(lines)
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(f"{line.kind}　{line.text}　{line.says}".rstrip("　"), self.list)
            item.setSizeHint(QSize(0, 32))
            item.setToolTip(line.says)
        self.list.setCurrentRow(0)
        told = f"找到{len(lines)}条" if lines else "没有找到"
        self.told.setText(told if typed.strip() else _SAID)
        if self._hurried:
            self._hurried = False
            self._take()

    def _take(self) -> None:
        """Do what the current line says; where more was typed since, once that is found."""
        if self._typed != self.box.text():
            self._hurried = True
            self.search()
            return
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            line = self._shown[row]
            self.accept()
            line.act()
