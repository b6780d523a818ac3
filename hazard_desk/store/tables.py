"""The cabinet's own two tables: settings and the audit trail."""

from __future__ import annotations

import peewee

from hazard_desk.store.columns import Record


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
    rows = peewee.TextField()

    class Meta:
        table_name = "audit"
