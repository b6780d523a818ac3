"""What passes at a glance is what one pattern over the whole text would let pass."""

from __future__ import annotations

import random
import re

from hazard_desk.sheets.reading.cell_scan import _CELL, _asks_for_more, _count_cells

_WHOLE = re.compile(
    rb"\st\s*=\s*[\"']e[\"']"
    rb"|<(?:[^\s<>/\"'=:]+:)?f[\s>/]"
    rb"|v>[0-9]{16}|v>[0-9.]+[eE]\+?(?:1[5-9]|[2-9][0-9])<"
)
_PARTS = (
    *(b"<c ", b"<c>", b"<x:c\n", b"<c\t", b"<cols>", b"</c>", b"a:c", b" ", b"<", b"e", b"f", b't="s"'),
    *(b' t="e"', b" t = 'e'", b"<f>", b"<x:f/>", b":f ", b"v>1234567890123456", b"v>1.2E+16<", b"v>12<"),
)


def test_a_glance_finds_what_one_pattern_finds() -> None:
    chance = random.Random(1)
    for _ in range(20_000):
        content = b"".join(chance.choice(_PARTS) for _ in range(chance.randrange(6)))
        assert _count_cells(content) == len(_CELL.findall(content)), content
        assert _asks_for_more(content) == bool(_WHOLE.search(content)), content
