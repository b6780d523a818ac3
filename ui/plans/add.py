"""Bringing one of the bundled plans into the desk, beside those it has."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from ui.office import Office
from ui.plans.plan_list import PlanList
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay


class AddPlanDialog(Dialog):
    """Chooses a bundled plan that the desk does not hold yet and enters it."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__("启用其他方案", parent)
        self._office = office
        held = [row.code for row in office.desk.plans.all()]
        self.list = PlanList(self, without=held)
        self.list.setAccessibleName("可以加入的方案")
        self.list.choose_for(office.desk.office_name)
        self.list.itemDoubleClicked.connect(self.enter)
        self.now = QCheckBox("现在就切换到这个方案", self)
        self.now.setChecked(True)
        self.enter_button = button("启用", self, self.enter, role="primary")
        self.enter_button.setDefault(True)
        self.list.itemSelectionChanged.connect(self._enable)
        self._enable()
        self._set_out()

    def enter(self) -> None:
        """Enter the chosen plan and close; stay open when it is refused."""
        plan = self.list.chosen()
        if plan is None:
            return
        act = partial(self._office.desk.plans.enter, plan, self.now.isChecked())
        if self._office.attempt(act, self):
            self.accept()

    def _enable(self) -> None:
        self.enter_button.setEnabled(self.list.chosen() is not None)

    def _set_out(self) -> None:
        foot = across(self.now, Stretch(), button("取消", self, self.reject), self.enter_button)
        layout = down(within=self, edges=ROOM, gap=12)
        told = "几个方案可以同时启用，各有各的任务、领导小组和常态化工作，在窗口上方切换。"
        lay(
            layout,
            label(told if self.list.plans else "自带的方案都已启用。", self, "soft", wrap=True),
            Stretch(self.list),
            foot,
        )
        self.take_room(640, 380)
