"""What stands under the facts of every record: linked records, and its history in a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from hazard_desk.figures.links import Link, linked
from hazard_desk.rules.dates import show_moment
from hazard_desk.store.undo import Past
from ui.jobs import Refusal
from ui.office import Office
from ui.style import ROOM
from ui.widgets.basics import Elided, ElidedLink, button, clear, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay
from ui.widgets.timeline import Timeline, TimelineEntry

_FIRST = 6
"""So many linked records are listed before “全部”."""


class Linked(QWidget):
    """The records that belong to this one, both ways; hidden while there is none."""

    open_record = Signal(str)

    def __init__(self, office: Office, ledger: str, record: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.links: list[Link] = []
        self._layout = down(within=self, gap=2)
        self.hide()
        office.read(partial(linked, office.desk.books, ledger, record), self._show, self, self._gone)

    def _gone(self, error: Refusal | None) -> None:
        """The record is no longer there: the pane will be told so too."""
        self.hide()

    def _show(self, links: Sequence[Link], limit: int = _FIRST) -> None:
        self.links = list(links)
        clear(self._layout)
        self.setVisible(bool(links))
        self._layout.addWidget(label(f"关联记录（{len(links)}）", self, "heading"))
        for link in links[:limit]:
            line = across(label(link.ledger_title, self, "soft"))
            name = ElidedLink(link.title, self, partial(self.open_record.emit, f"{link.ledger}/{link.id}"))
            lay(line, name, Stretch())
            self._layout.addLayout(line)
        if len(links) > limit:
            more = partial(self._show, links, len(links))
            self._layout.addWidget(
                button(f"全部{len(links)}条", self, more, role="quiet"), 0, Qt.AlignmentFlag.AlignLeft
            )


class HistoryDialog(Dialog):
    """Who changed what of a record, when, from which value."""

    def __init__(self, name: str, past: Sequence[Past], parent: QWidget) -> None:
        super().__init__("修改历史", parent)
        timeline = Timeline(self)
        timeline.show_entries([_entry(act) for act in past])
        body = QWidget(self)
        body.setProperty("role", "page")
        down(timeline, Stretch(), within=body, edges=ROOM)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        down(
            Elided(name, self, "title"),
            Stretch(area),
            across(Stretch(), self.closer()),
            within=self,
            edges=ROOM,
        )
        self.take_room(620, 560)


def _entry(act: Past) -> TimelineEntry:
    lines = [
        (field, f"{before or '（空）'} → {after or '（空）'}" if before else after)
        for field, before, after in act.lines
    ]
    return TimelineEntry(show_moment(act.at), act.title, lines, by=act.who)
