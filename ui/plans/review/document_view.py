"""The document as it stands on paper, what was used coloured; a place in it can be gone to and chosen."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from hazard_desk.library.annex.origins import Origin
from hazard_desk.library.prose.review import Review
from ui.plans.review.line_delegate import LINE_ROLE, LineDelegate
from ui.plans.review.lines import LineKey, PaperLine, Used, line_of
from ui.plans.review.sizes import Sizes
from ui.style import SMALL, px
from ui.tables.ledger_model import Index


class LinesModel(QAbstractListModel):
    """The lines of a document."""

    def __init__(self, lines: list[PaperLine], parent: QObject) -> None:
        super().__init__(parent)
        self.lines = lines

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = 0) -> str | PaperLine | None:
        """Return what a line says, and the line itself."""
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        return (
            line.text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        )


class DocumentView(QListView):
    """Shows the document of a review. ``placed`` tells block, row and character of the place chosen."""

    placed = Signal(int, int, int)
    entered_place = Signal()
    """Enter: she wants to go on with the task that stands there."""

    def __init__(self, review: Review, lines: list[PaperLine], parent: QWidget) -> None:
        super().__init__(parent)
        font = QFont(self.font())
        font.setPixelSize(px(SMALL + 1))
        self.setFont(font)
        self._rows: dict[LineKey, int] = {line.key: row for row, line in enumerate(lines)}
        self._model = LinesModel(lines, self)
        self._sizes = Sizes(lines, font)
        self._drawn = LineDelegate(self._sizes, Used(review.annex), self)
        self._quiet = False
        self.setModel(self._model)
        self.setItemDelegate(self._drawn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(3 * QFontMetrics(font).height())
        self.setAccessibleName("原文")

    @property
    def line(self) -> PaperLine | None:
        """The current line."""
        row = self.currentIndex().row()
        return self._model.lines[row] if row >= 0 else None

    def show_used(self, review: Review) -> None:
        """Colour what is used now."""
        if review.annex.used_cells is not self._drawn.used.cells_of:
            self._drawn.used = Used(review.annex)
        self.viewport().update()

    def mark(self, origins: Collection[Origin], move: bool = True) -> None:
        """Let these parts stand out, and bring the first into sight where ``move`` says so."""
        self._drawn.mark(origins)
        rows = [row for one in origins if (row := self._rows.get(line_of(one))) is not None]
        if rows and move:
            self._go(rows[0])
        self.viewport().update()

    def go_to(self, origin: Origin) -> None:
        """Make the line of a place the current one and bring it into sight."""
        self._drawn.mark((origin,))
        row = self._rows.get(line_of(origin))
        if row is not None:
            self._go(row)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        if self._sizes.fit(self.viewport().width()):
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the place that is chosen by key."""
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            line = self._model.lines[current.row()]
            self.placed.emit(line.place, line.row, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on with the task of the place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_place.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell the place that is chosen by the mouse, to the character."""
        self._quiet = True
        super().mousePressEvent(event)
        self._quiet = False
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            line = self._model.lines[index.row()]
            at = self._drawn.character_at(line, event.position().toPoint() - self.visualRect(index).topLeft())
            self.placed.emit(line.place, line.row, at)

    def sizeHint(self) -> QSize:
        """Wide enough for a page."""
        return QSize(560, 480)

    def _go(self, row: int) -> None:
        self._quiet = True
        self.setCurrentIndex(self._model.index(row))
        self._quiet = False
        self.scrollTo(self._model.index(row), QAbstractItemView.ScrollHint.EnsureVisible)
