"""What the forms of a hazard offer: standards that fit it, and before others who did it last."""

from __future__ import annotations

from hazard_desk.books.criteria import offered
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.books.kit.proposing import RECENT, last_first
from hazard_desk.rules.dates import read_ledger_date
from hazard_desk.rules.fields import Row
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of


def with_standards(cabinet: Cabinet, name: str, entered: list[str]) -> list[str]:
    """Return what was entered in a field, of the 判定依据 after the standards that hold now."""
    return offered(cabinet, entered) if name == name_of(Hazard.criterion) else entered


def likeliest(cabinet: Cabinet, name: str, options: list[str], row: Row) -> list[str]:
    """Return the options of a field in the order in which a form offers them, where ``row`` stands in it."""
    if name != name_of(Hazard.criterion):
        recent = HazardEvent.select(HazardEvent.facts).order_by(HazardEvent.id.desc()).limit(RECENT)
        return last_first([facts.get(name) for facts in cabinet.column(recent)], options)
    day, _ = read_ledger_date(str(row.get(name_of(Hazard.found_on)) or ""), cabinet.clock.today)
    sector = str(row.get(name_of(Hazard.sector)) or "")
    standards = set(offered(cabinet, ()))
    entered = [one for one in options if one not in standards]
    return offered(cabinet, entered, sector, day)
