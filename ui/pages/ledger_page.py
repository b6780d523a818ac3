"""A ledger as a page: find, filter, sort, look, add, export. Everything follows from its fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from hazard_desk.books.kit.ledger import AnyLedger
from hazard_desk.books.kit.query import Query
from hazard_desk.figures.gaps import WITH_GAPS
from hazard_desk.rules.fields import Field
from hazard_desk.store.acts import Change
from hazard_desk.store.undo import UNDO
from ui.imports.blank_sheet import make_blank_sheet
from ui.imports.dialog import ImportDialog
from ui.imports.filling import FillDialog
from ui.imports.rollup import RollupDialog
from ui.memory import Memory
from ui.office import Office
from ui.pages.board_page import BoardPage
from ui.panes.book_panes import PANES
from ui.panes.record_pane import AnyPane, RecordPane
from ui.tables.ledger_model import LedgerModel
from ui.tables.ledger_table import LedgerTable
from ui.together.acts import TogetherActs
from ui.together.bar import ChosenBar, pop_up
from ui.tones import is_state_words
from ui.widgets.basics import button, menu_button
from ui.widgets.empty import Way
from ui.widgets.past_day import PastDay
from ui.widgets.view_tools import SavedFilters, drop_below

_OF_RECORD = "状态"
"""What a field is called that says how the record stands: its words need no name before them."""


@dataclass(frozen=True)
class Totals:
    """What stands over the table, and what the drop-downs offer."""

    whole: int
    parts: dict[str, int]
    sums: list[tuple[str, float]]
    options: dict[str, list[str]]


class LedgerPage(BoardPage):
    """The page of one ledger."""

    how_to_fill = "已有表格的直接导入，在表格里复制好的直接粘贴，要各单位填的先发采集表。"

    def __init__(self, office: Office, ledger: AnyLedger, parent: QWidget) -> None:
        found = [field.label for field in ledger.fields if field.searched]
        find = f"查找{'、'.join(found[:3])}"
        super().__init__(office, ledger, parent, ledger.filter_fields(), find)
        self.ledger = ledger
        self.choose_filters(ledger.usual_filter)
        self.model = LedgerModel(office, ledger, self)
        self.table = LedgerTable(self.model, self)
        self.pane = self.make_pane()
        self.saved = SavedFilters(office, ledger.id, self)
        self.past = PastDay(office.today, self) if ledger.looks_back else None
        self.set_out(self.table, self.pane, self.tools(), self.past)
        self.together = TogetherActs(office, ledger, self.table.chosen_ids, self, self.pane.removes)
        self.chosen_bar = ChosenBar(self.together, self)
        self.put_over_list(self.chosen_bar)
        self._saved: Change | None = None
        self.model.loaded.connect(self._loaded)
        office.acted.connect(self._acted)
        self.table.chosen.connect(self._chosen)
        self.table.rows_chosen.connect(self._rows_chosen)
        self.table.menu_wanted.connect(self._pop_up)
        self.chosen_bar.cleared.connect(self.choose_one)
        self.table.doubleClicked.connect(self._double_clicked)
        self.table.form_wanted.connect(self.pane.edit_field)
        self.pane.open_ledger.connect(self.open_ledger)
        self.pane.open_record.connect(self.open_record)
        self.saved.chosen.connect(self.take_view)
        if self.past is not None:
            self.past.changed.connect(self.refresh)

    def ways_to_fill(self) -> list[Way]:
        return [
            *super().ways_to_fill(),
            ("导入", "从表格文件导入", self.import_sheet),
            ("粘贴", "粘贴从表格里复制的多行", self.paste),
            ("采集表", "生成空白采集表，发给各单位填写", self.write_template),
        ]

    def make_pane(self) -> AnyPane:
        """Return the pane for the current record."""
        kind = PANES.get(type(self.ledger), RecordPane)
        return kind(self.office, self.ledger, self)

    def choose_one(self) -> None:
        """Have no more than the current row chosen."""
        self.table.setCurrentIndex(self.table.currentIndex())
        self.table.setFocus()

    def _rows_chosen(self, count: int) -> None:
        self.chosen_bar.show_count(0 if self.model.query.as_of else count)

    def _pop_up(self, place: QPoint) -> None:
        if not self.model.query.as_of:
            pop_up(self.together, place, self)

    def turn_day(self, before: date) -> None:
        if self.past is not None:
            self.past.editor.today = self.office.today

    def query(self) -> Query:
        """Return what the search box, the filters and the header ask for."""
        asked = super().query()
        day = self.past.day if self.past is not None else None
        return replace(self.model.query, where=asked.where, text=asked.text, as_of=day)

    def refresh(self) -> None:
        """Read ids, totals and options anew; the chosen record stays chosen."""
        query = self.ask()
        self.saved.set_query(query)
        self.model.ask(query)
        self.office.read_anew(partial(self._count, query), self._counted, self)

    def take_view(self, query: Query) -> None:
        """Show what a saved filter asks for, but for columns that were taken out of the register since."""
        there = {field.name for field in self.ledger.fields}
        self.search.setText(query.text)
        sort = query.sort if query.sort.removeprefix("-") in there else ""
        self.model.query = replace(self.model.query, sort=sort, descending=query.descending)
        self.choose_filters(
            {
                name: wanted if isinstance(wanted, str) else wanted[0]
                for name, wanted in query.where.items()
                if name in there
            }
        )

    def choose_columns(self) -> None:
        """Open the menu of columns under its button."""
        menu = self.table.column_menu()
        drop_below(menu, self.more)

    def paste(self) -> None:
        """Take rows that were copied from a spreadsheet."""
        self._open_import().open_text(QGuiApplication.clipboard().text())

    def record_in_sight(self) -> str:
        return "" if self.pane.record is None else f"{self.ledger.id}/{self.pane.record.id}"

    def look_back(self) -> None:
        """Ask for another day to look at."""
        if self.past is not None:
            self.past.begin()

    def show_record(self, number: int) -> None:
        """Bring one record into sight, whatever was filtered."""
        if self.past is not None:
            self.past.end()
        super().show_record(number)

    def import_sheet(self) -> None:
        """Open the dialog that takes rows of a sheet in."""
        self._open_import()

    def _open_import(self) -> ImportDialog:
        dialog = ImportDialog(self.office, self.ledger, self)
        dialog.gaps_wanted.connect(partial(self.filter_by, WITH_GAPS))
        dialog.open()
        return dialog

    def roll_up(self) -> None:
        """Open the dialog that adds up the sheets of many sub-units."""
        RollupDialog(self.office, self.ledger, self).open()

    def fill_form(self) -> None:
        """Open the dialog that fills somebody else's blank form."""
        FillDialog(self.office, self).open()

    def write_template(self) -> None:
        """Write the blank collection sheet."""
        make_blank_sheet(self.office, self.ledger, self)

    def restore(self, memory: Memory) -> None:
        """Take up column widths and the splitter."""
        super().restore(memory)
        self.table.set_widths(memory.widths(self.ledger.id))
        if kept := memory.text(f"columns/{self.ledger.id}"):
            self.table.show_columns(kept.split(","))
        frozen = memory.text(f"frozen/{self.ledger.id}")
        self.table.freeze(int(frozen) if frozen.isdigit() else 0)

    def keep(self, memory: Memory) -> None:
        """Hand over column widths and the splitter."""
        super().keep(memory)
        memory.keep_widths(self.ledger.id, self.table.widths())
        memory.keep_text(f"frozen/{self.ledger.id}", str(self.table.frozen))
        memory.keep_text(f"columns/{self.ledger.id}", ",".join(self.columns()))

    def columns(self) -> tuple[str, ...]:
        shown = tuple(field.name for field in self.model.fields)
        return () if shown == self.model.usual else shown

    def tools(self) -> list[QWidget]:
        """Return the buttons at the top right."""
        taken = button("导入", self, self.import_sheet, "import")
        blank = button("采集表", self, self.write_template, "columns")
        blank.setToolTip("生成空白采集表，发给各单位填写")
        return [self.saved, self._more(), blank, taken, self.export_button(), self.new_button()]

    def more_acts(self) -> list[tuple[str, Callable[[], object]]]:
        """Return what the menu 更多 offers: words and what they do."""
        acts: list[tuple[str, Callable[[], object]]] = [("选择栏目", self.choose_columns)]
        acts.append(("粘贴多行（从表格复制）", self.paste))
        acts.append(("汇总各单位报来的表格", self.roll_up))
        acts.append(("填写别处发来的空白表格", self.fill_form))
        if self.past is not None:
            acts.append(("回看某一天的情况", self.look_back))
        return acts

    def _more(self) -> QPushButton:
        self.more = menu_button("更多", self, self.more_acts())
        return self.more

    def _double_clicked(self, index: QModelIndex) -> None:
        """Edit the cell; in a narrow window, where the record is not seen beside the list, show it."""
        if self.split.wide:
            self.table.edit_cell(index)
        else:
            self.split.open()

    def _chosen(self, number: int | None) -> None:
        record = self.model.record(-1 if number is None else self.model.row_of(number))
        if self.model.query.as_of:
            self.pane.show_past(record, self.model.query.as_of)
        else:
            self.pane.show_row(record)

    def _loaded(self) -> None:
        found = self.model.rowCount() > 0
        there = found or self.office.read_now(partial(self.ledger.count, Query()), self) > 0
        self.show_list(found, there)
        self._tell_if_hidden()

    def _acted(self, change: Change) -> None:
        """One record was saved: once that was told and the list read anew, look whether it is listed."""
        one = len(change.ids) == 1 and change.act != UNDO and not change.act.endswith("_many")
        if one and change.ledger == self.ledger.id and self.isVisible():
            self._saved = change
            QTimer.singleShot(0, self, self._tell_if_hidden)

    def _tell_if_hidden(self) -> None:
        if self._saved is None or self.model.busy:
            return
        saved, self._saved = self._saved, None
        (number,) = saved.ids
        if self.model.row_of(number) < 0 and self.office.read_now(partial(self.ledger.rows, [number]), self):
            self.office.notice(f"{saved.title}。按当前筛选不列出，点“清除筛选”可看到", saved)

    def _state_field(self) -> Field | None:
        return next((f for f in self.ledger.filter_fields() if is_state_words(f.choices)), None)

    def _count(self, query: Query) -> Totals:
        parts: dict[str, int] = {}
        field = self._state_field()
        if field is not None and field.name not in query.where:
            for choice in field.choices:
                part = replace(query, where={**query.where, field.name: str(choice)})
                parts[str(choice)] = self.ledger.count(part)
        options = {name: self.ledger.options(name) for name in self.filters.combos}
        return Totals(self.ledger.count(query), parts, self.ledger.sums(query), options)

    def _counted(self, totals: Totals) -> None:
        parts = "、".join(f"{word}{count}" for word, count in totals.parts.items() if count)
        sums = "".join(f"；{heading}合计{total:.10g}" for heading, total in totals.sums)
        field = self._state_field()
        of = "，其中" if field is None or field.label.endswith(_OF_RECORD) else f"；{field.label}："
        self.total.setText(f"共{totals.whole}条" + (f"{of}{parts}" if parts else "") + sums)
        self.filters.offer(totals.options)
