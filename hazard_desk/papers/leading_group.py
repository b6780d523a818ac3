"""领导小组名单: who serves in the leading group and its sub-groups today, in the order of their roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from hazard_desk.ledgers.books import Books
from hazard_desk.ledgers.groups import ROLES, GroupNode
from hazard_desk.ledgers.query import Query
from hazard_desk.papers.model import Block, Hanging, Heading, Paper, Para, Signature, Title
from hazard_desk.papers.tables import mark_of
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Row
from hazard_desk.rules.numerals import chinese_numeral

_OFFICE_ROLE = ROLES[-1]


def leading_group(books: Books, query: Query) -> Paper:
    """Return the list of members on the desk's today, or on ``query.as_of``."""
    plan = books.plans.current()
    day = query.as_of or books.today
    groups = books.groups.tree(day)
    title = f"{called(plan, groups)}组成人员名单"
    blocks: list[Block] = [Title(title)]
    blocks.append(Para(f"根据《{plan['title']}》（{plan['number']}），领导小组组成人员如下："))
    blocks += members(groups)
    blocks.append(Signature(plan["issuer"], show_date(day), sealed=True))
    return Paper(title, tuple(blocks), mark=mark_of(books))


def called(plan: Row, groups: Sequence[GroupNode]) -> str:
    """Return the leading group's whole name, with its place: 三星乡重大事故隐患…领导小组."""
    place = plan["issuer"].removesuffix("人民政府")
    name = groups[0].name if groups else "领导小组"
    return name if name.startswith(place) else place + name


def members(groups: Sequence[GroupNode]) -> Iterator[Block]:
    """Yield who serves in the groups, and in their sub-groups under headings."""
    for group in groups:
        yield from _group(group)
        for place, child in enumerate(group.children, start=1):
            yield Heading(1, f"{chinese_numeral(place)}、{child.name}")
            yield from _group(child)


def _group(group: GroupNode) -> Iterator[Block]:
    members = [row for row in group.members if row["role"] != _OFFICE_ROLE]
    width = max((len(row["role"]) for row in members), default=0)
    for role, rows in groupby(members, key=lambda row: row["role"]):
        for place, row in enumerate(rows):
            yield Hanging(f"{role}：" if place == 0 else "", member_called(row), max(width, 4))
    if group.office or group.office_director:
        yield Para(_office(group))


def member_called(row: Row) -> str:
    """Return a member with post: 肖永富　副乡长."""
    return "　".join(part for part in (row["person"], row["post"]) if part)


def _office(group: GroupNode) -> str:
    director = f"，由{group.office_director}同志任办公室主任" if group.office_director else ""
    charge = f"，{group.charge}" if group.charge else ""
    return f"领导小组下设办公室在{group.office}{director}{charge}。".replace("。。", "。")
