"""The rules by which units are scored (考核打分办法), as data: ``resources/scoring/default.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hazard_desk.library import places
from hazard_desk.library.reader import build, naming, read_toml, wrong


@dataclass(frozen=True)
class Rated:
    """Points for a rate: all of them at 100 %."""

    title: str
    figure: Literal["rectified_rate", "on_time_rate", "task_rate"]
    points: int


@dataclass(frozen=True)
class Deduction:
    """Points taken off for each occurrence, up to the most."""

    title: str
    figure: Literal["overdue", "task_overdue", "letters"]
    each: int
    most: int


@dataclass(frozen=True)
class Scoring:
    """What a score is made of. The rates' points sum to 100."""

    title: str
    rates: tuple[Rated, ...]
    deductions: tuple[Deduction, ...] = ()


def load_scoring(path: Path | None = None) -> Scoring:
    """Return the rules in a file, by default the bundled one. ``Refused`` names the file and the key."""
    path = path or places.resources() / "scoring" / "default.toml"
    with naming(path, "打分办法文件"):
        scoring = build(Scoring, read_toml(path))
        total = sum(one.points for one in scoring.rates)
        if total != 100:
            raise wrong("rates", f"各项分值合计应为100，现为{total}。")
        return scoring
