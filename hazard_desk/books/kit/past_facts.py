"""The law of a table's rows, asked strictly of what is entered here, and with gaps of what sheets tell.

A ledger says what is ``wrong`` between the facts of a row and what a row is ``lacking``; what is entered by
hand is refused for either. Of a past fact that a sheet tells, what is lacking is a gap, and what is wrong is
kept among the others.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import ClassVar, Generic, TypeVar

from hazard_desk.books.kit.gaps import GAPS, OTHERS
from hazard_desk.books.kit.judging import TWICE, Batch, Judgement, Telling
from hazard_desk.books.kit.sheet_rows import SheetRows
from hazard_desk.errors import RefusedFields
from hazard_desk.rules.fields import Field, Row, Value, absent, names_in, read_all, read_others
from hazard_desk.store.columns import Record, column_named, columns_of

R = TypeVar("R", bound=Record)


class PastFacts(SheetRows, Generic[R]):
    """Part of every table ledger: reading a row strictly, judging one that a sheet tells."""

    table: type[R]
    cannot_lack: ClassVar[tuple[str, ...]] = ()
    """Fields without which a row makes no sense here: one that lacks them, even in a sheet, is refused."""

    @property
    def own_fields(self) -> tuple[Field, ...]:
        raise NotImplementedError

    def get(self, number: int) -> R:
        raise NotImplementedError

    # The law of a row

    def wrong(self, row: R, number: int | None) -> dict[str, str]:
        """Return what cannot stand in a row, a sentence by field; facts may be missing."""
        return {}

    def lacking(self, row: R) -> dict[str, str]:
        """Return what a row lacks, a sentence by field: what is required, and what a ledger adds to that."""
        return {
            field.name: f"请填写“{field.label}”"
            for field in self.own_fields
            if field.required and not field.given and absent(row.get(field.name))
        }

    def doubts(self, row: R, old: R | None) -> dict[str, str]:
        """Return what is asked back of a row entered by hand, a sentence by the field that answers it.

        ``old`` is the row that it changes. Of a past fact that a sheet tells nothing is asked back.
        """
        return {}

    def complete(self, row: R, old: R | None, batch: Batch) -> dict[str, str]:
        """Fill in the ids of what a row names; return what cannot be found, a sentence by field."""
        return {}

    def unique(self, row: R) -> Mapping[str, Hashable]:
        """Return by field what no two rows may have alike; ``wrong`` asks the table, a batch its own rows."""
        return {}

    def read(self, values: Mapping[str, Value], number: int | None) -> R:
        """Return the values of a record, checked. ``number`` is the row to be changed, None for a new one.

        A gap that the record has may stay. Raises ``RefusedFields`` with every wrong field at once.
        """
        old = None if number is None else self.get(number)
        gaps = () if old is None else names_in(old.get(GAPS))
        fields = (replace(one, required=False) if one.name in gaps else one for one in self.own_fields)
        row = self.table(read_all(fields, values, self.cabinet.clock.today))
        lacking = {name: told for name, told in self.lacking(row).items() if name not in gaps}
        problems = self.complete(row, old, Batch()) | lacking | self.wrong(row, number)
        if problems := problems or self.doubts(row, old):
            raise RefusedFields(problems)
        return self._with_gaps(row, read_others(values.get(OTHERS)))

    def _with_gaps(self, row: R, others: Mapping[str, str]) -> R:
        if column_named(self.table, GAPS) is not None:
            row[OTHERS], row[GAPS] = dict(others), list(self.lacking(row))
        return row

    def kept(self, row: R) -> Row:
        """Return a row as the table keeps it."""
        return row

    # What sheets tell

    def _judged(self, telling: Telling, number: int | None, batch: Batch) -> Judgement:
        old = None if number is None else self.get(number)
        while True:
            row = self._told(telling.values, old)
            unsure = self.complete(row, old, batch) | self.wrong(row, number) | self._twice(row, batch)
            problems = {name: told for name, told in unsure.items() if name not in telling.problems}
            if refused := self._refused(row, problems, telling, old):
                return Judgement(number, row, telling.problems | problems, refused)
            if not problems:
                break
            if not problems.keys() & telling.values.keys() and telling.values:
                name = list(telling.values)[-1]  # it stands in the way of what is there already
                problems = {name: next(iter(problems.values()))}
            telling.put_aside(problems)
        row = self._with_gaps(row, (read_others(old[OTHERS]) if old else {}) | telling.others)
        names = [*telling.values, OTHERS] if telling.others else [*telling.values]
        changed = tuple(name for name in names if old is None or row.get(name) != old.get(name))
        if old is None:
            for name, key in self.unique(row).items():
                batch.taken(name).add(key)
        return Judgement(number, row, telling.problems, "", changed)

    def _told(self, values: Row, old: R | None) -> R:
        kept = (field for field in self.own_fields if not field.given)
        return self.table({one.name: old[one.name] if old else one.empty for one in kept} | values)

    def _twice(self, row: R, batch: Batch) -> dict[str, str]:
        return {
            name: f"“{self._label(name)}”{TWICE}"
            for name, key in self.unique(row).items()
            if key in batch.taken(name)
        }

    def _label(self, name: str) -> str:
        return next((field.label for field in self.sheet_fields() if field.name == name), "")

    def _refused(self, row: R, problems: Mapping[str, str], telling: Telling, old: R | None) -> str:
        """Return why a row cannot come in at all; '' when it can."""
        for name in self.cannot_lack:
            if name in problems or absent(row.get(name)):
                return problems.get(name) or telling.problems.get(name) or f"请填写“{self._label(name)}”"
        return ""

    def _columns(self, row: Record) -> Row:
        there = columns_of(self.table)
        return {name: value for name, value in self.kept(self.table(row)).items() if name in there}
