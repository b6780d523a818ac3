"""更正重报: a form that was sent is sent again; what changed since is shown, and the reason is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from hazard_desk.books.submissions import SubmissionRow
from hazard_desk.figures.progress.checks import Difference
from hazard_desk.store.columns import field_of, name_of
from ui.forms.record_form import RecordForm
from ui.style import ROOM, px, sized
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_TALL = 180
"""The greatest height of the list of changes, in pixels."""


class CorrectionDialog(Dialog):
    """``send`` is given the reason, once it is written."""

    help_key = "forms"

    def __init__(
        self,
        told: str,
        changes: Sequence[Difference],
        send: Callable[[str], object],
        today: date,
        parent: QWidget,
    ) -> None:
        super().__init__("更正重报", parent)
        self._send = send
        self.told = label(told, self, wrap=True)
        heading = label(f"与上次上报相比，有{len(changes)}项变化：", self, "heading")
        self.changes = QPlainTextEdit("\n".join(f"{one.told}。" for one in changes), self)
        self.changes.setReadOnly(True)
        self.changes.setTabChangesFocus(True)
        self.changes.setMaximumHeight(px(_TALL))
        reason = replace(field_of(SubmissionRow.reason), required=True)
        self.form = RecordForm([reason], today, self, edges=0)
        self.send_button = button("上报", self, self.send, "check", "primary")
        self.send_button.setDefault(True)
        foot = across(Stretch(), button("先不报", self, self.reject), self.send_button)
        down(self.told, heading, self.changes, self.form, foot, within=self, edges=ROOM, gap=12)
        sized(self, least_width=520)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.send)
        self.form.focus_first()

    def send(self) -> None:
        """Send it, unless the reason is missing."""
        name = name_of(SubmissionRow.reason)
        reason = str(self.form.raw()[name] or "").strip()
        if not reason:
            self.form.show_problems({name: "请写明更正原因"})
            return
        self.accept()
        self._send(reason)
