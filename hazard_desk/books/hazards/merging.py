"""并案: into which hazard another one may be merged, and what was merged into one."""

from __future__ import annotations

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import RefusedFields
from hazard_desk.rules.states import ENDED, State
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of


def merge_problem(cabinet: Cabinet, number: int | None, into: str) -> str:
    """Return why a hazard is not merged into another one; '' where that is in the ledger and counts."""
    asked = Hazard.select(Hazard.id, Hazard.state).where(Hazard.number == into)
    problem = "" if cabinet.column(asked) else f"台账里没有隐患“{into}”，请核对编号"
    for other in cabinet.records(Hazard, asked):
        if other.id == number:
            problem = "不能并入自己，请填写另一条隐患的编号"
        elif other.state in ENDED:
            problem = f"隐患“{into}”{other.state}，不能并入"
    return problem


def refuse_merge(cabinet: Cabinet, number: int, into: str) -> None:
    """Raise ``RefusedFields`` where the hazard is not merged into that one."""
    if problem := merge_problem(cabinet, number, into):
        raise RefusedFields({name_of(Hazard.merged_into): problem})


def merged_into(cabinet: Cabinet, number: str) -> list[Hazard]:
    """Return the hazards that stand merged into the one of this number."""
    merged = (Hazard.merged_into == number) & (Hazard.state == str(State.MERGED))
    return cabinet.records(Hazard, Hazard.select().where(merged).order_by(Hazard.id))
