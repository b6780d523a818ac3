"""The annex as it was read, before anything is entered: look it over, put it right, then make it a plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QScrollArea, QStackedWidget, QWidget

from hazard_desk.books.plans.annex_entry import HEAD_FIELDS, head_values
from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.annex.plan import confirmed, left_out
from hazard_desk.rules.fields import Row
from ui.forms.record_form import RecordForm
from ui.plans.review_table import ReviewTable, about
from ui.style import ROOM
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

Finish = Callable[[Annex, Row], object]


class ReviewDialog(Dialog):
    """First the tasks, then what the plan is called; ``finish`` enters it or raises what it refuses."""

    def __init__(self, annex: Annex, issuer: str, today: date, finish: Finish, parent: QWidget) -> None:
        super().__init__("核对导入的分解表", parent)
        self._finish = finish
        self.table = ReviewTable(annex, self)
        self.form = RecordForm(HEAD_FIELDS, today, self)
        self.form.put(head_values(annex, issuer))
        self.total = label("", self, "soft", wrap=True)
        self.about = label("", self, "soft", wrap=True)
        self.problem = label("", self, "problem", wrap=True)
        self.problem.hide()
        self.confirm = button("确认这一项无误", self, self._confirm, "check")
        self.drop = button("不要这一项", self, self._drop, "remove")
        self.only = QCheckBox("只看存疑", self)
        self.steps = QStackedWidget(self)
        self.back = button("上一步", self, partial(self.turn, 0))
        self.on = button("下一步", self, self.go_on, role="primary")
        self.on.setDefault(True)
        self._set_out()
        self.table.changed.connect(self._tell)
        self.table.currentCellChanged.connect(self._tell)
        self.table.refused.connect(self._complain)
        self.only.toggled.connect(self._filter)
        self.turn(0)
        self._tell()
        self.take_room(1240, 660)

    def turn(self, step: int) -> None:
        """Show the tasks (0) or the plan's head (1)."""
        self.steps.setCurrentIndex(step)
        self.back.setVisible(step == 1)
        self.on.setText("启用方案" if step else "下一步")
        self._complain("")

    def go_on(self) -> None:
        """From the tasks to the head, from there into the desk."""
        if self.steps.currentIndex() == 0:
            self.turn(1)
            self.form.focus_first()
            return
        try:
            self._finish(self.table.annex, self.form.raw())
        except RefusedFields as refused:
            self.form.show_problems(refused.problems)
        except Refused as refused:
            shown = self.form.show_problems({refused.field: refused.message} if refused.field else {})
            self._complain("" if shown else refused.message)
        except Trouble as trouble:
            self._complain(trouble.message)
        else:
            self.accept()

    def _confirm(self) -> None:
        if (task := self.table.task()) is not None:
            self.table.change(partial(confirmed, number=task.number))

    def _drop(self) -> None:
        if (task := self.table.task()) is not None:
            self.table.change(partial(left_out, number=task.number))

    def _filter(self, only: bool) -> None:
        self.table.only_doubtful = only
        self.table.fill()
        self._tell()

    def _tell(self) -> None:
        annex = self.table.annex
        inherited = sum(len(task.inherited) for task in annex.tasks)
        doubtful = sum(bool(task.doubts) for task in annex.tasks)
        read = "、".join(name for names in annex.columns.values() for name in names)
        self.total.setText(
            f"{annex.found_in}，认出的栏目：{read}；没写年份的时限按{annex.year}年。"
            f"共{len(annex.tasks)}项任务，沿用上面的{inherited}格（蓝色），存疑{doubtful}项（黄色）。双击单元格修改。"
        )
        task = self.table.task()
        self.about.setText("" if task is None else f"第{task.number}项　{'　'.join(about(task))}")
        self.confirm.setEnabled(task is not None and bool(task.doubts))
        self.drop.setEnabled(task is not None)

    def _complain(self, sentence: str) -> None:
        say(self.problem, sentence)

    def _set_out(self) -> None:
        tasks = QWidget(self)
        first = down(self.total, Stretch(self.table), within=tasks)
        acts = across(self.only, Stretch(self.about), self.confirm, self.drop)
        first.addLayout(acts)
        head = QScrollArea(self)
        head.setWidgetResizable(True)
        head.setWidget(self.form)
        self.steps.addWidget(tasks)
        self.steps.addWidget(head)
        foot = across(Stretch(self.problem), Stretch(), button("取消", self, self.reject), self.back, self.on)
        down(Stretch(self.steps), foot, within=self, edges=ROOM, gap=12)
