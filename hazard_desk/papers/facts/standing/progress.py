"""What papers about all can tell of how far the work is: hazards by their kinds, scores, tasks, checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from hazard_desk.books.catalogue import Books
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.kit.query import Query
from hazard_desk.figures.rates import (
    HazardProgress,
    PlacedHazard,
    percent,
    progress,
    progress_by,
    stock_by_year,
    untold,
)
from hazard_desk.figures.scores import Score, scores, tasks_by_unit
from hazard_desk.library.scoring import Scoring, load_scoring
from hazard_desk.papers.facts.figure_tables import stock_table
from hazard_desk.papers.facts.standing.calendar import month_facts, year_facts
from hazard_desk.papers.facts.standing.duties import duties_told, week_facts
from hazard_desk.papers.facts.standing.majors import major_facts
from hazard_desk.papers.facts.standing.task_table import task_table
from hazard_desk.papers.facts.standing.task_tables import tasks_by_action, tasks_by_lead
from hazard_desk.papers.facts.standing.wall_chart import wall_chart_facts
from hazard_desk.papers.model import Cell, Column, Table, TableRow
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.tables import row_of_nothing
from hazard_desk.papers.wording.facts import Each, PaperFacts, Put, Tell, Thing, fact
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.readings import Span
from hazard_desk.store.columns import field_of, fields_of, name_of

_BY = fields_of(
    PlacedHazard.source,
    PlacedHazard.sector,
    PlacedHazard.office,
    PlacedHazard.village,
    PlacedHazard.high_risk,
)
_COUNTS = ("隐患数", "其中重大", "已整改", "整改率", "按期整改率", "逾期未整改")
_SCORED = {"科室": PlacedHazard.office, "村（社区）": PlacedHazard.village}


def standing_facts(books: Books, order: Order) -> dict[str, Tell]:
    """Return the work up to the order's day, else today: figures, scores, tasks, duties, calendars."""
    plan = books.plans.current()
    day = order.day or books.today
    span = Span(plan.starts_on, min(day, plan.ends_on))
    tasks = cache(lambda: books.tasks.select(order))
    by_action = Put("每项任务和最近的进展", lambda: [tasks_by_action(books, tasks(), day)])
    by_lead = Put("各牵头领导名下的任务数", lambda: [tasks_by_lead(tasks())])
    return {
        "统计": Thing(lambda: _figures(books, span)),
        "考核": Thing(lambda: _scores(books, span)),
        "任务进展": Thing(lambda: PaperFacts({"分行动表": by_action, "分领导表": by_lead})),
        "任务分解表": Put("方案附件的任务分解表", lambda: [task_table(books, order)]),
        "作战图": Thing(lambda: wall_chart_facts(books, order)),
        "重大隐患": Thing(lambda: major_facts(books, order.day)),
        "常态化工作": duties_told(books, day),
        "周计划": Thing(lambda: week_facts(books, order)),
        "日历": Thing(lambda: month_facts(books, day)),
        "全年日历": Thing(lambda: year_facts(books, day)),
    }


def _figures(books: Books, span: Span) -> PaperFacts:
    return PaperFacts(
        {
            "截止日期": fact("截止日期", lambda: span.last, Kind.DATE),
            "分类": Each(lambda: _by(books, span, _BY[0]), lambda: _each_by(books, span)),
            "任务完成表": Put("各责任科室的任务完成情况", lambda: [_task_table(books, span)]),
            "存量增量表": Put("各年存量和增量", lambda: [stock_table(stock_by_year(books, span.last))]),
            "缺项说明": fact("缺项说明", lambda: untold(books, span)),
        }
    )


def _each_by(books: Books, span: Span) -> Iterator[PaperFacts]:
    """Yield the ways to divide hazards; 高危 where any firm is marked so."""
    marked = books.enterprises.count(Query(where={name_of(Enterprise.high_risk): "是"}))
    return (_by(books, span, field) for field in (_BY if marked else _BY[:-1]))


def _by(books: Books, span: Span, field: Field) -> PaperFacts:
    def table() -> Table:
        return _progress_table(field.label, [*progress_by(books, field, span), progress(books, span)])

    name = fact("名称", lambda: field.label)
    return PaperFacts({"名称": name, "表": Put("隐患数、整改率，合计在最后一行", lambda: [table()])})


def _progress_table(label: str, groups: Sequence[HazardProgress]) -> Table:
    columns = (Column(label, 10), *(Column(name, 6, "center") for name in _COUNTS))
    return Table(columns, tuple(_progress_row(one) for one in groups))


def _progress_row(one: HazardProgress) -> TableRow:
    rates = percent(one.rectified_rate), percent(one.on_time_rate)
    counts = _numbers(one.found, one.major, one.rectified)
    return (Cell(one.name), *counts, *map(Cell, rates), *_numbers(one.overdue))


def _task_table(books: Books, span: Span) -> Table:
    columns = (
        Column("责任科室", 10),
        *(Column(name, 6, "center") for name in ("任务数", "有时限的", "已完成", "完成率", "已逾期")),
    )
    rows = [
        (
            Cell(one.name),
            *_numbers(len(one.tasks), one.dated, one.done),
            Cell(percent(one.rate)),
            *_numbers(one.overdue),
        )
        for one in tasks_by_unit(books, span.last)
    ]
    return Table(columns, tuple(rows))


# 考核得分


def _scores(books: Books, span: Span) -> PaperFacts:
    scoring = cache(load_scoring)

    def ranked(label: str) -> PaperFacts:
        def table() -> Table:
            by = field_of(_SCORED[label])
            return _score_table(label, scoring(), scores(books, scoring(), by, span))

        name = fact("名称", lambda: label)
        return PaperFacts({"名称": name, "得分表": Put("名次和各项得分", lambda: [table()])})

    return PaperFacts(
        {
            "名称": fact("名称", lambda: scoring().title),
            "截止日期": fact("截止日期", lambda: span.last, Kind.DATE),
            "缺项说明": fact("缺项说明", lambda: untold(books, span)),
            "对象": Each(lambda: ranked("科室"), lambda: map(ranked, _SCORED)),
        }
    )


def _score_table(label: str, scoring: Scoring, ranked: Sequence[Score]) -> Table:
    titles = [*(f"{one.title}（{one.points}分）" for one in scoring.rates)]
    titles += [f"{one.title}（每次扣{one.each}分）" for one in scoring.deductions]
    columns = (
        Column("名次", 3, "center"),
        Column(label, 9),
        *(Column(title, 8, "center") for title in titles),
        Column("得分", 5, "center"),
    )
    rows: list[TableRow] = [tuple(_score_row(one)) for one in ranked]
    rows = rows or [row_of_nothing(len(columns), "没有可以考核的对象")]
    return Table(columns, tuple(rows))


def _score_row(one: Score) -> Iterator[Cell]:
    yield Cell(str(one.place))
    yield Cell(one.name)
    for _, shown, points in one.lines:
        yield Cell(f"{shown}，{points:g}分")
    yield Cell(f"{one.points:g}", number=one.points)


def _numbers(*values: int) -> tuple[Cell, ...]:
    return tuple(Cell(str(value), number=value) for value in values)
