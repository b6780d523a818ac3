"""A table whose first columns stay in sight while the others are scrolled."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.style import LINE_STRONG, RAISED, SURFACE
from ui.tables.ledger_model import Index


class FrozenTable(QTableView):
    """Paints its ``frozen`` first columns over those that are scrolled under them.

    They are cells of the same table: whoever asks where a cell is, or which is there, gets what is seen.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.frozen = 0
        """So many of the first columns stay in sight."""
        self._headings: QHeaderView | None = None
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def freeze(self, columns: int) -> None:
        """Keep so many columns in sight; 0 for none."""
        self.frozen = columns
        if columns and self._headings is None:
            self._headings = self._make_headings()
        self.lay_headings()
        self.viewport().update()

    def frozen_width(self) -> int:
        """Return the width of the frozen columns in pixels; 0 while nothing is scrolled under them."""
        if not self.frozen or not self.horizontalScrollBar().value():
            return 0
        return sum(self.columnWidth(column) for column in range(self.frozen))

    def lay_headings(self) -> None:
        """Put the headings of the frozen columns over the others."""
        over, head = self._headings, self.horizontalHeader()
        if over is None:
            return
        over.setVisible(bool(self.frozen_width()))
        for column in range(head.count()):
            over.setSectionHidden(column, column >= self.frozen)
            if column < self.frozen:
                over.resizeSection(column, head.sectionSize(column))
        over.setSortIndicator(head.sortIndicatorSection(), head.sortIndicatorOrder())
        place = head.geometry()
        over.setGeometry(place.left(), place.top(), self.frozen_width(), place.height())
        over.raise_()

    def visualRect(self, index: Index) -> QRect:
        """Where a cell is seen."""
        rect = super().visualRect(index)
        if index.isValid() and index.column() < self.frozen and self.frozen_width():
            rect.moveLeft(sum(self.columnWidth(column) for column in range(index.column())))
        return rect

    def indexAt(self, place: QPoint) -> QModelIndex:
        """Which cell is seen there."""
        if place.x() < self.frozen_width():
            left = 0
            for column in range(self.frozen):
                left += self.columnWidth(column)
                if place.x() < left:
                    return self.model().index(self.rowAt(place.y()), column)
        return super().indexAt(place)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, beside the frozen columns and not under them."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() < self.frozen:
            bar.setValue(before)
        elif (under := self.frozen_width() - self.visualRect(index).left()) > 0:
            bar.setValue(bar.value() - under)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is frozen does not move with the rest."""
        super().scrollContentsBy(dx, dy)
        if dx and self.frozen:
            self.lay_headings()
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The headings follow."""
        super().resizeEvent(event)
        self.lay_headings()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the table, then the frozen columns over it."""
        super().paintEvent(event)
        width = self.frozen_width()
        first = self.rowAt(0)
        if first < 0:
            return
        last = self.rowAt(self.viewport().height() - 1)
        rows = range(first, (self.model().rowCount() - 1 if last < 0 else last) + 1)
        painter = QPainter(self.viewport())
        painter.setClipRegion(QRegion(event.region()))
        self._paint_beyond(painter, rows)
        if not width:
            painter.end()
            return
        for row in rows:
            for column in range(self.frozen):
                self._paint_cell(painter, self.model().index(row, column))
        painter.setPen(QPen(QColor(LINE_STRONG), 1))
        painter.drawLine(width, 0, width, self.viewport().height())
        painter.end()

    def _paint_beyond(self, painter: QPainter, rows: range) -> None:
        """Paint the rows on to the right edge, where the columns end before it."""
        left = self.horizontalHeader().length()
        if left >= self.viewport().width():
            return
        for row in rows:
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            top, width = self.rowViewportPosition(row), self.viewport().width() - left
            option.rect = QRect(left, top, width, self.rowHeight(row))
            if self.row_is_chosen(row):
                option.state |= QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_Enabled
                panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
                self.style().drawPrimitive(panel, option, painter, self)
            elif row % 2:
                painter.fillRect(option.rect, option.palette.alternateBase())

    def row_is_chosen(self, row: int) -> bool:
        """Whether a row is seen as chosen over its whole width."""
        return self.selectionModel().isRowSelected(row, QModelIndex())

    def _paint_cell(self, painter: QPainter, index: QModelIndex) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        painter.fillRect(option.rect, QColor(RAISED if index.row() % 2 else SURFACE))
        if self.selectionModel().isSelected(index):
            option.state |= QStyle.StateFlag.State_Selected
        option.state |= QStyle.StateFlag.State_Enabled
        self.itemDelegate().paint(painter, option, index)

    def _make_headings(self) -> QHeaderView:
        made = QHeaderView(Qt.Orientation.Horizontal, self)
        made.setModel(self.model())
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setSectionsClickable(True)
        made.setHighlightSections(False)
        made.setSortIndicatorShown(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.sectionClicked.connect(self._sort_by)
        made.sectionResized.connect(self._resized)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        head = self.horizontalHeader()
        head.sectionResized.connect(self.lay_headings)
        head.sortIndicatorChanged.connect(self.lay_headings)
        head.geometriesChanged.connect(self.lay_headings)
        return made

    def _sort_by(self, column: int) -> None:
        """As a click on the heading itself would."""
        head = self.horizontalHeader()
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        if head.sortIndicatorSection() != column:
            head.setSortIndicator(column, up)
        elif head.sortIndicatorOrder() is up:
            head.setSortIndicator(column, down)
        else:
            head.setSortIndicator(-1, up)

    def _resized(self, column: int, before: int, now: int) -> None:
        if column < self.frozen and now:
            self.setColumnWidth(column, now)
