"""What papers about all can tell of the year's checks: the plan, the caps, and whom to look after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.checks.plans import CheckPlanRow
from hazard_desk.books.enterprises import GRADES, Enterprise
from hazard_desk.figures.check_overview import AGAIN, LONG, FirmChecks, Overview
from hazard_desk.figures.check_overview import check_overview as overview_on
from hazard_desk.papers.wording.facts import Each, One, PaperFacts, Thing, fact, facts_of_row
from hazard_desk.rules.fields import Kind
from hazard_desk.store.columns import computed, declared, field_of


def check_overview_facts(books: Books, day: date) -> Thing:
    """Return 检查一览: the lists as of ``day``."""
    found = cache(lambda: overview_on(books, day))
    return Thing(lambda: _facts(found()))


def _facts(found: Overview) -> PaperFacts:
    cited = dict.fromkeys(one.cap.cited for one in found.firms if one.cap)
    exempt = dict.fromkeys(kind for one in found.firms if one.cap for kind in one.cap.exempt)
    insured = found.insurance
    lists = {
        "没查的": _checked(found.unchecked),
        "很久没查的": _checked(found.long_unchecked),
        "屡罚未改的": Each(lambda: _firm(Enterprise()), lambda: (_again(*one) for one in found.again)),
        "没有安责险的": Each(lambda: _firm(Enterprise()), lambda: map(_firm, found.uninsured)),
    }
    counted = {f"{name}家数": _counted(f"{name}家数", each) for name, each in lists.items()}
    return PaperFacts(
        {
            **lists,
            **counted,
            "年度": fact("年度", lambda: found.day.year, Kind.INTEGER),
            "计划": Each(lambda: _planned(CheckPlanRow()), lambda: map(_planned, found.planned)),
            "计划家次": fact("计划家次", lambda: len(found.planned), Kind.INTEGER, "家次"),
            "已检查": fact("已检查", lambda: found.done, Kind.INTEGER, "家次"),
            "额度依据": fact("额度依据", lambda: "；".join(cited)),
            "已用完": fact("已用完", lambda: len(found.at_cap), Kind.INTEGER, "家"),
            "额度": Each(lambda: _firm(Enterprise()), lambda: _caps(found)),
            "不计入的": fact("不计入的", lambda: "、".join(exempt)),
            "检查类型叫法": fact("检查类型叫法", lambda: field_of(CheckRow.kind).label),
            "没有等级的按": fact("没有等级的按", lambda: GRADES[-1]),
            "多久没查": fact("多久没查", lambda: LONG, Kind.INTEGER, "天"),
            "屡罚次数": fact("屡罚次数", lambda: AGAIN, Kind.INTEGER, "次"),
            "安责险依据": fact("安责险依据", lambda: insured.cited if insured else ""),
        }
    )


def _counted(name: str, each: Each) -> One:
    return fact(name, lambda: sum(1 for _ in each.items()), Kind.INTEGER, "家")


def _planned(row: CheckPlanRow) -> PaperFacts:
    return PaperFacts(facts_of_row((*declared(CheckPlanRow), *computed(CheckPlanRow)), row))


def _firm(
    firm: Enterprise,
    last: date | None = None,
    counted: int = 0,
    most: int = 0,
    left: int = 0,
    penalties: int = 0,
    hazards: int = 0,
) -> PaperFacts:
    """A firm with how it was checked and punished."""
    return PaperFacts(
        {
            **facts_of_row(declared(Enterprise), firm),
            "最近一次检查": fact("最近一次检查", lambda: last, Kind.DATE),
            "今年已检查": fact("今年已检查", lambda: counted, Kind.INTEGER, "次"),
            "每年额度": fact("每年额度", lambda: most, Kind.INTEGER, "次"),
            "还可检查": fact("还可检查", lambda: left, Kind.INTEGER, "次"),
            "一年内处罚": fact("一年内处罚", lambda: penalties, Kind.INTEGER, "次"),
            "未销号隐患": fact("未销号隐患", lambda: hazards, Kind.INTEGER, "处"),
        }
    )


def _caps(found: Overview) -> Iterator[PaperFacts]:
    for one in found.firms:
        if one.cap and one.counted:
            yield _firm(one.firm, one.last, one.counted, one.cap.most, one.left or 0)


def _checked(firms: Sequence[FirmChecks]) -> Each:
    return Each(lambda: _firm(Enterprise()), lambda: (_firm(one.firm, one.last) for one in firms))


def _again(firm: Enterprise, penalties: int, hazards: int) -> PaperFacts:
    return _firm(firm, penalties=penalties, hazards=hazards)
