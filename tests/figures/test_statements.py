"""How many statements a figure asks: what holds its speed, whatever the machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.figures.board import board
from hazard_desk.figures.calendar import calendar
from hazard_desk.figures.majors import majors
from hazard_desk.figures.progress.filling import fill
from hazard_desk.figures.summary import summary
from hazard_desk.library.progress_forms import find_progress_form

PAST = date(2023, 6, 1)
FORM = find_progress_form("fangshan-2023")


def count_past(desk: Desk) -> object:
    query = Query(as_of=PAST, where={"level": "重大"})
    return desk.hazards.ids(query), desk.hazards.count(query), desk.hazards.rows_on([1, 2], PAST)


@pytest.mark.parametrize(
    ("figure", "most"),
    [
        (lambda desk: fill(desk.books, FORM, desk.today), 12),
        (lambda desk: fill(desk.books, FORM, PAST), 12),
        (lambda desk: summary(desk.books, date(2023, 5, 1), desk.today), 15),
        (lambda desk: majors(desk.books, PAST), 6),
        (count_past, 3),
        (lambda desk: calendar(desk.books, PAST, date(2023, 7, 1)), 45),
        (lambda desk: (board(desk.books), desk.inbox()), 75),
    ],
    ids=["form", "past form", "bulletin", "majors", "ledger of a day", "calendar", "first page"],
)
def test_a_figure_asks_few_statements(furnished: Desk, figure: Callable[[Desk], object], most: int) -> None:
    link: sqlite3.Connection = furnished.cabinet.db.link()
    asked: list[str] = []
    with furnished.cabinet.reading():
        link.set_trace_callback(asked.append)
        try:
            figure(furnished)
        finally:
            link.set_trace_callback(None)
    assert len(asked) <= most, "\n".join(asked)


def test_what_is_remembered_ends_with_the_block_and_with_the_first_act(desk: Desk) -> None:
    with desk.cabinet.reading() as outer:
        before = desk.cabinet.setting("clerk")
        with desk.cabinet.reading() as tables:
            assert desk.cabinet.setting("clerk") == before
        assert tables == {"setting"}, "what was read before is told too"
        desk.settings.change({"clerk": "另一人"})
        assert desk.cabinet.setting("clerk") == "另一人"
    assert "setting" in outer
