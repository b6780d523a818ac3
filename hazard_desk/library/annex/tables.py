"""Which tables of a file are the annex of a plan, what they are called, and which columns were not used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import CellContent
from hazard_desk.grid.document import Block
from hazard_desk.grid.grid import Grid, Place
from hazard_desk.grid.headings import normal
from hazard_desk.library.annex.annex import UnreadPart
from hazard_desk.library.annex.columns import (
    AnnexCell,
    AnnexHeading,
    annex_heading,
    annex_words,
    place_told,
    role_called,
)
from hazard_desk.library.annex.origins import UsedCell
from hazard_desk.library.annex.rows import AnnexRows, renumbered
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.library.annex.words import joined
from hazard_desk.rules.dates import years_in

_MOST_ROWS, _MOST_COLUMNS = 5_000, 60
"""What lies beyond is no annex."""
_NO_TITLE = re.compile(
    r"^\s*[（(]?(?:附件|附表|附|续表|接上表|接上页)\s*\d*\s*[）)]?\s*[:：]?\s*$"
    r"|^\s*[（(]?(?:单位|填报|日期|制表|填表)|[:：]$"
)
_TITLES = ("方案", "计划", "要点", "清单", "分解表", "分工表", "任务表", "安排表", "台账", "一览表")
_PLAIN_SHEET = re.compile(r"(?:sheet|工作表|表)\s*\d*|第\d+张表", re.IGNORECASE)


@dataclass
class TablesRead:
    """What the tables of a file say."""

    found_in: str = ""
    annex_title: str = ""
    year: int = 0
    columns: dict[AnnexCell, tuple[str, ...]] = field(default_factory=dict)
    tasks: tuple[AnnexTask, ...] = ()
    notes: list[str] = field(default_factory=list)
    unread: list[UnreadPart] = field(default_factory=list)
    used: list[UsedCell] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    """Which of the tables were read, by their place among the blocks of the document."""
    says_who: bool = False
    """Whether they say who does a task or by when."""


def roles_told(told: Mapping[str, str]) -> dict[str, AnnexCell]:
    """Return what the clerk says columns are, by heading. ``Refused`` for a role that there is none of."""
    found: dict[str, AnnexCell] = {}
    for heading, name in told.items():
        role = role_called(name)
        if role is None:
            raise Refused(
                f"没有栏目“{name}”，可以写：主要行动、重点任务、具体任务、牵头领导、责任科室、配合单位、完成时限、备注"
            )
        found[heading] = role
    return found


def read_tables(blocks: Sequence[Block], year: int, told: Mapping[str, str]) -> TablesRead:
    """Return what the annex tables among ``blocks`` say; without tasks where none is one.

    ``year`` is that of dates without one, unless a title names another. ``told``: heading -> role.
    """
    roles = roles_told(told)
    tables = {at: _within_bounds(block) for at, block in enumerate(blocks) if isinstance(block, Grid)}
    found = [(at, table, annex_heading(table, roles)) for at, table in tables.items()]
    known = [(at, table, heading) for at, table, heading in found if heading is not None]
    chosen = [one for one in known if one[2].says_who]
    if not chosen and known:
        chosen = [max(known, key=lambda one: len(one[1].rows) - one[2].below)]
    seen = {normal(column) for _, _, heading in chosen for column in heading.headings.values()}
    missing_ones = (name for name in roles if normal(name) not in seen and place_told(name) is None)
    for missing in missing_ones if chosen else ():
        raise Refused(f"表里没有“{missing}”这一栏")
    read = TablesRead(year=year, read=[at for at, _, _ in chosen])
    read.says_who = any(heading.says_who for _, _, heading in chosen)
    others = [(at, table) for at, table, _ in found if at not in read.read]
    if chosen:
        read.annex_title = _title(chosen[0][1], chosen[0][2]) or _cover(read, others)
        _read_chosen(read, chosen)
    for at, table in others:
        read.unread += (one for one in _of_unread(at, table) if one.origin not in read.used)
    return read


def _cover(read: TablesRead, others: Sequence[tuple[int, Grid]]) -> str:
    """The title that stands on a sheet of its own; '' for none."""
    for at, table in others:
        title = re.sub(r"\s+", "", table.text(0, 0)) if table.rows else ""
        if not _first_line(table) and len(title) > 5 and title.endswith(_TITLES):
            read.used.append(UsedCell(at, 0, 0, "标题"))
            return title[:100]
    return ""


def _of_unread(at: int, table: Grid) -> Iterator[UnreadPart]:
    """The headings of a table that is not read; of one that has none, what its rows say."""
    head = _first_line(table)
    for cell in head:
        yield UnreadPart(table.called, "column", table.text(*cell), UsedCell(at, *cell, ""))
    for row in () if head else range(len(table.rows)):
        for cell in table.places(row):
            if cell[0] == row and (text := joined(table.text(*cell))):
                where = UsedCell(at, *cell, "标题" if cell == (0, 0) else "")
                yield UnreadPart(f"{table.called}第{row + 1}行", "paragraph", text, where)


def _first_line(table: Grid) -> list[Place]:
    """The cells of the headings of a table that is not read, as far as it has some."""
    rows = range(min(len(table.rows), 5))
    lines = ([cell for cell in table.places(row) if table.text(*cell)] for row in rows)
    return next((line for line in lines if len(line) > 1), [])


def _read_chosen(read: TablesRead, chosen: Sequence[tuple[int, Grid, AnnexHeading]]) -> None:
    read.year = next(iter(years_in(read.annex_title)), read.year)
    read.found_in = "、".join(one.called for _, one, _ in chosen)
    reader = AnnexRows(read.year)
    sections = _sections([(one, its) for _, one, its in chosen])
    for (at, one, its), section in zip(chosen, sections, strict=True):
        reader.read(one, its, section, at)
        for role, labels in its.labels.items():
            read.columns[role] = tuple(dict.fromkeys([*read.columns.get(role, ()), *labels]))
        reader.used += _titles(at, one, its, [read.annex_title, section])
        read.unread += _unused(at, one, its)
        read.unread += _unused_rows(at, one, its, reader.used)
    read.tasks = tuple(renumbered(reader.tasks))
    read.used = list(dict.fromkeys([*read.used, *reader.used]))
    read.notes += reader.notes


def _titles(at: int, table: Grid, heading: AnnexHeading, said: Sequence[str]) -> Iterator[UsedCell]:
    """The cells over the heading that name the table."""
    for row in range(heading.top):
        for cell in table.places(row):
            words = re.sub(r"\s+", "", table.text(*cell))
            if words and any(words.removesuffix("（示例）") in title for title in said):
                yield UsedCell(at, *cell, "标题")


def _unused_rows(
    at: int, table: Grid, heading: AnnexHeading, used: Sequence[UsedCell]
) -> Iterator[UnreadPart]:
    """The rows, over the heading and below it, in which nothing was made of anything."""
    told = {cell.row for cell in used if cell.place == at}
    for row in (*range(heading.top), *range(heading.below, len(table.rows))):
        cells = [cell for cell in table.places(row) if cell[0] == row and table.text(*cell)]
        if cells and row not in told:
            text = " ".join(joined(table.text(*cell)) for cell in cells)
            yield UnreadPart(f"{table.called}第{row + 1}行", "paragraph", text, UsedCell(at, *cells[0], ""))


def _unused(at: int, table: Grid, heading: AnnexHeading) -> Iterator[UnreadPart]:
    """The columns of which nothing is known, as far as something stands in them."""
    rows = range(heading.below, len(table.rows))
    for place in heading.unknown:
        if any(table.text(row, place) for row in rows):
            told = heading.headings.get(place, "")
            where = UsedCell(at, *table.origin(heading.below - 1, place), "")
            yield UnreadPart(f"{table.called}第{place + 1}栏", "column", told, where)
    named = set(heading.headings)
    for place in range(table.width):
        if place not in named and not _is_number(table, heading, place):
            texts = [text for row in rows if (text := str(table.cell(row, place) or "").strip())]
            if texts and not any(normal(text) for text in _over(table, heading, place)):
                where = UsedCell(at, heading.below - 1, place, "")
                text = f"没有栏名（如“{texts[0][:20]}”）"
                yield UnreadPart(f"{table.called}第{place + 1}栏", "column", text, where)


def _over(table: Grid, heading: AnnexHeading, place: int) -> list[str]:
    return [table.text(row, place) for row in range(heading.top, heading.below)]


def _is_number(table: Grid, heading: AnnexHeading, place: int) -> bool:
    return any(annex_words().field_of(text) == "number" for text in _over(table, heading, place))


def _sections(chosen: Sequence[tuple[Grid, AnnexHeading]]) -> list[str]:
    """What each of several tables is about (a sheet or table per sector); '' where it goes on from before."""
    if len(chosen) < 2 or any("action" in heading.columns for _, heading in chosen):
        return [""] * len(chosen)
    names = [_name(table, heading) for table, heading in chosen]
    return names if len(set(filter(None, names))) > 1 else [""] * len(chosen)


def _name(table: Grid, heading: AnnexHeading) -> str:
    lines = _lines_over(table, heading)
    if not _PLAIN_SHEET.fullmatch(table.title):
        return table.title
    return lines[-1] if lines else ""


def _within_bounds(table: Grid) -> Grid:
    part = table.part(_MOST_ROWS, _MOST_COLUMNS)
    return replace(part, rows=[[_in_full(cell) for cell in row] for row in part.rows])


def _in_full(cell: CellContent) -> CellContent:
    """A date as a deadline is written."""
    return f"{cell.year}年{cell.month}月{cell.day}日" if isinstance(cell, date) else cell


def _lines_over(table: Grid, heading: AnnexHeading) -> list[str]:
    lines = [*table.above, *("".join(table.line(row)) for row in range(heading.top))]
    return [re.sub(r"\s+", "", line) for line in lines if line.strip() and not _NO_TITLE.search(line)]


def _title(table: Grid, heading: AnnexHeading) -> str:
    """The line over the heading that names the table; a title in two lines is put together."""
    lines = _lines_over(table, heading)
    if not lines:
        return ""
    last = re.sub(r"^附[件表]\d*[:：]", "", lines[-1])
    if re.fullmatch(r"[（(]20\d\d[^）)]*[）)]", last) and len(lines) > 1:
        last = lines[-2] + last
    goes_on = re.match(r"(?:重点|工作|目标|主要|责任|任务)", last)
    if goes_on and len(lines) > 1 and re.search(r"方案(?:（[^）]*）)?$", lines[-2]):
        last = lines[-2] + last
    if re.match(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]", last):
        return ""  # the heading of a section of the text, not of the table
    return last.removesuffix("（示例）")[:100]


def plan_title(title: str) -> str:
    """Return the plan's name within the title of its annex: …方案 of …方案重点任务分解表."""
    match = re.match(
        r"(.*(?:方案|计划|要点|意见)(?:（[^）]*）)?)(?:的?(?:重点|主要|目标|工作|责任|任务|分工|分解).*)",
        title,
    )
    return match[1] if match else title
