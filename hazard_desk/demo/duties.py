"""The recurring duties of the sample year: the office's own, events, and the clerk's word on occurrences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.duties.occurrences import OccurrenceMarkRow
from hazard_desk.books.kit.query import Query
from hazard_desk.demo.content import load_rows, taken
from hazard_desk.demo.origins import SampleAct
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.store.columns import name_of


def duty_acts(desk: Desk) -> Iterator[SampleAct]:
    """Yield every act on duties, each with its day."""
    book = load_rows(desk.duties.id)
    for row in book["own"]:
        yield taken(row, "on", date.min), partial(desk.duties.add, row)
    for row in book["events"]:
        yield taken(row, "on", date.min), partial(_fire, desk, taken(row, "duty", ""), row)
    for row in book["ticks"]:
        day = taken(row, "on", date.min)
        yield day, partial(_tick, desk, _When.of(row), day, taken(row, "note", ""))
    for row in book["waivers"]:
        yield taken(row, "on", date.min), partial(_waive, desk, _When.of(row), taken(row, "note", ""))
    for row in book["links"]:
        day, kind, held = taken(row, "on", date.min), taken(row, "kind", ""), taken(row, "held_on", date.min)
        yield day, partial(_link, desk, _When.of(row), kind, held, taken(row, "note", ""))


@dataclass(frozen=True)
class _When:
    """One occurrence of a duty: by the day it falls due, or by the event that it is for."""

    duty: str
    due: date
    event: str

    @classmethod
    def of(cls, row: Row) -> _When:
        return cls(taken(row, "duty", ""), taken(row, "due", date.max), taken(row, "event", ""))

    def found(self, desk: Desk) -> tuple[int, str]:
        """Return the duty and the key of the occurrence."""
        number = _number(desk, self.duty)
        times = desk.duties.history(number)
        (one,) = (one for one in times if one.due == self.due or one.when.period == self.event)
        return number, one.key


def _fire(desk: Desk, duty: str, values: Row) -> None:
    desk.duties.trigger(_number(desk, duty), values)


def _tick(desk: Desk, when: _When, day: date, note: str) -> None:
    said = OccurrenceMarkRow()
    said.happened_on, said.note = day, note
    desk.duties.tick(*when.found(desk), said)


def _waive(desk: Desk, when: _When, note: str) -> None:
    said = OccurrenceMarkRow()
    said.note = note
    desk.duties.waive(*when.found(desk), said)


def _link(desk: Desk, when: _When, kind: str, held: date, note: str) -> None:
    where = {name_of(ActivityRow.kind): kind, name_of(ActivityRow.held_on): held.isoformat()}
    (activity,) = desk.activities.ids(Query(where=where))
    desk.duties.link(*when.found(desk), f"{desk.activities.id}/{activity}", note)


def _number(desk: Desk, duty: str) -> int:
    number = desk.duties.find(duty)
    assert number is not None, duty
    return number
