"""A ledger's rows as a table of a paper: columns from the declared fields, nothing listed twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from types import MappingProxyType

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.gaps import GAP_WORD, GAPS
from hazard_desk.papers.model import Align, Cell, Column, Table, TableRow
from hazard_desk.rules.fields import Field, Kind, Row, names_in

NO_GROUPS: Mapping[str, str] = MappingProxyType({})
_LEFT = (Kind.TEXT, Kind.LONG, Kind.NAMES)
_NUMBERS = (Kind.NUMBER, Kind.INTEGER)


def ledger_table(
    fields: Sequence[Field], rows: Sequence[Row], groups: Mapping[str, str] = NO_GROUPS
) -> Table:
    """Return the rows as a table with a running number before the fields, of which the first is a key.

    ``groups`` maps the names of fields to the word that stands over those side by side.
    """
    columns = [Column("序号", 3, "center")]
    columns += [Column(field.heading, field.width, _align(field)) for field in fields]
    lines: list[TableRow] = [
        (Cell(str(place), number=place), *(_cell(field, row) for field in fields))
        for place, row in enumerate(rows, start=1)
    ]
    over = ["", *(groups.get(field.name, "") for field in fields)]
    lines = lines or [row_of_nothing(len(columns))]
    return Table(tuple(columns), tuple(lines), _grouped_head(columns, over) if any(over) else (), keys=2)


def row_of_nothing(columns: int, told: str = "没有记录") -> TableRow:
    """Return the one row of a table that has no others: across all columns, what there is not."""
    return (Cell(told, colspan=columns, align="center"), *[None] * (columns - 1))


def _grouped_head(columns: Sequence[Column], over: Sequence[str]) -> tuple[TableRow, ...]:
    """A head of two rows: a word over the columns that it groups, all others as high as both."""
    above: list[Cell | None] = []
    below: list[Cell | None] = []
    at = 0
    for word, group in groupby(over):
        labels = [Cell(column.label) for column in columns[at : at + len(list(group))]]
        at += len(labels)
        if word:
            above += [Cell(word, colspan=len(labels)), *[None] * (len(labels) - 1)]
            below += labels
        else:
            above += [replace(label, rowspan=2) for label in labels]
            below += [None] * len(labels)
    return tuple(above), tuple(below)


def _cell(field: Field, row: Row) -> Cell:
    """A fact, and the number or day that it is."""
    value, text = row[field.name], fact_on_paper(field, row)
    if field.kind in _NUMBERS and isinstance(value, int | float):
        return Cell(text, number=value)
    return Cell(text, day=value if isinstance(value, date) else None)


def fact_on_paper(field: Field, row: Row) -> str:
    """Return a fact as a ledger or card on paper shows it; 待补 where nobody told it."""
    return GAP_WORD if field.name in names_in(row.get(GAPS)) else field.show(row[field.name])


def mark_of(books: Books) -> str:
    """Return what every page of a sample desk's paper is marked with, else ''."""
    return "示例" if books.sample else ""


def _align(field: Field) -> Align:
    if field.kind is Kind.NUMBER:
        return "right"
    return "left" if field.kind in _LEFT and field.width > 6 else "center"
