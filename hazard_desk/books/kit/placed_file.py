"""A file that is to become an attachment, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PlacedFile:
    """A file for a record (``ledger``, ``record``): as what it is kept, how it is called, what is said of it.

    The signed copy of a paper names that, and the id of the ``document`` where it was issued.
    """

    ledger: str
    record: int
    source: Path
    label: str
    name: str = ""
    note: str = ""
    paper: str = ""
    document: int | None = None
