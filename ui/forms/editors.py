"""One editor per kind of field. An editor gives what was typed; the field itself reads and judges it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from hazard_desk.books.kit.offers import Offer, by_letters, fitting_offers
from hazard_desk.errors import Refused
from hazard_desk.rules.dates import said_day
from hazard_desk.rules.fields import LONG_LIMIT, NUMBERS, Field, Kind, Value
from ui.forms.calendar_popup import CalendarPopup
from ui.forms.drop_list import DropList
from ui.icons import icon
from ui.style import sized
from ui.widgets.basics import label, restyle, say
from ui.widgets.layouts import Stretch, across, down


class Editor(QWidget):
    """What all editors offer. ``box`` is the widget that is typed into."""

    edited = Signal()
    """The clerk changed what stands there."""
    settled = Signal()
    """She is done with it: left it, or took what was offered."""

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

    def offer(self, offers: Sequence[Offer], strict: bool = False) -> None:
        """Offer these to be taken, nothing else where it is ``strict``; editors that cannot, do not."""

    def meaning(self) -> str:
        """Return what the entry means where it does not say it itself (a task's number), else ''."""
        return ""

    def say_unit(self, unit: str) -> None:
        """Show in which unit an amount is entered; editors of other kinds have none."""

    def mark(self, wrong: bool) -> None:
        """Show by its frame whether the entry was refused."""
        if wrong or self.box.property("wrong"):
            restyle(self.box, "wrong", wrong)


class LineEditor(Editor):
    """One line; what is offered for it drops down while typing, and all of it by Alt+↓."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.line = QLineEdit(self)
        self.strict = False
        self.offers: Sequence[Offer] = ()
        self.drop: DropList | None = None
        self._opener: QAction | None = None
        self._unit: QLabel | None = label(field.unit, self, "soft") if field.kind in NUMBERS else None
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._settle)
        if field.kind is Kind.NAMES:
            self.line.setPlaceholderText("多项用、隔开")
        self.hold(self.line, *([] if self._unit is None else [self._unit]))
        self.say_unit(field.unit)

    def raw(self) -> str:
        return self.line.text()

    def put(self, value: Value) -> None:
        self.line.setText(self.field.show(value))
        self.line.setCursorPosition(0)

    def put_raw(self, raw: Value) -> None:
        self.line.setText(str(raw))

    def say_unit(self, unit: str) -> None:
        if self._unit is not None:
            say(self._unit, unit)

    def meaning(self) -> str:
        text = self.line.text().strip()
        return next((one.says for one in self.offers if one.text == text), "")

    def offer(self, offers: Sequence[Offer], strict: bool = False) -> None:
        self.offers, self.strict = offers, strict
        if offers and self.drop is None:
            self.drop = DropList(self.line, stays=self.field.kind is Kind.NAMES)
            self.drop.taken.connect(self._take)
            self.drop.wanted.connect(self._open_by_key)
            self._opener = self.line.addAction(
                icon("chevron-down"), QLineEdit.ActionPosition.TrailingPosition
            )
            self._opener.setText("选择")
            self._opener.setToolTip("选择（Alt+↓）")
            self._opener.triggered.connect(self.open_options)
        if self.line.hasFocus() and self.line.isModified():
            self._drop_fitting()  # she was quicker than the offers

    def open_options(self) -> None:
        """Drop down all that is offered, whatever stands in the line."""
        if self.drop is not None:
            self.line.setFocus()
            before, word = self._parts()
            if self.field.kind is Kind.NAMES and word:
                self.line.setText(f"{before}{word}、")
            offers = list(self.offers)
            if self.strict and not self.field.required:
                offers.append(Offer(""))
            there = (at for at, one in enumerate(offers) if word and one.text == word)
            self.drop.drop(offers, next(there, -1))

    def _open_by_key(self) -> None:
        self.open_options()
        if self.drop is not None:
            self.drop.choose_any()

    def _typed(self) -> None:
        self.edited.emit()
        self._drop_fitting()

    def _drop_fitting(self) -> None:
        if self.drop is not None:
            word = self._parts()[1]
            found = fitting_offers(self.offers, word) if word else []
            if [one.text for one in found] == [word]:
                found = []
            sure = self.strict or by_letters(word, found)
            self.drop.drop(found, 0 if found and sure else -1)

    def _take(self, text: str) -> None:
        before = self._parts()[0]
        self.line.setText(before + text)
        self.edited.emit()
        self.settled.emit()

    def _settle(self) -> None:
        """Take the one offer that a word is meant for, where nothing else may stand there."""
        word = self.line.text().strip()
        if self.strict and word and all(one.text != word for one in self.offers):
            found = fitting_offers(self.offers, word)
            if len(found) == 1:
                self.line.setText(found[0].text)
                self.edited.emit()
        self.settled.emit()

    def _parts(self) -> tuple[str, str]:
        """Return what is to stay of the line, and the word that is being typed."""
        text = self.line.text()
        return _names(text) if self.field.kind is Kind.NAMES else ("", text.strip())


def _names(text: str) -> tuple[str, str]:
    """Return what stands up to the last separator, and the name after it."""
    for mark in "，,；;":
        text = text.replace(mark, "、")
    before, mark, last = text.rpartition("、")
    return before + mark, last.strip()


class ChoiceEditor(LineEditor):
    """CHOICE: the words of the list, found by typing; any other word stays, to be seen and mended."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.offer([Offer(str(choice)) for choice in field.choices], strict=True)
        self.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click anywhere in the line opens the list."""
        if event.type() == QEvent.Type.MouseButtonRelease and self.drop is not None and not self.drop.is_open:
            self.open_options()
        return super().eventFilter(watched, event)


class _Area(QPlainTextEdit):
    """A text of lines: Shift+Enter is the form's, to go back."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if back and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


_AS_LINES = str.maketrans({"\xa0": " ", "\u2028": "\n", "\u2029": "\n"})


def as_lines(text: str) -> str:
    """Return a text as the editor of LONG gives it back untouched: with common blanks and line breaks."""
    return text.translate(_AS_LINES)


class LongEditor(Editor):
    """LONG: several lines, with a count of the characters left once that matters."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.area = _Area(self)
        self.area.setTabChangesFocus(True)
        sized(self.area, height=84)
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
        restyle(self.count, "role", "problem" if used > LONG_LIMIT else "small")


class BoolEditor(Editor):
    """BOOL: a check box that carries the label itself."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.check = QCheckBox(field.label, self)
        self.check.toggled.connect(self.edited)
        self.check.clicked.connect(self.settled)
        self.hold(self.check)

    def raw(self) -> bool:
        return self.check.isChecked()

    def put(self, value: Value) -> None:
        self.check.setChecked(bool(value))


class DateEditor(Editor):
    """DATE: may stay empty, takes 2023.5.18 as well as 5月18日, 25 or 昨天, or a day from the calendar."""

    def __init__(self, field: Field, today: date, parent: QWidget) -> None:
        super().__init__(field, parent)
        self.today = today
        self.popup: CalendarPopup | None = None
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("年-月-日")
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self._settle)
        opener = self.line.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        self.line.setToolTip("也可以写：今天、昨天、25、5.25")
        opener.setText("日历")
        opener.setToolTip("从日历中选择（Alt+↓）")
        opener.triggered.connect(self.open_calendar)
        self.line.installEventFilter(self)
        self.hold(self.line)

    def raw(self) -> str:
        said = said_day(self.line.text(), self.today, self.field.ahead)
        return self.field.show(said) if said else self.line.text()

    def put(self, value: Value) -> None:
        self.line.setText(self.field.show(value))

    def put_raw(self, raw: Value) -> None:
        self.line.setText(str(raw))

    def stay_short(self) -> None:
        """Take the room of a day alone, at whatever size the text is: beside other choices, not in a form."""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def open_calendar(self) -> None:
        """Drop the calendar down under the line."""
        if self.popup is None:
            self.popup = CalendarPopup(self)
            self.popup.chosen.connect(self._picked)
        self.popup.drop(self.line, self._day(), self.today)

    def read(self) -> date | None:
        """Return the day that stands there, None for none. Marks what is no day and raises ``Refused``."""
        self.mark(True)
        day = self.field.read_day(self.raw(), self.today)
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
            day = self.field.read_day(self.raw(), self.today)
        except Refused:
            return None
        return day

    def _settle(self) -> None:
        said = said_day(self.line.text(), self.today, self.field.ahead)
        if (day := said or (None if self.field.since else self._day())) is not None:
            self.line.setText(self.field.show(day))
        self.settled.emit()

    def _picked(self, day: date | None) -> None:
        self.put(day)
        self.line.setFocus()
        self.edited.emit()
        self.settled.emit()


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
