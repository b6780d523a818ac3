"""Entering a year's notice of holidays: paste it, see what was understood, keep it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTreeWidget, QTreeWidgetItem, QWidget

from hazard_desk.errors import Refused
from hazard_desk.rules.dates import show_weekday
from hazard_desk.rules.holiday_notice import HolidayDay
from ui.office import Office
from ui.style import ROOM, letters
from ui.widgets.basics import button, label, pause, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_PAUSE_MS = 250


class HolidayDialog(Dialog):
    """On the left the notice as it was published, on the right its days."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__("录入节假日安排", parent)
        self._office = office
        self._holidays = office.desk.duties.holidays
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName("放假通知")
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("把国务院办公厅关于部分节假日安排的通知粘贴在这里")
        self.year = QLineEdit(self)
        self.year.setAccessibleName("年份")
        self.year.setPlaceholderText("年份（通知里写明的不填）")
        self.year.setMaxLength(4)
        self.days = QTreeWidget(self)
        self.told = label("", self, "soft", wrap=True)
        self.problem = label("", self, "problem", wrap=True)
        self.keep = button("录入", self, self.save, role="primary")
        self._pause = pause(_PAUSE_MS, self.read, self)
        self.text.textChanged.connect(self._pause.start)
        self.year.textChanged.connect(self._pause.start)
        self._set_out()
        self.read()
        self.take_room(860, 520)

    def read(self) -> None:
        """Show what is understood of what stands there, entering nothing."""
        found: list[HolidayDay] = []
        problem = ""
        if self.text.toPlainText().strip():
            try:
                found = self._holidays.preview(self.text.toPlainText(), self._year())
            except Refused as refused:
                problem = refused.message
        self._show(found)
        say(self.problem, problem)
        self.keep.setEnabled(bool(found))

    def save(self) -> None:
        """Enter the notice and close."""
        act = partial(self._holidays.enter_notice, self.text.toPlainText(), self._year())
        if self._office.attempt(act, self):
            self.accept()

    def _year(self) -> int | None:
        text = self.year.text().strip()
        return int(text) if text.isascii() and text.isdigit() else None

    def _show(self, found: list[HolidayDay]) -> None:
        self.days.clear()
        for one in found:
            day = f"{one.day.isoformat()}　{show_weekday(one.day)}"
            QTreeWidgetItem(self.days, [day, "放假" if one.rest else "上班", one.name])
        rest = sum(one.rest for one in found)
        self.told.setText(
            f"看懂{len(found)}天：放假{rest}天，调休上班{len(found) - rest}天。请核对后录入。"
            if found
            else self._known()
        )

    def _known(self) -> str:
        years = "、".join(f"{year}年" for year in self._holidays.years())
        return f"已录入：{years}。" if years else "还没有录入过；程序自带的年份不必录入。"

    def _set_out(self) -> None:
        self.days.setHeaderLabels(["日期", "安排", "节假日"])
        self.days.setRootIsDecorated(False)
        self.days.setColumnWidth(0, letters(10))
        self.days.setColumnWidth(1, letters(3))
        self.days.setAccessibleName("看懂的日期")
        left = down(Stretch(self.text), self.year)
        both = across(Stretch(left), Stretch(self.days))
        foot = across(Stretch(self.told), button("取消", self, self.reject), self.keep)
        down(Stretch(both), self.problem, foot, within=self, edges=ROOM)
