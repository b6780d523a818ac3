"""Issuing a paper: its number is drawn and entered; where it is a step of a hazard, the step is taken.

All of it is one act with one undo: the step is withdrawn then, and the number stays, voided.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hazard_desk.books.document_kinds import DOCUMENT_KINDS, DocumentKind
from hazard_desk.books.documents import Documents
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.rewards import Rewards
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Value
from hazard_desk.rules.steps import STEPS, StepKind
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet

_STEPS = {
    "notice-rectify": (StepKind.NOTICE_RECTIFY, "notice_number"),
    "notice-recheck": (StepKind.NOTICE_RECHECK, "recheck_number"),
    "notice-supervise": (StepKind.SUPERVISED, "supervision_number"),
}
"""Papers whose issue is a step of the hazard: the step, and its fact that is the number."""
_LETTERS = ("letter-remind", "letter-urge", "notice-reward")
"""Papers whose number stands in the record of rewards and penalties."""


def kind_of_report(report: str) -> DocumentKind | None:
    """Return the kind of document that a paper is issued as; None for one that is not issued."""
    return next((kind for kind in DOCUMENT_KINDS.values() if kind.report == report), None)


def step_of_report(report: str) -> StepKind | None:
    """Return the step of a hazard that issuing a paper is, None for a paper that is no step."""
    return _STEPS[report][0] if report in _STEPS else None


class Issuing:
    """Issues papers about records of the other books."""

    def __init__(self, cabinet: Cabinet, documents: Documents, hazards: Hazards, rewards: Rewards) -> None:
        self.cabinet = cabinet
        self.documents = documents
        self.hazards = hazards
        self.rewards = rewards

    def fields(self, report: str) -> tuple[Field, ...]:
        """Return what the form for issuing a paper asks for."""
        own = [field for field in self.documents.entry_fields() if field.name != "kind"]
        if report not in _STEPS:
            return tuple(own)
        kind, number = _STEPS[report]
        told = {number, "happened_on", "note"}
        step = [field for field in self.hazards.step_fields(kind) if field.name not in told]
        return (*own, *step)

    def known(self, report: str, title: str, record: Mapping[str, Value]) -> dict[str, Any]:
        """Return what the form begins with; ``title`` is that of a paper about no record."""
        step = step_of_report(report)
        known = {name: record[name] for name in STEPS[step].carries} if step else {}
        unit = record.get("unit_name") or record.get("place") or record.get("target", "")
        if record:
            title = title if report == "notice-reward" else f"关于{unit}的{title}"
        else:
            unit = self.cabinet.setting("addressees")
        own = {"title": title, "addressee": unit, "issued_on": self.cabinet.clock.today}
        return known | own | {"seq": None, "copies": "", "remark": ""}

    def issue(self, report: str, values: Mapping[str, Value], ledger: str = "", number: int = 0) -> Change:
        """Issue a paper about a record (none: about all); ``ids`` of the change has the document.

        Raises ``Refused`` when the paper is not issued, or the hazard may not take the step now; then no
        number is drawn.
        """
        kind = kind_of_report(report)
        if kind is None:
            raise Refused("这种材料不编文号")
        record = f"{ledger}/{number}" if ledger else ""
        about = self._called(ledger, number)
        with self.cabinet.whole("documents.issue", self.documents.id) as act:
            made = self.documents.add({**values, "kind": kind.title}, record, about)
            drawn = self.documents.get(made.ids[0])
            if report in _STEPS:
                step, fact = _STEPS[report]
                facts = {**values, fact: drawn["number"], "happened_on": drawn["issued_on"]}
                self.hazards.step(number, step, facts)
            elif report in _LETTERS:
                self.rewards.change(number, {"number": drawn["number"]})
            act.done(f"编发 {drawn['number']}《{drawn['title']}》", *made.ids)
        return act.result

    def _called(self, ledger: str, number: int) -> str:
        if ledger == self.hazards.id:
            return str(self.hazards.get(number)["number"])
        if ledger == self.rewards.id:
            return self.rewards.name_of(self.rewards.get(number))
        return ""
