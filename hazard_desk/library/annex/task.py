"""One task of an annex as it was understood, and how its cells are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from hazard_desk.library.annex.words import names
from hazard_desk.rules.deadlines import parse_deadline

Cell = Literal["leads", "units", "deadline"]


@dataclass(frozen=True)
class AnnexTask:
    """One task as it was understood. ``doubts`` and ``inherited`` go by the name of the cell."""

    number: int
    action_number: int
    action: str
    key_number: int
    key_task: str
    text: str
    leads: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    deadline: str = ""
    due: date | None = None
    standing: bool = False
    printed: str = ""
    remark: str = ""
    inherited: Mapping[Cell, int] = field(default_factory=dict)
    """Cells taken over from above: the number of the task that holds the value."""
    doubts: Mapping[str, str] = field(default_factory=dict)


def with_cell(task: AnnexTask, cell: Cell, text: str, year: int) -> AnnexTask:
    """Return a task with one shared cell read from ``text``; it is the task's own, and doubts are its own."""
    inherited = {name: of for name, of in task.inherited.items() if name != cell}
    doubts = {name: doubt for name, doubt in task.doubts.items() if name != cell}
    task = replace(task, inherited=inherited, doubts=doubts)
    if cell != "deadline":
        found, doubt = names(text)
        leads, units = (tuple(found) if cell == name else getattr(task, name) for name in ("leads", "units"))
        task = replace(task, leads=leads, units=units)
        return doubtful(task, cell, doubt) if doubt else task
    meaning = parse_deadline(text, year)
    task = replace(
        task, deadline=re.sub(r"\s*\n\s*", "", text.strip()), due=meaning.due, standing=meaning.standing
    )
    if meaning.periods and not meaning.due:
        return doubtful(task, cell, "时限是周期性的，如需按期提醒，请另列入常态化工作。")
    return task if meaning.understood else doubtful(task, cell, f"完成时限待核对（{meaning.note}）")


def taking(task: AnnexTask, cell: Cell, holder: AnnexTask, number: int) -> AnnexTask:
    """Return a task that takes a cell over from ``holder``, the task with this number or place."""
    values: dict[str, Any] = {cell: getattr(holder, cell)}
    if cell == "deadline":
        values |= {"due": holder.due, "standing": holder.standing}
    task = replace(task, **values, inherited={**task.inherited, cell: number})
    doubt = holder.doubts.get(cell, "") if cell == "deadline" else ""
    return doubtful(task, cell, doubt) if doubt else task


def doubtful(task: AnnexTask, cell: str, doubt: str) -> AnnexTask:
    """Return a task with one more doubt about a cell."""
    before = task.doubts.get(cell, "")
    return replace(task, doubts={**task.doubts, cell: before if doubt in before else before + doubt})
