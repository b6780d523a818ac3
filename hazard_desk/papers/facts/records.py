"""What a paper can tell of the records of the other books: their fields, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import DIAGNOSED, CheckRow, FindingRow
from hazard_desk.books.rewards import OF_PERSON, REPORT_REWARD, RewardRow
from hazard_desk.papers.facts.firm import firm_facts, id_or_none
from hazard_desk.papers.wording.facts import Each, One, PaperFacts, Tell, Thing, fact, facts_of_row, told_fact
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.store.columns import computed, declared, field_of, names_of

_INFORMANT = "举报人"
_NAMED_FIRST, _NAMED_MOST = 3, 6
_SIGN_LEAST, _SIGN_MOST = 17, 300
"""Lines to sign on: as many as came, at least so many, at most so many."""


def activity_facts(books: Books, number: int) -> PaperFacts:
    """Return the facts of a piece of work, of none for 0."""
    row = books.activities.get(number) if number else ActivityRow()
    lines = min(max(row.attendance or 0, _SIGN_LEAST), _SIGN_MOST)
    signing = Each(lambda: PaperFacts({}), lambda: (PaperFacts({}) for _ in range(lines)))
    firms = fact("主要涉及单位", lambda: _mainly(row.firms))
    held = fact("已开展", lambda: bool(row.held_on and row.held_on <= books.today), Kind.BOOL)
    more: dict[str, Tell] = {"签到行": signing, "主要涉及单位": firms, "已开展": held}
    return PaperFacts({**facts_of_row(declared(ActivityRow), row), **more})


def _mainly(names: Sequence[str]) -> str:
    """Return the names of a few, of many the first with their count: 甲、乙、丙等37家."""
    if len(names) <= _NAMED_MOST:
        return "、".join(names)
    return f"{'、'.join(names[:_NAMED_FIRST])}等{len(names)}家"


def reward_facts(books: Books, number: int) -> PaperFacts:
    """Return the facts of a reward or penalty, of none for 0; who is rewarded for a tip is not told."""
    row = books.rewards.get(number) if number else RewardRow()
    masks = names_of(RewardRow.informant, RewardRow.informant_call)
    fields = [one for one in (*declared(RewardRow), *computed(RewardRow)) if one.name not in masks]
    whom = field_of(RewardRow.target)
    return PaperFacts(
        {
            **facts_of_row(fields, row),
            field_of(RewardRow.amount).label: One(_amount(books, row), lambda: row.amount),
            whom.label: One(whom, lambda: _INFORMANT if row.kind == REPORT_REWARD else row.target),
            "公开称呼": fact("公开称呼", lambda: _in_public(row)),
            "单位": Thing(lambda: firm_facts(books, id_or_none(row.enterprise_id))),
        }
    )


def _amount(books: Books, row: RewardRow) -> Field:
    """The amount with the unit that the type of the record has."""
    field = field_of(RewardRow.amount)
    return replace(field, unit=books.rewards.unit_of(field, row))


def _in_public(row: RewardRow) -> str:
    """Return how a publication calls whom a record is about: a person by the surname only."""
    if row.kind == REPORT_REWARD:
        return _INFORMANT
    named = row.target_kind == OF_PERSON and row.target
    return f"{row.target[:1]}某" if named else row.target


def check_facts(books: Books, number: int) -> PaperFacts:
    """Return the facts of a check, of each of its findings and of what is ticked, of none for 0."""
    check = books.checks.get(number) if number else CheckRow()
    ticked = [field for field in declared(CheckRow) if field.kind is Kind.BOOL]
    told = _is_told(check, ticked)
    return PaperFacts(
        {
            **facts_of_row(declared(CheckRow), check),
            "名称": fact("名称", lambda: books.checks.name_of(check) if number else ""),
            "单位": Thing(lambda: firm_facts(books, id_or_none(check.enterprise_id))),
            "有结果": fact("有结果", lambda: told, Kind.BOOL),
            "发现的问题": Each(lambda: _finding(FindingRow(), ""), lambda: _findings(books, number)),
            "检查事项": Each(
                lambda: _ticked(ticked[0], ""),
                lambda: (_ticked(field, field.show(check[field.name]) if told else "") for field in ticked),
            ),
        }
    )


def _is_told(check: CheckRow, ticked: Sequence[Field]) -> bool:
    """Whether anybody said what a check found: of one that is only entered nothing is claimed."""
    if "id" not in check:
        return False
    said = check.situation or check.diagnosis in DIAGNOSED or check.findings
    return bool(said) or any(check[one.name] for one in ticked)


def _findings(books: Books, number: int) -> Iterator[PaperFacts]:
    found = books.checks.findings(number) if number else []
    hazards = books.hazards.rows([row.hazard_id for row in found if row.hazard_id])
    numbers = {row.id: row.number for row in hazards}
    for row in found:
        yield _finding(row, numbers.get(row.hazard_id, "") if row.hazard_id else "—")


def _finding(row: FindingRow, hazard: str) -> PaperFacts:
    """What was found; — for the number of the hazard where it is registered as none."""
    return PaperFacts({**facts_of_row(declared(FindingRow), row), "隐患编号": told_fact("隐患编号", hazard)})


def _ticked(field: Field, shown: str) -> PaperFacts:
    return PaperFacts({"事项": told_fact("事项", field.label), "是否存在": told_fact("是否存在", shown)})
