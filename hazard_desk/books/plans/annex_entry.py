"""The fields of an annex that is brought in: its tasks, and what the office says of the plan besides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from hazard_desk.books.plans.parts import facts_kept, fields_keeping, part_of, row_of
from hazard_desk.books.plans.tables import PlanRow, TaskFacts, TaskRow
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.annex.plan import AnnexHead, code_for, plan_of_annex
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.library.plans import Plan
from hazard_desk.rules.fields import Value, read_all
from hazard_desk.store.columns import field_of

HEAD_FIELDS = fields_keeping(PlanRow, AnnexHead)
_NUMBER, *_REST = fields_keeping(TaskRow, AnnexTask)
TASK_FIELDS = (_NUMBER, field_of(TaskFacts.action), field_of(TaskFacts.key_task), *_REST)
"""What is known of one task, in the order in which it is shown."""
CELL_OF = facts_kept(TaskRow)
"""How each of these fields is called in what was read, where it is a column."""


def task_row(task: AnnexTask) -> TaskFacts:
    """Return a task that was read as a row of ``TASK_FIELDS``."""
    row = row_of(TaskFacts, task)
    row.action, row.key_task = task.action, task.key_task
    return row


def head_of(values: Mapping[str, Value], today: date) -> AnnexHead:
    """Return what was entered for ``HEAD_FIELDS``. Raises ``RefusedFields``."""
    return part_of(AnnexHead, PlanRow(read_all(HEAD_FIELDS, values, today)), None)


def head_values(annex: Annex, issuer: str) -> PlanRow:
    """Return what to begin with: the title over the table, the years it names."""
    first, last = annex.years
    row = PlanRow()
    row.title, row.issuer = annex.title, annex.issuer or issuer
    row.number, row.issued_on = annex.number, annex.issued_on
    row.starts_on, row.ends_on = date(first, 1, 1), date(last, 12, 31)
    return row


def plan_from(annex: Annex, values: Mapping[str, Value], today: date, taken: Collection[str] = ()) -> Plan:
    """Return the plan of an annex and what was entered for ``HEAD_FIELDS``; its id is none of ``taken``.

    Raises ``RefusedFields`` and ``Refused``.
    """
    head = head_of(values, today)
    return plan_of_annex(annex, head, code_for(head, taken))
