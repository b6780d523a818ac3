"""Which field each column of a sheet fills, remembered for the same headings from the same sender."""

from __future__ import annotations

from collections.abc import Mapping

from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.tables import SheetMapping


class SheetMappings:
    """What the clerk chose for the columns of sheets."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    def of(self, ledger: str, shape: str, sender: str) -> dict[int, str]:
        """Return the fields by column that were chosen for these headings; those of this sender first."""
        select = SheetMapping.select().where((SheetMapping.ledger == ledger) & (SheetMapping.shape == shape))
        rows = self.cabinet.records(SheetMapping, select.order_by(SheetMapping.id))
        found = {row.sender: row for row in rows}
        row = found.get(sender) or next(iter(reversed(found.values())), None)
        return {int(place): name for place, name in row.columns.items()} if row else {}

    def remember(self, ledger: str, shape: str, sender: str, columns: Mapping[int, str]) -> Change:
        """Remember what was chosen; what was remembered before for the same is replaced."""
        row = SheetMapping()
        row.ledger, row.shape, row.sender = ledger, shape, sender
        row.columns = {str(place): name for place, name in sorted(columns.items())}
        same = (
            (SheetMapping.ledger == ledger) & (SheetMapping.shape == shape) & (SheetMapping.sender == sender)
        )
        number = self.cabinet.scalar(SheetMapping.select(SheetMapping.id).where(same))
        with self.cabinet.act("sheets.remember", ledger) as act:
            if number is None:
                act.insert(SheetMapping, row)
            else:
                act.update(SheetMapping, number, row)
            act.done("记住表格栏目的对应" + (f"（{sender}）" if sender else ""))
        return act.result
