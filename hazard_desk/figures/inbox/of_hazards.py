"""What waits of hazards: each stands once, by the gravest that is asked of it, with its next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.events import last_events
from hazard_desk.books.hazards.law import missing_commitments
from hazard_desk.books.hazards.step import Step
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.postponed import waiting_key
from hazard_desk.figures.dated import DueItem
from hazard_desk.figures.inbox.item import InboxItem, NextStep, Opens
from hazard_desk.figures.inbox.kinds import (
    HANDED,
    HAZARD_DUE,
    HAZARD_LATE,
    INBOX_KINDS,
    MAJOR_LATE,
    RANKS,
    RECHECK,
    REPORT,
    SIGN_OFF,
    SUPERVISION,
    UNCOMMITTED,
    InboxKind,
)
from hazard_desk.rules.states import MAJOR, OPEN_STATES, State
from hazard_desk.store.columns import name_of, names_of

_ASKED = (
    *(Hazard.number, Hazard.state, Hazard.level, Hazard.unit_name, Hazard.place, Hazard.description),
    *(Hazard.found_on, Hazard.deadline, Hazard.rectified_on, Hazard.rechecked_on, Hazard.pool),
    *(Hazard.responsible, Hazard.measures, Hazard.funds, Hazard.contingency, Hazard.overseer),
    *(
        Hazard.handed_to,
        Hazard.replied_on,
        Hazard.supervision_on,
        Hazard.supervision_deadline,
        Hazard.supervisor,
    ),
)
_DEADLINE, _SUPERVISED, _REPLY, _FEEDBACK = names_of(
    Hazard.deadline, Hazard.supervision_deadline, Hazard.reply_due, Hazard.feedback_due
)
_ANSWERS = (_REPLY, _FEEDBACK)
"""The days by which an answer is to come, or to go up: lines of their own."""
_ONWARD: dict[str, tuple[Step, str]] = {
    State.FOUND: (Steps.COMMITTED, "落实整改"),
    State.COMMITTED: (Steps.RECTIFIED, "整改完成"),
    State.HANDED: (Steps.REPLIED, "收到回复"),
    State.RECTIFIED: (Steps.RECHECK_PASSED, "复查"),
    State.RECHECKED: (Steps.SIGNED_OFF, "销号"),
}
"""The step that leads on from each state in which a hazard waits, and what its button says."""


def hazard_items(books: Books, dated: Iterable[DueItem]) -> Iterator[InboxItem]:
    """Yield what waits of hazards; ``dated`` are the dates of today and those that have passed."""
    days, events = _days(books, dated), _last_events(books)
    for row in _open(books):
        due = days.get(row.id, {})
        if (kind := _gravest(row, due)) is not None:
            yield _item(books, row, kind, _due_of(kind, due), events)
        for item in (due[name] for name in _ANSWERS if name in due):
            yield _keyed(_answer(row, item), events)
        if row.state == State.HANDED and row.replied_on:
            yield _keyed(_answered(books, row), events)


def coming_hazards(books: Books, dated: Iterable[DueItem]) -> Iterator[InboxItem]:
    """Yield what comes of hazards: a line for each of these dates."""
    days, events = _days(books, dated), _last_events(books)
    for row in _open(books) if days else ():
        for name, item in days.get(row.id, {}).items():
            if name in _ANSWERS:
                yield _keyed(_answer(row, item), events)
            else:
                yield _item(books, row, INBOX_KINDS[item.kind], item.date, events)


def _keyed(item: InboxItem, events: Mapping[int, int]) -> InboxItem:
    """Give the item what it is put off by: another day, another state or another event is another line."""
    return replace(
        item, keys=_keys(item.kind, item.record, item.due or item.state, events.get(item.number, 0))
    )


def _keys(kind: str, record: str, stands: date | str, event: int) -> tuple[str, ...]:
    return (waiting_key(kind, record, f"{stands} {event}"),)


def _days(books: Books, dated: Iterable[DueItem]) -> dict[int, dict[str, DueItem]]:
    """Return the dates of each hazard by the names of their fields."""
    found: dict[int, dict[str, DueItem]] = {}
    for item in dated:
        if item.ledger == books.hazards.id:
            found.setdefault(item.number, {})[item.field] = item
    return found


def _open(books: Books) -> list[Hazard]:
    asked = Query(where={name_of(Hazard.state): [str(state) for state in OPEN_STATES]})
    names = ("id", *names_of(*_ASKED))
    return books.cabinet.remembered(_ASKED, lambda: books.hazards.facts(names, asked))


def _last_events(books: Books) -> dict[int, int]:
    return books.cabinet.remembered(last_events, lambda: last_events(books.cabinet))


def _gravest(row: Hazard, due: Mapping[str, DueItem]) -> InboxKind | None:
    """Return the gravest that is asked of a hazard today, None where nothing is."""
    fits = []
    if _DEADLINE in due:
        late = due[_DEADLINE].overdue
        fits.append((MAJOR_LATE if row.level == MAJOR else HAZARD_LATE) if late else HAZARD_DUE)
    if _SUPERVISED in due:
        fits.append(SUPERVISION)
    if row.state == State.RECTIFIED:
        fits.append(RECHECK)
    if row.state == State.RECHECKED:
        fits.append(SIGN_OFF)
    if row.state == State.FOUND or (row.state == State.COMMITTED and missing_commitments(row)):
        fits.append(UNCOMMITTED)
    return min(fits, key=lambda kind: RANKS[kind.id], default=None)


def _due_of(kind: InboxKind, due: Mapping[str, DueItem]) -> date | None:
    item = due.get(_SUPERVISED if kind is SUPERVISION else _DEADLINE)
    return item.date if item else None


def _item(
    books: Books, row: Hazard, kind: InboxKind, due: date | None, events: Mapping[int, int]
) -> InboxItem:
    record = f"{books.hazards.id}/{row.id}"
    since = {State.RECTIFIED: row.rectified_on, State.RECHECKED: row.rechecked_on}
    lacking = missing_commitments(row) if kind is UNCOMMITTED else []
    return InboxItem(
        kind.id,
        _title(row),
        record,
        _next(row, lacking),
        _whose(row),
        due,
        since.get(State(row.state), row.found_on),
        f"缺{'、'.join(lacking)}" if lacking else "",
        row.state,
        row.level == MAJOR,
        due is not None and due < books.today,
        _keys(kind.id, record, due or row.state, events.get(row.id, 0)),
    )


def _next(row: Hazard, lacking: list[str]) -> NextStep:
    """Return the step that leads on; commitments come first where some are lacking."""
    step, words = _ONWARD[State.FOUND if lacking else row.state]
    return NextStep(words, Opens.STEP, step.kind)


def _answer(row: Hazard, item: DueItem) -> InboxItem:
    """The answer of those whom it was handed to, or the one to those who handed it down."""
    handed = item.field == _REPLY
    return InboxItem(
        (HANDED if handed else REPORT).id,
        f"{'移交回复' if handed else '上级交办反馈'}：{_title(row)}",
        item.record,
        NextStep("收到回复", Opens.STEP, Steps.REPLIED.kind) if handed else NextStep("查看", Opens.RECORD),
        row.handed_to if handed else _whose(row),
        item.date,
        state="未回复" if handed else "未反馈",
        grave=row.level == MAJOR,
        late=item.overdue,
    )


def _answered(books: Books, row: Hazard) -> InboxItem:
    """What was handed over and answered: that it is put right, or was sent back, is still to be entered."""
    return InboxItem(
        HANDED.id,
        f"移交回复：{_title(row)}",
        f"{books.hazards.id}/{row.id}",
        NextStep("整改完成", Opens.STEP, Steps.RECTIFIED.kind),
        row.handed_to,
        since=row.replied_on,
        reason="已经回复，接着登记“整改完成”；没有接收的登记“退回”",
        state="已回复",
        grave=row.level == MAJOR,
    )


def _title(row: Hazard) -> str:
    """Return how a line calls a hazard: where, what, and its number."""
    where = " ".join(one for one in (row.unit_name, row.place) if one)
    said = "：".join(one for one in (where, " ".join(row.description.split())) if one)
    return f"{said}（{row.number}）"


def _whose(row: Hazard) -> str:
    return "、".join(dict.fromkeys(one for one in (row.responsible, row.overseer) if one))
