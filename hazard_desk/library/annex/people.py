"""Who stands in a cell: names, ranks, telephones and units told apart; dashes and 无 are nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hazard_desk.library.annex.words import names
from hazard_desk.rules.surnames import DOUBLE_SURNAMES, SURNAMES

PHONE = re.compile(
    r"(?:(?:联系)?(?:电话|手机|号码)\s*[:：]?\s*)?"
    r"(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}[-—－ ]?\d{7,8}|\d{3,4}[-—－]\d{7,8}|\d{7,8}|\d{3}-\d{4}-\d{4})"
    r"(?![\d.年月日])"
)
_NOBODY = re.compile(r"[\s/\\—–\-－_…·.。]*|无|暂无|没有|无配合单位|不涉及|同上格?|/+")
_UNIT_END = re.compile(
    r"(?:办|办公室|所|局|分局|支局|站|科|科室|股|股室|室|处|中心|队|大队|支队|中队|委|委员会|委会|部|部门|村|镇|乡"
    r"|街道|社区|居|居委会|村委会|公司|厂|矿|校|学校|中学|小学|幼儿园|院|卫生院|敬老院|会|协会|组|专班|集团|单位"
    r"|企业|政府|工会|团委|妇联|园区|管委会|供电所|派出所|银行|联社|林场|农场|电站|库|场|店|馆|联合会|商会|网格"
    r"|法院|检察院|支行|公安|城管|应急|财政|住建|交通|水利|教育|卫健|民政|司法|消防|气象|电力|燃气|供销社|党组"
    r"|办事处|负责同志单位|总站|总队|机构|基地|平台|驿站|公安分局|处室|班|各级|成员单位|辖区)(?:\(.*\)|（.*）)?$"
)
_GROUP = re.compile(r"^(?:各|全|有关|相关|其他|其余|属地|辖区|所有|区|县|市|镇|乡|省|州|本)")
POST_ENDING = (
    r"(?:领导|书记|镇长|乡长|县长|区长|市长|主任|局长|所长|站长|科长|股长|委员|主席|负责人|校长|院长|队长|组长|经理"
    r"|部长|同志|支书|干部|人员|村长|会长|处长|秘书长|指导员|教导员|班子成员|专员|总监|主职|厂长|董事长|园长)"
)
"""How a post ends, as a pattern."""
_POST_END = re.compile(rf"{POST_ENDING}$")
NAME = re.compile(
    rf"(?:[{SURNAMES}]|{'|'.join(DOUBLE_SURNAMES)})[\u3400-\u9fff·\U00020000-\U0003ffff]{{1,3}}"
)
_POST_BEFORE = re.compile(
    rf"(?<![\u3400-\u9fff])(?P<post>[\u3400-\u9fff]{{0,12}}{POST_ENDING})[ \t\u3000]+"
    rf"(?P<name>{NAME.pattern}|[{SURNAMES}][ \u3000][\u3400-\u9fff])(?=$|[、，,；;/\s])"
)
"""A post and the name of who holds it, with a blank between: 副镇长 沈洁."""
_MR = re.compile(rf"[{SURNAMES}](?:书记|[^书]长|主任|主席|经理|总监)")
_PHONE_IN_BRACKET = re.compile(rf"[（(](?P<rest>[^（()）]*?)[、，,;；:：\s]*{PHONE.pattern}\s*[）)]")


@dataclass
class Who:
    """What a cell says of who does a task."""

    people: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    helpers: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    """Telephones, and people beside a unit: kept aside, as written."""
    doubts: list[str] = field(default_factory=list)


def is_nobody(text: str) -> bool:
    """Whether a cell says that there is nobody: —, /, 无."""
    return _NOBODY.fullmatch(text.strip()) is not None


def is_unit(name: str) -> bool:
    """Whether a name is that of an office, a village, a firm."""
    bare = re.sub(r"[（(][^（()）]*[）)]", "", name).strip()
    return bool(_UNIT_END.search(bare) and not _POST_END.search(bare))


def is_person(name: str) -> bool:
    """Whether a name is that of a person, with or without a post in brackets, or a post alone."""
    bare = re.sub(r"[（(][^（()）]*[）)]|同志$", "", name)
    bare = re.sub(r"\s", "", bare)
    if _POST_END.search(bare):
        return True
    return bool(NAME.fullmatch(bare)) and not is_unit(bare) and not _GROUP.match(bare)


def are_people(text: str) -> bool | None:
    """Whether the names in a text are people rather than units; None where that can't be told."""
    found = [name for name in names(PHONE.sub("", text))[0] if not is_nobody(name)]
    people, units = sum(map(is_person, found)), sum(map(is_unit, found))
    return None if people == units else people > units


def leaders_in(text: str, aside: bool = False) -> Who:
    """Return who leads, as a cell under 牵头领导 says it."""
    return _told(text, leaders=True, aside=aside)


def units_in(text: str, aside: bool = False) -> Who:
    """Return who does it, as a cell under 责任单位 says it; 配合 within the cell makes helpers.

    People beside a unit are its contacts, where ``aside`` says that the column holds such.
    """
    return _told(text, leaders=False, aside=aside)


HELPING = ("配合", "协办", "协助", "参与", "参加")
"""The words of those who help (配合单位)."""
_HELP = "|".join(HELPING)
_LABEL = re.compile(
    rf"((?:牵头|责任|主办|承办|{_HELP}|落实|主责|实施)(?:单位|部门|科室|股室|领导|人)?)\s*[:：]"
)
_DOING = re.compile(
    r"^(?:由)?(?P<who>.{2,}?)(?:共同|分别|按职责分工|按职责|具体)*"
    rf"(?P<how>牵头负责|牵头|主办|负责落实|负责|承办|{_HELP}|落实)$"
)
_IN_BRACKET = re.compile(rf"[（(](?P<how>牵头|主办|负责|{_HELP}|主责)(?:单位|部门)?[）)]$")


def _told(text: str, *, leaders: bool, aside: bool) -> Who:
    who = Who()
    parts = _LABEL.split(text)
    _take(parts[0], who, leaders, aside, helping=False)
    for label, rest in zip(parts[1::2], parts[2::2], strict=True):
        _take(rest, who, leaders or label.endswith(("领导", "人")), aside, label.startswith(HELPING))
    for held in (who.people, who.units, who.helpers, who.contacts):
        held[:] = dict.fromkeys(held)
    return who


def _take(text: str, who: Who, leaders: bool, aside: bool, helping: bool) -> None:
    """Add what one piece of a cell says."""
    phones = [re.sub(r"\s", "", found) for found in PHONE.findall(text)]
    bare = PHONE.sub(" ", _PHONE_IN_BRACKET.sub(_bracket_left, text))
    here = len(who.contacts)
    for clause in _clauses(_POST_BEFORE.sub(_post_behind, bare if phones else text)):
        found, doubt = names(clause)
        if doubt and phones:
            found, doubt = clause.split(), ""
        who.doubts += [doubt] * bool(doubt)
        for name, helps in _with_roles(found, helping):
            _put(name, who, leaders, aside or bool(phones), helps)
    for number, phone in enumerate(phones):
        beside = who.contacts[here:]
        if number < len(beside) and not re.search(r"\d{7}", beside[number]):
            who.contacts[here + number] += f" {phone}"
        else:
            who.contacts.append(f"{_beside(text, phone)} {phone}".strip())


def _bracket_left(found: re.Match[str]) -> str:
    """（主任，13711112222） as （主任）; nothing where the telephone is all of it."""
    return f"（{found['rest']}）" if found["rest"].strip() else " "


def _post_behind(found: re.Match[str]) -> str:
    """副镇长 沈洁 as 沈洁（副镇长）; 王主任 李四 are two people, and stay as they are."""
    if _MR.fullmatch(found["post"]) or not is_person(name := re.sub(r"\s", "", found["name"])):
        return found.group()
    return f"{name}（{found['post']}）"


def _clauses(text: str) -> list[str]:
    """Part a cell at line breaks, commas and semicolons that stand in no bracket."""
    parts, depth = [""], 0
    for char in text:
        depth = max(depth + (char in "（(") - (char in "）)"), 0)
        if char in "，,；;\n\r。" and (not depth or char in "\n\r"):
            parts.append("")
        else:
            parts[-1] += char
    joined: list[str] = []
    for part in parts:
        if part.strip()[:1] in ("（", "(") and joined:
            joined[-1] += part.strip()
        else:
            joined.append(part)
    return joined


def _with_roles(found: Sequence[str], helping: bool) -> list[tuple[str, bool]]:
    """Return each name and whether it helps: 甲牵头、乙、丙配合 says so behind the last of each."""
    sorted_back: list[tuple[str, bool]] = []
    holds = helping
    for name in reversed(found):
        if told := _IN_BRACKET.search(name):
            sorted_back.append((name[: told.start()], told["how"] in HELPING))
        elif told := _DOING.match(name):
            holds = told["how"] in HELPING
            sorted_back.append((told["who"], holds))
        else:
            sorted_back.append((name, holds))
    return sorted_back[::-1]


def _put(name: str, who: Who, leaders: bool, aside: bool, helps: bool) -> None:
    """Put one name where it belongs."""
    name = re.sub(r"(?<=..)等$", "", name.strip(":：，, "))
    if not name or is_nobody(name):
        return
    unit, mark, person = name.replace("：", ":").partition(":")
    if mark and is_unit(unit) and person.strip():
        who.contacts.append(f"{unit.strip()} {person.strip()}")
        name = unit.strip()
    if leaders:
        who.people.append(name)
    elif aside and is_person(name) and (held := [*who.helpers[-1:], *who.units[-1:]]):
        who.contacts.append(f"{held[-1]} {name}")
    else:
        (who.helpers if helps else who.units).append(name)


def _beside(text: str, phone: str) -> str:
    """The name that a telephone follows."""
    before = re.sub(r"[ \t\u3000]", "", text).partition(phone)[0]
    before = re.sub(r"[（(][^（()）]*$", "", before)
    match = re.search(
        r"([\u3400-\u9fff·]{2,8})(?:[（(][^（()）]*[）)])?\s*[:：，,]?(?:联系)?(?:电话)?[:：]?\s*$", before
    )
    return match[1] if match else ""
