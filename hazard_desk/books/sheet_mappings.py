"""What the clerk answered about sheets, remembered for the same headings from the same sender."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.tables import SheetMapping

Said = dict[tuple[str, str], str]
"""Field and word to the choice that is meant."""


@dataclass
class Remembered:
    """What was answered before: for a sheet of this sender, and for sheets of others."""

    columns: dict[int, str] = field(default_factory=dict)
    """Place of a column to the field that it fills; those of another sender where this one has none."""
    words: Said = field(default_factory=dict)
    """Of this sender's sheets for the ledger, whatever their headings."""
    values: dict[str, str] = field(default_factory=dict)
    """Field to what stands in all rows."""
    words_elsewhere: Said = field(default_factory=dict)
    values_elsewhere: dict[str, str] = field(default_factory=dict)


class SheetMappings:
    """What the clerk answered about the sheets of a ledger."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    def of(self, ledger: str, shape: str, sender: str) -> Remembered:
        """Return what was answered for sheets with these headings of this sender, and for others."""
        select = SheetMapping.select().where(SheetMapping.ledger == ledger).order_by(SheetMapping.id)
        found, own_columns = Remembered(), dict[int, str]()
        for row in self.cabinet.records(SheetMapping, select):
            own = row.sender == sender
            (found.words if own else found.words_elsewhere).update(_said(row))
            if row.shape == shape:
                (found.values if own else found.values_elsewhere).update(row.facts)
                columns = {int(place): name for place, name in row.columns.items()}
                own_columns = columns if own else own_columns
                found.columns = columns or found.columns
        found.columns = own_columns or found.columns
        return found

    def remember(
        self,
        ledger: str,
        shape: str,
        sender: str,
        columns: Mapping[int, str],
        words: Said | None = None,
        values: Mapping[str, str] | None = None,
    ) -> Change:
        """Remember what was answered; what was remembered before for the same is replaced."""
        row = SheetMapping()
        row.ledger, row.shape, row.sender = ledger, shape, sender
        row.columns = {str(place): name for place, name in sorted(columns.items())}
        row.words = [[name, word, choice] for (name, word), choice in sorted((words or {}).items())]
        row.facts = dict(values or {})
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


def _said(row: SheetMapping) -> Said:
    return {(name, word): choice for name, word, choice in row.words}
