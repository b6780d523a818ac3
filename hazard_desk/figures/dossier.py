"""What the binder (迎检档案) holds for each task: its records, and what is missing.

A dossier gathers what proves that a task was done: its work log, activities, the occurrences of its duties
with their records, its registers, documents issued, attachments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.attachments import AttachmentRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.book import ISSUED, DocumentRow
from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import TaskFacts, TaskLogFacts
from hazard_desk.store.columns import name_of

NARRATIVE = 99
"""The number of the dossier of duties that no task of the plan has."""


@dataclass(frozen=True)
class KeptRegister:
    """A register that the plan asks for: its title, and the rows in the ledger that keeps it."""

    title: str
    ledger: str
    where: Mapping[str, str]
    count: int


@dataclass(frozen=True)
class Dossier:
    """One task with its evidence; ``task`` is None for the dossier of duties without a task."""

    number: int
    name: str
    task: TaskFacts | None
    log: list[TaskLogFacts] = field(default_factory=list)
    activities: list[ActivityRow] = field(default_factory=list)
    occurrences: list[DutyOccurrence] = field(default_factory=list)
    registers: list[KeptRegister] = field(default_factory=list)
    documents: list[DocumentRow] = field(default_factory=list)
    attachments: list[AttachmentRow] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """What is missing, a sentence each; [] when nothing is."""
        return list(_missing(self))


def dossiers(books: Books) -> list[Dossier]:
    """Return a dossier for every task of the plan, then one for the duties that belong to no task."""
    activities = books.activities.select(Query(sort=name_of(ActivityRow.held_on)))
    due = books.duties.occurrences(date.min, date.max)
    occurrences = [one for one in due if one.due <= books.today or not one.open]
    issued = Query(where={name_of(DocumentRow.state): ISSUED})
    documents = {row.id: row for row in books.documents.select(issued)}
    registers = _registers(books)
    found = []
    for task in books.tasks.all_rows():
        mine = [one for one in occurrences if task.number in one.duty.tasks]
        duties = {one.duty.id for one in mine}
        held = [row for row in activities if row.task_id == task.id or row.duty_id in duties]
        kept = [register for tasks, register in registers if task.number in tasks]
        name = f"{task.key_task}_{_begin(task.text)}"
        one = Dossier(task.number, name, task, books.tasks.log(task.id), held, mine, kept)
        found.append(_with_files(books, one, documents))
    rest = [one for one in occurrences if not one.duty.tasks]
    if rest:
        duties = {one.duty.id for one in rest}
        held = [row for row in activities if row.duty_id in duties]
        last = Dossier(NARRATIVE, "方案正文要求的常态化工作", None, [], held, rest)
        found.append(_with_files(books, last, documents))
    return found


def _begin(text: str) -> str:
    """Return the first clause of a task's text, for the name of its folder."""
    return re.sub("[“”]", "", re.split("[，。、；：（]", text)[0])


def _with_files(books: Books, dossier: Dossier, documents: Mapping[int, DocumentRow]) -> Dossier:
    """Add the documents that fulfil its duties, and the attachments of its task and activities."""
    proofs = {proof.record for one in dossier.occurrences for proof in one.evidence}
    records = {number: f"{books.documents.id}/{number}" for number in documents}
    dossier.documents.extend(row for number, row in documents.items() if records[number] in proofs)
    if dossier.task:
        dossier.attachments.extend(books.attachments.of(books.tasks.id, dossier.task.id))
    for row in dossier.activities:
        dossier.attachments.extend(books.attachments.of(books.activities.id, row.id))
    return dossier


def _registers(books: Books) -> list[tuple[list[int], KeptRegister]]:
    """Return the registers of the plan with the numbers of the tasks that they serve."""
    found = []
    for row in books.plans.registers():
        name, where = books.place_of(row.code)
        if name in books.ledgers:
            count = books.ledger(name).count(Query(where=where))
            found.append((row.tasks, KeptRegister(row.title, name, where, count)))
    return found


def _missing(dossier: Dossier) -> Iterator[str]:
    kept = (dossier.log, dossier.activities, dossier.documents, dossier.attachments)
    proved = any(one.evidence or one.mark for one in dossier.occurrences)
    proved = proved or any(register.count for register in dossier.registers)
    if not any(kept) and not proved:
        yield "没有任何工作记录、活动、文书和附件"
    if dossier.task and dossier.task.overdue:
        yield f"任务逾期：{dossier.task.reason.rstrip('。')}"
    for part in dossier.task.parts if dossier.task else ():
        if part.overdue:
            yield f"分项{part.mark}逾期：{part.reason}"
    for one in dossier.occurrences:
        if one.behind:
            yield f"{one.title}：{one.state}"
    for register in dossier.registers:
        if not register.count:
            yield f"{register.title}没有记录"
