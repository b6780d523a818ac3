"""The documents that the sample office issues: notices and letters draw their numbers as they are made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.documents.issuing import LETTERS, kind_of_report
from hazard_desk.books.documents.kinds import DOCUMENT_KINDS, SERIES, place_of_issuer
from hazard_desk.books.hazards.step import HAPPENED_ON
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.rewards import RewardRow
from hazard_desk.demo.content import load_rows, taken
from hazard_desk.demo.course import SampleStep
from hazard_desk.demo.origins import SampleAct
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.store.columns import Record, name_of

_OWN_LEVEL = "乡镇级"
_DUTY = "《中华人民共和国安全生产法》第四十一条第二款"
"""What every notice may cite: hazards are to be found and removed."""


def set_patterns(desk: Desk) -> None:
    """Mark every document number as a sample; set to whom papers for all usually go."""
    place = place_of_issuer(desk.plans.current().issuer)
    patterns = {series.setting: f"{series.pattern(place)}（示例）" for series in SERIES.values()}
    desk.settings.change({**patterns, "addressees": "各村、各科室、乡属各单位"})


def take_step(desk: Desk, hazard: int, step: SampleStep) -> None:
    """Take a step of a hazard; where a paper of the office's own goes with it, the paper is issued."""
    report = STEPS[step.kind].paper
    if not report or (step.facts.supervision_level or _OWN_LEVEL) != _OWN_LEVEL:
        desk.hazards.step(hazard, step.kind, {HAPPENED_ON: step.day, **step.values})
    else:
        _issue(desk, report, desk.hazards.get(hazard), desk.hazards.id, step.day, step.values)


def add_reward(desk: Desk, row: RewardRow) -> int:
    """Enter a reward or penalty and return its id; a letter is issued with it."""
    number = desk.rewards.add(row).ids[0]
    letter = DOCUMENT_KINDS.get(row.kind)
    if letter and letter.report in LETTERS:
        _issue(desk, letter.report, desk.rewards.get(number), desk.rewards.id, row.happened_on, {})
    return number


def _issue(desk: Desk, report: str, record: Record, ledger: str, day: date, values: Row) -> None:
    kind = kind_of_report(report)
    assert kind is not None  # every paper named here is issued
    known = desk.books.issuing.known(report, kind.title, record)
    told = {**known, **values, name_of(DocumentRow.issued_on): day}
    if kind.cites and not told[name_of(DocumentRow.basis)]:
        told[name_of(DocumentRow.basis)] = [_DUTY]
    desk.books.issuing.issue(report, told, ledger, record.id)


def document_acts(desk: Desk) -> Iterator[SampleAct]:
    """Yield the other documents, each with its day, and the one that was voided."""
    for told in load_rows(desk.documents.id)["rows"]:
        day, reason = taken(told, "on", date.min), taken(told, "void", "")
        voided = taken(told, "void_on", date.max)
        row = DocumentRow(told)
        row.issued_on = row.issued_on or day
        kept: list[int] = []
        yield day, partial(_enter, desk, row, kept)
        if reason:
            yield voided, partial(_void, desk, kept, reason)


def _enter(desk: Desk, row: DocumentRow, kept: list[int]) -> None:
    kept.extend(desk.documents.add(row).ids)


def _void(desk: Desk, kept: list[int], reason: str) -> None:
    desk.documents.void(kept[0], reason)
