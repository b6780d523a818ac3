"""Records that lack facts, as rows of a sheet come in."""

from __future__ import annotations

from random import Random

from hazard_desk.books.kit.gaps import GAPS, OTHERS
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.query import Query
from hazard_desk.books.registers import RegisterLedger, RegisterRow
from hazard_desk.desk import Desk
from hazard_desk.store.columns import Record, empties

_AT_MOST = 30
"""So many records of a ledger lose facts; there are others beside them."""


def take_out(
    desk: Desk, table: type[Record], number: int, *names: str, others: dict[str, str] | None = None
) -> None:
    """Leave a record as if nobody had told these of its facts; ``others`` came in under own headings."""
    empty = empties(table)
    with desk.cabinet.act("test.gaps", "test") as act:
        lacking = {name: empty[name] for name in names}
        act.update(table, number, {**lacking, GAPS: list(names), OTHERS: others or {}})
        act.done("待补", number)


def lose(desk: Desk, random: Random) -> dict[str, list[int]]:
    """Take required facts out of records of every ledger, as chance has it; return which records."""
    found: dict[str, list[int]] = {}
    for ledger in desk.books.ledgers.values():
        if not isinstance(ledger, TableLedger) or not any(field.name == GAPS for field in ledger.fields):
            continue
        asked = [field.name for field in ledger.fields if field.required and not field.given]
        required = [name for name in asked if name not in ledger.cannot_lack]
        numbers = ledger.ids(Query()) if required else []
        chosen = random.sample(numbers, min(len(numbers), random.randint(0, _AT_MOST)))
        for number in chosen:
            lacking = random.sample(required, random.randint(1, len(required)))
            if isinstance(ledger, RegisterLedger):
                _of_register(desk, number, lacking)
            else:
                take_out(desk, ledger.table, number, *lacking)
        found[ledger.id] = chosen
    return found


def _of_register(desk: Desk, number: int, lacking: list[str]) -> None:
    facts = desk.cabinet.row(RegisterRow, number).facts
    with desk.cabinet.act("test.gaps", "test") as act:
        left = {name: value for name, value in facts.items() if name not in lacking}
        act.update(RegisterRow, number, {"facts": left, GAPS: lacking})
        act.done("待补", number)
