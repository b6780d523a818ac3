"""The form of a check with what it found: a card for each finding, added and taken away by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from hazard_desk.books.checks.findings import LINES, folded_line, line_field, line_fields
from hazard_desk.books.kit.offers import Offered
from hazard_desk.rules.fields import Field, Row, Value
from ui.forms.folding_form import FoldingForm
from ui.forms.record_form import RecordForm
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.layouts import Stretch, across, down

_ADD = "Alt+A"


class FindingCard(QFrame):
    """One finding."""

    def __init__(self, today: date, take_away: Callable[[FindingCard], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.heading = label("", self, "heading")
        self.form = FoldingForm(line_fields(), today, self, folded_line, edges=0)
        self.form.ask_all()
        self.away = button("去掉", self, lambda: take_away(self), "remove", "quiet")
        head = across(self.heading, Stretch(), self.away)
        down(head, self.form, within=self, edges=(ROOM, 10, ROOM, 12))

    def call(self, place: int) -> None:
        """Say which finding it is."""
        self.heading.setText(f"问题{place}")
        self.away.setAccessibleName(f"去掉问题{place}")


class CheckForm(RecordForm):
    """The fields of a check, and below them what it found."""

    def __init__(self, fields: Iterable[Field], today: date, parent: QWidget) -> None:
        self.cards: list[FindingCard] = []
        self._today = today
        self._offered: Mapping[str, Offered] = {}
        self._of_firm: Mapping[str, Value] = {}
        super().__init__(fields, today, parent)
        self.add_button = button("加一个问题", self, self.add_card, "plus")
        self.add_button.setToolTip(_ADD)
        QShortcut(QKeySequence(_ADD), self, self.add_card)  # a button's own fails while it is scrolled away
        self._cards = down(gap=12)
        hint = label("每个问题登记为一条隐患，与检查一起保存", self, "soft")
        head = across(label("发现的问题", self, "heading"), hint, Stretch())
        below = QWidget(self)
        down(head, self._cards, across(self.add_button, Stretch()), within=below, gap=10)
        self.put_below(below)

    def add_card(self) -> FindingCard:
        """Add a finding, with the cursor in it."""
        card = self._make_card()
        card.form.propose(self._of_firm)
        self.edited.emit()
        card.form.focus_first()
        self.grown.emit(card)
        return card

    def offer_lines(self, offered: Mapping[str, Offered]) -> None:
        """Give the findings what may be taken into them."""
        self._offered = offered
        for card in self.cards:
            card.form.offer(offered)

    @property
    def taking(self) -> list[Field]:
        return [*super().taking, *(field for field in line_fields() if field.of_firm)]

    def propose(self, values: Mapping[str, Value]) -> None:
        """Put these forward in the findings too, and in those that are added later."""
        super().propose(values)
        self._of_firm = values
        for card in self.cards:
            card.form.propose(values)

    def put(self, values: Mapping[str, Value]) -> None:
        self._put_lines(values.get(LINES), restored=False)
        super().put(values)

    def restore(self, raw: Mapping[str, Value]) -> None:
        super().restore(raw)
        self._put_lines(raw.get(LINES), restored=True)

    def raw(self) -> Row:
        return super().raw() | {LINES: [card.form.raw() for card in self.cards]}

    def draft(self) -> Row:
        return super().draft() | {LINES: [card.form.draft() for card in self.cards]}

    def holds(self, name: str) -> bool:
        return super().holds(name) or name.startswith(f"{LINES}/")

    def show_problems(self, problems: Mapping[str, str]) -> QWidget | None:
        first = None
        for place, card in reversed(list(enumerate(self.cards, start=1))):  # the first takes the focus last
            wrong = {name: line_field(place, name) for name in card.form.boxes}
            told = {name: problems[called] for name, called in wrong.items() if called in problems}
            first = card.form.show_problems(told) or first
        return super().show_problems(problems) or first

    def _make_card(self) -> FindingCard:
        card = FindingCard(self._today, self._take_away, self)
        card.form.offer(self._offered)
        card.form.edited.connect(self.edited)
        card.form.grown.connect(self.grown)
        self.cards.append(card)
        self._cards.addWidget(card)
        card.show()
        self._number()
        return card

    def _take_away(self, card: FindingCard) -> None:
        self._drop(card)
        self.edited.emit()
        self.add_button.setFocus()

    def _drop(self, card: FindingCard) -> None:
        self.cards.remove(card)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._number()

    def _put_lines(self, lines: Value, restored: bool) -> None:
        for card in list(self.cards):
            self._drop(card)
        for line in lines if isinstance(lines, list | tuple) else ():
            if isinstance(line, Mapping):
                form = self._make_card().form
                (form.restore if restored else form.put)(line)

    def _number(self) -> None:
        for place, card in enumerate(self.cards, start=1):
            card.call(place)
