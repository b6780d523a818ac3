"""The national criteria of major hazards (重大事故隐患判定标准), offered for a hazard's 判定依据."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from hazard_desk.library import places
from hazard_desk.library.reader import build, naming, read_toml


@dataclass(frozen=True)
class Criterion:
    """One standard. ``number`` is empty where it is not confirmed."""

    title: str
    number: str = ""
    year: int | None = None
    until: int | None = None
    """The year in which another took its place; in that year both are offered."""
    sectors: tuple[str, ...] = ()
    """The 行业领域 that it is for; none: for all."""
    points: tuple[str, ...] = ()
    """What is looked for, point by point, in short; the standard itself is what holds."""
    doubts: tuple[str, ...] = ()

    def held(self, day: date | None) -> bool:
        """Whether it may have been in force in the year of ``day``; for None whether it is now."""
        if day is None:
            return self.until is None
        return (self.year or day.year) <= day.year <= (self.until or day.year)


@dataclass(frozen=True)
class Criteria:
    """A file of standards."""

    criteria: tuple[Criterion, ...]


def load_criteria(path: Path) -> tuple[Criterion, ...]:
    """Return the standards in a file. ``Refused`` names the file and what is wrong; ``Trouble``."""
    with naming(path, "判定标准文件"):
        return build(Criteria, read_toml(path)).criteria


@cache
def bundled_criteria() -> tuple[Criterion, ...]:
    """Return the standards that come with the program, in their order."""
    folder = places.resources() / "criteria"
    return tuple(one for path in sorted(folder.glob("*.toml")) for one in load_criteria(path))
