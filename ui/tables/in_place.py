"""A cell is edited where it stands, with the editor of the form; refused, it stays open and says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyleOptionViewItem, QWidget

from hazard_desk.books.kit.offers import Offered, offers_for
from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.rules.fields import Field, Kind, Value
from ui.forms.editors import Editor, editor_for
from ui.tables.cell_delegate import CellDelegate
from ui.tables.ledger_model import Index, LedgerModel
from ui.widgets.basics import label, say

_WIDE = {Kind.LONG: 360, Kind.NAMES: 220, Kind.CHOICE: 180}
"""An editor is at least so wide, in pixels."""
_WIDTH = 150
_HINT = CellDelegate.EndEditHint


@dataclass(frozen=True)
class CellKey:
    """A cell by its record and its field: it is found again wherever it stands."""

    id: int
    field: Field


@dataclass(frozen=True)
class Typing:
    """What is being typed in a cell, and why it was refused."""

    cell: CellKey
    raw: Value
    refused: str = ""


class InPlaceDelegate(CellDelegate):
    """Makes the editors of a ledger's table and enters what is typed in them."""

    goes_on = Signal(object, int, int)
    """After a ``CellKey`` was entered: to the cell so far across, which is edited, or so far down."""
    again = Signal(object)
    """A ``Typing`` that was refused as the cell was left: its editor is to be opened again."""

    def __init__(
        self, view: QAbstractItemView, model: LedgerModel, row_is_chosen: Callable[[int], bool]
    ) -> None:
        super().__init__(view, row_is_chosen)
        self._model = model
        self._editor: Editor | None = None
        self._cell: CellKey | None = None
        self._first: Value = None
        self._refused = ""
        self._entering = False
        self._said = label("", view.viewport(), "refusal", wrap=True)
        self._said.hide()

    def typing(self) -> Typing | None:
        """Return what is being typed, None while no cell is edited."""
        if self._editor is None or self._cell is None:
            return None
        return Typing(self._cell, self._editor.raw(), self._refused)

    def take(self) -> Typing | None:
        """Return what is being typed, not yet entered, and let go of its editor: the view drops it."""
        typing = None if self._entering else self.typing()
        self._editor = self._cell = None
        self._said.hide()
        return typing

    def put(self, typing: Typing) -> None:
        """Show again what was typed in the cell that is edited now."""
        if self._editor is not None:
            self._editor.put_raw(typing.raw)
            if typing.refused:
                self._refuse(typing.refused)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the editor that the form has for the field."""
        field, number = self._model.fields[index.column()], self._model.id_at(index.row()) or 0
        editor = editor_for(field, self._model.office.today, parent)
        editor.setAutoFillBackground(True)
        editor.box.installEventFilter(self)
        record = self._model.record(index.row())
        editor.put(field.empty if record is None else record.get(field.name))
        editor.edited.connect(self._forgive)
        self._editor, self._cell, self._first, self._refused = (
            editor,
            CellKey(number, field),
            editor.raw(),
            "",
        )
        work = partial(offers_for, [field], self._model.ledger, dict(record or {}))
        self._model.office.read(work, partial(_offer, editor), editor)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is typed is not written over when the row is read anew."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """The cell is left: enter what was typed; when it is refused the cursor comes back."""
        typed = self.typing()
        if editor is self._editor and typed is not None and not self._enter():
            again = Typing(typed.cell, typed.raw, self._refused)
            QTimer.singleShot(0, self, partial(self.again.emit, again))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the cell, and as large as its kind needs, within what is seen."""
        cell, room = option.rect, self._view.viewport().rect()
        kind = self._model.fields[index.column()].kind
        width = min(max(cell.width(), _WIDE.get(kind, _WIDTH)), room.width())
        height = max(cell.height(), editor.sizeHint().height())
        left = max(0, min(cell.left(), room.right() - width))
        top = max(0, min(cell.top(), room.bottom() - height))
        editor.setGeometry(QRect(left, top, width, height))
        self._place_said()

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the editor with what was said of it."""
        if editor is self._editor:
            self.take()
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab enter and go on, Esc gives up; leaving enters."""
        editor = self._editor
        if editor is None or watched not in (editor, editor.box):
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:  # the window has a use for it, too
                event.accept()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(editor, event)
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._left(editor, event.reason())
        return False

    def _pressed(self, editor: Editor, event: QKeyEvent) -> bool:
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            self._shut(editor, _HINT.RevertModelCache)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._close(editor, -1 if key == Qt.Key.Key_Backtab else 1, 0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if plain & Qt.KeyboardModifier.AltModifier and editor.field.kind is Kind.LONG:
                return self._break_line(editor)
            self._close(editor, 0, 1)
        else:
            return False
        return True

    def _break_line(self, editor: Editor) -> bool:
        """Alt+Enter breaks the line of a long text, as in a spreadsheet."""
        enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\n")
        editor.box.removeEventFilter(self)
        QApplication.sendEvent(editor.box, enter)
        editor.box.installEventFilter(self)
        return True

    def _close(self, editor: Editor, across: int, down: int) -> None:
        cell = self._cell
        if cell is None or not self._enter():
            return
        if self._editor is editor:
            self._shut(editor, _HINT.NoHint)
        self.goes_on.emit(cell, across, down)

    def _shut(self, editor: Editor, hint: CellDelegate.EndEditHint) -> None:
        """Have the view close the editor; that it loses the focus then means nothing."""
        self._editor = self._cell = None
        self._said.hide()
        self.closeEditor.emit(editor, hint)

    def _left(self, editor: Editor, why: Qt.FocusReason) -> None:
        elsewhere = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        now = QApplication.focusWidget()
        within = now is not None and (now is editor or editor.isAncestorOf(now))
        if why in elsewhere or within or self._entering:
            return
        if self._enter() and self._editor is editor:
            self._shut(editor, _HINT.NoHint)

    def _enter(self) -> bool:
        """Enter what was typed; say in place why not."""
        editor, cell = self._editor, self._cell
        if editor is None or cell is None or editor.raw() == self._first:
            return True
        office, values = self._model.office, {cell.field.name: editor.raw()}
        self._entering = True
        try:
            change = office.perform(partial(self._model.ledger.change, cell.id, values))
        except RefusedFields as refused:
            self._refuse(refused.problems.get(cell.field.name, refused.message))
        except (Refused, Trouble) as refused:
            self._refuse(refused.message)
        else:
            office.notice(f"已保存：{change.title}", change)
            return True
        finally:
            self._entering = False
        return False

    def _refuse(self, sentence: str) -> None:
        self._refused = sentence
        if self._editor is not None:
            self._editor.mark(True)
        say(self._said, sentence)
        self._place_said()

    def _forgive(self) -> None:
        self._refused = ""
        self._said.hide()
        if self._editor is not None:
            self._editor.mark(False)

    def _place_said(self) -> None:
        if self._editor is None or self._said.isHidden():
            return
        room, box = self._view.viewport().rect(), self._editor.geometry()
        width = min(max(box.width(), 320), room.width())
        height = self._said.heightForWidth(width)
        below = box.bottom() + 2
        top = below if below + height <= room.bottom() else box.top() - height - 2
        self._said.setGeometry(max(0, min(box.left(), room.right() - width)), top, width, height)
        self._said.raise_()


def _offer(editor: Editor, offered: Mapping[str, Offered]) -> None:
    if (one := offered.get(editor.field.name)) is not None:
        editor.offer(one.offers, one.strict)
