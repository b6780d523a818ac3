"""The way to a desk: one that is known, a copy put back, the sample, or a new one, made step by step:
whose office, which plan, where to keep it, where its copies go."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hazard_desk.books.opening import OPENED_ON
from hazard_desk.books.settings import Settings
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.library.plans import Plan
from hazard_desk.rules.fields import Field, by_name, read_all
from hazard_desk.store.copies.restoring import remains
from hazard_desk.store.known_desks import KnownDesk, holds_desk
from hazard_desk.store.lock import person_logged_in
from hazard_desk.store.place import SAMPLE, refuse_bad_place
from ui.copies.places import WHY, SecondPlace
from ui.copies.restoring import WantedCopy, ask_for_more
from ui.focus.reading_order import FROM_RIGHT
from ui.forms.record_form import RecordForm
from ui.jobs import Failed, Jobs, Refusal
from ui.keys import DESKS
from ui.plans.from_file import PlanFromFile
from ui.plans.plan_list import PlanList, told
from ui.rescue.dialog import RescueDialog
from ui.style import ROOM, px
from ui.welcome.start import StartPage, Way
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay

_log = logging.getLogger(__name__)
_SIZE = QSize(680, 520)
_FRAME = 40
"""Pixels that the title of a window takes of the screen's height."""
START, OFFICE, PLAN, PLACE, COPIES, WORK = range(6)
_STEPS = {
    OFFICE: "第1步，共4步：本单位",
    PLAN: "第2步，共4步：执行哪个方案",
    PLACE: "第3步，共4步：存放在哪里",
    COPIES: "第4步，共4步：备份再放一份在哪里",
}
_FIELDS = _UNIT, _CLERK, _OPENED = [by_name(Settings.stated, name) for name in ("office", "clerk", OPENED_ON)]


class WelcomeDialog(Dialog):
    """Opens a desk, makes one, restores one, or shows the sample; when it is accepted, ``desk`` is open."""

    def __init__(
        self,
        folder: Path,
        today: date | None,
        parent: QWidget | None = None,
        jobs: Jobs | None = None,
        known: Sequence[KnownDesk] = (),
        here: Path | None = None,
    ) -> None:
        """``folder`` is for a new desk; ``known`` are to choose from; ``here`` is that of the open one."""
        super().__init__("隐患工作台", parent)
        self.desk: Desk | None = None
        self._folder = folder
        self._here = here
        self._today = today
        self._jobs = jobs or Jobs(self)
        self._working = False
        self.own: Plan | None = None
        """A plan that came from a file, in place of the chosen one."""
        self.form = RecordForm(_FIELDS, self._day(), self)
        self.form.put({_CLERK.name: person_logged_in(), _OPENED.name: self._day()})
        self.plans = PlanList(self)
        self.plans.setAccessibleName("方案")
        self._proposed_for = ""
        self.plans.itemDoubleClicked.connect(self.go_on)
        self.plans.itemClicked.connect(self._choose_bundled)
        self.from_file = PlanFromFile(self, self._jobs, self._day, self.take_plan, self._refuse)
        self.chosen = label("", self, "soft", wrap=True)
        self.place = QLineEdit(str(folder), self)
        self.place.setAccessibleName("存放位置")
        self.second = SecondPlace(folder, self)
        self.summary = label("", self, "soft", wrap=True)
        self.work = label("", self, wrap=True)
        self.problem = label("", self, "problem", wrap=True)
        self.step_name = label("", self, "heading")
        self.steps = QStackedWidget(self)
        self.start = self._start([one for one in known if one.folder != here])
        self._fill_steps()
        self._on = button("下一步", self, self.go_on, role="primary")
        self._on.setDefault(True)
        self._back = button("上一步", self, self.go_back)
        self._quit = button("取消" if here else "退出", self, self.reject)
        self._set_out()
        self.turn(START)
        self._fit(self.screen().availableSize())

    def _fit(self, room: QSize) -> None:
        """Be as large as is good to read, and never larger than the screen leaves room for."""
        self.resize(min(px(_SIZE.width()), room.width()), min(px(_SIZE.height()), room.height() - _FRAME))

    def turn(self, step: int) -> None:
        """Show one of the steps."""
        self.steps.setCurrentIndex(step)
        self.step_name.setText(_STEPS.get(step, ""))
        self.step_name.setVisible(step in _STEPS)
        self._back.setVisible(step in _STEPS)
        self._on.setVisible(step in _STEPS)
        self._on.setText("建立台账" if step == COPIES else "下一步")
        self._quit.setVisible(step != WORK)
        self.complain("")
        if step == COPIES:
            self._sum_up()
        if step == OFFICE:
            self.form.focus_first()
        elif step in (START, PLAN):
            (self.start if step == START else self.plans).setFocus()
        elif step in _STEPS:
            self._on.setFocus()

    def go_on(self) -> None:
        """To the next step when this one is done; from the last, make the desk."""
        step = self.steps.currentIndex()
        if step == OFFICE:
            try:
                self._opened()
            except RefusedFields as refused:
                self.form.show_problems(refused.problems)
                return
            self._propose_plan()
        if step == PLAN and self.plan is None:
            self.complain("请选择一个方案；没有本地的方案，可以从文件选择，也可以先选一个相近的，以后更换")
            return
        if step == COPIES:
            self.make()
        else:
            self.turn(step + 1)

    def go_back(self) -> None:
        """To the step before."""
        self.turn(self.steps.currentIndex() - 1)

    def _propose_plan(self) -> None:
        """Choose the plan of the office's place, anew only for another office."""
        if self._proposed_for != (unit := self._entered(_UNIT)) and self.own is None:
            self._proposed_for = unit
            self.plans.choose_for(unit)

    @property
    def plan(self) -> Plan | None:
        """The plan that the desk will work on."""
        return self.own or self.plans.chosen()

    def take_plan(self, plan: Plan) -> None:
        """Take a plan that came from a file."""
        self.complain("")
        self.own = plan
        self.plans.setCurrentRow(-1)
        self.chosen.setText(f"已选择：{plan.title}　{told(plan)}")

    def make(self) -> None:
        """Make the desk of what was entered."""
        plan = self.plan
        if plan is None:
            return
        folder = self._new_folder()
        self._open(partial(self._make, folder, plan), folder)

    def _make(self, folder: Path, plan: Plan) -> Desk:
        """Make the desk, and keep the second place of its copies; one that is no good can be chosen later."""
        desk = Desk.create(
            folder, plan, self._today, self._entered(_CLERK), self._entered(_UNIT), self._opened()
        )
        if self.second.place is not None:
            try:
                desk.copies.set_second(self.second.place)
            except (Refused, Trouble) as error:
                _log.warning("no second place: %s", error.message)
        return desk

    def _new_folder(self) -> Path:
        return Path(self.place.text().strip() or str(self._folder))

    def _entered(self, field: Field) -> str:
        return str(self.form.raw()[field.name])

    def _opened(self) -> date | None:
        """Return the day from which the desk is kept. Raises ``RefusedFields`` for a wrong form."""
        opened = read_all(_FIELDS, self.form.raw(), self._day())[_OPENED.name]
        if isinstance(opened, date) and opened > self._day():
            raise RefusedFields({_OPENED.name: "“起账日”不能晚于今天"})
        return opened if isinstance(opened, date) else None

    def open_folder(self, folder: Path) -> None:
        """Open the desk in a folder."""
        gone = next((one for one in self.start.desks.known if one.folder == folder and not one.there), None)
        if folder == self._here:
            self.complain("现在打开的就是这本台账")
        elif gone is not None and not remains(folder):
            self.complain(gone.missing)
        else:
            self._open(partial(Desk.open, folder, self._today), folder)

    def choose_copy(self) -> None:
        """Ask for the copy to restore."""
        file, _ = QFileDialog.getOpenFileName(self, "选择备份文件", "", "备份文件 (*.zip)")
        if file:
            self.restore(Path(file))

    def restore(self, copy: Path) -> None:
        """Put a copy back into the place for the desk and open it."""
        self._restore(WantedCopy(copy))

    def _restore(self, copy: WantedCopy) -> None:
        opens = partial(Desk.open, self._folder, self._today)
        failed = partial(self._not_restored, copy)
        self._run("正在从备份恢复，请稍候……", partial(copy.restore, self._folder), opens, failed)

    def _not_restored(self, copy: WantedCopy, error: Refusal | None) -> None:
        self._failed(None if ask_for_more(error, copy, self, self._restore) else error)

    def show_sample(self) -> None:
        """Open the sample desk beside the place for the own one; make it first where it is not there."""
        folder = self._folder.with_name(SAMPLE)
        if holds_desk(folder):
            self.open_folder(folder)
            return
        from hazard_desk.demo import make_demo  # its content and papers are heavy

        text = "正在制作示例台账：一个乡镇一年的记录，约需半分钟，请稍候……"
        self._run(text, partial(make_demo, folder, self._today), partial(Desk.open, folder, self._today))

    def choose_place(self) -> None:
        """Ask for the folder."""
        chosen = QFileDialog.getExistingDirectory(self, "选择存放台账的文件夹", self.place.text())
        if chosen:
            self.place.setText(str(Path(chosen)))

    def complain(self, sentence: str) -> None:
        """Say what is wrong, or that nothing is."""
        say(self.problem, sentence)

    def reject(self) -> None:
        """Leave, but not while something is being made."""
        if not self._working:
            super().reject()

    def _open(self, opens: Callable[[], Desk], folder: Path | None = None) -> None:
        """Open a desk; where one lies in ``folder`` that does not open, see what can be done about it."""
        try:
            self.desk = opens()
        except (Refused, Trouble) as error:
            if folder is not None and (holds_desk(folder) or remains(folder)):
                room = RescueDialog(folder, self._today, error.message, self, self._jobs)
                room.finished.connect(partial(self._rescued, room))
                room.open()
            else:
                self.complain(error.message)
        else:
            self.accept()

    def _rescued(self, room: RescueDialog, _: int) -> None:
        if room.desk is not None:
            self.desk = room.desk
            self.accept()

    def _run(
        self, text: str, work: Callable[[], object], opens: Callable[[], Desk], failed: Failed | None = None
    ) -> None:
        """Do long work beside the window, then open the desk that it made."""
        try:
            refuse_bad_place(self._folder)
        except Refused as error:
            self.complain(error.message)
            return
        self.turn(WORK)
        self.work.setText(text)
        self._working = True
        self._jobs.run(work, partial(self._worked, opens), self, failed or self._failed)

    def _worked(self, opens: Callable[[], Desk], result: object) -> None:
        self._working = False
        self.turn(START)
        self._open(opens)

    def _failed(self, error: Refusal | None) -> None:
        self._working = False
        self.turn(START)
        self._refuse(error)

    def _refuse(self, error: Refusal | None) -> None:
        self.complain(error.message if error else "")

    def _day(self) -> date:
        return self._today or date.today()

    def _choose_bundled(self) -> None:
        self.own = None
        self.chosen.setText("")

    def _sum_up(self) -> None:
        plan = self.plan
        title = plan.title if plan else ""
        told = {"单位": self._entered(_UNIT), "经办人": self._entered(_CLERK)}
        told |= {"起账日": self._entered(_OPENED), "方案": title}
        told["存放位置"] = str(self._new_folder())
        self.second.home = self._new_folder()
        self.summary.setText("\n".join(f"{name}：{text}" for name, text in told.items()))

    def _fill_steps(self) -> None:
        """Make the pages of the steps, before the buttons under them: Tab goes in that order."""
        makers = (self._office, self._plan, self._place, self._copies, self._work)
        for page in (self.start, *(make() for make in makers)):
            page.setProperty("role", "page")
            area = QScrollArea(self.steps)  # a small screen shows a part of it
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(page)
            self.steps.addWidget(area)

    def _set_out(self) -> None:
        foot = QWidget(self)
        foot.setProperty(FROM_RIGHT, True)  # from the last field Enter leads on, not out
        across(self._quit, Stretch(), self._back, self._on, within=foot)
        down(self.step_name, Stretch(self.steps), self.problem, foot, within=self, edges=ROOM, gap=12)

    def _page(self, *lines: str) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget(self)
        layout = down(within=page, gap=12)
        for line in lines:
            layout.addWidget(label(line, page, "soft", wrap=True))
        return page, layout

    def _start(self, known: Sequence[KnownDesk]) -> StartPage:
        ways: tuple[Way, ...] = (
            ("新建台账", "分四步：本单位、执行的方案、存放的位置、备份的位置。", partial(self.turn, OFFICE)),
            ("从备份恢复", "换了电脑，或台账损坏，用备份文件（.zip）恢复。", self.choose_copy),
            ("先看看示例", "虚构的一个乡镇一年的记录，随便试，不影响正式的台账。", self.show_sample),
        )
        page = StartPage(known, ways, self)
        page.opened.connect(self.open_folder)
        page.title.setText(DESKS.name if self._here else "欢迎使用隐患工作台")
        none = "这台电脑上还没有其他台账，请选择：" if self._here else "这里还没有台账，请选择："
        page.told.setText("请选择要打开的台账：" if known else none)
        return page

    def _office(self) -> QWidget:
        page, layout = self._page(
            "单位名称印在台账和报表上，经办人记在每一条办理记录上；起账日以前到期的工作不算逾期。以后都可以改。"
        )
        lay(layout, self.form, Stretch())
        return page

    def _plan(self) -> QWidget:
        page, layout = self._page(
            "方案里的任务、时限、领导小组和常态化工作会自动列入台账，以后可以修改、增加或更换。"
        )
        layout.addWidget(self.plans, 1)
        line = across(Stretch(self.chosen), button("从文件选择…", page, self.from_file.choose, "file"))
        layout.addLayout(line)
        return page

    def _place(self) -> QWidget:
        page, layout = self._page(
            "台账、附件和备份都存放在这个文件夹里。请放在本机硬盘上，不要放在同步盘或网络盘。"
        )
        line = across(Stretch(self.place), button("更改…", page, self.choose_place, "folder"))
        lay(layout, line, Stretch())
        return page

    def _copies(self) -> QWidget:
        page, layout = self._page(WHY)
        later = "现在没有合适的位置，可以直接点“建立台账”，以后在“备份与恢复”或“设置”里选。"
        lay(layout, self.second, label(later, page, "soft", wrap=True), Stretch(), self.summary)
        return page

    def _work(self) -> QWidget:
        page, layout = self._page()
        bar = QProgressBar(page)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        lay(layout, Stretch(), self.work, bar, Stretch())
        return page
