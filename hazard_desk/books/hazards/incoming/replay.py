"""The steps that a sheet's row tells of a hazard: which ones, on which day if any, in which order.

What is left of earlier rounds (an extension, a failed recheck, a reopening) comes in with the registration,
as the sheet has it, and no step is made up for it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from hazard_desk.books.hazards.step import Move
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.hazards.telling import reached
from hazard_desk.rules.fields import Row
from hazard_desk.rules.states import ENDED
from hazard_desk.store.columns import name_of

_ORDER = list(STEPS)


def moves(now: Row, wanted: Row, undated: Collection[str] = ()) -> list[Move]:
    """Return the steps that lead from the hazard ``now`` to the row ``wanted``, in their order.

    Both map fields of the hazard to values; what ``wanted`` lacks is not asked for. ``undated`` are days that
    the row told and that cannot be: their steps were taken, nobody knows when. What ended is not led on.
    """
    there, told = Hazard(now), Hazard(wanted)
    if there.state in ENDED:
        return []
    found = [move for step in STEPS.values() for move in step.tells(step, there, told)]
    taken = {STEPS[move.kind].dates for move in found}
    for step in STEPS.values():
        doubted = step.dates is not None and step.told and name_of(step.dates) in undated
        if doubted and step.dates not in taken and reached(step, told):
            taken.add(step.dates)
            found.append(step.move(None, told))
    found.sort(key=lambda move: (move.day or date.max, _ORDER.index(move.kind)))
    state = told.get(name_of(Hazard.state))
    ends = (step for step in STEPS.values() if step.leads_to in ENDED and step.leads_to == state)
    return [*found, *(step.move(None, told) for step in ends)]
