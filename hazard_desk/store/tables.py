"""The cabinet's own tables: settings, the audit trail, and the views that the clerk saved."""

from __future__ import annotations

import peewee

from hazard_desk.store.columns import JsonField, Record


class Setting(Record):
    """One named setting of this desk, as text."""

    name = peewee.TextField(unique=True)
    value = peewee.TextField()

    class Meta:
        table_name = "setting"


class Audit(Record):
    """One act: when, by whom, what, and every row before and after. Never changed, never deleted."""

    at = peewee.DateTimeField()
    who = peewee.TextField()
    act = peewee.TextField()
    ledger = peewee.TextField()
    title = peewee.TextField()
    rows = JsonField()
    undoes = peewee.IntegerField(null=True)
    """For an undoing act: the act that it took back."""

    class Meta:
        table_name = "audit"


class Audited(Record):
    """Which rows an act touched: finds the history of a record without reading the whole trail."""

    audit_id = peewee.IntegerField(index=True)
    table = peewee.TextField(column_name="table_name")
    row = peewee.IntegerField(column_name="row_id")

    class Meta:
        table_name = "audited"
        indexes = ((("table", "row"), False),)


class SavedView(Record):
    """A filter of a ledger that the clerk gave a name."""

    ledger = peewee.TextField()
    name = peewee.TextField()
    query = JsonField()

    class Meta:
        table_name = "saved_view"
        indexes = ((("ledger", "name"), True),)
