"""A filled form written to its file and kept as it was sent: every figure with its records, and the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.books.submissions import SubmissionRow
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.filling import FilledCell
from hazard_desk.library.progress_forms import Item, ProgressForm, Section
from hazard_desk.rules.readings import Reading
from hazard_desk.sheets.filling.answers import remember_answers, shape_of
from hazard_desk.sheets.filling.filled import FilledForm, FormCell
from hazard_desk.store.acts import Change, Undo
from hazard_desk.store.saving import restored_on_failure, save


def write_form(books: Books, filled: FilledForm, to: Path, answers: Mapping[str, str]) -> Change | None:
    """Write a filled form to ``to``, keep it as sent and remember the answers; one act.

    None for a form of which nothing could be filled: it is written as it came, and not kept.

    Raises ``Refused`` for another ending than the form's and for the form itself.
    """
    if to.suffix.lower() != filled.file.suffix.lower():
        raise Refused(f"空白表格是 {filled.file.suffix} 文件，填好的文件名也请以 {filled.file.suffix} 结尾")
    if to.exists() and to.samefile(filled.file):
        raise Refused("请另存为一个新文件，不要盖住空白表格")
    content = filled.written()
    if not filled.filled:
        save(content, to)
        return None
    with restored_on_failure(to), books.cabinet.whole("sheets.fill", books.submissions.id, Undo.FINAL) as act:
        number = books.submissions.submit(_kept(books, filled)).ids[0]
        books.attachments.add(books.submissions.id, number, content, to.name)
        remember_answers(books.sheet_mappings, filled.texts, answers)
        save(content, to)
        act.done(f"填报“{filled.title}”（截至{filled.as_of}）", number)
    return act.result


def _kept(books: Books, filled: FilledForm) -> SubmissionRow:
    """Return a filled form as the progress forms that were sent are kept, to be looked at as those are."""
    sections: list[Section] = []
    cells: list[FilledCell] = []
    for table in dict.fromkeys(one.table for one in filled.filled):
        own = [one for one in filled.filled if one.table == table]
        sections.append(Section(filled.form.tables[table].grid.title, tuple(_item(one) for one in own)))
        cells += [
            FilledCell(f"{len(sections)}.{place}", _item(one).label, _text(one), _text(one), one.records)
            for place, one in enumerate(own, start=1)
        ]
    form = ProgressForm(
        id=f"fill-{shape_of(filled.texts)}",
        title=filled.title,
        short=filled.title,
        unit_line="{unit}",
        due_day=28,
        first=filled.as_of,
        sections=tuple(sections),
        source=filled.file.name,
    )
    row = SubmissionRow()
    row.form, row.title, row.as_of = form.id, filled.title, filled.as_of
    row.group, row.reading = filled.scope, str(Reading.CUMULATIVE)
    row.layout = {
        "form": form.plain(),
        "unit": filled.scope or books.office_name,
        "mark": "示例" if books.sample else "",
    }
    row.cells = [asdict(cell) for cell in cells]
    row.reason = "再次填写"
    return row


def _item(one: FormCell) -> Item:
    return Item(f"{one.label}（{one.cell}）", one.source)


def _text(one: FormCell) -> str:
    return one.value.isoformat() if isinstance(one.value, date) else str(one.value)
