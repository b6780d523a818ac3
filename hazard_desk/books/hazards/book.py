"""隐患台账: every hazard from discovery to sign-off.

A hazard is its events (``hazard_event``); the row in ``hazard`` is what they fold to today, kept so
that tables page, filter and sort in SQL. ``steps`` declares what may be done, ``law`` what is lawful.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial

from hazard_desk.books.enterprises import Enterprises
from hazard_desk.books.hazards.course import (
    Folded,
    effective,
    fold,
    lawful_steps,
    refuse_idle,
    refuse_unlawful,
)
from hazard_desk.books.hazards.events import (
    FEW,
    enterprise_of,
    event_lines,
    events_in,
    keep_states,
    kept_event,
    kept_row,
    label_of,
    last_standing,
    told_line,
    withdrawn,
    without,
)
from hazard_desk.books.hazards.incoming.judging import HazardJudge, HazardJudgement
from hazard_desk.books.hazards.incoming.sheets import STORY, is_same_story
from hazard_desk.books.hazards.lamps import Asks, refuse_lacking
from hazard_desk.books.hazards.law import day_taken, unfounded, unregistrable
from hazard_desk.books.hazards.mending import mend_lines
from hazard_desk.books.hazards.merging import alone_again, given_back, merge_problem, refuse_merge
from hazard_desk.books.hazards.numbers import HazardNumbers
from hazard_desk.books.hazards.offering import likeliest, with_standards
from hazard_desk.books.hazards.past import LookingBack, events_of, retell, unfaithful
from hazard_desk.books.hazards.step import CORRECTED, HAPPENED_ON, WITHDRAWN, Event, Step
from hazard_desk.books.hazards.steps import LATER, STEPS, Steps
from hazard_desk.books.hazards.tables import FIRST_COLUMNS, USUAL_FILTER, EventFacts, Hazard, HazardEvent
from hazard_desk.books.kit.gaps import OTHERS, without_taken_in
from hazard_desk.books.kit.judging import Batch, Judgement, Telling
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Field, Row, Value, absent, read_all, read_others
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Act, Change, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import declared, name_of, names_of, table_name
from hazard_desk.store.tables import Noted
from hazard_desk.store.undo import CHANGED_SINCE


class Hazards(LookingBack):
    """The hazard ledger: registering, the steps of the closed loop, corrections, and days past."""

    id = "hazards"
    title = "隐患台账"
    noun = "隐患"
    why = "发现的隐患登记在这里，整改、复查、销号一步一步办，通知书、台账、调度表由它生成"
    icon = "hazards"
    paper = "hazard-ledger"
    default_sort = f"-{name_of(Hazard.found_on)}"
    first_columns, usual_filter = FIRST_COLUMNS, USUAL_FILTER
    numbered_by = name_of(Hazard.number)
    same_by = (names_of(Hazard.number), STORY)

    def __init__(self, cabinet: Cabinet, enterprises: Enterprises, asks: Asks = tuple) -> None:
        """``asks`` tells what the plan in use asks of hazards besides (``hazard_asks``)."""
        super().__init__(cabinet)
        self.asks = asks
        self.enterprises = enterprises
        enterprises.link(self.id, Hazard, Hazard.unit_name)
        cabinet.following.append(partial(retell, cabinet))
        self._numbers = HazardNumbers(cabinet)
        self._judge = HazardJudge(
            cabinet, self._numbers, self._entered, enterprises.find, partial(merge_problem, cabinet)
        )

    def entry_fields(self) -> tuple[Field, ...]:
        return tuple(field for field in super().entry_fields() if field.name not in LATER)

    def options(self, name: str) -> list[str]:
        if name == name_of(Hazard.unit_name):
            return self.enterprises.names()
        return with_standards(self.cabinet, name, super().options(name))

    def options_for(self, name: str, row: Row) -> list[str]:
        return likeliest(self.cabinet, name, self.options(name), row)

    def find(self, name: Value) -> int | None:
        return super().find(name) or self._numbers.spelled(str(name))

    def headline(self, row: Hazard) -> tuple[str, str]:
        where = f"{row.unit_name}{row.place}"
        return f"{row.number} {where}".strip(), where

    # Acts

    def add(self, values: Mapping[str, Value], links: Mapping[str, Value] | None = None) -> Change:
        """Register a hazard; the desk gives its number. ``links`` are ids of what it was made from.

        Raises ``RefusedFields``.
        """
        first = self._registered(1, values)
        folded = fold([first])
        with self.cabinet.act("hazards.register", self.id, Undo.STEP) as act:
            row = self._linked(folded) | dict(links or {}) | self._numbers.next(first.happened_on.year)
            number = act.insert(Hazard, row)
            self._append(act, number, first, folded)
            act.done(f"登记隐患 {self.get(number).number}", number)
        return act.result

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
        """Correct what was registered; a correction is a further event, nothing is overwritten."""
        events = self._course(number)
        old = effective(events)
        registered = next(event for event in old if event.number == events[0].number)
        day = None if registered.undated else registered.happened_on
        told = {**registered.facts, name_of(Hazard.found_on): day, **values}
        new = self._registered(events[-1].number + 1, told, registered)
        changed = {name: value for name, value in new.facts.items() if registered.facts.get(name) != value}
        if not changed and (new.happened_on, new.undated) == (registered.happened_on, registered.undated):
            raise Refused("内容没有改动，无需更正")
        refuse_idle(old, registered, changed)
        correction = replace(new, kind=CORRECTED, facts=changed, corrects=registered.number)
        return self._take(number, [*events, correction], "更正登记内容")

    def step(self, number: int, kind: str, values: Mapping[str, Value]) -> Change:
        """Take one step of the closed loop.

        ``values`` holds happened_on, note and what the step needs. Raises ``RefusedFields`` for what is
        missing and ``Refused`` when the step is not lawful where it stands.
        """
        step = STEPS[kind]
        events = self._course(number)
        try:
            event = self._event(number, events, step.kind, values)
        except RefusedFields:
            refuse_unlawful(events, step, values.get(HAPPENED_ON) or self.cabinet.clock.today)
            raise
        fold([*events, event], taking=event.number)
        if step is Steps.SIGNED_OFF:
            refuse_lacking(events, event, self.asks())
        return self._take(number, [*events, event], step.label)

    def correct(self, number: int, entry: int, values: Mapping[str, Value]) -> Change:
        """Set right what the step entered as ``entry`` said (facts, happened_on or note).

        Only the named values change. Raises ``Refused`` when the hazard's course would not be lawful.
        """
        events = self._course(number)
        target = next((event for event in effective(events) if event.number == entry), None)
        if target is None:
            raise Refused("没有找到要更正的办理记录")
        if target.kind == Steps.REGISTERED.kind:
            return self.change(number, values)
        day = None if target.undated else target.happened_on
        old = {**target.facts, HAPPENED_ON: day, "note": target.note}
        new = self._event(number, events, target.kind, {**old, **values}, target)
        if replace(new, number=entry, past=target.past) == target:
            raise Refused("内容没有改动，无需更正")
        correction = replace(new, kind=CORRECTED, corrects=entry)
        return self._take(number, [*events, correction], f"更正{quoted(STEPS[target.kind].label)}")

    def withdraw(self, number: int, alone: bool = False) -> Change:
        """Take back what was entered last for a hazard; it stays in the line, marked as taken back.

        A registration is voided instead: the number was given. What a voiding gave back, and nobody went on
        with, is merged again, unless the one is taken back ``alone``.
        """
        events = self._course(number)
        last, label = last_standing(events), f"撤回{quoted(label_of(last_standing(events), events))}"
        if last.kind != Steps.REGISTERED.kind:
            also = () if alone else given_back(self.cabinet, number, self._course)
            return self._take(number, withdrawn(events), label, also)
        entry, today = events[-1].number + 1, self.cabinet.clock.today
        return self._take(number, [*events, Event(entry, Steps.VOIDED.kind, today, note="撤销登记")], label)

    def take_back(self, rows: Sequence[Noted]) -> None:
        """Withdraw what an act entered for hazards, for an undo. ``Refused`` when more was entered since.

        Of a withdrawal that is withdrawn so, what it took back stands again.
        """
        written: dict[int, int] = {}
        for row in rows:
            if row["table"] == table_name(HazardEvent) and row["before"] is None:
                number = HazardEvent(row["after"] or {}).hazard_id
                if number in written or len(written) == FEW - 1:
                    self._take_back(written)
                    written = {}
                written[number] = row["id"]
        self._take_back(written)

    def _take_back(self, written: Mapping[int, int]) -> None:
        """Withdraw of each of these hazards what was entered as the row of ``hazard_event`` named with it."""
        there, lines, voided = event_lines(self.cabinet, list(written)), dict[int, list[Event]](), list[int]()
        for number, row in written.items():
            events = events_in(there[number]) or self._course(number)
            last = last_standing(events).number
            entry = next(event for event, kept in zip(events, there[number], strict=True) if kept.id == row)
            if last != entry.number and (entry.kind != WITHDRAWN or last > entry.number):
                raise Refused(CHANGED_SINCE.format("恢复" if entry.kind == WITHDRAWN else "撤销"))
            if entry.kind == Steps.REGISTERED.kind:
                voided.append(number)
            else:
                lines[number] = without(events, entry)
        if lines:
            with self.cabinet.act(f"hazards.{WITHDRAWN}", self.id, Undo.STEP) as act:
                self._go_on(act, lines)
                act.done(f"撤回{len(lines)}条隐患的办理记录", *lines)
        for number in voided:
            self.withdraw(number, alone=True)

    def remove(self, number: int) -> Change:
        raise Refused("隐患不能删除，录错的请办理“作废”并写明原因")

    def sheet_fields(self) -> tuple[Field, ...]:
        """All of the row: what was registered, and what the steps made of it."""
        return tuple(replace(field, given=False) for field in without_taken_in(self.own_fields))

    @cached_property
    def _entered(self) -> frozenset[str]:
        """The names of the fields that a registration asks for; asked before an old desk has its sectors."""
        return frozenset(
            field.name for field in declared(Hazard) if not field.given and field.name not in LATER
        )

    def is_same(self, row: Row, values: Row) -> bool:
        return is_same_story(row, values)

    def _judged(self, telling: Telling, number: int | None, batch: Batch) -> HazardJudgement:
        if number is None:
            return self._judge.begun(telling, batch)
        return self._judge.gone_on(telling, self.get(number), self._course(number), batch)

    def _standing(self, number: int) -> list[Row]:
        line = HazardEvent.select().where(HazardEvent.hazard_id == number).order_by(HazardEvent.id)
        return [*super()._standing(number), *self.cabinet.rows(line)]

    def entered(self, act: Act, numbers: Sequence[int]) -> None:
        self.enterprises.link_rows(act, Hazard, numbers)

    def _write(self, act: Act, judgements: Sequence[Judgement]) -> list[int]:
        told = [one for one in judgements if isinstance(one, HazardJudgement)]
        ids = self._judge.write(act, told)
        for number, one in zip(ids, told, strict=True):
            if one.voided_on:
                self._give_back(act, number, one.voided_on)
        return ids

    # Reading

    def steps(self, number: int) -> list[Step]:
        """Return the steps that the hazard may take now."""
        return lawful_steps(self._course(number))

    def course(self, number: int) -> list[Event]:
        """Return what happened to a hazard as it stands: corrected, without what was taken back, by day."""
        return effective(self._course(number))

    def events(self, number: int) -> list[EventFacts]:
        """Return the event line as the clerk reads it, in order of entry."""
        asked = HazardEvent.select().where(HazardEvent.hazard_id == number).order_by(HazardEvent.id)
        return told_line(self.cabinet.records(EventFacts, asked), self._course(number))

    def check(self) -> list[str]:
        """Return a sentence for every hazard whose kept row differs from what its events fold to."""
        return unfaithful(self.cabinet)

    def mend(self) -> list[str]:
        """Give every hazard a line again whose events were lost; return a sentence for each."""
        return mend_lines(self.cabinet, self.id, self.sheet_fields(), self._entered)

    # Inside

    def _event(
        self,
        number: int,
        events: Sequence[Event],
        kind: str,
        values: Mapping[str, Value],
        old: Event | None = None,
    ) -> Event:
        """Return the event of a step, its form checked; whether it is lawful is not asked yet.

        ``old`` is the one that it sets right; what history lacks in it may stay so.
        """
        step, entry = STEPS[kind], events[-1].number + 1
        owed = {name for name in step.asked if old and old.past and absent(old.facts.get(name))}
        owed |= {HAPPENED_ON} if old and old.undated else set()
        asked = step.fields_for(fold(events).facts.level)
        fields = (replace(one, required=False) if one.name in owed else one for one in asked)
        told = read_all(fields, values, self.cabinet.clock.today)
        facts = Hazard({name: value for name, value in told.items() if name not in owed or not absent(value)})
        day, note = day_taken(facts, self.cabinet.clock.today), str(facts.pop("note"))
        if step is Steps.MERGED and (old is None or facts.merged_into != old.said.merged_into):
            refuse_merge(self.cabinet, number, facts.merged_into)
        if day is None and old is not None:
            return Event(entry, kind, old.happened_on, facts, note, undated=True)
        assert day is not None  # the form demands it
        return Event(entry, kind, day, facts, note)

    def _registered(self, entry: int, values: Mapping[str, Value], old: Event | None = None) -> Event:
        """Return the registration that the form tells, checked; what history lacks in ``old`` may stay so."""
        owed: set[str] = set()
        if old is not None and old.past:
            owed = {name for name in Steps.REGISTERED.required if absent(old.facts.get(name))}
            owed |= unfounded(old.said).keys()
            owed -= set() if old.undated else {name_of(Hazard.found_on)}
        fields = (replace(one, required=False) if one.name in owed else one for one in self.entry_fields())
        facts = Hazard(read_all(fields, values, self.cabinet.clock.today))
        lacking = {name: told for name, told in unfounded(facts).items() if name not in owed}
        if problems := lacking | unregistrable(facts, self.cabinet.clock.today):
            raise RefusedFields(problems)
        day = facts.found_on
        del facts[name_of(Hazard.found_on)]
        if old is not None and OTHERS in values:
            facts.others = read_others(values[OTHERS])
        if day is None and old is not None:
            return Event(entry, Steps.REGISTERED.kind, old.happened_on, facts, undated=True)
        return Event(entry, Steps.REGISTERED.kind, day, facts)

    def _take(self, number: int, events: list[Event], label: str, also: Sequence[int] = ()) -> Change:
        """Keep the last of ``events``, which is new; withdraw with it what was entered last for ``also``."""
        new = events[-1]
        with self.cabinet.act(f"hazards.{new.kind}", self.id, Undo.STEP) as act:
            self._go_on(act, {number: events, **{one: withdrawn(self._course(one)) for one in also}})
            if new.kind == Steps.VOIDED.kind:
                self._give_back(act, number, new.happened_on)
            act.done(f"{self.get(number).number} {label}", number)
        return act.result

    def _go_on(self, act: Act, lines: Mapping[int, list[Event]]) -> None:
        """Keep the last event of each hazard's line, which is new, and what the line makes of the hazard."""
        old, there = self.cabinet.rows_of(Hazard, list(lines)), event_lines(self.cabinet, list(lines))
        folded = {number: fold(events) for number, events in lines.items()}
        who = self.cabinet.setting("clerk")
        for number, made in folded.items():
            act.update_from(Hazard, old[number], self._linked(made, old[number]))
        rows = (kept_event(one, lines[one][-1], made, act.at, who) for one, made in folded.items())
        act.insert_many(HazardEvent, rows)
        for number, made in folded.items():
            keep_states(act, there[number], made)

    def _give_back(self, act: Act, number: int, day: date) -> None:
        again = alone_again(self.cabinet, self.get(number).number, day, self._course)
        self._go_on(act, {row.id: course for row, course in again})

    def _append(self, act: Act, number: int, event: Event, folded: Folded) -> None:
        act.insert(HazardEvent, kept_event(number, event, folded, act.at, self.cabinet.setting("clerk")))

    def _linked(self, folded: Folded, old: Hazard | None = None) -> Hazard:
        """Return the kept row with the link to the enterprise of that name, where there is one."""
        row = kept_row(folded)
        row.enterprise_id = enterprise_of(row, old, self.enterprises.find)
        return row

    def _course(self, number: int) -> list[Event]:
        """Return the events of one hazard; ``Refused`` when it is gone."""
        if events := events_of(self.cabinet, [number]).get(number):
            return events
        raise Refused("这条隐患已不存在，请刷新后再看")
