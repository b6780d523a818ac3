"""What is put on a record comes back whole, upright, without its place."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from PIL import Image

from hazard_desk.books.attachments import LABELS
from hazard_desk.errors import Refused, RefusedFields
from tests.books.attachments.conftest import SECRET, TAKEN, files, photo


class TestAdding:
    def test_a_photo_is_upright_dated_and_says_nothing_else(self, desk, kept, camera):
        change = kept.add("hazards", 7, camera, label="整改前照片", entry=2, note="东门")
        (row,) = kept.of("hazards", 7)
        assert change.title == "添加附件“整改前 IMG_0001.JPG”（整改前照片）"
        assert (change.ledger, change.ids) == ("attachments", (row["id"],))
        assert (row["name"], row["label"]) == (camera.name, "整改前照片")
        assert (row["entry"], row["note"]) == (2, "东门")
        assert (row["is_photo"], row["dangerous"], row["state"]) == (True, False, "正常")
        assert (row["taken_on"], row["added_at"]) == (TAKEN, datetime(2023, 6, 1, 9, 0))
        assert row["who"] == desk.clerk
        assert row["size"] == kept.path(row).stat().st_size
        assert kept.path(row).stat().st_mtime == TAKEN.timestamp()
        assert Image.open(io.BytesIO(kept.path(row).read_bytes())).size == (300, 400)
        assert SECRET in camera.read_bytes()
        assert SECRET not in kept.path(row).read_bytes()

    def test_a_file_stays_as_it_is(self, desk, kept, tmp_path):
        source = tmp_path / "整改方案.docx"
        source.write_bytes(b"PK word")
        kept.add("enterprises", 1, source, label="文件")
        (row,) = kept.of("enterprises", 1)
        assert kept.path(row).read_bytes() == b"PK word"
        assert kept.path(row) == desk.folder / "attachments" / row["sha256"][:2] / f"{row['sha256']}.docx"
        assert (row["is_photo"], row["taken_on"]) == (False, None)

    def test_what_was_pasted_is_called_by_its_label(self, kept):
        kept.add("hazards", 1, photo(), label="整改后照片")
        (row,) = kept.of("hazards", 1)
        assert (row["name"], kept.path(row).suffix, row["is_photo"]) == ("整改后照片", ".jpg", True)

    @pytest.mark.parametrize(
        ("name", "called"),
        [
            ("整改前", "整改前.JPG"),
            ("a/b\\东门.jpg", "东门.jpg"),
            ("东\n门.png", "东 门.png"),
            ("  ", "IMG.JPG"),
        ],
    )
    def test_another_name(self, kept, tmp_path, name, called):
        (tmp_path / "IMG.JPG").write_bytes(photo())
        kept.add("hazards", 1, tmp_path / "IMG.JPG", name)
        assert kept.of("hazards", 1)[0]["name"].lower() == called.lower()

    def test_each_record_has_its_own_in_the_order_they_came(self, kept):
        for ledger, record, name in [
            ("hazards", 1, "b.txt"),
            ("hazards", 2, "x.txt"),
            ("checks", 1, "y.txt"),
        ]:
            kept.add(ledger, record, b"text", name)
        kept.add("hazards", 1, b"more", "a.txt")
        assert [row["name"] for row in kept.of("hazards", 1)] == ["b.txt", "a.txt"]
        assert kept.of("tips", 1) == []

    def test_the_same_content_is_stored_once(self, desk, kept, camera):
        kept.add("hazards", 1, camera, label="整改前照片")
        kept.add("hazards", 2, camera.read_bytes(), "另一张.jpg", label="整改后照片")
        assert len(files(desk)) == 1

    def test_the_fields_say_what_a_row_holds(self, kept, camera):
        kept.add("hazards", 1, camera)
        (row,) = kept.of("hazards", 1)
        assert {field.name for field in kept.fields} <= set(row)
        assert next(field.choices for field in kept.fields if field.name == "label") == LABELS

    @pytest.mark.parametrize("name", ["工具.exe", "运行.bat", "台账.xlsm", "照片.jpg.lnk", "照片.exe. "])
    def test_a_program_is_kept_but_marked(self, kept, name):
        kept.add("hazards", 1, b"MZ", name)
        (row,) = kept.of("hazards", 1)
        assert (row["dangerous"], row["state"]) == (True, "正常")

    def test_a_photo_under_a_strange_name_is_only_a_file(self, kept):
        """A camera's raw file begins like a picture too, and must not be shrunk."""
        kept.add("hazards", 1, photo(), "原始.dng")
        (row,) = kept.of("hazards", 1)
        assert (row["is_photo"], kept.path(row).read_bytes()) == (False, photo())


class TestRefusing:
    @pytest.mark.parametrize(
        ("label", "note", "fields"),
        [
            ("照片", "", {"label"}),
            ("", "", {"label"}),
            ("文件", "长" * 201, {"note"}),
            ("x", "长" * 201, {"label", "note"}),
        ],
    )
    def test_label_and_note(self, desk, kept, camera, label, note, fields):
        with pytest.raises(RefusedFields) as wrong:
            kept.add("hazards", 1, camera, label=label, note=note)
        assert set(wrong.value.problems) == fields
        assert files(desk) == []

    def test_what_is_no_file(self, kept, tmp_path):
        (tmp_path / "空.jpg").touch()
        for source, match in [
            (tmp_path, "文件夹"),
            (tmp_path / "空.jpg", r"空\.jpg.*是空的"),
            (tmp_path / "没有.jpg", r"没有找到.*没有\.jpg"),
            (b"", r"文件.*是空的"),
        ]:
            with pytest.raises(Refused, match=match):
                kept.add("hazards", 1, source)
        assert kept.of("hazards", 1) == []


class TestUnreadablePictures:
    @pytest.mark.parametrize("data", [photo()[:400], b"\xff\xd8\xff", "文字".encode(), b"\x89PNG\r\n\x1a\n"])
    def test_they_are_files_never_drawn(self, kept, data):
        change = kept.add("hazards", 1, data, "照片.jpg", label="整改前照片")
        (row,) = kept.of("hazards", 1)
        assert change.title.endswith("不能作为图片显示，按原文件保存")
        assert (row["is_photo"], row["state"], kept.path(row).read_bytes()) == (False, "正常", data)
        assert kept.thumbnail(row) is None


class TestThumbnails:
    def test_it_is_small_and_kept(self, desk, kept, camera, monkeypatch):
        kept.add("hazards", 1, camera)
        (row,) = kept.of("hazards", 1)
        first = kept.thumbnail(row)
        assert Image.open(io.BytesIO(first)).size == (120, 160)
        assert Image.open(io.BytesIO(kept.thumbnail(row, 40))).size == (30, 40)
        assert len(list((desk.folder / "thumbs").iterdir())) == 2
        monkeypatch.setattr("hazard_desk.books.attachments.picture", None)
        assert kept.thumbnail(row) == first

    def test_files_missing_and_damaged_photos_have_none(self, kept, camera):
        kept.add("hazards", 1, b"text", "a.txt")
        kept.add("hazards", 1, camera)
        text, row = kept.of("hazards", 1)
        assert kept.thumbnail(text) is None
        whole = kept.path(row).read_bytes()
        kept.path(row).write_bytes(b"\0" * len(whole))
        assert kept.thumbnail(row) is None
        kept.path(row).write_bytes(whole[:-9])
        assert kept.thumbnail(row) is None
        kept.path(row).unlink()
        assert kept.thumbnail(row) is None

    def test_where_it_cannot_be_kept_it_is_given_all_the_same(self, desk, kept, camera):
        kept.add("hazards", 1, camera)
        (desk.folder / "thumbs").write_text("a file in the way", encoding="utf-8")
        assert kept.thumbnail(kept.of("hazards", 1)[0])

    def test_an_empty_one_that_a_crash_left_is_made_anew(self, desk, kept, camera):
        kept.add("hazards", 1, camera)
        (row,) = kept.of("hazards", 1)
        kept.thumbnail(row)
        next((desk.folder / "thumbs").iterdir()).write_bytes(b"")
        assert kept.thumbnail(row)
