"""The mending table: every row of a judged sheet, its cells to be put right in place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QMenu,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from hazard_desk.sheets.words import choices_of, takes_words
from ui.imports.model import HEADS, MendingModel
from ui.imports.rows import KEPT, Filter, JudgedRows, RowColumn
from ui.style import ROW_HEIGHT, letters, px
from ui.tables.ground_delegate import GroundDelegate
from ui.tables.ledger_model import Index
from ui.widgets.rows import EDITS

_WIDEST = 18
"""Characters."""
_HEADER = 52
"""Pixels: two lines, the sheet's heading and what it was taken for."""


class _Mending(GroundDelegate):
    """Cells with a few choices are put right from a list, others by typing."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, MendingModel)
        column = model.column(index.column())
        field = model.sheet.incoming.fields[column.field] if model.sheet and column else None
        if field is None or not takes_words(field):
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        there = str(index.data(Qt.ItemDataRole.EditRole) or "")
        box.addItems(list(dict.fromkeys((there, "", *choices_of(field)))))
        return box

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """A list is as wide as its words."""
        super().updateEditorGeometry(editor, option, index)
        if isinstance(editor, QComboBox):
            room: QRect = option.rect
            editor.setGeometry(
                room.x(), room.y(), max(room.width(), editor.sizeHint().width()), room.height()
            )


class MendingTable(QTableView):
    """Shows a ``MendingModel``; a column is told what it is from its heading.

    ``told`` brings the heading of a column and the field that it fills, '' for none.
    """

    told = Signal(str, str)
    looked_at = Signal()
    """Another cell is the current one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = MendingModel(self)
        self.setModel(self.rows)
        self.setAccessibleName("要导入的每一行")
        self.setItemDelegate(_Mending(self))
        self.setEditTriggers(EDITS)
        self.locked = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setFixedHeight(px(_HEADER))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionClicked.connect(self.open_menu)

    def show_rows(self, sheet: JudgedRows | None, only: Filter) -> None:
        """Show these rows of a sheet; the current cell stays where it can."""
        row, place = self.currentIndex().row(), self.currentIndex().column()
        self.rows.show_rows(sheet, only)
        for at in range(self.rows.columnCount()):
            self.setColumnWidth(at, self._width(at))
        if self.rows.seen:
            wanted = min(max(row, 0), len(self.rows.seen) - 1)
            found = self.rows.first(only, wanted)
            self.setCurrentIndex(self.rows.index(wanted, max(place, len(HEADS)) if found is None else found))
        self.looked_at.emit()

    def renew(self, sheet: JudgedRows, only: Filter) -> None:
        """Show the sheet judged anew: the rows that are seen stay where the columns are the same."""
        if self.rows.renew(sheet):
            self.looked_at.emit()
        else:
            self.show_rows(sheet, only)

    def about(self) -> str:
        """Return what is to be said of the current cell, else of its row."""
        index, sheet = self.currentIndex(), self.rows.sheet
        if sheet is None or not index.isValid():
            return ""
        at, column = self.rows.seen[index.row()], self.rows.column(index.column())
        said = (sheet.reason(at, column) if column else "") or sheet.reasons(at)
        return f"{sheet.where(at)}：{said}" if said else ""

    def open_menu(self, section: int) -> None:
        """Offer what a column of the sheet may be."""
        if (menu := self.menu(section)) is not None:
            header = self.horizontalHeader()
            menu.popup(header.mapToGlobal(QPoint(header.sectionViewportPosition(section), header.height())))

    def open_current_menu(self) -> None:
        """Offer what the column of the current cell may be."""
        self.open_menu(self.currentIndex().column())

    def tellable(self) -> bool:
        """Whether the column of the current cell is one of the sheet."""
        column = self.rows.column(self.currentIndex().column())
        return column is not None and bool(column.heading) and not self.locked

    def menu(self, section: int) -> QMenu | None:
        """Return what a column may be told to be; None for one that the sheet does not have."""
        column, sheet = self.rows.column(section), self.rows.sheet
        if column is None or sheet is None or not column.heading or self.locked:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"“{column.heading}”这一列是：").setEnabled(False)
        fields = sheet.incoming.fields
        for name in dict.fromkeys((*filter(None, (column.field,)), *sheet.offers(column))):
            self._offer(menu, column, name, fields[name].label)
        every = menu.addMenu("全部栏目")
        for name, field in fields.items():
            self._offer(every, column, name, field.label)
        menu.addSeparator()
        self._offer(menu, column, "", f"不是以上栏目，放进“{KEPT}”")
        return menu

    def _offer(self, menu: QMenu, column: RowColumn, name: str, words: str) -> None:
        act = menu.addAction(words)
        act.setCheckable(True)
        act.setChecked(name == column.field)
        act.triggered.connect(partial(self._tell, column, name))

    def _tell(self, column: RowColumn, name: str, checked: bool = True) -> None:
        if name != column.field:
            self.told.emit(column.heading, name)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that there is another cell to speak of."""
        super().currentChanged(current, previous)
        self.looked_at.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins to put a cell right, F4 tells what a column is."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.state() is QAbstractItemView.State.EditingState:
            event.setAccepted(enter)
        elif enter and self.currentIndex().isValid():
            if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable and not self.locked:
                self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_F4:
            self.open_current_menu()
        else:
            super().keyPressEvent(event)

    def _width(self, place: int) -> int:
        column, sheet = self.rows.column(place), self.rows.sheet
        if column is None or sheet is None:
            return letters((5, 7)[place])
        wanted = sheet.incoming.fields[column.field].width if column.field else 10
        heading = max(map(len, column.title.splitlines()))
        return letters(min(max(wanted, heading), _WIDEST))
