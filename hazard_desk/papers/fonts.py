"""Fonts by role: what GB/T 9704-2012 names, what this computer has, what prints a missing character.

Each role has families of its own, stand-ins that look alike, and last the font that ships. A character
that the chosen font lacks is printed by the next font that has it, else as 〓, never as nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from hazard_desk.errors import Trouble
from hazard_desk.library.places import resources
from hazard_desk.papers.font_files import FontFile, installed
from hazard_desk.papers.unicode_map import mend

FontRole = Literal["小标宋", "仿宋", "楷体", "黑体", "宋体"]

mend()

MISSING = "〓"
"""Stands for a character that no font has (the traditional mark of a missing sort)."""


@dataclass(frozen=True)
class _Families:
    """Family names of a role, best first. ``heavy``: stand-ins get a thin outline to look the part."""

    own: tuple[str, ...]
    stand_in: tuple[str, ...]
    ships: str
    heavy: bool = False


_SERIF, _SANS = "hazard-desk-serif.ttf", "hazard-desk-sans.ttf"
_ROLES: dict[FontRole, _Families] = {
    "小标宋": _Families(
        ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
        ("华文中宋", "STZhongsong"),
        _SERIF,
        heavy=True,
    ),
    "仿宋": _Families(
        ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
        ("华文仿宋", "STFangsong", "方正仿宋_GBK", "方正仿宋简体"),
        _SERIF,
    ),
    "楷体": _Families(
        ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
        ("华文楷体", "STKaiti", "LXGW WenKai", "AR PL UKai CN"),
        _SERIF,
    ),
    "黑体": _Families(
        ("黑体", "SimHei"), ("WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "微软雅黑"), _SANS, heavy=True
    ),
    "宋体": _Families(("宋体", "SimSun"), ("华文宋体", "STSong", "AR PL UMing CN"), _SERIF),
}
_RARE = ("SimSun-ExtB", "SimSun-ExtG", "微软雅黑", "MingLiU-ExtB", "Segoe UI Symbol", "DejaVu Sans")
_EVERY_FAMILY = (*(name for role in _ROLES.values() for name in role.own + role.stand_in), *_RARE)
"""Asked for characters that a role's own fonts do not have."""


def official_family(role: FontRole) -> str:
    """Return the family that the office's rules name for ``role``: what a Word file or a sheet asks for."""
    return _ROLES[role].own[0]


@dataclass(frozen=True, eq=False)
class Face:
    """A font ready to print: reportlab's name for it, and the width of each character it has, in em."""

    name: str
    widths: Mapping[str, float] = field(repr=False)


class Run(NamedTuple):
    """Characters printed with one font; ``heavy`` asks for a thin outline."""

    text: str
    face: Face
    heavy: bool


class Fonts:
    """Which font prints which role: ``Fonts.of_this_computer()`` or, the same everywhere, ``shipped()``."""

    def __init__(self, files: Mapping[str, FontFile], folder: Path) -> None:
        self._files = files
        self._folder = folder
        self._mains: dict[FontRole, tuple[Face, bool]] = {}
        self._widths: dict[FontRole, dict[str, float]] = {role: {} for role in _ROLES}

    @classmethod
    def shipped(cls, folder: Path | None = None) -> Fonts:
        """Return the fonts that come with the program (in ``folder``) and no others."""
        return cls({}, folder or resources() / "fonts")

    @classmethod
    def of_this_computer(cls) -> Fonts:
        """Return the fonts of this computer, and those that ship where it has none."""
        return _of_this_computer()

    def runs(self, text: str, role: FontRole) -> list[Run]:
        """Return ``text`` cut into runs of one font each."""
        face, heavy = self._main(role)
        if face.widths.keys() >= set(text):
            return [Run(text, face, heavy)]
        printed = (self._printer(char, role) for char in text)
        return [
            Run("".join(run.text for run in same), *key)
            for key, same in groupby(printed, lambda run: (run.face, run.heavy))
        ]

    def widths(self, text: str, role: FontRole) -> list[float]:
        """Return the advance of every character of ``text``, in em."""
        known = self._widths[role]
        try:
            return [known[char] for char in text]
        except KeyError:
            for char in set(text) - known.keys():
                run = self._printer(char, role)
                known[char] = run.face.widths[run.text]
            return [known[char] for char in text]

    def lacks(self, char: str, role: FontRole) -> bool:
        """Return whether no font has ``char``, so that the mark of a missing one is printed."""
        return self._printer(char, role).text != char

    def ink_top(self, char: str, role: FontRole) -> float:
        """Return how far above the baseline the ink of ``char`` reaches, in em."""
        return _ink_top(self._printer(char, role).face.name, char)

    def fallbacks(self) -> dict[FontRole, str]:
        """Return, for each role not printed with a font of its own, the name of what prints instead."""
        names = {_SERIF: "自带宋体", _SANS: "自带黑体"}
        chosen: dict[FontRole, str] = {}
        for role, families in _ROLES.items():
            if not self._first(families.own):
                found = self._first(families.stand_in)
                chosen[role] = found or names[families.ships]
        return chosen

    def advice(self) -> str:
        """Return one Chinese sentence on the missing fonts for the clerk; empty when none is missing."""
        instead = "，".join(f"{role}改用{name}" for role, name in self.fallbacks().items())
        return f"本机没有装齐公文字体：{instead}；装上所缺字体后，重新打印即可。" if instead else ""

    def _printer(self, char: str, role: FontRole) -> Run:
        """Who prints ``char``: the first font that has it, else the mark of a missing one."""
        for face, heavy in self._candidates(role):
            if char in face.widths:
                return Run(char, face, heavy)
        if char == MISSING:
            raise Trouble("程序自带的字体已损坏，请重新安装隐患工作台")
        return self._printer(MISSING, role)

    def _main(self, role: FontRole) -> tuple[Face, bool]:
        """The font that prints the role, and whether it must be made heavier."""
        if role not in self._mains:
            self._mains[role] = next(self._candidates(role))
        return self._mains[role]

    def _candidates(self, role: FontRole) -> Iterator[tuple[Face, bool]]:
        """The fonts of the role, the one that ships for it, then all others."""
        families = _ROLES[role]
        for name in families.own + families.stand_in:
            if face := self._face(name):
                yield face, families.heavy and name not in families.own
        yield self._shipped(families.ships), families.heavy
        for name in _EVERY_FAMILY:
            if face := self._face(name):
                yield face, False
        for ships in (_SERIF, _SANS):
            yield self._shipped(ships), False

    def _shipped(self, name: str) -> Face:
        face = _load(FontFile(self._folder / name))
        if face is None:
            raise Trouble(f"程序自带的字体“{name}”缺失或已损坏，请重新安装隐患工作台")
        return face

    def _first(self, names: tuple[str, ...]) -> str | None:
        """The first of the families that this computer has and that can be read."""
        return next((name for name in names if self._face(name)), None)

    def _face(self, name: str) -> Face | None:
        file = self._files.get(name.lower())
        return _load(file) if file else None


@cache
def _of_this_computer() -> Fonts:
    return Fonts(installed(), resources() / "fonts")


@cache
def _load(file: FontFile) -> Face | None:
    """The font of ``file``, read once per process; None when it cannot be read."""
    name = f"{file.path}#{file.index}"
    try:
        font = TTFont(name, str(file.path), subfontIndex=file.index)
    except (TTFError, OSError, struct.error, KeyError, IndexError, ValueError):
        return None  # damaged: the next font of the role prints
    pdfmetrics.registerFont(font)
    face = font.face
    widths = {
        chr(code): face.charWidths.get(code, face.defaultWidth) / 1000
        for code, glyph in face.charToGlyph.items()
        if glyph
    }
    return Face(name, widths)


def _ink_top(name: str, char: str) -> float:
    """Read the upper edge of a glyph from its outline (``glyf``), where ``loca`` says it lies."""
    font = pdfmetrics.getFont(name).face
    at = font.charToGlyph[ord(char)]
    kind, scale = (">L", 1) if font.get_table("head")[51] else (">H", 2)
    start = scale * struct.unpack_from(kind, font.get_table("loca"), struct.calcsize(kind) * at)[0]
    top: int = struct.unpack_from(">h", font.get_table("glyf"), start + 8)[0]
    return top / int(font.unitsPerEm)
