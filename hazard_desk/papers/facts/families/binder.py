"""What the papers of the binder (迎检档案) tell: cover, what is missing, contents; a sheet for each task."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.attachments import AttachmentRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.plans.tables import TaskFacts, TaskPartFacts
from hazard_desk.figures.dossier import Dossier
from hazard_desk.papers.model import Cell, Column, Table
from hazard_desk.papers.texts.labelled import LabelledRow, labelled_table
from hazard_desk.papers.texts.tables import ledger_table
from hazard_desk.papers.wording.facts import Each, PaperFacts, Put, Tell, fact, told_fact
from hazard_desk.rules.dates import with_dates_written
from hazard_desk.rules.fields import Kind
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


LeftOut = Sequence[tuple[str, str]]
"""What could not be put into a folder, and why."""


def binder_facts(
    dossiers: Sequence[Dossier] = (), folders: Sequence[str] = (), left_out: LeftOut = ()
) -> PaperFacts:
    """Return what all dossiers tell: what is missing, the contents; ``folders`` are the names on disk."""
    rows = [(folder, text) for one, folder in zip(dossiers, folders, strict=True) for text in one.missing]
    rows += left_out
    return PaperFacts(
        {
            "缺项": Each(lambda: _missing("", ""), lambda: (_missing(*row) for row in rows)),
            "缺项数": fact("缺项数", lambda: len(rows), Kind.INTEGER, "项"),
            "目录表": Put("每个文件夹的状态和件数", lambda: [_contents(dossiers, folders)]),
        }
    )


def _missing(folder: str, text: str) -> PaperFacts:
    return PaperFacts({"任务": told_fact("任务", folder), "缺项": told_fact("缺项", text)})


def _contents(dossiers: Sequence[Dossier], folders: Sequence[str]) -> Table:
    """The folders with how much each holds."""
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


def task_facts(books: Books, one: Dossier | None) -> PaperFacts:
    """Return what is told of one task: what is asked, what was done, what is missing; of None the names."""
    told = one or Dossier(0, "", None)
    task = told.task
    parts = task.parts if task else []
    missing = one.missing if one else []
    tells: dict[str, Tell] = {
        "序号": fact("序号", lambda: told.number, Kind.INTEGER),
        "名称": told_fact("名称", told.name),
        "重点任务": told_fact("重点任务", task.key_task if task else ""),
        "任务表": Put("任务的内容、分工和状态", lambda: [_task(task)] if task else []),
        "缺项": Each(lambda: _missing("", ""), lambda: (_missing(told.name, text) for text in missing)),
        **_part("分项", parts, lambda: ledger_table(_PART, parts)),
        **_part("工作记录", told.log, lambda: _log(books, told)),
        **_part("常态化工作", told.occurrences, lambda: _occurrences(told)),
        **_part("活动", told.activities, lambda: ledger_table(_ACTIVITY, told.activities)),
        **_part("专项台账", told.registers, lambda: _registers(told)),
        **_part("文书", told.documents, lambda: ledger_table(_DOCUMENT, told.documents)),
        **_part("附件", told.attachments, lambda: ledger_table(_FILE, told.attachments)),
    }
    return PaperFacts(tells)


def _part(name: str, rows: Sized, table: Callable[[], Table]) -> dict[str, Tell]:
    """How many there are of something, and their table."""
    count = fact(f"{name}数", lambda: len(rows), Kind.INTEGER)
    return {f"{name}数": count, f"{name}表": Put(f"{name}的表格", lambda: [table()] if rows else [])}


def _log(books: Books, one: Dossier) -> Table:
    fields = books.tasks.shown_log_fields if any(row.part for row in one.log) else books.tasks.log_fields
    return ledger_table(fields, one.log[::-1])


def _registers(one: Dossier) -> Table:
    columns = (Column("台账", 30), Column("记录数", 8, "center"))
    return Table(columns, tuple((Cell(each.title), Cell(str(each.count))) for each in one.registers))


def _task(task: TaskFacts) -> Table:
    rows: list[LabelledRow] = [
        tuple((field.label, field.show(task[field.name])) for field in fields) for fields in _TASK
    ]
    return labelled_table(rows, (5, 13))


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
