"""A job of the table: what is measured, against which floor, with which goal; and how it is measured.

A floor is the same work written as simply as the machine allows, with nothing of the program: raw SQLite,
one grouped pass, ``executemany``, the library alone. Jobs stand in ``of_*.py``; ``run.py`` makes the table.
"""

from __future__ import annotations

import gc
import math
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, pairwise
from pathlib import Path
from statistics import median

from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.desk import Desk

Work = Callable[[], object]
"""What is measured."""
SIZES = (200, 5_000, 100_000)
"""Hazards of the desks that a job is measured on."""
ACTS = 1_000_000
"""As a size: the desk that was kept for ten years, by so many acts."""
TIMES = 3
"""Runs of which the median counts."""
LONG = 20.0
"""Seconds: what takes longer is run once."""


@dataclass
class Bed:
    """What a job stands on: the desk of the sample year with ``size`` hazards, and an empty folder."""

    size: int
    made: Callable[[int], Path]
    """Makes the desk of a size, when it is first asked for."""
    scratch: Path
    """Gone when the job is done with this size."""
    closing: ExitStack = field(default_factory=ExitStack)
    """Left when the job is done with this size."""
    numbers: count[int] = field(default_factory=count)

    @cached_property
    def folder(self) -> Path:
        """The folder of the desk: for reading only, other jobs have the same."""
        return self.made(self.size)

    @cached_property
    def desk(self) -> Desk:
        """The desk, open for reading; the same one for all runs of a job."""
        return self.closing.enter_context(Desk.open(self.folder, SAMPLE_DAY, lock=False))

    @cached_property
    def own(self) -> Desk:
        """A copy of the desk, open for writing; the same one for all runs of a job."""
        return self.opened(self.copy())

    def new(self, name: str = "") -> Path:
        """Return a path in the scratch folder at which there is nothing yet."""
        return self.scratch / f"{next(self.numbers)}{name}"

    def once(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return a path in the scratch folder; what stands there is made when it is first asked for."""
        path = self.scratch / name
        if not path.exists():
            make(path)
        return path

    def copy(self, folder: Path | None = None) -> Path:
        """Return a copy of a folder, by default that of the desk, to be written to."""
        return Path(shutil.copytree(folder or self.folder, self.new()))

    def opened(self, folder: Path) -> Desk:
        """Return the desk of a folder, open for writing until the job is done with this size."""
        return self.closing.enter_context(Desk.open(folder, SAMPLE_DAY))


Side = Callable[[Bed], Work]
"""One side of a comparison: prepares a run, which is not measured, and returns what is."""


@dataclass(frozen=True)
class Job:
    """A line of the table for each size that has a goal."""

    name: str
    floor: Side | None
    """None where nothing can be compared: the goal is then seconds, or whatever the unit is."""
    ours: Side
    goal: Mapping[int, float]
    """Size to how many times the floor it may take at most; sizes without one only tell the growth."""
    sizes: Sequence[int] = SIZES
    peer: Side | None = None
    peer_name: str = ""
    unit: str = "s"
    """CPU seconds; of another unit (MB, statements) the work itself returns how much it took."""


@dataclass(frozen=True)
class Measured:
    """What came out for one job and size; None for what was not measured."""

    job: Job
    size: int
    floor: float | None
    ours: float
    peer: float | None

    @property
    def goal(self) -> float | None:
        return self.job.goal.get(self.size)

    @property
    def missed(self) -> float:
        """How many times more than the goal allows; at most 1 where it is met."""
        return (self.ours / (self.floor or 1)) / self.goal if self.goal else 0


def measure(job: Job, bed: Bed) -> Measured:
    """Measure a job on one size, its sides in turns."""
    judged = bed.size in job.goal
    sides = (job.floor if judged else None, job.ours, job.peer if judged else None)
    taken: list[list[float]] = [[], [], []]
    for _ in range(TIMES):
        for side, times in zip(sides, taken, strict=True):
            if side and not (times and times[0] > LONG):
                times.append(_took(side(bed), job.unit))
    floor, ours, peer = (median(times) if times else None for times in taken)
    assert ours is not None
    return Measured(job, bed.size, floor, ours, peer)


def _took(work: Work, unit: str) -> float:
    gc.collect()
    began = cpu()
    said = work()
    took = cpu() - began
    if unit == "s":
        return took
    assert isinstance(said, int | float)
    return said


def alone(work: Callable[..., object], *told: object) -> Work:
    """Return the work of calling a function of a module in a process of its own, with texts.

    Its CPU seconds are counted; what it prints last is handed on as a number.
    """
    code = f"import sys; from {work.__module__} import {work.__name__} as work; work(*sys.argv[1:])"
    words = [sys.executable, "-c", code, *map(str, told)]

    def run() -> float:
        done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return float(done.stdout.split()[-1] if done.stdout.split() else 0)

    return run


def cpu() -> float:
    """Return the CPU seconds of this process, all its threads, and those of its children that ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def growth(measured: Sequence[Measured]) -> str:
    """Return how a job grows, the exponent of its size: over all sizes, and where it is steepest.

    It is bold where that is worse than n·log n over all sizes.
    """
    if len(measured) < 2:
        return ""
    first, last = measured[0], measured[-1]
    whole = _exponent(first, last)
    steepest = max(_exponent(*two) for two in pairwise(measured))
    told = f"n^{whole:.2f}" + (f", at most n^{steepest:.2f}" if len(measured) > 2 else "")
    allowed = 1 + math.log(math.log(last.size) / math.log(first.size)) / math.log(last.size / first.size)
    return f"**{told}**" if whole > allowed else told


def _exponent(small: Measured, large: Measured) -> float:
    return math.log(large.ours / small.ours) / math.log(large.size / small.size)
