"""当场整改: a hazard found, put right, rechecked and signed off on one day: one form, one act, one undo.

The registration is that of the ledger and each step is the loop's own, its law asked as ever; they all
happened on the day of discovery.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.step import HAPPENED_ON, Step
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Field, Kind, Row, Value, absent, read_all
from hazard_desk.rules.states import MAJOR
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import fields_of, name_of, names_of

ON_THE_SPOT = Field(
    "on_the_spot", "当场整改", Kind.BOOL, help="发现当日就整改好的勾选；下面填到哪一步，就办到哪一步"
)
"""The tick that asks for the steps besides."""
_COURSE = (Steps.RECTIFIED, Steps.RECHECK_PASSED, Steps.SIGNED_OFF)
"""Each is taken where one after it is told; the first in any case."""
_TAKEN = (Steps.REPORTED, Steps.RECTIFIED, Steps.RECHECK_PASSED, Steps.REPORTED_DONE, Steps.SIGNED_OFF)
"""What may be told of the day, in the order in which the steps of one day follow each other."""
_OF_MAJOR = names_of(*Steps.REPORTED.needs, *Steps.REPORTED_DONE.needs, Hazard.closing_reason)
"""What is asked of a major hazard only."""
_FOUND_ON, _LEVEL = name_of(Hazard.found_on), name_of(Hazard.level)


def spot_fields() -> tuple[Field, ...]:
    """Return what the tick asks for: who mended it, what it cost, who rechecked it, who signed it off."""
    asked = fields_of(*(made for step in _TAKEN for made in (*step.needs, *step.may)))
    needed = names_of(*Steps.RECTIFIED.needs)
    told = (replace(field, required=field.name in needed) for field in asked)
    return tuple(sorted(told, key=lambda field: field.name in _OF_MAJOR))


def form_fields(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields of a form that registers a hazard; after who found it stands the tick."""
    asked = tuple(fields)
    place = [field.name for field in asked].index(name_of(Hazard.inspectors)) + 1
    return (*asked[:place], ON_THE_SPOT, *spot_fields(), *asked[place:])


def folded(values: Mapping[str, Value]) -> set[str]:
    """Return the names of those of ``spot_fields`` that are not asked for as the form is filled in now."""
    if not values.get(ON_THE_SPOT.name):
        return {field.name for field in spot_fields()}
    return set() if values.get(_LEVEL) == MAJOR else set(_OF_MAJOR)


def register_hazard(
    hazards: Hazards, values: Mapping[str, Value], links: Mapping[str, Value] | None = None
) -> Change:
    """Register a hazard, and where it was put right on the spot take the steps that are told, in one act.

    ``values`` are those of ``form_fields``; ``links`` as for ``Hazards.add``. Raises ``RefusedFields`` and
    ``Refused`` as the registration and each step do; nothing is written then.
    """
    today = hazards.cabinet.clock.today
    if not ON_THE_SPOT.read(values.get(ON_THE_SPOT.name), today):
        return hazards.add(values, links)
    steps = _told(values)
    asked = (field for step in steps for field in step.fields if field.name in step.asked)
    read_all((*hazards.entry_fields(), *asked), values, today)
    with hazards.cabinet.whole("hazards.same_day", hazards.id) as act:
        (number,) = hazards.add(values, links).ids
        row = hazards.get(number)
        for step in steps:
            told: Row = {name: values.get(name) for name in step.asked}
            _take(hazards, number, step, told | {HAPPENED_ON: row.found_on})
        act.done(f"登记隐患 {row.number}，当日{steps[-1].label}", number)
    return act.result


def _told(values: Mapping[str, Value]) -> list[Step]:
    """Return the steps that the form tells, in their order."""
    told = {step.kind for step in _TAKEN if any(is_told(values.get(name)) for name in step.asked)}
    far = max((place for place, step in enumerate(_COURSE) if step.kind in told), default=0)
    told |= {step.kind for step in _COURSE[: far + 1]}
    return [step for step in _TAKEN if step.kind in told]


def is_told(raw: Value) -> bool:
    """Whether something was typed into a field."""
    return not absent(raw.strip() if isinstance(raw, str) else raw)


def _take(hazards: Hazards, number: int, step: Step, told: Row) -> None:
    """Take a step on the day of discovery; what is wrong with its day is wrong with that day."""
    try:
        hazards.step(number, step.kind, told)
    except RefusedFields:
        raise
    except Refused as refused:
        field = _FOUND_ON if refused.field == HAPPENED_ON else refused.field
        raise Refused(refused.message, field) from None
