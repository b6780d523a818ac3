"""Where the tasks stand together, by action, key task, leader or unit, on a day; each light says why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from hazard_desk.books.plans.tasks import Tasks
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.tasks import TaskStatus
from ui.forms.editors import DateEditor
from ui.office import Office
from ui.style import ROOM, letters
from ui.tables.chip_delegate import ChipDelegate, chips_width
from ui.tables.ledger_model import CHIP_ROLE, ID_ROLE
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_BY = {"lead": "牵头领导", "unit": "责任科室", "action": "主要行动", "key_task": "重点任务"}
_DAY = Field("as_of", "截至日期", Kind.DATE)


class TaskSummaryDialog(Dialog):
    """A line for each leader, unit, action or key task, its tasks below; a task opens by a double click."""

    open_record = Signal(str)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__("任务完成情况汇总", parent)
        self._office = office
        self.by = QComboBox(self)
        self.by.setAccessibleName("汇总方式")
        for by, words in _BY.items():
            self.by.addItem(f"按{words}", by)
        self.day = DateEditor(_DAY, office.today, self)
        self.day.stay_short()
        self.day.put(office.today)
        self.tree = QTreeWidget(self)
        self._set_out()
        self.by.currentIndexChanged.connect(self.refresh)
        self.day.edited.connect(self.refresh)
        self.day.line.editingFinished.connect(self.refresh)
        self.tree.itemDoubleClicked.connect(self._open)
        self.refresh()
        self.take_room(900, 560)

    def refresh(self) -> None:
        """Count anew, by what is chosen, on the day that is named."""
        try:
            day = self.day.read()
        except Refused:
            return
        self.tree.clear()
        by = str(self.by.currentData())
        self.tree.setHeaderLabels([_BY[by], "状态", "说明"])
        for group in self._office.desk.tasks.rollup(by, day):
            line = self._line(self.tree, group.name, str(group.status), group.reason)
            for task in group.tasks:
                name = f"任务{task.number}　{task.text}"
                below = self._line(line, name, task.status, task.reason)
                below.setData(0, ID_ROLE, task.id)

    def _line(
        self, above: QTreeWidget | QTreeWidgetItem, name: str, status: str, reason: str
    ) -> QTreeWidgetItem:
        line = QTreeWidgetItem([name, status, reason])
        add = above.addTopLevelItem if isinstance(above, QTreeWidget) else above.addChild
        add(line)
        line.setData(1, CHIP_ROLE, [status])
        for column in (0, 2):
            line.setToolTip(column, line.text(column))
        return line

    def _open(self, line: QTreeWidgetItem) -> None:
        if (number := line.data(0, ID_ROLE)) is not None:
            self.accept()
            self.open_record.emit(f"{Tasks.id}/{number}")

    def _set_out(self) -> None:
        self.tree.setColumnCount(3)
        self.tree.setItemDelegate(ChipDelegate(self.tree))
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setAccessibleName("汇总")
        header = self.tree.header()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.tree.setColumnWidth(0, letters(17))
        self.tree.setColumnWidth(1, chips_width([max(TaskStatus, key=len)], self.font()))
        head = across(self.by, label(_DAY.label, self, "soft"), self.day, Stretch())
        down(
            head,
            Stretch(self.tree),
            across(Stretch(), button("关闭", self, self.accept)),
            within=self,
            edges=ROOM,
        )
