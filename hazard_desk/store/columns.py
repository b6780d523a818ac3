"""Columns of the cabinet's tables: a peewee field that carries its one ``Field`` declaration.

A ledger's table is a class of these; ``declared`` reads the declarations back.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import peewee

from hazard_desk.rules.fields import Field, Kind

_MARK = "declaration"


class JsonField(peewee.TextField):  # type: ignore[misc, unused-ignore]
    """Lists and small mappings, kept as JSON text."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def python_value(self, value: str | None) -> Any:
        return None if value is None else json.loads(value)

    def contains(self, word: str) -> Any:
        """Return the SQL condition that the names as they are shown, not the JSON, have ``word`` in them."""
        begin = peewee.SQL("(SELECT GROUP_CONCAT(value, '、') FROM JSON_EACH(")
        return peewee.NodeList((begin, self, peewee.SQL("))"))).contains(word)

    def holds(self, name: str) -> Any:
        """Return the SQL condition that the list holds ``name``; for '' that it is empty."""
        if not name:
            return peewee.fn.JSON_ARRAY_LENGTH(self) == 0
        return peewee.fn.INSTR(self, json.dumps(name, ensure_ascii=False)) > 0


class Record(peewee.Model):  # type: ignore[misc, unused-ignore]
    """A table row. Never bound to a database: queries run on the desk's own, so two desks can be open."""

    id: Any

    class Meta:
        legacy_table_names = False


_COLUMN_TYPES: dict[Kind, type[peewee.Field]] = {
    Kind.TEXT: peewee.TextField,
    Kind.LONG: peewee.TextField,
    Kind.CHOICE: peewee.TextField,
    Kind.CODE: peewee.TextField,
    Kind.DATE: peewee.DateField,
    Kind.MOMENT: peewee.DateTimeField,
    Kind.INTEGER: peewee.IntegerField,
    Kind.NUMBER: peewee.FloatField,
    Kind.BOOL: peewee.BooleanField,
    Kind.NAMES: JsonField,
    Kind.LINK: peewee.IntegerField,
}


def column(
    label: str, kind: Kind = Kind.TEXT, *, index: bool = False, unique: bool = False, **says: Any
) -> Any:
    """Return a table column that carries the declaration ``Field(label, kind, **says)``.

    Texts, lists and yes/no are never NULL: nothing entered is '', [] or 否.
    """
    declaration = Field("", label, kind, **says)
    empty = declaration.empty
    made = _COLUMN_TYPES[kind](
        null=empty is None,
        default=empty if empty is None or isinstance(empty, str | bool) else type(empty),
        index=index,
        unique=unique,
    )
    setattr(made, _MARK, declaration)
    return made


@cache
def declared(table: type[Record]) -> tuple[Field, ...]:
    """Return the declarations of a table's columns in their order, each with its name."""
    return tuple(
        replace(getattr(made, _MARK), name=made.name)
        for made in table._meta.sorted_fields
        if hasattr(made, _MARK)
    )


def table_named(name: str) -> type[Record]:
    """Return the table with this name in the database. Raises ``KeyError`` when there is none."""
    return {table._meta.table_name: table for table in Record.__subclasses__()}[name]
