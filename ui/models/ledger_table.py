"""The table view of a ledger: chips, sorting by SQL, column widths, a selection that survives refreshing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hazard_desk.rules.fields import Field
from ui.models.chip_delegate import ChipDelegate, chips_width
from ui.models.ledger_model import Index, LedgerModel
from ui.style import BODY
from ui.widgets.rows import by_rows

_WIDEST = 20
"""Characters; longer texts are cut in the table and whole in the detail."""


class LedgerTable(QTableView):
    """Shows a ``LedgerModel``. ``chosen`` tells the id of the current record, or None."""

    chosen = Signal(object)
    opened = Signal(object)
    """Enter or a double click on a record."""

    def __init__(self, model: LedgerModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._wanted: int | None = None
        self._seen: int | None = None
        """The current record as it was last shown: it stays where it stands when all is read anew."""
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.setModel(model)
        self.setItemDelegate(ChipDelegate(self))
        by_rows(self)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header.sortIndicatorChanged.connect(self._sorted_by)
        self.set_widths({})
        model.loaded.connect(self._reselect)
        self.doubleClicked.connect(self._open)

    def choose(self, number: int) -> None:
        """Make a record the current one, as soon as the table shows it."""
        self._wanted, self._seen = number, None
        if not self._model.busy:
            self._reselect()

    def current(self) -> int | None:
        """Return the id of the current record, or None."""
        return self._model.id_at(self.currentIndex().row())

    def widths(self) -> dict[str, int]:
        """Return the widths of the columns by field name."""
        return {field.name: self.columnWidth(place) for place, field in enumerate(self._model.fields)}

    def set_widths(self, kept: dict[str, int]) -> None:
        """Set the widths: those kept, else what the fields declare."""
        for place, field in enumerate(self._model.fields):
            self.setColumnWidth(place, kept.get(field.name) or self._natural_width(field))

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these fields as columns, the usual ones for none; widths and the chosen record stay."""
        widths, wanted = self.widths(), self.current()
        self._model.show_columns(names)
        self.set_widths(widths)
        if wanted is not None:
            self.choose(wanted)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the record that is current now."""
        super().currentChanged(current, previous)
        self._wanted = self._seen = self._model.id_at(current.row())
        self.chosen.emit(self._wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
            return
        super().keyPressEvent(event)

    def _sorted_by(self, column: int, order: Qt.SortOrder) -> None:
        """Put the mark back where the order really comes from."""
        if column >= 0 and not self._model.sortable(column):
            self.horizontalHeader().setSortIndicator(*self._sorted)
        else:
            self._sorted = (column, order)

    def _natural_width(self, field: Field) -> int:
        heading = (len(field.heading) + 1) * BODY + 22
        if words := self._model.widest_chips(field):
            return max(heading, chips_width(words, self.font()))
        return max(heading, min(field.width, _WIDEST) * BODY + 22)

    def _open(self) -> None:
        if (number := self.current()) is not None:
            self.opened.emit(number)

    def _reselect(self) -> None:
        row = self._model.row_of(self._wanted) if self._wanted is not None else -1
        if row < 0:
            self._seen = None
            self.chosen.emit(None)
            return
        wanted, seen, bar = self._wanted, self._seen, self.verticalScrollBar()
        place = bar.value()
        self.selectRow(row)
        self._wanted = self._seen = wanted
        if seen == wanted:
            bar.setValue(place)
        else:
            self.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
