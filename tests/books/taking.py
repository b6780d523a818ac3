"""Taking one row of a sheet into a ledger, as an import does with many."""

from __future__ import annotations

from collections.abc import Mapping

from hazard_desk.books.kit.judging import Judgement
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.rules.fields import Value


def take(
    ledger: Ledger,
    values: Mapping[str, Value],
    number: int | None = None,
    others: Mapping[str, str] | None = None,
) -> int:
    """Judge a row and enter it; return its record."""
    judged = ledger.judge(values, others, number)
    assert judged.refused == ""
    return ledger.enter([judged])[0] if judged.changes else number or 0


def judged(ledger: Ledger, values: Mapping[str, Value], number: int | None = None) -> Judgement:
    """Return what becomes of a row."""
    return ledger.judge(values, {}, number)
