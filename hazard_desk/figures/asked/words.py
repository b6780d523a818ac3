"""What the words of labels say together: facts that narrow, an event, a measure, a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hazard_desk.books.activities import Activities
from hazard_desk.books.checks.book import Checks
from hazard_desk.books.enterprises import Enterprises
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.rewards import Rewards
from hazard_desk.figures.asked.figure import AskedFigure
from hazard_desk.store.columns import name_of

LAST_EVENTS = ("found", "supervised")
"""Events that only narrow where another one is told besides."""


@dataclass
class LabelWords:
    """What the words of one text say for a ledger."""

    noun: bool = False
    where: dict[str, set[str]] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    has: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)
    strange: int = 0
    letters: int = 0

    @property
    def says(self) -> bool:
        return bool(self.noun or self.where or self.events or self.has or self.measures)


def take_word(told: LabelWords, key: str, value: str) -> None:
    lists = {
        "event": told.events,
        "has": told.has,
        "measure": told.measures,
        "unit": told.units,
        "span": told.spans,
    }
    if key == "noun":
        told.noun = True
    elif key in lists:
        lists[key].append(value)
    elif key not in ("idle", ""):
        told.where.setdefault(key, set()).update(value.split("|"))


def joined_words(told: Sequence[LabelWords]) -> tuple[LabelWords, bool]:
    """What several labels say together, and whether they contradict each other or themselves."""
    whole, clash = LabelWords(), False
    for one in told:
        whole.noun = whole.noun or one.noun
        whole.strange += one.strange
        whole.letters += one.letters
        for name, values in one.where.items():
            clash = clash or (name in whole.where and whole.where[name] != values)
            whole.where.setdefault(name, set()).update(values)
        for mine, its in (
            (whole.events, one.events),
            (whole.has, one.has),
            (whole.measures, one.measures),
            (whole.units, one.units),
            (whole.spans, one.spans),
        ):
            mine.extend(its)
    return whole, clash


def complete_words(whole: LabelWords, told: LabelWords, facts_only: bool = False) -> bool:
    """Let what stands around say what a label leaves open; whether it contradicts the label."""
    whole.noun = whole.noun or told.noun
    clash = False
    for name, values in told.where.items():
        clash = clash or (name in whole.where and whole.where[name] != values and not facts_only)
        whole.where.setdefault(name, set(values))
    whole.has += [name for name in told.has if name not in whole.has]
    if facts_only:
        return False
    if not whole.events or "supervised" in told.events:
        whole.events += [one for one in told.events if one not in whole.events]
    whole.measures = whole.measures or [one for one in told.measures if one != "count"]
    whole.units = whole.units or [*told.units]
    whole.spans = whole.spans or [*told.spans]
    return clash


def figure_of(ledger: str, told: LabelWords) -> AskedFigure | None:
    """What the words ask for; None where they make no sense together."""
    where = {
        name: tuple(sorted(values))
        for name, values in told.where.items()
        if not (name == name_of(Hazard.level) and len(values) > 1)
    }
    has, event = list(dict.fromkeys(told.has)), ""
    events = list(dict.fromkeys(told.events))
    if ledger == Hazards.id:
        last = (
            [one for one in events if one not in LAST_EVENTS]
            or [one for one in events if one != "found"]
            or ["found"]
        )
        event = last[-1]
        if len(last) > 1:
            return None
        if "supervised" in events and event != "supervised":
            has.append(name_of(Hazard.supervision_on))
    unit = next(iter(told.units), "")
    measure = _measure(ledger, list(dict.fromkeys(told.measures)), unit)
    if measure is None:
        return None
    asked_unit = unit if unit in ("wan", "yuan", "rate") else ""
    return AskedFigure(ledger, where, event, tuple(has), measure, asked_unit, next(iter(told.spans), ""))


def _measure(ledger: str, measures: list[str], unit: str) -> str | None:
    """How the records count; None for a unit in which they cannot be counted."""
    measure = measures[-1] if measures else ""
    if len(measures) > 1 and set(measures) - {"units", measure}:
        return None
    if unit == "times":
        return "count" if not measure.startswith("sum") else measure
    if unit == "units":
        return "count" if ledger == Enterprises.id else "units"
    if unit == "rate":
        return measure if measure in ("rate", "ontime") else "rate" if ledger == Hazards.id else None
    if unit == "people":
        if measure in ("people", "visitors") or measure.startswith("sum:headcount"):
            return measure
        return {Checks.id: "visitors", Rewards.id: "people", Activities.id: "people"}.get(ledger)
    if unit in ("wan", "yuan"):
        if measure == "money" or measure.startswith("sum:"):
            return measure
        return "money" if ledger == Rewards.id else None
    if measure == "units" and ledger == Enterprises.id:
        return "count"
    return measure or "count"
