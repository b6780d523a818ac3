"""What is opened is a read-only copy under its own name; what was changed comes back as a new version."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hazard_desk.books.attachments import Attachments
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.rules.fields import Row
from tests.conftest import TODAY

NAME = "检查记录 5月.docx"


@pytest.fixture
def kept(desk: Desk) -> Attachments:
    """The attachments of a desk with one file on hazard 7."""
    desk.attachments.add("hazards", 7, b"as it was", NAME, "签字扫描件", entry=3, note="原件在柜")
    return desk.attachments


@pytest.fixture
def row(kept: Attachments) -> Row:
    """That file."""
    return kept.of("hazards", 7)[0]


def writable(file: Path) -> bool:
    return bool(file.stat().st_mode & 0o222)


def changed(copy: Path, content: bytes) -> Path:
    """What another program leaves that saves over the copy in spite of all."""
    copy.chmod(0o644)
    copy.write_bytes(content)
    return copy


class TestOpening:
    def test_the_copy_has_the_files_name_and_cannot_be_written(self, desk, kept, row):
        copy = kept.copy_to_open(row)
        assert (copy.name, copy.read_bytes(), writable(copy)) == (NAME, b"as it was", False)
        assert copy.is_relative_to(desk.folder)
        assert not copy.is_relative_to(desk.folder / "attachments")

    def test_the_kept_file_stays_whatever_becomes_of_the_copy(self, kept, row):
        changed(kept.copy_to_open(row), b"changed")
        assert kept.path(row).read_bytes() == b"as it was"
        assert kept.check() == []

    def test_a_second_look_needs_no_second_copy(self, kept, row):
        assert kept.copy_to_open(row) == kept.copy_to_open(row)

    def test_a_changed_copy_is_never_written_over(self, kept, row):
        first = changed(kept.copy_to_open(row), b"changed")
        second = kept.copy_to_open(row)
        assert (second.read_bytes(), second.name) == (b"as it was", "检查记录 5月(2).docx")
        assert first.read_bytes() == b"changed"
        assert kept.copy_to_open(row) == second

    def test_two_names_for_one_content(self, kept, row):
        kept.copy_to_open(row)
        kept.add("hazards", 8, b"as it was", "会议纪要.docx")
        assert kept.copy_to_open(kept.of("hazards", 8)[0]).name == "会议纪要.docx"

    @pytest.mark.parametrize(("name", "safe"), [("CON.docx", "_CON.docx"), ('甲"乙?.docx', "甲_乙_.docx")])
    def test_a_name_that_windows_would_not_take(self, kept, name, safe):
        kept.add("hazards", 8, b"text", name)
        assert kept.copy_to_open(kept.of("hazards", 8)[0]).name == safe

    def test_missing_and_damaged_files_are_trouble(self, kept, row):
        kept.path(row).write_bytes(b"damaged!!")
        with pytest.raises(Trouble, match="已损坏"):
            kept.copy_to_open(row)
        kept.path(row).unlink()
        with pytest.raises(Trouble, match="不存在"):
            kept.copy_to_open(row)

    def test_no_backup_holds_it(self, desk, kept, row, tmp_path):
        kept.copy_to_open(row)
        copy = desk.backup(tmp_path / "copy.zip")
        Desk.restore(copy, tmp_path / "again")
        assert not (tmp_path / "again" / "opened").exists()


class TestVersions:
    def test_a_new_one_stands_beside_the_old(self, kept, row):
        change = kept.add_version(row["id"], changed(kept.copy_to_open(row), b"changed"))
        assert change.title == f"添加附件“{NAME}”（签字扫描件），是“{NAME}”的新版本"
        old, new = kept.of("hazards", 7)
        assert (kept.path(old).read_bytes(), old["version_of"]) == (b"as it was", "")
        assert kept.path(new).read_bytes() == b"changed"
        assert new["version_of"] == f"“{NAME}”（2023-06-01添加）的新版本"
        assert [new[name] for name in ("label", "note", "entry", "name")] == [
            old[name] for name in ("label", "note", "entry", "name")
        ]

    def test_it_says_so_when_the_old_one_was_taken_off(self, kept, row, tmp_path):
        (tmp_path / "改.docx").write_bytes(b"changed")
        kept.add_version(row["id"], tmp_path / "改.docx")
        kept.remove(row["id"])
        (new,) = kept.of("hazards", 7)
        assert (new["name"], NAME in new["version_of"]) == ("改.docx", True)

    def test_what_is_saved_beside_the_copy_is_found(self, kept, row):
        copy = kept.copy_to_open(row)
        assert kept.changed_copies(row) == []
        beside = copy.with_name("检查记录（改）.docx")
        beside.write_bytes(b"changed")
        copy.with_name("~$检查记录.docx").write_bytes(b"lock")
        copy.with_name(".~检查记录.docx").write_bytes(b"lock")
        assert kept.changed_copies(row) == [beside]

    def test_what_is_kept_is_not_kept_twice(self, desk, kept, row):
        beside = kept.copy_to_open(row).with_name("改.docx")
        beside.write_bytes(b"changed")
        kept.add_version(row["id"], beside)
        assert kept.changed_copies(row) == []
        with pytest.raises(Refused, match="已经存过了，就是附件“改"):
            kept.add_version(row["id"], beside)
        desk.undo()
        assert kept.changed_copies(row) == [beside]

    def test_what_was_not_changed_is_refused(self, kept, row, tmp_path):
        with pytest.raises(Refused, match="没有修改"):
            kept.add_version(row["id"], kept.copy_to_open(row))
        with pytest.raises(Refused, match="没有找到文件"):
            kept.add_version(row["id"], tmp_path / "没有.docx")
        assert len(kept.of("hazards", 7)) == 1

    def test_it_can_be_taken_back(self, desk, kept, row):
        copy = changed(kept.copy_to_open(row), b"changed")
        kept.add_version(row["id"], copy)
        desk.undo()
        assert kept.of("hazards", 7) == [row]
        kept.put_copies_away()
        assert copy.read_bytes() == b"changed", "it is kept nowhere else"


class TestPuttingAway:
    def test_the_next_start_deletes_what_is_kept_and_nothing_else(self, blank, folder):
        shutil.copytree(blank, folder)
        with Desk.open(folder, TODAY) as desk:
            for number, content in enumerate((b"only looked at", b"taken back", b"not yet taken back")):
                desk.attachments.add("hazards", number, content, NAME)
            rows = [desk.attachments.of("hazards", number)[0] for number in range(3)]
            looked, taken, left = [desk.attachments.copy_to_open(row) for row in rows]
            desk.attachments.add_version(rows[1]["id"], changed(taken, b"version"))
            changed(left, b"work")
        Desk.open(folder, TODAY, lock=False).close()
        assert looked.exists(), "reading changes nothing"
        Desk.open(folder, TODAY).close()
        assert [file for file in (folder / "opened").rglob("*") if file.is_file()] == [left]
        assert not looked.parent.exists()
