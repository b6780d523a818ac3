"""On a memory stick everything lies beside the program, and is found under another drive letter."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.store import place
from hazard_desk.store.known_desks import last_desk, remember
from tests.conftest import TODAY


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program unpacked on a stick."""
    monkeypatch.delenv(place.USER_FOLDER)
    folder = tmp_path / "U盘 E" / "隐患工作台"
    folder.mkdir(parents=True)
    (folder / "portable.txt").touch()
    start_from(folder, monkeypatch)
    return folder


def start_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "hazard-desk.exe"))


def test_everything_lies_beside_the_program(stick: Path):
    assert place.user_folder() == stick / "隐患工作台数据"
    assert place.default_folder() == stick / "隐患工作台数据" / "desk"


def test_without_the_file_it_is_installed(stick: Path):
    (stick / "portable.txt").unlink()
    assert stick not in place.user_folder().parents
    assert stick not in place.default_folder().parents


def test_the_desk_is_found_under_another_letter(stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with Desk.create(place.default_folder(), "sanxiang-2023", TODAY) as desk:
        remember(desk.folder, desk.office_name, False)
    remember(tmp_path / "本机的台账", "乙乡应急办", True)
    moved = stick.parent.with_name("U盘 F")
    stick.parent.rename(moved)
    start_from(moved / stick.name, monkeypatch)
    found = last_desk()
    assert found is not None
    assert found.folder == moved / stick.name / "隐患工作台数据" / "desk"
    Desk.open(found.folder, TODAY).close()
