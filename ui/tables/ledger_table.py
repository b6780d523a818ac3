"""The table view of a ledger: chips, sorting by SQL, column widths, rows chosen that survive refreshing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from hazard_desk.books.kit.query import Query
from hazard_desk.rules.fields import Field
from ui.style import letters, px
from ui.tables.blocks import Block, Blocks
from ui.tables.chip_delegate import chips_width
from ui.tables.columns import ColumnMenu, HeadingMenu, natural_width
from ui.tables.frozen import FrozenTable
from ui.tables.in_place import CellKey, InPlaceDelegate, Typing
from ui.tables.ledger_model import Index, LedgerModel
from ui.tables.spans import Spans
from ui.widgets.rows import by_rows

_WIDEST = 16
"""Characters; longer texts are cut in the table and whole in the detail."""
_ROUNDED = 3
"""Pixels by which a width may be off after the text size was changed a few times."""
_MOST_SPANS = 1000
"""So many spans of rows are chosen again after a refresh; Qt is slow with more."""
_SIDES: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_Select = QItemSelectionModel.SelectionFlag


class LedgerTable(FrozenTable):
    """Shows a ``LedgerModel``. Shift extends a block of cells; Ctrl adds rows or takes them out."""

    chosen = Signal(object)
    """The id of the current record, or None."""
    opened = Signal(object)
    """Enter on a record."""
    form_wanted = Signal(object)
    """A field of the current record is to be edited that cannot be where it stands."""
    rows_chosen = Signal(int)
    """Other rows are chosen, so many; ``chosen_ids`` says which."""
    menu_wanted = Signal(QPoint)
    """The menu of the chosen rows is asked for, at this place on the screen."""

    def __init__(self, model: LedgerModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._wanted: int | None = None
        """The record to make current, even if the table does not show it yet."""
        self._seen: int | None = None
        """The current record as it was last shown: it stays where it stands when all is read anew."""
        self._place = (0, 0)
        """Row and column of the current cell."""
        self._rows = Spans()
        self._kept: list[int] = []
        """The ids that were chosen when all was read anew, if they were several."""
        self._typing: Typing | None = None
        """What was being typed when all was read anew."""
        self._asked = Query()
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.setModel(model)
        self._cells = InPlaceDelegate(self, model, self.row_is_chosen)
        self.setItemDelegate(self._cells)
        self._cells.goes_on.connect(self.go_on)
        self._cells.again.connect(self.reopen)
        by_rows(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_headings()
        self.set_widths({})
        self.blocks = Blocks(self, model, self)
        model.modelAboutToBeReset.connect(self._keep_rows)
        model.loaded.connect(self._reselect)
        self.selectionModel().selectionChanged.connect(self._rows_changed)

    def _set_headings(self) -> None:
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for one in (
            header,
            self.verticalHeader(),
        ):  # of 100,000 rows they would ask each whether it is chosen
            one.setSelectionModel(QItemSelectionModel(self._model, one))
        self.setSortingEnabled(True)
        header.sortIndicatorChanged.connect(self._sorted_by)
        header.setSectionsMovable(True)
        header.sectionMoved.connect(self._moved, Qt.ConnectionType.QueuedConnection)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_heading_menu)

    def choose(self, number: int) -> None:
        """Make a record the current one, as soon as the table shows it."""
        self._wanted, self._seen, self._kept = number, None, []
        if not self._model.busy:
            self._reselect()

    def current(self) -> int | None:
        """Return the id of the current record, or None."""
        return self._model.id_at(self.currentIndex().row())

    def chosen_ids(self) -> list[int]:
        """Return the ids of the rows that are chosen, in the order of the rows."""
        return self._model.ids_in(self._rows.spans)

    def widths(self) -> dict[str, int]:
        """Return the widths of the columns that were dragged by field name, in pixels at 100 percent."""
        now = {field: self.columnWidth(place) for place, field in enumerate(self._model.fields)}
        dragged = (one for one in now if abs(now[one] - self._natural_width(one)) > _ROUNDED)
        return {field.name: round(now[field] * 100 / px(100)) for field in dragged}

    def set_widths(self, kept: dict[str, int]) -> None:
        """Set the widths: those kept, in pixels at 100 percent, else what the fields declare."""
        for place, field in enumerate(self._model.fields):
            self.setColumnWidth(place, px(kept.get(field.name, 0)) or self._natural_width(field))

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these fields in this order, the usual ones for none; widths and the chosen rows stay."""
        widths, (column, order) = self.widths(), self._sorted
        by = self._model.fields[column].name if column >= 0 else ""
        self._model.show_columns(names)
        self.set_widths(widths)
        shown = [field.name for field in self._model.fields]
        self._mark_sorted(shown.index(by) if by in shown else -1, order)
        self.freeze(min(self.frozen, len(shown) - 1))
        self._reselect()

    def column_menu(self) -> ColumnMenu:
        """Return a menu that chooses the columns."""
        menu = ColumnMenu(self._model.choosable, self._model.fields, self)
        menu.chosen.connect(self.show_columns)
        return menu

    def heading_menu(self, column: int) -> HeadingMenu:
        """Return the menu of one column."""
        field = self._model.fields[column]
        return HeadingMenu(field, self, self.column_menu(), bool(self.frozen), self)

    def move_column(self, field: Field, by: int) -> None:
        """Move a column so far to the right; the current cell goes with it."""
        fields = list(self._model.fields)
        at = fields.index(field)
        to = max(0, min(at + by, len(fields) - 1))
        fields.insert(to, fields.pop(at))
        if to != at:
            self._place = (self._place[0], to)
            self.show_columns([one.name for one in fields])

    def hide_column(self, field: Field) -> None:
        """Take a column out of the table; the last one stays."""
        if left := [one.name for one in self._model.fields if one != field]:
            self.show_columns(left)

    def freeze_up_to(self, field: Field | None) -> None:
        """Keep the columns up to this one in sight; none for None."""
        self.freeze(0 if field is None else self._model.fields.index(field) + 1)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the record that is current now."""
        super().currentChanged(current, previous)
        if previous.isValid():  # the row stays chosen over its whole width, whatever its cell
            self.viewport().update()
        number = self._model.id_at(current.row())
        if current.isValid():
            self._place = (current.row(), current.column())
        if previous.isValid() and number == self._seen:
            return
        self._wanted = self._seen = number
        self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the menu key and Shift+F10 ask for the menu; Shift+Space chooses whole rows."""
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Menu or (shift and event.key() == Qt.Key.Key_F10):
            below = self.visualRect(self.currentIndex()).bottomLeft()
            self._ask_menu(self.viewport().mapToGlobal(below))
        elif shift and event.key() == Qt.Key.Key_Space:
            self._choose_rows(self._rows)
        elif event.key() == Qt.Key.Key_F2 and not event.modifiers():
            self.edit_cell(self.currentIndex())
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in _SIDES:
            if self.currentIndex().isValid():
                self.move_column(self._model.fields[self.currentIndex().column()], _SIDES[event.key()])
        elif act := self._act_of(event):
            act()
        else:
            super().keyPressEvent(event)

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does with the block of cells."""
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.blocks.copy
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.blocks.paste
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return self.blocks.fill_down if control and event.key() == Qt.Key.Key_D else None

    def edit_cell(self, index: Index) -> None:
        """Edit a cell where it stands, or ask for the form that holds its field."""
        if not index.isValid():
            return
        field = self._model.fields[index.column()]
        if self._model.in_place(field):
            self.edit(self._model.index(index.row(), index.column()))
        else:
            self.form_wanted.emit(field)

    def go_on(self, cell: CellKey, across: int, down: int) -> None:
        """Go to the cell below, or edit the next one of the row that can be."""
        row, column = self._place_of(cell)
        if row < 0 or column < 0:
            return
        columns = self._model.columnCount()
        if down:
            row = min(row + down, self._model.rowCount() - 1)
        for _ in range(columns if across else 0):
            column = (column + across) % columns
            if self._model.in_place(self._model.fields[column]):
                break
        at = self._model.index(row, column)
        self.selectionModel().setCurrentIndex(at, _Select.ClearAndSelect)
        self.setFocus()
        if across:
            self.edit_cell(at)

    def reopen(self, typing: Typing) -> None:
        """Edit a cell again, with what was typed in it, wherever it stands now."""
        row, column = self._place_of(typing.cell)
        if row >= 0 and column >= 0:
            at = self._model.index(row, column)
            self.selectionModel().setCurrentIndex(at, _Select.ClearAndSelect)
            self.edit(at)
            self._cells.put(typing)

    def _place_of(self, cell: CellKey) -> tuple[int, int]:
        names = [field.name for field in self._model.fields]
        column = names.index(cell.field.name) if cell.field.name in names else -1
        return self._model.row_of(cell.id), column

    def block(self) -> Block:
        """Return the cells that are chosen: their records, and the fields of their columns."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.size())]
        columns = Spans((one.left(), one.right()) for one in ranges)
        return Block(self.chosen_ids(), [self._model.fields[column] for column in columns])

    def below(self) -> Block:
        """Return all cells from the upper left one of those chosen on, to the right and down."""
        block = self.block()
        if not block.ids:
            return block
        row, field = self._model.row_of(block.ids[0]), self._model.fields.index(block.fields[0])
        return Block(
            self._model.ids_in([(row, self._model.rowCount() - 1)]), list(self._model.fields[field:])
        )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu where the mouse is; the keys for it ask by themselves."""
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            self._ask_menu(event.globalPos())

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Ctrl chooses rows one by one; the right button leaves the rows that it is pressed on."""
        if isinstance(event, QMouseEvent):
            pressed = event.type() == QEvent.Type.MouseButtonPress
            if event.button() is Qt.MouseButton.RightButton and self.row_is_chosen(index.row()):
                return _Select.NoUpdate
            if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                return self._other_way(index) if pressed else _Select.NoUpdate
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            return self._other_way(index)
        return super().selectionCommand(index, event)

    def _other_way(self, index: Index) -> QItemSelectionModel.SelectionFlag:
        return (_Select.Deselect if self.row_is_chosen(index.row()) else _Select.Select) | _Select.Rows

    def row_is_chosen(self, row: int) -> bool:
        return row in self._rows

    def _choose_rows(self, rows: Spans) -> None:
        chosen = QItemSelection()
        last = self._model.columnCount() - 1
        for top, bottom in rows.spans:
            chosen.select(self._model.index(top, 0), self._model.index(bottom, last))
        self.selectionModel().select(chosen, _Select.ClearAndSelect)

    def _rows_changed(self) -> None:
        selection = self.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.size())]
        self._rows = Spans((one.top(), one.bottom()) for one in ranges)
        whole = self._model.columnCount()
        self._cells.marks_block = any(one.width() < whole for one in ranges)
        self.viewport().update()
        self.rows_chosen.emit(len(self._rows))

    def _ask_menu(self, place: QPoint) -> None:
        if self._rows.spans:
            self.menu_wanted.emit(place)

    def _open_heading_menu(self, place: QPoint) -> None:
        header = self.horizontalHeader()
        column = self.indexAt(QPoint(place.x(), 0)).column() if place.x() < self.frozen_width() else -1
        column = header.logicalIndexAt(place) if column < 0 else column
        if column >= 0:
            menu = self.heading_menu(column)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(header.mapToGlobal(place))

    def _moved(self, _column: int, before: int, now: int) -> None:
        """A heading was dragged: the model takes the order over, so that places are what is seen."""
        header = self.horizontalHeader()
        if header.visualIndex(before) == before:
            return
        header.blockSignals(True)
        header.moveSection(now, before)
        header.blockSignals(False)
        self.move_column(self._model.fields[before], now - before)

    def _mark_sorted(self, column: int, order: Qt.SortOrder) -> None:
        """Mark where the order comes from; nothing is read anew."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        header.blockSignals(False)
        self._sorted = (column, order)

    def _sorted_by(self, column: int, order: Qt.SortOrder) -> None:
        """Put the mark back where the order really comes from."""
        if column >= 0 and not self._model.sortable(column):
            self.horizontalHeader().setSortIndicator(*self._sorted)
        else:
            self._sorted = (column, order)

    def _natural_width(self, field: Field) -> int:
        heading = letters(len(field.heading) + 1)
        if words := self._model.widest_chips(field):
            return max(heading, chips_width(words, self.font()))
        return max(heading, natural_width(field, _WIDEST, self.font()))

    def _open(self) -> None:
        if (number := self.current()) is not None:
            self.opened.emit(number)

    def _keep_rows(self) -> None:
        self._kept = self.chosen_ids() if len(self._rows) > 1 else []
        self._typing = self._cells.take()

    def _reselect(self) -> None:
        """Make the record current that was, else the first; choose the rows that were chosen."""
        same, self._asked = self._asked == self._model.query, self._model.query
        row = self._row_to_show(same)
        if row < 0:
            self._seen = None
            self._rows_changed()
            self.chosen.emit(None)
            return
        wanted, seen, bar = self._wanted, self._seen, self.verticalScrollBar()
        place = bar.value()
        at = self._model.index(row, min(self._place[1], self._model.columnCount() - 1))
        now = self._model.id_at(row)
        if self.currentIndex() == at:  # all stands as it stood, but may say something else
            self._seen = now
            self.chosen.emit(now)
        else:
            self.selectionModel().setCurrentIndex(at, _Select.ClearAndSelect)
        self._choose_kept()
        self._wanted = now if wanted is None else wanted
        typing, self._typing = self._typing, None
        if typing is not None:
            self.reopen(typing)
        if seen == now:
            bar.setValue(place)
        else:
            self.scrollTo(at, QAbstractItemView.ScrollHint.EnsureVisible)

    def _row_to_show(self, same: bool) -> int:
        """Return the row of the record that is wanted; else, of the same list, the row at its place."""
        for number in (self._wanted, self._seen):
            if number is not None and (row := self._model.row_of(number)) >= 0:
                return row
        return min(self._place[0] if same else 0, self._model.rowCount() - 1)

    def _choose_kept(self) -> None:
        if len(self._kept) < 2:
            return
        rows = Spans.of(self._model.rows_of(self._kept))
        if 0 < len(rows.spans) <= _MOST_SPANS:
            self._choose_rows(rows)
        self._kept = []
