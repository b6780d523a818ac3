"""One field of a form: its label, its editor, and the sentence under it."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hazard_desk.books.kit.offers import Offered
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Kind, Value
from ui.forms.editors import Editor, as_lines, editor_for
from ui.forms.pattern_editor import PatternEditor
from ui.style import px
from ui.widgets.basics import label, restyle, say
from ui.widgets.layouts import Stretch, across, down, lay

_ROOM_OF = {Kind.LONG: 132, Kind.BOOL: 28}
_LINE_ROOM, _HELP_ROOM = 58, 20
"""Pixels at 100 percent that a field takes, until its editor is there."""


class FieldBox(QWidget):
    """A label, its editor and, below, a hint or what is wrong: made once the field is asked for.

    Until then it holds what stands in it, so that a field which is never shown costs nothing.
    """

    edited = Signal()
    settled = Signal()

    def __init__(self, field: Field, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self._today = today
        self._hint = ""
        self._value: Value = field.empty
        self._offered: Offered | None = None
        self._unit = field.unit

    @cached_property
    def editor(self) -> Editor:
        """What it is typed into."""
        made = (PatternEditor if self.field.numbering else editor_for)(self.field, self._today, self)
        layout = down(within=self, gap=4)
        if self.field.kind is not Kind.BOOL:
            layout.addLayout(self._head(made))
        lay(layout, made, Stretch())
        made.put(self._value)
        made.say_unit(self._unit)
        if self._offered is not None:
            made.offer(self._offered.offers, self._offered.strict)
        self._say(self._hint or made.meaning() or self.field.help, "small")
        made.show()  # the layout would show it later, and a quick Tab pass it by
        made.edited.connect(self.renew)
        made.edited.connect(self.edited)
        made.settled.connect(self._judge)
        made.settled.connect(self.settled)
        return made

    @cached_property
    def below(self) -> QLabel:
        """The sentence under the editor."""
        made = label("", self, "small", wrap=True)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, made)
        return made

    @property
    def asked(self) -> bool:
        """Whether it was ever asked for, and so has its editor."""
        return "editor" in vars(self)

    def ask(self) -> Editor:
        """From now on it has its editor."""
        return self.editor

    def sizeHint(self) -> QSize:
        """The room of what it is typed into, there or not."""
        if self.asked:
            return super().sizeHint()
        room = _ROOM_OF.get(self.field.kind, _LINE_ROOM)
        return QSize(px(200), px(room + _HELP_ROOM if self._hint or self.field.help else room))

    def minimumSizeHint(self) -> QSize:
        """So high that it is not squeezed."""
        return super().minimumSizeHint() if self.asked else QSize(0, self.sizeHint().height())

    def raw(self) -> str | bool:
        """Return what stands in it; see ``Editor.raw``."""
        if self.asked:
            return self.editor.raw()
        if self.field.kind is Kind.BOOL:
            return bool(self._value)
        text = self.field.show(self._value)
        return as_lines(text) if self.field.kind is Kind.LONG else text

    def put(self, value: Value) -> None:
        """Show a value."""
        if self.asked:
            self.editor.put(value)
        else:
            self._value = value

    def offer(self, offered: Offered) -> None:
        """Offer what may be taken into it."""
        self._offered = offered
        if self.asked:
            self.editor.offer(offered.offers, offered.strict)
            self.explain()

    def say_unit(self, unit: str) -> None:
        """Show in which unit an amount is entered."""
        self._unit = unit
        if self.asked:
            self.editor.say_unit(unit)

    def accuse(self, sentence: str) -> None:
        """Say under the editor what is wrong."""
        self.editor.mark(True)
        self._say(sentence, "problem")

    def forgive(self) -> None:
        """Take the complaint back; the hint returns."""
        if self.asked:
            self._say(self._hint or self.editor.meaning() or self.field.help, "small")
            self.editor.mark(False)

    def hint(self, sentence: str) -> None:
        """Say what is worth knowing of the entry, until it is another; '' for nothing."""
        self._hint = sentence
        self.explain()

    def renew(self) -> None:
        """Another entry stands there: nothing is said of the old one."""
        self._hint = ""
        self.forgive()

    def explain(self) -> None:
        """Say what the entry means, unless something is wrong with it."""
        if self.asked and not self._accused:
            self._say(self._hint or self.editor.meaning() or self.field.help, "small")

    def _judge(self) -> None:
        """Say at once what is wrong with an entry that was left; what is missing is said on saving."""
        raw = self.editor.raw()
        if isinstance(raw, str) and raw.strip():
            try:
                self.field.read(raw, self._today)
            except Refused as wrong:
                self.accuse(wrong.message)

    @property
    def _accused(self) -> bool:
        return "below" in vars(self) and self.below.property("role") == "problem"

    def _head(self, editor: Editor) -> QHBoxLayout:
        heading = label(self.field.label, self)
        heading.setBuddy(editor)
        head = across(heading, gap=2)
        if self.field.required:
            star = label("*", self, "star")
            star.setToolTip("必填")
            head.addWidget(star)
        head.addStretch(1)
        return head

    def _say(self, sentence: str, role: str) -> None:
        if sentence or "below" in vars(self):
            say(self.below, sentence)
            restyle(self.below, "role", role)


def box_of(widget: QWidget | None) -> FieldBox | None:
    """Return the box that a widget is or stands in, None for none."""
    while widget is not None and not isinstance(widget, FieldBox):
        widget = widget.parentWidget()
    return widget
