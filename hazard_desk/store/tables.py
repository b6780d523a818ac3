"""The cabinet's own tables: settings, the audit trail, what the clerk chose once for views and sheets."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NotRequired, TypedDict

import peewee

from hazard_desk.rules.fields import Row
from hazard_desk.store.columns import JsonField, Record
from hazard_desk.store.trail.packed import packed_act, unpacked_act


class Noted(TypedDict):
    """One row that an act wrote, as the audit trail keeps it: empty values are left out of it.

    Of a changed row only what changed stands in it; ``acts.in_full`` puts the empty values back.
    """

    table: str
    id: int
    before: Row | None
    after: Row | None
    undo: NotRequired[str]
    """In a whole act of parts: how it goes back."""


class NotedField(JsonField[list[Noted]]):
    """What an act wrote, without the names of the four facts, and packed."""

    def db_value(self, value: list[Noted] | None) -> str:
        return packed_act(self.told(value or ()))

    @staticmethod
    def told(value: Iterable[Noted]) -> str:
        """Return what an act wrote as JSON."""
        told = [
            [row["table"], row["id"], row["before"], row["after"], *([row["undo"]] if "undo" in row else [])]
            for row in value
        ]
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    def python_value(self, value: str | None) -> list[Noted]:
        return [_noted(*row) for row in super().python_value(value and unpacked_act(value)) or []]


def _noted(table: str, number: int, before: Row | None, after: Row | None, undo: str = "") -> Noted:
    noted: Noted = {"table": table, "id": number, "before": before, "after": after}
    return noted if not undo else {**noted, "undo": undo}


class Setting(Record, table="setting"):
    """One named setting of this desk, as text."""

    name = peewee.TextField(unique=True)
    value = peewee.TextField()


class Audit(Record, table="audit"):
    """One act: when, by whom, what, and every row before and after. Never changed, never deleted."""

    at = peewee.DateTimeField(index=True)
    who = peewee.TextField()
    act = peewee.TextField()
    ledger = peewee.TextField()
    title = peewee.TextField()
    rows = NotedField()
    """Table, id, before and after of each; in a whole act of parts also how it goes back (``undo``)."""
    undo = peewee.TextField()
    """How the act is taken back: a value of ``acts.Undo``."""
    undoes = peewee.IntegerField(null=True, index=True)
    """For an undoing act: the act that it took back."""
    hash = peewee.TextField()
    """Chains it to the act before it (``trail.chain``)."""


class Audited(Record, table="audited", key=("table", "row", "audit_id"), derived=True):
    """Which rows an act touched: finds the history of a record without reading the whole trail."""

    audit_id = peewee.IntegerField()
    table = peewee.TextField(column_name="table_name")
    row = peewee.IntegerField(column_name="row_id")


class SavedView(Record, table="saved_view", indexes=((("ledger", "name"), True),)):
    """A filter of a ledger that the clerk gave a name."""

    ledger = peewee.TextField()
    name = peewee.TextField()
    query: JsonField[Row] = JsonField()


class SheetMapping(Record, table="sheet_mapping", indexes=((("ledger", "shape", "sender"), True),)):
    """What the clerk answered about sheets with these headings."""

    ledger = peewee.TextField()
    shape = peewee.TextField()
    """The headings of the sheet."""
    sender = peewee.TextField()
    """Who sent it, where the sheet says so."""
    columns: JsonField[dict[str, str]] = JsonField()
    """Place of the column, as text, to the name of the field."""
    words: JsonField[list[list[str]]] = JsonField()
    """Field, word and the choice that it means; known in all sheets of the sender."""
    facts: JsonField[dict[str, str]] = JsonField()
    """Field to what it holds in all rows."""
