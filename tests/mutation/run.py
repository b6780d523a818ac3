"""Plants faults, one at a time, and counts those that the tests notice; `python3 dev.py mutate` starts it.

    python3 dev.py mutate [--count 300] [--seed 9] [ROOM …]     ROOM: rules, books/hazards, store, figures

A fault is met by the tests that run its line (one that stands outside of functions, by those that run
anything of its file): those of its own room first, then the others, up to the first that fails. One that
never ends is noticed too. Everything happens in copies of the tree; nothing is left out of the sample.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

from coverage import CoverageData

from tests.mutation.faults import Fault, faults

ROOT = Path(__file__).resolve().parents[2]
ROOMS: Mapping[str, tuple[str, ...]] = {
    "rules": ("tests/rules",),
    "books/hazards": (
        "tests/books/hazards",
        "tests/books/test_plain_labels.py",
    ),
    "store": ("tests/store", "tests/test_migrations.py"),
    "figures": ("tests/figures",),
}
"""Each room of ``hazard_desk`` that gets faults, and its own tests."""
OTHER_TESTS = ("tests/books",)
GATE, LEAST = ("rules", "books/hazards", "store"), 80
"""The law and the cabinet share one sample; so many of a hundred of its faults must be noticed."""
COPIES = 2
COPIED = ("hazard_desk", "ui", "resources", "tests", "pyproject.toml")
MOST_OTHERS = 100
"""Of the tests of other rooms so many are asked, spread over all that run the line."""
PYTEST = (sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "-p", "no:pytest-qt")
OPTIONS = ("-o", "addopts=", "-W", "ignore::pytest.PytestConfigWarning", "--import-mode=importlib")


@dataclass
class Suite:
    """What each test runs, and how long it takes."""

    order: list[str]
    seconds: dict[str, float] = field(default_factory=dict)
    by_line: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    """File and line to the tests that run it, with their phase: tests/…::name|run."""

    def meet(self, fault: Fault) -> tuple[list[str], list[str]]:
        """Return the tests of the fault's own room, those called after its file first, and some others."""
        name = fault.file.as_posix()
        told = {said for line in fault.lines for said in self.by_line.get((name, line), ())}
        own = ROOMS[_room(fault)]
        if not fault.in_function or not any(said.endswith("|run") for said in told):
            told = {said for (file, _), tests in self.by_line.items() if file == name for said in tests}
            told |= {test for test in self.order if test.startswith(own)}
        asked = {said.rpartition("|")[0] or said for said in told}
        tests = sorted(
            (test for test in self.order if test in asked), key=lambda test: fault.file.stem not in test
        )
        others = [test for test in tests if not test.startswith(own)]
        return [test for test in tests if test.startswith(own)], others[:: 1 + len(others) // MOST_OTHERS]

    def limit(self, tests: Iterable[str]) -> float:
        """Return after how many seconds a run of ``tests`` counts as one without end."""
        return 20 + 5 * sum(self.seconds.get(test, 0.02) for test in tests)


def main(words: Sequence[str]) -> int:
    """Plant the faults, print those that nobody noticed and the scores; 1 when the score is too low."""
    reader = argparse.ArgumentParser(prog="dev.py mutate")
    reader.add_argument("rooms", nargs="*", metavar="ROOM", default=list(ROOMS))
    reader.add_argument("--count", type=int, default=300)
    reader.add_argument("--seed", type=int, default=9)
    asked = reader.parse_args(words)
    samples = [[room for room in GATE if room in asked.rooms]]
    samples += [[room] for room in asked.rooms if room not in GATE]
    code = 0
    with tempfile.TemporaryDirectory(prefix="mutate-") as scratch:
        copies = [Path(scratch) / str(number) for number in range(COPIES)]
        suite = _learn(copies)
        for rooms in filter(None, samples):
            count = asked.count if rooms[0] in GATE else asked.count // 3
            chosen = _sample(copies[0], rooms, count, asked.seed)
            score = _plant(chosen, suite, copies)
            code |= int(score < LEAST and set(rooms) == set(GATE))
    return code


def _learn(copies: Sequence[Path]) -> Suite:
    """Make the copies of the tree and run all tests once in the first."""
    copies[0].mkdir()
    for name in COPIED:
        whole = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        whole(ROOT / name, copies[0] / name)
    folders = [folder for folders in ROOMS.values() for folder in folders] + list(OTHER_TESTS)
    listed = _pytest(copies[0], "--collect-only", *folders).stdout.splitlines()
    suite = Suite(list(dict.fromkeys(line for line in listed if "::" in line)))
    watched = [f"--cov=hazard_desk/{room}" for room in ROOMS]
    said = _ask(copies[0], suite.order, *watched, "--cov-context=test", "--cov-report=", "--durations=0")
    if said.returncode:
        sys.exit(f"{said.stdout[-2000:]}\nthe tests fail without any fault")
    for seconds, test in re.findall(r"^([\d.]+)s \w+ +(\S.*)$", said.stdout, re.MULTILINE):
        suite.seconds[test] = suite.seconds.get(test, 0) + float(seconds)
    data = CoverageData(str(copies[0] / ".coverage"))
    data.read()
    for file in data.measured_files():
        for line, contexts in data.contexts_by_lineno(file).items():
            suite.by_line[Path(file).relative_to(copies[0]).as_posix(), line] = set(filter(None, contexts))
    for copy in copies[1:]:
        shutil.copytree(copies[0], copy)
    return suite


def _room(fault: Fault) -> str:
    return next(room for room in ROOMS if fault.file.is_relative_to(Path("hazard_desk") / room))


def _sample(tree: Path, rooms: Iterable[str], count: int, seed: int) -> list[Fault]:
    every: list[Fault] = []
    for room in rooms:
        for file in sorted((tree / "hazard_desk" / room).rglob("*.py")):
            every += faults(file.relative_to(tree), file.read_text(encoding="utf-8"))
    print(f"{len(every)} faults can be planted in {', '.join(rooms)}", flush=True)
    return random.Random(seed).sample(every, min(count, len(every)))


def _plant(chosen: Sequence[Fault], suite: Suite, copies: Sequence[Path]) -> float:
    """Plant the faults and print what came of it; return how many of a hundred were noticed."""
    free: Queue[Path] = Queue()
    for copy in copies:
        free.put(copy)

    def one(fault: Fault) -> bool:
        copy = free.get()
        try:
            return _noticed(fault, suite, copy)
        finally:
            free.put(copy)

    scores: dict[str, list[bool]] = {}
    with ThreadPoolExecutor(len(copies)) as pool:
        for number, (fault, noticed) in enumerate(zip(chosen, pool.map(one, chosen), strict=True), 1):
            scores.setdefault(_room(fault), []).append(noticed)
            if not noticed:
                print(f"{number} of {len(chosen)}: {fault.shown}", flush=True)
    for room, each in scores.items():
        print(f"{room}: {sum(each)} of {len(each)} noticed")
    score = 100 * sum(map(sum, scores.values())) / len(chosen)
    print(f"mutation score of {', '.join(scores)}: {score:.1f} % of {len(chosen)}", flush=True)
    return score


def _noticed(fault: Fault, suite: Suite, copy: Path) -> bool:
    """Whether a test fails with the fault, or does not end."""
    file = copy / fault.file
    before = file.stat()
    file.write_text(fault.code, encoding="utf-8", newline="\n")
    try:
        for tests in suite.meet(fault):
            if tests and _ask(copy, tests, "-x", seconds=suite.limit(tests)).returncode:
                return True
        return False
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_text(fault.module.code, encoding="utf-8", newline="\n")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))  # what Python compiled of it fits again
        shutil.rmtree(copy / ".hypothesis", ignore_errors=True)


def _ask(
    copy: Path, tests: Iterable[str], *words: str, seconds: float | None = None
) -> subprocess.CompletedProcess[str]:
    """Run these tests and no others."""
    asked = copy / "asked.txt"
    asked.write_text("\n".join(tests), encoding="utf-8")
    return _pytest(copy, *words, f"@{asked}", seconds=seconds)


def _pytest(copy: Path, *words: str, seconds: float | None = None) -> subprocess.CompletedProcess[str]:
    surroundings = os.environ | {"COVERAGE_CORE": "ctrace", "PYTHONDONTWRITEBYTECODE": "1" if seconds else ""}
    command = (*PYTEST, *OPTIONS, "--hypothesis-seed=0", f"--basetemp={copy}-tmp", *words)
    return subprocess.run(
        command,
        cwd=copy,
        env=surroundings,
        timeout=seconds,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
