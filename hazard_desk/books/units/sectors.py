"""行业领域: the sectors of the office and its plans; renamed, merged, added, each with its history.

What is entered under a sector is entered by its name. Renaming and merging therefore change the name wherever
it stands, in one act; the former name stays as a row that says what it became. Forms that were sent for a
sector that is renamed are those of the new name, and keep the one they were sent with on their paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.lists import OWN, SECTORS, Offering, SectorRow, sectors_now
from hazard_desk.books.units.renaming import Bearing, regroup, rename, rows_bearing
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Field, Kind, Row, Value, read_all
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.columns import (
    Record,
    column,
    declared,
    field_of,
    name_of,
    names_of,
    table_name,
    tables,
)


class Merging(Record):
    """What is asked when a sector is merged into another."""

    into = column("并入哪个行业领域", Kind.CHOICE, required=True, listed=SECTORS, width=10)


class Sectors(TableLedger[SectorRow]):
    """The sectors of this desk; those that were given up come last."""

    id = SECTORS
    title = "行业领域"
    noun = "行业领域"
    why = "监管对象、隐患、检查按行业领域筛选、统计"
    icon = "columns"
    in_binder = False
    table = SectorRow
    same_by = (names_of(SectorRow.name),)
    cannot_lack = names_of(SectorRow.name)
    default_sort = name_of(SectorRow.id)
    _merging = Offering((field_of(Merging.into),))

    def wrong(self, row: SectorRow, number: int | None) -> dict[str, str]:
        other = self._named(row.name)
        if other is None or other.id == number:
            return {}
        if other.until is not None and number is not None and other.now == self.get(number).name:
            return {}  # it is called again as it was before
        said = f"是“{other.now}”以前的名称" if other.until else "已在列表中"
        return {name_of(SectorRow.name): f"行业领域“{row.name}”{said}"}

    def add(self, values: Mapping[str, Value]) -> Change:
        """Add a sector of the office's own, in force from today. Raises ``RefusedFields``."""
        row = self.kept(self.read(values, None))
        with self.cabinet.act(f"{self.id}.add", self.id) as act:
            number = act.insert(SectorRow, row)
            act.done(f"新增行业领域“{row.name}”", number)
        return act.result

    def kept(self, row: SectorRow) -> SectorRow:
        """One that comes from here, by hand or in a sheet, is the office's own."""
        if not row.origin:
            row.origin, row.since = OWN, self.cabinet.clock.today
        return row

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
        """Change a sector; a new name replaces the old one wherever it stands. Raises ``RefusedFields``."""
        old = self._in_force(number)
        row = self.read(old | dict(values), number)
        with self.cabinet.act(f"{self.id}.change", self.id) as act:
            entered: Row = {name: row[name] for name in _ENTERED}
            act.update(SectorRow, number, entered)
            act.done(f"修改行业领域“{row.name}”", number)
            if row.name != old.name:
                act.title = f"行业领域“{old.name}”更名为“{row.name}”，{self._rename(act, old, row.name)}"
        return act.result

    def _rename(self, act: Act, old: SectorRow, new: str) -> str:
        again = self._former(new)
        if again is not None:
            act.delete(SectorRow, again.id)
        former = SectorRow(old, until=self.cabinet.clock.today, now=new)
        del former["id"]
        act.insert(SectorRow, former)
        regroup(self.cabinet, act, old.name, new)
        return self._replace(act, old.name, new)

    def merge(self, number: int, values: Mapping[str, Value]) -> Change:
        """Merge a sector into another, whose name its records bear from now on; ``values`` of ``Merging``.

        Raises ``RefusedFields`` unless the other is another one in force.
        """
        old = self._in_force(number)
        into = Merging(read_all(self.merge_fields(), values, self.cabinet.clock.today)).into
        if into == old.name:
            raise RefusedFields({name_of(Merging.into): "请选择另一个行业领域"})
        gone: Row = {name_of(SectorRow.until): self.cabinet.clock.today, name_of(SectorRow.now): into}
        with self.cabinet.act(f"{self.id}.merge", self.id) as act:
            act.update(SectorRow, number, gone)
            told = self._replace(act, old.name, into)
            act.done(f"行业领域“{old.name}”并入“{into}”，{told}", number)
        return act.result

    def remove(self, number: int) -> Change:
        """Take a sector out that nothing was entered under. ``Refused`` for one in use, or a former name."""
        name = self._in_force(number).name
        if any(rows_bearing(self.cabinet, table, field, name) for table, field in _listing()):
            raise Refused(f"行业领域“{name}”已有记录使用，不能删除，可以并入另一个行业领域")
        return super().remove(number)

    def merge_fields(self) -> tuple[Field, ...]:
        """Return what is asked when a sector is merged."""
        return self._merging.of(self.cabinet)

    def called(self, name: str) -> int:
        """Return the id of the sector in force with this name, or that a former name means; ``Refused``."""
        of_desk = sectors_now(self.cabinet)
        found = self._named(dict(of_desk.meant).get(name, name))
        if found is None:
            raise Refused(f"没有“{name}”这个行业领域，可用的有：{'、'.join(of_desk.choices)}")
        return found.id

    def _in_force(self, number: int) -> SectorRow:
        row = self.get(number)
        if row.until is not None:
            raise Refused(f"“{row.name}”已停用，现为“{row.now}”，请修改“{row.now}”")
        return row

    def _named(self, name: str) -> SectorRow | None:
        found = self.cabinet.records(SectorRow, SectorRow.select().where(SectorRow.name == name))
        return found[0] if found else None

    def _former(self, name: str) -> SectorRow | None:
        found = self._named(name)
        return found if found is not None and found.until is not None else None

    # Where sectors stand

    def _replace(self, act: Act, old: str, new: str) -> str:
        """Write ``new`` wherever ``old`` stands; return in words how many records bore it."""
        count = rename(self.cabinet, act, Bearing(tuple(_listing()), _FACTS), old, new)
        before = SectorRow.select().where((SectorRow.now == old) & SectorRow.until.is_null(False))
        for former in self.cabinet.records(SectorRow, before):
            act.update(SectorRow, former.id, {name_of(SectorRow.now): new})
        return f"{count}条记录随之更改" if count else "没有记录需要更改"


_FACTS = (*names_of(Hazard.sector), "sectors")
"""By which names sectors stand among facts that are kept together."""
_ENTERED = names_of(SectorRow.name, SectorRow.remark, SectorRow.others, SectorRow.gaps)
"""What the clerk changes of a sector; from when to when it is in force, the acts say."""


def _listing() -> Iterator[tuple[type[Record], Field]]:
    """Every table with a field whose choices are the sectors, and that field."""
    for table in {table_name(table): table for table in tables()}.values():
        for field in declared(table):
            if field.listed == SECTORS:
                yield table, field
