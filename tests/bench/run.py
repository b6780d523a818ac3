"""The table of speed: every job against its floor, in one run.

    python3 dev.py bench [words] [--small] [--readme]

Words narrow to jobs in whose names one of them stands; ``--small`` leaves out what has more than 5,000
hazards, which takes minutes to make. ``--readme`` puts the lines into README.md. Where ``BENCH_DESKS`` names
a folder the desks stay there, for the next run and for ``bench held``.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.desk import Desk
from hazard_desk.store.place import USER_FOLDER
from tests.bench import of_acts, of_bulk, of_copies, of_figures, of_papers, of_sheets, of_window
from tests.bench.jobs import ACTS, Bed, Job, Measured, growth, measure
from tests.bench.many import multiply, ten_years
from tests.conftest import ROOT
from tests.samples import make_sample

_MODULES = (of_window, of_figures, of_bulk, of_sheets, of_papers, of_copies, of_acts)
JOBS: tuple[Job, ...] = tuple(job for module in _MODULES for job in module.JOBS)
"""In the order of the table."""
_SMALL = 5_000
_README = ROOT / "README.md"
_HEAD = (
    "| job (CPU seconds where no unit stands) | floor | ours | ratio | goal | peer | ratio | growth |\n"
    "|---|---|---|---|---|---|---|---|\n"
)


class Desks:
    """The desks by size; each is made once, when a job first wants it."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._folder = Path(os.environ.get("BENCH_DESKS", scratch / "desks"))
        self._folder.mkdir(parents=True, exist_ok=True)

    def bed(self, size: int) -> Bed:
        """Return a bed on the desk with so many hazards, or as many as a multiple of the sample gives."""
        scratch = self._scratch / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        return Bed(size, self._made, scratch)

    def _made(self, size: int) -> Path:
        desk, sample = (self._folder / name for name in (str(size), "sample"))
        unfinished = self._scratch / "unfinished"
        if not desk.exists():
            shutil.copytree(sample if sample.exists() else make_sample(sample), unfinished)
            with Desk.open(unfinished, SAMPLE_DAY) as opened:
                if size == ACTS:
                    ten_years(opened, size)
                else:
                    multiply(opened, size)
            shutil.move(unfinished, desk)
        return desk


def lines(job: Job, desks: Desks, small: bool) -> Iterator[tuple[str, Measured]]:
    """Measure a job; yield a line of the table for each size with a goal, and what came out."""
    measured = []
    for size in job.sizes:
        if small and size > _SMALL:
            continue
        bed = desks.bed(size)
        with bed.closing:
            measured.append(measure(job, bed))
    for one in measured:
        if one.goal is not None:
            yield _line(one, growth(measured)), one


def _line(one: Measured, grown: str) -> str:
    job = one.job
    unit = "" if job.unit == "s" else f" {job.unit}"
    goal = f"{one.goal:g}×" if one.floor else f"{one.goal:g} {job.unit}"
    cells = (
        label(job, one.size),
        _number(one.floor, unit),
        _number(one.ours, unit),
        f"{one.ours / one.floor:.1f}×" if one.floor else "",
        f"≤ {goal}" if one.missed <= 1 else f"**≤ {goal}**",
        f"{job.peer_name} {_number(one.peer, unit)}" if one.peer else "",
        f"{one.ours / one.peer:.2f}×" if one.peer else "",
        grown,
    )
    return f"| {' | '.join(cells)} |"


def label(job: Job, size: int) -> str:
    """Return the first cell of a line."""
    return f"{job.name}; {size:,}"


def _number(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:.{0 if value >= 100 else 3 if value >= 0.1 else 4}f}{unit}"


def put_into_readme(new: Iterable[str], jobs: Sequence[Job] = JOBS) -> None:
    """Put lines of the table into README.md, in the order of the jobs; those of no job any more go."""
    before, begin, rest = _README.read_text(encoding="utf-8").partition("<!-- bench -->\n")
    table, end, after = rest.partition("<!-- /bench -->")
    if not (begin and end):
        raise RuntimeError("README.md has no place for the table")
    known = {line.split(" | ")[0][2:]: line for line in (*table.splitlines()[2:], *new)}
    labels = (label(job, size) for job in jobs for size in job.goal)
    kept = "".join(f"{known[one]}\n" for one in labels if one in known)
    _README.write_text(f"{before}{begin}{_HEAD}{kept}{end}{after}", encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Print the table; return 0."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    names = [word for word in words if not word.startswith("-")]
    chosen = [job for job in JOBS if not names or any(name in job.name for name in names)]
    told: list[tuple[str, Measured]] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        os.environ[USER_FOLDER] = str(folder / "user")
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")  # as an installed program has it
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        desks = Desks(folder)
        print(_HEAD, end="", flush=True)
        for job in chosen:
            for line, one in lines(job, desks, "--small" in words):
                told.append((line, one))
                print(line, f" {one.missed:.1f} of the goal" if one.missed > 1 else "", flush=True)
    missed = [one.missed for _, one in told if one.missed > 1]
    print(f"{len(missed)} of {len(told)} lines miss their goal, at most {max(missed, default=1):.1f} times")
    if "--readme" in words:
        put_into_readme(line for line, _ in told)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
