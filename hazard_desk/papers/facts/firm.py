"""What a paper can tell of a 监管对象: its fields, and what every other book says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.plans import CheckPlanRow
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.firm_links import FIRM
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.rewards import REPORT_REWARD
from hazard_desk.library.registers import UNIT
from hazard_desk.papers.facts.checklist import criteria_facts
from hazard_desk.papers.wording.facts import Each, PaperFacts, Tell, Thing, facts_of_row
from hazard_desk.rules.states import OPEN_STATES
from hazard_desk.store.columns import Record, computed, declared, name_of

R = TypeVar("R", bound=Record)
_QUOTES = str.maketrans("", "", "“”")


def id_or_none(number: int | None) -> int:
    """Return the id of what a record names, 0 for none."""
    return number or 0


def firm_facts(books: Books, number: int) -> PaperFacts:
    """Return the facts of a 监管对象, of none for 0."""
    firm = books.enterprises.get(number) if number else Enterprise()
    own = facts_of_row((*declared(Enterprise), *computed(Enterprise)), firm)
    sector = str(firm.get(name_of(Enterprise.sector), ""))
    return PaperFacts({**own, **_of_firm(books, number), "判定标准": criteria_facts(books, sector)})


def each_of(book: TableLedger[R], rows: Callable[[], Sequence[R]]) -> Each:
    """Return the facts of each of these rows of a book, by the labels of its fields."""
    return Each(lambda: row_facts(book, book.table()), lambda: (row_facts(book, row) for row in rows()))


def row_facts(book: TableLedger[R], row: R) -> PaperFacts:
    """Return the facts of a row by the labels of its book."""
    return PaperFacts(facts_of_row(book.fields, row))


def _of_firm(books: Books, number: int) -> dict[str, Tell]:
    """What the other books hold of the firm, in the order of its entry."""

    def rows(book: TableLedger[R]) -> list[R]:
        return book.rows([row.id for row in book.made_from(FIRM, [number]).get(number, [])]) if number else []

    def open_ones() -> list[Hazard]:
        return [row for row in rows(books.hazards) if row.state in OPEN_STATES]

    def last(book: TableLedger[R], found: Sequence[R]) -> PaperFacts:
        return row_facts(book, found[-1] if found else book.table())

    def to_come() -> list[CheckPlanRow]:
        return [row for row in rows(books.check_plans) if not row.done_on]

    registers = {
        ledger.title.translate(_QUOTES): each_of(ledger, partial(rows, ledger))
        for ledger in books.registers.ledgers().values()
        if any(field.name == UNIT for field in ledger.fields)
    }
    return {
        **registers,
        "隐患": each_of(books.hazards, partial(rows, books.hazards)),
        "未销号隐患": each_of(books.hazards, open_ones),
        "逾期隐患": each_of(books.hazards, lambda: [row for row in open_ones() if row.overdue]),
        "检查": each_of(books.checks, partial(rows, books.checks)),
        "上次检查": Thing(lambda: last(books.checks, rows(books.checks))),
        "下次计划检查": Thing(lambda: last(books.check_plans, to_come()[:1])),
        # the reward of a report is somebody else's
        "奖惩": each_of(
            books.rewards, lambda: [row for row in rows(books.rewards) if row.kind != REPORT_REWARD]
        ),
        "履职事项": each_of(books.enterprise_duties, partial(rows, books.enterprise_duties)),
    }
