"""What a paper about all can tell of a span of days: its figures, its records, its tables and its chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.books.rewards import RewardRow
from hazard_desk.figures.rates import HazardProgress, percent, progress_by
from hazard_desk.figures.summary import Summary, major_rectified, summary
from hazard_desk.papers.facts.figure_tables import late_table, months_chart, progress_table, slowest
from hazard_desk.papers.facts.hazard import facts_of_hazard
from hazard_desk.papers.model import Block
from hazard_desk.papers.wording.facts import Each, One, PaperFacts, Put, Tell, Thing, fact, facts_of_row
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.readings import Span
from hazard_desk.rules.tasks import TaskStatus
from hazard_desk.store.columns import computed, declared, field_of, name_of

_BEGINNING = ("动员部署", "印发文件")
"""The kinds of work with which a campaign begins."""


def span_facts(books: Books, name: str, span: Span) -> PaperFacts:
    """Return the facts of the days of ``span``, called ``name``, as the ledgers know them for its last."""
    read = cache(lambda: summary(books, span.first, span.last))
    tells: dict[str, Tell] = {
        "名称": fact("名称", lambda: name),
        "年份": fact("年份", lambda: span.last.year, Kind.INTEGER),
        "开始日期": fact("开始日期", lambda: span.first, Kind.DATE),
        "截止日期": fact("截止日期", lambda: span.last, Kind.DATE),
        **hazards_told(lambda: read().span),
        "累计": Thing(lambda: PaperFacts(hazards_told(lambda: read().whole))),
        "此前有隐患": fact("此前有隐患", lambda: read().whole.found != read().span.found, Kind.BOOL),
        "缺项说明": fact("缺项说明", lambda: read().untold),
        "滞后科室": fact("滞后科室", lambda: slowest(read())),
        "各来源": Each(lambda: _progress(None), lambda: map(_progress, _by_source(books, span))),
        "逾期隐患": Each(
            lambda: facts_of_hazard(books, Hazard()),
            lambda: (facts_of_hazard(books, one) for one in read().late),
        ),
        "各月图": Put("各月排查和整改隐患的柱状图", lambda: _chart(read())),
        "各行业领域": Put(
            "各行业领域情况的表格",
            lambda: [progress_table("行业领域", read().by_sector, read().span)],
        ),
        "各责任科室": Put(
            "各责任科室情况的表格",
            lambda: [progress_table("责任科室", read().by_office, read().span)],
        ),
        "逾期隐患表": Put("逾期未整改隐患的表格", lambda: [late_table(read())] if read().late else []),
        **_work(books, span, read),
        **_tasks(books, span.last),
    }
    return PaperFacts(tells)


def number(label: str, unit: str, value: Callable[[], float]) -> One:
    """Return a figure with its unit; one that is whole is told without decimals."""
    return fact(label, value, Kind.NUMBER, unit)


def hazards_told(read: Callable[[], HazardProgress]) -> dict[str, Tell]:
    """Return the figures of hazards found within some days."""
    return {
        "排查隐患": number("排查隐患", "处", lambda: read().found),
        "重大隐患": number("重大隐患", "处", lambda: read().major),
        "已整改": number("已整改", "处", lambda: read().rectified),
        "未整改": number("未整改", "处", lambda: read().found - read().rectified),
        "重大已整改": number("重大已整改", "处", lambda: major_rectified(read())),
        "重大未整改": number("重大未整改", "处", lambda: read().major - major_rectified(read())),
        "逾期未整改": number("逾期未整改", "处", lambda: read().overdue),
        "整改率": fact("整改率", lambda: percent(read().rectified_rate)),
        "按期整改率": fact("按期整改率", lambda: percent(read().on_time_rate)),
    }


def _by_source(books: Books, span: Span) -> list[HazardProgress]:
    return progress_by(books, field_of(Hazard.source), span)


def _progress(one: HazardProgress | None) -> PaperFacts:
    told = one or HazardProgress("", (), date.min)
    return PaperFacts({"来源": fact("来源", lambda: told.name), **hazards_told(lambda: told)})


def _chart(told: Summary) -> list[Block]:
    some = any(month.found or month.rectified for month in told.months)
    return [months_chart(told)] if some else []


def _work(books: Books, span: Span, read: Callable[[], Summary]) -> dict[str, Tell]:
    """What was done besides: checks, penalties, supervision, public reports, work, praise and blame."""

    def done(*kinds: str) -> Iterator[PaperFacts]:
        asked = {name_of(ActivityRow.held_on): f"{span.first}..{span.last}"}
        for row in books.activities.select(Query(where=asked, sort=name_of(ActivityRow.held_on))):
            if not kinds or row.kind in kinds:
                yield PaperFacts(facts_of_row(declared(ActivityRow), row))

    like = PaperFacts(facts_of_row(declared(ActivityRow), ActivityRow()))

    return {
        "检查次数": number("检查次数", "次", lambda: read().checks),
        "检查单位数": number("检查单位数", "家", lambda: read().checked_units),
        "处罚起数": number("处罚起数", "起", lambda: read().penalties),
        "罚款": number("罚款", "万元", lambda: read().penalty_sum),
        "挂牌督办": number("挂牌督办", "处", lambda: read().supervised),
        "督办验收": number("督办验收", "处", lambda: read().accepted),
        "举报件数": number("举报件数", "件", lambda: read().tips),
        "举报属实": number("举报属实", "件", lambda: read().tips_true),
        "奖励起数": number("奖励起数", "起", lambda: read().rewards),
        "奖励金额": number("奖励金额", "元", lambda: read().reward_sum),
        "工作次数": number("工作次数", "次", lambda: sum(read().activities.values())),
        "各类工作": _counts("类型", "次", lambda: list(read().activities.items())),
        "开展的工作": Each(lambda: like, done),
        "动员部署": Each(lambda: like, lambda: done(*_BEGINNING)),
        "表扬": _rewards(lambda: read().commended),
        "批评": _rewards(lambda: read().criticised),
    }


def _counts(label: str, unit: str, read: Callable[[], Iterable[tuple[str, int]]]) -> Each:
    """Each kind of thing with how many there are."""

    def one(name: str = "", count: int = 0) -> PaperFacts:
        return PaperFacts({label: fact(label, lambda: name), "数量": number("数量", unit, lambda: count)})

    return Each(one, lambda: (one(name, count) for name, count in read()))


def _rewards(read: Callable[[], list[RewardRow]]) -> Each:
    def one(row: RewardRow) -> PaperFacts:
        told = facts_of_row((*declared(RewardRow), *computed(RewardRow)), row)
        reason = fact("事由", lambda: row.reason.strip().rstrip("。；;，,."))
        return PaperFacts({**told, "事由": reason})

    return Each(lambda: one(RewardRow(reason="")), lambda: map(one, read()))


def _tasks(books: Books, day: date) -> dict[str, Tell]:
    """Where the plan's tasks stand on a day."""
    rows = cache(lambda: books.tasks.all_rows(day))

    def states() -> Iterator[tuple[str, int]]:
        counts = Counter(task.status for task in rows())
        yield from ((status, counts[str(status)]) for status in TaskStatus if counts[str(status)])

    def late() -> Iterator[PaperFacts]:
        return (_task(task) for task in rows() if task.status == TaskStatus.OVERDUE)

    return {
        "任务数": number("任务数", "项", lambda: len(rows())),
        "任务各状态": _counts("状态", "项", states),
        "逾期任务": Each(lambda: _task(TaskFacts(text="")), late),
    }


def _task(task: TaskFacts) -> PaperFacts:
    text = fact("具体任务", lambda: task.text.rstrip("。"))
    return PaperFacts({**facts_of_row((*declared(TaskFacts), *computed(TaskFacts)), task), "具体任务": text})
