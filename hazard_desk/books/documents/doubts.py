"""What is asked before a paper is issued: who checked, with which certificate, on what basis.

Nothing of it forbids the paper. What is asked and issued all the same is told in the act.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hazard_desk.books.checks.book import Checks
from hazard_desk.books.checks.law import uncertified
from hazard_desk.books.documents.articles import unchecked
from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.documents.kinds import DOCUMENT_KINDS
from hazard_desk.books.documents.together import besides
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.law import rechecked_by_another
from hazard_desk.books.hazards.steps import Steps, step_of_paper
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.rewards import REPORT_REWARD, Rewards
from hazard_desk.books.tips import TRUE, Tips
from hazard_desk.rules.fields import Value, read_names
from hazard_desk.rules.identifiers import person
from hazard_desk.rules.states import INSPECTED, MAJOR, REPORTED
from hazard_desk.store.columns import name_of

_STOP, _ACCEPTANCE = "notice-stop", "notice-acceptance"


def issued_despite(doubts: Sequence[str]) -> str:
    """Return how an act tells what was doubtful: （仍然编发：检查人只有甲一人）; '' for nothing."""
    return f"（仍然编发：{'；'.join(doubts)}）" if doubts else ""


class Doubts:
    """Asks the books what is doubtful of a paper."""

    def __init__(self, hazards: Hazards, checks: Checks, tips: Tips, rewards: Rewards) -> None:
        self.hazards = hazards
        self.checks = checks
        self.tips = tips
        self.rewards = rewards

    def of_hazards(self, report: str, numbers: Sequence[int], values: Mapping[str, Value]) -> list[str]:
        """Return what is doubtful of a paper about these hazards, a Chinese sentence each, none twice."""
        step = step_of_paper(report)
        rows = self.hazards.rows(numbers)
        found: list[str] = []
        if any(kind.cites for kind in DOCUMENT_KINDS.values() if kind.report == report):
            found += self._basis(rows, values)
            for row in rows:
                found += self._begun(row)
        if step is Steps.SUPERVISED and any(row.level != MAJOR for row in rows):
            found.append("挂牌督办的不是重大隐患")
        if report == _STOP:
            found.append("停产停业由依法有权的部门决定，请核对本单位是否有授权或者委托")
        if report == _ACCEPTANCE and any(row.rechecked_on is None for row in rows):
            found.append("没有登记复查结果")
        if step is Steps.NOTICE_RECHECK:
            for row in rows:
                found += _rechecked(row)
            found += self._unanswered(rows)
        return list(dict.fromkeys(found))

    def of_reward(self, number: int, values: Mapping[str, Value]) -> list[str]:
        """Return what is doubtful of a letter about a record of rewards and penalties."""
        row = self.rewards.get(number)
        found = []
        if not row.basis and not _basis(values):
            found.append("没有写明依据")
        if row.kind == REPORT_REWARD and not row.amount:
            found.append("没有填写奖励金额，文书上留空" if row.amount is None else "奖励金额是0元")
        return found

    def _basis(self, rows: Sequence[Hazard], values: Mapping[str, Value]) -> Iterator[str]:
        cited = _basis(values)
        if not cited:
            yield "没有选依据条款，文书里不写具体条款"
        for article in unchecked(self.hazards.cabinet, cited):
            yield f"{article}还没有与原文核对（待核）"
        for row in rows:
            if row.level == MAJOR and not row.criterion:
                yield f"重大隐患{row.number}没有判定依据"

    def _begun(self, row: Hazard) -> Iterator[str]:
        """What is doubtful of how a hazard was found, by its source."""
        if not row.unit_name:
            yield f"隐患{row.number}没有单位名称，主送写的是隐患部位"
        if row.source == INSPECTED:
            check = next(iter(self.checks.rows([row.check_id])), None) if row.check_id else None
            people = check.inspectors if check else row.inspectors
            yield from _few(people, "检查人")
            if check is None or not check.badges:
                yield "没有登记检查人员的证件号"
            if people and row.found_on:
                yield from uncertified(self.hazards.cabinet, people, row.found_on)
        elif row.source == REPORTED:
            tip = next(iter(self.tips.rows([row.tip_id])), None) if row.tip_id else None
            if tip is None or tip.verified not in TRUE:
                yield f"隐患{row.number}来自群众举报，没有登记核查结果"

    def _unanswered(self, rows: Sequence[Hazard]) -> Iterator[str]:
        """Which hazards of the same notice the recheck notice answers without a recheck of them."""
        named = {row.id for row in rows}
        for row in rows[:1]:
            left = [one for one in besides(self.hazards, Steps.NOTICE_RECHECK, row) if one.id not in named]
            if left:
                yield f"同一份限期整改意见书里还有{len(left)}条已复查的没有选上"


def _basis(values: Mapping[str, Value]) -> list[str]:
    return read_names(values.get(name_of(DocumentRow.basis)))


def _few(people: Sequence[str], called: str) -> Iterator[str]:
    """A check or recheck is the work of two."""
    if not people:
        yield f"没有登记{called}"
    elif len(set(map(person, people))) < 2:
        yield f"{called}只有{people[0]}一人，应有两人以上"


def _rechecked(row: Hazard) -> Iterator[str]:
    yield from _few(row.rechecked_by, "复查人")
    if not rechecked_by_another(row):
        yield f"隐患{row.number}由整改人自己复查"
