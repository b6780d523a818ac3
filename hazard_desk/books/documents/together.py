"""Which hazards stand on one paper: what a check found, chosen ones of a firm, what a recheck answers."""

from __future__ import annotations

from collections.abc import Sequence

from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.many import named_hazards
from hazard_desk.books.hazards.step import Step
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Value, read_names
from hazard_desk.store.columns import fields_of, name_of, names_of

BESIDES = "besides"
"""Under what the values of an issue name the further hazards of the paper: by number, or by id."""


def besides(hazards: Hazards, step: Step, one: Hazard) -> list[Hazard]:
    """Return the other hazards that a paper about this one may hold now, in the order of their discovery."""
    if not (alike := step.sheet(one)):
        return []
    same = dict(zip(names_of(*step.shares), alike, strict=True))
    rows = hazards.select(Query(where=same, sort=name_of(Hazard.found_on)))
    others = [row for row in rows if row.id != one.id and row.notice_number == one.notice_number]
    if step is Steps.NOTICE_RECHECK:
        others = [row for row in others if _waits(hazards, row)]
    return [row for row in others if step in hazards.steps(row.id)]


def goes_with(step: Step, one: Hazard, other: Hazard) -> bool:
    """Whether another hazard that may stand on the paper is proposed for it.

    What the same check found is; a recheck notice answers all that were rechecked.
    """
    return step is Steps.NOTICE_RECHECK or (one.check_id is not None and one.check_id == other.check_id)


def to_notice(hazards: Hazards, check: int) -> list[Hazard]:
    """Return the hazards of a check that are to be rectified and stand on no notice yet."""
    found = hazards.made_from(name_of(Hazard.check_id), [check]).get(check, [])
    return [row for row in found if not row.notice_number and row.state in Steps.NOTICE_RECTIFY.after]


def _waits(hazards: Hazards, row: Hazard) -> bool:
    """Whether a hazard was rechecked since its notice, and no recheck notice has answered that."""
    kinds = [event.kind for event in hazards.course(row.id)]
    rechecks = (Steps.RECHECK_PASSED.kind, Steps.RECHECK_FAILED.kind)
    asked = {*rechecks, Steps.NOTICE_RECHECK.kind, Steps.NOTICE_RECTIFY.kind}
    return next((kind for kind in reversed(kinds) if kind in asked), "") in rechecks


def named_besides(hazards: Hazards, step: Step | None, one: int, told: Value) -> list[int]:
    """Return the ids of the further hazards that an issue names; ``Refused`` where one has no place there."""
    names = [name for name in read_names(told) if name]
    if not names:
        return []
    if step is None or not step.shares:
        raise Refused("这种文书一份只写一条隐患", BESIDES)
    found: list[int] = []
    for number, name in named_hazards(hazards.cabinet, names):
        if not number:
            raise Refused(f"台账里没有“{name}”，请核对编号", BESIDES)
        if number != one:
            found.append(number)
    refuse_unlike(hazards, step, [one, *found])
    return found


def refuse_unlike(hazards: Hazards, step: Step, numbers: Sequence[int]) -> None:
    """Raise ``Refused`` unless these hazards may stand on one paper."""
    sheets = {step.sheet(hazards.get(number)) for number in numbers}
    if len(sheets) > 1 or () in sheets:
        alike = "、".join(field.label for field in fields_of(*step.shares))
        raise Refused(f"只有{alike}相同的隐患可以写在一份文书里，请分开编发", BESIDES)
