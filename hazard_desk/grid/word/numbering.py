"""Automatic numbers of a Word document, as Word prints them: they are nowhere in its text.

A list is a family of levels; each level counts on its own and anew below a higher one. What is told here
of levels is the same in .docx (numbering.xml) and in the old .doc (its list tables).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hazard_desk.rules.numerals import capital_yuan, chinese_numeral

_MOST = 32_767
"""Word counts no farther."""
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = {
    **{1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x"},
    **{9: "ix", 5: "v", 4: "iv", 1: "i"},
}
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_PLACE = re.compile(r"%([1-9])")
_BULLETS = str.maketrans({0xF06C: "●", 0xF06E: "■", 0xF075: "◆", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0A8: "□"})
_OTHERS = re.compile("[\ue000-\uf8ff]")


def _row(first: int, count: int, more: Mapping[int, int] | None = None) -> Callable[[int], str]:
    """Numbers that are one character each, from ``first`` on; ``more`` tells where later rows begin."""
    starts = {1: first, **(more or {})}

    def shown(number: int) -> str:
        below = max((start for start in starts if start <= number), default=0)
        return chr(starts[below] + number - below) if 0 < number <= count else str(number)

    return shown


def _of(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _capital(number: int) -> str:
    return capital_yuan(number).removesuffix("元整")


def _counting(number: int) -> str:
    return chinese_numeral(number) if 0 < number < 100 else _capital(number).translate(_PLAIN)


def _letters(number: int) -> str:
    """z is followed by aa, then bb."""
    return chr(96 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1) if number > 0 else "0"


def _roman(number: int) -> str:
    said = ""
    for value, sign in _ROMAN.items():
        said += sign * (number // value)
        number %= value
    return said


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 20 else ending}"


def _digits(number: int) -> str:
    return str(number).translate(_DIGITS)


def _sixty(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number > 0 else "0"


_circle = _row(0x2460, 50, {21: 0x3251, 36: 0x32B1})
FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalZero": lambda number: f"{number:02}",
    "decimalEnclosedCircle": _circle,
    "decimalEnclosedParen": _row(0x2474, 20),
    "decimalEnclosedFullstop": _row(0x2488, 20),
    "ideographEnclosedCircle": _row(0x3280, 10),
    "chineseCounting": lambda number: _counting(number) if number < 100 else _digits(number),
    "chineseCountingThousand": _counting,
    "chineseLegalSimplified": _capital,
    "ideographDigital": _digits,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "ordinal": _ordinal,
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",
}
"""By Word's name of a format, how a number is written; digits for any other."""
_SAME = {
    "decimalFullWidth2": "decimalFullWidth",
    "decimalEnclosedCircleChinese": "decimalEnclosedCircle",
    "ideographLegalTraditional": "chineseLegalSimplified",
    "taiwaneseCounting": "chineseCounting",
    "taiwaneseCountingThousand": "chineseCountingThousand",
    "taiwaneseDigital": "ideographDigital",
    "japaneseCounting": "chineseCountingThousand",
    "japaneseLegal": "chineseLegalSimplified",
    "japaneseDigitalTenThousand": "ideographDigital",
    "koreanDigital2": "ideographDigital",
}


def shown_as(kind: str, number: int) -> str:
    """Return a number in one of Word's formats: chineseCountingThousand 12 is 十二."""
    return FORMATS.get(_SAME.get(kind, kind), str)(min(max(number, 0), _MOST))


@dataclass(frozen=True)
class ListLevel:
    """How one level of a list is numbered."""

    kind: str = "decimal"
    """Word's name of the format."""
    text: str = ""
    """What is printed, %1 to %9 for the numbers of the levels: （%1）, %1.%2."""
    start: int = 1
    restart: int = -1
    """-1: counts anew below any higher level; 0: never; n: only below the first n levels."""
    legal: bool = False
    """Every number in digits, however its own level writes it."""


@dataclass(frozen=True)
class ListKind:
    """One list as paragraphs name it."""

    family: str
    """Lists of one family count on together."""
    levels: Mapping[int, ListLevel]
    anew: frozenset[int] = frozenset()
    """Levels that begin anew where this list is first used."""


class Numbers:
    """Counts on through a document."""

    def __init__(self, lists: Mapping[str, ListKind]) -> None:
        self.lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[str] = set()

    def next(self, name: str, at: int) -> str:
        """Return the number of the next paragraph of list ``name`` on level ``at`` (from 0); '' for none."""
        one = self.lists.get(name)
        level = one.levels.get(at) if one else None
        if one is None or level is None:
            return ""
        counts = self._counts.setdefault(one.family, {})
        if name not in self._used:
            self._used.add(name)
            for anew in one.anew:
                counts.pop(anew, None)
        for deeper in [deeper for deeper in counts if deeper > at]:
            restart = one.levels[deeper].restart if deeper in one.levels else -1
            if restart == -1 or at < restart:
                del counts[deeper]
        for higher in range(at):  # one that was passed over counts as if it had been there
            counts.setdefault(higher, one.levels.get(higher, level).start)
        counts[at] = counts.get(at, level.start - 1) + 1
        return self._shown(one, level, counts)

    @staticmethod
    def _shown(one: ListKind, level: ListLevel, counts: Mapping[int, int]) -> str:
        if level.kind == "bullet":
            return _OTHERS.sub("•", level.text.translate(_BULLETS))

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            its = one.levels.get(at, ListLevel())
            kind = "decimal" if level.legal and its.kind != "none" else its.kind
            return shown_as(kind, counts.get(at, its.start))

        return _PLACE.sub(shown, level.text).strip()
