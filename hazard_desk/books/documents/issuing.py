"""Issuing a paper: its number is drawn and entered; where it is a step of a hazard, the step is taken.

All of it is one act with one undo: the step is withdrawn then, and the number stays, voided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from hazard_desk.books.documents.book import DocumentRow, Documents
from hazard_desk.books.documents.doubts import Doubts, issued_despite
from hazard_desk.books.documents.kinds import DOCUMENT_KINDS, DocumentKind
from hazard_desk.books.documents.together import BESIDES, besides, goes_with, named_besides
from hazard_desk.books.enterprises import Enterprise, Enterprises
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.many import Named, named_hazards
from hazard_desk.books.hazards.step import HAPPENED_ON, Step
from hazard_desk.books.hazards.steps import STEPS, step_of_paper
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.many import ManyDone, do_each
from hazard_desk.books.rewards import RewardRow, Rewards
from hazard_desk.errors import Refused
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Field, Row, Value, absent, read_names
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of, names_of

_CALLED = names_of(Hazard.unit_name, Hazard.place, RewardRow.target, Enterprise.name)
"""Who a paper is addressed to: the first of these that its record has."""
_KIND = name_of(DocumentRow.kind)
SURE = "sure"
"""What the values of an issue hold where the clerk was asked about what is doubtful, and issues it."""
LETTERS = ("letter-remind", "letter-urge", "notice-reward")
"""Papers whose number stands in the record of rewards and penalties: one for each."""


def called_in_menu(step: Step) -> str:
    """Return what an entry of a menu calls a step; where a paper's issue is the step, it says so."""
    kind = kind_of_report(step.paper)
    if kind is None:
        return step.label
    issued = f"编发{kind.title}…"
    return issued if kind.title in step.label else f"{step.label}（{issued.rstrip('…')}）…"


def kind_of_report(report: str) -> DocumentKind | None:
    """Return the kind of document that a paper is issued as; None for one that is not issued."""
    return next((kind for kind in DOCUMENT_KINDS.values() if report and kind.report == report), None)


class Issuing:
    """Issues papers about records of the other books."""

    def __init__(
        self, cabinet: Cabinet, documents: Documents, hazards: Hazards, rewards: Rewards, doubts: Doubts
    ) -> None:
        self.cabinet = cabinet
        self._doubts = doubts
        self.documents = documents
        self.hazards = hazards
        self.rewards = rewards

    def fields(self, report: str) -> tuple[Field, ...]:
        """Return what the form for issuing a paper asks for: first what the step needs."""
        kind = kind_of_report(report)
        left = {_KIND} | ({name_of(DocumentRow.basis)} if kind and not kind.cites else set())
        own = [field for field in self.documents.entry_fields() if field.name not in left]
        step = step_of_paper(report)
        if step is None or step.number is None:
            return tuple(own)
        told = {name_of(step.number), HAPPENED_ON, "note"}
        asked = [field for field in step.fields if field.name not in told]
        return (*asked, *own)

    def known(self, report: str, title: str, record: Mapping[str, Value]) -> Row:
        """Return what the form begins with; ``title`` is that of a paper about no record."""
        step = step_of_paper(report)
        known = step.carried(dict(record)) if step else {}
        unit = next((record[name] for name in _CALLED if record.get(name)), "")
        if record:
            title = title if report == "notice-reward" else f"关于{unit}的{title}"
        else:
            unit = self.cabinet.setting("addressees")
        own = DocumentRow()
        own.title, own.addressee, own.issued_on = title, str(unit), self.cabinet.clock.today
        own.seq, own.copies, own.remark = None, "", ""
        own.basis = read_names(record.get(name_of(RewardRow.basis)))
        return known | own

    def besides(self, report: str, number: int) -> list[tuple[Hazard, bool]]:
        """Return the further hazards that a paper may hold, and of each whether it is proposed for it."""
        step = step_of_paper(report)
        if step is None or not step.shares:
            return []
        one = self.hazards.get(number)
        return [(row, goes_with(step, one, row)) for row in besides(self.hazards, step, one)]

    def doubts(
        self, report: str, values: Mapping[str, Value], ledger: str = "", number: int = 0
    ) -> list[str]:
        """Return what is doubtful of a paper that is to be issued so, a Chinese sentence each."""
        if ledger == self.hazards.id:
            others = named_besides(self.hazards, step_of_paper(report), number, values.get(BESIDES))
            return self._doubts.of_hazards(report, [number, *others], values)
        if ledger == self.rewards.id:
            return self._doubts.of_reward(number, values)
        return []

    def doubts_of_many(self, numbers: Sequence[Named], kind: str, values: Mapping[str, Value]) -> list[str]:
        """Return what is doubtful of a step of several hazards that is a paper."""
        ids = [number for number, _ in named_hazards(self.cabinet, numbers) if number]
        return self._doubts.of_hazards(STEPS[kind].paper, ids, values)

    def enter(self, values: Mapping[str, Value]) -> Change:
        """Enter a document in the register by hand, as ``Documents.add``.

        A notice that is a step of a hazard, and a letter of a record, are issued there: one that is entered
        without its old number is ``Refused`` with where to go.
        """
        kind = DOCUMENT_KINDS.get(str(values.get(_KIND) or ""))
        new = absent(values.get(name_of(DocumentRow.seq)))
        if kind is not None and new and (step_of_paper(kind.report) or kind.report in LETTERS):
            book = self.rewards if kind.report in LETTERS else self.hazards
            raise Refused(
                f"{kind.title}请在“{book.title}”中选中那条记录编发，文号、登记和文书一次完成；"
                "补登以前印发的，请填写原来的序号",
                _KIND,
            )
        return self.documents.add(values)

    def issue(
        self,
        report: str,
        values: Mapping[str, Value],
        ledger: str = "",
        number: int = 0,
        then: Callable[[str], None] = lambda drawn: None,
    ) -> Change:
        """Issue a paper about a record (none: about all); ``ids`` of the change has the document.

        Further hazards of the paper are named in ``values`` (``BESIDES``). What is doubtful of it
        (``doubts``) does not stand against it; where the clerk was asked (``SURE``), the act tells it.
        ``then`` is given the number within the act: where it fails, as where it is ``Refused`` because the
        paper is not issued, the letter has its number already, or the hazard may not take the step now, no
        number is drawn.
        """
        kind = kind_of_report(report)
        if kind is None:
            raise Refused("这种材料不编文号")
        record = f"{ledger}/{number}" if ledger else ""
        if report in LETTERS:
            self._refuse_second(kind, record)
        step = step_of_paper(report)
        besides = named_besides(self.hazards, step, number, values.get(BESIDES))
        told = self.doubts(report, values, ledger, number) if values.get(SURE) else []
        with self.cabinet.whole("documents.issue", self.documents.id) as act:
            made = self.documents.add({**values, _KIND: kind.title}, record, self._called(ledger, number))
            drawn = self.documents.get(made.ids[0])
            if step is not None and step.number is not None:
                self._step(step, number, values, drawn)
                for other in besides:
                    self._join(step, other, values, drawn)
            elif report in LETTERS:
                self.rewards.change(number, {name_of(RewardRow.number): drawn.number})
            then(drawn.number)
            act.done(f"编发 {drawn.number}《{drawn.title}》{issued_despite(told)}", *made.ids)
        return act.result

    def _step(self, step: Step, number: int, values: Mapping[str, Value], drawn: DocumentRow) -> Change:
        """Take the step that a paper is, with its number and day."""
        assert step.number is not None  # every step that is a paper has one
        facts = {**values, name_of(step.number): drawn.number, HAPPENED_ON: drawn.issued_on}
        return self.hazards.step(number, step.kind, facts)

    def _join(self, step: Step, number: int, values: Mapping[str, Value], drawn: DocumentRow) -> Change:
        """Let a further hazard take the step by the same document; what it is told so far it keeps.

        ``Refused`` names it: the form shows another one.
        """
        row = self.hazards.get(number)
        own = {name: value for name, value in step.carried(row).items() if _still(value, drawn.issued_on)}
        try:
            self._step(step, number, {**values, **own}, drawn)
        except Refused as wrong:
            raise Refused(f"{row.number}：{wrong.message}", BESIDES) from None
        return self.documents.also_about(drawn.id, f"{self.hazards.id}/{number}", row.number)

    def step_many(self, numbers: Sequence[Named], kind: str, values: Mapping[str, Value]) -> ManyDone:
        """Take the same step for several hazards, by id or number, in one act with one undo.

        Where the step is a paper, hazards that may share one get one number (those of one firm), each other
        a number of its own. Those that may not take it are told, the others take it. ``Refused`` where none
        does.
        """
        step, named = STEPS[kind], named_hazards(self.cabinet, numbers)
        paper = kind_of_report(step.paper)
        title = f"{quoted(step.label)}{{}}条隐患".format
        day = values.get(HAPPENED_ON) or self.cabinet.clock.today
        told = {name: value for name, value in values.items() if value not in (None, "", [])}
        told[name_of(DocumentRow.issued_on)] = day
        drawn: dict[tuple[str, ...], int] = {}

        def take(number: int) -> Change:
            if paper is None:
                return self.hazards.step(number, kind, values)
            row = self.hazards.get(number)
            sheet = step.sheet(row)
            if sheet in drawn:
                document = self.documents.get(drawn[sheet])
                self._step(step, number, {**step.carried(row), **told}, document)
                return self.documents.also_about(document.id, f"{self.hazards.id}/{number}", row.number)
            known = self.known(step.paper, paper.title, row)
            made = self.issue(step.paper, {**known, **told}, self.hazards.id, number)
            if sheet:
                drawn[sheet] = made.ids[0]
            return made

        return do_each(self.cabinet, self.hazards.id, "step_many", named, title, take)

    def _refuse_second(self, kind: DocumentKind, record: str) -> None:
        """A letter keeps the number it was given, until that is voided."""
        for first in self.documents.about_record(record, kind.report):
            raise Refused(
                f"这份{kind.title}已于{show_date(first.issued_on)}编发，文号是{first.number}；"
                "要重新编发，请先在发文登记中把它作废"
            )

    def _called(self, ledger: str, number: int) -> str:
        if ledger == self.hazards.id:
            return self.hazards.get(number).number
        if ledger == self.rewards.id:
            return self.rewards.name_of(self.rewards.get(number))
        if ledger == Enterprises.id:
            return self.cabinet.row(Enterprise, number).name
        return ""


def _still(value: Value, day: date) -> bool:
    """Whether what a hazard was told so far still holds on a day: a deadline that has passed does not."""
    return not absent(value) and not (isinstance(value, date) and value < day)
