"""Ctrl+K: find any record of any ledger, by any word of it or by pinyin initials."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from hazard_desk.store.search import Hit
from ui.icons import icon
from ui.jobs import Job
from ui.office import Office
from ui.style import ROOM
from ui.widgets.basics import label, pause
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, down

_PAUSE_MS = 60
_RECORD = Qt.ItemDataRole.UserRole
_TO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class SearchDialog(Dialog):
    """A box and what it finds while the clerk types. ``chosen`` tells ledger/id of the record to open."""

    chosen = Signal(str)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__("查找全部台账", parent)
        self._office = office
        self._titles = {ledger.id: ledger.title for ledger in office.desk.ledgers.values()}
        self._job: Job | None = None
        self.box = QLineEdit(self)
        self.box.setPlaceholderText("单位、部位、描述、编号、姓名，也可输入拼音首字母，如 sxxx")
        self.box.addAction(QIcon(icon("search")), QLineEdit.ActionPosition.LeadingPosition)
        self.box.setClearButtonEnabled(True)
        self.box.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setUniformItemSizes(True)
        self.told = label("输入要找的内容；空格分开的几个词须同时出现。", self, "soft")
        down(self.box, Stretch(self.list), self.told, within=self, edges=ROOM)
        self._pause = pause(_PAUSE_MS, self.search, self)
        self.box.textChanged.connect(self._pause.start)
        self.box.returnPressed.connect(self._take)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.take_room(680, 460)

    def search(self) -> None:
        """Ask for what stands in the box; an older question still open is dropped."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._office.read(partial(self._office.desk.find, self.box.text()), self._show, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move in the list while the cursor stays in the box."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _TO_LIST:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _show(self, hits: Sequence[Hit]) -> None:
        self.list.clear()
        for hit in hits:
            kind = self._titles.get(hit.ledger, "")
            item = QListWidgetItem(f"{kind}　{hit.title}　{hit.excerpt}".rstrip("　"), self.list)
            item.setData(_RECORD, f"{hit.ledger}/{hit.record}")
            item.setSizeHint(QSize(0, 32))
            item.setToolTip(hit.excerpt)
        self.list.setCurrentRow(0)
        typed = bool(self.box.text().strip())
        self.told.setText(f"找到{len(hits)}条" if hits else "没有找到" if typed else "输入要找的内容。")

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(str(item.data(_RECORD)))
            self.accept()
