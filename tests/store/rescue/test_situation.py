"""What is the matter with a desk is told in one plain sentence, whatever it is, and nothing is changed."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.store.dbfile import HEAD
from hazard_desk.store.rescue import situation as module
from hazard_desk.store.rescue.situation import Plight, Way, situation
from tests.store.rescue.conftest import print_of

PAGE = 4096


@pytest.fixture
def closed(blank: Path, folder: Path) -> Path:
    """The folder of a closed desk."""
    shutil.copytree(blank, folder)
    return folder


def told(folder: Path) -> Plight:
    """Return what is said to be the matter; see that it is one sentence and nothing was changed."""
    before = print_of(folder) if folder.is_dir() else {}
    said = situation(folder)
    assert "\n" not in said.sentence
    assert said.sentence.startswith(("“", "台账", "找不到", "没有"))
    if folder.is_dir():
        assert {**before, "desk.lock": ""} == {**print_of(folder), "desk.lock": ""}
    return said.kind


def test_a_sound_desk_and_none(closed: Path, tmp_path: Path) -> None:
    assert told(closed) is Plight.SOUND
    assert situation(closed).ways == ()
    assert told(tmp_path / "leer") is Plight.NONE
    (tmp_path / "leer").mkdir()
    assert told(tmp_path / "leer") is Plight.NONE


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: b"",
        lambda data: b"x",
        lambda data: "这是一个文本文件".encode(),
        lambda data: bytes(100) + data[100:],
        lambda data: b"\xff" * PAGE + data[PAGE:],
        lambda data: data[: len(data) // 2],
        lambda data: data[: 5 * PAGE] + os.urandom(PAGE) + data[6 * PAGE :],
    ],
)
def test_damaged(closed: Path, harm: Callable[[bytes], bytes]) -> None:
    file = closed / "desk.db"
    file.write_bytes(harm(file.read_bytes()))
    assert told(closed) is Plight.DAMAGED
    assert situation(closed).ways == (Way.RESTORE, Way.SALVAGE)


def test_of_a_newer_version(closed: Path) -> None:
    file = closed / "desk.db"
    data = file.read_bytes()
    file.write_bytes(data[:60] + (HEAD + 1).to_bytes(4, "big") + data[64:])
    assert told(closed) is Plight.NEWER
    assert Way.SALVAGE not in situation(closed).ways


def test_remains_and_half_restored(closed: Path) -> None:
    with Desk.open(closed) as desk:
        desk.backup()
    (closed / "desk.db").unlink()
    assert told(closed) is Plight.REMAINS
    (closed / "restore.json").write_text("{}")
    assert told(closed) is Plight.HALF


def test_the_place_is_gone(tmp_path: Path) -> None:
    assert told(tmp_path / "U盘" / "台账") is Plight.GONE


def test_somebody_else_works_on_it(closed: Path) -> None:
    with Desk.open(closed):
        said = situation(closed)
    assert said.kind is Plight.HELD
    assert "正在使用中" in said.sentence
    assert said.ways == (Way.RETRY,)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, Plight.FULL),
        (errno.EROFS, Plight.READ_ONLY),
        (errno.EACCES, Plight.FORBIDDEN),
        (errno.EIO, Plight.OTHER),
    ],
)
def test_what_the_disk_says(closed: Path, number: int, kind: Plight, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(module.tempfile, "TemporaryFile", fail)
    assert told(closed) is kind
    assert Way.RETRY in situation(closed).ways


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert situation(tmp_path / "a").kind is Plight.OTHER
    assert situation(tmp_path / "a" / "b").kind in (Plight.OTHER, Plight.NONE, Plight.GONE)
