"""起账日: the day from which a desk is kept. What fell due before it is 起账前: neither late nor missing."""

from __future__ import annotations

from datetime import date

from hazard_desk.books.plans.tables import PlanRow
from hazard_desk.store.cabinet import Cabinet

OPENED_ON = "opened_on"


def kept_since(cabinet: Cabinet, plan: int | None = None) -> date | None:
    """Return the day before which nothing is asked for any more; None where all counts.

    That is the desk's 起账日, but for a plan that came out on that day or later: it is kept from its
    beginning, with the days that it names before. So is a desk that is looked at as of a day before its
    own. ``plan`` is the id of another plan than the current one.
    """
    said = cabinet.setting(OPENED_ON)
    day = date.fromisoformat(said) if said else None
    if day is None or day > cabinet.clock.today:
        return None
    held = cabinet.row(PlanRow, plan or int(cabinet.setting("plan")))
    return day if day > (held.issued_on or held.starts_on) else None
