"""What a ledger tells sheets: its columns, how a row is known again, and how it is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from hazard_desk.rules.fields import Field, Row, Value, absent
from hazard_desk.store.acts import Change


class SheetRows:
    """Part of every ledger; a ledger overrides what is different with it."""

    same_by: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Fields by which a sheet's row is known as a record that is there, the surest first.

    The first of each is never empty. Where none are named: all that are required."""

    def entry_fields(self) -> tuple[Field, ...]:
        raise NotImplementedError

    def get(self, number: int) -> Row:
        raise NotImplementedError

    def add(self, values: Mapping[str, Value]) -> Change:
        raise NotImplementedError

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
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

    def take_in(self, values: Row, number: int | None = None) -> Change | None:
        """Enter a sheet's row of read values, or change the record of that id by what is not empty in it.

        Returns None when there was nothing to change. Raises ``Refused``.
        """
        if number is None:
            return self.add(values)
        row = self.get(number)
        told = {name: value for name, value in values.items() if not absent(value)}
        changed = {name: value for name, value in told.items() if value != row[name]}
        return self.change(number, changed) if changed else None
