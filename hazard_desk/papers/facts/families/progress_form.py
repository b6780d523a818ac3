"""What a 调度表 tells, laid out as the annex of the notice has it; and what changed since the last one.

Six columns beside the merged section at the left: number, item, value, twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache

from hazard_desk.books.catalogue import Books
from hazard_desk.figures.progress.checks import Difference, differences, last_sent, version_before
from hazard_desk.figures.progress.filling import CountedRecord, FilledCell, FilledProgressForm, fill, thawed
from hazard_desk.library.progress_forms import Section, bundled_progress_forms
from hazard_desk.papers.model import Cell, Column, FieldsLine, Table, TableRow
from hazard_desk.papers.wording.facts import Each, One, PaperFacts, Put, fact, told_fact
from hazard_desk.rules.dates import show_date, with_dates_written
from hazard_desk.rules.fields import Kind

_COLUMNS = (
    Column("", 4, "center"),
    *(Column("", 2, "center"), Column("", 15), Column("", 8.5, "center")) * 2,
)
_NAMED = 2
"""So many records of a change are named; the others are counted."""


def form_facts(filled: FilledProgressForm | None) -> PaperFacts:
    """Return what a filled form tells; of None the names alone."""
    form = filled.form if filled else None
    notes = [note for note in (form.notes_title, *form.notes) if note] if form else []
    return PaperFacts(
        {
            "名称": told_fact("名称", form.title if form else ""),
            "单位行": told_fact("单位行", form.unit_line.format(unit=filled.unit) if form and filled else ""),
            "单位": told_fact("单位", filled.unit if filled else ""),
            "截止日期": fact("截止日期", lambda: filled.as_of if filled else None, Kind.DATE),
            "统计口径": told_fact("统计口径", str(filled.reading) if filled else ""),
            "第几次上报": _times(filled),
            "更正原因": told_fact("更正原因", filled.reason if filled else ""),
            "汇总的单位": told_fact("汇总的单位", _summed(filled) if filled and filled.summed else ""),
            "待补": _lines(one.sentence for one in (filled.left_out if filled else ())),
            "填报说明": _lines(notes),
            "表": Put("调度表的各项", lambda: [Table(_COLUMNS, tuple(_rows(filled)))] if filled else []),
            "表尾": Put("填报人、审核人等", lambda: [FieldsLine(tuple(_foot(filled)))] if filled else []),
        }
    )


def _times(filled: FilledProgressForm | None) -> One:
    """How often a form was sent, not known of one that was not."""
    return fact("第几次上报", lambda: filled.version or None if filled else None, Kind.INTEGER)


def _lines(told: Iterable[str]) -> Each:
    texts = list(told)
    return Each(lambda: _text(""), lambda: map(_text, texts))


def _text(text: str) -> PaperFacts:
    return PaperFacts({"内容": told_fact("内容", text)})


Two = tuple[FilledProgressForm, FilledProgressForm]
"""Of two forms that are compared the earlier and the later."""


def change_facts(read: Callable[[], Two | None], summed: Callable[[], bool] = lambda: False) -> PaperFacts:
    """Return what changed between two forms, one line for each cell; of None the names alone.

    ``summed``: there are no two because the one sent sums up what units sent.
    """
    found = cache(lambda: differences(*two) if (two := read()) else [])
    cells = cache(lambda: len(two[1].cells) if (two := read()) else 0)

    def of_later(told: Callable[[FilledProgressForm], str]) -> str:
        two = read()
        return told(two[1]) if two else ""

    return PaperFacts(
        {
            "有两次": fact("有两次", lambda: read() is not None, Kind.BOOL),
            "只有汇总的一次": fact("只有汇总的一次", summed, Kind.BOOL),
            "表名": fact("表名", lambda: of_later(lambda one: one.form.short)),
            "单位": fact("单位", lambda: of_later(lambda one: one.unit)),
            "统计口径": fact("统计口径", lambda: of_later(lambda one: str(one.reading))),
            "期间": fact("期间", lambda: _between(*two) if (two := read()) else ""),
            "项数": fact("项数", cells, Kind.INTEGER, "项"),
            "变化项数": fact("变化项数", lambda: len(found()), Kind.INTEGER, "项"),
            "未变项数": fact("未变项数", lambda: cells() - len(found()), Kind.INTEGER, "项"),
            "变化表": Put("有变化的各项，增加和减少的记录", lambda: [_changes(found())]),
        }
    )


def _changes(found: Sequence[Difference]) -> Table:
    columns = (
        Column("序号", 3, "center"),
        Column("项目", 16),
        Column("上次", 7, "center"),
        Column("本次", 7, "center"),
        Column("增减", 5, "center"),
        Column("增加的记录", 26),
        Column("减少的记录", 12),
    )
    return Table(columns, tuple(_change_row(one) for one in found))


def _between(last: FilledProgressForm, now: FilledProgressForm) -> str:
    """Which two forms are compared: those of two days, or one day twice."""
    if last.as_of != now.as_of:
        return f"{show_date(last.as_of)}至{show_date(now.as_of)}"
    again = f"第{now.version}次上报" if now.version else "现在的统计"
    return f"截至{show_date(now.as_of)}，{again}与第{last.version}次上报相比"


def changes_since_sent(books: Books, as_of: date | None) -> PaperFacts:
    """Return what changed since the form that was sent last, counted as of a day, None for today.

    Of one that sums up what units sent, as it was sent, since the one before.
    """
    sent = cache(
        lambda: thawed(books.submissions.get(rows[0].id)) if (rows := books.submissions.rows()) else None
    )
    two = cache(lambda: _two(books, last, as_of) if (last := sent()) else None)
    return change_facts(two, lambda: sent() is not None and two() is None)


def _two(books: Books, last: FilledProgressForm, as_of: date | None) -> Two | None:
    if last.summed:
        before = last_sent(books, last) or version_before(books, last)
        return (before, last) if before else None
    form = bundled_progress_forms().get(last.form.id, last.form)
    now = fill(books, form, as_of or books.today, last.group, last.reading)
    return last_sent(books, now) or last, now


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
    named = "；".join(with_dates_written(record.title) for record in records[:_NAMED])
    return f"{named}等{len(records)}条" if len(records) > _NAMED else named
