"""The plan in the bar on top: which one the desk works on, the others beside it, and what can be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from hazard_desk.books.plans.tables import PlanFacts
from hazard_desk.library.plans import Plan
from ui.forms.form_dialog import FormDialog
from ui.jobs import Refusal
from ui.office import Office
from ui.plans.add import AddPlanDialog
from ui.plans.from_file import PlanFromFile
from ui.production import Production, free_name
from ui.trouble import show_refusal
from ui.widgets.ask import ask
from ui.widgets.basics import label

_FRAME = 40
"""Padding and arrow of the button, pixels."""


class PlanSwitch(QPushButton):
    """Shows the current plan; its menu lists the desk's plans and what can be done with them."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._plans = office.desk.plans
        self._renewal = office.desk.books.renewal
        self._title = ""
        self.from_file = PlanFromFile(
            parent.window(), office.jobs, self._today, self._enter, self._refuse, self._issuer, self._codes
        )
        self.setProperty("role", "plan")
        self.setProperty("menu", "true")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("方案")
        self.elsewhere = label("", parent, "problem")
        """What is overdue in the plans that are not seen now."""
        self.choices = QMenu(self)
        self.choices.aboutToShow.connect(self.fill)
        self.setMenu(self.choices)

    def sizeHint(self) -> QSize:
        """Room for the whole title."""
        return QSize(self._needs(self._title), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for four characters is enough."""
        return QSize(self._needs("方案名…"), super().minimumSizeHint().height())

    def show_plan(self, title: str, late: int) -> None:
        """Show which plan is current, and how many tasks are overdue in the others."""
        self._title = title
        self.setToolTip(f"{title}\n切换方案、启用其他方案、编制下一年度方案")
        self.elsewhere.setText(f"其他方案逾期{late}项")
        self.elsewhere.setVisible(bool(late))
        self.updateGeometry()
        self._shorten()

    def fill(self) -> None:
        """Make the menu anew: the plans, then the acts."""
        self.choices.clear()
        late = self.late()
        for plan in self._plans.all():
            entry = self.choices.addAction(self._told(plan, late.get(plan.id, 0)))
            entry.setCheckable(True)
            entry.setChecked(plan.current)
            entry.triggered.connect(partial(self.switch, plan.id))
        self.choices.addSeparator()
        self.choices.addAction("修改方案信息…", self.change)
        if told := self._renewal.told():
            self.choices.addAction("补入自带方案新增的内容…", partial(self.renew, told))
        self.choices.addSeparator()
        self.choices.addAction("启用自带的其他方案…", self.add)
        self.choices.addAction("从文件导入方案…", self.from_file.choose)
        self.choices.addAction("编制下一年度方案…", self.next_year)
        self.choices.addAction("另存为方案文件", self.save_file)

    def switch(self, number: int, checked: bool = False) -> None:
        """Work on another plan of the desk."""
        if number == self._plans.number:
            return
        self._office.attempt(partial(self._plans.switch, number), self)

    def change(self) -> None:
        """Open the form of the plan's head."""
        values, told = self._plans.current(), "方案印发后在这里填写文号和成文日期，材料上随之改变。"
        over, save = self.window(), self._plans.change
        fields = self._plans.head_fields
        FormDialog(self._office, "修改方案信息", fields, save, over, values, told).open()

    def renew(self, told: Sequence[str], checked: bool = False) -> None:
        """Ask whether what the program's own plan says by now is taken in."""
        lines = "\n".join(f"· {one}" for one in told)
        text = f"自带的方案从同一份文件里多读出了：\n{lines}\n\n补入台账吗？"
        text += "本单位填写的内容不变，新增的常态化工作从今天起办理，可以撤销。"
        take = partial(self._office.attempt, self._renewal.take_in, self)
        ask(self.window(), "补入自带方案新增的内容", text, "补入", "暂不补入", take)

    def add(self) -> None:
        """Choose one of the bundled plans that the desk does not hold yet."""
        AddPlanDialog(self._office, self.window()).open()

    def next_year(self) -> None:
        """Ask for title and dates of the new plan."""
        plans, values = self._plans, self._plans.next_values()
        told = "以当前方案为底本：时限顺延，领导小组成员和常态化工作照旧，工作记录不带入；原方案保留不变。"
        told += "看不准的时限和写有年份的任务会标“存疑”，请按新印发的文件核对。"
        title, fields, save = "编制下一年度方案", plans.next_fields, plans.next_year
        FormDialog(self._office, title, fields, save, self.window(), values, told).open()

    def save_file(self) -> None:
        """Write the current plan as a plan file, for another office."""
        name = re.sub(r'[\\/:*?"<>|\s]+', " ", self._title).strip()
        to = free_name(self._office.desk.out / f"{name}.toml")
        Production(
            self._office, "正在保存方案文件", partial(self._plans.save_file, to), self.window()
        ).start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the title to the room there is."""
        super().resizeEvent(event)
        self._shorten()

    def late(self) -> dict[int, int]:
        """Return how many tasks are overdue in each plan that still runs and is not current."""
        return {plan: len(tasks) for plan, tasks in self._office.desk.tasks.overdue_elsewhere().items()}

    def _today(self) -> date:
        return self._office.today

    def _enter(self, plan: Plan) -> None:
        change = self._office.perform(partial(self._plans.enter, plan))
        self._office.notice(change.title, change)

    def _refuse(self, error: Refusal) -> None:
        show_refusal(error, self.window())

    def _issuer(self) -> str:
        return self._plans.current().issuer

    def _codes(self) -> list[str]:
        return [plan.code for plan in self._plans.all()]

    def _ended(self, plan: PlanFacts) -> bool:
        return plan.ends_on < self._office.today

    def _told(self, plan: PlanFacts, late: int) -> str:
        more = "（已结束）" if self._ended(plan) else f"（逾期{late}项）" if late else ""
        return plan.title.replace("&", "&&") + more

    def _needs(self, text: str) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(text) + _FRAME

    def _shorten(self) -> None:
        room = max(self.width() - _FRAME, 0)
        shown = self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
