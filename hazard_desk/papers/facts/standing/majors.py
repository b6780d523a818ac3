"""What 重大隐患一览表 tells: one line for each major hazard, from its judgement to its sign-off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.lamps import Lamp, LampState
from hazard_desk.figures.majors import MajorHazard, majors
from hazard_desk.papers.model import Cell, Column, Table, TableRow
from hazard_desk.papers.texts.tables import row_of_nothing
from hazard_desk.papers.wording.facts import PaperFacts, Put, fact
from hazard_desk.rules.fields import Kind

_SIGNS = {
    LampState.LIT: "√",
    LampState.MISSING: "缺",
    LampState.LATE: "逾期",
    LampState.WAITING: "",
    LampState.NONE: "—",
}


def major_facts(books: Books, day: date | None) -> PaperFacts:
    """Return what is told of all major hazards as of ``day``, None for now."""
    rows = cache(lambda: majors(books, day))

    def lacking() -> int:
        return sum(bool(one.lacking) for one in rows())

    return PaperFacts(
        {
            "条数": fact("条数", lambda: len(rows()), Kind.INTEGER, "条"),
            "缺项条数": fact("缺项条数", lacking, Kind.INTEGER, "条"),
            "一览表": Put("每条重大隐患从判定到销号办了哪些", lambda: [_table(rows())]),
        }
    )


def _table(rows: Sequence[MajorHazard]) -> Table:
    labels = [lamp.label for lamp in rows[0].lamps] if rows else []
    columns = (
        Column("序号", 2.5, "center"),
        Column("编号", 9),
        Column("单位和部位", 10),
        Column("状态", 4, "center"),
        *(Column(label, 4.2, "center") for label in labels),
    )
    lines: list[TableRow] = [_line(place, one) for place, one in enumerate(rows, start=1)]
    lines = lines or [row_of_nothing(len(columns))]
    return Table(columns, tuple(lines), keys=2)


def _line(place: int, one: MajorHazard) -> tuple[Cell, ...]:
    hazard = one.hazard
    texts = (str(place), hazard.number, f"{hazard.unit_name}{hazard.place}", hazard.state)
    return (*map(Cell, texts), *(Cell(_shown(lamp)) for lamp in one.lamps))


def _shown(lamp: Lamp) -> str:
    if lamp.state is LampState.LIT and lamp.on:
        return f"√{lamp.on.month}.{lamp.on.day}"
    return _SIGNS[lamp.state]
