"""Where a judged sheet is put right: filters with counts, the table, and what is to be said of a cell."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from ui.imports.rows import Filter, JudgedRows
from ui.imports.table import MendingTable
from ui.widgets.basics import button, label
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, across, down
from ui.widgets.rows import EDITS

_HINT = "按回车修改一格，按F4说明这一列是什么；红色的读不出来，黄色的待补，灰色的照原样放进“其他栏目”"


class Mending(QWidget):
    """The rows of a sheet before they are taken in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.filter = Filter.ALL
        self.buttons: dict[Filter, QPushButton] = {}
        flow = FlowLayout()
        for one in Filter:
            self.buttons[one] = made = button(one, self, partial(self.choose, one), role="segment")
            made.setCheckable(True)
            flow.addWidget(made)
        self.table = MendingTable(self)
        self.about = label("", self, "soft", wrap=True)
        self.tell_button = button("这一列是…", self, self.table.open_current_menu)
        self.table.looked_at.connect(self._tell)
        down(flow, Stretch(self.table), across(Stretch(self.about), self.tell_button), within=self)

    def show_rows(self, sheet: JudgedRows | None) -> None:
        """Show a sheet from its beginning, all of it."""
        self.filter = Filter.ALL
        self.lock(False)
        self.table.show_rows(sheet, self.filter)
        self._count()

    def renew(self, sheet: JudgedRows) -> None:
        """Show the sheet judged anew: the rows that are seen stay, the counts change."""
        self.table.renew(sheet, self.filter)
        self._count()

    def choose(self, one: Filter, checked: bool = True) -> None:
        """Show only some rows."""
        self.filter = one
        self.table.show_rows(self.table.rows.sheet, one)
        self._count()

    def lock(self, locked: bool) -> None:
        """From now on nothing can be put right, or again."""
        none = QAbstractItemView.EditTrigger.NoEditTriggers
        self.table.setEditTriggers(none if locked else EDITS)
        self.table.locked = locked
        self.tell_button.setVisible(not locked)
        self._count()
        self._tell()

    def _count(self) -> None:
        sheet = self.table.rows.sheet
        for one, made in self.buttons.items():
            count = 0 if sheet is None else sheet.count(one)
            words = one.removeprefix("将") if self.table.locked else one
            made.setText(f"{words} {count}")
            made.setChecked(one is self.filter)
            made.setVisible(count > 0 or one in (Filter.ALL, self.filter))

    def _tell(self) -> None:
        self.about.setText(self.table.about() or ("" if self.table.locked else _HINT))
        self.tell_button.setEnabled(self.table.tellable())
