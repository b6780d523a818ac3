"""What a step of a hazard's closed loop is, and an event: one step that was taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.fields import Field, Kind, Row, Value, absent
from hazard_desk.rules.states import MAJOR, State
from hazard_desk.store.columns import Made, declared, fields_of, names_of

CORRECTED = "corrected"
"""The kind of an event that sets an earlier one right; not a step of its own."""
WITHDRAWN = "withdrawn"
"""The kind of an event that takes an earlier one back (undo); not a step of its own."""

LAW = 1
"""The edition of the loop's law that holds now.

Before it (0) every registration entered the full list, a hazard that was handed over stayed the office's own
work, all five commitments were asked of every hazard, and a deadline that had passed could be moved unseen.
"""

HAPPENED_ON = "happened_on"
_DAY = Field(HAPPENED_ON, "办理日期", Kind.DATE, required=True, width=7)
_NOTE = Field("note", "说明", Kind.LONG, width=20)


@dataclass(frozen=True)
class Event:
    """One thing that happened to a hazard. ``facts`` are the hazard's fields that it set."""

    number: int
    """Order of entry; decides between events of one day."""
    kind: str
    happened_on: date
    facts: Row = field(default_factory=dict)
    note: str = ""
    corrects: int | None = None
    """For a correction or withdrawal: the number of the event that it sets right or takes back."""
    past: bool = False
    """History that a sheet told: it may have gaps, and its law is not asked."""
    undated: bool = False
    """Nobody told its day (日期待补): ``happened_on`` is the day of the import, from which it holds."""

    law: int = LAW
    """The edition of the law that it was entered under, and folds by."""

    @property
    def said(self) -> Hazard:
        """The facts by their types."""
        return Hazard(self.facts)


@dataclass(frozen=True)
class Move:
    """One step that a sheet's row tells: its day and what it brings."""

    kind: str
    day: date | None
    """None where the row does not tell it."""
    values: Row


Guard = Callable[["Step", Event, Hazard], None]
"""Raises ``Refused`` unless the event is lawful on the facts before it."""
Tale = Callable[["Step", Hazard, Hazard], Iterable[Move]]
"""Given the hazard as it is and the row that tells of it: the times that the row tells this step."""


def _nothing(step: Step, now: Hazard, wanted: Hazard) -> Iterable[Move]:
    return ()


@dataclass(frozen=True)
class Step:
    """One kind of event, wholly: form, button, fold, sheet, notice and manual follow from it."""

    label: str
    after: tuple[State, ...]
    """The states from which the step may be taken; empty: only to begin with."""
    leads_to: State | None = None
    """The state it leads to; None leaves the state as it is."""
    needs: tuple[Made, ...] = ()
    """The facts of the hazard that its form demands."""
    major_needs: tuple[Made, ...] = ()
    """Those of them that are demanded of major hazards only."""
    may: tuple[Made, ...] = ()
    """Those that it also asks for."""
    carries: tuple[Made, ...] = ()
    """Those of them that its form takes over from what the hazard knows: people, and what stands until it is
    revised. Never a verdict, a number or a new deadline: each time says its own."""
    dates: Made | None = None
    """The fact that takes the day on which it happened."""
    makes: tuple[tuple[Made, Value], ...] = ()
    """Facts that it sets by itself, without being asked."""
    brings: Callable[[Event, Hazard], Row] | None = None
    """What becomes of its facts, where they are more than taken as they are."""
    guard: Guard | None = None
    taking: Guard | None = None
    """What the law asks besides of a step taken here and now; what was kept may have gaps."""
    tells: Tale = _nothing
    """What a sheet's row tells of it."""
    paper: str = ""
    """The paper whose issue is this step, and the fact that takes its number."""
    number: Made | None = None
    shares: tuple[Made, ...] = ()
    """The facts in which hazards are alike that may stand on one such paper; none: each has its own."""
    supervision: bool | None = None
    """Only under supervision (挂牌督办), or only without; None: it does not matter."""
    help: str = ""
    """Its sentence in the form and in the manual."""
    note_required: bool = False
    major_only: bool = False
    kind: str = ""
    """Its name in ``Steps``, in small letters: what the event line keeps."""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "kind", name.lower())

    @property
    def fields(self) -> tuple[Field, ...]:
        """What its form asks for of a major hazard: the day, its facts, a note."""
        return self.fields_for(MAJOR)

    def fields_for(self, level: str) -> tuple[Field, ...]:
        """Return what its form asks for of a hazard of this level."""
        spared = set() if level == MAJOR else set(names_of(*self.major_needs))
        needed = (replace(field, required=field.name not in spared) for field in fields_of(*self.needs))
        note = replace(_NOTE, required=self.note_required)
        return (_DAY, *needed, *fields_of(*self.may), note)

    @property
    def told(self) -> bool:
        """Whether a sheet's row may tell it at all."""
        return self.tells is not _nothing

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the facts that its form asks for."""
        return names_of(*self.needs, *self.may)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The names of the facts that the step cannot do without, its own day among them."""
        if not self.after:
            return tuple(field.name for field in declared(Hazard) if field.required)
        return names_of(*self.needs, *([] if self.dates is None else [self.dates]))

    def required_of(self, level: str) -> tuple[str, ...]:
        """Return those of them that it cannot do without for a hazard of this level."""
        spared = () if level == MAJOR else names_of(*self.major_needs)
        return tuple(name for name in self.required if name not in spared)

    def sheet(self, facts: Hazard) -> tuple[str, ...]:
        """Return what is told of the one paper that a hazard may share; () where it has one of its own."""
        told = tuple(str(facts[name]) for name in names_of(*self.shares))
        return told if all(told) else ()

    def carried(self, known: Row) -> Row:
        """Return what its form takes over of what the hazard knows."""
        return {name: known[name] for name in names_of(*self.carries)}

    def move(self, day: date | None, told: Row) -> Move:
        """Return the step taken on a day, if one is told, with what a row tells of its facts."""
        values = {name: told[name] for name in self.asked if not absent(told.get(name))}
        return Move(self.kind, day, values | ({"note": "由表格导入"} if self.note_required else {}))
