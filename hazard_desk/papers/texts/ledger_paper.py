"""A ledger as a paper: the fields that its table shows by default or that are asked for, on A4 or A3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import RewardRow, Rewards
from hazard_desk.papers.model import Paper, Title
from hazard_desk.papers.texts.tables import NO_GROUPS, foot_line, head_line, ledger_table, mark_of
from hazard_desk.rules.fields import Field, Row, field_called
from hazard_desk.store.columns import name_of

FIVE_WORD = "五落实"
"""Asks for all five commitments of a hazard, side by side under this word."""
_AMOUNT, _UNIT = name_of(RewardRow.amount), name_of(RewardRow.amount_unit)
_YUAN = {"元": 1, "万元": 10_000}


def ledger_paper(ledger: Ledger, books: Books, query: Query) -> Paper:
    """Return the rows of a ledger that ``query`` wants. Protected fields are left out.

    Raises ``Refused`` for a column that there is not.
    """
    fields = printed_fields(ledger, query.columns)
    rows: Sequence[Row] = ledger.select(query)
    if ledger.id == Rewards.id:
        fields, rows = _in_yuan(fields, rows)
    groups = dict.fromkeys(COMMITMENTS, FIVE_WORD) if FIVE_WORD in query.columns else NO_GROUPS
    title = f"{books.plans.current().short}{ledger.title}"
    table = ledger_table(fields, rows, groups)
    blocks = (Title(title), head_line(books, query.as_of), table, foot_line(books))
    return Paper(title, blocks, landscape=True, style="ledger", mark=mark_of(books), page_size="wide")


def hazard_ledger(books: Books, query: Query) -> Paper:
    """Return the hazards that ``query`` wants, in order of discovery where it names no other."""
    if not query.sort:
        query = replace(query, sort=name_of(Hazard.found_on), descending=False)
    return ledger_paper(books.hazards, books, query)


def has_five(ledger: Ledger) -> bool:
    """Return whether the rows of a ledger have the five commitments."""
    return COMMITMENTS.keys() <= {field.name for field in ledger.fields}


def printed_fields(ledger: Ledger, columns: Sequence[str] = ()) -> list[Field]:
    """Return the fields that a ledger has on paper: those of ``columns`` in this order, else by default."""
    open_fields = [field for field in ledger.fields if not field.sensitive]
    if not columns:
        return [field for field in open_fields if field.shown]
    named = {field.name: field for field in open_fields}
    found: dict[str, Field] = {}
    for column in columns:
        if column == FIVE_WORD and has_five(ledger):
            five = {name: named[name] for name in COMMITMENTS}
            found = {name: field for name, field in found.items() if name not in five} | five
        else:
            field = field_called(open_fields, column)
            found.setdefault(field.name, field)
    return list(found.values())


def _in_yuan(fields: Sequence[Field], rows: Sequence[Row]) -> tuple[list[Field], list[Row]]:
    """Amounts in one unit: on paper they stand in one column, with fines in 万元 and rewards in 元."""
    one = [replace(field, unit="元") if field.name == _AMOUNT else field for field in fields]
    return [field for field in one if field.name != _UNIT], [_row_in_yuan(row) for row in rows]


def _row_in_yuan(row: Row) -> Row:
    amount, unit = row[_AMOUNT], row[_UNIT]
    if not isinstance(amount, int | float) or not isinstance(unit, str):
        return row
    return {**row, _AMOUNT: round(amount * _YUAN.get(unit, 1), 2)}
