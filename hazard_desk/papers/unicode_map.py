"""Mends one map of reportlab, so that rare characters in names can be searched and copied.

reportlab 5.1 writes characters beyond U+FFFF (𬎆) into a font's ToUnicode map with five digits; PDF asks
for two UTF-16 units (ISO 32000-1 §9.10.3), and readers return other characters. Drop this module when
``tests/papers/test_fonts.py`` passes without it.
"""

from __future__ import annotations

import re

from reportlab.pdfbase import ttfonts

_BEYOND = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")


def mend() -> None:
    """Put the mended map in reportlab's place, once."""
    original = ttfonts.makeToUnicodeCMap
    if original.__module__ == __name__:
        return

    def make_map(fontname: str, subset: list[int]) -> str:
        plain: str = original(fontname, subset)
        return _BEYOND.sub(_in_utf16, plain)

    ttfonts.makeToUnicodeCMap = make_map


def _in_utf16(entry: re.Match[str]) -> str:
    units = chr(int(entry[2], 16)).encode("utf-16-be").hex().upper()
    return f"<{entry[1]}> <{units}>"
