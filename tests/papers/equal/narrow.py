"""The fonts that ship with each character a little closer to the next, as Word sets body text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from hazard_desk.papers.layout import ADVANCE
from tests.papers.equal.marks import HOLDING_BLANK

_SIZE = 16
_UNITS = 2000
"""Units of an em in which what is taken from each character is a whole number."""
_TAKEN = round((_SIZE - ADVANCE) / _SIZE * _UNITS)
_FAMILY_NAMES, _FULL_NAMES = (1, 16), (4, 6)


def make_narrow(font: Path, to: Path, family: str, chars: Iterable[str]) -> None:
    """Write the glyphs of ``chars`` as a font of that family, whose body text stands as in the PDF."""
    made = TTFont(font)
    subset = Subsetter()
    subset.populate(text="".join(chars) + " ")
    subset.subset(made)
    for table in made["cmap"].tables:
        table.cmap[ord(HOLDING_BLANK)] = table.cmap[ord(" ")]
    scale_upem(made, _UNITS)
    advances = made["hmtx"].metrics
    for glyph, (advance, bearing) in advances.items():
        advances[glyph] = (max(advance - _TAKEN, 0), bearing)
    for record in made["name"].names:
        if record.nameID in _FAMILY_NAMES + _FULL_NAMES:
            record.string = family if record.nameID in _FAMILY_NAMES else family.replace(" ", "")
    made.save(to)
