"""Which rows of a book are wanted: the query, as SQL conditions and as tests on rows read whole."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date
from functools import reduce
from typing import TypeVar

from peewee import ColumnBase, Expression

from hazard_desk.rules.fields import Field, Kind, Value, by_name, clean, names_in
from hazard_desk.store.columns import holds

Wanted = str | Sequence[str]
ANY = "*"
"""Asks a list of names whether it holds any; '' asks whether it holds none."""
_AT_ONCE = 20_000
"""Ids that are asked for in one statement; SQLite as usually built takes 32,766."""
M = TypeVar("M", bound=Mapping[str, Value])


@dataclass(frozen=True)
class Query:
    """Which rows, in which order. ``where`` maps a declared name to one or several shown values.

    ``columns`` are the names or labels of the fields that a table of them shows, in this order; without
    any those that it shows by default.
    """

    where: Mapping[str, Wanted] = dataclass_field(default_factory=dict)
    text: str = ""
    sort: str = ""
    descending: bool = False
    as_of: date | None = None
    limit: int | None = None
    columns: tuple[str, ...] = ()


def _sort_key(name: str) -> Callable[[Mapping[str, Value]], tuple[bool, float | str]]:
    def key(row: Mapping[str, Value]) -> tuple[bool, float | str]:
        value = row[name]
        if isinstance(value, int | float):
            return False, value
        return value is None, "、".join(names_in(value)) if isinstance(value, list) else str(value or "")

    return key


def ordered(rows: list[M], fields: Sequence[Field], query: Query) -> list[M]:
    """Return the rows in the order that ``query`` wants: in memory what ``TableLedger`` asks of SQL."""
    if not query.sort:
        return rows
    name, descending = query.sort, query.descending
    if name.startswith("-"):
        name, descending = name[1:], not descending
    return sorted(rows, key=_sort_key(by_name(fields, name).name), reverse=descending)


def fitting(rows: Iterable[M], fields: Sequence[Field], query: Query, today: date) -> list[M]:
    """Return the rows that ``query`` wants: in memory what ``TableLedger.where`` asks of SQL."""
    tests = [
        (field.name, [_fits(field, wanted, today) for wanted in several(field, values)])
        for field, values in ((by_name(fields, name), values) for name, values in query.where.items())
    ]
    searched = [field for field in fields if field.searched]
    words = clean(query.text).lower().split()
    found = []
    for row in rows:
        text = "\n".join(field.show(row[field.name]) for field in searched).lower()
        fits = all(any(test(row[name]) for test in any_of) for name, any_of in tests)
        if fits and all(word in text for word in words):
            found.append(row)
    return found


def _fits(field: Field, wanted: str, today: date) -> Callable[[Value], bool]:
    """Return the test whether a value is the wanted one. ``Refused`` when nothing can be meant by it."""
    if field.kind is Kind.NAMES:
        name = field.kept(wanted)
        if name in ("", ANY):
            return lambda names: bool(names) == (name == ANY)
        return lambda names: name in names_in(names)
    if _is_span(field, wanted):
        first, last = _span(field, wanted, today)
        return lambda day: isinstance(day, date) and first <= day <= last
    one = _wanted(field, wanted, today)
    return lambda value: bool(value == one)


def condition(made: ColumnBase, field: Field, wanted: str, today: date) -> Expression:
    if field.kind is Kind.NAMES:
        name = field.kept(wanted)
        return ~holds(made, "") if name == ANY else holds(made, name)
    if _is_span(field, wanted):
        return made.between(*_span(field, wanted, today))
    value = _wanted(field, wanted, today)
    return made.is_null() if value is None else made == value


def _is_span(field: Field, wanted: str) -> bool:
    return field.kind is Kind.DATE and ".." in wanted


def _span(field: Field, wanted: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of "a..b"; either may be left out."""
    first, _, last = wanted.partition("..")
    asked = replace(field, required=False)
    return asked.read_day(first, today) or date.min, asked.read_day(last, today) or date.max


def _wanted(field: Field, wanted: str, today: date) -> Value:
    """Return the value that a filter asks for; '' asks for what was not entered."""
    return replace(field, required=False, check=None).read(wanted, today)


def in_year(made: ColumnBase, year: int) -> Expression:
    """Return the condition that a day lies in a year."""
    return made.between(date(year, 1, 1), date(year, 12, 31))


def parts(ids: Sequence[int]) -> Iterator[list[int]]:
    """Yield ids in their order, so many at a time as one statement takes."""
    for at in range(0, len(ids), _AT_ONCE):
        yield list(ids[at : at + _AT_ONCE])


def several(field: Field, wanted: Wanted) -> list[str]:
    """Return the shown values that are wanted of a field; a word that stands for several gives them."""
    groups = dict(field.groups)
    words = [wanted] if isinstance(wanted, str) else wanted
    return [value for word in words for value in groups.get(word, (word,))]


def all_of(conditions: Iterable[Expression]) -> Expression:
    return reduce(operator.and_, conditions)


def any_of(conditions: Iterable[Expression]) -> Expression:
    return reduce(operator.or_, conditions)
