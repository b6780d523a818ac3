"""年度总结: the draft of the year's summary with its figures (S0 四（四）: 全面总结专项行动取得的成效)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.figures.summary import Summary, summary
from hazard_desk.papers.model import Block, Heading, Paper
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import blank, campaign_of, day, place_of, plan_named
from hazard_desk.papers.texts.records.notices import NoticeHead, issued_number, notice
from hazard_desk.papers.texts.reports.figures_text import (
    hazards_text,
    months_chart,
    progress_table,
    work_text,
)
from hazard_desk.rules.tasks import TaskStatus


def year_summary(books: Books, order: Order) -> Paper:
    """Return the summary of the plan's part of the year up to the order's day."""
    plan = books.plans.current()
    today = order.day or books.today
    last = min(today, date(today.year, 12, 31), plan.ends_on)
    first = max(plan.starts_on, date(last.year, 1, 1))
    figures = summary(books, first, last)
    title = f"{campaign_of(plan)}\n{last.year}年度工作总结"
    addressee = order.document.addressee if order.document else ""
    head = NoticeHead(title, plan.issuer, issued_number(order), addressee)
    text: list[str | Block] = [
        f"按照{plan_named(plan)}部署，{day(first)}至{day(last)}，各项工作有序推进，现总结如下：",
        *_organised(books, last),
        *_hazards(figures, place_of(books)),
        *_rest(figures),
    ]
    paper = notice(books, order, head, text)
    return Paper(title.replace("\n", ""), paper.blocks, mark=paper.mark)


def _organised(books: Books, last: date) -> Iterator[str | Block]:
    tasks = books.tasks.all_rows(last)
    states = Counter(task.status for task in tasks)
    told = "、".join(f"{status}{states[str(status)]}项" for status in TaskStatus if states[str(status)])
    yield Heading(1, "一、组织推进情况")
    yield f"方案共有具体任务{len(tasks)}项，截至{day(last)}，{told}。"
    for task in tasks:
        if task.status == TaskStatus.OVERDUE:
            yield f"任务{task.number}“{task.text.rstrip('。')}”逾期未完成，原因：{blank(8)}。"
    yield f"（主要做法）{blank(19)}"


def _hazards(figures: Summary, place: str) -> Iterator[str | Block]:
    yield Heading(1, "二、隐患排查整治情况")
    yield hazards_text(figures, place)
    yield months_chart(figures)
    yield Heading(2, "（一）各行业领域情况")
    yield progress_table("行业领域", figures.by_sector, figures.span)
    yield Heading(2, "（二）各责任科室情况")
    yield progress_table("责任科室", figures.by_office, figures.span)


def _rest(figures: Summary) -> Iterator[str | Block]:
    yield Heading(1, "三、执法检查、督办和宣传情况")
    yield from work_text(figures)
    for heading in ("四、经验做法", "五、存在问题", "六、下一年度工作打算"):
        yield Heading(1, heading)
        yield blank(26)
