"""How high a text stands in a width, reckoned by its characters: exact enough, and quicker than drawn."""

from __future__ import annotations

from math import ceil

Ems = tuple[float, ...]
"""How wide each line of a text is, in Chinese characters."""
_NARROW = 0.62
"""How wide a letter or digit is beside a Chinese character, at the most."""


def ems_of(text: str) -> Ems:
    """Return how wide the lines of a text are."""
    return tuple(map(_ems, text.split("\n")))


def lines_needed(ems: Ems, width: float, em: int) -> int:
    """Return how many lines a text takes at most in so many pixels; ``em`` is the width of a character."""
    room = max(width / em, 1.0)
    room = room - 1.0 if room >= 4 else max(room * 0.6, 1.0)  # no line begins with a mark or parts a number
    return sum(max(1, ceil(one / room)) for one in ems)


def _ems(text: str) -> float:
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2  # a Chinese character has three bytes
    return wide + _NARROW * (len(text) - wide)
