"""常态化工作: the recurring obligations of the plan and when they fall due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from hazard_desk.ledgers.ledger import entry_of
from hazard_desk.ledgers.list_ledger import ListLedger
from hazard_desk.ledgers.plan_tables import DutyRow, PlanRow
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.rules.recurrence import Occurrence, occurrences
from hazard_desk.store.columns import declared
from hazard_desk.store.search import Entry

_CYCLES = {
    "day": "每日",
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "half": "每半年",
    "year": "每年",
    "once": "一次",
    "standing_count": "随时保持",
    "counter": "行动期间累计",
    "triggered": "遇事办理",
}
"""Periods and kinds of duties in a plan file, as the clerk reads them."""


@dataclass(frozen=True)
class Due:
    """One occurrence of one duty."""

    duty: Row
    occurrence: Occurrence


class Duties(ListLedger):
    """The duties of the current plan."""

    id = "duties"
    title = "常态化工作"
    noun = "工作事项"
    table_name = "duty"

    @property
    def fields(self) -> tuple[Field, ...]:
        title, *rest = declared(DutyRow)
        return (title, Field("cycle", "周期", Kind.CHOICE, choices=tuple(_CYCLES.values()), width=6), *rest)

    def all_rows(self, as_of: date | None = None) -> list[Row]:
        return self._read(DutyRow.plan_id == int(self.cabinet.setting("plan")))

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        """Return what each duty is found by: those of every plan, whichever is current."""
        for row in self._read(DutyRow.id.is_null(False) if ids is None else DutyRow.id.in_(list(ids))):
            yield entry_of(self, row)

    def _read(self, wanted: Any) -> list[Row]:
        rows = self.cabinet.rows(DutyRow.select().where(wanted).order_by(DutyRow.id))
        return [row | {"cycle": _CYCLES[row["period"] or row["kind"]]} for row in rows]

    def between(self, first: date, last: date) -> list[Due]:
        """Return the occurrences that fall due from ``first`` to ``last``, both included."""
        plan = self.cabinet.one(PlanRow.select().where(PlanRow.id == int(self.cabinet.setting("plan"))))
        found = []
        for duty in self.all_rows():
            if not duty["rrule"]:
                continue
            at = time.fromisoformat(duty["at"]) if duty["at"] else None
            for once in occurrences(duty["rrule"], duty["period"], plan["starts_on"], plan["ends_on"], at):
                if first <= once.due <= last:
                    found.append(Due(duty, once))
        return found
