"""The standards to choose a hazard's 判定依据 from: the office's own register before the bundled ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hazard_desk.books.registers import REGISTER as OF
from hazard_desk.books.registers import RegisterRow
from hazard_desk.library.criteria import Criterion, bundled_criteria
from hazard_desk.rules.fields import read_names
from hazard_desk.rules.wording import cited
from hazard_desk.store.cabinet import Cabinet

REGISTER = "criteria"
"""The register in which the office keeps standards of its own."""
REPEALED = "已废止"


def offered(cabinet: Cabinet, entered: Sequence[str], sector: str = "", day: date | None = None) -> list[str]:
    """Return the standards in force as papers cite them, then what was ``entered`` in other words.

    Those for other sectors than ``sector`` are left out, unless none is for that one: then those for all
    come first.
    """
    found = _held(cabinet, day)
    if any(sector in one.sectors for one in found):
        found = [one for one in found if sector in one.sectors or not one.sectors]
    elif sector:
        found.sort(key=lambda one: bool(one.sectors))
    return list(dict.fromkeys([*(cited(one.title, one.number) for one in found), *entered]))


def standards_for(cabinet: Cabinet, sector: str, day: date) -> list[Criterion]:
    """Return the standards that hold on a day for a sector, and after them those for all."""
    found = [one for one in _held(cabinet, day) if sector in one.sectors or not one.sectors]
    return sorted(found, key=lambda one: not one.sectors)


def _held(cabinet: Cabinet, day: date | None) -> list[Criterion]:
    """Return the standards that held in the year of ``day``; without a day those that none took the place of.

    A standard that the office entered stands for the bundled one of the same name; where it tells no points,
    those of the bundled one are its own.
    """
    entered = cabinet.column(RegisterRow.select(RegisterRow.facts).where(OF == REGISTER))
    own = [facts for facts in entered if facts.get("title")]  # history may lack it
    titles = {facts["title"] for facts in own}
    points = {one.title: one.points for one in bundled_criteria()}
    found = [
        Criterion(
            facts["title"],
            facts.get("number", ""),
            sectors=tuple(read_names(facts.get("sector"))),
            points=tuple(str(facts.get("points") or "").splitlines()) or points.get(facts["title"], ()),
        )
        for facts in own
        if facts.get("state") != REPEALED
        if not (day and facts.get("effective_on") and str(facts["effective_on"]) > day.isoformat())
    ]
    return found + [one for one in bundled_criteria() if one.title not in titles and one.held(day)]
