"""A restore leaves the desk before or the desk after, whatever stands in its way."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import namedtuple
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.copies.restoring import remains, settle
from hazard_desk.store.copies.swap import INTENT, Swap
from hazard_desk.store.files import sha256_of
from hazard_desk.store.known_desks import holds_desk, new_folder
from hazard_desk.store.lock import DeskLock
from hazard_desk.store.trail import head

TODAY = date(2023, 6, 1)
SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}
DIGEST = hashlib.sha256(b"first").hexdigest()
PHOTO = Path("attachments") / DIGEST[:2] / f"{DIGEST}.jpg"


def shops(folder: Path) -> list[str]:
    with Desk.open(folder, TODAY, lock=False) as desk:
        return [row["name"] for row in desk.enterprises.select(Query())]


def photo(folder: Path) -> bytes:
    return (folder / PHOTO).read_bytes()


@pytest.fixture
def copy(desk: Desk, tmp_path: Path) -> Path:
    """A copy of a desk with one enterprise and a photo; the desk then has two, and another photo."""
    desk.enterprises.add(SHOP)
    desk.attachments.add("enterprises", 1, b"first", "照片.jpg")
    made = desk.backup(tmp_path / "copy.zip")
    desk.enterprises.add(SHOP | {"name": "第二家"})
    (desk.folder / PHOTO).write_bytes(b"second")
    desk.close()
    return made


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, OSError], None]:
    """Let the renames of a path fail from the given one on, so many times."""

    def fail(at: int, wrong: OSError, times: int = 1) -> None:
        rename, count = Path.rename, iter(range(1, 10_000))

        def watched(path: Path, to: Path) -> Path:
            if at <= next(count) < at + times:
                raise wrong
            return rename(path, to)

        monkeypatch.setattr(Path, "rename", watched)

    return fail


@pytest.mark.parametrize("at", range(1, 6))
def test_a_file_that_is_open_elsewhere_leaves_the_old_desk(desk, copy, failing, at):
    if at < 5:
        failing(at, PermissionError(13, "in use"))
        with pytest.raises(Trouble) as caught:
            Desk.restore(copy, desk.folder)
        assert caught.value.message == (
            f"“{desk.folder}”里有照片或文件正被其他程序打开，没有恢复，原来的台账没有变动；"
            "请关闭打开的照片和文件后再试"
        )
        assert shops(desk.folder) == ["示例商店", "第二家"]
        assert photo(desk.folder) == b"second"
    Desk.restore(copy, desk.folder)
    assert (shops(desk.folder), photo(desk.folder)) == (["示例商店"], b"first")
    assert not (desk.folder / INTENT).exists()
    assert not (desk.folder / "scratch").exists()


@pytest.mark.parametrize(("times", "now"), [(2, ["示例商店"]), (3, ["示例商店", "第二家"])])
def test_where_going_back_fails_too_the_next_start_settles_it(desk, copy, failing, times, now):
    failing(3, OSError(5, "Input/output error"), times)
    with pytest.raises(Trouble, match="下次打开这个台账时会自动接着处理"):
        Desk.restore(copy, desk.folder)
    assert holds_desk(desk.folder)
    assert shops(desk.folder) == now
    assert photo(desk.folder) == (b"first" if len(now) == 1 else b"second")
    assert not (desk.folder / INTENT).exists()


def test_one_at_work_is_not_settled_by_another(desk, copy):
    (desk.folder / INTENT).write_text("{}", encoding="utf-8")
    lock = DeskLock(desk.folder)
    lock.take()
    with pytest.raises(Trouble, match="正在使用中"):
        settle(desk.folder)
    lock.release()
    assert (desk.folder / INTENT).exists()


@pytest.mark.parametrize(
    "note", ["", "{", "[]", "7", '{"fresh": "x"}', '{"fresh":"x","aside":"y","old":7,"new":8}']
)
def test_a_note_that_cannot_be_read_is_none(desk, copy, note, caplog):
    (desk.folder / INTENT).write_text(note, encoding="utf-8")
    assert shops(desk.folder) == ["示例商店", "第二家"]
    assert not (desk.folder / INTENT).exists()
    caplog.clear()


def test_a_note_moves_nothing_but_a_desk(desk, copy, caplog):
    told = {"fresh": "scratch/x", "aside": "y", "old": ["backups"], "new": ["../desk.db"]}
    (desk.folder / INTENT).write_text(json.dumps(told), encoding="utf-8")
    assert Swap.noted(desk.folder) is None
    assert shops(desk.folder) == ["示例商店", "第二家"]
    caplog.clear()


def test_a_new_desk_that_is_no_longer_there_brings_the_old_back(desk, copy):
    aside = desk.folder / "before-restore-20230601-090000-000000"
    aside.mkdir()
    for name in ("desk.db", "attachments"):
        (desk.folder / name).rename(aside / name)
    names = ["desk.db", "attachments"]
    told = {"fresh": "scratch/gone", "aside": aside.name, "old": names, "new": names[::-1]}
    (desk.folder / INTENT).write_text(json.dumps(told), encoding="utf-8")
    assert shops(desk.folder) == ["示例商店", "第二家"]
    assert photo(desk.folder) == b"second"
    assert not aside.exists()


def test_the_last_three_that_were_put_aside_stay(desk, copy):
    for _ in range(5):
        Desk.restore(copy, desk.folder)
    assert len(list(desk.folder.glob("before-restore-*"))) == 3


def test_a_disk_without_room_is_told_before_anything_is_written(desk, copy, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, 2**20))
    with pytest.raises(Trouble, match=r"磁盘已满，恢复这份备份还差\d+MB，请清理后再试"):
        Desk.restore(copy, desk.folder)
    assert shops(desk.folder) == ["示例商店", "第二家"]


class TestRemains:
    @pytest.mark.parametrize(
        "name",
        [
            "desk.db-wal",
            "desk.head",
            "restore.json",
            "copies.json",
            "erased.json",
            "attachments/ab/a.jpg",
            "backups/desk-20230601-090000.zip",
            "before-restore-20230601-090000-000000/desk.db",
        ],
    )
    def test_no_new_desk_is_made_over_them(self, user_folder, tmp_path, name, caplog):
        folder = new_folder()
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(b"kept")
        assert remains(folder)
        assert new_folder() != folder
        if name != INTENT:
            with pytest.raises(Refused, match="不能在这里新建"):
                Desk.create(folder, "sanxiang-2023", TODAY)
            assert (folder / name).read_bytes() == b"kept"
        caplog.clear()

    def test_what_is_no_desk_is_none(self, folder):
        assert not remains(folder)
        for name in ("out", "logs", "backups", "attachments", "scratch"):
            (folder / name).mkdir(parents=True)
        (folder / "desk.lock").touch()
        assert not remains(folder)
        Desk.create(folder, "sanxiang-2023", TODAY).close()

    def test_a_copy_can_be_put_back_there(self, desk, copy):
        (desk.folder / "desk.db").unlink()
        assert remains(desk.folder)
        Desk.restore(copy, desk.folder)
        assert (shops(desk.folder), photo(desk.folder)) == (["示例商店"], b"first")
        (aside,) = desk.folder.glob("before-restore-*")
        assert photo(aside) == b"second"


def test_the_desk_that_comes_in_brings_its_head(desk, copy):
    Desk.restore(copy, desk.folder)
    noted = head.read(desk.folder)
    with Desk.open(desk.folder, TODAY, lock=False) as again:
        assert noted is not None
        assert again.cabinet.head() == replace(noted, file="", stamp="")
    assert noted.file == sha256_of(desk.folder / "desk.db")
