"""What a paper about all can tell: the campaign's spans of days, its years, who leads it, what comes next."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from hazard_desk.books.catalogue import Books
from hazard_desk.books.plans.forms import form_in_use, forms_of_plan
from hazard_desk.figures.due import due_items
from hazard_desk.figures.progress.by_year import YearlyFigure, by_year, years_of
from hazard_desk.figures.rates import progress, stock_by_year
from hazard_desk.figures.summary import half_year
from hazard_desk.library.progress_forms import ProgressForm, bundled_progress_forms, find_progress_form
from hazard_desk.papers.facts.figure_tables import stock_table
from hazard_desk.papers.facts.figures import hazards_told, span_facts
from hazard_desk.papers.facts.groups import group_facts
from hazard_desk.papers.facts.open_hazards import open_hazards
from hazard_desk.papers.facts.standing.progress import standing_facts
from hazard_desk.papers.model import Block, Cell, Column, Table, TableRow
from hazard_desk.papers.order import Order
from hazard_desk.papers.wording.facts import Each, PaperFacts, Put, Tell, Thing, fact
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.readings import Span

_OWN = "zhiben-2024-2026"
"""The form whose items are compared where the plan asks for none and the office uses none."""


def campaign_facts(books: Books, order: Order) -> dict[str, Tell]:
    """Return what papers about all can tell, as of the order's day, else today."""
    day = order.day or books.today
    return {
        "本月": Thing(lambda: span_facts(books, *_month(books, day))),
        "半年": Thing(lambda: span_facts(books, *_half(books, day))),
        "年度": Thing(lambda: span_facts(books, *_year(books, day))),
        "行动": Thing(lambda: span_facts(books, *_whole(books, day))),
        "历年": Thing(lambda: _years(books, day)),
        "领导小组": Thing(lambda: group_facts(books, day)),
        **open_hazards(books, day),
        **standing_facts(books, order),
        "下月到期": Each(_coming, lambda: _due(books, day)),
    }


def _month(books: Books, day: date) -> tuple[str, Span]:
    return f"{day.year}年{day.month}月", Span(max(day.replace(day=1), _begin(books)), day)


def _half(books: Books, day: date) -> tuple[str, Span]:
    begin, name = half_year(day)
    return name, Span(max(begin, _begin(books)), day)


def _year(books: Books, day: date) -> tuple[str, Span]:
    last = min(day, books.plans.current().ends_on)
    return f"{last.year}年", Span(max(_begin(books), date(last.year, 1, 1)), last)


def _whole(books: Books, day: date) -> tuple[str, Span]:
    return "专项行动开展以来", Span(_begin(books), min(day, books.plans.current().ends_on))


def _begin(books: Books) -> date:
    return books.plans.current().starts_on


# What comes


def _coming(day: date | None = None, kind: str = "", title: str = "") -> PaperFacts:
    return PaperFacts(
        {
            "日期": fact("日期", lambda: day, Kind.DATE),
            "种类": fact("种类", lambda: kind),
            "事项": fact("事项", lambda: title),
        }
    )


def _due(books: Books, day: date) -> Iterator[PaperFacts]:
    """Yield what falls due in the month after that of ``day`` and still asks for work."""
    first = day.replace(day=1) + timedelta(days=monthrange(day.year, day.month)[1])
    last = first.replace(day=monthrange(first.year, first.month)[1])
    for item in due_items(books, first, last):
        if item.open:
            yield _coming(item.date, item.kind_label, item.title)


# The years of a plan, side by side


def _years(books: Books, day: date) -> PaperFacts:
    begin = _begin(books)
    spans = cache(lambda: years_of(books, day) or [Span(begin, begin)])
    whole: Callable[[], Span] = cache(lambda: Span(spans()[0].first, spans()[-1].last))
    form = cache(lambda: form_told(books))
    return PaperFacts(
        {
            "开始日期": fact("开始日期", lambda: whole().first, Kind.DATE),
            "截止日期": fact("截止日期", lambda: whole().last, Kind.DATE),
            "不止一年": fact("不止一年", lambda: len(spans()) > 1, Kind.BOOL),
            "用自拟报表": fact("用自拟报表", lambda: form().own, Kind.BOOL),
            **hazards_told(cache(lambda: progress(books, whole()))),
            "存量增量表": Put("各年存量和增量的表格", lambda: [_stock(books, whole())]),
            "指标表": Put("分年度主要指标的表格", lambda: [_table(by_year(books, form(), spans()), spans())]),
        }
    )


def form_told(books: Books) -> ProgressForm:
    """Return the form whose indicators are told: sent last under the plan, asked for by it, or in use."""
    sent = [row.form for row in books.submissions.rows()]
    used = form_in_use(books.cabinet)
    told = (*sent, *forms_of_plan(books.cabinet), *([used.id] if used else []), _OWN)
    return find_progress_form(next(form for form in told if form in bundled_progress_forms()))


def _stock(books: Books, whole: Span) -> Block:
    years = range(whole.first.year, whole.last.year + 1)
    return stock_table(one for one in stock_by_year(books, whole.last) if one.year in years)


def _table(figures: list[YearlyFigure], spans: list[Span]) -> Table:
    """One line for each item; the section stands in the left cell over its lines."""
    years = [Column(f"{span.first.year}年", 6, "center") for span in spans]
    several = len(spans) > 1  # of one year the sum is the year
    columns = (Column("类别", 5, "center"), Column("指标", 15), *years)
    columns += (Column("合计", 6, "center"),) if several else ()
    return Table(columns, tuple(_rows(figures, several)))


def _rows(figures: list[YearlyFigure], several: bool) -> Iterator[TableRow]:
    before = ""
    for one in figures:
        lines = sum(other.section == one.section for other in figures)
        left = None if one.section == before else Cell(one.section, rowspan=lines)
        before = one.section
        yield (left, Cell(one.label), *map(Cell, one.years), *([Cell(one.whole)] if several else []))
