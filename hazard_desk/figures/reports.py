"""Reports as dates: which duties are reports, and the office's own form with each day it is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.opening import kept_since
from hazard_desk.books.plans.forms import form_in_use
from hazard_desk.books.plans.tables import DutyFacts
from hazard_desk.books.submissions import SubmissionRow
from hazard_desk.rules.fulfilment import OccurrenceState, named_of
from hazard_desk.rules.phrases.points import month_end
from hazard_desk.rules.readings import due_days

_REPORT = re.compile("上报|报送|反馈")
_WORDS = {
    OccurrenceState.UPCOMING: "未报",
    OccurrenceState.DUE: "未报",
    OccurrenceState.MET: "已报",
    OccurrenceState.MET_LATE: "逾期上报",
    OccurrenceState.LATE: "逾期未报",
    OccurrenceState.MISSED: "逾期未报",
}


def is_report(duty: DutyFacts) -> bool:
    """Whether a duty is to send something up: a form, or what it calls a report itself."""
    return bool(_REPORT.search(duty.title)) or bool(named_of(duty.codes, "form"))


def report_word(state: OccurrenceState) -> str:
    """Return how a report of this state is called: 已报, 未报."""
    return _WORDS.get(state, str(state))


@dataclass(frozen=True)
class FormDue:
    """One day on which the office's own form is due. ``sent`` is the submission, 0 for none."""

    day: date
    title: str
    state: OccurrenceState
    sent: int
    reason: str


def forms_due(books: Books, first: date, last: date) -> Iterator[FormDue]:
    """Yield when the form that the office uses is due from ``first`` to ``last``, as it stands today."""
    form = form_in_use(books.cabinet)
    if form is None:
        return
    plan = books.plans.current()
    begins, ends = max(first, form.first, plan.issued_on or plan.starts_on), min(last, plan.ends_on)
    sent = [row for row in books.submissions.rows(form.id) if not row.group or row.summed]
    opened = kept_since(books.cabinet)
    for day in due_days(begins, ends, form.due_day, form.every):
        last = month_end(day.year, day.month)  # of its period; what tells of less than its day is not it
        there = min((row for row in sent if day <= row.as_of <= last), key=_sent_on, default=None)
        if there is None and opened and day < opened:
            continue  # the office set the form for what comes
        title = f"报送{form.short}（{day.month}月，本单位在用的表）"
        state = _state(day, there, books.today)
        told = f"{there.submitted_on}上报" if there else f"时限{day}，尚未上报"
        yield FormDue(day, title, state, there.id if there else 0, told)


def _sent_on(row: SubmissionRow) -> date:
    return row.submitted_on


def _state(day: date, sent: SubmissionRow | None, today: date) -> OccurrenceState:
    if sent is not None:
        return OccurrenceState.MET_LATE if sent.submitted_on > day else OccurrenceState.MET
    return OccurrenceState.DUE if day >= today else OccurrenceState.LATE
