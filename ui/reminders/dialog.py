"""The list of what to be reminded of; stays open beside the window while the clerk works it off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.figures.due import DueItem
from hazard_desk.rules.dates import show_date
from ui.office import Office
from ui.reminders.silence import Silence
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.due_list import DueList
from ui.widgets.layouts import Stretch, across, down


class ReminderDialog(Dialog):
    """Lists what to remind of, with ways to be left in peace."""

    open_record = Signal(str)

    def __init__(self, items: Sequence[DueItem], office: Office, silence: Silence, parent: QWidget) -> None:
        super().__init__("提醒", parent)
        self._office = office
        self._silence = silence
        self._whole = list(items)
        self.told = label("", self, wrap=True)
        self.list = DueList(self, in_dialog=True)
        self.list.setAccessibleName("提醒事项")
        self.opener = button("打开", self, self.list.open_current)
        self.quiet_item = button("不再提醒这一项", self, self.silence_item)
        self.quiet_day = button("今天不再提醒", self, self.silence_day)
        self.again = button("恢复全部提醒", self, self.lift, role="quiet")
        self._set_out()
        self.list.open_record.connect(self.open_record)
        self.list.currentRowChanged.connect(self._enable)
        self._show()
        self.take_room(720, 460)

    def silence_item(self) -> None:
        """Say nothing more of the chosen item."""
        item = self.list.current_item()
        if item is not None:
            self._silence.keep_item(item)
            self._show()

    def silence_day(self) -> None:
        """Say nothing more today."""
        self._silence.keep_day(self._office.today)
        self.accept()

    def lift(self) -> None:
        """Remind of everything again."""
        self._silence.lift()
        self._show()

    def show_items(self, items: Sequence[DueItem]) -> None:
        """Show these, but not what is silenced."""
        self._whole = list(items)
        self._show()

    def _show(self) -> None:
        self.setWindowTitle(f"{show_date(self._office.today)}　提醒")
        items = self._silence.left(self._whole)
        row = self.list.currentRow()
        self.list.show_items(items, self._office.today)
        self.list.setCurrentRow(max(0, min(row, len(items) - 1)))
        self.told.setText(in_one_sentence(items, self._office.today) or "没有需要提醒的事项。")
        self.again.setVisible(len(items) < len(self._whole) or self._silence.day(self._office.today))
        self._enable()

    def _enable(self) -> None:
        chosen = self.list.current_item() is not None
        self.opener.setEnabled(chosen)
        self.quiet_item.setEnabled(chosen)

    def _set_out(self) -> None:
        foot = across(self.opener, self.quiet_item, self.quiet_day, self.again, Stretch())
        known = button("知道了", self, self.accept, role="primary")
        known.setDefault(True)
        foot.addWidget(known)
        down(self.told, Stretch(self.list), foot, within=self, edges=ROOM)


def in_one_sentence(items: Sequence[DueItem], today: date) -> str:
    """Return the items in one sentence, '' when there are none."""
    late = sum(item.date < today for item in items)
    due = sum(item.date == today for item in items)
    counts = {"已逾期": late, "今天到期": due, "即将到期": len(items) - late - due}
    parts = "，".join(f"{word}{count}项" for word, count in counts.items() if count)
    return f"{parts}。" if parts else ""
