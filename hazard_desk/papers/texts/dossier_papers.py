"""The papers of the binder (迎检档案): cover, what is missing, contents; and a sheet for each task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.attachments import AttachmentRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.plans.tables import TaskFacts, TaskPartFacts
from hazard_desk.figures.dossier import Dossier
from hazard_desk.papers.model import (
    Block,
    Cell,
    Column,
    Heading,
    Line,
    PageBreak,
    Paper,
    Para,
    Space,
    Table,
    Title,
)
from hazard_desk.papers.texts.labelled import LabelledRow, labelled_table
from hazard_desk.papers.texts.phrases import day, signing_office
from hazard_desk.papers.texts.tables import ledger_table, mark_of
from hazard_desk.rules.dates import with_dates_written
from hazard_desk.store.columns import fields_of

_CONTENTS = (
    ("序号", 3),
    ("文件夹", 22),
    ("状态", 6),
    ("工作记录", 5),
    ("活动", 4),
    ("常态化工作", 6),
    ("文书", 4),
    ("附件", 4),
    ("缺项", 4),
)


_LeftOut = Sequence[tuple[str, str]]
"""What could not be put into a folder, and why."""


def binder_cover(
    books: Books, dossiers: Sequence[Dossier], folders: Sequence[str], left_out: _LeftOut
) -> Paper:
    """Return cover, the list of what is missing, and the contents; ``folders`` are the names on disk."""
    plan = books.plans.current()
    title = f"{plan.title}\n迎检档案"
    blocks: tuple[Block, ...] = (
        Space(8),
        Title(title),
        Space(6),
        Line(signing_office(books), "center"),
        Line(day(books.today), "center"),
        PageBreak(),
        *_missing(dossiers, folders, left_out),
        PageBreak(),
        Title("目　录"),
        contents_table(dossiers, folders),
    )
    return Paper(title.replace("\n", ""), blocks, style="ledger", mark=mark_of(books))


def _missing(dossiers: Sequence[Dossier], folders: Sequence[str], left_out: _LeftOut) -> Iterator[Block]:
    yield Title("缺项清单")
    rows = [(folder, text) for one, folder in zip(dossiers, folders, strict=True) for text in one.missing]
    rows += left_out
    if not rows:
        yield Para("各项任务均有工作记录，没有发现缺项。")
        return
    yield Para(f"下列{len(rows)}项缺少材料或者没有按期完成，请在迎检前补充完善。")
    columns = (Column("序号", 3, "center"), Column("任务", 20), Column("缺项", 22), Column("补充情况", 8))
    texts = ((str(place), folder, text, "") for place, (folder, text) in enumerate(rows, start=1))
    yield Table(columns, tuple(tuple(Cell(text) for text in row) for row in texts))


def contents_paper(books: Books, dossiers: Sequence[Dossier], folders: Sequence[str]) -> Paper:
    """Return the contents alone, to be kept as a spreadsheet."""
    title = "迎检档案目录"
    blocks = (Title(title), contents_table(dossiers, folders))
    return Paper(title, blocks, landscape=True, style="ledger", mark=mark_of(books))


def contents_table(dossiers: Sequence[Dossier], folders: Sequence[str]) -> Table:
    """Return the folders with how much each holds."""
    columns = tuple(Column(label, width, "left" if width > 10 else "center") for label, width in _CONTENTS)
    rows = tuple(_contents_row(one, folder) for one, folder in zip(dossiers, folders, strict=True))
    return Table(columns, rows)


def _contents_row(one: Dossier, folder: str) -> tuple[Cell, ...]:
    met = sum(1 for occurrence in one.occurrences if not occurrence.behind)
    duties = f"{met}/{len(one.occurrences)}" if one.occurrences else ""
    counts = (len(one.log), len(one.activities), duties, len(one.documents), len(one.attachments))
    number, status = (one.task.number, one.task.status) if one.task else ("", "")
    texts = (number, folder, status, *counts, len(one.missing))
    return tuple(Cell(str(text)) for text in texts)


def dossier_paper(books: Books, one: Dossier) -> Paper:
    """Return the sheet of one task: what is asked, what was done, what is missing."""
    title = f"任务{one.number}　{one.task.key_task}" if one.task else one.name
    blocks: list[Block] = [Title(title)]
    if one.task:
        blocks.append(labelled_table(_facts(one.task), (5, 13)))
    if one.task and one.task.parts:
        blocks += [Heading(1, "分项"), ledger_table(_PART, one.task.parts)]
    blocks.append(Heading(1, "缺项"))
    blocks += [Para(f"{place}．{text}。") for place, text in enumerate(one.missing, start=1)] or [
        Para("无。")
    ]
    blocks += _work(books, one)
    return Paper(title, tuple(blocks), style="ledger", mark=mark_of(books))


def _facts(task: TaskFacts) -> list[LabelledRow]:
    return [tuple((field.label, field.show(task[field.name])) for field in fields) for fields in _TASK]


def _work(books: Books, one: Dossier) -> Iterator[Block]:
    if one.log:
        yield Heading(1, "工作记录")
        fields = books.tasks.shown_log_fields if any(row.part for row in one.log) else books.tasks.log_fields
        yield ledger_table(fields, one.log[::-1])
    if one.occurrences:
        yield Heading(1, "常态化工作")
        yield _occurrences(one)
    if one.activities:
        yield Heading(1, "活动")
        yield ledger_table(_ACTIVITY, one.activities)
    if one.registers:
        yield Heading(1, "专项台账")
        columns = (Column("台账", 30), Column("记录数", 8, "center"))
        rows = tuple((Cell(register.title), Cell(str(register.count))) for register in one.registers)
        yield Table(columns, rows)
    if one.documents:
        yield Heading(1, "文书")
        yield ledger_table(_DOCUMENT, one.documents)
    if one.attachments:
        yield Heading(1, "附件")
        yield ledger_table(_FILE, one.attachments)


_TASK = (
    fields_of(TaskFacts.action),
    fields_of(TaskFacts.text),
    fields_of(TaskFacts.leads, TaskFacts.units),
    fields_of(TaskFacts.deadline_text, TaskFacts.status),
)
_PART = fields_of(
    TaskPartFacts.number, TaskPartFacts.text, TaskPartFacts.leads, TaskPartFacts.status, TaskPartFacts.reason
)
_DOCUMENT = fields_of(DocumentRow.number, DocumentRow.title, DocumentRow.issued_on, DocumentRow.addressee)
_ACTIVITY = fields_of(
    ActivityRow.held_on,
    ActivityRow.kind,
    ActivityRow.title,
    ActivityRow.place,
    ActivityRow.attendance,
    ActivityRow.content,
)
_FILE = fields_of(AttachmentRow.name, AttachmentRow.label, AttachmentRow.note)


def activities_table(books: Books, rows: Sequence[ActivityRow]) -> Table:
    """Return activities as their ledger shows them."""
    fields = [field for field in books.activities.fields if field.shown and not field.sensitive]
    return ledger_table(fields, rows)


def _occurrences(one: Dossier) -> Table:
    columns = (
        Column("工作", 18),
        Column("到期", 7, "center"),
        Column("情况", 6, "center"),
        Column("说明", 20),
    )
    rows = tuple(
        tuple(
            Cell(text)
            for text in (
                each.title,
                each.due.isoformat(),
                str(each.state),
                with_dates_written(each.verdict.reason),
            )
        )
        for each in one.occurrences
    )
    return Table(columns, rows)
