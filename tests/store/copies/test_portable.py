"""A verified copy of the whole desk, and putting it back."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.copies.proving import verify_copy
from hazard_desk.store.dbfile import HEAD

TODAY = date(2023, 6, 1)
NAMES = ("照片.jpg", "说明.txt")
SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}


def enterprises(folder: Path) -> list[str]:
    with Desk.open(folder, TODAY, lock=False) as opened:
        return [row["name"] for row in opened.enterprises.select(Query())]


@pytest.fixture
def copy(desk: Desk, tmp_path: Path) -> Path:
    """A copy of a desk with one enterprise and two attachments."""
    desk.enterprises.add(SHOP)
    for name in NAMES:
        desk.attachments.add("enterprises", 1, name.encode(), name)
    return desk.backup(tmp_path / "copies" / "备份.zip")


class TestBackup:
    def test_it_is_a_whole_desk_with_the_digest_of_every_file(self, desk, copy):
        with zipfile.ZipFile(copy) as archive:
            files = json.loads(archive.read("manifest.json"))["files"]
            assert set(archive.namelist()) == {*files, "manifest.json"}
            for name, digest in files.items():
                assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        kept = {path.relative_to(desk.folder).as_posix() for path in desk.folder.glob("attachments/*/*")}
        assert set(files) == {"desk.db", *kept} and len(kept) == 2
        verify_copy(copy)

    def test_it_holds_what_only_the_write_ahead_log_holds_yet(self, desk, copy, tmp_path):
        assert (desk.folder / "desk.db-wal").stat().st_size > 0
        assert b"\xe7\xa4\xba\xe4\xbe\x8b\xe5\x95\x86" not in (desk.folder / "desk.db").read_bytes()
        Desk.restore(copy, tmp_path / "again")
        assert enterprises(tmp_path / "again") == ["示例商店"]

    def test_the_desk_stays_open_and_usable(self, desk, copy):
        desk.enterprises.add(SHOP | {"name": "第二家"})
        assert enterprises(desk.folder) == ["示例商店", "第二家"]

    def test_the_usual_place_is_backups(self, desk):
        assert desk.backup().parent == desk.folder / "backups"

    def test_nothing_unfinished_is_left_beside_it(self, copy):
        assert [file.name for file in copy.parent.iterdir()] == ["备份.zip"]

    def test_an_older_copy_of_that_name_is_replaced(self, desk, copy, tmp_path):
        desk.enterprises.add(SHOP | {"name": "第二家"})
        desk.backup(copy)
        Desk.restore(copy, tmp_path / "again")
        assert enterprises(tmp_path / "again") == ["示例商店", "第二家"]

    def test_a_very_old_attachment(self, desk, copy, tmp_path):
        for old in desk.folder.glob("attachments/*/*"):
            os.utime(old, (0, 0))  # before 1980, when zip's calendar begins
        verify_copy(desk.backup(tmp_path / "copy.zip"))

    @pytest.mark.parametrize("to", [".", "", "backups"])
    def test_a_folder_is_no_file_name(self, desk, to, monkeypatch):
        (desk.folder / "backups").mkdir()
        monkeypatch.chdir(desk.folder)
        with pytest.raises(Refused, match="文件夹"):
            desk.backup(Path(to))

    @pytest.mark.parametrize("name", ["desk.db", "desk.db-wal", "desk.lock"])
    def test_the_desks_own_files_are_never_overwritten(self, desk, name):
        with pytest.raises(Refused, match="换一个"):
            desk.backup(desk.folder / name)
        assert desk.check() == []

    def test_a_place_that_cannot_be_written_is_named(self, desk, tmp_path):
        (tmp_path / "文件").write_text("", encoding="utf-8")
        with pytest.raises(Trouble, match="文件"):
            desk.backup(tmp_path / "文件" / "copy.zip")

    def test_a_damaged_desk_is_not_copied_as_if_sound(self, desk, copy, tmp_path):
        desk.cabinet.db.execute_sql("PRAGMA foreign_keys = 0")
        desk.cabinet.db.execute_sql("DELETE FROM plan")
        with pytest.raises(Trouble, match="外键"):
            desk.backup(tmp_path / "bad.zip")
        assert not (tmp_path / "bad.zip").exists()


class TestRestore:
    def test_into_another_folder_all_is_there(self, desk, copy, tmp_path):
        Desk.restore(copy, tmp_path / "新电脑" / "台账")
        with Desk.open(tmp_path / "新电脑" / "台账", TODAY) as again:
            assert again.enterprises.options("name") == ["示例商店"]
            assert len(again.tasks.all_rows()) == 34
            assert again.check() == []
            rows = again.attachments.of("enterprises", 1)
            assert [again.attachments.path(row).read_bytes() for row in rows] == [
                name.encode() for name in NAMES
            ]

    def test_what_stood_there_is_kept_beside_it(self, desk, copy, tmp_path):
        desk.enterprises.add(SHOP | {"name": "备份以后新增"})
        (desk.folder / "attachments" / "new.txt").write_text("new", encoding="utf-8")
        desk.close()
        Desk.restore(copy, desk.folder)
        assert enterprises(desk.folder) == ["示例商店"]
        assert not (desk.folder / "attachments" / "new.txt").exists()
        (aside,) = desk.folder.glob("before-restore-*")
        assert enterprises(aside) == ["示例商店", "备份以后新增"]
        assert (aside / "attachments" / "new.txt").exists()

    def test_twice_at_once_keeps_both(self, desk, copy):
        desk.enterprises.add(SHOP | {"name": "备份以后新增"})
        desk.close()
        Desk.restore(copy, desk.folder)
        Desk.restore(copy, desk.folder)
        kept = [enterprises(aside) for aside in desk.folder.glob("before-restore-*")]
        assert sorted(kept, key=len) == [["示例商店"], ["示例商店", "备份以后新增"]]

    def test_a_log_that_a_killed_program_left_is_not_read_into_the_copy(self, desk, copy, tmp_path):
        """The old write-ahead log goes aside with its database before the copy takes its place."""
        desk.enterprises.add(SHOP | {"name": "备份以后新增"})
        killed = tmp_path / "killed"
        killed.mkdir()
        for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
            (killed / name).write_bytes((desk.folder / name).read_bytes())
        Desk.restore(copy, killed)
        assert enterprises(killed) == ["示例商店"]
        (aside,) = killed.glob("before-restore-*")
        assert enterprises(aside) == ["示例商店", "备份以后新增"]

    def test_a_damaged_desk_can_be_restored_over(self, desk, copy):
        desk.close()
        (desk.folder / "desk.db").write_bytes(b"rubbish")
        Desk.restore(copy, desk.folder)
        assert enterprises(desk.folder) == ["示例商店"]

    def test_a_missing_copy_is_refused_and_makes_no_folder(self, folder, tmp_path):
        with pytest.raises(Refused, match="没有找到备份文件"):
            Desk.restore(tmp_path / "none.zip", folder)
        assert not folder.exists()


def packed(to: Path, members: dict[str, bytes], manifest: object = None) -> Path:
    """Write a zip with these members and a manifest, by default a right one."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    with zipfile.ZipFile(to, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr(
            "manifest.json", json.dumps({"format": 1, "files": hashes} if manifest is None else manifest)
        )
    return to


class TestWhatIsNoBackup:
    @pytest.fixture
    def refused(self, desk, tmp_path):
        """Restoring is refused or trouble in one Chinese sentence, and the desk there is untouched."""
        desk.enterprises.add(SHOP)
        desk.close()
        before = (desk.folder / "desk.db").read_bytes()

        def check(copy: Path, *kinds: type[Exception], match: str = "备份文件") -> None:
            for act in (verify_copy, lambda file: Desk.restore(file, desk.folder)):
                with pytest.raises(kinds or (Refused,), match=match):
                    act(copy)
            assert (desk.folder / "desk.db").read_bytes() == before
            assert not [
                path for path in desk.folder.rglob("*") if "restore" in path.name or "scratch" in path.name
            ]
            assert not (tmp_path / "evil.txt").exists()

        return check

    def test_text(self, refused, tmp_path):
        file = tmp_path / "copy.zip"
        file.write_text("不是压缩文件", encoding="utf-8")
        refused(file)

    def test_an_empty_file(self, refused, tmp_path):
        (tmp_path / "copy.zip").touch()
        refused(tmp_path / "copy.zip")

    def test_another_programs_zip(self, refused, tmp_path):
        with zipfile.ZipFile(tmp_path / "copy.zip", "w") as archive:
            archive.writestr("readme.txt", "hello")
        refused(tmp_path / "copy.zip")

    @pytest.mark.parametrize(
        "manifest",
        [
            [],
            "text",
            {"files": None},
            {"files": ["desk.db"]},
            {"files": "desk.db"},
            {"files": {"": ""}},
            {"files": {"desk.db": "", "": ""}},
            {"files": {"desk.db": "", ".": ""}},
            {"files": {"attachments/a": ""}},
        ],
    )
    def test_a_manifest_of_another_make(self, refused, tmp_path, manifest):
        refused(packed(tmp_path / "copy.zip", {"desk.db": b"x"}, manifest))

    @pytest.mark.parametrize(
        "name",
        [
            "../evil.txt",
            "attachments/../../evil.txt",
            "/tmp/evil.txt",
            "backups/evil.txt",
            "desk.lock",
            "desk.db-wal",
        ],
    )
    def test_names_that_lead_elsewhere(self, refused, tmp_path, copy_members, name):
        refused(packed(tmp_path / "copy.zip", copy_members | {name: b"evil"}))

    def test_a_file_that_is_not_in_it(self, refused, tmp_path, copy_members):
        files = {name: hashlib.sha256(data).hexdigest() for name, data in copy_members.items()}
        refused(packed(tmp_path / "copy.zip", copy_members, {"files": files | {"attachments/x": "0"}}))

    def test_a_file_that_is_not_as_it_was(self, refused, tmp_path, copy_members):
        files = {name: hashlib.sha256(data).hexdigest() for name, data in copy_members.items()}
        changed = copy_members | {"attachments/a.txt": b"other"}
        wrong = packed(tmp_path / "copy.zip", changed, {"files": files | {"attachments/a.txt": "0" * 64}})
        refused(wrong, Trouble, match="attachments/a.txt”已损坏")

    def test_a_database_that_is_no_desk(self, refused, tmp_path):
        copy = packed(tmp_path / "copy.zip", {"desk.db": b"SQLite?"})
        refused(copy, Trouble, match=r"copy\.zip”不是隐患工作台")

    def test_a_folder(self, refused, tmp_path):
        (tmp_path / "copy.zip").mkdir()
        with pytest.raises(Refused, match="没有找到备份文件"):
            Desk.restore(tmp_path / "copy.zip", tmp_path / "desk")

    def test_a_desk_of_a_newer_version(self, refused, tmp_path, copy_members):
        (tmp_path / "newer.db").write_bytes(copy_members["desk.db"])
        with closing(sqlite3.connect(tmp_path / "newer.db")) as link:
            link.execute(f"PRAGMA user_version = {HEAD + 1}")
        newer = {"desk.db": (tmp_path / "newer.db").read_bytes()}
        refused(packed(tmp_path / "copy.zip", newer), Trouble, match=r"copy\.zip”由更新版本")

    @pytest.fixture
    def copy_members(self, desk, tmp_path) -> dict[str, bytes]:
        with zipfile.ZipFile(desk.backup(tmp_path / "whole.zip")) as archive:
            return {"desk.db": archive.read("desk.db")}

    def test_a_copy_damaged_or_cut_anywhere_never_passes(self, copy, tmp_path):
        whole = copy.read_bytes()
        broken = tmp_path / "broken.zip"
        places = [*range(0, len(whole), max(1, len(whole) // 80)), *range(len(whole) - 120, len(whole), 3)]
        for place in places:
            for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]):
                broken.write_bytes(data)
                try:
                    verify_copy(broken)
                except (Refused, Trouble) as wrong:
                    assert str(broken) in wrong.message


class TestSentences:
    def test_a_folder_and_a_file_of_another_make(self, desk, tmp_path):
        with pytest.raises(Refused) as caught:
            desk.copies.portable(tmp_path)
        assert caught.value.message == f"“{tmp_path}”是一个文件夹，请写明备份文件名"
        other = tmp_path / "说明.txt"
        other.write_text("x", encoding="utf-8")
        with pytest.raises(Refused) as caught:
            desk.copies.portable(other)
        assert caught.value.message == f"“{other}”已经存在，而且不是备份文件，请换一个文件名"
        assert other.read_text(encoding="utf-8") == "x"

    def test_what_is_no_backup_and_what_is_damaged(self, tmp_path):
        copy = tmp_path / "copy.zip"
        with zipfile.ZipFile(copy, "w") as archive:
            archive.writestr("manifest.json", '{"files": {"desk.lock": ""}}')
        with pytest.raises(Refused) as caught:
            verify_copy(copy)
        assert caught.value.message == f"“{copy}”不是隐患工作台的备份文件"
        copy.write_bytes(b"rubbish")
        with pytest.raises(Refused) as caught:
            verify_copy(copy)
        assert caught.value.message == f"“{copy}”不是隐患工作台的备份文件，或已损坏"
        assert caught.value.__cause__ is None

    def test_a_file_of_it_that_is_damaged(self, tmp_path):
        copy = packed(tmp_path / "copy.zip", {"desk.db": b"x"}, {"files": {"desk.db": "0" * 64}})
        with pytest.raises(Trouble) as caught:
            verify_copy(copy)
        assert caught.value.message == f"备份文件“{copy}”中的“desk.db”已损坏，请换用另一份备份"

    def test_a_database_of_it_that_is_not_sound(self, copy, tmp_path):
        with zipfile.ZipFile(copy) as archive:
            (tmp_path / "bad.db").write_bytes(archive.read("desk.db"))
        with closing(sqlite3.connect(tmp_path / "bad.db")) as link:
            link.execute("DELETE FROM plan")
            link.commit()
        bad = packed(tmp_path / "bad.zip", {"desk.db": (tmp_path / "bad.db").read_bytes()})
        with pytest.raises(Trouble) as caught:
            verify_copy(bad)
        assert caught.value.message == (
            f"备份文件“{bad}”中的数据库校验未通过（外键缺失：action第1行），请换用另一份备份"
        )


def test_it_is_packed_and_says_its_format(copy):
    with zipfile.ZipFile(copy) as archive:
        stored = {one.filename for one in archive.infolist() if one.compress_type == zipfile.ZIP_STORED}
        assert {Path(name).suffix for name in stored} == {".jpg"}
        assert json.loads(archive.read("manifest.json"))["format"] == 2


def test_the_desk_without_attachments_has_none_in_its_copy(desk, tmp_path):
    with zipfile.ZipFile(desk.copies.portable(tmp_path / "neu" / "copy.zip")) as archive:
        assert sorted(archive.namelist()) == ["desk.db", "manifest.json"]


def test_what_is_moved_aside_is_told_by_day_and_time(desk, copy):
    desk.close()
    Desk.restore(copy, desk.folder)
    (aside,) = desk.folder.glob("before-restore-*")
    assert re.fullmatch(r"before-restore-\d{8}-\d{6}-\d{6}", aside.name)
    assert sorted(file.name for file in aside.iterdir())[:2] == ["attachments", "desk.db"]


class TestPassword:
    @pytest.fixture
    def locked(self, desk, copy, tmp_path) -> Path:
        return desk.copies.portable(tmp_path / "locked.zip", "三星乡2023")

    def test_nothing_of_it_can_be_read_without(self, desk, locked, tmp_path):
        assert "示例商店".encode() not in locked.read_bytes()
        for word in ("", "三星乡2024"):
            with pytest.raises(Refused, match="密码") as caught:
                Desk.restore(locked, tmp_path / "again", word)
            assert caught.value.field == "password"
        Desk.restore(locked, tmp_path / "again", "三星乡2023")
        assert enterprises(tmp_path / "again") == ["示例商店"]
        assert len(list((tmp_path / "again").glob("attachments/*/*"))) == 2

    def test_it_is_aes_256_which_other_programs_open_too(self, locked):
        import pyzipper

        with pyzipper.AESZipFile(locked) as archive:
            archive.setpassword("三星乡2023".encode())
            assert {info.wz_aes_strength for info in archive.infolist()} == {3}, "256 bits"
            assert json.loads(archive.read("manifest.json"))["inside"] is True

    def test_it_is_remembered_and_counts(self, desk, locked):
        (told,) = [copy for copy in desk.copies.all() if copy.file == locked]
        assert (told.locked, told.sound, told.records > 0) == (True, True, True)
        assert desk.copies.at_risk().count == 0


def test_a_copy_is_written_anew(desk, copy, tmp_path):
    """Also one of version 0.3.0 among the copies of a place, which knows no desk and has its files inside."""
    old = desk.folder / "backups" / "desk-20230401-080000.zip"
    old.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(copy) as archive:
        packed(old, {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"})
    (told,) = [one for one in desk.copies.all() if one.file == old]
    assert (told.act, told.proved, told.portable) == (0, None, True)
    desk.copies.prove(datetime(2023, 6, 1, 12))
    (told,) = [one for one in desk.copies.all() if one.file == old]
    assert (told.act, told.sound, told.records > 0, told.at.year) == (4, True, True, 2023)
    made = desk.copies.rewrite(told)
    assert (made.file, made.portable, made.sound) == (old, False, True)
    Desk.restore(old, tmp_path / "again")
    assert enterprises(tmp_path / "again") == ["示例商店"]
