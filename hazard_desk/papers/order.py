"""What is asked for when a paper is printed: which rows or which record, and as which document issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as dataclass_field
from typing import Any

from hazard_desk.books.kit.query import Query


@dataclass(frozen=True)
class Order(Query):
    """A query, and for a paper about one record that record.

    ``document`` is its row in the register of documents issued, empty for a draft.
    """

    record: Mapping[str, Any] = dataclass_field(default_factory=dict)
    document: Mapping[str, Any] = dataclass_field(default_factory=dict)


def order_for(query: Query, record: Mapping[str, Any], document: Mapping[str, Any]) -> Order:
    """Return the order for what ``query`` wants of a paper, about ``record``, issued as ``document``."""
    return Order(**asdict(query), record=record, document=document)
