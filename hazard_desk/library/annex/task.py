"""One task of an annex as it was understood, and how its cells are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from hazard_desk.library.annex.origins import Origin
from hazard_desk.library.annex.people import Who, leaders_in, units_in
from hazard_desk.library.plans import SharedCell
from hazard_desk.rules.deadlines import parse_deadline


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
    helpers: tuple[str, ...] = ()
    """Who helps (配合单位)."""
    deadline: str = ""
    due: date | None = None
    standing: bool = False
    printed: str = ""
    remark: str = ""
    notes: tuple[str, ...] = ()
    """What else the plan says of it, each under its own heading (完成标准：…), and contacts."""
    inherited: Mapping[SharedCell, int] = field(default_factory=dict)
    """Cells taken over from above: the number of the task that holds the value."""
    doubts: Mapping[str, str] = field(default_factory=dict)
    origins: tuple[Origin, ...] = field(default=(), compare=False, repr=False)
    """Where it stands in the document, first what is its own."""


def with_cell(task: AnnexTask, cell: SharedCell, text: str, year: int, aside: bool = False) -> AnnexTask:
    """Return a task with one shared cell read from ``text``; it is the task's own, and doubts are its own.

    ``aside`` says that people stand beside the units of the cell (责任单位及联系人).
    """
    inherited = {name: of for name, of in task.inherited.items() if name != cell}
    doubts = {name: doubt for name, doubt in task.doubts.items() if name != cell}
    task = replace(task, inherited=inherited, doubts=doubts)
    if cell != "deadline":
        return _with_who(task, cell, leaders_in(text, aside) if cell == "leads" else units_in(text, aside))
    meaning = parse_deadline(text, year)
    written = "" if meaning.empty else re.sub(r"\s*\n\s*", "", text.strip())
    task = replace(task, deadline=written, due=meaning.due, standing=meaning.standing)
    if meaning.empty and text.strip():
        return task
    if meaning.periods and not meaning.due:
        task = doubtful(task, cell, "时限是周期性的，请核对“常态化工作”里的这一项。")
    return doubtful(task, cell, f"完成时限待核对（{meaning.note}）") if meaning.note else task


def _with_who(task: AnnexTask, cell: SharedCell, who: Who) -> AnnexTask:
    if cell == "leads":
        task = replace(task, leads=tuple(who.people))
    elif cell == "helpers":
        task = replace(task, helpers=tuple(dict.fromkeys([*who.units, *who.helpers])))
    else:
        units, helpers = [*who.people, *who.units], [*task.helpers, *who.helpers]
        task = replace(task, units=tuple(dict.fromkeys(units)), helpers=tuple(dict.fromkeys(helpers)))
    for doubt in who.doubts:
        task = doubtful(task, cell, doubt)
    if who.contacts:
        contacts = "、".join(who.contacts)
        told = f"联系方式：{contacts}"
        task = replace(task, notes=tuple(dict.fromkeys([*task.notes, told])))
        task = doubtful(task, cell, f"“{contacts}”是联系方式，另记在备注里，请核对。")
    return task


def taking(task: AnnexTask, cell: SharedCell, holder: AnnexTask, number: int) -> AnnexTask:
    """Return a task that takes a cell over from ``holder``, the task with this number or place."""
    task = replace(task, inherited={**task.inherited, cell: number})
    if cell == "leads":
        return replace(task, leads=holder.leads)
    if cell == "units":
        return replace(task, units=holder.units)
    if cell == "helpers":
        return replace(task, helpers=holder.helpers)
    task = replace(task, deadline=holder.deadline, due=holder.due, standing=holder.standing)
    doubt = holder.doubts.get(cell, "")
    return doubtful(task, cell, doubt) if doubt else task


def doubtful(task: AnnexTask, cell: str, doubt: str) -> AnnexTask:
    """Return a task with one more doubt about a cell."""
    before = task.doubts.get(cell, "")
    return replace(task, doubts={**task.doubts, cell: before if doubt in before else before + doubt})
