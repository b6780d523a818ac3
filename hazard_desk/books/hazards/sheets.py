"""Hazards from a sheet: which one a row means, what it corrects, whether all that it tells was reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.step import HAPPENED_ON, Move
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.hazards.telling import commits
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Field, Row
from hazard_desk.store.columns import name_of, names_of

STORY = names_of(Hazard.place, Hazard.description, Hazard.found_on, Hazard.unit_name)
"""What tells one hazard from another, where there is no number."""


def is_same_story(row: Row, values: Row) -> bool:
    """Whether a sheet's row is this hazard: a number is no proof, another office counts from 001 too."""
    told = [name for name in STORY if values.get(name)]
    alike = [name for name in told if row[name] == values[name]]
    return len(alike) >= min(2, len(told))


def corrected(row: Hazard, wanted: Hazard, entered: Collection[str]) -> Row:
    """Return what a sheet's row says otherwise of what was ``entered`` when the hazard was registered.

    Commitments that are made only now, and the deadline of a new notice, are told by their steps.
    """
    later = set(COMMITMENTS) if commits(row, wanted) else set()
    later |= {name_of(Hazard.deadline)} if wanted.notice_number != row.notice_number else set()
    names = [name for name in wanted if name in entered and name not in later]
    return {name: wanted[name] for name in names if wanted[name] != row[name]}


def refuse_unreached(row: Hazard, wanted: Hazard, fields: Iterable[Field]) -> None:
    """Raise ``Refused`` for what a sheet's row has otherwise than the hazard that was made of it.

    Its number may differ: the desk gives its own.
    """
    for field in fields:
        if field.name == name_of(Hazard.number):
            continue
        if field.name not in wanted or row[field.name] == wanted[field.name]:
            continue
        there, said = field.show(row[field.name]), field.show(wanted[field.name])
        if field.name == name_of(Hazard.state):
            raise Refused(f"状态是“{said}”，按表格中填写的内容只能办到“{there}”，请补填后再导入", field.name)
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
