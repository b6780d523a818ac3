"""One act for many hazards: each that may take the step takes it, of each other the refusal is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hazard_desk.books.hazards.numbers import HazardNumbers
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import Refused
from hazard_desk.rules.identifiers import id_said
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet

Named = int | str
"""A hazard by its id or by its number."""


@dataclass(frozen=True)
class StepRefusal:
    """A hazard that did not take the step, and why. ``id`` is 0 where there is no such hazard."""

    id: int
    number: str
    reason: str
    field: str = ""


@dataclass(frozen=True)
class StepsTaken:
    """What an act for many did; one undo takes all of it back."""

    change: Change
    done: tuple[int, ...]
    refused: tuple[StepRefusal, ...]


def named_hazards(cabinet: Cabinet, numbers: Sequence[Named]) -> list[tuple[int, str]]:
    """Return id and number of each of these hazards, once; id 0 for one that is not there."""
    found: dict[str, int] = {}
    for name in numbers:
        row = _named(cabinet, name)
        found.setdefault(row.number if row else str(name).strip(), row.id if row else 0)
    return [(number, name) for name, number in found.items()]


def _named(cabinet: Cabinet, name: Named) -> Hazard | None:
    """Return the hazard that is meant: by its id, or a text by number, as typed, or else by its id."""
    text = str(name).strip()
    number = Hazard.id == name if isinstance(name, int) else Hazard.number == text
    for asked in (number, Hazard.id == (id_said(text) or HazardNumbers(cabinet).spelled(text))):
        for row in cabinet.records(Hazard, Hazard.select(Hazard.id, Hazard.number).where(asked)):
            return row
    return None


def take_each(
    cabinet: Cabinet,
    ledger: str,
    named: Sequence[tuple[int, str]],
    label: str,
    take: Callable[[int], Change],
) -> StepsTaken:
    """Let each hazard of ``named`` (id, number) take a step by ``take``, all within one act.

    Raises ``RefusedFields`` where all are refused for what the form lacks, ``Refused`` where all are refused:
    then nothing is written.
    """
    done: list[int] = []
    refused: list[StepRefusal] = []
    wrongs: list[Refused] = []
    with cabinet.whole("hazards.step_many", ledger) as act:
        for number, name in named:
            try:
                if not number:
                    raise Refused(f"台账里没有隐患“{name}”，请核对编号")
                with cabinet.part():
                    take(number)
            except Refused as wrong:
                wrongs.append(wrong)
                refused.append(StepRefusal(number, name, wrong.message, wrong.field))
            else:
                done.append(number)
        if not done:
            raise _refusal(wrongs, refused)
        act.done(f"{quoted(label)}{len(done)}条隐患", *done)
    return StepsTaken(act.result, tuple(done), tuple(refused))


def _refusal(wrongs: list[Refused], refused: list[StepRefusal]) -> Refused:
    """Return what to say where none took the step: once, where it is the same of all."""
    if not wrongs:
        return Refused("请选择要办理的隐患")
    if len({wrong.message for wrong in wrongs}) == 1:
        return wrongs[0]
    same: dict[str, list[str]] = {}
    for one in refused:
        same.setdefault(one.reason, []).append(one.number)
    return Refused("；".join(f"{_called(numbers)}：{reason}" for reason, numbers in same.items()))


_NAMED = 3
"""So many numbers stand before one reason; of more their count is told."""


def _called(numbers: Sequence[str]) -> str:
    return "、".join(numbers[:_NAMED]) + (f"等{len(numbers)}条" if len(numbers) > _NAMED else "")
