"""One kind of work, stopped at one file event after the other: the desk before, or the desk after."""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hazard_desk.store.place import USER_FOLDER
from tests.harm.events import End, Harm, Hook, Mode, Shim, in_child, loaded
from tests.harm.kinds import Kind

MODES = (Mode.KILL, Mode.TEAR, Mode.FAIL, Mode.FULL)


@dataclass
class Outcome:
    """What became of the cases of one kind and mode."""

    kind: str
    mode: str
    ends: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    seconds: float = 0

    def add(self, event: str, verdict: str, why: str) -> None:
        """Count a case."""
        self.ends[verdict] += 1
        if why:
            self.broken.append(f"at “{event}”: {why}")

    @property
    def cases(self) -> int:
        return self.ends.total()


class Ground:
    """A folder where one kind is done again and again: set up once, then copied for each case."""

    def __init__(self, root: Path, kind: Kind) -> None:
        gc.freeze()  # so that the forks share what is loaded
        self.kind = kind
        self.ready = root / "ready"
        self.root = root
        self.ready.mkdir(parents=True)
        self._sure(in_child(partial(self._set_up, self.ready)))
        self.before = self._sure(in_child(partial(self.judge, self._case("before"))))
        place = self._case("after")
        self.events = self._sure(in_child(partial(self.harmed, place, Mode.COUNT, 0))).splitlines()
        self.after = self._sure(in_child(partial(self.judge, place)))
        if self.before == self.after:
            raise RuntimeError(f"{kind.name}: nothing tells before from after")

    def case(self, mode: Mode, at: int) -> tuple[str, str]:
        """Do harm at one event; return ``before``, ``after`` or ``broken``, and why it is broken."""
        place = self._case(f"{os.getpid()}")
        try:
            end = in_child(partial(self.harmed, place, mode, at))
            now = in_child(partial(self.judge, place))
            return self.verdict(mode, end, now)
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def verdict(self, mode: Mode, end: End, now: End) -> tuple[str, str]:
        if end.how == "bug" or (end.how == "killed" and mode not in (Mode.KILL, Mode.TEAR)):
            return "broken", f"ended by {end.how}: {end.said}"
        if now.how != "done":
            return "broken", f"after “{end.how} {end.said[:300]}” the desk is not whole: {now.said}"
        if now.said not in (self.before, self.after):
            return "broken", f"after “{end.how} {end.said[:300]}” neither before nor after: {now.said[:2000]}"
        if end.how == "done" and now.said != self.after:
            return "broken", "told as done, but it is not"
        return "before" if now.said == self.before else "after", ""

    def judge(self, place: Path) -> str:
        """See what became of the desk; to be done in a child."""
        _of_user(place)
        return self.kind.judge(place)

    def harmed(self, place: Path, mode: Mode, at: int) -> str:
        """Do the work and the harm; return the events. To be done in a child."""
        _of_user(place)
        harm: Harm = Shim() if loaded() else Hook()
        harm.arm(place, mode, at)
        try:
            self.kind.do(place)
        finally:
            story = harm.disarm()
        return "\n".join(story)

    def _case(self, name: str) -> Path:
        place = self.root / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.ready, place)
        return place

    def _set_up(self, place: Path) -> str:
        _of_user(place)
        self.kind.set_up(place)
        return ""

    @staticmethod
    def _sure(end: End) -> str:
        if end.how != "done":
            raise RuntimeError(f"without any harm: {end.how} {end.said}")
        return end.said


def _of_user(place: Path) -> None:
    """What belongs to the user, the key of the informants above all, is harmed too."""
    os.environ[USER_FOLDER] = str(place / "user")


def _tells(mode: Mode, event: str) -> bool:
    """Whether this harm at this event is another case than those of other events or harms."""
    what = event.partition(" ")[0]
    if mode is Mode.TEAR:
        return what == "write"
    return mode is not Mode.FULL or what in ("write", "open", "mkdir", "os.mkdir")


def every_case(root: Path, kind: Kind, modes: Sequence[Mode] = MODES) -> Iterator[Outcome]:
    """Do harm at every event of a kind, in each mode; several at once."""
    ground = Ground(root / kind.name, kind)
    with multiprocessing.get_context("fork").Pool() as pool:
        for mode in modes:
            began = time.monotonic()
            outcome = Outcome(kind.name, mode.name.lower())
            numbers = [at for at, event in enumerate(ground.events, 1) if _tells(mode, event)]
            found = pool.imap(partial(ground.case, mode), numbers, chunksize=4)
            for at, (verdict, why) in zip(numbers, found, strict=True):
                outcome.add(ground.events[at - 1], verdict, why)
            outcome.seconds = time.monotonic() - began
            yield outcome
