"""What a ledger tells sheets: its columns, how a row is known again, and how it is taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from peewee import IntegrityError

from hazard_desk.books.kit.gaps import GAPS
from hazard_desk.books.kit.judging import CHANGED_SINCE, SAYS_NOTHING, Batch, Judgement, Telling, telling_of
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row, Value, names_in
from hazard_desk.store.acts import Act, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record


class SheetRows:
    """Part of every ledger; a ledger overrides what is different with it."""

    id: str
    noun: str
    import_undo: Undo
    table: type[Record]
    cabinet: Cabinet
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

    def options(self, name: str) -> list[str]:
        raise NotImplementedError

    def options_for(self, name: str, row: Row) -> list[str]:
        """Return what a form offers for a field, the likeliest first; ``row`` stands in it, unread."""
        return self.options(name)

    def options_say(self, name: str) -> Mapping[str, str]:
        """Return what the options of a field mean, where they do not say it themselves."""
        return {}

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
        batch = batch or Batch()
        asked = batch.asked(self.sheet_fields)
        telling = telling_of(asked, values, others or {}, written or {}, self.cabinet.clock.today)
        if not telling.values and not telling.others:
            return Judgement(number, Record(), refused=SAYS_NOTHING)
        before = [] if number is None else self._standing(number)
        judgement = self._judged(telling, number, batch)
        judgement.before = before
        return judgement

    def _judged(self, telling: Telling, number: int | None, batch: Batch) -> Judgement:
        """Return what becomes of a row that says something; the same of every ledger is in ``judge``."""
        raise NotImplementedError

    def _standing(self, number: int) -> list[Row]:
        """Return what a row is judged against, as it is kept. Raises ``Refused`` when it is gone."""
        return [self.cabinet.row(self.table, number)]

    def enter(self, judgements: Sequence[Judgement]) -> list[int]:
        """Write judged rows, none of them refused, as one act or as a part of it; return their records.

        Raises ``Refused`` where a record is no longer what a row was judged against.
        """
        with self.cabinet.whole(f"{self.id}.enter", self.id, self.import_undo) as act:
            for one in judgements:
                if one.number is not None and self._standing(one.number) != one.before:
                    raise Refused(CHANGED_SINCE)
            try:
                ids = self._write(act, judgements)
            except IntegrityError:  # what was judged before the act is there by now
                raise Refused("台账里已有同样的记录，没有录入；请重新导入") from None
            self.entered(act, ids)
            act.done(f"录入{self.noun}{len(ids)}条", *ids)
        return ids

    def entered(self, act: Act, numbers: Sequence[int]) -> None:
        """Do within the act what else follows from rows that were entered or changed."""

    def _write(self, act: Act, judgements: Sequence[Judgement]) -> list[int]:
        """Write judged rows within an act; return their records."""
        entered = iter(self._insert(act, [one.row for one in judgements if one.number is None]))
        for one in judgements:
            if one.number is not None and one.changes:
                self._update(act, one.number, one.row)
        return [next(entered) if one.number is None else one.number for one in judgements]

    def _insert(self, act: Act, rows: Sequence[Record]) -> list[int]:
        """Put the rows of new records into the table; return their ids."""
        return act.insert_many(self.table, map(self._columns, rows))

    def _update(self, act: Act, number: int, row: Record) -> None:
        """Put the row of a record that is there in its place."""
        act.update(self.table, number, self._columns(row))

    def _columns(self, row: Record) -> Row:
        """Return a judged row as its table has it."""
        return row

    def gaps_of(self, row: Row) -> list[Field]:
        """Return the fields that the ledger requires of a record and that nobody told."""
        missing = set(names_in(row.get(GAPS)))
        return [field for field in self.sheet_fields() if field.name in missing]
