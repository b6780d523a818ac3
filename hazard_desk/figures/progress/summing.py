"""调度表 of the whole as the sum of what its units sent: their frozen sheets, not the books.

Each unit's latest version for the day counts. Every number names the sheets that make it, and through them
the records. S2: each 专项小组 sends its sheets by the 28th, the office sends their sum up. What is on both
sheets of a 专项小组 would count twice: of its office and of its sectors there is a sum each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.units.book import OF_OFFICE, OF_SECTORS
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.counting import rounded
from hazard_desk.figures.progress.filling import (
    CellSource,
    CountedRecord,
    FilledCell,
    FilledProgressForm,
    numbers,
    show,
    thawed,
)
from hazard_desk.figures.progress.groups import WHOLE
from hazard_desk.library.progress_forms import Item, ProgressForm
from hazard_desk.rules.identifiers import same_key
from hazard_desk.rules.readings import Reading

SHEET_KINDS = {ending.strip("（）"): ending for ending in (OF_OFFICE, OF_SECTORS)}
"""What the sums of one of the two sheets of each unit are called, and how the names of these end."""


def sheets_for(books: Books, form: ProgressForm, as_of: date, reading: Reading) -> list[FilledProgressForm]:
    """Return the latest version of each unit's sheet for a day, in the order of the units' names."""
    found: dict[str, int] = {}
    for row in books.submissions.rows(form.id):
        if (row.as_of, row.reading) == (as_of, str(reading)) and row.group != WHOLE and not row.summed:
            found.setdefault(row.group, row.id)
    return [thawed(books.submissions.get(found[group])) for group in sorted(found)]


def sum_up(
    books: Books, form: ProgressForm, as_of: date, reading: Reading | None = None, groups: Sequence[str] = ()
) -> FilledProgressForm:
    """Return the form of the whole office as the sum of its units' sheets; of these ``groups`` if named.

    One of ``SHEET_KINDS`` names the sheets of that kind, and those of the units that send but one.
    ``Refused`` when none was sent for the day, one that is named was not, or none is named and a unit sent
    both.
    """
    reading = reading or Reading(form.reading)
    sheets = sheets_for(books, form, as_of, reading)
    kind = groups[0] if len(groups) == 1 and groups[0] in SHEET_KINDS else WHOLE
    if kind:
        single = {unit.called for unit in books.units.serving(as_of) if not unit.two_sheets}
        sheets = [one for one in sheets if one.group.endswith(SHEET_KINDS[kind]) or one.group in single]
    elif groups:
        sheets = _named(sheets, groups, as_of, reading)
    elif both := _sent_both(sheets):
        told = f"{'、'.join(both)}报了“{'”“'.join(SHEET_KINDS)}”两张表，合在一起会重复计入"
        raise Refused(f"{told}，请分别汇总：{'、'.join(SHEET_KINDS)}")
    if not sheets:
        raise Refused(f"还没有单位上报截至{as_of}的这张表（{reading}），没有可以汇总的")
    return FilledProgressForm(
        form=form,
        as_of=as_of,
        group=kind,
        reading=reading,
        unit=books.office_name + SHEET_KINDS.get(kind, ""),
        who=books.cabinet.setting("clerk"),
        filled_on=books.today,
        mark="示例" if books.sample else "",
        cells=tuple(_summed(form, number, item, sheets) for number, item in form.items()),
        left_out=tuple(
            replace(one, sentence=f"{sheet.unit}：{one.sentence}")
            for sheet in sheets
            for one in sheet.left_out
        ),
        summed=tuple(sheet.number or 0 for sheet in sheets),
        unsent=() if groups and not kind else _unsent(books, sheets, as_of),
    )


def _unsent(books: Books, sheets: Sequence[FilledProgressForm], as_of: date) -> tuple[str, ...]:
    """The units that send a form each month of which no sheet is there."""
    sent = {sheet.group for sheet in sheets}
    asked = [unit for unit in books.units.serving(as_of) if unit.form_day is not None]
    return tuple(unit.called for unit in asked if sent.isdisjoint(unit.sheets))


def _named(
    sheets: Sequence[FilledProgressForm], groups: Sequence[str], as_of: date, reading: Reading
) -> list[FilledProgressForm]:
    """The sheets of the groups that are named, each once. ``Refused`` where one was not sent."""
    sent = {same_key(sheet.group): sheet for sheet in sheets}
    if missing := [group for group in groups if same_key(group) not in sent]:
        raise Refused(f"{'、'.join(missing)}还没有上报截至{as_of}的这张表（{reading}），不能汇总")
    return [sent[key] for key in dict.fromkeys(map(same_key, groups))]


def _sent_both(sheets: Sequence[FilledProgressForm]) -> list[str]:
    """The units of which both sheets are there."""
    sent = {sheet.group for sheet in sheets}
    offices = [group.removesuffix(OF_OFFICE) for group in sent if group.endswith(OF_OFFICE)]
    return sorted(unit for unit in offices if unit + OF_SECTORS in sent)


def told_twice(cell: FilledCell) -> list[CountedRecord]:
    """Return the records that more than one unit's sheet counts in a cell."""
    seen: set[tuple[str, int]] = set()
    twice: dict[tuple[str, int], CountedRecord] = {}
    for source in cell.sources:
        for record in source.records:
            key = (record.ledger, record.id)
            if key in seen:
                twice[key] = record
            seen.add(key)
    return list(twice.values())


def _summed(form: ProgressForm, number: str, item: Item, sheets: Sequence[FilledProgressForm]) -> FilledCell:
    """One cell: numbers add up; 是 where one unit says so."""
    found = [(sheet, cell) for sheet in sheets for cell in sheet.cells if cell.id == number]
    parts: dict[str, int | float | str] = {}
    for part in item.indicators:
        values = [numbers(cell.value)[part] for _, cell in found if part in numbers(cell.value)]
        told = [value for value in values if isinstance(value, str)]
        total = rounded(sum(value for value in values if not isinstance(value, str)))
        parts[part] = ("是" if "是" in told else "否") if told else total
    value = parts if item.parts else parts[""]
    return FilledCell(
        id=number,
        label=item.label,
        value=value,
        text=show(form, item, value),
        records=tuple(_once(found)),
        counted=value,
        sources=tuple(
            CellSource(sheet.number or 0, sheet.unit, sheet.version, cell.value, cell.text, cell.records)
            for sheet, cell in found
        ),
    )


def _once(found: Sequence[tuple[FilledProgressForm, FilledCell]]) -> Iterator[CountedRecord]:
    """Yield each record of the sheets once, with all the parts that it counts in."""
    records: dict[tuple[str, int], CountedRecord] = {}
    for _, cell in found:
        for record in cell.records:
            key = (record.ledger, record.id)
            known = records.get(key, record)
            records[key] = replace(known, parts=tuple(dict.fromkeys(known.parts + record.parts)))
    yield from records.values()
