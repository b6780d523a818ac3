"""What a column that nothing is known of may be: by the words of its heading and by what stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from hazard_desk.grid.cells import CellContent
from hazard_desk.grid.headings import normal
from hazard_desk.grid.values import Knowledge, Looks, looks_of
from hazard_desk.library.annex.columns import LABELS, AnnexCell, words_for

_OFFERED = 3
_LOOKS: dict[AnnexCell, tuple[str, ...]] = {
    "leads": ("person", "contact"),
    "units": ("office", "unit", "village"),
    "helpers": ("office", "unit", "village"),
    "deadline": ("day", "term"),
    "text": ("prose",),
    "note": ("prose", "phone", "amount", "level", "state", "yes"),
    "remark": ("prose", "word"),
}
"""How the cells of each column look."""
_OF_VALUES = 0.6
"""What the values tell, beside a heading that is wholly alike (1)."""
_ALWAYS: dict[AnnexCell, float] = {"note": 0.12, "remark": 0.1}
"""What a column may always be."""


def column_offers(heading: str, cells: Iterable[CellContent]) -> tuple[AnnexCell, ...]:
    """Return the three likeliest things that a column may be, the likeliest first."""
    looks = looks_of(cells, Knowledge())
    return tuple(sorted(LABELS, key=lambda role: -_likely(role, heading, looks)))[:_OFFERED]


def _likely(role: AnnexCell, heading: str, looks: Looks) -> float:
    words = _pairs(heading)
    alike = max((_alike(words, _pairs(name)) for name in words_for(role)), default=0.0)
    return alike + _OF_VALUES * looks.share(*_LOOKS.get(role, ())) + _ALWAYS.get(role, 0.0)


@lru_cache(2_000)
def _pairs(text: str) -> frozenset[str]:
    """The characters of a heading, alone and two by two."""
    bare = normal(text)
    return frozenset(bare) | {bare[at : at + 2] for at in range(len(bare) - 1)}


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)
