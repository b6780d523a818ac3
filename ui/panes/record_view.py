"""A record without a page of its own, to be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hazard_desk.rules.fields import Field, Row
from ui.style import ROOM
from ui.widgets.basics import label
from ui.widgets.dialog import Dialog
from ui.widgets.facts import Facts
from ui.widgets.layouts import Stretch, across, down


class RecordView(Dialog):
    """The facts of one record, and a ``note`` below; nothing of it is kept here."""

    def __init__(
        self, title: str, fields: Sequence[Field], record: Row, parent: QWidget, note: str = ""
    ) -> None:
        super().__init__(title, parent)
        facts = Facts(self)
        facts.add_record(fields, record)
        foot = across(label(note, self, "small", wrap=True), Stretch(), self.closer())
        down(facts, Stretch(), foot, within=self, edges=ROOM, gap=ROOM)
        self.take_room(520, 200)
