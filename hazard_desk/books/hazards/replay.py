"""The steps that a sheet's row tells of a hazard: which ones, on which day, in which order.

What is left of earlier rounds (an extension, a failed recheck, a reopening) comes in with the registration,
as the sheet has it, and no step is made up for it.
"""

from __future__ import annotations

from datetime import date

from hazard_desk.books.hazards.step import Move
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.hazards.telling import is_new, reached
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row, absent
from hazard_desk.rules.states import State
from hazard_desk.store.columns import name_of

_ENDS = (State.MERGED, State.VOID)


def moves(now: Row, wanted: Row, since: date | None = None) -> list[Move]:
    """Return the steps that lead from the hazard ``now`` to the row ``wanted``, in their order.

    Both map fields of the hazard to values; what ``wanted`` lacks is not asked for. ``since`` is the first
    day on which something that left no day may have been done; else the last day that the hazard knows.
    Raises ``Refused`` for a story that the row does not tell.
    """
    there, told = Hazard(now), Hazard(wanted)
    begin = since or _last_day(there)
    if is_new(Hazard.extended_by, there, told):
        raise Refused("表格里看不出延期前的时限，请在工作台办理“延期”", name_of(Hazard.extended_by))
    if is_new(Hazard.rechecked_on, there, told) and not (told.rectified_on or there.rectified_on):
        raise Refused("填写了“复查日期”的，请一并填写“整改完成日期”", name_of(Hazard.rectified_on))
    found = [move for step in STEPS.values() for move in step.tells(step, there, told, begin)]
    order = list(STEPS)
    found.sort(key=lambda move: (move.day, order.index(move.kind)))
    for step in STEPS.values():
        if step.leads_to in _ENDS and told.get(name_of(Hazard.state)) == step.leads_to != there.state:
            found.append(step.move(max([begin, *(move.day for move in found)]), told))
    return found


def _last_day(now: Hazard) -> date:
    known = (now.get(name_of(step.dates)) for step in STEPS.values() if step.dates is not None)
    return max(day for day in known if isinstance(day, date))


def carried(wanted: Row) -> Row:
    """Return what earlier rounds left in a new hazard's row: facts of steps that it has not reached."""
    told = Hazard(wanted)
    names = {name_of(Hazard.extended_by)}
    for step in (Steps.RECTIFIED, Steps.RECHECK_PASSED, Steps.SIGNED_OFF):
        if not reached(step, told):
            names |= {*step.asked}
            names |= {name_of(Hazard.rechecked_on)} if step is Steps.RECHECK_PASSED else set()
    return {name: wanted[name] for name in names if not absent(wanted.get(name))}
