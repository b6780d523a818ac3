"""What a label asks for: which records of a ledger, and how they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hazard_desk.library.progress_forms import Item

OF_FIRM = "firm."
"""Before the name of a field of the enterprise that a record names."""


@dataclass(frozen=True)
class AskedFigure:
    """What a cell asks for: records of a ledger, or the indicators of a progress form's item."""

    ledger: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Fields of the records, or of the enterprise that they name, and the values wanted."""
    event: str = ""
    has: tuple[str, ...] = ()
    """Fields that must be filled in."""
    measure: str = "count"
    unit: str = ""
    """In which the form wants an amount: wan, yuan, rate; '' for as it is kept."""
    span: str = ""
    """month, quarter, year, whole; m6 or q2 of the year of the day; '' for the form's own."""
    item: Item | None = None

    @property
    def code(self) -> str:
        """Return it in one line, for scripts: an indicator's id, or ledger and conditions."""
        if self.item:
            return "+".join(self.item.indicators.values())
        told = [f"{name}={'|'.join(values)}" for name, values in sorted(self.where.items())]
        told += [self.event] * bool(self.event) + [f"has:{name}" for name in self.has]
        told += [self.measure] * (self.measure != "count") + [self.span] * bool(self.span)
        return f"{self.ledger}:" + ";".join(told)
