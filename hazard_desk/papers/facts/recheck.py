"""What a recheck notice can tell: how it answers each hazard of the rectification notice.

A notice that is printed again tells what was so when it was issued, whatever was done since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.papers.facts.hazard import facts_of_hazard
from hazard_desk.papers.facts.notices import facts_told, last_of, of_notice, until_number
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.hazard_words import taken_on, unit_of
from hazard_desk.papers.wording.facts import Each, PaperFacts, Tell, fact
from hazard_desk.rules.fields import Kind
from hazard_desk.store.columns import name_of

MENDED, NOT_MENDED, LONGER, WITH_OTHERS, REPORTED, NOT_YET, ANSWERED, DROPPED = (
    "整改完成",
    "未整改到位",
    "已延期",
    "已推送",
    "已报告整改",
    "未复查",
    "已答复",
    "已撤销",
)
"""How a recheck notice answers a hazard of its notice."""


@dataclass(frozen=True)
class _Answer:
    """What a recheck notice says of one hazard."""

    row: Hazard
    kind: str
    recheck: Event | None = None
    until: date | None = None
    on: date | None = None
    number: str = ""

    @property
    def passed(self) -> bool:
        """Whether its recheck found it mended."""
        return self.recheck is not None and self.recheck.kind == Steps.RECHECK_PASSED.kind

    @property
    def came_to(self) -> str:
        """As what it counts: one that was answered before, as what it was found to be then."""
        if self.kind != ANSWERED:
            return self.kind
        return MENDED if self.passed else NOT_MENDED


def recheck_facts(books: Books, order: Order) -> PaperFacts:
    """The recheck notice as it was issued, or as a draft of one for this hazard."""
    row = books.hazards.get(order.record) if order.record else Hazard()
    number = order.document.number if order.document else ""
    if not number and order.record:
        number = row.recheck_number if _is_answered(_line(books, row)) else ""
    line = until_number(_line(books, row), Steps.NOTICE_RECHECK, number) if order.record else []
    noticed = last_of(line, Steps.NOTICE_RECTIFY)
    notice = str(noticed.facts.get(name_of(Hazard.notice_number), "")) if noticed else ""
    issued = order.document.issued_on if order.document else taken_on(last_of(line, Steps.NOTICE_RECHECK))
    day = issued if number else books.today
    rows = of_notice(books, row, notice) if order.record else []
    answers = [_answer(books, one, number, day) for one in rows]
    came_to = [one.came_to for one in answers]
    left = [kind for kind in came_to if kind not in (MENDED, DROPPED)]

    def count(*kinds: str) -> Tell:
        return fact("条数", lambda: sum(kind in kinds for kind in came_to), Kind.INTEGER)

    return PaperFacts(
        {
            "文号": fact("文号", lambda: number),
            "单位": fact("单位", lambda: unit_of(row)),
            "出具日期": fact("出具日期", lambda: issued if number else None, Kind.DATE),
            "意见书文号": fact("意见书文号", lambda: notice),
            "意见书日期": fact("意见书日期", lambda: taken_on(noticed), Kind.DATE),
            "条数": fact("条数", lambda: len(answers), Kind.INTEGER),
            "整改完成条数": count(MENDED),
            "未整改到位条数": count(NOT_MENDED),
            "延期条数": count(LONGER),
            "其他条数": count(WITH_OTHERS, REPORTED, NOT_YET, DROPPED),
            "全部整改完成": fact("全部整改完成", lambda: bool(answers) and not left, Kind.BOOL),
            "答复": Each(
                lambda: _answer_facts(books, _Answer(Hazard(), "")),
                lambda: (_answer_facts(books, one) for one in answers),
            ),
        }
    )


def _line(books: Books, row: Hazard) -> list[Event]:
    return books.hazards.course(row.id)


def _is_answered(line: Sequence[Event]) -> bool:
    last = last_of(line, Steps.RECHECK_PASSED, Steps.RECHECK_FAILED, Steps.NOTICE_RECHECK)
    return last is not None and last.kind == Steps.NOTICE_RECHECK.kind


def _answer(books: Books, row: Hazard, number: str, day: date | None) -> _Answer:
    """Return what the recheck notice of this number, or a draft, says of a hazard of its notice."""
    whole = _line(books, row)
    line = until_number(whole, Steps.NOTICE_RECHECK, number) if number else whole
    if line == whole and day is not None:
        line = [event for event in whole if event.happened_on <= day]
    noticed = last_of(line, Steps.NOTICE_RECTIFY)
    since = line[line.index(noticed) + 1 :] if noticed else line
    told = facts_told(row, line)
    if (gone := last_of(since, Steps.VOIDED, Steps.MERGED)) and gone is since[-1]:
        return _Answer(told, DROPPED)
    own = last_of(line, Steps.NOTICE_RECHECK)
    last = last_of(since, Steps.RECHECK_PASSED, Steps.RECHECK_FAILED)
    earlier = str(own.facts.get(name_of(Hazard.recheck_number), "")) if own and own in since else ""
    if own and earlier not in ("", number) and (last is None or since.index(last) < since.index(own)):
        return _Answer(told, ANSWERED, last, on=taken_on(own), number=earlier)
    return _by_what_followed(told, since, last)


def _by_what_followed(told: Hazard, since: Sequence[Event], recheck: Event | None) -> _Answer:
    """Return the answer by the recheck, or without one by what happened since the notice."""
    if recheck is not None:
        after = since[since.index(recheck) :]
        if recheck.kind == Steps.RECHECK_PASSED.kind:
            return _Answer(told, MENDED, recheck)
        longer = last_of(after, Steps.EXTENDED)
        until = longer.said.deadline if longer else _term(told, recheck)
        return _Answer(told, NOT_MENDED, recheck, until)
    handed = last_of(since, Steps.HANDED_OVER, Steps.ESCALATED, Steps.SENT_BACK)
    if handed and handed.kind != Steps.SENT_BACK.kind:
        return _Answer(told, WITH_OTHERS, on=taken_on(handed))
    if done := last_of(since, Steps.RECTIFIED):
        return _Answer(told, REPORTED, on=taken_on(done))
    if longer := last_of(since, Steps.EXTENDED):
        return _Answer(told, LONGER, until=longer.said.deadline, on=taken_on(longer))
    return _Answer(told, NOT_YET, until=told.deadline)


def _term(told: Hazard, recheck: Event) -> date | None:
    """Until when a refused hazard is to be rectified; None where its deadline had, or may have, passed."""
    on = taken_on(recheck)
    return told.deadline if on and told.deadline and told.deadline > on else None


def _answer_facts(books: Books, one: _Answer) -> PaperFacts:
    said = one.recheck.said if one.recheck else Hazard()
    return PaperFacts(
        {
            **facts_of_hazard(books, one.row).tells,
            "结果": fact("结果", lambda: one.kind),
            "复查日期": fact("复查日期", lambda: taken_on(one.recheck), Kind.DATE),
            "复查人": fact("复查人", lambda: said.get(name_of(Hazard.rechecked_by), []), Kind.NAMES),
            "复查结论": fact("复查结论", lambda: said.get(name_of(Hazard.recheck_finding), "")),
            "复查通过": fact("复查通过", lambda: one.passed, Kind.BOOL),
            "新时限": fact("新时限", lambda: one.until, Kind.DATE),
            "日期": fact("日期", lambda: one.on, Kind.DATE),
            "答复文号": fact("答复文号", lambda: one.number),
        }
    )
