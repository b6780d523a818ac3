"""One reader for whatever a plan comes in: tables, prose, or both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hazard_desk.errors import Refused
from hazard_desk.grid.document import Document
from hazard_desk.grid.grid import Grid
from hazard_desk.library.annex.annex import Annex, FoundDuty
from hazard_desk.library.annex.columns import NO_HEADING
from hazard_desk.library.annex.origins import UsedCell, UsedSpan
from hazard_desk.library.annex.tables import TablesRead, plan_title, read_tables
from hazard_desk.library.plans import Group
from hazard_desk.library.prose.assigned import assigned_in, line_assigned
from hazard_desk.library.prose.duties import duties_in, duties_of_tasks
from hazard_desk.library.prose.groups import group_of_table, read_groups
from hazard_desk.library.prose.head import DocumentHead, read_head
from hazard_desk.library.prose.outline import TextLine, text_lines
from hazard_desk.library.prose.points import WHO, PointsRead, read_points
from hazard_desk.library.prose.stages import read_stages
from hazard_desk.library.prose.unread import stray_charges, unread_in
from hazard_desk.rules.dates import years_in

_DATED = re.compile(r"(?<!\d)(20[1-4]\d)\s*[年./\-]\s*(?:1[0-2]|0?[1-9])(?!\d)")
_SEARCHED = 5_000
"""Rows of a table in which dates are looked for."""
_NO_TASKS = "；正文里也没有认出任务（如“三、重点任务”下的“1．…”，或写有“牵头单位：”“责任单位：”的条目）"


def read_plan(document: Document, year: int, told: Mapping[str, str] | None = None) -> Annex:
    """Return what a document says of a plan. ``Refused`` when neither table nor text holds a task.

    ``year`` is that of dates without one, unless the document names another; ``told`` is what the clerk
    says of columns: heading -> 栏目.
    """
    annex = understand_plan(document, year, told)
    if not annex.found_in:
        raise Refused(NO_HEADING + (_NO_TASKS if document.paragraphs else ""))
    return annex


def understand_plan(document: Document, year: int, told: Mapping[str, str] | None = None) -> Annex:
    """Return what ``read_plan`` does, also where no task is found: ``found_in`` is '' then."""
    lines = text_lines(document.paragraphs)
    head = read_head(lines)
    year = _year(head, document, year)
    tables = read_tables(document.blocks, year, told or {})
    body = _unsigned(lines, head)
    points = PointsRead() if tables.tasks and tables.says_who else read_points(body, year)
    annex = _of_points(head, points, document, year) if points.tasks else _of_tables(head, tables)
    return _with_the_rest(annex, document, lines, head, tables, points)


def _year(head: DocumentHead, document: Document, year: int) -> int:
    """The year that the title names, or the day of issue; else the one that most dates name."""
    named = years_in(head.title) or ([head.issued_on.year] if head.issued_on else [])
    if named:
        return named[0]
    grids = (block for block in document.blocks if isinstance(block, Grid))
    cells = (cell for table in grids for row in table.rows[:_SEARCHED] for cell in row if cell is not None)
    words = [*(paragraph.text for paragraph in document.paragraphs), *map(str, cells)]
    dated = Counter(int(found) for text in words for found in _DATED.findall(text))
    return max(dated, key=lambda one: (dated[one], one), default=year)


def _unsigned(lines: Sequence[TextLine], head: DocumentHead) -> list[TextLine]:
    """The lines without those in which the issuer signs: they go on from no task."""
    signed = {span.place for span in head.used if span.what in ("发文机关", "成文日期")}
    return [line for line in lines if line.rank or line.place not in signed]


def _of_tables(head: DocumentHead, tables: TablesRead) -> Annex:
    annex_title = tables.annex_title or head.title
    return Annex(
        title=plan_title(head.title or annex_title),
        annex_title=annex_title,
        year=tables.year,
        found_in=tables.found_in,
        columns=tables.columns,
        tasks=tables.tasks,
        notes=tuple(tables.notes),
    )


def _of_points(head: DocumentHead, points: PointsRead, document: Document, year: int) -> Annex:
    title = plan_title(head.title)
    return Annex(
        title=title,
        annex_title=f"{title}重点任务分解表" if title else "",
        year=year,
        found_in="正文",
        columns={},
        tasks=tuple(points.tasks),
    )


def _with_the_rest(
    annex: Annex,
    document: Document,
    lines: Sequence[TextLine],
    head: DocumentHead,
    tables: TablesRead,
    points: PointsRead,
) -> Annex:
    """Return the annex with what the document says besides its tasks, and what of it was not used."""
    groups, of_groups = read_groups(lines)
    seated = dict(_groups_in_tables(document, len(groups)))
    stages = read_stages(lines, annex.year, head.issued_on)
    duties, of_duties = _duties(lines, annex, points)
    used = [*head.used, *points.used, *of_groups, *stages.used, *of_duties, *_captions(lines, annex)]
    columns = [one for one in tables.unread if not (one.origin and one.origin.place in seated)]
    paragraphs = list(unread_in(document.paragraphs, used))
    return replace(
        annex,
        issuer=head.issuer,
        number=head.number,
        issued_on=head.issued_on,
        groups=(*groups, *seated.values()),
        stages=tuple(stages.stages),
        duties=tuple(duties),
        doubts=(*stages.doubts, *stray_charges(document.paragraphs, used)),
        unread=(*columns, *paragraphs),
        used=tuple(sorted(set(used), key=lambda span: (span.place, span.start, span.end))),
        used_cells=(*tables.used, *(cell for at in seated for cell in _seats(document, at))),
    )


def _groups_in_tables(document: Document, before: int) -> Iterator[tuple[int, Group]]:
    """Yield the groups that tables list, by the place of the table among the blocks of the document."""
    for at, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            before += 1
            if group := group_of_table(block, before):
                yield at, group


def _seats(document: Document, at: int) -> Iterator[UsedCell]:
    """The cells of a table of which a group was made."""
    table = document.blocks[at]
    if isinstance(table, Grid):
        cells = dict.fromkeys(cell for row in range(len(table.rows)) for cell in table.places(row))
        yield from (UsedCell(at, *cell, "领导小组") for cell in cells if table.text(*cell))


def _duties(
    lines: Sequence[TextLine], annex: Annex, points: PointsRead
) -> tuple[list[FoundDuty], list[UsedSpan]]:
    """Return the recurring work that text and tasks demand, and where the text says so."""
    found: dict[str, FoundDuty] = {}
    used: list[UsedSpan] = []
    of_tasks = {span.place for span in points.used if span.what == WHO}
    for line in lines:  # what a line says of the deadline of its task is the duty of that task
        text = _without_who(line) if line.place in of_tasks else line.text
        for duty in duties_in([text], annex.year):
            found.setdefault(duty.title, duty)
            start = line.whole.find(duty.basis)
            if start >= 0:
                used += line.spans("常态化工作", start, start + len(duty.basis))
    for note in annex.notes:
        for duty in duties_in([note], annex.year):
            found.setdefault(duty.title, duty)
    for duty in duties_of_tasks(annex.tasks, annex.year):
        found.setdefault(duty.title, duty)
    return list(found.values()), used


def _without_who(line: TextLine) -> str:
    return "" if line_assigned(line.text) else assigned_in(line.text)[0]


def _captions(lines: Sequence[TextLine], annex: Annex) -> list[UsedSpan]:
    """The lines that name the annex, and those that only say that one follows."""
    found: list[UsedSpan] = []
    for line in lines:
        words = re.sub(r"\s", "", line.whole)
        if re.fullmatch(r"[（(]?(?:附\s*件|附\s*表|续\s*表|接上表|接上页|附)\d*[）)]?[:：]?", words) or (
            len(words) > 3 and re.sub(r"^附件\d*[:：]", "", words) in annex.annex_title
        ):
            found += line.spans("标题")
    return found
