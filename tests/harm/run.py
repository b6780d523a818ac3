"""Stops restore, create, copy and upgrade at every file event, cuts the power; kills and damages at random.

    dev.py harm [KIND…]    only what has one of these words in its name: restore, "power create", kills, full

Prints one table: after each case the desk must be that of before or that of after, whole.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from hazard_desk.store.place import USER_FOLDER
from tests.harm.cases import Outcome, every_case
from tests.harm.damages import random_damages
from tests.harm.events import compiled, loaded, start_again
from tests.harm.full import every_stage
from tests.harm.kills import random_kills
from tests.harm.kinds import KINDS
from tests.harm.power import can_mount, power_cuts

KILLS = 500
DAMAGES = 360
"""A third of them each: of the closed file, of the file and of the log of a killed program."""


def _random(place: Path) -> Outcome:
    """Kill at random; tell what the clerk did meanwhile."""
    began = time.monotonic()
    acts, wrong = random_kills(place, KILLS)
    print(f"acknowledged before {KILLS} kills: {', '.join(f'{n} {kind}' for kind, n in acts.items())}")
    for line in wrong[:5]:
        print(f"  {line}", flush=True)
    ends = Counter(after=KILLS - len(wrong), broken=len(wrong))
    return Outcome("random kills", "kill", ends, wrong, time.monotonic() - began)


def _damaged(place: Path) -> Outcome:
    """Damage the files of a desk at random; tell how that is noticed."""
    began = time.monotonic()
    noticed, wrong = random_damages(place, DAMAGES)
    print(f"noticed of {DAMAGES} damages: {', '.join(f'{n} by {how}' for how, n in noticed.items())}")
    ends = Counter(before=DAMAGES - len(wrong), broken=len(wrong))
    return Outcome("random damages", "damage", ends, wrong, time.monotonic() - began)


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
        for outcome in _all(root, words):
            outcomes.append(outcome)
            print(told([outcome]).splitlines()[1], flush=True)
            for line in outcome.broken[:5]:
                print(f"  {line}", flush=True)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(told(outcomes))
    return 1 if any(one.broken for one in outcomes) else 0


def _all(root: Path, words: Sequence[str]) -> Iterator[Outcome]:
    """Do what is named, or all."""

    def wanted(name: str) -> bool:
        return not words or any(word in name for word in words)

    for kind in KINDS:
        if wanted(kind.name):
            yield from every_case(root, kind)
    cut = [kind for kind in KINDS if wanted(f"power {kind.name}")]
    if cut and not can_mount():
        print("no loop mounts here: the power is not cut")
        cut = []
    for kind in cut:
        yield power_cuts(root, kind)
    if wanted("kills"):
        yield _random(root / "kills")
    if wanted("damages"):
        yield _damaged(root / "damages")
    yield from every_stage(root / "full", wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
