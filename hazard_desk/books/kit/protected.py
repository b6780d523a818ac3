"""What tips and rewards share: an informant kept apart, masked in rows, revealed only on purpose."""

from __future__ import annotations

from collections.abc import Mapping

from hazard_desk.books.informants import ENTRY, InformantRow, Informants, P
from hazard_desk.books.kit.named_links import LinkedLedger
from hazard_desk.rules.fields import Field, Value, read_all
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet


class ProtectedLedger(LinkedLedger[P]):
    """A ledger whose table has an ``informant_id``."""

    def __init__(self, cabinet: Cabinet, informants: Informants) -> None:
        super().__init__(cabinet)
        self.informants = informants

    def entry_fields(self) -> tuple[Field, ...]:
        return super().entry_fields() + ENTRY

    def add(self, values: Mapping[str, Value], links: Mapping[str, Value] | None = None) -> Change:
        """Enter a record; ``links`` are ids of what it was made from."""
        row = self.read(values, None)
        row.update(links or {})
        with self.cabinet.act(f"{self.id}.add", self.id) as act:
            row.informant_id = self.informants.keep(act, values, row.informant_id)
            number = act.insert(self.table, self.kept(row))
            act.done(f"新增{self.noun}“{self.name_of(row)}”", number)
        return act.result

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
        old = self.get(number)
        row = self.read(old | dict(values), number)
        with self.cabinet.act(f"{self.id}.change", self.id) as act:
            row.informant_id = self.informants.keep(act, values, old.informant_id)
            act.update(self.table, number, row)
            act.done(f"修改{self.noun}“{self.name_of(row)}”", number)
        return act.result

    def read(self, values: Mapping[str, Value], number: int | None) -> P:
        read_all(ENTRY, values, self.cabinet.clock.today)  # refuses a wrong number before anything is kept
        return super().read(values, number)

    def finish_all(self, rows: list[P]) -> list[P]:
        return self.informants.masked([self.finish(row) for row in rows])

    def reveal(self, number: int, reason: str) -> tuple[InformantRow, Change]:
        """Return the informant's whole name and number; the look is audited with its reason."""
        return self.informants.reveal(self.id, number, self.get(number).informant_id, reason)
