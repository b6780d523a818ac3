"""Hazards from a sheet: registered, then taken lawfully through the steps that the row tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.replay import moves
from hazard_desk.books.hazards.step import HAPPENED_ON, Move
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.hazards.telling import commits
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Field, Row, Value, absent
from hazard_desk.rules.identifiers import serial_number_parts
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of, names_of

DEFAULT_NUMBER = "隐患〔{year}〕{seq:03}号"
STORY = names_of(Hazard.place, Hazard.description, Hazard.found_on, Hazard.unit_name)
"""What tells one hazard from another, where there is no number."""


class Registering(Protocol):
    """What the hazard ledger gives to bring a sheet's row about."""

    cabinet: Cabinet

    @property
    def own_fields(self) -> tuple[Field, ...]: ...
    def entry_fields(self) -> tuple[Field, ...]: ...
    def number_pattern(self) -> str: ...
    def get(self, number: int) -> Hazard: ...
    def add(
        self, values: Mapping[str, Value], links: Mapping[str, Value] | None = None, told: Row | None = None
    ) -> Change: ...
    def change(self, number: int, values: Mapping[str, Value]) -> Change: ...
    def step(self, number: int, kind: str, values: Mapping[str, Value], told: bool = False) -> Change: ...


def is_same_story(row: Row, values: Row) -> bool:
    """Whether a sheet's row is this hazard: a number is no proof, another office counts from 001 too."""
    told = [name for name in STORY if values.get(name)]
    alike = [name for name in told if row[name] == values[name]]
    return len(alike) >= min(2, len(told))


class HazardRows:
    """Takes rows of sheets into the hazard ledger, by the ledger's own acts."""

    def __init__(self, hazards: Registering) -> None:
        self._hazards = hazards

    def take_in(self, values: Row, number: int | None = None) -> Change | None:
        """Register the hazard of a sheet's row, or bring the one of that id to where the row has it.

        ``values`` are read values; empty ones ask for nothing. Returns the last change, None when there
        was nothing to do. Raises ``Refused`` when the row cannot be reached by lawful steps.
        """
        wanted = Hazard({name: value for name, value in values.items() if not absent(value)})
        change = self._register(wanted) if number is None else self._bring(number, wanted)
        self._refuse_unreached(
            self._hazards.get(change.ids[0] if number is None and change else number or 0), wanted
        )
        return change

    def _bring(self, number: int, wanted: Hazard) -> Change | None:
        """Correct and take the steps that the row tells of a hazard that is here; return the last change."""
        row, change = self._hazards.get(number), None
        if wanted.state == row.state:  # the state as it was sent out: the days say what is new
            del wanted[name_of(Hazard.state)]
        if changed := self._corrected(row, wanted):
            change = self._hazards.change(number, changed)
        for move in moves(self._hazards.get(number) if change else row, wanted):
            with placing(move):
                change = self._hazards.step(
                    number, move.kind, {**move.values, HAPPENED_ON: move.day}, told=True
                )
        return change

    def _register(self, wanted: Hazard) -> Change:
        entered = {field.name for field in self._hazards.entry_fields()}
        links = self._number_links(wanted.number)
        known = {name: wanted[name] for name in wanted if name in entered}
        return self._hazards.add(known, links, told=wanted)

    def _number_links(self, number: str) -> Row:
        """A number of this office's pattern stays; any other is the sheet's own and the desk gives one."""
        parts = serial_number_parts(self._hazards.number_pattern(), number)
        if parts is None:
            return {}
        year, serial = parts
        taken = (Hazard.number == number) | ((Hazard.year == year) & (Hazard.serial == serial))
        if self._hazards.cabinet.column(Hazard.select(Hazard.id).where(taken)):
            raise Refused(
                f"编号“{number}”在台账里是另一条隐患，请核对；新登记的隐患请把编号留空",
                name_of(Hazard.number),
            )
        return Hazard(number=number, year=year, serial=serial)

    def _corrected(self, row: Hazard, wanted: Hazard) -> Row:
        """What the row says otherwise of the registration, but for commitments that are made only now."""
        entered = {field.name for field in self._hazards.entry_fields()}
        later = set(COMMITMENTS) if commits(row, wanted) else set()
        later |= {name_of(Hazard.deadline)} if wanted.notice_number != row.notice_number else set()
        names = [name for name in wanted if name in entered and name not in later]
        return {name: wanted[name] for name in names if wanted[name] != row[name]}

    def _refuse_unreached(self, row: Row, wanted: Row) -> None:
        for field in self._hazards.own_fields:
            if field.name == name_of(Hazard.number):
                continue
            if field.name not in wanted or row[field.name] == wanted[field.name]:
                continue
            there, said = field.show(row[field.name]), field.show(wanted[field.name])
            if field.name == name_of(Hazard.state):
                raise Refused(
                    f"状态是“{said}”，按表格中填写的内容只能办到“{there}”，请补填后再导入", field.name
                )
            have = f"台账中是“{there}”，" if there else ""
            raise Refused(f"“{field.label}”{have}不能照表格办成“{said}”，请在工作台办理", field.name)


@contextmanager
def placing(move: Move) -> Iterator[None]:
    """Say of what is wrong with a step in which column of the sheet it stands."""
    try:
        yield
    except RefusedFields as wrong:
        raise RefusedFields({_placed(move, name): said for name, said in wrong.problems.items()}) from None
    except Refused as wrong:
        raise Refused(wrong.message, _placed(move, wrong.field)) from None


def _placed(move: Move, name: str) -> str:
    """The column that a step's own day stands in."""
    day = STEPS[move.kind].dates
    return name_of(Hazard.found_on if day is None else day) if name == HAPPENED_ON else name
