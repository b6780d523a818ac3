"""A hazard is its events: the fold to its state and facts, and the steps that are lawful next.

The steps themselves are declared in ``steps``; what makes one unlawful stands in ``law``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hazard_desk.books.hazards.law import lapsed, missing_commitments, supervised, unfounded, with_others
from hazard_desk.books.hazards.step import HAPPENED_ON, WITHDRAWN, Event, Step
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import ahead
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row, Value, absent, by_name
from hazard_desk.rules.states import ENDED, FAR, MAJOR, STANDING, UNRECTIFIED, State
from hazard_desk.rules.wording import quoted
from hazard_desk.store.columns import declared, name_of


@dataclass(frozen=True)
class Folded:
    """What the events make of a hazard: its state, its facts, and the state after each event."""

    state: State
    facts: Hazard
    after: dict[int, State]
    gaps: tuple[str, ...] = ()
    """Names of what the steps that came in as history require and nobody told."""


def effective(events: Iterable[Event]) -> list[Event]:
    """Return the events as corrected and without those withdrawn, in the order in which they happened.

    A correction replaces the facts it names in the event it corrects; the day moves if it says so.
    """
    entered = sorted(events, key=lambda event: event.number)
    withdrawn = taken_back(entered)
    standing: dict[int, Event] = {}
    for event in entered:
        if event.number in withdrawn or event.kind == WITHDRAWN:
            continue
        if event.corrects is None:
            standing[event.number] = event
        elif event.corrects in standing:
            old = standing[event.corrects]
            standing[old.number] = replace(
                old,
                happened_on=event.happened_on,
                facts=old.facts | event.facts,
                note=event.note or old.note,
                undated=event.undated,
            )
    return sorted(standing.values(), key=_order)


def taken_back(entered: Sequence[Event]) -> set[int | None]:
    """Return the numbers of the events that are withdrawn; of events in order of entry.

    A withdrawal that is withdrawn itself takes nothing back: what it took back stands again.
    """
    gone: set[int | None] = set()
    for event in reversed(entered):
        if event.kind == WITHDRAWN and event.number not in gone:
            gone.add(event.corrects)
    return gone


def _order(event: Event) -> tuple[bool, date, int]:
    """By day; a discovery whose day nobody told comes before all that is known of the hazard."""
    first = event.kind == Steps.REGISTERED.kind and event.undated
    return not first, event.happened_on, event.number


@dataclass(frozen=True)
class _Taken:
    """A hazard after one of its steps."""

    event: Event
    state: State
    facts: Hazard
    owed: dict[str, Event]
    """The steps of history that may lack something, by kind."""

    @property
    def gaps(self) -> tuple[str, ...]:
        return _gaps(self.owed.values(), self.facts, self.state)


def fold(events: Iterable[Event], taking: int | None = None) -> Folded:
    """Return the hazard that ``events`` make.

    ``taking`` is the number of the step that is taken here and now: the law asks more of it than of what
    was kept or comes in from a sheet, which may have gaps. Raises ``Refused`` naming the first step that
    is not lawful where it stands.
    """
    line = list(_taken(effective(events), taking))
    if not line:
        raise Refused("隐患须先登记")
    last = line[-1]
    return Folded(last.state, last.facts, {one.event.number: one.state for one in line}, last.gaps)


def stretches(events: Iterable[Event]) -> list[tuple[date, Folded]]:
    """Return how a hazard stood, from each day on on which it became otherwise, in order of day.

    One of which nobody knows when it was found is there from the day on which it came in. Raises ``Refused``
    as ``fold`` does.
    """
    line = list(_taken(effective(events)))
    begins = next((one.event.happened_on for one in line if not STEPS[one.event.kind].after), date.min)
    last = {max(begins, one.event.happened_on): one for one in line}
    return [(day, Folded(one.state, one.facts, {}, one.gaps)) for day, one in last.items()]


def _taken(line: Sequence[Event], taking: int | None = None) -> Iterator[_Taken]:
    """Take one step of a line after the other. Raises ``Refused``."""
    state: State | None = None
    facts = Hazard()
    owed: dict[str, Event] = {}
    before: tuple[State | None, dict[str, Event]] = (None, {})  # it ended
    for event in line:
        step = STEPS[event.kind]
        _lawful(step, event, state, facts, event is line[-1])
        if event.number == taking and step.taking:
            step.taking(step, event, facts)
        facts = _facts_after(step, event, facts)
        if step is Steps.RESTORED:
            state, owed = before
        elif step.leads_to in ENDED:
            before = state, owed
        state = _state_after(step, state, facts, event)
        if event.past:
            owed = owed | {step.kind: event}
        if owed:
            owed = {kind: one for kind, one in owed.items() if _stands(STEPS[kind], step, state)}
        yield _Taken(event, state, facts, owed)


def _stands(owing: Step, last: Step, state: State) -> bool:
    """Whether a step still stands in a hazard's course; of one that ended aside only the last step counts."""
    if state in ENDED:
        return owing is last
    return owing.leads_to is None or FAR.get(owing.leads_to, 0) <= FAR[state]


def _gaps(owed: Iterable[Event], facts: Hazard, state: State) -> tuple[str, ...]:
    """What the steps that came in as history require and the facts lack, in the order of the ledger.

    By what a hazard was judged to be major is not asked any more once it is closed.
    """
    lacking: set[str] = set()
    for event in owed:
        step = STEPS[event.kind]
        required = step.required_of(facts.level) if event.law else step.required
        lacking.update(name for name in required if absent(facts.get(name)))
        if step is Steps.REGISTERED and state is not State.CLOSED:
            lacking |= unfounded(facts).keys()
    return tuple(field.name for field in declared(Hazard) if field.name in lacking) if lacking else ()


def _state_after(step: Step, state: State | None, facts: Hazard, event: Event) -> State:
    """Return where the step leads.

    Back to work means 已移交 where it is the work of others, 整改中 only where the commitments stand, else
    待整改. What is rectified stays so, whoever it is handed to. History never leads back: of a step that is
    told without its day a later one may be known already.
    """
    leads_to = step.leads_to or state
    assert leads_to is not None  # the first event is a registration, which leads to a state
    if leads_to is State.HANDED and state is not None and (not event.law or state not in UNRECTIFIED):
        leads_to = state
    if event.past:
        return leads_to if state is None or FAR[leads_to] >= FAR[state] else state
    if leads_to is State.COMMITTED:
        if event.law and with_others(facts):
            return State.HANDED
        return State.FOUND if missing_commitments(facts, event.law) else leads_to
    return leads_to


def _facts_after(step: Step, event: Event, facts: Hazard) -> Hazard:
    """Return the facts with what the event brings, its day, and what it makes void."""
    after = Hazard(facts | event.facts)
    after.lapsed_on = lapsed(event, facts)
    if step.brings:
        after.update(step.brings(event, facts))
    after.update({name_of(made): value for made, value in step.makes})
    if step.dates is not None:
        after[name_of(step.dates)] = None if event.undated else event.happened_on
    return after


def _lawful(step: Step, event: Event, state: State | None, facts: Hazard, last: bool) -> None:
    """Raise ``Refused`` where the step is not lawful; of a day with later ones after it the state is told."""
    too_early = state is None or (not event.undated and ahead(facts.found_on, event.happened_on))
    if too_early and step is not Steps.REGISTERED:
        raise Refused(f"{quoted(step.label)}的日期不能早于发现日期", HAPPENED_ON)
    if state is None or event.past:
        return
    if state not in step.after and not last:
        day = event.happened_on.isoformat()
        raise Refused(f"{day}时隐患为“{state}”，不能办理{quoted(step.label)}，请核对办理日期", HAPPENED_ON)
    if state not in step.after:
        raise Refused(
            f"隐患当前为“{state}”，不能办理{quoted(step.label)}{_HINTS.get(state, '')}", HAPPENED_ON
        )
    if step.major_only and facts.level != MAJOR:
        raise Refused(f"{quoted(step.label)}只用于重大隐患", HAPPENED_ON)
    if step.guard:
        step.guard(step, event, facts)


_HINTS = {
    State.FOUND: "，请先办理“落实‘五落实’”或“整改完成”",
    State.COMMITTED: "，请先办理“整改完成”",
    State.RECTIFIED: "，请先办理复查",
    State.RECHECKED: "，下一步是“销号”",
    State.HANDED: "，请先办理“整改完成”，或办理“退回”后由本单位整改",
}


def lawful_steps(events: Sequence[Event]) -> list[Step]:
    """Return the steps that the hazard may take from where it stands; what they bring is not asked yet."""
    now = fold(events)
    return _lawful_from(now.state, now.facts)


def _lawful_from(state: str, facts: Hazard) -> list[Step]:
    listed = supervised(facts)
    return [
        step
        for step in STEPS.values()
        if state in step.after
        and (facts.level == MAJOR or not step.major_only)
        and step.supervision in (None, listed)
    ]


def steps_open_to(rows: Iterable[Hazard]) -> list[tuple[Step, int]]:
    """Return each step that at least one of these hazards may take now, with how many may, in their order."""
    counts = Counter(step.kind for row in rows for step in _lawful_from(row.state, row))
    return [(step, counts[step.kind]) for step in STEPS.values() if counts[step.kind]]


def leading_on(steps: Iterable[Step], row: Hazard) -> list[Step]:
    """Return which of its lawful steps lead a hazard on: to another state in which it counts as ours.

    Of what was handed over the answer comes first, then what follows from it.
    """
    return [step for step in steps if _leads_on(step, row)]


def _leads_on(step: Step, row: Hazard) -> bool:
    if row.state == State.HANDED:
        answered = step is Steps.REPLIED and row.replied_on is not None
        return step.leads_to == State.RECTIFIED or (step.after == (State.HANDED,) and not answered)
    return step.leads_to in STANDING and step.leads_to not in (row.state, State.HANDED)


def refuse_unlawful(events: Sequence[Event], step: Step, day: Value) -> None:
    """Raise ``Refused`` where the hazard may not take a step, whatever its form holds.

    That is said before what the form lacks. ``day`` is that of the step, where it is one.
    """
    if step not in lawful_steps(events) and isinstance(day, date):
        fold([*events, Event(events[-1].number + 1, step.kind, day)])


def refuse_idle(events: list[Event], target: Event, changed: Row) -> None:
    """A correction that a later step covers would change nothing: that step is to be corrected."""
    for event in reversed(events[events.index(target) + 1 :]):
        for name in event.facts.keys() & changed.keys():
            label = by_name(declared(Hazard), name).label
            step = quoted(STEPS[event.kind].label)
            raise RefusedFields({name: f"“{label}”以{step}中填写的为准，请更正那一步"})
