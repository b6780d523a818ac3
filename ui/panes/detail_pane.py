"""The card beside a list: what is chosen there, or a sentence while nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.rules.fields import Field, Value
from ui.forms.form_dialog import FormDialog, Save
from ui.jobs import Job
from ui.office import Office
from ui.style import ROOM, sized
from ui.widgets.empty import Empty
from ui.widgets.layouts import Stretch, down

Pieces = Iterator[None]
"""What fills a body gives one for each piece that stands there: the rest may wait for the next event."""


class DetailPane(QFrame):
    """Its body scrolls, and keeps its place when the same thing is drawn anew."""

    def __init__(self, office: Office, nothing: str, parent: QWidget) -> None:
        """``nothing`` is said while nothing is chosen."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self.office = office
        self._about = ""
        self._place = 0
        """Where the body stood, until it is long enough to stand there again."""
        self._filling: Job | None = None
        self._empty = Empty(nothing, self)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._settle)
        self._scroll.verticalScrollBar().actionTriggered.connect(self._stay)
        down(self._empty, self._scroll, within=self, edges=1)
        sized(self, least_width=300)
        self.put_nothing()

    def put_nothing(self) -> None:
        """Say that nothing is chosen."""
        self._about = ""
        self._leave_off()
        self._scroll.hide()
        self._empty.show()

    def put(self, about: str, fill: Callable[[QVBoxLayout, QWidget], Pieces]) -> None:
        """Show a new body, made by ``fill`` from what it reads; ``about`` says of what it tells.

        Its first piece is seen at once, each other in an event of its own: a body of a hundred widgets
        would hold the window.
        """
        self._leave_off()
        place = self._scroll.verticalScrollBar().value() if about == self._about else 0
        self._about = about
        body = QWidget(self._scroll)
        body.setProperty("role", "page")
        layout = down(gap=12)
        down(layout, Stretch(), within=body, edges=ROOM, gap=0)
        pieces = fill(layout, body)
        self.office.read_now(partial(next, pieces, None), self)
        self._filling = self.office.in_turn(pieces, body)
        self._scroll.setWidget(body)
        self._empty.hide()
        self._scroll.show()
        self._place = place
        self._settle()

    def ask(
        self,
        title: str,
        fields: Iterable[Field],
        save: Save,
        values: Mapping[str, Value] | None = None,
        help: str = "",
        ledger: Ledger | None = None,
        at: str = "",
    ) -> None:
        """Open a form about what is shown, with the cursor in the field ``at``; see ``FormDialog``."""
        dialog = FormDialog(self.office, title, fields, save, self, values, help, ledger, about=self._about)
        dialog.open()
        if at:
            dialog.begin_at(at)

    def _leave_off(self) -> None:
        """What was being filled gives way."""
        if self._filling is not None:
            self._filling.cancel()

    def _settle(self) -> None:
        bar = self._scroll.verticalScrollBar()
        if self._place:
            bar.setValue(self._place)
            if bar.maximum() >= self._place:
                self._place = 0

    def _stay(self) -> None:
        """The clerk scrolls herself: the body does not go back to where it stood, if it gets longer later."""
        self._place = 0
