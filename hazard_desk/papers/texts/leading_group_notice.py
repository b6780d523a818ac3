"""成立、调整领导小组的通知: who belongs to it, and who came and went since it was last told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.groups import MembershipRow
from hazard_desk.books.kit.query import Query
from hazard_desk.papers.model import Block, Heading, Paper, Para
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.leading_group import called, member_called, members
from hazard_desk.papers.texts.phrases import addressees_of
from hazard_desk.papers.texts.records.notices import NoticeHead, issued_number, notice
from hazard_desk.store.columns import name_of


def leading_group_notice(books: Books, order: Order) -> Paper:
    """Return the notice of the last change up to the order's day; before any change, of the founding."""
    plan = books.plans.current()
    day = order.day or books.today
    groups = books.groups.tree(day)
    name = called(plan, groups)
    came, went = _last_change(books, day)
    text: list[str | Block] = []
    if came or went:
        title = f"关于调整{name}组成人员的通知"
        text.append("因工作需要和人员变动，经研究，现将领导小组组成人员调整情况通知如下：")
        text += [Heading(1, "一、调整情况"), *_changes(came, went)]
        text.append(Heading(1, "二、调整后的组成人员"))
    else:
        title = f"关于成立{name}的通知"
        text.append(
            f"为加强对《{plan.title}》实施工作的组织领导，经研究，决定成立{name}，现将组成人员通知如下："
        )
    head = NoticeHead(title, plan.issuer, issued_number(order), addressees_of(books, order))
    return notice(books, order, head, [*text, *members(groups)], day)


def _last_change(books: Books, day: date) -> tuple[list[MembershipRow], list[MembershipRow]]:
    """Return who came and who went on the last day, up to ``day``, on which the group changed."""
    rows = books.groups.select(Query(sort=name_of(MembershipRow.id)))
    begin = min((row.starts_on for row in rows if row.starts_on), default=day)
    days = {one for row in rows for one in (row.starts_on, row.ends_on) if one}
    changed = max((one for one in days if begin < one <= day), default=None)
    came = [row for row in rows if changed and row.starts_on == changed]
    return came, [row for row in rows if changed and row.ends_on == changed]


def _named(row: MembershipRow) -> str:
    """Return a member as a sentence names one: 肖永富（副乡长）; by the post alone where there is no name."""
    return f"{row.person}（{row.post}）" if row.person and row.post else member_called(row)


def _changes(came: list[MembershipRow], went: list[MembershipRow]) -> Iterator[Para]:
    place = 0
    for words, rows in (("不再担任", went), ("担任", came)):
        for row in rows:
            place += 1
            basis = f"（依据：{row.basis}）" if words == "担任" and row.basis else ""
            yield Para(f"{place}．{_named(row)}{words}{row.group}{row.role}{basis}。")
