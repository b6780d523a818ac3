"""Issuing a paper: its number is drawn and entered; where it is a step of a hazard, the step is taken.

All of it is one act with one undo: the step is withdrawn then, and the number stays, voided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hazard_desk.books.documents.book import DocumentRow, Documents
from hazard_desk.books.documents.kinds import DOCUMENT_KINDS, DocumentKind
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.many import Named, named_hazards
from hazard_desk.books.hazards.step import HAPPENED_ON, Step
from hazard_desk.books.hazards.steps import STEPS, step_of_paper
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.many import ManyDone, do_each
from hazard_desk.books.rewards import RewardRow, Rewards
from hazard_desk.errors import Refused
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Field, Row, Value, absent
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of, names_of

_CALLED = names_of(Hazard.unit_name, Hazard.place, RewardRow.target)
"""Who a paper is addressed to: the first of these that its record has."""
_KIND = name_of(DocumentRow.kind)
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

    def __init__(self, cabinet: Cabinet, documents: Documents, hazards: Hazards, rewards: Rewards) -> None:
        self.cabinet = cabinet
        self.documents = documents
        self.hazards = hazards
        self.rewards = rewards

    def fields(self, report: str) -> tuple[Field, ...]:
        """Return what the form for issuing a paper asks for: first what the step needs."""
        own = [field for field in self.documents.entry_fields() if field.name != _KIND]
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
        return known | own

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
        about = self._called(ledger, number)
        with self.cabinet.whole("documents.issue", self.documents.id) as act:
            made = self.documents.add({**values, _KIND: kind.title}, record, about)
            drawn = self.documents.get(made.ids[0])
            step = step_of_paper(report)
            if step is not None and step.number is not None:
                facts = {**values, name_of(step.number): drawn.number, HAPPENED_ON: drawn.issued_on}
                self.hazards.step(number, step.kind, facts)
            elif report in LETTERS:
                self.rewards.change(number, {name_of(RewardRow.number): drawn.number})
            then(drawn.number)
            act.done(f"编发 {drawn.number}《{drawn.title}》", *made.ids)
        return act.result

    def step_many(self, numbers: Sequence[Named], kind: str, values: Mapping[str, Value]) -> ManyDone:
        """Take the same step for several hazards, by id or number, in one act with one undo.

        Where the step is a paper, each gets a number of its own. Those that may not take it are told, the
        others take it. ``Refused`` where none does.
        """
        step, named = STEPS[kind], named_hazards(self.cabinet, numbers)
        paper = kind_of_report(step.paper)
        title = f"{quoted(step.label)}{{}}条隐患".format

        def take(number: int) -> Change:
            if paper is None:
                return self.hazards.step(number, kind, values)
            known = self.known(step.paper, paper.title, self.hazards.get(number))
            day = values.get(HAPPENED_ON) or self.cabinet.clock.today
            told = {name: value for name, value in values.items() if value not in (None, "")}
            dated = {name_of(DocumentRow.issued_on): day}
            return self.issue(step.paper, {**known, **told, **dated}, self.hazards.id, number)

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
        return ""
