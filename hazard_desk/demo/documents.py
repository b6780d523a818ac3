"""The documents that the sample office issues: notices and letters draw their numbers as they are made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hazard_desk.books.document_kinds import SERIES, place_of_issuer
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.issuing import kind_of_report
from hazard_desk.demo.content import load_book
from hazard_desk.demo.origins import SampleAct
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.store.columns import Record

_LETTERS = {"提醒函": "letter-remind", "督办函": "letter-urge"}
_OWN_LEVEL = "乡镇级"


def set_patterns(desk: Desk) -> None:
    """Mark every document number as a sample; set to whom papers for all usually go."""
    place = place_of_issuer(desk.plans.current().issuer)
    patterns = {series.setting: f"{series.pattern(place)}（示例）" for series in SERIES.values()}
    desk.settings.change({**patterns, "addressees": "各村、各科室、乡属各单位"})


def take_step(desk: Desk, hazard: int, kind: str, values: Row) -> None:
    """Take a step of a hazard; where a paper of the office's own goes with it, the paper is issued."""
    report = STEPS[kind].paper
    if not report or values.get("supervision_level", _OWN_LEVEL) != _OWN_LEVEL:
        desk.hazards.step(hazard, kind, values)
    else:
        told = {**values, "issued_on": values["happened_on"]}
        _issue(desk, report, desk.hazards.get(hazard), desk.hazards.id, told)


def add_reward(desk: Desk, row: Row) -> int:
    """Enter a reward or penalty and return its id; a letter is issued with it."""
    number = desk.rewards.add(row).ids[0]
    made = desk.rewards.get(number)
    if made.kind in _LETTERS:
        _issue(desk, _LETTERS[made.kind], made, desk.rewards.id, {"issued_on": made.happened_on})
    return number


def _issue(desk: Desk, report: str, record: Record, ledger: str, values: Row) -> None:
    kind = kind_of_report(report)
    assert kind is not None  # every paper named here is issued
    known = desk.books.issuing.known(report, kind.title, record)
    desk.books.issuing.issue(report, known | values, ledger, record.id)


def document_acts(desk: Desk) -> Iterator[SampleAct]:
    """Yield the other documents, each with its day, and the one that was voided."""
    for row in load_book(desk.documents.id)["rows"]:
        day, reason, voided = row.pop("on"), row.pop("void", ""), row.pop("void_on", None)
        kept: list[int] = []
        yield day, partial(_enter, desk, {"issued_on": day, **row}, kept)
        if voided:
            yield voided, partial(_void, desk, kept, reason)


def _enter(desk: Desk, row: Row, kept: list[int]) -> None:
    kept.extend(desk.documents.add(row).ids)


def _void(desk: Desk, kept: list[int], reason: str) -> None:
    desk.documents.void(kept[0], reason)
