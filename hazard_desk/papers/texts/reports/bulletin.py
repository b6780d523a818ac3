"""半年通报: how far the campaign is, by sector and unit; who is commended, who criticised (S0 三（一）5).

A draft to be edited: figures and names are the ledgers'; what only the office can say is left blank.
"""

from __future__ import annotations

from collections.abc import Iterator

from hazard_desk.books.catalogue import Books
from hazard_desk.books.rewards import RewardRow
from hazard_desk.figures.summary import Summary, half_year, major_rectified, summary
from hazard_desk.papers.model import AttachmentMark, Block, Heading, Line, Paper, Para, Title
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import addressees_of, blank, day, known, place_of, plan_named, sentence
from hazard_desk.papers.texts.records.notices import NoticeHead, closing, issued_number, opening
from hazard_desk.papers.texts.reports.figures_text import (
    hazards_text,
    late_table,
    months_chart,
    progress_table,
    slowest,
    work_text,
)
from hazard_desk.papers.texts.tables import mark_of


def bulletin(books: Books, order: Order) -> Paper:
    """Return the bulletin of the half-year up to the order's day (else the day of issue, else today)."""
    plan = books.plans.current()
    last = order.day or books.today
    begin, name = half_year(last)
    first = max(begin, plan.starts_on)
    figures = summary(books, first, last)
    title = f"关于{name}重大事故隐患专项排查整治工作进展情况的通报"
    head = NoticeHead(title, plan.issuer, issued_number(order), addressees_of(books, order))
    attached = bool(figures.late)
    blocks = (
        *opening(books, head),
        Para(f"根据{plan_named(plan)}要求，现将{name}（{day(first)}至{day(last)}）工作进展情况通报如下："),
        *_progress(figures, place_of(books)),
        *_named(figures),
        *_problems(figures),
        *_next(figures),
        Para("特此通报。"),
        *(_attachment_note() if attached else ()),
        *closing(order, plan.issuer),
        *(_attachment(figures) if attached else ()),
    )
    return Paper(title, tuple(blocks), mark=mark_of(books))


def _progress(figures: Summary, place: str) -> Iterator[Block]:
    yield Heading(1, "一、总体进展")
    yield Para(hazards_text(figures, place))
    yield from map(Para, work_text(figures))
    yield months_chart(figures)
    yield Heading(1, "二、各行业领域情况")
    yield progress_table("行业领域", figures.by_sector, figures.span)
    yield Heading(1, "三、各责任科室情况")
    yield progress_table("责任科室", figures.by_office, figures.span)


def _named(figures: Summary) -> Iterator[Block]:
    yield Heading(1, "四、表扬和批评")
    yield Heading(2, "（一）表扬")
    yield from _rows(figures.commended, "本期没有表扬记录。")
    yield Heading(2, "（二）批评")
    yield from _rows(figures.criticised, "本期没有批评记录。")


def _rows(rows: list[RewardRow], otherwise: str) -> Iterator[Para]:
    for place, row in enumerate(rows, start=1):
        kind = "" if row.kind == "表扬表彰" else f"（{row.kind}）"
        yield Para(f"{place}．{known(row.target)}：{sentence(known(row.reason, 12)).rstrip('。')}{kind}。")
    if not rows:
        yield Para(otherwise)


def _problems(figures: Summary) -> Iterator[Block]:
    yield Heading(1, "五、存在的主要问题")
    if behind := slowest(figures):
        yield Para(f"1．部分隐患逾期未整改。涉及责任科室：{behind}。")
    open_major = figures.span.major - major_rectified(figures.span)
    if open_major:
        yield Para(f"{2 if behind else 1}．仍有{open_major}处重大事故隐患尚未完成整改，须持续跟踪督办。")
    yield Para(f"（其他问题）{blank(19)}")


def _next(figures: Summary) -> Iterator[Block]:
    yield Heading(1, "六、下一步工作要求")
    late = "对附件所列逾期隐患，责任科室要逐条明确措施和时限，督促尽快整改到位；" if figures.late else ""
    yield Para(f"各单位要对照本通报，{late}对未到期的隐患，要按照“五落实”要求加快推进。")
    yield Para(f"（其他要求）{blank(19)}")


def _attachment_note() -> Iterator[Block]:
    yield Para("附件：逾期未整改隐患清单")


def _attachment(figures: Summary) -> Iterator[Block]:
    yield AttachmentMark("附件")
    yield Title("逾期未整改隐患清单")
    yield Line(f"（截至{day(figures.last)}，共{len(figures.late)}处）", "center")
    yield late_table(figures)
