"""Old .xls and WPS .et files. The library may end its process or fill the memory: it is only used apart."""

from __future__ import annotations

from pathlib import Path

from hazard_desk.errors import Refused, Trouble
from hazard_desk.grid.beside import one_below_another
from hazard_desk.grid.cells import Broken, CellContent
from hazard_desk.grid.grid import MOST_CELLS, Grid
from hazard_desk.sheets.reading.cell_scan import CUT, EXACT
from hazard_desk.store.archives import LOCKED

LACKING = "这台电脑缺少读取表格所需的系统组件，请安装系统更新后再试；也可以用“粘贴多行”登记"
"""Said where the library that reads spreadsheets cannot be loaded."""


def read_old(file: Path) -> list[Grid]:
    """Return the sheets of an .xls or .et file. Raises ``Refused`` and what the library raises."""
    try:
        import python_calamine
    except ImportError:
        raise Trouble(LACKING) from None
    try:
        with file.open("rb") as stream:  # by its content: from a path it would believe the ending
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
    except python_calamine.PasswordError:
        raise Refused(LOCKED) from None
    grids = []
    for seen in book.sheets_metadata:
        if seen.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(seen.name)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise Refused("表格的范围太大，请删去数据以外的内容后再试")
        rows = [[_exact(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        merges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        hidden = seen.visible != python_calamine.SheetVisibleEnum.Visible
        grids.append(one_below_another(Grid(seen.name, rows, merges, hidden)))
    return grids


def _exact(cell: CellContent) -> CellContent:
    """A cell as it is; a number of more digits than are kept is no number any more."""
    return Broken(CUT) if isinstance(cell, float) and abs(cell) >= 10**EXACT else cell
