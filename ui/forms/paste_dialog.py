"""Rows copied from a spreadsheet, read and checked before they are entered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.errors import Refused, Trouble
from hazard_desk.sheets.paste import Pasted, enter_pasted, read_pasted
from ui.office import Office
from ui.style import GAP, ROOM
from ui.tones import RED
from ui.trouble import show_refusal
from ui.widgets.basics import button, label


class PasteDialog(QDialog):
    """Shows what was understood of each row and what is wrong; the good ones are entered together."""

    def __init__(self, office: Office, ledger: TableLedger, rows: list[Pasted], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"粘贴到{ledger.title}")
        self._office, self._ledger, self._rows = office, ledger, rows
        good = sum(1 for row in rows if not row.problem)
        told = f"读到{len(rows)}行，其中{good}行可以登记" + (
            f"，{len(rows) - good}行有问题（标红）" if good < len(rows) else ""
        )
        self.enter_button = button(f"登记{good}行", self, self.enter, role="primary")
        self.enter_button.setEnabled(good > 0)
        foot = QHBoxLayout()
        foot.addWidget(label("有问题的行不会登记，可在表格中改好后再粘贴。", self, "small"))
        foot.addStretch(1)
        foot.addWidget(button("取消", self, self.reject))
        foot.addWidget(self.enter_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        layout.setSpacing(GAP)
        layout.addWidget(label(told, self, "heading"))
        layout.addWidget(self._table(), 1)
        layout.addLayout(foot)
        window = parent.window().size()
        self.resize(QSize(min(1000, window.width() - 60), min(520, window.height() - 60)))

    def enter(self) -> None:
        """Enter the good rows, all of them or none."""
        desk = self._office.desk
        change = self._office.attempt(partial(enter_pasted, desk.cabinet, self._ledger, self._rows), self)
        if change is not None:
            self._office.notice(f"已保存：{change.title}")
            self.accept()

    def _table(self) -> QTableWidget:
        names = [
            field
            for field in self._ledger.entry_fields()
            if any(field.name in row.values for row in self._rows)
        ]
        table = QTableWidget(len(self._rows), len(names) + 2, self)
        table.setHorizontalHeaderLabels(["行", "问题", *(field.heading for field in names)])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        for at, row in enumerate(self._rows):
            cells = [str(row.line), row.problem, *(str(row.values.get(field.name, "")) for field in names)]
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if row.problem:
                    item.setBackground(QColor(RED.ground))
                table.setItem(at, column, item)
        table.resizeColumnsToContents()
        for column in range(table.columnCount()):
            table.setColumnWidth(column, min(table.columnWidth(column), 260))
        return table


def paste_rows(office: Office, ledger: TableLedger, text: str, parent: QWidget) -> None:
    """Read rows copied from a spreadsheet and show what would be entered."""
    try:
        rows = read_pasted(office.desk.cabinet, ledger, text)
    except (Refused, Trouble) as error:
        show_refusal(error, parent)
        return
    PasteDialog(office, ledger, rows, parent).open()
