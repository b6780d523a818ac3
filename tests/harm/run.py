"""Kills and fails restore, create, copy and upgrade at every file event; then kills at random.

    dev.py harm [KIND…]    a part of a kind's name; ``kills`` and ``damages`` name the other two

Prints one table: after each case the desk must be that of before or that of after, whole.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hazard_desk.store.place import USER_FOLDER
from tests.harm.events import End, Harm, Hook, Mode, Shim, compiled, in_child, loaded, start_again
from tests.harm.kills import random_kills
from tests.harm.kinds import KINDS, Kind

KILLS = 500
MODES = (Mode.KILL, Mode.TEAR, Mode.FAIL, Mode.FULL)


@dataclass
class Outcome:
    """What became of the cases of one kind and mode."""

    kind: str
    mode: str
    ends: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def cases(self) -> int:
        return self.ends.total()


class Ground:
    """A folder where one kind is done again and again: set up once, then copied for each case."""

    def __init__(self, root: Path, kind: Kind) -> None:
        self.kind = kind
        self._ready = root / "ready"
        self._root = root
        self._ready.mkdir(parents=True)
        self._sure(in_child(lambda: self._quiet(kind.set_up, self._ready)))
        self.before = self._sure(in_child(partial(kind.judge, self._case("before"))))
        place = self._case("after")
        self.events = self._sure(in_child(partial(self._harmed, place, Mode.COUNT, 0))).splitlines()
        self.after = self._sure(in_child(partial(kind.judge, place)))
        if self.before == self.after:
            raise RuntimeError(f"{kind.name}: nothing tells before from after")

    def case(self, mode: Mode, at: int) -> tuple[str, str]:
        """Do harm at one event; return ``before``, ``after`` or ``broken``, and why it is broken."""
        place = self._case(f"{os.getpid()}")
        try:
            end = in_child(partial(self._harmed, place, mode, at))
            now = in_child(partial(self.kind.judge, place))
            return self._verdict(mode, end, now)
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def _verdict(self, mode: Mode, end: End, now: End) -> tuple[str, str]:
        if end.how == "bug" or (end.how == "killed" and mode not in (Mode.KILL, Mode.TEAR)):
            return "broken", f"ended by {end.how}: {end.said}"
        if now.how != "done":
            return "broken", f"after “{end.how} {end.said[:300]}” the desk is not whole: {now.said}"
        if now.said not in (self.before, self.after):
            return "broken", f"after “{end.how} {end.said[:300]}” neither before nor after: {now.said[:2000]}"
        if end.how == "done" and now.said != self.after:
            return "broken", "told as done, but it is not"
        return "before" if now.said == self.before else "after", ""

    def _harmed(self, place: Path, mode: Mode, at: int) -> str:
        harm: Harm = Shim() if loaded() else Hook()
        harm.arm(place, mode, at)
        try:
            self.kind.do(place)
        finally:
            story = harm.disarm()
        return "\n".join(story)

    def _case(self, name: str) -> Path:
        place = self._root / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self._ready, place)
        return place

    @staticmethod
    def _quiet(work: Callable[[Path], None], place: Path) -> str:
        work(place)
        return ""

    @staticmethod
    def _sure(end: End) -> str:
        if end.how != "done":
            raise RuntimeError(f"without any harm: {end.how} {end.said}")
        return end.said


def every_case(root: Path, kind: Kind, modes: Sequence[Mode] = MODES) -> Iterator[Outcome]:
    """Do harm at every event of a kind, in each mode; several at once."""
    ground = Ground(root / kind.name, kind)
    with multiprocessing.get_context("fork").Pool() as pool:
        for mode in modes:
            began = time.monotonic()
            outcome = Outcome(kind.name, mode.name.lower())
            numbers = range(1, len(ground.events) + 1)
            found = pool.imap(partial(ground.case, mode), numbers, chunksize=4)
            for event, (verdict, why) in zip(ground.events, found, strict=True):
                outcome.ends[verdict] += 1
                if why:
                    outcome.broken.append(f"at “{event}”: {why}")
            outcome.seconds = time.monotonic() - began
            yield outcome


def _random(place: Path) -> Outcome:
    """Kill at random; tell what the clerk did meanwhile."""
    began = time.monotonic()
    acts, wrong = random_kills(place, KILLS)
    print(f"acknowledged before {KILLS} kills: {', '.join(f'{n} {kind}' for kind, n in acts.items())}")
    for line in wrong[:5]:
        print(f"  {line}", flush=True)
    ends = Counter(after=KILLS - len(wrong), broken=len(wrong))
    return Outcome("random kills", "kill", ends, wrong, time.monotonic() - began)


def told(outcomes: Sequence[Outcome]) -> str:
    """Return the table of all outcomes."""
    lines = [f"{'kind':26}{'harm':8}{'cases':>7}{'before':>8}{'after':>7}{'broken':>8}{'s':>7}"]
    for one in outcomes:
        ends = one.ends
        lines.append(
            f"{one.kind:26}{one.mode:8}{one.cases:7}{ends['before']:8}{ends['after']:7}{ends['broken']:8}"
            f"{one.seconds:7.0f}"
        )
    broken = sum(one.ends["broken"] for one in outcomes)
    return "\n".join([*lines, f"{sum(one.cases for one in outcomes)} cases, {broken} broken"])


def main(words: Sequence[str]) -> int:
    """Run what is named, or all; return 1 when anything is broken."""
    if not loaded():
        shim = compiled()
        if shim:
            return start_again(shim)
        print("no C compiler: only what Python itself writes is harmed, not what SQLite writes")
    outcomes: list[Outcome] = []
    memory = Path("/dev/shm")
    root = Path(tempfile.mkdtemp(prefix="hazard-desk-harm-", dir=memory if memory.is_dir() else None))
    os.environ[USER_FOLDER] = str(root / "user")
    try:
        for kind in KINDS:
            if not words or any(word in kind.name for word in words):
                for outcome in every_case(root, kind):
                    outcomes.append(outcome)
                    print(told([outcome]).splitlines()[1], flush=True)
                    for line in outcome.broken[:5]:
                        print(f"  {line}", flush=True)
        if not words or "kills" in words:
            outcomes.append(_random(root / "kills"))
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(told(outcomes))
    return 1 if any(one.broken for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
