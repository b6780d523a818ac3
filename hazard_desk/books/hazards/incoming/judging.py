"""What a sheet's row becomes in the hazard ledger: judged in memory, then written, many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from hazard_desk.books.hazards.course import Folded
from hazard_desk.books.hazards.events import enterprise_of, event_lines, keep_states, kept_event, kept_row
from hazard_desk.books.hazards.incoming.contradictions import contradictions
from hazard_desk.books.hazards.incoming.history import begun, gone_on
from hazard_desk.books.hazards.numbers import HazardNumbers
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.books.kit.gaps import OTHERS
from hazard_desk.books.kit.judging import Batch, Judgement, Telling
from hazard_desk.rules.fields import Row, Value
from hazard_desk.rules.states import State
from hazard_desk.store.acts import Act
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of

_NUMBER = name_of(Hazard.number)
_UNIT = name_of(Hazard.unit_name)
_MERGED = name_of(Hazard.merged_into)
_SUPERVISED = name_of(Hazard.supervision_on)
_OWN_NUMBER = "原编号"
"""Under this heading the number of another office is kept."""
_DAYS = {name_of(step.dates) for step in STEPS.values() if step.dates is not None and step.after}


@dataclass
class HazardJudgement(Judgement):
    """With the events that the row tells."""

    events: list[Event] = field(default_factory=list)
    """The whole course, in order of entry."""
    stored: int = 0
    """How many of them the desk has already."""
    folded: Folded = field(default_factory=lambda: Folded(State.FOUND, Hazard(), {}))
    """What they make of it."""

    @property
    def voided_on(self) -> date | None:
        """The day on which the row voids it; None where it does not, or did before."""
        new = self.events[self.stored :]
        return new[-1].happened_on if new and self.folded.state is State.VOID else None


class HazardJudge:
    """Judges rows for the hazard ledger, and writes what it judged."""

    def __init__(
        self,
        cabinet: Cabinet,
        numbers: HazardNumbers,
        entered: frozenset[str],
        unit: Callable[[Value], int | None],
        merge_problem: Callable[[int | None, str], str],
    ) -> None:
        """``entered`` are the names of the fields that a registration asks for, ``unit`` finds an enterprise
        by name, ``merge_problem`` tells why a hazard is not merged.
        """
        self._cabinet = cabinet
        self._numbers = numbers
        self._entered = entered
        self._unit = unit
        self._merge_problem = merge_problem

    def begun(self, telling: Telling, batch: Batch) -> HazardJudgement:
        """Return the new hazard that a row makes."""
        undated = self._without_contradictions(telling, None)
        numbered = self._own_number(telling, batch)
        events, folded = begun(telling, self._entered, self._cabinet.clock.today, undated)
        row = Hazard(kept_row(folded) | numbered)
        row.enterprise_id = self._enterprise(row, batch)
        names = (*telling.values, *([OTHERS] if telling.others else []))
        return HazardJudgement(None, row, telling.problems, "", names, (), events, 0, folded)

    def gone_on(self, telling: Telling, old: Hazard, line: Sequence[Event], batch: Batch) -> HazardJudgement:
        """Return the hazard that is here, whose events are ``line``, with what a row tells besides."""
        undated = self._without_contradictions(telling, old)
        if (number := telling.values.pop(_NUMBER, old.number)) != old.number:
            telling.keep_aside(_NUMBER, number, _OWN_NUMBER)
        events, folded = gone_on(line, telling, self._entered, self._cabinet.clock.today, undated)
        row = kept_row(folded)
        row.number, row.enterprise_id = old.number, self._enterprise(row, batch, old)
        changed = tuple(name for name in (*telling.values, OTHERS) if row.get(name) != old.get(name))
        return HazardJudgement(old.id, row, telling.problems, "", changed, (), events, len(line), folded)

    def write(self, act: Act, judgements: Sequence[HazardJudgement]) -> list[int]:
        """Write judged rows within an act; return their hazards."""
        new = [one for one in judgements if one.number is None]
        brought = {one.row[_NUMBER] for one in new if one.row.get(_NUMBER)}
        unnumbered = [one for one in new if not one.row.get(_NUMBER)]
        years = [one.events[0].happened_on.year for one in unnumbered]
        drawn = self._numbers.draw(years, {str(number) for number in brought})
        for one, number in zip(unnumbered, drawn, strict=True):
            one.row |= number
        entered = iter(act.insert_many(Hazard, [one.row for one in new]))
        ids = [next(entered) if one.number is None else one.number for one in judgements]
        for one in judgements:
            if one.number is not None and len(one.events) > one.stored:
                act.update(Hazard, one.number, one.row)
                keep_states(act, event_lines(self._cabinet, [one.number])[one.number], one.folded)
        who = self._cabinet.setting("clerk")
        rows = (
            kept_event(hazard, event, one.folded, act.at, who)
            for hazard, one in zip(ids, judgements, strict=True)
            for event in one.events[one.stored :]
        )
        act.insert_many(HazardEvent, rows)
        return ids

    def _without_contradictions(self, telling: Telling, old: Hazard | None) -> set[str]:
        """Put aside what cannot be; return the days of steps that were taken, nobody knows when."""
        today, undated = self._cabinet.clock.today, set[str]()
        into = telling.values.get(_MERGED)
        if into and (problem := self._merge_problem(None if old is None else old.id, str(into))):
            telling.put_aside({_MERGED: problem})
        there: Row = {} if old is None else dict(old)
        if telling.values.get(_SUPERVISED, there.get(_SUPERVISED)) != there.get(_SUPERVISED):
            there.update({name_of(made): value for made, value in Steps.SUPERVISED.makes})  # once more
        while found := contradictions(Hazard(there | telling.values), today):
            told = {name: sentence for name, sentence in found.items() if name in telling.values}
            if not told:
                news = [name for name, value in telling.values.items() if value != there.get(name)]
                dated = [name for name in news if isinstance(telling.values[name], type(today))]
                if not dated:
                    break
                told = dict.fromkeys(dated, next(iter(found.values())))
            for name in told:
                day = telling.values[name]
                if name in _DAYS and isinstance(day, type(today)) and day <= today:
                    undated.add(name)
            telling.put_aside(told)
        return undated

    def _own_number(self, telling: Telling, batch: Batch) -> Hazard:
        """Return the number that a new hazard brings and may keep, with its parts; keep another one aside."""
        number = telling.values.get(_NUMBER)
        if not number:
            return Hazard()
        numbered, problem = self._numbers.kept(Hazard(telling.values), batch)
        if problem:
            telling.keep_aside(_NUMBER, number, _OWN_NUMBER)
            telling.problems[_NUMBER] = problem
        return Hazard(numbered)

    def _enterprise(self, row: Hazard, batch: Batch, old: Hazard | None = None) -> int | None:
        return enterprise_of(row, old, lambda name: batch.find(_UNIT, name, self._unit))
