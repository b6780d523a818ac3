"""Tables and rows: a field is declared once; the column in SQL and the typed fact of a row are both it.

``Hazard.deadline`` is the column, to be asked for in a query; ``row.deadline`` is what stands in a row. A
name that is not declared is found by the type checker, for both. ``declared`` reads the declarations back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    Literal,
    Self,
    TypeAlias,
    TypedDict,
    TypeVar,
    Unpack,
    overload,
)

import peewee

from hazard_desk.errors import Damaged
from hazard_desk.rules.fields import Due, Field, Kind, Value
from hazard_desk.store.sql.selecting import TableSelect

J = TypeVar("J")
R = TypeVar("R", bound="Record")
DAMAGED = "台账里有内容已损坏，读不出来，请用“校验台账”查看是哪一条，再用最近的备份恢复"
Made: TypeAlias = "peewee.Field[Any]"
"""A column of whatever kind."""
_MARK, _COMPUTED = "declaration", "computed"
_TOLD = json.JSONEncoder(ensure_ascii=False).encode
_EMPTY: dict[str, Callable[[str], Any]] = {"[]": lambda _: [], "{}": lambda _: {}}


class JsonField(peewee.TextField, Generic[J]):
    """Lists and small mappings, kept as JSON text."""

    if TYPE_CHECKING:  # as peewee's own fields: of the class the column, of a row what stands there

        @overload
        def __get__(self, instance: None, owner: object) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: object) -> J: ...
        def __get__(self, instance: object, owner: object) -> Self | J:
            raise NotImplementedError

    def db_value(self, value: J | None) -> str | None:
        return None if value is None else "[]" if value == [] else _TOLD(value)

    def python_value(self, value: str | None) -> J | None:
        read: Callable[[str], J] = _EMPTY.get(value or "", json.loads)
        return None if value is None else _read_or_damaged(read, value)

    def contains(self, word: str) -> peewee.Expression:
        """Return the SQL condition that the names as they are shown, not the JSON, have ``word`` in them."""
        return shown_names(self).contains(word)


def shown_names(names: peewee.ColumnBase) -> peewee.NodeList:
    """Return the SQL expression of a list kept as JSON as it is shown: its names with 、 between them."""
    begin = peewee.SQL("(SELECT GROUP_CONCAT(value, '、') FROM JSON_EACH(")
    return peewee.NodeList((begin, names, peewee.SQL("))")))


def holds(names: peewee.ColumnBase, name: str) -> peewee.Expression:
    """Return the SQL condition that a list kept as JSON holds ``name``; for '' that it is empty."""
    if not name:
        empty: peewee.Expression = peewee.fn.JSON_ARRAY_LENGTH(names) == 0
        return empty
    found: peewee.Expression = peewee.fn.INSTR(names, json.dumps(name, ensure_ascii=False)) > 0
    return found


class DayField(peewee.DateField):
    """A day; peewee would hand out as text what is none."""

    def python_value(self, value: str | None) -> date | None:
        return None if value is None else _read_or_damaged(date.fromisoformat, value)


class MomentField(peewee.DateTimeField):
    """A moment, likewise."""

    def python_value(self, value: str | None) -> datetime | None:
        return None if value is None else _read_or_damaged(datetime.fromisoformat, value)


def _read_or_damaged(read: Callable[[str], J], value: str) -> J:
    try:
        return read(value)
    except (ValueError, TypeError):
        raise Damaged(DAMAGED) from None


class Fact:
    """Hands out a declared field: of the class the column, of a row what stands there.

    What a row does not hold, because it was not told yet, is empty; of one that was read in part, what was
    not asked for raises ``KeyError``: nothing is counted from a column that nobody read.
    """

    def __init__(self, made: Made, name: str) -> None:
        self.made = made
        self.name = name
        declaration: Field | None = getattr(made, _MARK, None)
        self._empty = declaration.empty if declaration else None

    def __get__(self, row: Record | None, table: type[Record]) -> Any:
        if row is None:
            return self.made
        try:
            return row[self.name]
        except KeyError:
            if row.in_part:
                raise
            return self._empty

    def __set__(self, row: Record, value: Value) -> None:
        row[self.name] = value


class Record(dict[str, Value]):
    """A row: facts by their declared name. A subclass that names a ``table`` of the database is one too.

    ``indexes`` are those over several columns: their names, and whether no two rows may be alike in them.
    With a ``key`` of several columns the table has no id, and is kept in that order.

    Its ``model`` is peewee's. It is never bound to a database: queries run on the desk's own, so two desks
    can be open; and a row is no model: reading it never asks the database for more.
    """

    model: ClassVar[type[peewee.Model]]
    in_part: ClassVar[bool] = False
    """Whether only some columns of the table were asked for."""
    derived: ClassVar[bool] = False  # whether its rows follow from others: no act notes them
    id = peewee.AutoField()

    def __init_subclass__(
        cls,
        table: str = "",
        indexes: tuple[tuple[tuple[str, ...], bool], ...] = (),
        key: tuple[str, ...] = (),
        derived: bool = False,
    ) -> None:
        cls.derived = derived or cls.derived
        made = {name: said for name, said in vars(cls).items() if isinstance(said, peewee.Field)}
        if table:
            made |= {name: deepcopy(said) for name, said in _shared(cls).items() if name not in made}
            kept = {name: said for name, said in made.items() if not _is_computed(said)}
            keyed = {"primary_key": peewee.CompositeKey(*key), "without_rowid": True} if key else {}
            meta = type("Meta", (), {"table_name": table, "indexes": indexes, **keyed})
            cls.model = type(cls.__name__, (peewee.Model,), {"Meta": meta, **kept})
            made = made if key else {"id": cls.model._meta.fields["id"], **made}
        elif not hasattr(cls, "model"):  # read from several tables, or from none
            made = {"id": peewee.AutoField(), **made}
        for name, said in made.items():
            said.name = name
            setattr(cls, name, Fact(said, name))

    @classmethod
    def select(cls, *what: peewee.Node | type[Record]) -> peewee.ModelSelect:
        """Return the query for all rows of the table: whole, or only ``what`` of them."""
        return TableSelect.of(cls.model, [one.model if isinstance(one, type) else one for one in what])


class Says(TypedDict, total=False):
    """What a declaration may say besides label, kind and whether it is required; see ``Field``."""

    choices: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    unit: str
    width: int
    help: str
    given: bool
    shown: bool
    searched: bool
    sensitive: bool
    ledger: str
    listed: str
    since: str
    now: bool
    of_firm: str
    stays: bool
    asks: tuple[str, ...]
    due: Due
    check: Callable[[str], None]


class ColumnSays(Says, total=False):
    """What it says of the column besides."""

    index: bool
    unique: bool
    computed: bool
    """The book computes it: a fact of the row that no column keeps."""


Words = Literal[Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.CODE]

_COLUMN_TYPES: dict[Kind, type[peewee.Field[Value]]] = {
    Kind.TEXT: peewee.TextField,
    Kind.LONG: peewee.TextField,
    Kind.CHOICE: peewee.TextField,
    Kind.CODE: peewee.TextField,
    Kind.DATE: DayField,
    Kind.MOMENT: MomentField,
    Kind.INTEGER: peewee.IntegerField,
    Kind.NUMBER: peewee.FloatField,
    Kind.BOOL: peewee.BooleanField,
    Kind.NAMES: JsonField,
    Kind.LINK: peewee.IntegerField,
    Kind.OTHERS: JsonField,
}


@overload
def column(
    label: str, kind: Words = Kind.TEXT, *, required: bool = False, **says: Unpack[ColumnSays]
) -> peewee.Field[str]: ...
@overload
def column(
    label: str, kind: Literal[Kind.DATE], *, required: Literal[True], **says: Unpack[ColumnSays]
) -> peewee.Field[date]: ...
@overload
def column(label: str, kind: Literal[Kind.DATE], **says: Unpack[ColumnSays]) -> peewee.Field[date | None]: ...
@overload
def column(
    label: str, kind: Literal[Kind.MOMENT], **says: Unpack[ColumnSays]
) -> peewee.Field[datetime | None]: ...
@overload
def column(
    label: str, kind: Literal[Kind.INTEGER, Kind.LINK], *, required: Literal[True], **says: Unpack[ColumnSays]
) -> peewee.Field[int]: ...
@overload
def column(
    label: str, kind: Literal[Kind.INTEGER, Kind.LINK], **says: Unpack[ColumnSays]
) -> peewee.Field[int | None]: ...
@overload
def column(
    label: str, kind: Literal[Kind.NUMBER], **says: Unpack[ColumnSays]
) -> peewee.Field[float | None]: ...
@overload
def column(label: str, kind: Literal[Kind.BOOL], **says: Unpack[ColumnSays]) -> peewee.Field[bool]: ...
@overload
def column(
    label: str, kind: Literal[Kind.NAMES], *, required: bool = False, **says: Unpack[ColumnSays]
) -> JsonField[list[str]]: ...
@overload
def column(
    label: str, kind: Literal[Kind.OTHERS], **says: Unpack[ColumnSays]
) -> JsonField[dict[str, str]]: ...
def column(
    label: str,
    kind: Kind = Kind.TEXT,
    *,
    required: bool = False,
    index: bool = False,
    unique: bool = False,
    computed: bool = False,
    **says: Unpack[Says],
) -> Made:
    """Return a table column that carries the declaration ``Field(label, kind, …)``.

    Texts, lists and yes/no are never NULL: nothing entered is '', [] or 否. What is required is never empty
    in a kept row, and typed so.
    """
    declaration = Field("", label, kind, required, **says)
    if computed:
        declaration = replace(declaration, given=True)
    empty = declaration.empty
    made = _COLUMN_TYPES[kind](
        null=empty is None,
        default=empty if empty is None or isinstance(empty, str | bool) else type(empty),
        index=index,
        unique=unique,
    )
    setattr(made, _MARK, declaration)
    setattr(made, _COMPUTED, computed)
    return made


def told_by(made: peewee.Field[J]) -> peewee.Field[J]:
    """Return what a book tells of a row from a column of another table, declared as it is there."""
    told = deepcopy(made)
    setattr(told, _MARK, replace(field_of(made), name="", given=True))
    setattr(told, _COMPUTED, True)
    return told


@cache
def read_in_part(kind: type[R]) -> type[R]:
    """Return the class of rows of ``kind`` that were read in part."""
    made: type[R] = type(kind.__name__, (kind,), {"in_part": True, "__module__": kind.__module__})
    return made


@cache
def columns_of(kind: type[Record]) -> frozenset[str]:
    """Return the names of the columns of the table that rows of this kind come from, none for other rows."""
    return frozenset(kind.model._meta.fields) if hasattr(kind, "model") else frozenset()


@cache
def declared(table: type[Record]) -> tuple[Field, ...]:
    """Return the declarations of the columns that a table keeps, in their order, each with its name."""
    return tuple(field_of(made) for made in _made(table) if hasattr(made, _MARK) and not _is_computed(made))


@cache
def computed(table: type[Record]) -> tuple[Field, ...]:
    """Return the declarations of what a book computes for the rows of a table."""
    return tuple(field_of(made) for made in _made(table) if _is_computed(made))


def field_of(made: Made) -> Field:
    """Return the declaration of a column, ``Hazard.deadline``. Raises ``AttributeError`` when it has none."""
    declaration: Field = getattr(made, _MARK)
    return declaration if declaration.name else replace(declaration, name=str(made.name))


def fields_of(*made: Made) -> tuple[Field, ...]:
    """Return the declarations of these columns."""
    return tuple(map(field_of, made))


def name_of(made: Made) -> str:
    """Return the English name of a column, ``Hazard.deadline``: where a field is meant by its name."""
    return str(made.name)


def names_of(*made: Made) -> tuple[str, ...]:
    """Return the English names of these columns."""
    return tuple(map(name_of, made))


@cache
def empties(table: type[Record]) -> dict[str, Value]:
    """Return what each column of a table holds when nothing was entered, without those that never are."""
    meta = table.model._meta
    found: dict[str, Value] = {name: None for name, made in meta.fields.items() if made.null}
    given = {made.name: default for made, default in meta.defaults.items()}
    return found | {name: default() if callable(default) else default for name, default in given.items()}


@cache
def table_name(table: type[Record]) -> str:
    """Return what a table is called in the database."""
    return str(table.model._meta.table_name)


def column_named(table: type[Record], name: str) -> Made | None:
    """Return the column that a table keeps under this name, or None: a computed fact has none."""
    made: Made | None = table.model._meta.fields.get(name)
    return made


@cache
def table_named(name: str) -> type[Record]:
    """Return the table with this name in the database. Raises ``KeyError`` when there is none."""
    return {table_name(table): table for table in tables()}[name]


def tables() -> list[type[Record]]:
    """Return every table of the cabinet that is known by now."""
    found = []
    waiting = Record.__subclasses__()
    while waiting:
        table = waiting.pop(0)
        waiting += table.__subclasses__()
        if "model" in vars(table):
            found.append(table)
    return found


def _made(table: type[Record]) -> Iterable[Made]:
    """A table's own, then what it shares with others; of rows that are no table their table's first."""
    found: dict[str, Made] = {}
    for one in (table,) if "model" in vars(table) else reversed(table.__mro__):
        found |= {fact.name: fact.made for fact in vars(one).values() if isinstance(fact, Fact)}
    return found.values()


def _shared(table: type[Record]) -> dict[str, Made]:
    """What several tables have from one class that is no table itself."""
    above = [one for one in table.__mro__[1:] if issubclass(one, Record) and "model" not in vars(one)]
    return {f.name: f.made for one in above for f in vars(one).values() if isinstance(f, Fact)}


def _is_computed(made: Made) -> bool:
    return getattr(made, _COMPUTED, False)
