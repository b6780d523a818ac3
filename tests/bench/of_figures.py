"""Figures: against queries that read, or group, the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.query import Query
from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.desk import Desk
from hazard_desk.figures.board import board
from hazard_desk.figures.calendar import calendar, month_span
from hazard_desk.figures.due import due_items, overdue_items
from hazard_desk.figures.progress.filling import fill
from hazard_desk.figures.summary import half_year, summary
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.rules.fields import Due
from tests.bench.jobs import Bed, Job, Side, Work

Statement = tuple[str, tuple[str, ...]]
"""SQL and what is given to it."""
PAST = date(2023, 8, 1)
MONTH = month_span(SAMPLE_DAY)
YEAR = date(2023, 1, 1), date(2023, 12, 31)
AHEAD = SAMPLE_DAY, SAMPLE_DAY + timedelta(days=31)
_GROUPED = """
SELECT source, level, COUNT(*), SUM(rectified_on IS NOT NULL), SUM(supervision_on IS NOT NULL)
FROM hazard WHERE state NOT IN ('已作废', '已并案') AND found_on BETWEEN '2023-05-18' AND ?
GROUP BY source, level
"""
_BOARD = (
    "SELECT state, COUNT(*) FROM hazard GROUP BY state",
    "SELECT COUNT(*) FROM hazard WHERE level = '重大' AND state IN ('待整改', '整改中', '待复查', '待销号')",
    "SELECT COUNT(*) FROM hazard WHERE deadline < '2023-10-20' AND state IN ('待整改', '整改中')",
)
_SPAN = "BETWEEN '2023-07-01' AND '2023-10-20'"
_BULLETIN = (
    f"SELECT sector, COUNT(*), SUM(rectified_on > '') FROM hazard WHERE found_on {_SPAN} GROUP BY sector",
    f"SELECT office, COUNT(*), SUM(rectified_on > '') FROM hazard WHERE found_on {_SPAN} GROUP BY office",
    f"SELECT substr(found_on, 1, 7), COUNT(*) FROM hazard WHERE found_on {_SPAN} GROUP BY 1",
    f"SELECT substr(rectified_on, 1, 7), COUNT(*) FROM hazard WHERE rectified_on {_SPAN} GROUP BY 1",
    "SELECT level, COUNT(*), SUM(rectified_on IS NOT NULL), SUM(supervision_on IS NOT NULL), "
    "SUM(supervision_accepted_on IS NOT NULL) FROM hazard GROUP BY level",
    "SELECT * FROM hazard WHERE deadline < '2023-10-20' AND state IN ('待整改', '整改中') ORDER BY deadline",
    f"SELECT COUNT(*), COUNT(DISTINCT unit_name) FROM check_visit WHERE checked_on {_SPAN}",
    f"SELECT kind, COUNT(*), SUM(amount) FROM reward_penalty WHERE happened_on {_SPAN} GROUP BY kind",
    f"SELECT verified, COUNT(*) FROM tip WHERE received_on {_SPAN} GROUP BY verified",
    f"SELECT kind, COUNT(*) FROM activity WHERE held_on {_SPAN} GROUP BY kind",
)


def _queries(statements: Callable[[Desk], Iterable[Statement]]) -> Side:
    """The floor that asks these statements and reads what they find."""

    def prepare(bed: Bed) -> Work:
        link, asked = bed.desk.cabinet.db.link(), list(statements(bed.desk))
        return lambda: [link.execute(*statement).fetchall() for statement in asked]

    return prepare


def _ours(work: Callable[[Desk], object]) -> Side:
    """Read as the window reads."""

    def prepare(bed: Bed) -> Work:
        desk = bed.desk

        def read() -> object:
            with desk.cabinet.reading():
                return work(desk)

        return read

    return prepare


def _plain(statements: Iterable[str]) -> list[Statement]:
    return [(sql, ()) for sql in statements]


def _dated(desk: Desk, first: date | None, last: date, late: bool = False) -> Iterable[Statement]:
    """The rows that have to be done by a day of a span, a query for each such date that a book declares."""
    link = desk.cabinet.db.link()
    for book in desk.ledgers.values():
        if not isinstance(book, TableLedger):
            continue
        columns = {row[1] for row in link.execute(f"PRAGMA table_info({book.table_name})")}
        for field in book.fields:
            if (due := field.due) and field.name in columns:  # those of a register stand in no column
                names = dict.fromkeys(("id", field.name, *due.names, *due.people, *due.units, *_state(due)))
                sql = f"SELECT {', '.join(names)} FROM {book.table_name} WHERE {field.name} BETWEEN ? AND ?"
                sql += f" AND {due.state} NOT IN {(*map(str, due.done_in), '')}" if late and due.state else ""
                yield sql, (str(first or date.min), str(last))


def _state(due: Due) -> tuple[str, ...]:
    return (due.state,) if due.state else ()


def _late_and_coming(desk: Desk) -> list[Statement]:
    return [*_dated(desk, None, SAMPLE_DAY - timedelta(days=1), late=True), *_dated(desk, *AHEAD)]


def _form(day: date) -> Side:
    return _ours(lambda desk: fill(desk.books, find_progress_form("fangshan-2023"), day))


def _one_pass(day: date) -> Side:
    return _queries(lambda desk: [(_GROUPED, (day.isoformat(),))])


def _looked_back(desk: Desk) -> object:
    """What the ledger shows of a day: which hazards there were, and the first page of them."""
    query = Query(as_of=PAST)
    ids = desk.hazards.ids(query)
    return desk.hazards.rows_on(ids[:100], PAST), desk.hazards.sums(query)


JOBS = (
    Job("form of 36 cells, today", _one_pass(SAMPLE_DAY), _form(SAMPLE_DAY), {5_000: 3, 100_000: 1.5}),
    Job("form on a past day", _one_pass(PAST), _form(PAST), {5_000: 5, 100_000: 3}),
    Job(
        "calendar, month",
        _queries(lambda desk: _dated(desk, *MONTH)),
        _ours(lambda desk: calendar(desk.books, *MONTH)),
        {5_000: 6},
    ),
    Job(
        "calendar, year",
        _queries(lambda desk: _dated(desk, *YEAR)),
        _ours(lambda desk: calendar(desk.books, *YEAR)),
        {5_000: 6},
    ),
    Job(
        "first page: inbox and board",
        _queries(lambda desk: [*_late_and_coming(desk), *_plain(_BOARD)]),
        _ours(lambda desk: (desk.inbox(), board(desk.books))),
        {5_000: 6},
    ),
    Job(
        "due",
        _queries(_late_and_coming),
        _ours(lambda desk: (overdue_items(desk.books, None), due_items(desk.books, *AHEAD))),
        {5_000: 6},
    ),
    Job("reminders", _queries(_late_and_coming), _ours(lambda desk: desk.inbox()), {5_000: 6}),
    Job(
        "bulletin",
        _queries(lambda desk: _plain(_BULLETIN)),
        _ours(lambda desk: summary(desk.books, half_year(SAMPLE_DAY)[0], SAMPLE_DAY)),
        {5_000: 6},
    ),
    Job("look back on a day", None, _ours(_looked_back), {100_000: 2}),
)
