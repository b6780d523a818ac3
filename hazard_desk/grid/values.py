"""What the values of a column look like, and how well that fits what a field holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from hazard_desk.grid.cells import Broken, CellContent, cell_text, half_width, is_empty
from hazard_desk.rules.fields import Field, Kind, clean
from hazard_desk.rules.surnames import SURNAMES

_SAMPLE = 80
"""Cells of a column that are looked at: from the first rows, and then from all of them."""
_FIRST_ROWS = 30
_SERIALS = (20_000, 80_000)
"""Numbers that are taken for a day of a spreadsheet: 1954 to 2119."""
_SURNAMES = frozenset(SURNAMES + "甲乙丙丁戊己庚辛某")
"""With what stands for one where no name is to be told."""
_PHONE = r"(?:\+?86)?1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8}"
_ORGANISATIONS = """公司 集团 厂 店 场 站 校 小学 中学 幼儿园 医院 卫生院 卫生室
    养老院 敬老院 超市 酒店 宾馆 饭店 酒楼
    合作社 村 社区 部 局 馆 城 广场 工地 中心 大院 商行 经营部 市场 网吧 基地 农庄 小区 银行"""
_OFFICES = "办 科 股 所 站 局 中心 部门 室 队 委"
_DAYS = (
    r"\d{4}[-./年]\s*\d{1,2}(?:[-./月]\s*\d{1,2}[日号]?)?月?(?:[ T]\d{1,2}:\d{2}.*)?",
    r"20\d{6}",
    r"\d{1,2}月\d{1,2}[日号]?|\d{1,2}[./]\d{1,2}|\d{1,2}月",
)
_TERMS = (
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|[初中底末])?(?:之?前|底前)?",
    r"立即(?:整改)?|立行立改|当[日天场](?:整改)?|即[知改时].*",
    r"[一二两三\d]+[周月天日](?:内|之内)?|长期(?:坚持)?|限期",
)
_DONE = r"(?:整改|整治|治理|处理|处置|复查|销号|验收|闭环|完成|关闭|办结|结案)"
_HAN = r"[\u4e00-\u9fff]"
_LOOKS = {
    "picture": r".*(?:见附[件图]|照片|\.jpe?g|\.png|^图\d*|DISPIMG).*",
    "phone": rf"(?:{_PHONE})(?:[、,/ ;](?:{_PHONE}))*",
    "credit": r"[0-9A-HJ-NP-Z]{18}|\d{15}",
    "day": "|".join(_DAYS),
    "term": "|".join(_TERMS),
    "yes": r"是|否|有|无|√|×|✓|✔|☑|已|未",
    "level": r"(?:一般|重大|较大|特大|[ⅠⅡⅢⅣ一二三四]级)(?:事故|安全)*(?:隐患|问题)?",
    "state": rf"(?:已|未|正在|待|部分)?(?:完成)?{_DONE}(?:中|完成|完毕|到位|销号)*",
    "colour": r"[红橙黄蓝]色?",
    "village": rf"{_HAN}{{1,8}}(?:村|社区|居委会|村委会)",
    "unit": rf"[^，。；]{{1,40}}(?:{'|'.join(_ORGANISATIONS.split())})(?:[（(][^）)]*[）)])?",
    "office": rf"(?:{_HAN}|、){{1,20}}(?:{'|'.join(_OFFICES.split())})",
    "amount": r"[¥￥约]?\d[\d,]*(?:\.\d+)?(?:万元|元|万|人|千元|个|处|次|天|家)?(?:左右)?",
    "code": r"[\dA-Za-z][\dA-Za-z\-_/.]{4,}|.*[〔\[（(]\d{4}[〕\]）)].*号?",
}
"""What one cell looks like, the most telling first."""
_PATTERNS = {look: re.compile(pattern) for look, pattern in _LOOKS.items()}
_NAME = re.compile(r"[\u3400-\u9fff·\U00020000-\U0003ffff]{2,4}")
_SUFFIXES = re.compile(r"(?:事故|安全)*(?:隐患|色|级|类|行业|领域)$")


@dataclass(frozen=True)
class Knowledge:
    """What the desk knows by name already; sets of plain texts."""

    names: Set[str] = frozenset()
    """Offices and other units of the desk."""
    phones: Set[str] = frozenset()
    enterprises: Set[str] = frozenset()
    people: Set[str] = frozenset()
    villages: Set[str] = frozenset()


@dataclass(frozen=True)
class Looks:
    """What the cells of a column look like: for each look the share (0 to 1) of those filled."""

    filled: int = 0
    shares: tuple[tuple[str, float], ...] = ()
    texts: tuple[str, ...] = ()
    """The texts that were looked at."""

    def share(self, *looks: str) -> float:
        """Return which share of the cells has one of these looks."""
        return min(1.0, sum(share for look, share in self.shares if look in looks))


NO_LOOKS = Looks()


def looks_of(cells: Iterable[CellContent], known: Knowledge) -> Looks:
    """Return what these cells look like."""
    told = [cell for cell in cells if not is_empty(cell) and not isinstance(cell, Broken)]
    looks = Counter(_look(cell, known) for cell in told)
    shares = tuple((look, count / len(told)) for look, count in looks.items())
    return Looks(len(told), shares, tuple(clean(cell_text(cell)[:60]) for cell in told))


def sample(rows: Sequence[int]) -> list[int]:
    """Return the rows whose cells are looked at: the first ones, and some of all others."""
    step = max(1, (len(rows) - _FIRST_ROWS) // (_SAMPLE - _FIRST_ROWS))
    return [*rows[:_FIRST_ROWS], *rows[_FIRST_ROWS::step]]


def _look(cell: CellContent, known: Knowledge) -> str:
    if isinstance(cell, date):
        return "day"
    text = half_width(clean(cell_text(cell)[:200]))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _of_number(float(cell), text)
    if text in known.enterprises:
        return "unit"
    if text in known.people:
        return "person"
    if text in known.villages:
        return "village"
    if text in known.names:
        return "office"
    if text in known.phones:
        return "phone"
    if (match := re.search(_PHONE, text)) and _names(text[: match.start()].strip(" :：,，(（/、")):
        return "contact"
    found = next((look for look, pattern in _PATTERNS.items() if pattern.fullmatch(text)), "")
    if (not found or (found in ("office", "unit", "village") and len(text) == 2)) and _names(text):
        return "person"
    return found or ("prose" if len(text) >= 10 or re.search("[，。；、]", text) else "word")


def _of_number(number: float, text: str) -> str:
    if re.fullmatch(r"1\d{10}", text):
        return "phone"
    if _SERIALS[0] < number < _SERIALS[1] and number.is_integer():
        return "day"
    return "day" if re.fullmatch("20[12]\\d[01]\\d[0-3]\\d", text) else "amount"


def _names(text: str) -> bool:
    """Whether a text is one or several names of people."""
    text = re.sub(r"[（(][^）)]*[）)]", "", text)
    names = [name for name in re.split(r"[、,，;；/\s]+", text) if name]
    return bool(names) and all(map(is_name, names))


def is_name(text: str) -> bool:
    """Return whether a text may be the name of a person."""
    return _NAME.fullmatch(text) is not None and text[0] in _SURNAMES


def is_body(text: str) -> bool:
    """Return whether a text may be the name of a unit or an office; 应急办 may be a person too."""
    return len(text) > 2 and any(_PATTERNS[look].fullmatch(text) for look in ("unit", "office"))


_TOLD = ("day", "term", "yes", "picture", "level", "phone", "state", "amount", "contact")
_NO_CHOICE = 0.3
"""How much short words speak against a choice, none of which is one: an office has words of its own."""
_FITS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "date": (
        ("day", "term"),
        ("phone", "person", "contact", "yes", "unit", "prose", "picture", "level", "credit"),
    ),
    "phone": (("phone", "contact"), ("day", "person", "yes", "unit", "prose", "picture", "level", "state")),
    "person": (("person", "contact"), (*_TOLD[:-1], "prose")),
    "amount": (("amount",), ("phone", "person", "unit", "picture", "level", "state", "prose", "credit")),
    "number": (("code", "credit"), ("person", "unit", "yes", "picture", "level", "state", "day")),
    "unit": (("unit", "village"), _TOLD),
    "office": (("office",), _TOLD),
    "village": (("village",), _TOLD),
    "prose": (("prose",), ("day", "yes", "picture", "level", "phone", "state", "amount", "contact")),
    "choice": ((), ("day", "picture", "phone", "contact", "prose", "unit", "person", "credit", "amount")),
    "": ((), ("day", "yes", "picture", "phone", "contact", "level")),
}
"""Looks that speak for a kind of field, and those that speak against it."""


def suits(field: Field, kind: str, looks: Looks) -> float:
    """Return how well values suits a field: 1 well, 0 says nothing, -1 not at all."""
    if not looks.filled:
        return 0.0
    good, bad = _FITS.get(kind, _FITS[""])
    told = looks.share(*good) - looks.share(*bad)
    if kind == "prose":  # 已更换到位，正在整改，未整改：正在采购 is prose, though some of it is but a state
        told += min(looks.share("state"), 1 - looks.share("state"))
    if field.kind is Kind.BOOL:
        told += looks.share("yes")
    elif field.choices:
        chosen = _chosen(field, looks)
        told += 1.5 * chosen - (0 if chosen else _NO_CHOICE * looks.share("word", "person"))
    return max(-1.0, min(1.0, told))


def holds_states(field: Field) -> bool:
    """Return whether most choices of a field are states of a hazard: 待整改, 整改中, 已销号."""
    states = sum(_PATTERNS["state"].fullmatch(choice) is not None for choice in field.choices)
    return 2 * states > len(field.choices)


def _chosen(field: Field, looks: Looks) -> float:
    """Which share of the texts are choices of a field, or begin or end with one of them."""
    texts = [_SUFFIXES.sub("", text) or text for text in looks.texts]
    known = {_SUFFIXES.sub("", choice) or choice for choice in field.choices}
    return sum(text in known for text in texts) / len(texts)
