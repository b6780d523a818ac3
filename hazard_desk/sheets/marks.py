"""How a sheet of the desk is known again: a hidden sheet with the format's version and the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.grid.grid import Grid

EXAMPLE = "示例行"
"""How the text of the template's example row begins; such a row is never taken in."""
SHEET = "_hazard_desk"
_PROGRAM = "hazard-desk"
_VERSION = 1


def mark_rows(ledger: Ledger) -> Sequence[tuple[str, str | int]]:
    """Return the rows of the hidden sheet ``SHEET``, which say which ledger a workbook belongs to."""
    return (("program", _PROGRAM), ("format", _VERSION), ("ledger", ledger.id), ("title", ledger.title))


def refuse_foreign(grids: Sequence[Grid], ledger: Ledger, file: Path) -> bool:
    """Return whether a file is of ours; ``Refused`` where it is another ledger's or of a newer format."""
    own = False
    for grid in grids:
        if grid.title != SHEET:
            continue
        says = {row[0]: row[1] for row in grid.rows if len(row) >= 2}
        if says.get("program") != _PROGRAM:
            continue
        version = says.get("format")
        if isinstance(version, float) and version > _VERSION:
            raise Refused(f"“{file.name}”由更新版本的隐患工作台生成，请先升级程序")
        if ledger.id != says.get("ledger") and ledger.title != says.get("title"):
            raise Refused(f"“{file.name}”是“{says.get('title')}”的表格，不能导入“{ledger.title}”")
        own = True
    return own
