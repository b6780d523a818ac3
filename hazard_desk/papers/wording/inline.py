"""Reads the fields, conditions and loops within one line of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from hazard_desk.errors import Refused
from hazard_desk.papers.wording.saying import BLANK, FORMATS
from hazard_desk.papers.wording.tree import Ask, Condition, Inline, Loop, Piece, Say, T, Test, When

OPEN, CLOSE = "«", "»"
IF, ELSE, EACH, END = "如", "否则", "每条", "完"
LEAST = "至少"
BAR = "｜"
_MOST_ROWS = 200
_TOKEN = re.compile(r"«([^«»]*)»")
_BARS = re.compile("[｜|]")
_FORMAT = re.compile(rf"{'|'.join(FORMATS)}|{BLANK}[0-9]{{1,2}}")
_COUNT = re.compile("[0-9]{1,6}")
_DEEPEST = 12
_LIKE = re.compile("[《〈<{｛[]{1,2}([^《》〈〉<>{}｛｝\\[\\]«»]{1,40})[》〉>}｝\\]]{1,2}")


def refused(line: int, sentence: str) -> Refused:
    """Return the refusal of a line, counted from 1."""
    return Refused(f"第{line}行：{sentence}", str(line))


def like_fields(text: str) -> Iterator[tuple[str, str]]:
    """Give out what stands in brackets that look like those of a field, with and without them."""
    return ((match[0], _one_blank(match[1])) for match in _LIKE.finditer(text))


def refuse_too_deep(words: Iterable[tuple[int, str]]) -> None:
    """Raise ``Refused`` where conditions and loops stand in each other deeper than can be followed."""
    deep = 0
    for line, word in words:
        deep += (word.split(" ")[0] in (IF, EACH)) - (word == END)
        if deep > _DEEPEST:
            raise refused(line, f"“{IF}”和“{EACH}”一层套一层，最多{_DEEPEST}层，请分开写")


def read_inline(text: str, line: int) -> Inline:
    """Return the pieces of a line. ``Refused`` for a bracket or a condition that is not closed."""
    tokens = list(_tokens(text, line))
    refuse_too_deep((line, told) for field, told in tokens if field)
    pieces, rest = _pieces(tokens, line, within="")
    if rest:
        raise refused(
            line, f"“{OPEN}{rest[0][1]}{CLOSE}”没有对应的“{OPEN}{IF} …{CLOSE}”或“{OPEN}{EACH} …{CLOSE}”"
        )
    return Inline(pieces, line)


def directive(text: str) -> str | None:
    """Return what stands in the brackets of a line that is one condition, loop or end, and nothing else."""
    match = _TOKEN.fullmatch(text.strip())
    if match is None:
        return None
    word = _one_blank(match[1])
    first = word.split(" ")[0]
    return word if first in (IF, EACH) or word in (ELSE, END) else None


def read_condition(told: str, line: int) -> Condition:
    """Return a condition: 有 X 且 Y 是 甲｜乙 或 没有 Z."""
    ways = []
    for way in _one_blank(told).split(" 或 "):
        ways.append(tuple(_ask(one.strip(), line) for one in way.split(" 且 ")))
    return tuple(ways)


def _ask(told: str, line: int) -> Ask:
    words = told.split()
    if len(words) == 2 and words[0] in ("有", "没有"):
        return Ask(words[1], cast(Test, words[0]))
    if len(words) >= 3 and words[1] in ("是", "不是", "多于"):
        asked = [word.strip() for word in _BARS.split(" ".join(words[2:]))]
        if words[1] == "多于" and not _COUNT.fullmatch("".join(asked)):
            raise refused(line, f"“多于”后面应是整数，如 3，现为“{' '.join(words[2:])}”")
        if all(asked):
            return Ask(words[0], cast(Test, words[1]), tuple(asked))
    raise refused(
        line, f"条件“{told}”看不懂，可写作：有 栏目、没有 栏目、栏目 是 词、栏目 不是 词、栏目 多于 3"
    )


def loop(told: str, body: tuple[T, ...], line: int) -> Loop[T]:
    """Return a loop: 每条 X, or 每条 X 至少 8."""
    words = told.split()
    if len(words) == 1:
        return Loop(words[0], body, line)
    if len(words) == 3 and words[1] == LEAST and _COUNT.fullmatch(words[2]) and int(words[2]) <= _MOST_ROWS:
        return Loop(words[0], body, line, int(words[2]))
    raise refused(
        line, f"“{EACH} {told.strip()}”看不懂，可写作：{EACH} 栏目、{EACH} 栏目 {LEAST} 8（最多{_MOST_ROWS}）"
    )


def read_say(told: str, line: int) -> Say:
    """Return a field with its formats. ``Refused`` for a format that is none."""
    name, *formats = told.split()
    for word in (IF, EACH):
        if name.startswith(word):
            rest = told.removeprefix(word).strip()
            raise refused(line, f"“{word}”后面请空一格，写作“{OPEN}{word} {rest}{CLOSE}”")
    for one in formats:
        if not _FORMAT.fullmatch(one):
            raise refused(line, f"“{one}”不是写法，可用的有：{'、'.join(FORMATS)}")
    return Say(name, tuple(formats))


def _tokens(text: str, line: int) -> Iterator[tuple[bool, str]]:
    """Give out plain text (False) and what stands in brackets (True)."""
    at = 0
    for match in _TOKEN.finditer(text):
        yield False, _plain(text[at : match.start()], line)
        told = _one_blank(match[1])
        if not told:
            raise refused(line, f"“{OPEN}{CLOSE}”里没有栏目，请填写栏目名称或删去")
        yield True, told
        at = match.end()
    yield False, _plain(text[at:], line)


def _one_blank(text: str) -> str:
    """Return a text with one blank between its words, whatever blanks stood there."""
    return " ".join(text.split())


def _plain(text: str, line: int) -> str:
    for bracket in (OPEN, CLOSE):
        if bracket in text:
            other = CLOSE if bracket == OPEN else OPEN
            raise refused(line, f"有“{bracket}”而没有对应的“{other}”：“{text.strip()[:20]}”")
    return text


def _pieces(
    tokens: list[tuple[bool, str]], line: int, within: str
) -> tuple[tuple[Piece, ...], list[tuple[bool, str]]]:
    """Return the pieces up to the end of what they stand within, and the tokens from there."""
    pieces: list[Piece] = []
    while tokens:
        field, told = tokens[0]
        first, _, rest = told.partition(" ")
        if field and told in (ELSE, END):
            break
        tokens = tokens[1:]
        if not field:
            pieces += [told] if told else []
        elif first == IF:
            then, tokens = _pieces(tokens, line, told)
            otherwise: tuple[Piece, ...] = ()
            if tokens and tokens[0][1] == ELSE:
                otherwise, tokens = _pieces(tokens[1:], line, told)
            tokens = _ended(tokens, told, line)
            pieces.append(When(read_condition(rest, line), then, otherwise, line))
        elif first == EACH:
            body, tokens = _pieces(tokens, line, told)
            tokens = _ended(tokens, told, line)
            pieces.append(loop(rest, body, line))
        else:
            pieces.append(read_say(told, line))
    return tuple(pieces), tokens


def _ended(tokens: list[tuple[bool, str]], begun: str, line: int) -> list[tuple[bool, str]]:
    if not tokens or tokens[0] != (True, END):
        raise refused(line, f"“{OPEN}{begun}{CLOSE}”没有以“{OPEN}{END}{CLOSE}”结束")
    return tokens[1:]
