"""The forms of the steps that a hazard takes: which fields each asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.fields import Field, Kind, by_name
from hazard_desk.rules.steps import COMMITMENTS, STEPS, StepKind
from hazard_desk.store.columns import declared


@dataclass(frozen=True)
class StepForm:
    """A step that the hazard may take now, and the fields that its form asks for."""

    kind: StepKind
    label: str
    help: str
    fields: tuple[Field, ...]


LATER = {name for step in STEPS.values() for name in (*step.needs, *step.may)} - set(COMMITMENTS)
"""Fields that only a later step brings; registering does not ask for them."""

_NOTE = Field("note", "说明", Kind.LONG, width=20)


def step_fields(kind: StepKind) -> tuple[Field, ...]:
    """Return what the form of a step asks for: the day, its facts, a note."""
    step = STEPS[kind]
    own = declared(Hazard)
    needed = [replace(by_name(own, name), required=True) for name in step.needs]
    optional = [by_name(own, name) for name in step.may]
    day = Field("happened_on", "办理日期", Kind.DATE, required=True, width=7)
    return (day, *needed, *optional, replace(_NOTE, required=step.note_required))
