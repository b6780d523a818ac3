"""The database of a copy is packed in blocks: what has not changed is taken over from the copy before."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hazard_desk.desk import Desk
from hazard_desk.store.copies.list import Copy
from hazard_desk.store.copies.packing import BLOCKS
from tests.store.copies.drilling import SHOP, START, rows

DAY_AFTER = date.fromordinal(START.toordinal() + 1)


@pytest.fixture
def packed_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that gets an entry for each block that is packed."""
    found: list[int] = []
    real = zlib.compressobj

    def compressobj(*others: Any, **how: Any) -> object:
        if not others:  # else it is zipfile's
            found.append(1)
        return real(*others, **how)

    monkeypatch.setattr(zlib, "compressobj", compressobj)
    return found


def _blocks(copy: Path) -> list[tuple[int, int]]:
    with zipfile.ZipFile(copy) as archive:
        return list(struct.iter_unpack("<II", archive.read(BLOCKS)))


def _without_blocks(copy: Path, told: bytes | None = None) -> None:
    """Write a copy anew as an older program wrote it, or with what else is told of its blocks."""
    with zipfile.ZipFile(copy) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != BLOCKS}
    if told is not None:
        members[BLOCKS] = told
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _is_whole(copy: Copy, desk: Desk, to: Path) -> None:
    with zipfile.ZipFile(copy.file) as archive:
        assert archive.testzip() is None
        told = json.loads(archive.read("manifest.json"))["files"]["desk.db"]
        assert hashlib.sha256(archive.read("desk.db")).hexdigest() == told
    assert copy.sound
    Desk.restore(copy.file, to)
    assert rows(to / "desk.db") == rows(desk.folder / "desk.db")


def test_the_next_copy_packs_what_changed_alone(
    desk: Desk, stick: Path, a_day: Callable[[date], Copy], packed_anew: list[int], tmp_path: Path
) -> None:
    first = a_day(START)
    all_of_them = len(packed_anew)
    assert all_of_them >= len(_blocks(first.file))  # those of the second place are the first one's
    packed_anew.clear()
    desk.enterprises.add(SHOP | {"name": "一家新店"})
    second = a_day(DAY_AFTER)
    assert 0 < len(packed_anew) < all_of_them
    assert second.act > first.act
    for number, copy in enumerate(desk.copies.all()):
        if copy.act == second.act:
            _is_whole(copy, desk, tmp_path / str(number))


def test_both_places_pack_once(
    desk: Desk, stick: Path, a_day: Callable[[date], Copy], packed_anew: list[int]
) -> None:
    a_day(START)
    home, second = (next(place.glob("desk-*.zip")) for place in desk.copies.places)
    assert _blocks(home) == _blocks(second)
    assert len(packed_anew) == len(_blocks(home))


@pytest.mark.parametrize("told", [None, b"", b"odd", b"\xff" * 8, b"\xff" * 12])
def test_a_copy_before_that_tells_no_blocks_is_no_hindrance(
    told: bytes | None, desk: Desk, a_day: Callable[[date], Copy], tmp_path: Path
) -> None:
    _without_blocks(a_day(START).file, told)
    _is_whole(a_day(DAY_AFTER), desk, tmp_path / "again")


def test_a_damaged_copy_before_harms_no_later_one(
    desk: Desk, a_day: Callable[[date], Copy], tmp_path: Path
) -> None:
    first = a_day(START).file
    content = bytearray(first.read_bytes())
    with zipfile.ZipFile(first) as archive:
        middle = archive.getinfo("desk.db").compress_size // 2
    content[middle] ^= 0xFF
    first.write_bytes(content)
    _is_whole(a_day(DAY_AFTER), desk, tmp_path / "again")


def test_blocks_that_only_look_alike_are_packed_anew(
    desk: Desk, a_day: Callable[[date], Copy], tmp_path: Path
) -> None:
    first = a_day(START).file
    desk.enterprises.add(SHOP | {"name": "一家新店"})
    database = desk.folder / "desk.db"
    desk.cabinet.checkpoint()
    content = database.read_bytes()
    blocks = [content[at : at + (1 << 16)] for at in range(0, len(content), 1 << 16)]
    sums = [zlib.crc32(block) for block in blocks]
    sizes = [size for _, size in _blocks(first)]
    forged = [part for pair in zip(sums, sizes, strict=False) for part in pair]
    _retold(first, struct.pack(f"<{len(forged)}I", *forged))
    _is_whole(a_day(DAY_AFTER), desk, tmp_path / "again")


def _retold(copy: Path, told: bytes) -> None:
    """Let a copy tell other blocks than it has, which stay as they are."""
    with zipfile.ZipFile(copy, "a") as archive:
        del archive.NameToInfo[BLOCKS]
        archive.filelist = [one for one in archive.filelist if one.filename != BLOCKS]
        archive.writestr(BLOCKS, told)
