"""行业领域 that every desk begins with: those that S0 names, and those of the national criteria."""

from __future__ import annotations

from functools import cache

from hazard_desk.library import places
from hazard_desk.library.reader import list_of_texts, naming, read_toml


@cache
def bundled_sectors() -> tuple[str, ...]:
    """Return the sectors that come with the program, in their order. ``Refused`` names what is wrong."""
    path = places.resources() / "sectors.toml"
    with naming(path, "行业领域文件"):
        return list_of_texts("names", read_toml(path).get("names"))
