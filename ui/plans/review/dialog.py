"""The plan as it was read, beside its document, before anything is entered: look it over, put it right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QSplitter, QStackedWidget, QTabWidget, QWidget

from hazard_desk.books.plans.annex_entry import HEAD_FIELDS, head_values
from hazard_desk.books.plans.tasks import Tasks
from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.annex.columns import NO_HEADING
from hazard_desk.library.prose.review import Review
from hazard_desk.rules.fields import Row
from ui.forms.record_form import RecordForm
from ui.jobs import Jobs
from ui.plans.review.about_task import AboutTask
from ui.plans.review.course import ReviewCourse
from ui.plans.review.document_view import DocumentView
from ui.plans.review.duties import FoundDutyList
from ui.plans.review.lines import PaperLine
from ui.plans.review.losses import Losses
from ui.plans.review.rest import RestOfPlan, rest_count
from ui.plans.review.tasks import TaskTable
from ui.style import ROOM
from ui.tones import AMBER, BLUE, GREEN, GREY, Tone
from ui.widgets.ask import ask
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

Finish = Callable[[Annex, Row], object]
_TASKS, _DUTIES, _REST = range(3)
_LEGEND = (("任务", BLUE), ("责任和时限", GREEN), ("标题、小组等", GREY))


class ReviewDialog(Dialog):
    """First document and tasks, then the plan's head; ``finish`` enters it or raises what it refuses."""

    help_key = Tasks.id

    def __init__(
        self,
        review: Review,
        lines: list[PaperLine],
        issuer: str,
        today: date,
        finish: Finish,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        """``lines`` are those of the document (``paper_lines``)."""
        super().__init__("核对导入的方案", parent)
        self._finish, self._issuer = finish, issuer
        self.course = ReviewCourse(review, jobs, self)
        self.paper = DocumentView(review, lines, self)
        self.losses = Losses(review, self)
        self.table = TaskTable(self.course, self)
        self.about = AboutTask(self)
        self.duties = FoundDutyList(self.course, self)
        self.rest = RestOfPlan(self)
        self.form = RecordForm(HEAD_FIELDS, today, self)
        self.form.put(head_values(review.annex, issuer))
        self.form.ask_all()
        self._make_words()
        self._make_acts()
        self._set_out()
        self._connect()
        self._tell()
        self.turn(0)
        self._show_task()
        self.take_room(1880, 1040)
        self.table.setFocus()

    @property
    def review(self) -> Review:
        """The review as it stands now."""
        return self.course.review

    def turn(self, step: int) -> None:
        """Show document and tasks (0) or the plan's head (1)."""
        self.steps.setCurrentIndex(step)
        self.back.setVisible(step == 1)
        self.undo.setVisible(step == 0)
        self.on.setText("启用方案" if step else "下一步")
        self.on.setDefault(step == 1)
        self._complain("")

    def go_on(self) -> None:
        """From the tasks to the head, from there into the desk."""
        if self.steps.currentIndex() == 0:
            self.turn(1)
            self.form.focus_first()
            return
        try:
            self._finish(self.review.outcome, self.form.raw())
        except RefusedFields as refused:
            self.form.show_problems(refused.problems)
        except Refused as refused:
            shown = self.form.show_problems({refused.field: refused.message} if refused.field else {})
            self._complain("" if shown else refused.message)
        except Trouble as trouble:
            self._complain(trouble.message)
        else:
            self.accept()

    def reject(self) -> None:
        """Close; what was put right is not thrown away unasked."""
        if self.course.can_go_back:
            text = "核对、修改过的内容还没有启用，关闭后不会保留。"
            ask(self, "还没有启用", text, "关闭", "继续核对", super().reject)
        else:
            super().reject()

    def next_side(self, by: int = 1) -> None:
        """Put the focus on the next part: document, what was not used, tasks."""
        shown = (self.table, self.duties, self.rest)[self.tabs.currentIndex()]
        parts = [part for part in (self.paper, self.losses.list, shown) if part.isVisible()]
        here = next((at for at, part in enumerate(parts) if part.hasFocus()), -1 if by > 0 else 0)
        parts[(here + by) % len(parts)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _place_chosen(self, place: int, row: int, start: int) -> None:
        number = self.review.task_at(place, row, start)
        if number is not None:
            self.course.choose(number)

    def _to_task(self) -> None:
        self.tabs.setCurrentIndex(_TASKS)
        self.table.setFocus()

    def _show_task(self) -> None:
        """Show the chosen task below the table and in the document."""
        task = self.course.task
        self.about.show_task(self.review, task)
        self.confirm.setEnabled(task is not None and bool(task.doubts))
        self.drop.setEnabled(task is not None)
        if task is not None:
            self.paper.mark(task.origins, move=not self.paper.hasFocus())

    def _filter(self, only: bool) -> None:
        self.table.rows.show_doubtful(only)

    def _changed(self) -> None:
        self.paper.show_used(self.review)
        self.losses.show_review(self.review)
        self._tell()
        self._show_task()

    def _tell(self) -> None:
        review, annex = self.review, self.review.annex
        doubtful = sum(bool(task.doubts) for task in annex.tasks)
        inherited = sum(len(task.inherited) for task in annex.tasks)
        said = f"{annex.found_in}，没写年份的时限按{annex.year}年。" if annex.found_in else f"{NO_HEADING}。"
        lost = f"有{review.lost}处修改在重新读取后对不上任务，没有保留。" if review.lost else ""
        counts = f"共{len(annex.tasks)}项任务"
        counts += f"，存疑{doubtful}项（黄色）" if doubtful else "，没有存疑"
        counts += f"，沿用上面的{inherited}格（蓝色）。" if inherited else "。"
        self.total.setText(f"{said}{counts}{lost}")
        wanted = sum(review.wants(duty) for duty in review.duties)
        self.tabs.setTabText(_TASKS, f"任务（{len(annex.tasks)}）")
        self.tabs.setTabText(_DUTIES, f"常态化工作（{wanted}/{len(review.duties)}）")
        self.tabs.setTabText(_REST, f"小组和阶段（{rest_count(annex)}）")
        self.rest.show_annex(annex)
        self.only.setEnabled(bool(doubtful) or self.only.isChecked())
        self.undo.setEnabled(self.course.can_go_back)

    def _complain(self, sentence: str) -> None:
        say(self.problem, sentence)

    def _make_words(self) -> None:
        self.total = label("", self, "soft", wrap=True)
        self.problem = label("", self, "problem", wrap=True)
        self.problem.hide()
        told = "打勾的列入常态化工作，到期提醒；不打勾的不列入。按空格键打勾或取消。"
        self.of_duties = label(told, self, "soft", wrap=True)

    def _make_acts(self) -> None:
        self.only = QCheckBox("只看存疑", self)
        self.confirm = button("确认这一项无误", self, self.table.confirm, "check")
        self.confirm.setToolTip("Ctrl+Enter")
        self.drop = button("不要这一项", self, self.table.leave_out, "remove")
        self.drop.setToolTip("Delete")
        self.undo = button("撤销上一步", self, self.course.go_back, "undo")
        self.undo.setToolTip("Ctrl+Z")
        self.back = button("上一步", self, partial(self.turn, 0))
        self.on = button("下一步", self, self.go_on, role="primary")
        self.leave = button("取消", self, self.reject)
        for keys, act in (
            ("F6", self.next_side),
            ("Shift+F6", partial(self.next_side, -1)),
            ("Ctrl+S", self.go_on),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self._go_back)

    def _go_back(self) -> None:
        if self.steps.currentIndex() == 0:
            self.course.go_back()

    def _connect(self) -> None:
        self.course.changed.connect(self._changed)
        self.course.chosen.connect(self._show_task)
        self.course.refused.connect(self._complain)
        self.paper.placed.connect(self._place_chosen)
        self.paper.entered_place.connect(self._to_task)
        self.losses.gone_to.connect(self.paper.go_to)
        self.losses.told.connect(self.course.tell)
        self.only.toggled.connect(self._filter)

    def _set_out(self) -> None:
        self.steps = QStackedWidget(self)
        sides = _split(Qt.Orientation.Horizontal, (self._document_side(), 4), (self._task_side(), 5))
        sides.setHandleWidth(ROOM // 2)
        review = QWidget(self)
        down(self.total, Stretch(sides), within=review)
        head = QScrollArea(self)
        head.setWidgetResizable(True)
        named = QWidget(head)
        told = label("方案的名称、文号和日期印在材料上，启用后也可以修改。", named, "soft", wrap=True)
        down(told, self.form, Stretch(), within=named)
        head.setWidget(named)
        self.steps.addWidget(review)
        self.steps.addWidget(head)
        foot = across(Stretch(self.problem), Stretch(), self.undo, self.leave, self.back, self.on)
        down(Stretch(self.steps), foot, within=self, edges=ROOM, gap=12)

    def _document_side(self) -> QWidget:
        side = QWidget(self)
        legend = across(label("原文", side, "heading"), Stretch(), *(_sample(*one, side) for one in _LEGEND))
        legend.addWidget(_bar("没有用到", side))
        halves = _split(Qt.Orientation.Vertical, (self.paper, 3), (self.losses, 1))
        halves.setSizes([460, 190])
        down(legend, Stretch(halves), within=side, gap=6)
        return side

    def _task_side(self) -> QWidget:
        self.tabs = QTabWidget(self)
        tasks, duties = QWidget(self), QWidget(self)
        halves = _split(Qt.Orientation.Vertical, (self.table, 3), (self.about, 1))
        halves.setSizes([420, 180])
        acts = across(self.only, Stretch(), self.confirm, self.drop)
        down(Stretch(halves), acts, within=tasks, edges=(0, 6, 0, 0))
        down(self.of_duties, Stretch(self.duties), within=duties, edges=(0, 6, 0, 0))
        for page in (tasks, duties, self.rest):
            self.tabs.addTab(page, "")
        return self.tabs


def _split(way: Qt.Orientation, *parts: tuple[QWidget, int]) -> QSplitter:
    """Return parts beside or above each other, each with its share of the room that is left."""
    made = QSplitter(way)
    made.setChildrenCollapsible(False)
    for place, (part, share) in enumerate(parts):
        made.addWidget(part)
        made.setStretchFactor(place, share)
    return made


def _sample(name: str, tone: Tone, parent: QWidget) -> QLabel:
    """A word on the ground that means it."""
    made = label(name, parent, "small")
    made.setStyleSheet(f"background: {tone.ground}; {_word()}")
    return made


def _bar(name: str, parent: QWidget) -> QLabel:
    """The mark beside a line, and what it means."""
    made = label(f"▌{name}", parent, "small")
    made.setStyleSheet(f"color: {AMBER.ink}; {_word()}")
    return made


def _word() -> str:
    return "padding: 2px 6px"
