"""What is asked about a sheet, on one page: each question with its proposal, to be confirmed, or put off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hazard_desk.grid.cells import cell_text, is_empty
from hazard_desk.rules.fields import clean
from hazard_desk.sheets.incoming import Incoming
from hazard_desk.sheets.questions import ASIDE, Answers, Asked, Question
from hazard_desk.sheets.words import takes_words
from ui.style import GAP, sized
from ui.widgets.basics import button, card, clear, label, restyle
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, down, lay

LATER = "以后再说"
_BUTTONS = 5
"""Offers that are buttons; the others are in a list."""
_EXAMPLES = 3
_LONGEST = 16
"""Characters of an example."""


class _Line(QLineEdit):
    """A line whose Enter answers its question and nothing else; with nothing in it, it goes on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is not for the dialog."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if not self.text().strip():
                self.focusNextChild()


class QuestionCard(QWidget):
    """One question. Nothing is chosen before the clerk chooses it; the proposal only is marked as one."""

    decided = Signal()

    def __init__(self, question: Question, incoming: Incoming, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        self.answer: str | None = None
        """What was chosen; None while nothing is, and for what is put off."""
        self.open = True
        """Whether neither an answer was chosen nor the question put off."""
        self.buttons: dict[str | None, QPushButton] = {}
        self.list: QComboBox | None = None
        self.line: QLineEdit | None = None
        frame, inside = card(self, question_text(question))
        lay(
            inside,
            label(question_rows(question, incoming), frame, "soft", wrap=True),
            self._offers(frame, incoming),
        )
        down(frame, within=self)

    def first(self) -> QWidget:
        """Return what is to have the focus: what was chosen, else the proposal, else what chooses nothing."""
        if not self.open and self.answer in self.buttons:
            return self.buttons[self.answer]
        if self.question.proposal:
            return self.buttons[self.question.proposal]
        return self.line or self.buttons[None]

    def choose(self, answer: str | None, clicked: bool = False) -> None:
        """Answer, or put the question off with None."""
        self.answer, self.open = answer, False
        for one, made in self.buttons.items():
            made.setChecked(one == answer)
        if answer in self.buttons:
            self._empty()
        for box in (self.list, self.line):
            if box is not None:
                restyle(box, "active", bool(answer) and answer not in self.buttons)
        self.decided.emit()

    def _empty(self) -> None:
        """A button was pressed: nothing is picked from the list, nothing typed."""
        if self.list is not None:
            self.list.setCurrentIndex(0)
        if self.line is not None:
            self.line.clear()

    def _offers(self, frame: QFrame, incoming: Incoming) -> FlowLayout:
        asked_for, flow = self.question, FlowLayout()
        offers = {answer: words for answer, words in asked_for.offers if answer != ASIDE}
        proposed = [asked_for.proposal] if asked_for.proposal else []
        for answer in [*dict.fromkeys([*proposed, *offers])][:_BUTTONS]:
            flow.addWidget(self._button(answer, offers.get(answer, answer), frame))
        if asked_for.kind is Asked.COLUMN and not asked_for.field:
            offers = {name: field.label for name, field in incoming.fields.items()}
        rest = {answer: words for answer, words in offers.items() if answer not in self.buttons}
        if asked_for.kind is Asked.VALUE and not takes_words(incoming.fields[asked_for.field]):
            flow.addWidget(self._type(rest, frame))
        elif rest:
            flow.addWidget(self._pick(rest, frame))
        if asked_for.kind is Asked.COLUMN and not asked_for.field:
            flow.addWidget(self._button(ASIDE, "放进“其他栏目”", frame))
        flow.addWidget(self._button(None, LATER, frame))
        return flow

    def _button(self, answer: str | None, words: str, frame: QFrame) -> QPushButton:
        proposed = bool(answer) and answer == self.question.proposal
        made = button(
            f"{words}（建议）" if proposed else words, frame, partial(self.choose, answer), role="segment"
        )
        made.setCheckable(True)
        made.setProperty("proposed", proposed)
        self.buttons[answer] = made
        return made

    def _pick(self, rest: Mapping[str, str], frame: QFrame) -> QComboBox:
        self.list = QComboBox(frame)
        self.list.setAccessibleName(question_text(self.question))
        which = "栏目" if self.question.kind is Asked.COLUMN and not self.question.field else "选项"
        self.list.addItem(f"别的{which}…", None)
        for answer, words in rest.items():
            self.list.addItem(words, answer)
        self.list.activated.connect(self._picked)
        return self.list

    def _type(self, rest: Mapping[str, str], frame: QFrame) -> QLineEdit:
        self.line = _Line(frame)
        self.line.setAccessibleName(question_text(self.question))
        sized(self.line, least_width=180)
        self.line.setPlaceholderText("填写后按回车")
        self.line.setCompleter(QCompleter(list(rest), self.line))
        self.line.editingFinished.connect(self._typed)
        return self.line

    def _picked(self, place: int) -> None:
        assert self.list is not None
        if place > 0:
            self.choose(str(self.list.itemData(place)))

    def _typed(self) -> None:
        assert self.line is not None
        text = clean(self.line.text())
        if text and text != self.answer:
            self.choose(text)


class Conversation(QScrollArea):
    """The questions about a sheet, one below the other. ``decided`` tells that none is left open."""

    decided = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.cards: list[QuestionCard] = []
        inside = QWidget(self)
        self._layout: QVBoxLayout = down(within=inside, gap=GAP)
        self.setWidget(inside)

    def ask(self, questions: Sequence[Question], incoming: Incoming) -> None:
        """Put these questions in place of those that there were."""
        clear(self._layout)
        self.cards = [QuestionCard(question, incoming, self) for question in questions]
        for made in self.cards:
            made.decided.connect(self._go_on)
        lay(self._layout, *self.cards, Stretch())
        if self.cards:
            self.cards[0].first().setFocus()

    def answers(self) -> Answers:
        """Return what was answered; what is open or put off is not in it."""
        found = Answers()
        for one in self.cards:
            if one.answer is None:
                continue
            if one.question.kind is Asked.COLUMN and one.question.field:
                found |= Answers(columns={one.answer: one.question.field})
            else:
                found = found.to(one.question, one.answer)
        return found

    def _go_on(self) -> None:
        """To the next question that is open."""
        left = next((one for one in self.cards if one.open), None)
        if left is None:
            self.decided.emit()
            return
        left.first().setFocus()
        self.ensureWidgetVisible(left)


def question_text(question: Question) -> str:
    """Return the question as a sentence."""
    if question.kind is Asked.COLUMN and question.field:
        return f"哪一列是“{question.about}”？"
    if question.kind is Asked.COLUMN:
        return f"“{question.about}”这一列，填到哪个栏目？"
    label_of, _, word = question.about.partition(":")
    if question.kind is Asked.WORD:
        return f"“{label_of}”里写的“{word}”，算哪一项？"
    return f"表里没有“{label_of}”，整张表都填什么？"


def question_rows(question: Question, incoming: Incoming) -> str:
    """Return how many rows it concerns, and what stands in some of them."""
    if question.kind is Asked.VALUE:
        return f"共{question.rows}行。个别行不一样的，下一步可以逐行改。"
    if question.kind is Asked.COLUMN and question.field:
        return f"共{question.rows}行。没有这一列，不知道每一行说的是什么，不能导入。"
    examples = _examples(question, incoming)
    return f"共{question.rows}行" + (f"，例如：{'；'.join(examples)}" if examples else "")


def _examples(question: Question, incoming: Incoming) -> list[str]:
    """What stands in the column that is asked about; of a word, what its rows are about."""
    wanted = question.key if question.kind is Asked.COLUMN else ""
    naming = incoming.naming
    found = dict[str, None]()
    for table in incoming.tables:
        word = table.heading.fields.get(question.field)
        shown = table.heading.fields.get(naming.name) if naming else None
        for place, heading in table.headings.items():
            if not (heading == wanted if wanted else shown and place == shown.place):
                continue
            for _, cells in table.data:
                said = not word or clean(cell_text(cells[word.place])) == question.key
                if said and place < len(cells) and not is_empty(cells[place]):
                    found[_short(clean(cell_text(cells[place])))] = None
                if len(found) == _EXAMPLES:
                    return list(found)
    return list(found)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
