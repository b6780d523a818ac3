"""调度表: a progress form counted for a day, the records behind each cell, sent and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from hazard_desk.books.catalogue import Books
from hazard_desk.books.plans.forms import offered_forms
from hazard_desk.books.submissions import Counted, OverrideRow, Submissions
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.filling import FilledProgressForm, fill, numbers, read_value, thawed
from hazard_desk.figures.progress.standing import FormStanding, standing
from hazard_desk.figures.progress.summing import sum_up
from hazard_desk.papers.wording.kinds import FORM, FORM_CHANGES
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import field_of, name_of
from ui.figures.cell_pane import CellPane
from ui.figures.changes_dialog import ChangesDialog
from ui.figures.choices import Choices
from ui.figures.correction_dialog import CorrectionDialog
from ui.figures.gaps_line import LeftOutLines
from ui.figures.progress_form_grid import ProgressFormGrid
from ui.forms.form_dialog import FormDialog
from ui.imports.filling import FillDialog
from ui.imports.sheet_dialog import files_in
from ui.keys import CLOSE_MONTH
from ui.office import Office
from ui.pages.page import SplitPage
from ui.papers.preview import Chosen
from ui.papers.preview_dialog import PreviewDialog
from ui.production import LongAct, Production, free_name
from ui.style import ROOM
from ui.widgets.ask import ask
from ui.widgets.basics import Elided, button, label, say
from ui.widgets.layouts import Stretch, across, down
from ui.widgets.master_detail import MasterDetail

if TYPE_CHECKING:
    from hazard_desk.printing import Proof

_FORMATS = ("pdf", "docx", "xlsx")


class ProgressFormPage(SplitPage):
    """One progress form at a time."""

    title = "调度表"
    picture = "forms"
    ledgers = (Submissions.id,)
    report = "form-changes"
    split_name = "forms/split"
    month_wanted = Signal(object, object)
    """Asks for the guide, with the form and the day that are chosen."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self.shown: FormStanding | None = None
        self.choices = Choices(office.today, self)
        self.heading = Elided("", self, "soft")
        self.told = label("", self, "problem", wrap=True)
        self.grid = ProgressFormGrid(self)
        self.grid.setAccessibleName("调度表")
        self.pane = CellPane(self.change_value, self.restore_value, self)
        self.left_out = LeftOutLines(self)
        self.split = MasterDetail(self._over(self.grid, self.left_out), self.pane, self, "返回调度表")
        self.compare_button = button("与上次相比", self, self.compare, "history")
        self.print_button = button("预览打印", self, self.preview, "print")
        self.send_button = button("上报", self, self.ask_send, "check", "primary")
        self.same_button = button("查看上报的一份", self, self.show_same, "file")
        self.month_button = button("月报向导", self, self.close_month, "check")
        self.month_button.setToolTip(f"核对、上报、做邮件草稿，一步一步办（{CLOSE_MONTH.keys}）")
        self.fill_button = button("填写别处的表", self, self.fill_form, "import")
        self.fill_button.setToolTip("用台账填写别处发来的空白表格，也可以把文件拖到这里")
        self.setAcceptDrops(True)
        self._set_out()
        self.choices.changed.connect(self.refresh)
        self.grid.chosen.connect(self.show_cell)
        self.pane.open_record.connect(self.open_record)
        self.left_out.open_ledger.connect(self.open_ledger)

    def turn_day(self, before: date) -> None:
        self.choices.turn_day(self.office.today)

    def show_record(self, number: int) -> None:
        """Show a form that was sent; 0: the one that is to be sent."""
        if not number:
            self.choices.show_sent(0)
            return
        row = self.office.desk.submissions.get(number)
        form = self.choices.form.findData(row.form)
        self.choices.form.setCurrentIndex(max(form, 0))
        self.choices.offer([], [row, *self.office.desk.submissions.under_any_plan(row.form)])
        self.choices.show_sent(number)

    def refresh(self) -> None:
        """Count anew, in the background."""
        if self.choices.offer_forms(offered_forms(self.office.desk.cabinet)):
            self.choices.suit_form()
        try:
            day = self.choices.as_of()
        except Refused as refused:
            say(self.told, refused.message)
            return
        choices, books = self.choices, self.office.desk.books
        sent, form, reading = choices.submission, choices.chosen_form, choices.chosen_reading()
        make = partial(fill, books, form, day, choices.chosen_group(), reading)
        if sent:
            make = partial(_sent, books, sent)
        elif choices.summed:
            make = partial(
                sum_up, books, form, day, reading, [kind for kind in (choices.chosen_group(),) if kind]
            )
        self.office.read_anew(partial(_read, books, make), self._show, self)

    def show_cell(self, cell: str) -> None:
        """Show what stands behind a cell."""
        if self.shown is not None:
            self.pane.show_cell(self.shown.filled, cell)
            self.split.open()

    def change_value(self) -> None:
        """Ask for the value of the chosen cell, and why."""
        if self.shown is None or self.pane.cell is None:
            return
        cell, filled = self.pane.cell, self.shown.filled
        old = numbers(cell.value)
        parts = dict(enumerate(old))
        fields = [_entry(f"part{place}", part, old[part]) for place, part in parts.items()]
        fields.append(field_of(OverrideRow.reason))
        values = {f"part{place}": str(old[part]) for place, part in parts.items()}
        save = partial(self._override, filled, cell.id, parts)
        values |= {"id": cell.id, name_of(OverrideRow.reason): cell.reason}
        FormDialog(self.office, f"改动第{cell.id}项", fields, save, self, values, help=cell.label).open()

    def restore_value(self) -> None:
        """Put the counted value of the chosen cell back."""
        if self.shown is None or self.pane.cell is None:
            return
        key = _key(self.shown.filled, self.pane.cell.id)
        self.office.attempt(partial(self.office.desk.submissions.restore, key), self)

    def show_same(self) -> None:
        """Show the one that was sent for the same day."""
        if self.shown and self.shown.same and self.shown.same.number:
            self.choices.show_sent(self.shown.same.number)

    def ask_send(self) -> None:
        """Ask whether the form is to be sent, again only with a reason; what is doubted is told."""
        if self.shown is None:
            return
        filled, again = self.shown.filled, self.shown.same is not None
        what = f"“{filled.form.short}”（{filled.unit}，截至{filled.as_of}，{filled.reading}）"
        found = "\n".join(f"· {doubt.sentence}" for doubt in self.shown.doubts)
        doubted = f"\n\n请先核对：\n{found}" if found else ""
        if again:
            text = f"{what}{self.shown.told_same}。再次上报作为更正，以前报的仍然留存。{doubted}"
            CorrectionDialog(text, self.shown.changes, self.send, self.office.today, self).open()
        else:
            ask(self, "上报", f"上报{what}？上报后原样留存。{doubted}", "上报", "先不报", self.send)

    def send(self, reason: str | bool = "") -> None:
        """Keep the form as it is seen, with its files; again with the reason."""
        if self.shown is None:
            return
        told = reason if isinstance(reason, str) else ""  # a button tells that it is pressed
        work = partial(self.office.desk.papers.send_form, self.shown.filled, told)
        LongAct(self.office, "正在上报，并留存原样", work, self).start()

    def compare(self) -> None:
        """Show what changed since the form sent before."""
        if self.shown and self.shown.last:
            ChangesDialog(self.shown.last, self.shown.filled, self.print_changes, self).open()

    def print_changes(self) -> None:
        """Show the paper of what changed before it is printed or saved."""
        if self.shown and self.shown.last:
            make = partial(_proof_of_changes, self.office.desk.books, self.shown.last, self.shown.filled)
            self._preview("变化情况", make, FORM_CHANGES)

    def close_month(self) -> None:
        """Ask for the guide through the chosen form; of one that is not the whole office's, for the usual."""
        if self.shown is not None and not self.shown.filled.number and not self.shown.filled.group:
            self.month_wanted.emit(self.shown.filled.form, self.shown.filled.as_of)
        else:
            self.month_wanted.emit(None, None)

    def fill_form(self) -> None:
        """Open the dialog that fills somebody else's blank form."""
        FillDialog(self.office, self).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := files_in(event):
            dialog = FillDialog(self.office, self)
            dialog.open()
            dialog.take_files(files)

    def preview(self) -> None:
        """Show the form as a paper before it is printed or saved."""
        if self.shown:
            self._preview("", partial(_proof_of_form, self.office.desk.books, self.shown.filled), FORM)

    def export(self) -> None:
        """Make the form as a spreadsheet."""
        if self.shown:
            filled = self.shown.filled
            to = free_name(self.office.desk.out / f"{_file_name(filled)}.xlsx")
            write = partial(_write_form, self.office.desk.books, filled, to)
            Production(self.office, f"正在生成“{filled.form.short}”", write, self).start()

    def _show(self, shown: FormStanding | str) -> None:
        """Show a form; a sentence where there is none."""
        there = isinstance(shown, FormStanding)
        self.shown = shown if isinstance(shown, FormStanding) else None
        self.split.setVisible(there)
        for made in (self.print_button, self.send_button, self.compare_button):
            made.setEnabled(there)
        if isinstance(shown, str):
            say(self.told, shown)
            self.heading.setText("")
            self.same_button.hide()
            return
        filled = shown.filled
        self.choices.offer(shown.groups, shown.sent)
        if filled.number:
            self.choices.match(filled.as_of, filled.group, filled.reading, bool(filled.summed))
        self.heading.setText(f"{shown.state}　{filled.form.title}　{filled.unit}")
        doubts = () if filled.number else shown.doubts
        say(self.told, "\n".join(f"请核对：{doubt.sentence}" for doubt in doubts))
        self.grid.fill(filled, {doubt.cell for doubt in doubts})
        self.left_out.show_lines(filled.left_out)
        self.compare_button.setEnabled(shown.last is not None)
        self.compare_button.setToolTip("" if shown.last else "还没有上报过更早的一期")
        self.send_button.setEnabled(shown.can_be_sent)
        self.send_button.setText("更正重报" if shown.same else "上报")
        self.same_button.setVisible(shown.same is not None)
        ids = [cell.id for cell in filled.cells]
        chosen = self.pane.cell.id if self.pane.cell else ""
        self.pane.show_cell(filled, chosen if chosen in ids else ids[0])

    def _override(self, filled: FilledProgressForm, cell: str, parts: Mapping[int, str], raw: Row) -> Change:
        item = dict(filled.form.items())[cell]
        asked = _key(filled, cell)
        asked.value = read_value(item, {part: str(raw[f"part{place}"]) for place, part in parts.items()})
        asked.reason = str(raw[name_of(OverrideRow.reason)])
        return self.office.desk.submissions.override(asked)

    def _preview(self, what: str, make: Callable[[], Proof], words: str) -> None:
        assert self.shown is not None
        filled = self.shown.filled
        title, name = f"{filled.form.short}{what}", f"{_file_name(filled)}{what}"
        chosen = Chosen(title, _FORMATS, name, make, words, filled.form.id)
        PreviewDialog(self.office, chosen, self.window()).open()

    def _over(self, grid: QWidget, below: QWidget) -> QWidget:
        both = QWidget(self)
        down(Stretch(grid), below, within=both, gap=4)
        return both

    def _set_out(self) -> None:
        look = (self.month_button, self.fill_button, self.compare_button, self.same_button)
        acts = QWidget(self)
        across(Stretch(self.heading), *look, self.print_button, self.send_button, within=acts)
        for line in (self.choices, acts):
            self.split.covered_changed.connect(line.setHidden)
        down(self.choices, acts, self.told, Stretch(self.split), within=self, edges=ROOM)


def _entry(name: str, part: str, value: Counted) -> Field:
    """What asks for one number of a cell, or for 是 or 否."""
    if isinstance(value, str):
        return Field(name, part or "填报内容", Kind.CHOICE, required=True, choices=("是", "否"))
    return Field(name, part or "填报数", required=True)


def _sent(books: Books, number: int) -> FilledProgressForm:
    return thawed(books.submissions.get(number))


def _read(books: Books, make: Callable[[], FilledProgressForm]) -> FormStanding | str:
    """Count or fetch a form and read what belongs to it; why not, where there is nothing to sum up."""
    try:
        filled = make()
    except Refused as refused:
        return refused.message
    return standing(books, filled)


def _key(filled: FilledProgressForm, cell: str) -> OverrideRow:
    key = OverrideRow()
    key.form, key.as_of, key.item = filled.form.id, filled.as_of, cell
    key.group, key.reading = filled.group, str(filled.reading)
    return key


def _file_name(filled: FilledProgressForm) -> str:
    return f"{filled.form.short}-{filled.unit}-{filled.as_of}"


def _write_form(books: Books, filled: FilledProgressForm, to: Path) -> Path:
    from hazard_desk.papers.given import progress_form_paper
    from hazard_desk.printing import write_paper

    return write_paper(progress_form_paper(books, filled), to)


def _proof_of_form(books: Books, filled: FilledProgressForm) -> Proof:
    from hazard_desk.papers.given import progress_form_paper
    from hazard_desk.printing import proof_of

    return proof_of(progress_form_paper(books, filled))


def _proof_of_changes(books: Books, last: FilledProgressForm, now: FilledProgressForm) -> Proof:
    from hazard_desk.papers.given import changes_paper
    from hazard_desk.printing import proof_of

    return proof_of(changes_paper(books, last, now))
