"""Measures and wraps the texts of table cells."""

from __future__ import annotations

import re
from functools import partial

from hazard_desk.papers.fonts import FontRole, Fonts
from hazard_desk.papers.lines import break_lines, longest_word

PAD_X = 0.35
"""The inner margin of a cell left and right, in em."""

_LEADING, _PAD_Y = 1.3, 0.25
"""Line pitch, and the inner margin above and below, in em."""

_EVENED = 4
"""Centred text of up to so many lines is broken into lines of like length."""


class Ems:
    """Widths of texts on one line, in em; remembers what it has measured."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._known: dict[tuple[str, FontRole], float] = {}

    def width(self, text: str, role: FontRole) -> float:
        """Return the width of ``text`` in em."""
        known = self._known.get((text, role))
        if known is None:
            known = self._known[text, role] = sum(self.fonts.widths(text, role))
        return known


class Ruler:
    """Measures and wraps cells at one size of type, in points."""

    def __init__(self, ems: Ems, size: float) -> None:
        self._ems = ems
        self.size = size
        self.leading = size * _LEADING
        self.pad_x, self.pad_y = size * PAD_X, size * _PAD_Y
        self._wrapped: dict[tuple[str, FontRole, float, bool], list[str]] = {}

    def width(self, text: str, role: FontRole) -> float:
        """Return the width of ``text`` on one line."""
        return self._ems.width(text, role) * self.size

    def advances(self, text: str, role: FontRole) -> list[float]:
        """Return the width of each character of ``text``."""
        return [em * self.size for em in self._ems.fonts.widths(text, role)]

    def wrap(self, text: str, role: FontRole, width: float, even: bool) -> list[str]:
        """Return the lines of ``text`` in a cell ``width`` wide; ``even`` makes them of like length."""
        key = (text, role, width, even)
        if key not in self._wrapped:
            self._wrapped[key] = self._lines(text, role, width - 2 * self.pad_x, even)
        return self._wrapped[key]

    def _lines(self, text: str, role: FontRole, room: float, even: bool) -> list[str]:
        if "\n" not in text and self.width(text, role) <= room:
            return [text]
        if _is_list(text):
            names = [name + "、" for name in text.split("、")]
            if all(self.width(name, role) <= room for name in names):
                return self._filled(names, role, room)
        lines = self._broken(text, role, room)
        if even and len(lines) <= _EVENED:
            return self._narrowed(text, role, room, lines)
        if len(lines) > 1 and len(lines[-1]) <= 2:  # rather a word than a character in the last line
            narrower = self._broken(text, role, room - self.size)
            return narrower if len(narrower) == len(lines) else lines
        return lines

    def _narrowed(self, text: str, role: FontRole, room: float, lines: list[str]) -> list[str]:
        """The lines as narrow as their number allows; no word is torn for that."""
        least = self.width(text, role) / len(lines) if "\n" not in text else 0
        narrow = max(least, self.width(longest_word(text), role), self.size)
        while len(lines) > 1 and narrow < room:
            narrower = self._broken(text, role, narrow)
            if len(narrower) == len(lines):
                return narrower
            narrow += self.size / 2
        return lines

    def _broken(self, text: str, role: FontRole, room: float) -> list[str]:
        measure = partial(self.advances, role=role)
        return [line.text for line in break_lines(text, measure, room, half_ends=True)]

    def _filled(self, names: list[str], role: FontRole, room: float) -> list[str]:
        """Lines of whole names: a person is not torn in two."""
        lines = [""]
        for name in names:
            if lines[-1] and self.width(lines[-1] + name, role) - self.size / 2 > room:
                lines.append("")
            lines[-1] += name
        lines[-1] = lines[-1].removesuffix("、")
        return lines

    def height(self, lines: int) -> float:
        """Return the height of a cell of ``lines`` lines."""
        return lines * self.leading + 2 * self.pad_y

    def lines_in(self, height: float) -> int:
        """Return how many lines a cell of ``height`` holds."""
        return int((height - 2 * self.pad_y + 0.01) / self.leading)


_SAYS = re.compile("的|没有|未|或者|等.|有(?!限)")
"""What tells a sentence from names."""


def _is_list(text: str) -> bool:
    """True for names joined by 、 and no sentence."""
    return "、" in text and not any(mark in text for mark in "，。；：（\n") and not _SAYS.search(text)
