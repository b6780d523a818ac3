"""All copies as a table: when, where, how much, proved or not, whether the place is there now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from hazard_desk.rules.dates import show_moment
from hazard_desk.store.copies.list import Copy
from hazard_desk.store.copies.places import place_word
from ui.style import INK_FAINT, letters, px
from ui.tables.chip_delegate import ChipDelegate
from ui.tables.ledger_model import CHIP_ROLE
from ui.widgets.rows import by_rows

_HEADS = ("时间", "位置", "大小", "记录", "校验情况", "现状", "举报人信息")
_WIDTHS = (9, 0, 4.5, 4.5, 5, 4.5, 6)
"""Characters; the place takes what is left."""
_PLACE = 1
_NUMBERS = (2, 3)
PROVED, UNPROVED, FAULTY = "完好", "未校验", "有问题"
THERE, AWAY, GONE = "读得到", "没连上", "不见了"
CLEAR, SEALED = "待改写", "已封存"


class CopiesTable(QTableWidget):
    """Shows copies, the newest first; ``chosen`` tells the current one, or None."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, len(_HEADS), parent)
        self.copies: list[Copy] = []
        self.setAccessibleName("全部备份")
        self.setItemDelegate(ChipDelegate(self))
        by_rows(self)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(px(80))
        for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
            align = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            item = QTableWidgetItem(head)
            item.setTextAlignment(align | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, item)
            self.setColumnWidth(column, letters(width))
        header.setSectionResizeMode(_PLACE, QHeaderView.ResizeMode.Stretch)
        self.itemSelectionChanged.connect(self._tell)

    def show_copies(self, copies: Sequence[Copy]) -> None:
        """Show these. The chosen copy stays chosen, else it is the newest."""
        before = self.current()
        self.blockSignals(True)
        self.copies = list(copies)
        self.setRowCount(len(copies))
        for row, copy in enumerate(copies):
            self._fill(row, copy)
        self.blockSignals(False)
        files = [copy.file for copy in copies]
        if files:
            self.selectRow(files.index(before.file) if before and before.file in files else 0)
        self._tell()

    def current(self) -> Copy | None:
        """Return the chosen copy, or None."""
        row = self.currentRow()
        return self.copies[row] if 0 <= row < len(self.copies) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the dialog's buttons."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fill(self, row: int, copy: Copy) -> None:
        texts = (
            show_moment(copy.at),
            place_name(copy),
            size_told(copy.size),
            f"{copy.records:,}条",
            *[""] * 3,
        )
        there = THERE if copy.there else GONE if copy.gone else AWAY
        chips = (proof_word(copy), there, CLEAR if copy.holds_clear else SEALED)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(str(copy.file))
            if column in _NUMBERS:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if column >= len(_HEADS) - len(chips):
                word = chips[column - len(_HEADS)]
                item.setData(CHIP_ROLE, [word])
                item.setData(Qt.ItemDataRole.AccessibleTextRole, word)
            if not copy.there:
                item.setForeground(QColor(INK_FAINT))
            self.setItem(row, column, item)

    def _tell(self) -> None:
        self.chosen.emit(self.current())


def proof_word(copy: Copy) -> str:
    """Return in one word what is known of a copy."""
    return FAULTY if copy.faults else PROVED if copy.proved else UNPROVED


def told_of(copy: Copy, writable: bool = True) -> str:
    """Return what is to be said of a copy, and what to do about it; ``writable`` where 改写 is to be had."""
    told = [str(copy.file)]
    if not copy.there:
        lost = "文件已被移走或删除" if copy.gone else "U盘没有插，或共享文件夹没有连上"
        told.append(f"现在读不到：{lost}。")
    if copy.locked:
        told.append("恢复时要输入设定的密码；密码丢失后任何人都打不开。")
    if copy.faults:
        told.append(f"有问题：{'；'.join(copy.faults)}。请不要用它恢复，另做一份备份。")
    elif copy.proved:
        files = f"{copy.files}个附件都在，" if copy.files else ""
        told.append(f"{show_moment(copy.proved)}校验过，{files}内容完好。")
    if copy.holds_clear and copy.there and writable:
        told.append("里面还有未封存的，或已经抹去的举报人信息，点“改写”去掉。")
    return "\n".join(told)


def place_name(copy: Copy) -> str:
    """Return what the clerk calls the place of a copy; of one by itself that it is a file, and its folder."""
    if copy.within:
        return place_word(copy.within, copy.place)
    return f"单个文件{'（有密码）' if copy.locked else ''}：{copy.place}"


def size_told(size: int) -> str:
    """Return a number of bytes as people say it: 820 KB, 12.3 MB, 1.2 GB."""
    if size < 1 << 20:
        return f"{max(1, round(size / (1 << 10)))} KB"
    unit, name = (1 << 30, "GB") if size >= 1 << 30 else (1 << 20, "MB")
    return f"{size / unit:.1f} {name}"
