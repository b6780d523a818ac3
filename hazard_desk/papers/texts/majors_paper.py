"""重大隐患一览表: one line for each major hazard, from its judgement to its sign-off."""

from __future__ import annotations

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.lamps import Lamp, LampState
from hazard_desk.figures.majors import MajorHazard, majors
from hazard_desk.papers.model import Cell, Column, Note, Paper, Table, Title
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.tables import foot_line, head_line, mark_of

_SIGNS = {
    LampState.LIT: "√",
    LampState.MISSING: "缺",
    LampState.LATE: "逾期",
    LampState.WAITING: "",
    LampState.NONE: "—",
}


def majors_paper(books: Books, order: Order) -> Paper:
    """Return the overview of all major hazards, as of the day asked for."""
    rows = majors(books, order.as_of)
    labels = [lamp.label for lamp in rows[0].lamps] if rows else []
    columns = (
        Column("序号", 2.5, "center"),
        Column("编号", 9),
        Column("单位和部位", 10),
        Column("状态", 4, "center"),
        *(Column(label, 4.2, "center") for label in labels),
    )
    lines = tuple(_line(place, one) for place, one in enumerate(rows, start=1))
    title = f"{books.plans.current().short}重大隐患一览表"
    lacking = sum(bool(one.lacking) for one in rows)
    said = f"共{len(rows)}条，{lacking}条有缺项或逾期。√为已办，缺为应办未办，空白为未到办理时间，—为不涉及。"
    blocks = (Title(title), head_line(books, order.as_of), Table(columns, lines, keys=2))
    return Paper(
        title,
        (*blocks, Note(said), foot_line(books)),
        landscape=True,
        style="ledger",
        mark=mark_of(books),
        page_size="wide",
    )


def _line(place: int, one: MajorHazard) -> tuple[Cell, ...]:
    hazard = one.hazard
    texts = (str(place), hazard.number, f"{hazard.unit_name}{hazard.place}", hazard.state)
    return (*map(Cell, texts), *(Cell(_shown(lamp)) for lamp in one.lamps))


def _shown(lamp: Lamp) -> str:
    if lamp.state is LampState.LIT and lamp.on:
        return f"√{lamp.on.month}.{lamp.on.day}"
    return _SIGNS[lamp.state]
