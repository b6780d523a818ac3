"""One editor per kind of field. An editor gives what was typed; the field itself reads and judges it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import LONG_LIMIT, Field, Kind, Value
from ui.forms.calendar_popup import CalendarPopup
from ui.icons import icon
from ui.style import DANGER, INK_SOFT
from ui.widgets.basics import label, restyle
from ui.widgets.layouts import Stretch, across, down

WIDEST_LIST = 560
"""Width in pixels of a list that drops down, where its line is narrower."""


class Editor(QWidget):
    """What all editors offer. ``box`` is the widget that is typed into."""

    edited = Signal()

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.box: QWidget = self

    def hold(self, box: QWidget, *beside: QWidget) -> QHBoxLayout:
        """Take ``box`` as the widget to type into, with others beside it."""
        self.box = box
        box.setAccessibleName(self.field.heading)
        self.setFocusProxy(box)
        return across(Stretch(box), *beside, within=self, gap=4)

    def raw(self) -> str | bool:
        """Return what stands in the editor, as ``Field.read`` takes it."""
        raise NotImplementedError

    def put(self, value: Value) -> None:
        """Show a value of the field."""
        raise NotImplementedError

    def put_raw(self, raw: Value) -> None:
        """Show again what ``raw`` once gave."""
        self.put(raw)

    def offer(self, options: Sequence[str]) -> None:
        """Complete from these while typing; editors that cannot, do not."""

    def mark(self, wrong: bool) -> None:
        """Show by its frame whether the entry was refused."""
        restyle(self.box, "wrong", wrong)


class LineEditor(Editor):
    """TEXT, CODE and NAMES: one line, completed from what was entered before."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.line = QLineEdit(self)
        self._opener: QAction | None = None
        self.line.textEdited.connect(self.edited)
        if field.kind is Kind.NAMES:
            self.line.setPlaceholderText("多项用、隔开")
        if field.unit:
            self.hold(self.line, label(field.unit, self, "soft"))
        else:
            self.hold(self.line)

    def raw(self) -> str:
        return self.line.text()

    def put(self, value: Value) -> None:
        self.line.setText(self.field.show(value))
        self.line.setCursorPosition(0)

    def put_raw(self, raw: Value) -> None:
        self.line.setText(str(raw))

    def offer(self, options: Sequence[str]) -> None:
        if not options:
            return
        names = self.field.kind is Kind.NAMES
        completer = _LastNameCompleter(self.line) if names else QCompleter(self.line)
        completer.setModel(QStringListModel(list(options), completer))
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self.edited)
        self.line.setCompleter(completer)
        if self._opener is None:
            self._opener = self.line.addAction(
                icon("chevron-down"), QLineEdit.ActionPosition.TrailingPosition
            )
            self._opener.setToolTip("选择")
            self._opener.triggered.connect(self.open_options)

    def open_options(self) -> None:
        """Drop down all that is offered, whatever stands in the line."""
        completer = self.line.completer()
        if completer is not None:
            self.line.setFocus()
            if self.field.kind is Kind.NAMES and _names(self.line.text())[1]:
                self.line.setText(f"{self.line.text()}、")
            completer.setCompletionPrefix("")
            popup = completer.popup()
            wanted = popup.sizeHintForColumn(0) + 40 if popup is not None else 0
            room = max(self.line.width(), min(wanted, WIDEST_LIST))
            completer.complete(QRect(0, 0, room, self.line.height()))


class _LastNameCompleter(QCompleter):
    """Completes the name after the last 、 and keeps those before it."""

    def splitPath(self, path: str) -> list[str]:
        return [_names(path)[1]]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        name = super().pathFromIndex(index)
        line = self.widget()
        return _names(line.text())[0] + name if isinstance(line, QLineEdit) else name


def _names(text: str) -> tuple[str, str]:
    """Return what stands up to the last separator, and the name after it."""
    for mark in "，,；;":
        text = text.replace(mark, "、")
    before, mark, last = text.rpartition("、")
    return before + mark, last.strip()


class LongEditor(Editor):
    """LONG: several lines, with a count of the characters left once that matters."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.area = QPlainTextEdit(self)
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(84)
        self.area.setAccessibleName(field.heading)
        self.count = label("", self, "small")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.box = self.area
        self.setFocusProxy(self.area)
        down(self.area, self.count, within=self, gap=2)
        self.area.textChanged.connect(self._typed)
        self._count_up()

    def raw(self) -> str:
        return self.area.toPlainText()

    def put(self, value: Value) -> None:
        self.area.setPlainText(self.field.show(value))

    def _typed(self) -> None:
        self._count_up()
        self.edited.emit()

    def _count_up(self) -> None:
        used = len(self.area.toPlainText())
        self.count.setText(f"{used}/{LONG_LIMIT}字")
        self.count.setStyleSheet(f"color: {DANGER if used > LONG_LIMIT else INK_SOFT}")


class _Combo(QComboBox):
    """A combo box that the wheel changes only while it has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceEditor(Editor):
    """CHOICE: a list with an empty line on top; an old value outside the list stays visible."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.combo = _Combo(self)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setMaxVisibleItems(14)
        self.combo.addItem("")
        self.combo.addItems([str(choice) for choice in field.choices])
        self.combo.activated.connect(self.edited)
        self.hold(self.combo)

    def raw(self) -> str:
        return self.combo.currentText()

    def put(self, value: Value) -> None:
        text = self.field.show(value)
        if self.combo.findText(text) < 0:
            self.combo.addItem(text)
        self.combo.setCurrentText(text)


class BoolEditor(Editor):
    """BOOL: a check box that carries the label itself."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.check = QCheckBox(field.label, self)
        self.check.toggled.connect(self.edited)
        self.hold(self.check)

    def raw(self) -> bool:
        return self.check.isChecked()

    def put(self, value: Value) -> None:
        self.check.setChecked(bool(value))


class DateEditor(Editor):
    """DATE: may stay empty, takes 2023.5.18 as well as 5月18日, or a day from the calendar."""

    def __init__(self, field: Field, today: date, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.today = today
        self.popup: CalendarPopup | None = None
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("年-月-日")
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self._settle)
        opener = self.line.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setToolTip("从日历中选择（Alt+↓）")
        opener.triggered.connect(self.open_calendar)
        self.line.installEventFilter(self)
        self.hold(self.line)

    def raw(self) -> str:
        return self.line.text()

    def put(self, value: Value) -> None:
        self.line.setText(self.field.show(value))

    def put_raw(self, raw: Value) -> None:
        self.line.setText(str(raw))

    def open_calendar(self) -> None:
        """Drop the calendar down under the line."""
        if self.popup is None:
            self.popup = CalendarPopup(self)
            self.popup.chosen.connect(self._picked)
        self.popup.drop(self.line, self._day(), self.today)

    def read(self) -> date | None:
        """Return the day that stands there, None for none. Marks what is no day and raises ``Refused``."""
        self.mark(True)
        day = self.field.read_day(self.line.text(), self.today)
        self.mark(False)
        return day

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+↓ opens the calendar, as in every date box."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.open_calendar()
            return True
        return super().eventFilter(watched, event)

    def _day(self) -> date | None:
        try:
            day = self.field.read_day(self.line.text(), self.today)
        except Refused:
            return None
        return day

    def _settle(self) -> None:
        if (day := self._day()) is not None:
            self.line.setText(self.field.show(day))

    def _picked(self, day: date | None) -> None:
        self.put(day)
        self.line.setFocus()
        self.edited.emit()


def editor_for(field: Field, today: date, parent: QWidget) -> Editor:
    """Return the editor that suits the kind of ``field``."""
    if field.kind is Kind.LONG:
        return LongEditor(field, parent)
    if field.kind is Kind.CHOICE:
        return ChoiceEditor(field, parent)
    if field.kind is Kind.BOOL:
        return BoolEditor(field, parent)
    if field.kind is Kind.DATE:
        return DateEditor(field, today, parent)
    return LineEditor(field, parent)
