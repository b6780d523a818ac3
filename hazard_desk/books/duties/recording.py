"""What to enter for a time a duty falls due that is not met: the record that would fulfil it, filled in."""

from __future__ import annotations

from datetime import date

from hazard_desk.books.activities import KINDS, Activities, ActivityRow
from hazard_desk.books.checks.book import KINDS as CHECK_KINDS
from hazard_desk.books.checks.book import CheckRow, Checks
from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.rules.fields import Row
from hazard_desk.rules.fulfilment import Wanted, read_code
from hazard_desk.rules.obligation import is_about
from hazard_desk.store.columns import name_of

_CHECK_OF_LEADERS = "带队"
_BY_HAND = ("activity", "check")
"""Sources whose records are entered by hand."""


def record_for(one: DutyOccurrence, today: date) -> tuple[str, Row]:
    """Return the ledger whose record fulfils a time a duty falls due, and what is known of that record.

    The first of its proofs that can be entered by hand; where there is none, a piece of work that names the
    duty.
    """
    want = next((want for want in map(read_code, one.duty.codes) if want.source in _BY_HAND), None)
    day = min(today, one.when.ends)
    person = next((doer.person for doer in one.asked.doers if doer.on(day)), "")
    if want is None or want.source == "activity":
        return Activities.id, _activity(one, want, day, person)
    return Checks.id, {
        name_of(CheckRow.kind): want.name if want.name in CHECK_KINDS else _CHECK_OF_LEADERS,
        name_of(CheckRow.checked_on): day,
        name_of(CheckRow.leader): person,
    }


def _activity(one: DutyOccurrence, want: Wanted | None, day: date, person: str) -> Row:
    title = one.title if want is None or is_about(one.title, want.word) else want.word
    row: Row = {
        name_of(ActivityRow.kind): want.name if want and want.name in KINDS else KINDS[-1],
        name_of(ActivityRow.title): title,
        name_of(ActivityRow.held_on): day,
        name_of(ActivityRow.host): person,
    }
    if want is None:
        row[name_of(ActivityRow.duty_title)] = one.duty.title
    if one.asked.whom and not one.asked.by_doer:
        row[name_of(ActivityRow.firms)] = list(one.missing)
    return row
