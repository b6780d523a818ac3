"""Who does it and by when, as prose says it.

（牵头单位：…；完成时限：…）, 〔…牵头〕, a line 责任单位：… of its own, or 县应急局牵头，各乡镇配合，长期坚持.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hazard_desk.library.annex.people import HELPING, is_nobody, is_person, is_unit
from hazard_desk.library.annex.words import names
from hazard_desk.library.plans import SharedCell
from hazard_desk.rules.deadlines import parse_deadline

_LABELS: dict[SharedCell, str] = {
    "leads": "牵头领导 责任领导 分管领导 包案领导 包保领导 包抓领导 责任人 负责人 牵头人 牵头县领导 督办领导",
    "helpers": """配合单位 配合部门 配合科室 协办单位 协助单位 参与单位 参加单位 配合 协办 协同单位""",
    "units": """牵头单位 责任单位 牵头部门 责任部门 牵头科室 责任科室 牵头股室 责任股室 主办单位 承办单位
        落实单位 主责单位 实施单位 整改单位 牵头责任单位 责任主体 牵头 责任 主办 承办 主责部门""",
    "deadline": """完成时限 完成时间 完成期限 整改时限 时限要求 时间要求 时间节点 时限 完成日期 整改期限
        时间安排 进度安排 起止时间 期限""",
}
_CELL = {name: cell for cell, words in _LABELS.items() for name in words.split()}
_NAMES = "|".join(sorted(_CELL, key=len, reverse=True))
LABEL = re.compile(rf"(?P<label>{_NAMES})\s*[:：]\s*")
_LABELLED_END = re.compile(rf"[。；，,]\s*(?=(?:{_NAMES})\s*[:：])")
"""Where a text goes over to 牵头单位：…；完成时限：… without a bracket."""
_OPEN, _CLOSE = "（(〔[【［﹝", "）)〕]】］﹞"
_DOES = re.compile(
    r"^(?:由)?(?P<who>[^，。；;]{2,60}?)(?:共同|分别|按职责分工|按职责|具体|统一)*"
    rf"(?P<how>牵头负责|牵头落实|牵头|主办|负责落实|负责|承办|落实|{'|'.join(HELPING)})$"
)
_INLINE = re.compile(
    r"由(?P<who>[\u3400-\u9fff、（）()和与及]{2,40}?)牵头(?P<also>[、，,；;]\s*(?P<helpers>[^，。；;]{2,60}?)配合)?"
)
_BY = re.compile(
    r"(?<![每\d次首])(?<!每年)(?:20\d\d\s*年\s*)?(?:(?<!\d)\d{1,2}\s*月(?:\s*\d{1,2}\s*日|底|初|末|[上中下]旬)?"
    r"|(?<=年)底|年底)之?前(?!后|期|款|置|来)"
)
_FIRST_CLAUSE = re.compile(r"(?:^|[。；])\s*(?P<clause>[^，。；]{3,40})(?=，)")


@dataclass
class Assigned:
    """Who and when, as it is written; several statements are joined."""

    cells: dict[SharedCell, list[str]] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)
    """Which characters of the text said so."""

    def __bool__(self) -> bool:
        return bool(self.cells)

    def add(self, cell: SharedCell, text: str) -> None:
        """Note one more statement."""
        if text.strip(" 　，,；;。、") and not is_nobody(text):
            self.cells.setdefault(cell, []).append(text.strip(" 　，,；;。、"))

    def said(self, cell: SharedCell) -> str:
        """All that was said of a cell."""
        mark = "、" if cell == "deadline" else "；"
        return mark.join(self.cells.get(cell, ()))


def assigned_in(text: str) -> tuple[str, Assigned]:
    """Return a text without the brackets and closing words that assign it, and what they say."""
    told = Assigned()
    for start, end in brackets(text):
        words = text[start + 1 : end - 1]
        if _read_bracket(words, told):
            told.spans.append((start, end))
        elif _ends_in_units(text, start, end):
            for part in _parts(words):
                told.add("deadline" if _is_when(part) else "units", part)
            told.spans.append((start, end))
    rest = _without(text, told.spans)
    if not told and (match := _LABELLED_END.search(text)):
        _read_labelled(text[match.end() :], told)
        if told:
            told.spans.append((match.end(), len(text)))
            rest = text[: match.end()]
    if not told:
        rest, closing = _closing_words(text)
        if closing:
            for part in _parts(closing):
                _read_words(part, told)
            told.spans.append((len(text) - len(closing), len(text)))
    if "units" not in told.cells:
        _read_inline(rest, told)
    return _tidy(rest), told


def line_assigned(text: str) -> Assigned | None:
    """Return what a line of its own says (责任单位：…；完成时限：…); None for another line."""
    bare = text.strip(" 　。" + _OPEN + _CLOSE) if text[:1] in _OPEN else text.strip(" 　")
    told = Assigned()
    if match := LABEL.match(bare):
        if match["label"] in ("责任", "牵头", "配合", "协办") and len(bare) > 120:
            return None
        _read_labelled(bare, told)
    elif len(bare) <= 120 and _is_closing(bare.rstrip("。")):
        for part in _parts(bare.rstrip("。")):
            _read_words(part, told)
    if not told:
        return None
    told.spans.append((0, len(text)))
    return told


def days_amid(text: str, year: int) -> str:
    """Return the days by which a text itself wants something done (6月底前、11月底前); '' for none."""
    found = "、".join(dict.fromkeys(re.sub(r"\s", "", match.group()) for match in _BY.finditer(text)))
    return found if found and parse_deadline(found, year).dates else ""


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the outermost balanced brackets of a text, whatever their kind."""
    stack: list[str] = []
    start = 0
    for at, char in enumerate(text):
        if char in _OPEN:
            start = start if stack else at
            stack.append(_CLOSE[_OPEN.index(char)])
        elif stack and char in _CLOSE:
            stack.pop()
            if not stack:
                yield start, at + 1


def looks_assigning(text: str) -> bool:
    """Whether words in a bracket seem to say who or when."""
    return re.search(r"牵头|责任(?:单位|部门|科室|领导)|配合|完成时[限间]|时限", text) is not None


def _read_bracket(words: str, told: Assigned) -> bool:
    words = re.sub(r"\s*\n\s*", "", words.strip())
    if LABEL.match(words):
        _read_labelled(words, told)
        return True
    if _is_closing(words):
        for part in _parts(words):
            _read_words(part, told)
        return True
    return False


def _read_labelled(words: str, told: Assigned) -> None:
    """Read 牵头单位：甲；责任单位：乙（丙）；完成时间：2025年5月."""
    found = list(LABEL.finditer(words))
    found = [one for one in found if one.start() == 0 or words[one.start() - 1] in "；;，,。、 　\t）)"]
    for one, following in zip(found, [*found[1:], None], strict=True):
        text = words[one.end() : following.start() if following else len(words)].strip(" 　；;，,。、")
        cell = _CELL[one["label"]]
        if cell == "leads" and one["label"] in ("责任人", "负责人", "牵头人") and is_unit(text):
            cell = "units"
        told.add(cell, text)


def _parts(words: str) -> list[str]:
    """Part words at marks that stand in no bracket, and where 甲牵头、乙配合 goes on."""
    parts, depth = [""], 0
    for char in re.sub(r"(牵头|主办|主责)、", r"\1，", words):
        depth = max(depth + (char in _OPEN) - (char in _CLOSE), 0)
        if char in "，,；;。" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def _read_words(part: str, told: Assigned) -> None:
    """Read one clause: 县应急局牵头; 各乡镇配合; 长期坚持."""
    if match := _DOES.match(part):
        told.add("helpers" if match["how"] in HELPING else "units", match["who"])
    elif match := re.match(r"(?:于|在)?(.+?)(?:完成|落实)?$", part):
        told.add("deadline", match[1] if parse_deadline(match[1], 2000).understood else part)


def _is_closing(words: str) -> bool:
    """Whether all of a text says who and when, and some of it who."""
    parts = _parts(words)
    if not parts or len(words) > 160:
        return False
    who = [bool((match := _DOES.match(part)) and _is_named(match["who"])) for part in parts]
    when = [not done and _is_when(part) for part, done in zip(parts, who, strict=True)]
    return any(who) and all(done or dated for done, dated in zip(who, when, strict=True))


def _is_named(who: str) -> bool:
    """Whether these are names of units or people, not a sentence that happens to end in 负责."""
    found = [re.sub(r"等$", "", name) for name in names(re.sub(r"[和与及]", "、", who))[0]]
    return (
        bool(found)
        and all(len(name) <= 24 for name in found)
        and any(is_unit(name) or is_person(name) for name in found)
    )


def _ends_in_units(text: str, start: int, end: int) -> bool:
    """Whether a text ends in a bracket of units: 落实到位。（县应急局、各乡镇）, （各镇；6月底前）.

    Beside units alone a sentence has to end before the bracket, else it may say what a word means.
    """
    if text[end:].strip(" 。；"):
        return False
    parts = _parts(text[start + 1 : end - 1])
    when = [part for part in parts if _is_when(part)]
    found = [name for part in parts if part not in when for name in names(part)[0]]
    whole = bool(when) or text[:start].rstrip().endswith(("。", "；"))
    return whole and bool(found) and all(is_unit(name) for name in found)


def _is_when(part: str) -> bool:
    return len(part) <= 24 and parse_deadline(part, 2000).understood


def _closing_words(text: str) -> tuple[str, str]:
    """Part a text from its last sentence where that only says who and when."""
    bare = text.rstrip("。 　")
    cut = max(bare.rfind("。"), bare.rfind("；")) + 1
    closing = bare[cut:]
    if cut and _is_closing(closing.strip()):
        return text[:cut], text[cut:]
    return text, ""


def _read_inline(text: str, told: Assigned) -> None:
    """Read 由政策法规股牵头，各部门配合 amid a sentence, which stays, and 城建办负责，… at its beginning."""
    for found in _FIRST_CLAUSE.finditer(text):
        first = _DOES.match(found["clause"])
        if first and "由" not in found["clause"] and all(map(is_unit, names(first["who"])[0])):
            told.add("helpers" if first["how"] in HELPING else "units", first["who"])
            told.spans.append(found.span("clause"))
    for match in _INLINE.finditer(text):
        if _is_named(match["who"]):
            told.add("units", match["who"])
            if match["helpers"]:
                told.add("helpers", match["helpers"])
            told.spans.append(match.span())


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def _tidy(text: str) -> str:
    text = re.sub(r"([。；！？])[。；]+", r"\1", text.strip())
    return re.sub(r"[，,]$", "。", text.strip(" 　"))
