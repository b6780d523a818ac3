"""Attachments: what is put on a record comes back whole, upright, without its place, and in the backup."""

from __future__ import annotations

import importlib.util
import io
import json
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from hazard_desk.books.attachments import KEPT_DAYS, LABELS, AttachmentRow, Attachments
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.store.dbfile import MIGRATIONS
from hazard_desk.store.undo import last_act, take_back

TODAY = date(2023, 6, 1)
TAKEN = datetime(2023, 5, 20, 9, 30)
SECRET = b"SecretMaker"


def with_table(desk: Desk) -> Desk:
    """Return the desk with the table of attachments, also where it was made by an older program."""
    if not desk.cabinet.db.table_exists(AttachmentRow.model):
        spec = importlib.util.spec_from_file_location("attachments_table", MIGRATIONS / "0004_attachments.py")
        assert spec and spec.loader
        migration = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(migration)
        migration.up(None, desk.cabinet.db)
    return desk


@pytest.fixture
def kept(desk: Desk) -> Attachments:
    """The attachments of an empty desk."""
    return Attachments(with_table(desk).cabinet, desk.folder)


def photo(width: int = 400, height: int = 300, colour: str = "red") -> bytes:
    """A telephone's photo, held sideways, that says when, where and by which maker."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("blue", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8769)[0x9003] = f"{TAKEN:%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 38.0, 1.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    """A photo on the clerk's disk."""
    file = tmp_path / "整改前 IMG_0001.JPG"
    file.write_bytes(photo())
    return file


def files(desk: Desk) -> list[Path]:
    return [file for file in (desk.folder / "attachments").rglob("*") if file.is_file()]


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


class TestChanging:
    @pytest.fixture
    def number(self, kept, camera) -> int:
        return kept.add("hazards", 1, camera, label="整改前照片").ids[0]

    def test_relabel(self, kept, number):
        change = kept.relabel(number, "整改后照片", "西门")
        assert change.title == "修改附件“整改前 IMG_0001.JPG”（整改后照片）"
        assert (kept.get(number)["label"], kept.get(number)["note"]) == ("整改后照片", "西门")
        with pytest.raises(RefusedFields):
            kept.relabel(number, "照片")

    def test_a_removed_one_is_gone_but_its_file_stays(self, desk, kept, number):
        assert kept.remove(number).title == "删除附件“整改前 IMG_0001.JPG”（整改前照片）"
        assert kept.of("hazards", 1) == []
        assert kept.check() == []
        for act in (kept.get, kept.remove, lambda it: kept.relabel(it, "文件")):
            with pytest.raises(Refused, match="已不存在"):
                act(number)
        assert kept.sweep() == 0
        assert len(files(desk)) == 1

    def test_every_act_can_be_taken_back(self, desk, kept, number):
        kept.relabel(number, "整改后照片", "西门")
        kept.remove(number)
        for expected in (("整改后照片", "西门"), ("整改前照片", "")):
            take_back(desk.cabinet, last_act(desk.cabinet))
            row = kept.get(number)
            assert (row["label"], row["note"], row["state"]) == (*expected, "正常")
        take_back(desk.cabinet, last_act(desk.cabinet))
        assert kept.of("hazards", 1) == []
        assert kept.sweep() == 1

    def test_one_that_goes_with_its_record_does_not_come_to_the_next(self, desk, kept):
        """SQLite gives the id of a deleted last row to the next one."""
        shop = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}
        number = desk.enterprises.add(shop).ids[0]
        kept.add("enterprises", number, b"text", "执照.txt")
        with desk.cabinet.act("enterprises.remove", "enterprises") as act:
            kept.remove_with(act, "enterprises", number)
            act.delete(desk.enterprises.table, number)
            act.done("删除监管对象", number)
        removal = last_act(desk.cabinet)
        assert kept.of("enterprises", number) == []
        take_back(desk.cabinet, removal)
        assert [row["name"] for row in kept.of("enterprises", number)] == ["执照.txt"]


class TestCheck:
    def test_missing_and_damaged_files_are_named(self, kept):
        for name in ("好.txt", "缺.txt", "短.txt", "坏.txt"):
            kept.add("hazards", 1, name.encode(), name)
        rows = {row["name"]: row for row in kept.of("hazards", 1)}
        kept.path(rows["缺.txt"]).unlink()
        kept.path(rows["短.txt"]).write_bytes(b"x")
        kept.path(rows["坏.txt"]).write_bytes(b"x" * rows["坏.txt"]["size"])
        states = {row["name"]: row["state"] for row in kept.of("hazards", 1)}
        assert states == {"好.txt": "正常", "缺.txt": "缺失", "短.txt": "大小不符", "坏.txt": "正常"}
        damaged = "的文件已损坏（与添加时不一致），请用备份恢复"
        assert kept.check() == [
            "2023-06-01添加的附件“缺.txt”（其他）的文件缺失，请用备份恢复",
            f"2023-06-01添加的附件“短.txt”（其他）{damaged}",
            f"2023-06-01添加的附件“坏.txt”（其他）{damaged}",
        ]

    def test_adding_the_same_content_again_mends_it(self, kept):
        kept.add("hazards", 1, b"text", "a.txt")
        kept.path(kept.of("hazards", 1)[0]).write_bytes(b"xxxx")
        kept.add("hazards", 2, b"text", "b.txt")
        assert kept.check() == []


class TestSweeping:
    def test_a_crash_within_the_act_leaves_at_worst_a_file_without_a_row(
        self, desk, kept, camera, monkeypatch
    ):
        def crash(*values: object) -> None:
            raise RuntimeError("the power went")

        with monkeypatch.context() as cut, pytest.raises(RuntimeError):
            cut.setattr(desk.cabinet, "_audit", crash)
            kept.add("hazards", 1, camera)
        assert kept.of("hazards", 1) == []
        assert len(files(desk)) == 1
        assert kept.sweep() == 1
        assert files(desk) == []

    def test_a_crash_before_the_file_is_whole_leaves_no_row(self, desk, kept, camera, monkeypatch):
        def full(number: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as cut, pytest.raises(Trouble, match="磁盘已满"):
            cut.setattr("hazard_desk.store.files.os.fsync", full)
            kept.add("hazards", 1, camera)
        assert kept.of("hazards", 1) == []
        assert files(desk) == []

    def test_the_file_is_there_before_its_row_is_committed(self, desk, kept, camera, monkeypatch):
        audit = desk.cabinet._audit
        seen = []

        def look(*values):
            seen.append(len(files(desk)))
            return audit(*values)

        monkeypatch.setattr(desk.cabinet, "_audit", look)
        kept.add("hazards", 1, camera)
        assert seen == [1]

    def test_what_one_record_lost_another_may_still_need(self, desk, kept):
        first = kept.add("hazards", 1, b"text", "a.txt").ids[0]
        kept.add("hazards", 2, b"text", "b.txt")
        kept.remove(first)
        desk.cabinet.clock.set(TODAY + timedelta(days=400))
        assert kept.sweep() == 0
        assert kept.of("hazards", 2)[0]["state"] == "正常"

    @pytest.mark.parametrize(("days", "gone"), [(KEPT_DAYS, 0), (KEPT_DAYS + 1, 1)])
    def test_the_file_of_a_removed_one_goes_after_a_while(self, desk, kept, camera, days, gone):
        kept.remove(kept.add("hazards", 1, camera).ids[0])
        desk.cabinet.clock.set(TODAY + timedelta(days=days))
        assert kept.sweep() == gone


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
