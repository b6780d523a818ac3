"""The print dialog: choose a paper and its format; it is made in the background."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hazard_desk.ledgers.issuing import kind_of_report
from hazard_desk.ledgers.query import Query
from ui.office import Office
from ui.pages.record_papers import FORMATS, issue_paper
from ui.production import LongProduction, Production, free_name
from ui.style import ROOM
from ui.widgets.basics import button, label


class PrintDialog(QDialog):
    """Lists the papers of the desk, makes the chosen one into the desk's folder ``out``."""

    def __init__(self, office: Office, parent: QWidget, suits: str = "", query: Query | None = None) -> None:
        """``suits`` is the paper to begin with; ``query`` is what the page shows of its rows."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("打印")
        self._over = parent
        self._office = office
        self._suits = suits
        self._query = query
        self._reports = [report for report in office.desk.reports() if not report.about]
        self.list = QListWidget(self)
        for report in self._reports:
            QListWidgetItem(report.title, self.list)
        self.format = QComboBox(self)
        self.narrowed = QCheckBox("只要当前筛选出的记录", self)
        self.make_button = button("生成", self, self.make, "print", "primary")
        self.make_button.setDefault(True)
        self.binder_button = button("迎检档案", self, self.make_binder, "folder")
        self.binder_button.setToolTip("每项任务一个文件夹，收齐记录、活动、照片和文书，缺项列在最前")
        self.issue_button = button("编文号发文…", self, self.issue)
        self._set_out()
        self.list.currentRowChanged.connect(self._choose)
        self.list.itemDoubleClicked.connect(self.make)
        ids = [report.id for report in self._reports]
        self.list.setCurrentRow(ids.index(suits) if suits in ids else 0)
        self.resize(520, min(420, parent.window().height() - 40))

    def make(self) -> None:
        """Make the chosen paper and close."""
        report = self._reports[self.list.currentRow()]
        kind = str(self.format.currentData())
        to = free_name(self._office.desk.out / f"{report.title}-{self._office.today.isoformat()}.{kind}")
        query = self._query if self.narrowed.isVisible() and self.narrowed.isChecked() else None
        work = partial(self._office.desk.print, report.id, to, query)
        self.accept()
        Production(self._office, f"正在生成“{report.title}”", work, self._over).start()

    def issue(self) -> None:
        """Close, and open the form that draws the number of the chosen paper."""
        report = self._reports[self.list.currentRow()]
        self.accept()
        issue_paper(self._office, report, {}, self._over)

    def make_binder(self) -> None:
        """Close, and make the binder of all tasks into a folder of its own."""
        desk = self._office.desk
        to = free_name(desk.out / f"迎检档案-{self._office.today.isoformat()}")
        self.accept()
        LongProduction(self._office, "正在生成迎检档案", partial(desk.binder, to), self._over).start()

    def _choose(self, row: int) -> None:
        report = self._reports[row]
        self.format.clear()
        for kind in report.formats:
            self.format.addItem(FORMATS.get(kind, kind), kind)
        self.issue_button.setVisible(kind_of_report(report.id) is not None)
        some = self._query is not None and bool(self._query.where or self._query.text)
        self.narrowed.setVisible(some and report.id == self._suits)
        self.narrowed.setChecked(some)

    def _set_out(self) -> None:
        form = QHBoxLayout()
        form.setSpacing(ROOM)
        form.addWidget(label("格式", self))
        form.addWidget(self.format, 1)
        form.addWidget(self.narrowed)
        foot = QHBoxLayout()
        foot.addWidget(label(f"文件存放在 {self._office.desk.out}", self, "small", wrap=True), 1)
        foot.addWidget(self.binder_button)
        foot.addWidget(button("取消", self, self.reject))
        foot.addWidget(self.issue_button)
        foot.addWidget(self.make_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        layout.setSpacing(12)
        layout.addWidget(self.list, 1)
        layout.addLayout(form)
        layout.addLayout(foot)
