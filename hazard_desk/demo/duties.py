"""The recurring duties of the sample year: the office's own, events, and the clerk's word on occurrences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hazard_desk.books.kit.query import Query
from hazard_desk.demo.content import load_book
from hazard_desk.demo.origins import SampleAct
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row


def duty_acts(desk: Desk) -> Iterator[SampleAct]:
    """Yield every act on duties, each with its day."""
    book = load_book(desk.duties.id)
    for row in book["own"]:
        yield row.pop("on"), partial(desk.duties.add, row)
    for row in book["events"]:
        yield row.pop("on"), partial(_fire, desk, row.pop("duty"), row)
    for row in book["ticks"]:
        day = row.pop("on")
        yield day, partial(_tick, desk, row, {"happened_on": day, "note": row["note"]})
    for row in book["waivers"]:
        yield row.pop("on"), partial(_waive, desk, row)
    for row in book["links"]:
        yield row.pop("on"), partial(_link, desk, row)


def _fire(desk: Desk, duty: str, values: Row) -> None:
    desk.duties.trigger(_number(desk, duty), values)


def _tick(desk: Desk, row: Row, values: Row) -> None:
    desk.duties.tick(*_occurrence(desk, row), values)


def _waive(desk: Desk, row: Row) -> None:
    desk.duties.waive(*_occurrence(desk, row), {"note": row["note"]})


def _link(desk: Desk, row: Row) -> None:
    where = {"kind": str(row["kind"]), "held_on": str(row["held_on"])}
    (activity,) = desk.activities.ids(Query(where=where))
    desk.duties.link(*_occurrence(desk, row), f"{desk.activities.id}/{activity}", str(row["note"]))


def _number(desk: Desk, duty: str) -> int:
    number = desk.duties.find(duty)
    assert number is not None, duty
    return number


def _occurrence(desk: Desk, row: Row) -> tuple[int, str]:
    """Return the duty and the key of the occurrence that a row means."""
    number = _number(desk, str(row["duty"]))
    (one,) = (
        one
        for one in desk.duties.history(number)
        if row.get("due") == one.due or row.get("event") == one.when.period
    )
    return number, one.key
