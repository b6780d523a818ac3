"""领导小组名单: who serves in the leading group and its sub-groups today, in the order of their roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from hazard_desk.books.catalogue import Books
from hazard_desk.books.groups import ROLES, GroupNode, MembershipRow
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import PlanRow
from hazard_desk.papers.model import Block, Hanging, Heading, Paper, Para, Signature, Title
from hazard_desk.papers.texts.phrases import plan_named
from hazard_desk.papers.texts.tables import mark_of
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.numerals import chinese_numeral

_OFFICE_ROLE = ROLES[-1]
_SORTS = ("领导小组", "领导组", "工作专班", "专班", "指挥部")


def leading_group(books: Books, query: Query) -> Paper:
    """Return the list of members on the desk's today, or on ``query.as_of``."""
    plan = books.plans.current()
    day = query.as_of or books.today
    groups = books.groups.tree(day)
    title = f"{called(plan, groups)}组成人员名单"
    told = f"{sort_of(groups[0].name)}组成人员如下：" if groups else "没有成立领导小组，也没有列出组成人员。"
    blocks: list[Block] = [Title(title), Para(f"根据{plan_named(plan)}，{told}")]
    blocks += members(groups)
    blocks.append(Signature(plan.issuer, show_date(day), sealed=True))
    return Paper(title, tuple(blocks), mark=mark_of(books))


def called(plan: PlanRow, groups: Sequence[GroupNode]) -> str:
    """Return the leading group's whole name, with its place: 三星乡重大事故隐患…领导小组.

    What the name of the place or office and that of the group both say is said once.
    """
    place = plan.issuer.removesuffix("人民政府").removesuffix("安全生产委员会")
    name = groups[0].name if groups else _SORTS[0]
    twice = next((size for size in range(len(name), 0, -1) if place.endswith(name[:size])), 0)
    return place + name[twice:] if not name.startswith(place) else name


def sort_of(name: str) -> str:
    """Return what a group of this name is: 领导小组, 领导组 or 工作专班."""
    return next((word for word in _SORTS if name.endswith(word)), _SORTS[0])


def members(groups: Sequence[GroupNode]) -> Iterator[Block]:
    """Yield who serves in the groups, and in their sub-groups under headings."""
    for group in groups:
        yield from _group(group)
        for place, child in enumerate(group.children, start=1):
            yield Heading(1, f"{chinese_numeral(place)}、{child.name}")
            yield from _group(child)


def _group(group: GroupNode) -> Iterator[Block]:
    members = [row for row in group.members if row.role != _OFFICE_ROLE]
    width = max((len(row.role) for row in members), default=0)
    for role, rows in groupby(members, key=lambda row: row.role):
        for place, words in enumerate(_lines(rows)):
            yield Hanging(f"{role}：" if place == 0 else "", words, max(width, 4))
    if told := _told(group):
        yield Para(told)


def _lines(rows: Iterable[MembershipRow]) -> Iterator[str]:
    """Yield a line for each member with a post; names alone stand together in one."""
    for bare, some in groupby(rows, key=lambda row: not row.post):
        if bare:
            yield "、".join(row.person for row in some)
        else:
            yield from map(member_called, some)


def member_called(row: MembershipRow) -> str:
    """Return a member with post: 肖永富　副乡长."""
    return "　".join(part for part in (row.person, row.post) if part)


def _told(group: GroupNode) -> str:
    """Return the sentence on the group's office and charge; '' when there is neither."""
    parts = [f"{sort_of(group.name)}下设办公室在{group.office}" if group.office else ""]
    parts.append(f"由{group.office_director}同志任办公室主任" if group.office_director else "")
    parts.append(group.charge.removesuffix("。"))
    told = "，".join(part for part in parts if part)
    return f"{told}。" if told else ""
