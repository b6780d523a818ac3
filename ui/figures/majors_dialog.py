"""重大隐患一览: every major hazard on a line with its lamps; a double click or Enter opens the hazard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QTableWidget, QTableWidgetItem, QWidget

from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.lamps import Lamp, LampState
from hazard_desk.figures.majors import MajorHazard, majors
from ui.office import Office
from ui.pages.papers import PrintDialog
from ui.style import ROOM, px
from ui.tables.ground_delegate import GroundDelegate
from ui.tones import look
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down
from ui.widgets.rows import by_rows

_KEYS = ("编号", "单位和部位", "状态")
_KEY_WIDTHS = (180, 200, 84)
_LAMP_WIDTH = 96


class MajorsDialog(Dialog):
    """``opened`` tells the record that is asked for: its id."""

    help_key = Hazards.id
    opened = Signal(int)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__("重大隐患一览", parent)
        self._office = office
        self.found: list[MajorHazard] = []
        self.total = label("", self)
        self.lacking = QCheckBox("只看有缺项或逾期的", self)
        self.table = QTableWidget(self)
        by_rows(self.table)
        self.table.setShowGrid(True)
        self.table.setItemDelegate(GroundDelegate(self.table))
        self.table.setAccessibleName("重大隐患")
        self.table.cellActivated.connect(self._open)
        self.lacking.toggled.connect(self._fill)
        foot = across(
            Stretch(),
            button("打印一览表", self, self.print_them, "print"),
            button("关闭", self, self.reject),
        )
        head = across(self.total, Stretch(), self.lacking)
        down(head, Stretch(self.table), foot, within=self, edges=ROOM, gap=12)
        self.take_room(1280, 600)
        office.read(lambda: majors(office.desk.books), self._take, self)

    def print_them(self) -> None:
        """Open the print dialog on the paper of the overview."""
        PrintDialog(self._office, self.over, "major-hazards-overview").open()

    def _take(self, found: list[MajorHazard]) -> None:
        self.found = found
        lacking = sum(bool(one.lacking) for one in found)
        told = f"共{len(found)}条重大隐患，{lacking}条有缺项或逾期。双击或按回车打开这条隐患。"
        self.total.setText(told if found else "没有重大隐患。")
        self._fill()
        self.table.setFocus()

    def _fill(self) -> None:
        rows = [one for one in self.found if one.lacking or not self.lacking.isChecked()]
        concerned = {lamp.id for one in self.found for lamp in one.lamps if lamp.state is not LampState.NONE}
        labels = [lamp.label for lamp in rows[0].lamps if lamp.id in concerned] if rows else []
        self.table.setRowCount(len(rows))
        self.table.setColumnCount(len(_KEYS) + len(labels))
        self.table.setHorizontalHeaderLabels([*_KEYS, *labels])
        for place in range(self.table.columnCount()):
            width = _KEY_WIDTHS[place] if place < len(_KEYS) else _LAMP_WIDTH
            self.table.setColumnWidth(place, px(width))
        for place, one in enumerate(rows):
            hazard = one.hazard
            texts = (hazard.number, f"{hazard.unit_name}{hazard.place}", hazard.state)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, hazard.id)
                item.setToolTip(text)
                self.table.setItem(place, column, item)
            seen = [lamp for lamp in one.lamps if lamp.id in concerned]
            for column, lamp in enumerate(seen, start=len(_KEYS)):
                self.table.setItem(place, column, _item(lamp))
        self.table.setCurrentCell(0, 0)

    def _open(self, row: int, column: int) -> None:
        item = self.table.item(row, 0)
        if item is not None:
            self.opened.emit(item.data(Qt.ItemDataRole.UserRole))
            self.accept()


def _item(lamp: Lamp) -> QTableWidgetItem:
    tone = look(lamp.state)[0]
    item = QTableWidgetItem(lamp.short)
    item.setForeground(QColor(tone.ink))
    item.setBackground(QColor(tone.ground))
    item.setToolTip("：".join(part for part in (f"{lamp.label}{lamp.state}", lamp.said) if part))
    return item
