"""The fields of an annex that is brought in: its tasks, and what the office says of the plan besides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from hazard_desk.books.plans.tables import ActionRow, KeyTaskRow, PlanRow, TaskRow
from hazard_desk.library.annex.plan import AnnexHead, code_for, plan_of_annex
from hazard_desk.library.annex.reading import Annex
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.library.plans import Plan
from hazard_desk.rules.fields import Row, by_name, read_all
from hazard_desk.store.columns import declared

_NEEDED = ("title", "issuer", "starts_on", "ends_on")
_ASKED = ("title", "short", "issuer", "number", "issued_on", "starts_on", "ends_on")
HEAD_FIELDS = tuple(replace(by_name(declared(PlanRow), name), required=name in _NEEDED) for name in _ASKED)

_OWN = ("text", "leads", "units", "deadline_text", "due", "standing", "remark")
TASK_FIELDS = (
    by_name(declared(TaskRow), "number"),
    replace(by_name(declared(ActionRow), "name"), name="action"),
    replace(by_name(declared(KeyTaskRow), "name"), name="key_task"),
    *(by_name(declared(TaskRow), name) for name in _OWN),
)
"""What is known of one task, in the order in which it is shown."""


def task_row(task: AnnexTask) -> Row:
    """Return a task that was read as a row of ``TASK_FIELDS``."""
    row = {field.name: getattr(task, CELL_OF.get(field.name, field.name)) for field in TASK_FIELDS}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


CELL_OF = {"deadline_text": "deadline"}
"""Fields that are called otherwise in what was read."""


def head_of(values: Mapping[str, Any], today: date) -> AnnexHead:
    """Return what was entered for ``HEAD_FIELDS``. Raises ``RefusedFields``."""
    return AnnexHead(**read_all(HEAD_FIELDS, values, today))


def head_values(annex: Annex, issuer: str) -> Row:
    """Return what to begin with: the title over the table, the years it names."""
    first, last = annex.years
    return {
        "title": annex.title,
        "issuer": issuer,
        "starts_on": date(first, 1, 1),
        "ends_on": date(last, 12, 31),
    }


def plan_from(annex: Annex, values: Mapping[str, Any], today: date, taken: Collection[str] = ()) -> Plan:
    """Return the plan of an annex and what was entered for ``HEAD_FIELDS``; its id is none of ``taken``.

    Raises ``RefusedFields`` and ``Refused``.
    """
    head = head_of(values, today)
    return plan_of_annex(annex, head, code_for(head, taken))
