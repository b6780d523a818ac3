"""行动总结（分年度对比）: the draft of a closing report, its years side by side by the same indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hazard_desk.books.catalogue import Books
from hazard_desk.books.plans.forms import form_in_use, forms_of_plan
from hazard_desk.figures.progress.by_year import YearlyFigure, by_year, years_of
from hazard_desk.figures.rates import progress, stock_by_year
from hazard_desk.library.progress_forms import ProgressForm, bundled_progress_forms, find_progress_form
from hazard_desk.papers.model import Block, Cell, Column, Heading, Note, Paper, Table, TableRow
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import blank, campaign_of, day, plan_named
from hazard_desk.papers.texts.records.notices import NoticeHead, issued_number, notice
from hazard_desk.papers.texts.reports.figures_text import stock_table
from hazard_desk.rules.readings import Span

_OWN = "zhiben-2024-2026"
"""The form whose items are compared where the plan asks for none and the office uses none."""


def closing_report(books: Books, order: Order) -> Paper:
    """Return the report on all years of the plan up to the order's day, or today."""
    plan = books.plans.current()
    spans = years_of(books, order.day or books.today) or [Span(plan.starts_on, plan.starts_on)]
    title = f"{campaign_of(plan)}\n总结报告"
    addressee = order.document.addressee if order.document else ""
    head = NoticeHead(title, plan.issuer, issued_number(order), addressee)
    form = _form(books)
    whole = Span(spans[0].first, spans[-1].last)
    text: list[str | Block] = [
        f"{plan_named(plan)}实施以来，{day(whole.first)}至{day(whole.last)}的工作情况如下：",
        Heading(1, "一、总体情况"),
        f"（组织推动和主要做法）{blank(12)}",
        *_hazards(books, whole),
        Heading(1, "三、分年度主要指标"),
        _table(by_year(books, form, spans), spans),
        *_notes(form, spans, whole),
    ]
    for heading in ("四、经验做法", "五、存在问题", "六、下一步打算"):
        text += [Heading(1, heading), blank(26)]
    paper = notice(books, order, head, text)
    return Paper(title.replace("\n", ""), paper.blocks, mark=paper.mark)


def _form(books: Books) -> ProgressForm:
    """The form whose indicators are told: sent last under the plan, asked for by it, or in use."""
    sent = [row.form for row in books.submissions.rows()]
    used = form_in_use(books.cabinet)
    told = (*sent, *forms_of_plan(books.cabinet), *([used.id] if used else []), _OWN)
    return find_progress_form(next(form for form in told if form in bundled_progress_forms()))


def _notes(form: ProgressForm, spans: Sequence[Span], whole: Span) -> Iterator[Note]:
    if len(spans) > 1:
        days = f"{day(whole.first)}至{day(whole.last)}"
        yield Note(f"注：各年分别统计，合计按{days}统计，同一单位不重复计算家数。")
    if form.own:
        yield Note("注：指标取自本单位自拟的季度报表。")


def _hazards(books: Books, whole: Span) -> Iterator[str | Block]:
    found = progress(books, whole)
    yield Heading(1, "二、隐患排查整治情况")
    yield (
        f"共排查隐患{found.found}处，其中重大事故隐患{found.major}处；"
        f"已整改{found.rectified}处，逾期未整改{found.overdue}处。各年存量和增量如下："
    )
    years = range(whole.first.year, whole.last.year + 1)
    yield stock_table(one for one in stock_by_year(books, whole.last) if one.year in years)


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
