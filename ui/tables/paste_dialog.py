"""What a block of cells would change, before it does: what is refused, with the reason, comes first."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from hazard_desk.books.kit.many import ManyTried
from hazard_desk.grid.copied import CellChange, Laid
from ui.style import ROOM, px
from ui.tones import RED
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down
from ui.widgets.rows import by_rows

_MOST = 300
"""So many cells are listed; of more their count is told."""
_HEADINGS = ("记录", "栏目", "现在的内容", "改为", "不能改的原因")


class PasteDialog(Dialog):
    """Lists each cell that changes; accepted, those that may be changed are to be entered."""

    def __init__(self, laid: Laid, tried: ManyTried, parent: QWidget) -> None:
        super().__init__("修改多个单元格", parent)
        reasons = {one.id: one.reason for one in tried.refused}
        cells = sorted(
            ((cell.refused or reasons.get(cell.id, ""), cell) for cell in laid.cells),
            key=lambda pair: not pair[0],
        )
        good = sum(not refused for refused, _ in cells)
        self.table = _table(cells[:_MOST], self)
        self.told = label(_told(good, len(cells) - good, laid, len(tried.done)), self, wrap=True)
        foot = across(Stretch(), button("取消", self, self.reject))
        self.enter = button(
            "修改可以改的" if good < len(cells) else "修改", self, self.accept, role="primary"
        )
        self.enter.setEnabled(bool(good))
        self.enter.setDefault(True)
        foot.addWidget(self.enter)
        down(self.told, Stretch(self.table), foot, within=self, edges=ROOM, gap=12)
        self.table.setVisible(bool(cells))
        self.take_room(860, 520 if cells else 160)


def _told(good: int, bad: int, laid: Laid, records: int) -> str:
    said = f"将修改{records}条记录的{good}个单元格，可以撤销。" if good else "没有可以修改的内容。"
    if bad:
        said += f"有{bad}个单元格不能改，原因列在下面，保持原样。"
    if good + bad > _MOST:
        said += f"下面只列出前{_MOST}个。"
    if laid.rows_over:
        said += f"多出的{laid.rows_over}行没有对应的记录，不会粘贴；要新增记录，请用“更多”里的“粘贴多行”。"
    if laid.columns_over:
        said += f"右边多出的{laid.columns_over}栏没有对应的栏目，不会粘贴。"
    return said


def _table(cells: list[tuple[str, CellChange]], parent: QWidget) -> QTableWidget:
    table = QTableWidget(len(cells), len(_HEADINGS), parent)
    by_rows(table)
    table.setHorizontalHeaderLabels(_HEADINGS)
    for row, (refused, cell) in enumerate(cells):
        told = (cell.name, cell.field.label, cell.before, cell.after or "（清空）", refused)
        for column, text in enumerate(told):
            item = QTableWidgetItem(" ".join(text.split("\n")))
            item.setToolTip(text)
            if refused and column == len(told) - 1:
                item.setForeground(QColor(RED.ink))
            table.setItem(row, column, item)
    header = table.horizontalHeader()
    for column, width in enumerate((130, 100, 180, 180)):
        table.setColumnWidth(column, px(width))
    header.setSectionResizeMode(len(_HEADINGS) - 1, QHeaderView.ResizeMode.Stretch)
    return table
