"""Leading groups (领导小组, 工作专班) as a plan's text or table sets them up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hazard_desk.grid.grid import Grid
from hazard_desk.library.annex.origins import UsedSpan
from hazard_desk.library.annex.people import NAME, POST_ENDING, is_person, is_unit
from hazard_desk.library.annex.words import names
from hazard_desk.library.plans import Group, Member, Role
from hazard_desk.library.prose.outline import TextLine
from hazard_desk.rules.surnames import SURNAMES

_ROLES: dict[str, Role] = {
    "组长": "组长",
    "第一组长": "组长",
    "总指挥": "组长",
    "指挥长": "组长",
    "常务副组长": "常务副组长",
    "副组长": "副组长",
    "副总指挥": "副组长",
    "副指挥长": "副组长",
    "成员": "成员",
    "组员": "成员",
    "办公室主任": "办公室主任",
}
_ROLE = "|".join(sorted(_ROLES, key=len, reverse=True))
_SPACED = "|".join(r"\s*".join(name) for name in sorted(_ROLES, key=len, reverse=True))
_LABELLED = re.compile(rf"(?P<role>{_SPACED})\s*[:：]\s*(?P<who>.*?)(?=\s(?:{_SPACED})\s*[:：]|$)")
_IS = re.compile(
    rf"(?:成立)?(?:由|以)?(?P<who>[^，。；]{{2,120}}?)(?:同志)?(?:为|担任|任|兼任)"
    rf"(?:[^，。；]{{0,12}}(?:小组|领导组|专班|指挥部))?(?P<role>{_ROLE})(?![：:])"
)
_HELD_BY = re.compile(
    rf"(?<!副)(?P<role>{_ROLE})由(?P<who>[^，。；]{{2,80}}?)(?:同志)?(?:担任|兼任|组成(?!员))"
)
_KIND = r"(?:领导小组|领导组|工作专班|专班|工作组|指挥部|攻坚组|工作小组)"
_SET_UP = re.compile(rf"成立(?:成立)?(?:以.{{2,200}}?的)?(?P<name>[^，。；：:（(]*?{_KIND})(?!办公室)")
_NAMED = re.compile(rf"^(?:成立)?(?P<name>[^，。；]{{2,50}}{_KIND})(?:（[^）]*）)?\s*[:：]?$")
_OFFICE = re.compile(r"(?:办公室设(?:置)?(?:在|于)?|下设办公室(?:在|于))(?P<office>[^，。；\s]{2,20})")
_CHARGE = re.compile(r"[，。](?:全面|主要|具体)?(?P<charge>负责[^。]{4,200})")
_POST = re.compile(r".*(?:书记|长|主任|委员|领导|成员|干部|经理|主席|负责人|人员|的|局|办|所|站)(?=.{2,4}$)")
_NEAR = 12
"""Paragraphs within which the text is still about a group that it named."""
_A_POST = rf"[^\s、，,；;。]{{0,24}}{POST_ENDING}(?=$|[\s、，,；;。])"
_AFTER = re.compile(r"(?:主任|书记|局长|副局长|镇长|副镇长|乡长|副乡长|所长|站长|同志|委员|主席|部长)$")


@dataclass
class _Making:
    """A group of which the text is still telling."""

    name: str
    members: list[Member] = field(default_factory=list)
    office: str = ""
    charge: str = ""
    heading: bool = False
    place: int = 0


def read_groups(lines: Sequence[TextLine]) -> tuple[list[Group], list[UsedSpan]]:
    """Return the groups that the text sets up, and which of it says so."""
    made: list[_Making] = []
    used: list[UsedSpan] = []
    role: Role | None = None
    for line in lines:
        text = line.text
        named = _NAMED.match(text) or _SET_UP.search(text)
        told = 0
        if named and (line.rank or not (made and not made[-1].members and made[-1].heading)):
            made[-1:] = made[-1:] if made and made[-1].members else []
            made.append(_Making(named["name"], heading=line.rank > 0, place=line.place))
            told += 1
        labelled = list(_LABELLED.finditer(text)) if _LABELLED.match(text) else []
        if not made and (labelled or re.search(rf"(?:为|任|担任|由)(?:{_ROLE})|(?:{_ROLE})由", text)):
            made.append(_Making("领导小组", place=line.place))
        if not made:
            continue
        group = made[-1]
        for match in labelled:
            role = _ROLES[re.sub(r"\s", "", match["role"])]
            group.members += members_of(role, match["who"])
        if labelled:
            told += 1
        elif role and not line.rank and _all_people(text):
            group.members += members_of(role, text)
            told += 1
        else:
            role = None
            told += _sentences(group, text) if line.place - group.place < _NEAR else 0
        if told:
            used += line.spans("领导小组")
    kept = [group for group in made if group.members]
    return [_group(number, group) for number, group in enumerate(kept, start=1)], used


def _group(number: int, group: _Making) -> Group:
    members = tuple(dict.fromkeys(group.members))
    bare = any(member.person and not member.post for member in members)
    doubts = ("部分成员原文只写姓名，没有写明单位和职务，请补录。",) if bare else ()
    parent = "group-1" if number > 1 else ""
    name = re.sub(r"\s", "", group.name).removeprefix("成立")
    return Group(f"group-{number}", name, parent, group.office, group.charge, members, doubts)


def _sentences(group: _Making, text: str) -> int:
    """Take members, office and charge from sentences; return how much was told."""
    if not re.search(rf"{_KIND}|{_ROLE}|办公室", text):
        return 0
    before = len(group.members)
    seen: set[Member] = set(group.members)
    for pattern in (_IS, _HELD_BY):
        for match in pattern.finditer(text):
            if pattern is _IS and re.search(rf"(?:{_ROLE})由", match["who"]):
                continue
            who = re.sub(rf"^.*?{_KIND}(?:由|以)?|^(?:其余|其他)", "", match["who"])
            who = re.sub(r"^(?:成立)?(?:由|以)", "", who)
            if not who:
                continue
            found = [one for one in members_of(_ROLES[match["role"]], who) if one not in seen]
            group.members += found
            seen |= set(found)
    told = len(group.members) - before
    if not group.office and (office := _OFFICE.search(text)):
        group.office, told = office["office"], told + 1
    if not group.charge and told and (charge := _CHARGE.search(text)):
        group.charge = charge["charge"].rstrip("。")
    return told


_NAME_FIRST = re.compile(
    rf"(?<![\u3400-\u9fff])(?P<name>{NAME.pattern})[ \t\u3000]+(?P<post>{_A_POST}(?:、{_A_POST})*)"
)
"""A name and the post behind it, with a blank between: 马志强 镇党委书记、镇长."""
_SPACED_NAME = re.compile(
    rf"(?<![\u3400-\u9fff])([{SURNAMES}])[ \u3000]+([\u3400-\u9fff])(?=$|[\s（(、，,；;])"
)


def _posts_bracketed(text: str) -> str:
    """韩　磊　副镇长 as 韩磊（副镇长）."""
    return _NAME_FIRST.sub(r"\g<name>（\g<post>）", _SPACED_NAME.sub(r"\1\2", text))


def members_of(role: Role, text: str) -> list[Member]:
    """Return the members that words name: 政法委员、副乡长肖永富; 肖永富 副乡长; 各科室负责人."""
    text = _posts_bracketed(text)
    found: list[Member] = []
    posts: list[str] = []
    told = names(re.sub(r"(?<=[\u3400-\u9fff])(?:以及|及(?=各))", "、", text))[0]
    tokens = [re.sub(r"同志$|^(?:由|以)", "", name.strip()) for name in told]
    tail = tokens[-1] if tokens else ""
    for token in tokens:
        person, post = _person(token)
        if person:
            found.append(Member(role, person, "、".join([*posts, post] if post else posts)))
            posts = []
        elif is_unit(token) and tail.endswith("负责人") and token != tail:
            found.append(Member(role, "", f"{token}负责人"))
        else:
            posts.append(token)
    posts = [post for post in posts if re.search(r"[\u3400-\u9fff]{2}", post) and len(post) <= 60]
    return found + [Member(role, "", post) for post in posts]


def _person(token: str) -> tuple[str, str]:
    """Return name and post of one person; no name where only a post is told."""
    bare = re.sub(r"[（(]([^（()）]*)[）)]$", "", token)
    inside = re.search(r"[（(]([^（()）]*)[）)]$", token)
    if NAME.fullmatch(bare) and not is_unit(bare) and is_person(bare) and not _AFTER.search(bare):
        return bare, inside[1] if inside else ""
    for words, post in ((bare, ""), (_AFTER.sub("", bare), (_AFTER.search(bare) or [""])[0])):
        match = _POST.match(words)
        name = words[match.end() :] if match else ""
        if match and len(name) <= 3 and NAME.fullmatch(name) and (post or not is_unit(words)):
            return name, f"{match.group()}{post}"
    return "", ""


def _all_people(text: str) -> bool:
    found = [re.sub(r"[（(].*[）)]$", "", name) for name in names(_posts_bracketed(text))[0]]
    return bool(found) and all(NAME.fullmatch(re.sub(r"\s", "", name)) and len(name) <= 4 for name in found)


def group_of_table(table: Grid, number: int) -> Group | None:
    """Return the group whose members a table lists (姓名, 职务, 组内职务); None for another table."""
    for row in range(min(3, len(table.rows))):
        heads = {re.sub(r"\s", "", table.text(row, column)): column for column in range(table.width)}
        if "姓名" in heads and len(heads) > 1:
            break
    else:
        return None
    person = heads["姓名"]
    role = next((at for head, at in heads.items() if re.search(r"组内|小组|专班|角色|分工", head)), None)
    posts = [at for head, at in heads.items() if re.search(r"职务|单位|部门", head) and at != role]
    members = []
    for line in range(row + 1, len(table.rows)):
        name = re.sub(r"\s", "", table.text(line, person))
        if not name:
            continue
        said = re.sub(r"\s", "", table.text(line, role)) if role is not None else "成员"
        post = "".join(table.text(line, at) for at in posts)
        members.append(Member(_ROLES.get(said, "成员"), name, post))
    if not members:
        return None
    found = [match.group() for line in table.above if (match := re.search(rf"[^，。；：:]*{_KIND}", line))]
    return Group(f"group-{number}", found[-1] if found else "领导小组", members=tuple(members))
