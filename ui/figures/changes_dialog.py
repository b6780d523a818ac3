"""What changed between two progress forms, line by line; prints as one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from hazard_desk.figures.progress.checks import Difference, differences
from hazard_desk.figures.progress.filling import FilledProgressForm
from ui.figures.rows import fit_rows
from ui.style import ROOM, ROW_HEIGHT, px
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_HEADS = ("序号", "项目", "上次", "本次", "增减", "增减的记录")
_WIDTHS = (50, 180, 72, 72, 64)


class ChangesTable(QTableWidget):
    """The cells that say another thing, one to a row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, len(_HEADS), parent)
        self.setAccessibleName("变化的项目")
        self.setHorizontalHeaderLabels(list(_HEADS))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, px(width))
        self.horizontalHeader().setStretchLastSection(True)

    def show_changes(self, found: Sequence[Difference]) -> None:
        """Show these."""
        self.setRowCount(len(found))
        for row, one in enumerate(found):
            for column, text in enumerate(_texts(one)):
                self.setItem(row, column, QTableWidgetItem(text))
        fit_rows(self, px(ROW_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the rows as high as their words are now wrapped."""
        super().resizeEvent(event)
        fit_rows(self, px(ROW_HEIGHT))


class ChangesDialog(Dialog):
    """``print_them`` makes the paper."""

    def __init__(
        self,
        last: FilledProgressForm,
        now: FilledProgressForm,
        print_them: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__("与上次相比", parent)
        found = differences(last, now)
        head = f"上次截至{last.as_of}，本次截至{now.as_of}。共{len(now.cells)}项，{len(found)}项有变化。"
        self.table = ChangesTable(self)
        self.table.show_changes(found)
        foot = across(
            Stretch(),
            button("关闭", self, self.reject),
            button("打印变化情况", self, print_them, "print", "primary"),
        )
        down(label(head, self, wrap=True), Stretch(self.table), foot, within=self, edges=ROOM, gap=12)
        self.take_room(1040, 560)


def _texts(one: Difference) -> tuple[str, ...]:
    return one.id, one.label, one.before, one.now, one.by, _named(one)


def _named(one: Difference) -> str:
    """Name what is counted now and was not, and what no longer is, a line each."""
    sides = (("增加", one.added), ("减少", one.gone))
    return "\n".join(f"{word}：{'；'.join(record.title for record in of)}" for word, of in sides if of)
