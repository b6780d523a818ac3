"""The lists and styles of an old Word document (.doc, .wps), as [MS-DOC] describes them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hazard_desk.grid.word.numbering import ListKind, ListLevel
from hazard_desk.sheets.reading.old_parts import properties

_NAMES = (
    "decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago "
    "ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal "
    "japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth "
    "decimalZero bullet ganada chosung decimalEnclosedFullstop decimalEnclosedParen "
    "decimalEnclosedCircleChinese ideographEnclosedCircle ideographTraditional ideographZodiac "
    "ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional taiwaneseCountingThousand "
    "taiwaneseDigital chineseCounting chineseLegalSimplified chineseCountingThousand"
)
_FORMATS = dict(enumerate(_NAMES.split())) | {57: "numberInDash", 255: "none"}
"""Word's names of the formats by their numbers in the old file."""
_LIST, _LEVEL, _USE, _CHANGE = 28, 28, 16, 8
"""Bytes of a list, of the head of a level, of a use of a list, of what that changes."""
IN_LIST, LIST_LEVEL, OUTLINE, ALIGN = 0x460B, 0x260A, 0x2640, (0x2461, 0x2403)
"""Properties of a paragraph: which list, its level in it, its level as a heading, where it stands."""


class _Levels:
    """Reads levels one behind the other."""

    def __init__(self, table: bytes, at: int) -> None:
        self.table, self.at = table, at

    def next(self) -> ListLevel:
        start, kind, flags = struct.unpack_from("<iBB", self.table, self.at)
        long, short, until = struct.unpack_from("<BBB", self.table, self.at + 24)
        self.at += _LEVEL + long + short
        count = struct.unpack_from("<H", self.table, self.at)[0]
        text = struct.unpack_from(f"<{count}H", self.table, self.at + 2)
        self.at += 2 + 2 * count
        shown = "".join(f"%{char + 1}" if char < 9 else chr(char) for char in text)
        restart = until if flags & 8 else -1
        return ListLevel(_FORMATS.get(kind, "decimal"), shown, max(start, 0), restart, bool(flags & 4))


def lists_of(table: bytes, at: int, length: int, uses: bytes) -> dict[str, ListKind]:
    """Return the lists by the number that paragraphs name, from 1."""
    families = dict(_families(table, at, length)) if length else {}
    found: dict[str, ListKind] = {}
    count = struct.unpack_from("<I", uses)[0] if len(uses) >= 4 else 0
    place = 4 + _USE * count
    for number in range(count):
        family, _, _, changes = struct.unpack_from("<iiiB", uses, 4 + _USE * number)
        levels, anew = dict(families.get(family, {})), set()
        reader = _Levels(uses, place + 4)
        for _ in range(changes):
            start, flags = struct.unpack_from("<iI", uses, reader.at)
            reader.at += _CHANGE
            level = flags & 15
            if flags & 32:
                levels[level] = reader.next()
            elif flags & 16:
                levels[level] = replace(levels.get(level, ListLevel()), start=max(start, 0))
            if flags & 16:
                anew.add(level)
        place = reader.at
        found[str(number + 1)] = ListKind(str(family), levels, frozenset(anew))
    return found


def _families(table: bytes, at: int, length: int) -> Iterator[tuple[int, dict[int, ListLevel]]]:
    count = struct.unpack_from("<H", table, at)[0]
    reader = _Levels(table, at + length)
    for number in range(count):
        family = struct.unpack_from("<i", table, at + 2 + _LIST * number)[0]
        simple = table[at + 2 + _LIST * number + 26] & 1
        yield family, {level: reader.next() for level in range(1 if simple else 9)}


@dataclass(frozen=True)
class OldStyle:
    """What a paragraph style tells."""

    name: str = ""
    said: tuple[tuple[int, bytes], ...] = ()


def styles_in(sheet: bytes) -> dict[int, OldStyle]:
    """Return the paragraph styles by number, with what they take from those they rest on."""
    if not sheet:
        return {}
    length, count, base = struct.unpack_from("<HHH", sheet)
    at = 2 + length
    found: dict[int, tuple[int, OldStyle]] = {}
    for number in range(count):
        size = struct.unpack_from("<H", sheet, at)[0]
        style = sheet[at + 2 : at + 2 + size]
        at += 2 + size
        if size:
            found[number] = _style(style, base)
    return {number: _with_bases(found, number) for number in found}


def _style(style: bytes, base: int) -> tuple[int, OldStyle]:
    rests = struct.unpack_from("<H", style, 2)[0]
    letters = struct.unpack_from("<H", style, base)[0]
    name = style[base + 2 : base + 2 + 2 * letters].decode("utf-16-le", "replace")
    at = base + 2 + 2 * letters + 2
    at += at & 1
    if rests & 15 != 1 or at + 2 > len(style):
        return 0xFFF, OldStyle(name)
    size = struct.unpack_from("<H", style, at)[0]
    return rests >> 4, OldStyle(name, tuple(properties(style[at + 4 : at + 2 + size]).items()))


def _with_bases(found: dict[int, tuple[int, OldStyle]], number: int) -> OldStyle:
    base, own = found[number]
    said = dict(own.said)
    for _ in range(20):
        if base not in found:
            break
        further, style = found[base]
        said = dict(style.said) | said
        base = further
    return OldStyle(own.name, tuple(said.items()))
