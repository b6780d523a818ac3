"""隐患整治统计 and 考核得分: how far hazards are put right, and who stands where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from hazard_desk.papers.model import (
    Block,
    Cell,
    Column,
    Line,
    Note,
    Paper,
    Table,
    TableRow,
    Title,
)
from hazard_desk.papers.texts.tables import head_line, mark_of
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


def span_until(books: Books, query: Query) -> Span:
    """Return the plan's days up to ``query.as_of``, or up to today."""
    plan = books.plans.current()
    return Span(plan.starts_on, min(query.as_of or books.today, plan.ends_on))


def hazard_figures(books: Books, query: Query) -> Paper:
    """Return the tables by source, sector, office and village, tasks by unit, and stock by year."""
    span = span_until(books, query)
    title = "隐患排查整治统计表"
    whole = progress(books, span)
    blocks: list[Block] = [Title(title), head_line(books, span.last)]
    marked = books.enterprises.count(Query(where={name_of(Enterprise.high_risk): "是"}))
    for by in _BY if marked else _BY[:-1]:
        blocks += [Line(f"按{by.label}"), _progress_table(by.label, [*progress_by(books, by, span), whole])]
    blocks += [Line("任务完成情况"), _task_table(books, span)]
    blocks += [Line("分年度存量和增量"), stock_table(stock_by_year(books, span.last)), Note(_MEANS)]
    blocks += _left_out(books, span)
    return Paper(title, tuple(blocks), style="ledger", mark=mark_of(books))


_MEANS = (
    "注：整改率为已整改数占隐患数的比例；按期整改率为按期整改数占应整改数的比例，应整改数是已整改的"
    "和时限已过的隐患，时限以最近一次延期为准；已作废、已并案的不计。"
)


def score_ranking(books: Books, query: Query) -> Paper:
    """Return the scores of the offices and of the villages, best first."""
    span, scoring = span_until(books, query), load_scoring()
    blocks: list[Block] = [Title(scoring.title), head_line(books, span.last)]
    for label, by in (("科室", PlacedHazard.office), ("村（社区）", PlacedHazard.village)):
        blocks += [Line(label), _score_table(label, scoring, scores(books, scoring, field_of(by), span))]
    blocks.append(Note("注：各项依次为比率或次数、得分；没有可考核事项的按满分计，得分相同的名次并列。"))
    blocks += _left_out(books, span)
    return Paper(scoring.title, tuple(blocks), landscape=True, style="ledger", mark=mark_of(books))


def _left_out(books: Books, span: Span) -> list[Block]:
    told = untold(books, span)
    return [Note(f"待补：{told}。")] if told else []


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


def _score_table(label: str, scoring: Scoring, ranked: Sequence[Score]) -> Table:
    titles = [*(f"{one.title}（{one.points}分）" for one in scoring.rates)]
    titles += [f"{one.title}（每次扣{one.each}分）" for one in scoring.deductions]
    columns = (
        Column("名次", 3, "center"),
        Column(label, 9),
        *(Column(title, 8, "center") for title in titles),
        Column("得分", 5, "center"),
    )
    return Table(columns, tuple(tuple(_score_row(one)) for one in ranked))


def _score_row(one: Score) -> Iterator[Cell]:
    yield Cell(str(one.place))
    yield Cell(one.name)
    for _, shown, points in one.lines:
        yield Cell(f"{shown}，{points:g}分")
    yield Cell(f"{one.points:g}", number=one.points)


def _numbers(*values: int) -> tuple[Cell, ...]:
    return tuple(Cell(str(value), number=value) for value in values)
