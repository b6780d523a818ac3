"""Records that lack facts, as rows of a sheet come in."""

from __future__ import annotations

from hazard_desk.books.kit.gaps import GAPS, OTHERS
from hazard_desk.desk import Desk
from hazard_desk.store.columns import Record, empties


def take_out(
    desk: Desk, table: type[Record], number: int, *names: str, others: dict[str, str] | None = None
) -> None:
    """Leave a record as if nobody had told these of its facts; ``others`` came in under own headings."""
    empty = empties(table)
    with desk.cabinet.act("test.gaps", "test") as act:
        lacking = {name: empty[name] for name in names}
        act.update(table, number, {**lacking, GAPS: list(names), OTHERS: others or {}})
        act.done("待补", number)
