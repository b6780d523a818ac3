"""The desks that a user opened: remembered, whatever happens to the small file that says so."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from hazard_desk.store.known_desks import (
    KnownDesk,
    holds_desk,
    known_desks,
    last_desk,
    new_folder,
    remember,
)
from hazard_desk.store.place import SAMPLE, default_folder


def a_desk(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "desk.db").touch()
    return folder


def test_the_last_one_stands_first_and_once(user_folder, tmp_path):
    assert (known_desks(), last_desk()) == ([], None)
    one, two = a_desk(tmp_path / "甲 台账"), a_desk(tmp_path / "乙台账")
    remember(one, "甲乡应急办", False)
    remember(two, "乙乡应急办", False)
    remember(one, "甲镇应急办", False)
    assert known_desks() == [KnownDesk(one, "甲镇应急办"), KnownDesk(two, "乙乡应急办")]
    assert last_desk() == KnownDesk(one, "甲镇应急办")


def test_a_sample_is_known_but_never_opens_by_itself(user_folder, tmp_path):
    remember(tmp_path / "示例", "三星乡应急办", True)
    assert last_desk() is None
    remember(tmp_path / "台账", "甲乡应急办", False)
    remember(tmp_path / "示例", "三星乡应急办", True)
    assert [one.sample for one in known_desks()] == [True, False]
    assert last_desk() == KnownDesk(tmp_path / "台账", "甲乡应急办")


def test_one_that_is_gone_stays_known_and_is_told(user_folder, tmp_path):
    folder = a_desk(tmp_path / "盘")
    remember(folder, "甲乡应急办", False)
    assert last_desk().there
    (folder / "desk.db").unlink()
    last = last_desk()
    assert not last.there
    assert "甲乡应急办" in last.missing
    assert str(folder) in last.missing


def test_those_in_the_default_places_are_found_too(user_folder):
    own = a_desk(default_folder())
    sample = a_desk(default_folder().with_name(SAMPLE))
    assert [(one.folder, one.sample) for one in known_desks()] == [(own, False), (sample, True)]
    remember(sample, "三星乡应急办", True)
    assert [one.folder for one in known_desks()] == [sample, own]
    assert last_desk() is None


def test_a_new_one_gets_a_folder_of_its_own(user_folder):
    assert new_folder() == default_folder()
    a_desk(default_folder())
    assert new_folder() == default_folder().with_name("desk-2")
    a_desk(default_folder().with_name("desk-2"))
    assert new_folder() == default_folder().with_name("desk-3")


def test_only_so_many_are_remembered(user_folder, tmp_path):
    for number in range(20):
        remember(tmp_path / str(number), "", False)
    assert [one.folder.name for one in known_desks()] == [str(number) for number in range(19, 7, -1)]


@pytest.mark.parametrize("content", [b"", b"[{", b"\xff\xfe", b"7", b"[7]", b'[{"folder": 7}]', b'{"a": 1}'])
def test_a_damaged_file_is_no_file(user_folder, tmp_path, content):
    user_folder.mkdir()
    (user_folder / "desks.json").write_bytes(content)
    assert (known_desks(), last_desk()) == ([], None)
    remember(tmp_path, "甲乡应急办", False)
    assert last_desk() == KnownDesk(tmp_path, "甲乡应急办")


def test_a_place_that_cannot_be_written_remembers_nothing(user_folder, tmp_path):
    user_folder.touch()
    remember(tmp_path, "甲乡应急办", False)
    assert known_desks() == []


def test_what_is_kept_of_a_desk(user_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    remember(Path("甲"), "甲乡应急办", True)
    (file,) = user_folder.iterdir()
    assert file.name == "desks.json"
    kept = [{"folder": str(tmp_path / "甲"), "office": "甲乡应急办", "sample": True}]
    assert json.loads(file.read_text(encoding="utf-8")) == kept


def test_how_a_desk_that_is_gone_is_told(tmp_path):
    stick = "如果在U盘或移动硬盘上，请插好后再打开；"
    where = f"它原来在“{tmp_path}”。{stick}如果换了位置，请点“打开其他台账”选择新位置。"
    assert KnownDesk(tmp_path, "甲乡应急办").missing == f"找不到台账“甲乡应急办”了，{where}"
    assert KnownDesk(tmp_path).missing == f"找不到台账了，{where}"
    assert KnownDesk(tmp_path) == KnownDesk(tmp_path, "", False)


def test_a_disk_that_does_not_answer_holds_no_desk(tmp_path, monkeypatch):
    def gone(path: Path) -> bool:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "exists", gone)
    assert not holds_desk(tmp_path)


def test_why_nothing_is_remembered_is_in_the_log(user_folder, tmp_path, caplog):
    caplog.set_level(logging.INFO)
    assert last_desk() is None
    user_folder.touch()
    remember(tmp_path, "", False)
    told = [record.getMessage() for record in caplog.records]
    assert told[0].startswith("no desks are remembered: ")
    assert "desks.json" in told[0]
    assert told[-1].startswith("the desk is not remembered: ")
    assert str(user_folder) in told[-1]
