"""Copies and the check, on a desk with 2,000 photos of 870 MB."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.desk import Desk
from hazard_desk.store.dbfile import DATABASE
from tests.bench import apart
from tests.bench.jobs import ACTS, Bed, Job, Work, alone

_PHOTOS, _BYTES, _NEW = 2_000, 435_000, 10
_PIECE = 1 << 20


def _with_photos(bed: Bed) -> Path:
    def make(to: Path) -> None:
        with Desk.open(bed.copy().rename(to), SAMPLE_DAY) as desk:
            _photographed(desk, _PHOTOS, Random(1))
            desk.copies.make()

    return bed.once("photos", make)


def _photographed(desk: Desk, photos: int, chance: Random) -> list[Path]:
    """Put so many photos on the desk, in one act; return their files."""
    before = set(desk.folder.glob("attachments/**/*.*"))
    with desk.cabinet.whole("attachments.add", "attachments") as act:
        for number in range(photos):
            desk.attachments.add("hazards", number % 200 + 1, chance.randbytes(_BYTES), f"{number}.jpg")
        act.done("示例")
    return sorted(set(desk.folder.glob("attachments/**/*.*")) - before)


def _copied_alone(bed: Bed) -> Work:
    """The database and what is new, copied, flushed and read back."""
    desk = _desk(bed)
    new, to = _photographed(desk, _NEW, Random()), bed.new()

    def work() -> None:
        to.mkdir()
        with (
            closing(sqlite3.connect(desk.folder / DATABASE)) as db,
            closing(sqlite3.connect(to / DATABASE)) as copy,
        ):
            db.backup(copy)
        for file in new:
            shutil.copyfile(file, to / file.name)
        for file in to.iterdir():
            with file.open("rb") as stream:
                os.fsync(stream.fileno())
            _digest(file)

    return work


def _copied(bed: Bed) -> Work:
    desk = _desk(bed)
    _photographed(desk, _NEW, Random())
    return lambda: desk.copies.make(thorough=False)


def _desk(bed: Bed) -> Desk:
    """The desk with photos, open for writing; the same for all runs."""
    if "own" not in vars(bed):
        vars(bed)["own"] = bed.opened(_with_photos(bed))
    return bed.own


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _passed(bed: Bed) -> Work:
    return alone(apart.one_pass, _with_photos(bed))


def _checked(bed: Bed) -> Work:
    return alone(apart.checked, _with_photos(bed), SAMPLE_DAY)


_SIZES = (5_000, 100_000)
JOBS = (
    Job("daily copy, 2,000 photos", _copied_alone, _copied, {5_000: 1.5, ACTS: 1.5}, (5_000, 100_000, ACTS)),
    Job("check, 2,000 photos", _passed, _checked, {100_000: 3}, _SIZES),
    Job("check, 2,000 photos, memory", None, _checked, {100_000: 200}, _SIZES, unit="MB"),
)
