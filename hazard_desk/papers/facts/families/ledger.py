"""What a ledger tells as a paper: the fields that its table shows by default or that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.informants import MASKS
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import RewardRow, Rewards
from hazard_desk.papers.model import Block, Table
from hazard_desk.papers.texts.tables import NO_GROUPS, ledger_table
from hazard_desk.papers.wording.facts import PaperFacts, Put, fact
from hazard_desk.rules.fields import Field, Kind, Row, field_called
from hazard_desk.store.columns import name_of

FIVE_WORD = "五落实"
"""Asks for all five commitments of a hazard, side by side under this word."""
_AMOUNT, _UNIT = name_of(RewardRow.amount), name_of(RewardRow.amount_unit)
_ENDS = dict.fromkeys(("台账", "清单", "名册", "档案", "库", "计划", "表"), "") | {"登记": "表", "记录": "表"}
"""What follows the last word of a ledger's name in a title."""
_YUAN = {"元": 1, "万元": 10_000}


def ledger_facts(ledger: Ledger | None, query: Query) -> PaperFacts:
    """Return what is told of the rows of a ledger that ``query`` wants; of None the names alone.

    Protected fields are left out, and so are informants, even masked. To say
    its rows raises ``Refused`` for a column that there is not.
    """
    rows = cache(lambda: ledger.select(_in_order(ledger, query)) if ledger else [])

    def table() -> list[Block]:
        return [_table(ledger, rows(), query)] if ledger else []

    return PaperFacts(
        {
            "名称": fact("名称", lambda: paper_title_of(ledger.title) if ledger else ""),
            "条数": fact("条数", lambda: len(rows()), Kind.INTEGER, "条"),
            "表": Put("台账的各行，栏目在打印时选择", table),
        }
    )


def _in_order(ledger: Ledger, query: Query) -> Query:
    """Hazards stand in order of discovery where no other is asked for."""
    if ledger.id == Hazards.id and not query.sort:
        return replace(query, sort=name_of(Hazard.found_on), descending=False)
    return query


def _table(ledger: Ledger, rows: Sequence[Row], query: Query) -> Table:
    fields = printed_fields(ledger, query.columns)
    if ledger.id == Rewards.id:
        fields, rows = _in_yuan(fields, rows)
    groups = dict.fromkeys(COMMITMENTS, FIVE_WORD) if FIVE_WORD in query.columns else NO_GROUPS
    return ledger_table(fields, rows, groups)


def paper_title_of(name: str) -> str:
    """Return the name of a ledger as a paper has it in its title: 行业领域一览表, 发文登记表, 隐患台账."""
    return name + next((end for word, end in _ENDS.items() if name.endswith(word)), "一览表")


def has_five(ledger: Ledger) -> bool:
    """Return whether the rows of a ledger have the five commitments."""
    return COMMITMENTS.keys() <= {field.name for field in ledger.fields}


def fields_for_paper(ledger: Ledger) -> list[Field]:
    """Return the fields that a ledger can have on paper: nothing of an informant is among them."""
    return [field for field in ledger.fields if not field.sensitive and field not in MASKS]


def printed_fields(ledger: Ledger, columns: Sequence[str] = ()) -> list[Field]:
    """Return the fields that a ledger has on paper: those of ``columns`` in this order, else by default."""
    open_fields = fields_for_paper(ledger)
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
