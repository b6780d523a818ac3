"""The editor of a cell: one line for names and dates, several for texts."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.style import BODY, px
from ui.tables.ground_delegate import GroundDelegate
from ui.tables.ledger_model import Index

_ROOM = QSize(26 * BODY, 7 * BODY)
"""Pixels of an editor of several lines, at 100 percent."""


class CellEditor(GroundDelegate):
    """Enter keeps what was typed, Shift+Enter begins a line, Esc leaves the cell as it was."""

    def __init__(self, long: Collection[int], parent: QObject) -> None:
        """``long`` are the columns of texts of several lines."""
        super().__init__(parent)
        self._long = frozenset(long)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor of a cell."""
        if index.column() in self._long:
            return QPlainTextEdit(parent)
        return super().createEditor(parent, option, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the text of a cell into its editor, all of it chosen."""
        super().setEditorData(editor, index)
        if isinstance(editor, QPlainTextEdit):
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Give an editor of several lines more room than its cell has."""
        super().updateEditorGeometry(editor, option, index)
        over = editor.parentWidget()
        if isinstance(editor, QPlainTextEdit) and over is not None:
            room = QRect(editor.geometry())
            room.setSize(room.size().expandedTo(QSize(px(_ROOM.width()), px(_ROOM.height()))))
            room.moveLeft(max(0, min(room.left(), over.width() - room.width())))
            room.moveTop(max(0, min(room.top(), over.height() - room.height())))
            editor.setGeometry(room)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter ends an editor of several lines too."""
        if (
            isinstance(editor, QPlainTextEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)
