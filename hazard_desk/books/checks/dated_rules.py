"""The dated rules as they hold for this office: what it entered in its registers, else the bundled ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hazard_desk.books.registers import REGISTER, RegisterRow
from hazard_desk.library.dated_rules import UNCHECKED, RewardRate, bundled_rules, in_force
from hazard_desk.rules.fields import Row
from hazard_desk.store.cabinet import Cabinet

CAPS, RATES = "check-caps", "reward-rates"
"""The registers in which the office keeps rules of its own."""


@dataclass(frozen=True)
class Cap:
    """So often a year may a firm be checked, by which document."""

    most: int
    cited: str
    exempt: tuple[str, ...]
    """The kinds of checks that do not count."""


def caps_on(cabinet: Cabinet, day: date) -> dict[tuple[bool, str], Cap]:
    """Return how often a firm may be checked in the year of a day, by 高危 and grade; one statement.

    The office's own before the bundled ones; a class that no rule names is not in it.
    """
    rule = in_force(bundled_rules().caps, day)
    exempt = rule.exempt if rule else ()
    found: dict[tuple[bool, str], Cap] = {}
    for row in sorted(_entered(cabinet, CAPS), key=_since, reverse=True):
        if _since(row) <= day:
            cap = Cap(int(str(row["most"])), _cited(row), exempt)
            found.setdefault((bool(row.get("high_risk")), str(row["grade"])), cap)
    if rule:
        bundled = {(one.high_risk, one.grade): Cap(one.most, rule.cited, exempt) for one in rule.limits}
        return bundled | found
    return found


def reward_rate(cabinet: Cabinet, day: date) -> RewardRate | None:
    """Return by which rule a report made on a day is rewarded; the office's own before the bundled one."""
    own = [
        RewardRate(
            title=str(row["title"]),
            number=str(row.get("number", "")),
            since=_since(row),
            checked="待核" if row["checked"] == UNCHECKED else "已核",
            share=int(str(row["share"])),
            least=int(str(row["least"])),
            most=int(str(row["most"])),
        )
        for row in _entered(cabinet, RATES)
    ]
    return in_force(own, day) or in_force(bundled_rules().rewards, day)


def _entered(cabinet: Cabinet, register: str) -> list[Row]:
    """Return the whole rows of a register; one with gaps is no rule."""
    rows = cabinet.records(RegisterRow, RegisterRow.select().where(register == REGISTER))
    return [row.facts for row in rows if not row.gaps]


def _since(row: Row) -> date:
    return date.fromisoformat(str(row["since"]))


def _cited(row: Row) -> str:
    return f"{row['number']}，{UNCHECKED}" if row["checked"] == UNCHECKED else str(row["number"])
