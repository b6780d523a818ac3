"""Old .xls and WPS .et files, read by a process of their own.

The reader ends its whole process on some damaged files and fills the memory on others. So it runs apart
from the desk, within bounds; what it found comes back as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hazard_desk.errors import Refused, Trouble
from hazard_desk.grid.cells import CellContent
from hazard_desk.grid.grid import MOST_CELLS, Grid

READ_APART = "--read-sheets-apart"
"""The word by which the bundled program knows that it is to read a file apart."""
_MEMORY = 1 << 30
_SECONDS = 60
_PASSWORD = 4
_LACKING = 5

LACKING = "这台电脑缺少读取表格所需的系统组件，请安装系统更新后再试；也可以用“粘贴多行”登记"
"""Said where the library that reads spreadsheets cannot be loaded."""


def read_apart(file: Path) -> list[Grid]:
    """Return the sheets of an .xls or .et file. Raises ``Refused`` when it cannot be read."""
    with tempfile.TemporaryDirectory() as scratch:
        found = Path(scratch) / "found.json"
        module = [] if getattr(sys, "frozen", False) else ["-m", "hazard_desk"]
        command = [sys.executable, *module, READ_APART, str(file), str(found)]
        try:
            ended = subprocess.run(
                command, cwd=Path(__file__).parents[3], capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise Refused("太大或已损坏，读不出来，请另存为.xlsx后再试") from None
        if ended.returncode == _LACKING:
            raise Trouble(LACKING)
        if ended.returncode == _PASSWORD:
            raise Refused("有密码保护，请取消密码后再试")
        if ended.returncode or not found.exists():
            raise Refused("已损坏或太大，读不出来，请用表格软件打开后另存为.xlsx再试")
        sheets = json.loads(found.read_text(encoding="utf-8"))
    return [
        Grid(one["title"], [[_back(cell) for cell in row] for row in one["rows"]], _tuples(one["merges"]))
        for one in sheets
    ]


def main(file: str, to: str) -> int:
    """Read ``file`` and write what was found to ``to``; return the exit code. Runs in the process apart."""
    try:
        import python_calamine
    except ImportError:
        return _LACKING
    _bound_memory()
    try:
        with Path(file).open("rb") as stream:  # by its content: from a path it would believe the ending
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
    except python_calamine.PasswordError:
        return _PASSWORD
    sheets = []
    for seen in book.sheets_metadata:
        if seen.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(seen.name)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            return 2
        rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        merges = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
        sheets.append({"title": seen.name, "rows": rows, "merges": merges})
    Path(to).write_text(json.dumps(sheets), encoding="utf-8")
    return 0


def _bound_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows knows no such bound
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


_Plain = str | float | dict[str, str]
"""A cell as JSON keeps it; a boolean and a whole number are floats to the type checker."""


def _plain(cell: str | float | date | time | timedelta) -> _Plain:
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell


def _back(cell: _Plain) -> CellContent:
    if not isinstance(cell, dict):
        return cell
    return datetime.fromisoformat(cell["moment"]) if "moment" in cell else date.fromisoformat(cell["day"])


def _tuples(merges: list[list[int]]) -> list[tuple[int, int, int, int]]:
    return [(top, left, bottom, right) for top, left, bottom, right in merges]
