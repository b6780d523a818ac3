"""调度表 on paper, laid out as the annex of the notice has it; and what changed since the last one.

Six columns beside the merged section at the left: number, item, value, twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.query import Query
from hazard_desk.figures.progress.checks import Difference, differences, last_sent, version_before
from hazard_desk.figures.progress.filling import CountedRecord, FilledCell, FilledProgressForm, fill, thawed
from hazard_desk.library.progress_forms import Section, bundled_progress_forms
from hazard_desk.papers.model import (
    Block,
    Cell,
    Column,
    FieldsLine,
    Line,
    Note,
    Paper,
    Subtitle,
    Table,
    TableRow,
    Title,
)
from hazard_desk.rules.dates import show_date

_COLUMNS = (
    Column("", 4, "center"),
    *(Column("", 2, "center"), Column("", 15), Column("", 8.5, "center")) * 2,
)
_NAMED = 2
"""So many records of a change are named; the others are counted."""


def progress_form_paper(filled: FilledProgressForm) -> Paper:
    """Return a filled form as a paper of one table; values set by hand are told under it."""
    form = filled.form
    head = FieldsLine((("", form.unit_line.format(unit=filled.unit)), ("时间", show_date(filled.as_of))))
    blocks: list[Block] = [Title(form.title), head]
    blocks.append(Table(_COLUMNS, tuple(_rows(filled))))
    blocks.append(FieldsLine(tuple(_foot(filled))))
    if filled.version > 1:
        blocks.append(Note(f"本表为第{filled.version}次上报，更正原因：{filled.reason.rstrip('。')}。"))
    if filled.summed:
        blocks.append(Note(f"本表由{_summed(filled)}上报的表汇总。"))
    blocks += [Note(f"{one.sentence}。") for one in filled.left_out]
    blocks += [Note(note) for note in (form.notes_title, *form.notes) if note]
    return Paper(form.title, tuple(blocks), style="ledger", mark=filled.mark)


def changes_paper(last: FilledProgressForm, now: FilledProgressForm) -> Paper:
    """Return what changed between two forms, one line for each cell, as a page."""
    title = f"{now.form.short}变化情况"
    found = differences(last, now)
    columns = (
        Column("序号", 3, "center"),
        Column("项目", 16),
        Column("上次", 7, "center"),
        Column("本次", 7, "center"),
        Column("增减", 5, "center"),
        Column("增加的记录", 26),
        Column("减少的记录", 12),
    )
    rows = tuple(_change_row(one) for one in found)
    same = len(now.cells) - len(rows)
    told = f"共{len(now.cells)}项，{len(rows)}项有变化，{same}项没有变化。"
    blocks: tuple[Block, ...] = (
        Title(title),
        Subtitle(f"（{_between(last, now)}）"),
        FieldsLine((("填报单位", now.unit), ("统计口径", str(now.reading)))),
        Table(columns, rows) if rows else Line("两次填报的数字和记录完全一样。"),
        Note(told),
    )
    return Paper(title, blocks, style="ledger", mark=now.mark)


def _between(last: FilledProgressForm, now: FilledProgressForm) -> str:
    """Which two forms are compared: those of two days, or one day twice."""
    if last.as_of != now.as_of:
        return f"{show_date(last.as_of)}至{show_date(now.as_of)}"
    again = f"第{now.version}次上报" if now.version else "现在的统计"
    return f"截至{show_date(now.as_of)}，{again}与第{last.version}次上报相比"


def progress_form_changes(books: Books, query: Query) -> Paper:
    """Return what changed since the form that was sent last, counted as of ``query.as_of`` or today.

    Of one that sums up what units sent, as it was sent, since the one before. A desk that has sent none,
    or but one such, shows that in one line.
    """
    title = "调度表变化情况"
    sent = books.submissions.rows()
    if not sent:
        return Paper(title, (Title(title), Line("还没有上报过调度表。")), style="ledger")
    last = thawed(books.submissions.get(sent[0].id))
    if last.summed:
        before = last_sent(books, last) or version_before(books, last)
        if before is None:
            said = "由各单位上报的表汇总，只上报过一次，没有可以比较的。"
            return Paper(title, (Title(title), Line(said)), style="ledger", mark=last.mark)
        return changes_paper(before, last)
    form = bundled_progress_forms().get(last.form.id, last.form)
    now = fill(books, form, query.as_of or books.today, last.group, last.reading)
    return changes_paper(last_sent(books, now) or last, now)


def _rows(filled: FilledProgressForm) -> Iterator[TableRow]:
    cells = {cell.id: cell for cell in filled.cells}
    for place, section in enumerate(filled.form.sections, start=1):
        numbered = [(number, cells[f"{place}.{number}"]) for number in range(1, len(section.items) + 1)]
        yield from _section(section, numbered)


def _section(section: Section, numbered: Sequence[tuple[int, FilledCell]]) -> Iterator[TableRow]:
    lines = [numbered[at : at + 2] for at in range(0, len(numbered), 2)]
    for at, line in enumerate(lines):
        left = None if at else Cell(section.title, rowspan=len(lines))
        cells = [cell for number, filled in line for cell in _item(number, filled)]
        yield (left, *cells, *(Cell("") for _ in range(6 - len(cells))))


def _item(number: int, filled: FilledCell) -> tuple[Cell, Cell, Cell]:
    value = filled.value if isinstance(filled.value, int | float) else None
    return Cell(str(number)), Cell(filled.label), Cell(filled.text, number=value)


def _foot(filled: FilledProgressForm) -> Iterator[tuple[str, str]]:
    known = {"填报人": filled.who, "填报日期": show_date(filled.filled_on)}
    for label in filled.form.foot:
        yield label, known.get(label, "　　　　")


def _summed(filled: FilledProgressForm) -> str:
    """The units whose sheets are summed up, with their version where it is not the first."""
    sources = {source.unit: source for cell in filled.cells for source in cell.sources}
    again = {unit: f"（第{one.version}次）" if one.version > 1 else "" for unit, one in sources.items()}
    return "、".join(f"{unit}{told}" for unit, told in again.items())


def _change_row(one: Difference) -> TableRow:
    texts = (one.id, one.label, one.before, one.now, one.by, _named(one.added), _named(one.gone))
    return tuple(Cell(text) for text in texts)


def _named(records: Sequence[CountedRecord]) -> str:
    named = "；".join(record.title for record in records[:_NAMED])
    return f"{named}等{len(records)}条" if len(records) > _NAMED else named
