"""Documents read in a process apart, and how they come back: JSON, a line for each row or paragraph."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from hazard_desk.apart import Ended, do_apart
from hazard_desk.errors import Refused, Trouble
from hazard_desk.grid.cells import Broken, CellContent
from hazard_desk.grid.document import Block, Document, Paragraph
from hazard_desk.grid.grid import Grid

_WORK = "hazard_desk.sheets.reading.file:read_for_another"
_REFUSED, _TROUBLE = 2, 3
_LOST = {
    Ended.BROKEN: "已损坏或太大，读不出来，请用WPS或Office打开后另存一份再试",
    Ended.LATE: "太大或已损坏，读不出来，请用WPS或Office打开后另存一份再试",
}

_Plain = str | float | None | dict[str, str]
"""A cell as JSON keeps it; a boolean and a whole number are floats to the type checker."""


def read_apart(file: Path) -> Document:
    """Return what a file holds. Raises ``Refused`` without its name, ``Trouble``, ``OSError``."""
    with tempfile.TemporaryDirectory() as scratch:
        found = Path(scratch) / "found"
        ended = do_apart(_WORK, str(file), str(found))
        if ended in _LOST:
            raise Refused(_LOST[Ended(ended)])
        with found.open(encoding="utf-8") as lines:
            if ended:
                said = json.loads(next(lines))
                raise Trouble(said) if ended == _TROUBLE else Refused(said)
            return Document(list(_blocks(lines)), tuple(json.loads(next(lines))))


def tell_document(document: Document, to: Path) -> int:
    """Write a document for the process that waits for it; return 0."""
    with to.open("w", encoding="utf-8") as out:
        out.write(json.dumps(len(document.blocks)) + "\n")
        for block in document.blocks:
            if isinstance(block, Paragraph):
                out.write(json.dumps(vars(block)) + "\n")
                continue
            head = {name: value for name, value in vars(block).items() if name in _HEAD}
            out.write(json.dumps(head | {"rows": len(block.rows)}) + "\n")
            for row in block.rows:
                out.write(json.dumps([_plain(cell) for cell in row]) + "\n")
        out.write(json.dumps(document.notes) + "\n")
    return 0


def tell_why_not(wrong: Refused | Trouble, to: Path) -> int:
    """Write why there are none; return the number that says so."""
    to.write_text(json.dumps(wrong.message), encoding="utf-8")
    return _REFUSED if isinstance(wrong, Refused) else _TROUBLE


_HEAD = ("title", "merges", "hidden", "above", "called")


def _blocks(lines: Iterator[str]) -> Iterator[Block]:
    for _ in range(json.loads(next(lines))):
        head = json.loads(next(lines))
        if "rows" not in head:
            yield Paragraph(**head)
            continue
        rows = [[_back(cell) for cell in json.loads(row)] for row in islice(lines, head.pop("rows"))]
        merges = [(top, left, bottom, right) for top, left, bottom, right in head.pop("merges")]
        yield Grid(rows=rows, merges=merges, **head)


def _plain(cell: CellContent) -> _Plain:
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, Broken):
        return {"broken": cell.reason}
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell


def _back(cell: _Plain) -> CellContent:
    if not isinstance(cell, dict):
        return cell
    if "broken" in cell:
        return Broken(cell["broken"])
    return datetime.fromisoformat(cell["moment"]) if "moment" in cell else date.fromisoformat(cell["day"])
