"""What fell due before the desk was begun: to open, or to record many at once by the office's word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from hazard_desk.figures.dated import DueItem
from ui.forms.form_dialog import FormDialog
from ui.office import Office
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.due_list import DueList
from ui.widgets.layouts import Stretch, across, down

TITLE = "起账前到期、没有登记的事项"


class BeforeDialog(Dialog):
    """Lists them; they are no longer asked for. Recording some closes the dialog."""

    open_record = Signal(str)

    def __init__(self, items: Sequence[DueItem], office: Office, parent: QWidget) -> None:
        super().__init__(TITLE, parent)
        self._office = office
        self._items = list(items)
        self.list = DueList(self, in_dialog=True)
        self.list.setAccessibleName(TITLE)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.show_items(items)
        self.list.setCurrentRow(0)
        self.list.open_record.connect(self._open)
        self.record_button = button("补记为已完成…", self, self.record, "check")
        self.record_button.setToolTip("选中的任务和常态化工作（可选多项），写明完成日期和情况")
        told = (
            f"共{len(items)}项，在起账日以前到期，不算逾期、缺项，不必补。"
            "已经办过、需要留底的，选中后补记；有原始记录的，打开后登记原来的日期。"
        )
        opener = button("打开", self, self.list.open_current, role="primary")
        opener.setDefault(True)
        foot = across(self.record_button, Stretch(), button("关闭", self, self.reject), opener)
        down(label(told, self, "soft", wrap=True), Stretch(self.list), foot, within=self, edges=ROOM)
        self.take_room(760, 480)
        self.list.setFocus()

    def chosen(self) -> list[DueItem]:
        """Return the items of the selected lines."""
        return [self._items[index.row()] for index in self.list.selectionModel().selectedRows()]

    def record(self) -> None:
        """Ask for the day and the office's word, and record what is chosen."""
        backlog = self._office.desk.books.backlog
        dues = [(item.ledger, item.number, item.key) for item in self.chosen()]
        save = partial(backlog.record, dues)
        values = {field.name: self._office.today for field in backlog.fields[:1]}
        form = FormDialog(self._office, f"补记{len(dues)}项", backlog.fields, save, self, values)
        form.accepted.connect(self.accept)
        form.open()

    def _open(self, record: str) -> None:
        self.accept()
        self.open_record.emit(record)
