"""What a ledger tells sheets: its columns, how a row is known again, and how it is taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hazard_desk.books.kit.gaps import GAPS
from hazard_desk.books.kit.judging import Batch, Judgement
from hazard_desk.rules.fields import Field, Row, Value, names_in


class SheetRows:
    """Part of every ledger; a ledger overrides what is different with it."""

    same_by: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Fields by which a sheet's row is known as a record that is there, the surest first.

    The first of each is never empty. Where none are named: all that are required."""

    def entry_fields(self) -> tuple[Field, ...]:
        raise NotImplementedError

    def template_fields(self) -> tuple[Field, ...]:
        """Return the columns of the blank collection sheet. Protected ones are never among them."""
        return tuple(field for field in self.entry_fields() if not field.sensitive)

    def sheet_fields(self) -> tuple[Field, ...]:
        """Return the columns that are taken in from a sheet."""
        return self.template_fields()

    def strict_names(self) -> tuple[str, ...]:
        """Return the fields without choices of their own that take nothing but what ``options`` offers."""
        return ()

    def identities(self) -> tuple[tuple[str, ...], ...]:
        """Return the sets of fields by which a sheet's row is known again, the surest first."""
        return self.same_by or (tuple(field.name for field in self.template_fields() if field.required),)

    def is_same(self, row: Row, values: Row) -> bool:
        """Whether a row of a sheet that is known by its identity really means this record."""
        return True

    def unit_of(self, field: Field, row: Row) -> str:
        """Return the unit of an amount in a row: the field's own, unless the row decides."""
        return field.unit

    def judge(
        self,
        values: Mapping[str, Value],
        others: Mapping[str, str] | None = None,
        number: int | None = None,
        batch: Batch | None = None,
        written: Mapping[str, str] | None = None,
    ) -> Judgement:
        """Judge a row of a sheet without writing: what the ledger will keep of it, as a past fact with gaps.

        ``values`` are by field, read or raw, empty ones say nothing; ``others`` by headings of their own;
        ``number`` is the record that the row changes. Rows of one sheet share a ``batch``. ``written`` tells
        values as they were written, for those that cannot stand.
        """
        raise NotImplementedError

    def enter(self, judgements: Sequence[Judgement]) -> list[int]:
        """Write judged rows, none of them refused, as one act or as a part of it; return their records."""
        raise NotImplementedError

    def gaps_of(self, row: Row) -> list[Field]:
        """Return the fields that the ledger requires of a record and that nobody told."""
        missing = set(names_in(row.get(GAPS)))
        return [field for field in self.sheet_fields() if field.name in missing]
