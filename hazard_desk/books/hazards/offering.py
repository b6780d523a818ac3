"""What the forms of a hazard offer: standards that fit it, and before others who did it last."""

from __future__ import annotations

from hazard_desk.books.criteria import offered
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.rules.dates import read_ledger_date
from hazard_desk.rules.fields import Row, names_in
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of

_RECENT = 300
"""So many of the last entries of all hazards tell who did what of late."""


def with_standards(cabinet: Cabinet, name: str, entered: list[str]) -> list[str]:
    """Return what was entered in a field, of the 判定依据 after the standards that hold now."""
    return offered(cabinet, entered) if name == name_of(Hazard.criterion) else entered


def likeliest(cabinet: Cabinet, name: str, options: list[str], row: Row) -> list[str]:
    """Return the options of a field in the order in which a form offers them, where ``row`` stands in it."""
    if name != name_of(Hazard.criterion):
        return _last_first(cabinet, name, options)
    day, _ = read_ledger_date(str(row.get(name_of(Hazard.found_on)) or ""), cabinet.clock.today)
    sector = str(row.get(name_of(Hazard.sector)) or "")
    standards = set(offered(cabinet, ()))
    entered = [one for one in options if one not in standards]
    return offered(cabinet, entered, sector, day)


def _last_first(cabinet: Cabinet, name: str, options: list[str]) -> list[str]:
    """Those first that were entered last; of names all of the last entry together before each alone."""
    recent = HazardEvent.select(HazardEvent.facts).order_by(HazardEvent.id.desc()).limit(_RECENT)
    told = [facts[name] for facts in cabinet.column(recent) if facts.get(name)]
    lists = [names_in(one) or [str(one)] for one in told]
    known = set(options)
    said = [one for names in lists for one in names if one in known]
    together = ["、".join(names) for names in lists[:1] if len(names) > 1]
    return list(dict.fromkeys([*together, *said, *options]))
