"""What can be done with several records of a ledger at once, each act one transaction with one undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.books.documents.book import DocumentRow, Documents
from hazard_desk.books.hazards.begun import step_begins
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.course import steps_open_to
from hazard_desk.books.hazards.step import HAPPENED_ON, Step
from hazard_desk.books.kit.ledger import AnyLedger, Ledger
from hazard_desk.books.kit.many import ManyDone, ManyTried, RowRefusal
from hazard_desk.rules.fields import Field, Row
from hazard_desk.rules.states import MAJOR
from hazard_desk.stopping import Tell
from hazard_desk.store.columns import name_of
from hazard_desk.store.files import safe_name
from ui.office import NoticeLook, Office
from ui.production import LongProduction, LongWork, Production, free_name
from ui.together.form import TogetherForm
from ui.together.refusals_dialog import RefusalsDialog
from ui.widgets.ask import ask

if TYPE_CHECKING:
    from hazard_desk.papers.catalogue import Report

_LOOKED_AT = 20
"""So many of the chosen records are asked which papers they have."""


@dataclass(frozen=True)
class Open:
    """What the chosen records may do: each step with how many may take it, and the papers."""

    steps: list[tuple[Step, int]]
    papers: list[Report]


class TogetherActs(QObject):
    """The acts on the records that ``chosen`` tells at the moment."""

    done = Signal()
    """What was asked for by a form was done with some of them, or all."""

    def __init__(
        self, office: Office, ledger: AnyLedger, chosen: Callable[[], list[int]], over: QWidget, removes: bool
    ) -> None:
        super().__init__(over)
        self.office, self.ledger, self.removes = office, ledger, removes
        self._chosen, self._over = chosen, over

    def look_up(self, then: Callable[[Open], object]) -> None:
        """Find out beside the window what the chosen records may do."""
        self.office.read(partial(self._open_to, self._chosen()), then, self)

    def _open_to(self, ids: Sequence[int]) -> Open:
        steps: list[tuple[Step, int]] = []
        if isinstance(self.ledger, Hazards):
            steps = steps_open_to(self.ledger.rows(ids))
        papers: dict[str, Report] = {}
        about = self.office.desk.papers.about
        for number in ids[:_LOOKED_AT]:
            papers |= {report.id: report for report in about(self.ledger.id, number)[0]}
        return Open(steps, list(papers.values()))

    @property
    def fields(self) -> list[Field]:
        """The fields of which one can be changed in all of them."""
        return [field for field in self.ledger.entry_fields() if not field.sensitive]

    def take_step(self, step: Step) -> None:
        """Open the one form by which all take a step, once is read what it begins with."""
        ids = self._chosen()
        self.office.read(partial(self._beginning, step, ids), partial(self._ask_step, step, ids), self)

    def _beginning(self, step: Step, ids: Sequence[int]) -> tuple[Sequence[Field], Row]:
        """Return what is asked of all of them, and what stands in the form at first."""
        desk = self.office.desk
        rows = desk.hazards.rows(ids)
        fields = step.fields_for(MAJOR if any(row.level == MAJOR for row in rows) else "")
        if step.paper and step.number is not None:
            told = desk.books.issuing.fields(step.paper)
            fields = (next(one for one in fields if one.name == HAPPENED_ON), *told)
        return fields, step_begins(desk.hazards, step, rows)

    def _ask_step(self, step: Step, ids: list[int], read: tuple[Sequence[Field], Row]) -> None:
        shared = "同一家单位的写在一份文书里，用同一个文号。" if step.shares else ""
        told = f"一张表单办{len(ids)}条，不能办的逐条写明原因，其余照办，一次撤销。{shared}"
        desk = self.office.desk
        self._ask(
            step.label,
            read[0],
            partial(self._step_all, step, ids),
            read[1],
            f"{step.help}\n{told}".strip(),
            desk.documents if step.paper else self.ledger,
            partial(desk.books.issuing.doubts_of_many, ids, step.kind) if step.paper else None,
        )

    def _step_all(self, step: Step, ids: list[int], values: Row) -> ManyDone:
        return self.office.desk.books.issuing.step_many(ids, step.kind, values)

    def change_field(self, field: Field) -> None:
        """Open the form that gives one field of all of them a value."""
        ids = self._chosen()
        self._ask(
            f"改“{field.label}”",
            [replace(field, since="")],
            lambda values: self.ledger.change_many({number: dict(values) for number in ids}),
            {},
            f"{len(ids)}条都改成这里填写的内容，不能改的逐条写明原因，其余照改，一次撤销。",
        )

    def void(self) -> None:
        """Ask why the documents are voided."""
        ids = self._chosen()
        documents = self.office.desk.documents
        reason = name_of(DocumentRow.void_reason)
        self._ask(
            "作废",
            documents.void_fields,
            lambda values: documents.void_many(ids, str(values[reason])),
            {},
            f"作废{len(ids)}件，文号保留，不再使用。",
        )

    def remove(self) -> None:
        """Ask whether all of them are to be deleted."""
        ids = self._chosen()
        text = f"要删除选中的{len(ids)}条{self.ledger.noun}吗？删除后可用“撤销上一步”恢复。"
        work = partial(self.ledger.remove_many, ids)
        go = partial(ManyWork, self.office, "正在删除…", work, self._over)
        ask(self._over, "删除", text, "删除", "不删除", lambda: go().start())

    def export(self) -> None:
        """Write them to a spreadsheet."""
        ids, desk, ledger = self._chosen(), self.office.desk, self.ledger
        day = self.office.today.isoformat()
        to = free_name(desk.out / f"{ledger.title}-{day}（{len(ids)}条）.xlsx")
        make = partial(desk.sheets.export, ledger.id, to, None, ids)
        Production(self.office, f"正在导出{len(ids)}条", make, self._over).start()

    def print_all(self, report: Report, ending: str = "") -> None:
        """Print a paper about each of them: a file each in that format, or one PDF for all without one."""
        ids, papers = self._chosen(), self.office.desk.papers
        numbers = [str(number) for number in ids]
        name = f"{report.title}（{len(numbers)}条）-{self.office.today.isoformat()}"
        to = free_name(self.office.desk.out / safe_name(name, "" if ending else ".pdf"))
        left: dict[str, str] = {}

        def make(tell: Tell) -> Path:
            if ending:
                left.update(papers.print_each(report.id, numbers, to, ending, tell)[1])
                return to
            file, refused = papers.print_many(report.id, numbers, to, tell)
            left.update(refused)
            return file

        work = LongProduction(self.office, f"正在打印{report.title}", make, self._over)
        work.made.connect(partial(self._tell_left, report.title, ids, left))
        work.start()

    def _tell_left(self, title: str, ids: Sequence[int], left: dict[str, str]) -> None:
        """Show which of them have no such paper, and why."""
        if not left:
            return
        self.office.notice(f"{len(left)}条没有{title}，已印其余的", NoticeLook.FAILED)
        names = {str(row.id): self.ledger.name_of(row) for row in self.ledger.rows(list(map(int, left)))}
        refused = tuple(RowRefusal(int(one), names.get(one, one), why) for one, why in left.items())
        done = tuple(one for one in ids if str(one) not in left)
        RefusalsDialog(f"打印{title}", ManyTried(done, refused), self._over).open()

    def _ask(
        self,
        what: str,
        fields: Sequence[Field],
        do: Callable[[Row], ManyDone],
        values: Row,
        help: str,
        offers: Ledger | None = None,
        doubts: Callable[[Row], list[str]] | None = None,
    ) -> None:
        """``offers`` is the book whose entries are offered, where it is not that of the records."""
        title = f"{what}：{self.ledger.noun}{len(self._chosen())}条"
        of = offers or self.ledger
        form = TogetherForm(self.office, title, fields, do, self._over, values, help, of, doubts)
        form.finished_with.connect(partial(self._told, what))
        form.open()

    def _told(self, what: str, made: ManyDone) -> None:
        tell_refused(self.office, what, made, self._over)
        self.done.emit()


def tell_refused(office: Office, what: str, made: ManyDone, over: QWidget) -> None:
    """Show which records were refused; a sentence of success does not stand alone then."""
    if made.refused:
        office.notice(f"{made.change.title}；{len(made.refused)}条没有办成", NoticeLook.FAILED)
        RefusalsDialog(what, made, over).open()


class ManyWork(LongWork[ManyDone]):
    """An act on many records beside the window; what was refused is told after it."""

    stoppable = False
    much = True

    def show_made(self, made: ManyDone) -> None:
        """Tell everybody of the act, and the clerk of what was refused."""
        self._office.announce(made.change)
        tell_refused(self._office, made.change.title, made, self._over)


def can_void(ledger: AnyLedger) -> bool:
    """Whether records of a ledger are voided with a reason instead of deleted."""
    return isinstance(ledger, Documents)
