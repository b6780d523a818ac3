"""The guide through a form of a month: its steps with how each stands, and the chosen one beside them."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from hazard_desk.books.submissions import Submissions
from hazard_desk.errors import Refused
from hazard_desk.figures.closing import (
    ClosingStep,
    MonthClosing,
    counted_before,
    day_to_fill,
    forms_to_close,
    month_closing,
    ways_to_count,
)
from hazard_desk.library.progress_forms import ProgressForm
from hazard_desk.rules.readings import next_due
from ui.figures.correction_dialog import CorrectionDialog
from ui.focus.reading_order import FROM_RIGHT
from ui.month.steps import TITLES, step_pages
from ui.office import Office
from ui.production import LongAct, LongWork
from ui.reader import Reader
from ui.style import BODY, ROOM, px, sized
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_LIST_WIDTH = 210


class Drafting(LongWork[Path]):
    """Writes files and draft and has the mail program open it; ``drafted`` tells what became of it."""

    drafted = Signal(str)

    def show_made(self, made: Path) -> None:
        opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(made)))
        told = "邮件草稿已打开，PDF和表格已加为附件，核对后发送即可。"
        other = "本机没有能打开邮件草稿的程序；用网页邮箱时，请把同一文件夹里的PDF和表格加为附件。"
        self.drafted.emit(f"{told if opened else other}草稿存为 {made}")


class MonthReader(Reader):
    """Reads where the month stands, anew after every change; ``read`` hands it on."""

    read = Signal(object)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self.form: ProgressForm | None = None
        self.day = office.today
        self.summed: str | None = None
        office.keep_true(self)

    def refresh(self) -> None:
        if self.form is not None:
            self._office.read_anew(partial(self._closing, self.form), self.read.emit, self)

    def _closing(self, form: ProgressForm) -> MonthClosing | str:
        desk = self._office.desk
        try:
            closing = month_closing(desk.books, desk.out, form, self.day, self.summed)
        except Refused as refused:
            return refused.message
        closing.first()  # what changed is compared here, not where it is shown
        return closing


class MonthDialog(Dialog):
    """Begins at the first step that asks for anything; Ctrl+Enter does what the step is for and goes on."""

    help_key = "forms"
    open_record = Signal(str)
    open_ledger = Signal(str, object)
    settings_wanted = Signal()

    def __init__(
        self,
        office: Office,
        parent: QWidget,
        form: ProgressForm | None = None,
        day: date | None = None,
    ) -> None:
        """``form`` and ``day`` are those to begin with; a day alone is one on which the form is due."""
        super().__init__("月报向导", parent)
        self._office = office
        self._day, self._chosen = day, form
        self.closing: MonthClosing | None = None
        self._begun = False
        self.forms = QComboBox(self)
        self.forms.setAccessibleName("调度表")
        self.by = QComboBox(self)
        self.by.setAccessibleName("统计方式")
        self.head = label("", self, "soft", wrap=True)
        self.list = QListWidget(self)
        sized(self.list, width=_LIST_WIDTH)
        self.list.setAccessibleName("步骤")
        self.problem = label("", self, "problem", wrap=True)
        self.said = label("", self, "soft", wrap=True)
        self.reader = MonthReader(office, self)
        self.stack = QStackedWidget(self.reader)
        self.pages = step_pages(office, self.stack)
        self.on_button = button("下一步", self, self.go_on, role="primary")
        self.on_button.setToolTip("Ctrl+Enter")
        self._set_out()
        self._offer(form)

    # What the clerk does

    def go_on(self) -> None:
        """Do what the step is for; where it is done or there is only to look, go to the next."""
        if self.closing is None:
            if self.reader.form is None:
                self.accept()
                self.settings_wanted.emit()
            return
        step = self.step
        if step is ClosingStep.SEND and not self.closing.sent:
            self.send()
        elif step is ClosingStep.DRAFT and self.closing.draft is None:
            self.make_draft()
        elif step is ClosingStep.FILED and self.closing.files:
            self.accept()
        elif step is ClosingStep.FILED:
            self.turn(self.closing.first())
        else:
            self.turn(self.closing.after(step))

    def turn(self, step: ClosingStep) -> None:
        """Show a step."""
        self.list.setCurrentRow(step)

    @property
    def step(self) -> ClosingStep:
        """The step that is seen."""
        return ClosingStep(max(self.list.currentRow(), 0))

    def send(self, reason: str = "") -> None:
        """Keep the form as it is sent, with its files; again only with a reason, which is asked for."""
        if self.closing is None:
            return
        stands = self.closing.standing
        if stands.same is not None and not reason:
            told = f"{self.head.text()}。{stands.told_same}。再次上报作为更正，以前报的仍然留存。"
            CorrectionDialog(told, stands.changes, self.send, self._office.today, self).open()
            return
        work = partial(self._office.desk.papers.send_form, stands.filled, reason)
        LongAct(self._office, "正在上报，并留存原样", work, self).start()

    def make_draft(self) -> None:
        """Write PDF and sheet as they were sent, and the draft of the e-mail with both."""
        same = self.closing.standing.same if self.closing else None
        if same is None or not same.number:
            say(self.problem, "还没有上报，上报以后才能做邮件草稿")
            return
        work = partial(self._office.desk.papers.draft_sent, same.number)
        drafting = Drafting(self._office, "正在准备邮件草稿", work, self)
        drafting.drafted.connect(self._drafted)
        drafting.start()

    # Inside

    def _offer(self, form: ProgressForm | None) -> None:
        found = self._office.read_now(partial(forms_to_close, self._office.desk.books), self.reader)
        if form is not None and form.id not in [one.id for one in found]:
            found = [form, *found]
        for one in found:
            self.forms.addItem(one.short, one)
        if form is not None:
            self.forms.setCurrentIndex([one.id for one in found].index(form.id))
        self.forms.setVisible(len(found) > 1)
        if not found:
            say(self.problem, "方案没有写明报哪张调度表，请先在“设置”里选“在用的调度表”。")
            self.on_button.setText("打开设置")
            self.by.hide()
            return
        self.forms.currentIndexChanged.connect(self._form_chosen)
        self.by.activated.connect(self._by_chosen)
        self._form_chosen()

    def _form_chosen(self) -> None:
        form = self.forms.currentData()
        books = self._office.desk.books
        self.reader.form = form
        self.reader.day = self._day_of(form)
        ways = self._office.read_now(partial(ways_to_count, books, self.reader.day), self.reader)
        before = self._office.read_now(partial(counted_before, books, form), self.reader)
        self.reader.summed = before if before in ways.values() else None
        self.by.clear()
        for words, way in ways.items():
            self.by.addItem(words, way)
        self.by.setCurrentIndex(list(ways.values()).index(self.reader.summed))
        self._begin_anew()

    def _day_of(self, form: ProgressForm) -> date:
        if self._day is None:
            return day_to_fill(form, self._office.today)
        return self._day if self._chosen else next_due(self._day, form.due_day, form.every)

    def _by_chosen(self) -> None:
        self.reader.summed = self.by.currentData()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._begun = False
        if self.reader.isVisible():  # else it reads when it is shown
            self.reader.refresh()

    def _show(self, read: MonthClosing | str) -> None:
        self.closing = read if isinstance(read, MonthClosing) else None
        say(self.problem, read if isinstance(read, str) else "")
        self.list.setEnabled(self.closing is not None)
        self.on_button.setEnabled(self.closing is not None)
        if self.closing is None:
            return
        filled = self.closing.standing.filled
        self.head.setText(f"{filled.form.short}　{filled.unit}　截至{filled.as_of}　{filled.reading}")
        was = self.step
        for step in ClosingStep:
            self.list.item(step).setText(f"{step + 1}　{TITLES[step]}\n　 {self.closing.told(step)}")
        goal = was
        if not self._begun:
            self._begun = True
            goal = self.closing.first()
        elif was in (ClosingStep.SEND, ClosingStep.DRAFT) and not self.closing.asks(was):
            goal = self.closing.after(was)
        if self.list.currentRow() == goal:
            self._show_step()
        else:
            self.turn(goal)

    def _turned(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self._show_step()

    def _show_step(self) -> None:
        if self.closing is not None:
            self.pages[self.step].show_closing(self.closing)
        self._name_button()

    def _name_button(self) -> None:
        if self.closing is None:
            return
        words = "下一步"
        if self.step is ClosingStep.SEND and not self.closing.sent:
            words = "更正重报" if self.closing.standing.same else "上报"
        elif self.step is ClosingStep.DRAFT and self.closing.draft is None:
            words = "做邮件草稿"
        elif self.step is ClosingStep.FILED:
            words = "完成" if self.closing.files else "回到该办的一步"
        self.on_button.setText(words)

    def _drafted(self, told: str) -> None:
        say(self.said, told)
        self.reader.refresh()

    def _look_at(self, record: str) -> None:
        self.accept()
        self.open_record.emit(record)

    def _look_through(self, ledger: str, where: object) -> None:
        self.accept()
        self.open_ledger.emit(ledger, where)

    def _sent_wanted(self, number: int) -> None:
        self._look_at(f"{Submissions.id}/{number}")

    def _set_out(self) -> None:
        for step in ClosingStep:
            made = QListWidgetItem(TITLES[step], self.list)
            made.setSizeHint(QSize(0, px(BODY * 2 + 26)))
            self.stack.addWidget(self.pages[step])
            self.pages[step].open_ledger.connect(self._look_through)
            self.pages[step].sent_wanted.connect(self._sent_wanted)
        self.list.currentRowChanged.connect(self._turned)
        self.reader.read.connect(self._show)
        top = across(Stretch(self.head), self.forms, self.by)
        foot = QWidget(self)
        foot.setProperty(FROM_RIGHT, True)
        across(button("关闭", self, self.reject), Stretch(), self.on_button, within=foot)
        across(self.list, Stretch(self.stack), within=self.reader, gap=ROOM)
        down(top, Stretch(self.reader), self.problem, self.said, foot, within=self, edges=ROOM, gap=12)
        self.problem.hide()
        self.said.hide()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.go_on)
        self.take_room(1000, 600, "month")
        self.on_button.setFocus()
