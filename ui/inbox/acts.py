"""What a next step of the inbox opens: the form over the page, one for several lines where that is lawful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.books.hazards.begun import step_begins
from hazard_desk.books.hazards.step import HAPPENED_ON
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.plans.tables import TaskLogRow
from hazard_desk.errors import Refused, Trouble
from hazard_desk.figures.gaps import WITH_GAPS
from hazard_desk.figures.inbox.item import InboxItem, Opens
from hazard_desk.rules.fields import Field, Kind, Row, Value, absent
from hazard_desk.rules.wording import quoted
from hazard_desk.store.columns import name_of
from ui.forms.form_dialog import FormDialog, Save
from ui.office import Office
from ui.production import Production
from ui.together.acts import TogetherActs
from ui.trouble import show_refusal

_TOGETHER = (Opens.STEP, Opens.URGE)
"""What can be done for several lines at once."""


class InboxActs(QObject):
    """Takes next steps over ``over``. ``done`` tells that one was taken."""

    open_record = Signal(str)
    open_ledger = Signal(str, object)
    report_wanted = Signal(object)
    """The progress form of a day is to be sent."""
    copy_wanted = Signal()
    done = Signal()

    def __init__(self, office: Office, over: QWidget) -> None:
        super().__init__(over)
        self._office = office
        self._over = over
        self._desk = office.desk
        self._together: list[int] = []
        """The hazards that take a step together."""
        self._many = TogetherActs(office, office.desk.hazards, lambda: self._together, over, removes=False)
        self._many.done.connect(self.done)

    def take(self, items: Sequence[InboxItem]) -> None:
        """Take the next step of these lines."""
        first = items[0]
        if len(items) > 1 and (told := _apart(items)):
            self._office.notice(told)
            return
        try:
            self._take(first, items)
        except (Refused, Trouble) as error:
            show_refusal(error, self._over)

    def _take(self, first: InboxItem, items: Sequence[InboxItem]) -> None:
        match first.next.opens:
            case Opens.STEP:
                self._step(first.next.what, [item.number for item in items])
            case Opens.URGE:
                self._urge([_number(record) for item in items for record in item.records])
            case Opens.WORK:
                self._work(first.number, first.next.what)
            case Opens.DONE:
                self._tick(first)
            case Opens.FORM:
                self._form_of(first)
            case Opens.REPORT:
                self.report_wanted.emit(date.fromisoformat(first.next.what))
            case Opens.GAPS:
                self.open_ledger.emit(first.next.what, dict(WITH_GAPS))
            case Opens.COPY:
                self.copy_wanted.emit()
            case _:
                self.open_record.emit(first.record)

    def _step(self, kind: str, numbers: Sequence[int]) -> None:
        """The form of a step, filled with what the hazard knows; of several the one form for all."""
        hazards, step = self._desk.hazards, STEPS[kind]
        if len(numbers) > 1:
            self._together = list(numbers)
            self._many.take_step(step)
            return
        rows = self._office.read_now(partial(hazards.rows, numbers), self._over)
        if not rows:
            raise Refused("这条隐患已不存在，请刷新后再看")
        row = rows[0]
        save = partial(hazards.step, row.id, kind)
        values = step_begins(hazards, step, rows)
        self._form(f"{_called(row)}　{step.label}", step.fields_for(row.level), save, values, step.help)

    def _urge(self, numbers: Sequence[int]) -> None:
        """Letters to all these firms by one act, printed into one file."""
        change = self._desk.books.urging.urge_firms(numbers)
        self._office.announce(change)
        letters = partial(self._print_letters, change.ids)
        Production(self._office, "正在生成提醒函", letters, self._over).start()
        self.done.emit()

    def _print_letters(self, ids: Iterable[int]) -> Path:
        return self._desk.papers.print_many("letter-remind", [str(one) for one in ids])[0]

    def _work(self, number: int, part: str) -> None:
        tasks = self._desk.tasks
        save = partial(tasks.add_log, number, part=int(part) if part else None)
        values: Row = {name_of(TaskLogRow.happened_on): self._office.today}
        told = "登记“完成”后任务转为已完成；“重新开展”撤回完成。"
        row = self._office.read_now(partial(tasks.get, number), self._over)
        self._form(f"任务{row.number}　登记工作记录", tasks.log_fields, save, values, told)

    def _tick(self, item: InboxItem) -> None:
        duties = self._desk.duties
        save = partial(duties.tick, item.number, item.next.what)
        values: Row = {HAPPENED_ON: self._office.today}
        told = "写明哪天完成、怎样完成；有活动、检查记录的，打开后登记记录更好。"
        self._form(f"{item.title}　登记完成", duties.mark_fields, save, values, told)

    def _form_of(self, item: InboxItem) -> None:
        """The record's own form, the cursor in the field that says that it is done; today is proposed."""
        book = self._desk.books.ledger(item.ledger)
        row = self._office.read_now(partial(book.get, item.number), self._over)
        save = partial(book.change, item.number)
        fields, at, known = book.entry_fields(), item.next.what, dict(row)
        if absent(known[at]) and any(one.name == at and one.kind is Kind.DATE for one in fields):
            known[at] = self._office.today
        dialog = FormDialog(self._office, f"修改{book.noun}", fields, save, self._over, known, ledger=book)
        dialog.accepted.connect(self.done)
        dialog.open()
        dialog.begin_at(at)

    def _form(
        self, title: str, fields: Iterable[Field], save: Save, values: Mapping[str, Value], told: str
    ) -> None:
        dialog = FormDialog(self._office, title, fields, save, self._over, values, told, self._desk.hazards)
        dialog.accepted.connect(self.done)
        dialog.open()


def _apart(items: Sequence[InboxItem]) -> str:
    """Return why these cannot be taken together, '' when they can."""
    first = items[0].next
    if any((item.next.opens, item.next.what) != (first.opens, first.what) for item in items):
        return "" if _all_urge(items) else "选中的几行下一步不一样，请分开办"
    return "" if first.opens in _TOGETHER else f"{quoted(first.words)}只能一行一行办"


def _all_urge(items: Sequence[InboxItem]) -> bool:
    return all(item.next.opens is Opens.URGE for item in items)


def _called(row: Hazard) -> str:
    return " ".join(one for one in (row.number, row.unit_name, row.place) if one)


def _number(record: str) -> int:
    return int(record.partition("/")[2])
