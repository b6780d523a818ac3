"""A duty's row: as the table keeps it, as the clerk reads it, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from hazard_desk.books.duties.evidence import Proofs
from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.books.plans.tables import DutyFacts, DutyRow, TaskFacts
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fulfilment import MET, DutyState, OccurrenceState, duty_state
from hazard_desk.rules.rhythm import describe, read_rhythm
from hazard_desk.store.columns import name_of

OWN = "own-"
"""What the code of a duty of the office's own begins with, once its plan was copied; before it has none."""


def shown(proofs: Proofs, row: DutyRow, tasks: Sequence[TaskFacts]) -> DutyFacts:
    """Return a row of the table as the clerk reads it; ``tasks`` are those it names."""
    duty = DutyFacts(row)
    duty.rhythm = describe(
        row.kind, row.period, row.rrule, row.at, row.at_least or 1, row.counted_in, row.trigger
    )
    duty.rule = row.rule or ("" if row.trigger else duty.rhythm)
    duty.codes = row.fulfilled_by
    duty.fulfilled_by = [proofs.in_words(code) for code in duty.codes]
    duty.own = not row.code or row.code.startswith(OWN)
    duty.people = row.leads or _once(one for task in tasks for one in task.leads)
    duty.offices = row.units or _once(one for task in tasks for one in task.units)
    return duty


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def entry_problems(proofs: Proofs, row: DutyRow) -> dict[str, str]:
    """Return what is wrong with a duty that the clerk entered, by field."""
    problems = unknown_sources(proofs, row)
    if bool(row.rule) == bool(row.trigger):
        problems[name_of(DutyRow.rule)] = "“周期”和“遇事办理”请填写其中一项"
    return problems


def unknown_sources(proofs: Proofs, row: DutyRow) -> dict[str, str]:
    """Return what is wrong with what shall fulfil a duty, by field."""
    unknown = [words for words in row.fulfilled_by if proofs.code_of(words) is None]
    if not unknown:
        return {}
    return {name_of(DutyRow.fulfilled_by): f"“完成依据”里没有“{unknown[0]}”，请从列表中选择"}


def codes_of(proofs: Proofs, row: DutyRow) -> list[str]:
    """Return what fulfils a duty, as the table keeps it, from the words that the clerk chose."""
    return [code for code in map(proofs.code_of, row.fulfilled_by) if code]


def keep(proofs: Proofs, row: DutyRow, year: int) -> None:
    """Make of a duty that was entered what the table keeps. Raises ``RefusedFields`` for its rhythm."""
    row.fulfilled_by = codes_of(proofs, row)
    if row.trigger:
        row.kind, row.period, row.rrule, row.at, row.at_least = "triggered", "", "", "", 1
        return
    try:
        rhythm = read_rhythm(row.rule, year)
    except Refused as wrong:
        raise RefusedFields({name_of(DutyRow.rule): wrong.message}) from None
    row.kind, row.period, row.rrule, row.at = rhythm.kind, rhythm.period, rhythm.rrule, rhythm.at
    row.at_least, row.counted_in = rhythm.at_least, rhythm.unit


def stand(duty: DutyFacts, times: Sequence[DutyOccurrence], in_use: Mapping[str, int], day: date) -> None:
    """Tell a duty how often it was met, what comes next, and where it stands."""
    met = sum(one.state in MET for one in times)
    asked = [one for one in times if one.state is not OccurrenceState.BEFORE]
    should = sum(one.state in MET or one.due <= day for one in asked)
    state = duty_state([one.state for one in times])
    if duty.kind == "triggered" and state is DutyState.DONE:
        state = DutyState.ON_TRACK  # its event may come again
    if duty.kind == "standing_count":
        met, should = sum(in_use[name] for name in registers_kept_up([duty])), duty.at_least or 1
        state = DutyState.KEPT if met >= should else DutyState.SHORT
    if duty.ends_on and duty.ends_on < day:
        state = DutyState.ENDED
    duty.met, duty.should, duty.total, duty.state = met, should, len(times), str(state)
    duty.next_due = min((one.due for one in times if one.open), default=None)


def registers_kept_up(duties: Sequence[DutyFacts]) -> set[str]:
    """Return the registers in which these duties keep up a number of things."""
    codes = [code for duty in duties if duty.kind == "standing_count" for code in duty.codes]
    return {code.partition(":")[2] for code in codes if code.startswith("register:")}
