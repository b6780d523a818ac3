"""Attachments leave the desk under their own names, and go into the backup and back."""

from __future__ import annotations

import json
import zipfile

import pytest

from hazard_desk.books.attachments import Attachments
from hazard_desk.desk import Desk
from hazard_desk.errors import Trouble
from tests.books.attachments.conftest import TAKEN, TODAY


class TestExporting:
    def test_a_photo_under_its_own_name(self, kept, camera, tmp_path):
        kept.add("hazards", 1, camera)
        (row,) = kept.of("hazards", 1)
        copies = [kept.export_to(row, tmp_path / "迎检档案") for _ in range(2)]
        assert [copy.name for copy in copies] == ["整改前 IMG_0001.JPG", "整改前 IMG_0001(2).JPG"]
        assert copies[0].read_bytes() == kept.path(row).read_bytes()
        assert copies[0].stat().st_mtime == TAKEN.timestamp()

    @pytest.mark.parametrize(
        ("name", "safe"),
        [("3:00 “东门”?.txt", "3_00 “东门”_.txt"), ("aux.txt", "_aux.txt"), ("说明", "说明")],
    )
    def test_a_name_that_windows_would_not_take(self, kept, tmp_path, name, safe):
        kept.add("hazards", 1, b"text", name)
        (row,) = kept.of("hazards", 1)
        assert row["name"] == name
        assert kept.export_to(row, tmp_path / "out").name == safe

    def test_missing_and_damaged_files_are_trouble(self, kept, tmp_path):
        kept.add("hazards", 1, b"text", "a.txt")
        (row,) = kept.of("hazards", 1)
        kept.path(row).write_bytes(b"xxxx")
        with pytest.raises(Trouble, match=r"a\.txt.*已损坏"):
            kept.export_to(row, tmp_path / "out")
        kept.path(row).unlink()
        with pytest.raises(Trouble, match=r"a\.txt.*缺失"):
            kept.export_to(row, tmp_path / "out")
        assert list((tmp_path / "out").iterdir()) == []


class TestBackup:
    def test_it_holds_the_attachments_and_only_them(self, desk, kept, camera, tmp_path):
        kept.add("hazards", 1, camera)
        kept.thumbnail(kept.of("hazards", 1)[0])
        with zipfile.ZipFile(desk.backup(tmp_path / "copy.zip")) as archive:
            digests = json.loads(archive.read("manifest.json"))["files"]
        (name,) = set(digests) - {"desk.db"}
        (row,) = kept.of("hazards", 1)
        assert name == f"attachments/{row['sha256'][:2]}/{row['sha256']}.jpg"
        assert digests[name] == row["sha256"]

    def test_they_come_back_with_it(self, desk, kept, camera, tmp_path):
        kept.add("hazards", 1, camera, label="整改前照片")
        desk.backup(tmp_path / "copy.zip")
        Desk.restore(tmp_path / "copy.zip", tmp_path / "新电脑")
        with Desk.open(tmp_path / "新电脑", TODAY) as again:
            there = Attachments(again.cabinet, again.folder)
            (row,) = there.of("hazards", 1)
            assert there.check() == []
            assert (row["state"], row["label"], row["taken_on"]) == ("正常", "整改前照片", TAKEN)
            assert there.thumbnail(row)
            assert there.path(row).is_relative_to(tmp_path / "新电脑")
