"""The papers of the desk: choose one, look at it, print it, save it, send it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from hazard_desk.books.documents.issuing import kind_of_report
from hazard_desk.books.informants import MASKS
from hazard_desk.books.kit.offers import Offer, fitting_offers, with_letters
from hazard_desk.books.kit.query import Query
from ui.office import Office
from ui.panes.record_papers import issue_paper
from ui.papers.preview import Chosen, Preview
from ui.production import LongProduction, free_name
from ui.style import ROOM, sized
from ui.tables.columns import ColumnMenu
from ui.widgets.basics import button
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down
from ui.widgets.view_tools import drop_below

if TYPE_CHECKING:
    from hazard_desk.papers.catalogue import Report

_LIST_WIDTH = 230

_MASKS = {field.name for field in MASKS}
"""Columns that the page of a ledger shows, and its paper does not."""


class PrintDialog(Dialog):
    """Lists the papers that are about all records beside the preview of the chosen one."""

    def __init__(
        self,
        office: Office,
        parent: QWidget,
        suits: str = "",
        query: Query | None = None,
        columns: Sequence[str] = (),
    ) -> None:
        """``suits`` is the paper to begin with; ``query`` is what the page shows of its rows, in which
        ``columns``."""
        super().__init__("打印", parent)
        self._office = office
        self._suits = suits
        self._query = query
        self._columns = {suits: tuple(name for name in columns if name not in _MASKS)}
        """The columns chosen for papers of rows."""
        papers = [report for report in office.desk.papers.reports() if report.alone]
        self._reports = sorted(papers, key=lambda report: bool(report.about))  # blank forms last
        self.box = QLineEdit(self)
        self.box.setPlaceholderText("查找材料，可打首字母")
        self.box.setAccessibleName("查找材料")
        self.box.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName("材料")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sized(self.list, width=_LIST_WIDTH)
        for report in self._reports:
            QListWidgetItem(f"{report.title}（空白）" if report.about else report.title, self.list)
        self._offers = tuple(Offer(report.title) for report in self._reports)
        office.read(partial(with_letters, self._offers), self._take_letters, self)
        self.box.textChanged.connect(self._find)
        self.narrowed = QCheckBox("只要当前筛选出的记录", self)
        self.columns_button = button("选择栏目…", self, self.choose_columns, "columns")
        self.binder_button = button("迎检档案", self, self.make_binder, "folder")
        self.binder_button.setToolTip("每项任务一个文件夹，收齐记录、活动、照片和文书，缺项列在最前")
        self.own_button = button("用自己的Word文件…", self, self.use_own_file, "file")
        self.own_button.setToolTip("把填好栏目的Word文件当作一种新材料，字体和版式照您的文件")
        self.issue_button = button("编文号发文…", self, self.issue)
        self.preview = Preview(office, self)
        self._set_out()
        self.list.currentRowChanged.connect(self._choose)
        self.narrowed.toggled.connect(self._show)
        ids = [report.id for report in self._reports]
        self.list.setCurrentRow(ids.index(suits) if suits in ids else 0)
        self.take_room(1240, self.over.height())

    @property
    def report(self) -> Report:
        """The chosen paper."""
        return self._reports[self.list.currentRow()]

    def choose_columns(self) -> None:
        """Open the menu of the columns that the paper can have."""
        drop_below(self.column_menu(), self.columns_button)

    def column_menu(self) -> ColumnMenu:
        """Return the menu of columns: those that the paper has now are ticked and stand first."""
        from hazard_desk.papers.facts.families.ledger import (
            FIVE_WORD,
            fields_for_paper,
            has_five,
            printed_fields,
        )

        ledger = self._office.desk.books.ledger(self.report.rows)
        chosen = self._columns.get(self.report.id, ())
        fields = fields_for_paper(ledger)
        menu = ColumnMenu(fields, printed_fields(ledger, chosen), self)
        menu.chosen.connect(self.print_columns)
        if has_five(ledger):
            five = (*(chosen or menu.names()), FIVE_WORD)
            menu.addAction("五落实并排五栏").triggered.connect(partial(self.print_columns, five))
        return menu

    def print_columns(self, names: Sequence[str], _checked: bool = False) -> None:
        """Print these columns in this order, without any the usual ones."""
        self._columns[self.report.id] = tuple(names)
        self._show()

    def issue(self) -> None:
        """Close, and open the form that draws the number of the chosen paper."""
        report = self.report
        self.accept()
        issue_paper(self._office, report, None, self.over)

    def make_binder(self) -> None:
        """Close, and make the binder of all tasks into a folder of its own."""
        desk = self._office.desk
        to = free_name(desk.out / f"迎检档案-{self._office.today.isoformat()}")
        self.accept()
        LongProduction(self._office, "正在生成迎检档案", partial(desk.papers.binder, to), self.over).start()

    def use_own_file(self) -> None:
        """Open the dialog that takes in a Word file of the office's own as a paper; close once it is kept."""
        from ui.wording.own_file import OwnFileDialog  # what reads Word files comes with it: late

        dialog = OwnFileDialog(self._office, self)
        dialog.kept.connect(self.accept)
        dialog.open()

    def _choose(self, row: int) -> None:
        report = self._reports[row]
        self.issue_button.setVisible(not report.about and kind_of_report(report.id) is not None)
        some = self._query is not None and bool(self._query.where or self._query.text)
        suits = some and report.id == self._suits
        self.narrowed.blockSignals(True)
        self.narrowed.setChecked(suits)
        self.narrowed.blockSignals(False)
        self.narrowed.setVisible(suits)
        self.columns_button.setVisible(bool(report.rows))
        self._show()

    def _find(self) -> None:
        """Leave the papers that bear what was typed, and choose the best of them."""
        left = [self._offers.index(one) for one in fitting_offers(self._offers, self.box.text())]
        for row in range(self.list.count()):
            self.list.setRowHidden(row, row not in left)
        if left and self.list.currentRow() not in left:
            self.list.setCurrentRow(left[0])

    def _take_letters(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        if self.box.text():
            self._find()

    def _show(self) -> None:
        report = self.report
        asked = self._query if self.narrowed.isChecked() and self._query is not None else Query()
        query = replace(asked, columns=self._columns.get(report.id, ()) if report.rows else ())
        name = f"{report.title}-{self._office.today.isoformat()}"
        make = partial(self._office.desk.papers.proof, report.id, query)
        self.preview.show_paper(Chosen(report.title, report.formats, name, make, report.words, report.rows))

    def _set_out(self) -> None:
        acts = (self.columns_button, self.issue_button, self.binder_button, self.own_button)
        side = down(self.box, Stretch(self.list), self.narrowed, *acts)
        self.preview.acts.addWidget(button("关闭", self, self.reject))
        across(side, Stretch(self.preview), within=self, edges=ROOM, gap=ROOM)
