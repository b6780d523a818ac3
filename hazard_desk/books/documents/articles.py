"""The articles of law to choose a paper's basis from: the office's own register before the bundled ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hazard_desk.books.registers import REGISTER as OF
from hazard_desk.books.registers import RegisterRow
from hazard_desk.library.dated_rules import UNCHECKED, Article, bundled_articles
from hazard_desk.rules.fields import read_names
from hazard_desk.store.cabinet import Cabinet

REGISTER = "legal-articles"
"""The register in which the office keeps articles of its own."""
_REPEALED = "已废止"


def articles(cabinet: Cabinet, day: date, sector: str = "") -> list[Article]:
    """Return the articles in force on a day: those of a sector first, those of other sectors left out.

    One that the office entered stands for the bundled one that is cited alike; what it entered as repealed
    is not offered. Without a sector all are there.
    """
    kept = cabinet.column(RegisterRow.select(RegisterRow.facts).where(OF == REGISTER))
    own: dict[str, Article | None] = {}
    for facts in kept:
        if not facts.get("title") or not facts.get("since"):
            continue  # a row with gaps is no article yet
        one = Article(
            title=str(facts["title"]),
            number=str(facts.get("number") or ""),
            article=str(facts.get("article") or ""),
            text=str(facts.get("text") or ""),
            since=date.fromisoformat(str(facts["since"])),
            checked="待核" if facts.get("checked") == UNCHECKED else "已核",
            sectors=tuple(read_names(facts.get("sector"))),
        )
        own[one.named] = None if facts.get("state") == _REPEALED else one
    bundled = [own.pop(one.named, one) for one in bundled_articles()]
    held = [one for one in (*own.values(), *bundled) if one is not None and one.held(day)]
    if not sector:
        return held
    fitting = [one for one in held if not one.sectors or sector in one.sectors]
    return sorted(fitting, key=lambda one: sector not in one.sectors)


def unchecked(cabinet: Cabinet, cited: Iterable[str]) -> list[str]:
    """Return those of the ``cited`` articles whose wording nobody compared with the original yet."""
    names = set(cited)
    known = articles(cabinet, cabinet.clock.today)
    return [one.named for one in known if one.named in names and one.checked == UNCHECKED]
