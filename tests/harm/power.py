"""The power goes at every file event: what the disk then holds is only what was flushed.

An ext4 image is mounted, the program is killed on it, and the image is copied as it stands: what the system
had not written yet is missing there, as after a pulled stick or a power cut. Needs root and loop mounts.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.harm.cases import Ground, Outcome
from tests.harm.events import Mode, in_child
from tests.harm.kinds import Kind

_SIZE = 48 * 2**20


def can_mount() -> bool:
    """Whether images can be mounted here: tried with a small one."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and bool(shutil.which("mkfs.ext4")) and _tried()


def _tried() -> bool:
    root = Path("/dev/shm") / f"hazard-desk-mount-{os.getpid()}"
    root.mkdir()
    try:
        with _mounted(_formatted(root / "disk.img", 2**20), root / "disk"):
            return True
    except subprocess.CalledProcessError:
        return False
    finally:
        shutil.rmtree(root, ignore_errors=True)


def power_cuts(root: Path, kind: Kind) -> Outcome:
    """Cut the power at every file event of a kind, and once after it was told as done."""
    began = time.monotonic()
    ground = Ground(root / f"power {kind.name}", kind)
    outcome = Outcome(kind.name, "power")
    image, cut = ground.root / "disk.img", ground.root / "cut.img"
    with _mounted(_formatted(image, _SIZE), ground.root / "disk") as disk:
        for at in range(1, len(ground.events) + 2):
            place = disk / "case"
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(ground.ready, place)
            _sync(disk)
            end = in_child(partial(ground.harmed, place, Mode.KILL, at))
            shutil.copyfile(image, cut)
            with _mounted(cut, ground.root / "after") as after:
                now = in_child(partial(ground.judge, after / "case"))
            verdict, why = ground.verdict(Mode.KILL, end, now)
            outcome.add(ground.events[at - 1] if at <= len(ground.events) else "when done", verdict, why)
    outcome.seconds = time.monotonic() - began
    return outcome


def _formatted(image: Path, size: int) -> Path:
    with image.open("wb") as stream:
        stream.truncate(size)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True, capture_output=True)
    return image


@contextmanager
def _mounted(image: Path, at: Path) -> Iterator[Path]:
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(at)], check=True, capture_output=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True, capture_output=True)


def _sync(disk: Path) -> None:
    """Bring all of one disk through, and no other."""
    handle = os.open(disk, os.O_RDONLY)
    try:
        ctypes.CDLL(None).syncfs(handle)
    finally:
        os.close(handle)
