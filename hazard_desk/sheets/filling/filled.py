"""A blank form filled: every cell with its value, where that comes from and the records behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hazard_desk.figures.progress.filling import CountedRecord
from hazard_desk.grid.grid import Place
from hazard_desk.rules.fields import Row
from hazard_desk.sheets.filling.blank import BlankForm, Written
from hazard_desk.sheets.questions import Question


@dataclass(frozen=True)
class FormCell:
    """A cell that is filled."""

    table: int
    place: Place
    cell: str
    label: str
    value: Written
    source: str
    records: tuple[CountedRecord, ...] = ()
    note: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether it tells a share: those of several rows make no sum."""
        return bool({"rate", "ontime"} & {*re.split("[:;]", self.source)})


@dataclass(frozen=True)
class UnknownCell:
    """A cell that stays empty, and why."""

    cell: str
    label: str
    reason: str


@dataclass
class FilledForm:
    """A blank form and what goes into it."""

    form: BlankForm
    file: Path
    as_of: date
    scope: str
    title: str
    texts: Sequence[str]
    filled: list[FormCell] = field(default_factory=list)
    unknown: list[UnknownCell] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    like: dict[tuple[int, int], int] = field(default_factory=dict)
    """Rows that are added below a list, and the row that each copies."""

    def put(
        self,
        number: int,
        place: Place,
        label: str,
        value: Written,
        source: str,
        records: tuple[CountedRecord, ...] = (),
        note: str = "",
    ) -> None:
        """Fill a cell of a table."""
        cell = self.form.tables[number].cell(place)
        self.filled.append(FormCell(number, place, cell, label, value, source, records, note))
        if note:
            self.tell(note)

    def leave(self, number: int, place: Place, label: str, reason: str) -> None:
        """Leave a cell of a table empty, and say why."""
        self.unknown.append(UnknownCell(self.form.tables[number].cell(place), label, reason))

    def tell(self, note: str) -> None:
        """Tell something of the whole form, once."""
        if note not in self.notes:
            self.notes.append(note)

    def written(self) -> bytes:
        """Return the file filled."""
        cells = {(one.table, one.place): one.value for one in self.filled}
        return self.form.written(cells, self.like)


def plain_form(filled: FilledForm) -> Row:
    """Return a filled form as ``--json`` prints it."""
    return {
        "title": filled.title,
        "as_of": filled.as_of.isoformat(),
        "scope": filled.scope,
        "filled": [
            {
                "cell": one.cell,
                "label": one.label,
                "value": one.value.isoformat() if isinstance(one.value, date) else one.value,
                "source": one.source,
                "records": [f"{record.ledger}/{record.id}" for record in one.records],
            }
            for one in filled.filled
        ],
        "unknown": [{"cell": one.cell, "label": one.label, "reason": one.reason} for one in filled.unknown],
        "questions": [one.plain() for one in filled.questions],
        "notes": [*filled.notes],
    }
