"""What papers can tell of the leading group: its name, who serves in it, and who came and went last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby, starmap

from hazard_desk.books.catalogue import Books
from hazard_desk.books.groups import ROLES, GroupNode, MembershipRow
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import PlanRow
from hazard_desk.papers.model import Block, Hanging, Heading, Para
from hazard_desk.papers.wording.facts import Each, PaperFacts, Put, fact, facts_of_row
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.numerals import chinese_numeral
from hazard_desk.store.columns import declared, name_of

_OFFICE_ROLE = ROLES[-1]
_NOBODY = MembershipRow(person="", post="", group="")
_SORTS = ("领导小组", "领导组", "工作专班", "专班", "指挥部")


def group_facts(books: Books, day: date) -> PaperFacts:
    """Return what the plan's leading group is called, who serves in it on a day, and who came and went."""
    groups = cache(lambda: books.groups.tree(day))
    change = cache(lambda: list(_last_change(books, day)))
    serving = cache(lambda: [row for group in groups() for row in group.members])
    return PaperFacts(
        {
            "名称": fact("名称", lambda: called(books.plans.current(), groups())),
            "类别": fact("类别", lambda: sort_of(groups()[0].name if groups() else "")),
            "已成立": fact("已成立", lambda: bool(groups()), Kind.BOOL),
            "组成人员": Put("领导小组和各小组的组成人员", lambda: members(groups())),
            "成员": Each(lambda: _member(_NOBODY), lambda: map(_member, serving())),
            "人员变动": Each(lambda: _changed("", _NOBODY), lambda: starmap(_changed, change())),
        }
    )


def _member(row: MembershipRow) -> PaperFacts:
    return PaperFacts(facts_of_row(declared(MembershipRow), row))


def _changed(what: str, row: MembershipRow) -> PaperFacts:
    told = {"变动": fact("变动", lambda: what), "谁": fact("谁", lambda: _named(row))}
    group = fact("小组名称", lambda: row.group)
    return PaperFacts({**facts_of_row(declared(MembershipRow), row), **told, "小组名称": group})


def _last_change(books: Books, day: date) -> Iterator[tuple[str, MembershipRow]]:
    """Yield who went and who came on the last day, up to ``day``, on which the group changed."""
    rows = books.groups.select(Query(sort=name_of(MembershipRow.id)))
    begin = min((row.starts_on for row in rows if row.starts_on), default=day)
    days = {one for row in rows for one in (row.starts_on, row.ends_on) if one}
    changed = max((one for one in days if begin < one <= day), default=None)
    yield from (("不再担任", row) for row in rows if changed and row.ends_on == changed)
    yield from (("担任", row) for row in rows if changed and row.starts_on == changed)


def _named(row: MembershipRow) -> str:
    """Return a member as a sentence names one: 肖永富（副乡长）; by the post alone where there is no name."""
    return f"{row.person}（{row.post}）" if row.person and row.post else row.person or row.post


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
