"""Choosing the record that was done for an occurrence, where none was found by itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from hazard_desk.books.duties.occurrences import DutyOccurrence
from ui.office import Office
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_RECORD = Qt.ItemDataRole.UserRole


class LinkDialog(Dialog):
    """Lists the records of the occurrence's period."""

    def __init__(self, office: Office, one: DutyOccurrence, parent: QWidget) -> None:
        super().__init__(f"{one.title}　指定记录", parent)
        self._office = office
        self._one = one
        self.list = QListWidget(self)
        self.list.setAccessibleName("可以对照的记录")
        self.list.setAccessibleName("可以指定的记录")
        self.note = QLineEdit(self)
        self.note.setAccessibleName("说明")
        self.note.setPlaceholderText("说明（可不填）")
        self.take = button("指定这条记录", self, self.save, role="primary")
        self.take.setDefault(True)
        ledgers = office.desk.ledgers
        for found in office.desk.duties.candidates(one.when.starts, max(one.when.ends, one.due)):
            ledger = found.record.partition("/")[0]
            kind = ledgers[ledger].title if ledger in ledgers else "报送"
            line = QListWidgetItem(f"{found.on.isoformat()}　{kind}　{found.title}", self.list)
            line.setData(_RECORD, found.record)
        self.list.itemDoubleClicked.connect(self.save)
        self.list.setCurrentRow(0)
        self.take.setEnabled(self.list.count() > 0)
        self._set_out()
        self.take_room(620, 440)

    def save(self) -> None:
        """Link the chosen record and close."""
        line = self.list.currentItem()
        if line is None:
            return
        duties, one = self._office.desk.duties, self._one
        act = partial(duties.link, one.duty.id, one.key, line.data(_RECORD), self.note.text().strip())
        if self._office.attempt(act, self):
            self.accept()

    def _set_out(self) -> None:
        when = self._one.when
        told = f"{when.starts.isoformat()} 至 {when.ends.isoformat()} 期间登记的记录"
        if not self.list.count():
            told += "：没有。请先在工作开展或检查执法中登记，或直接登记完成。"
        foot = across(Stretch(), button("取消", self, self.reject), self.take)
        down(
            label(told, self, "soft", wrap=True), Stretch(self.list), self.note, foot, within=self, edges=ROOM
        )
