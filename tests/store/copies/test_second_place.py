"""The second place on a stick: pulled, full, another's; and what a copy cut short leaves there."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hazard_desk.errors import Trouble
from hazard_desk.store.copies import making
from hazard_desk.store.copies.list import COPIES
from tests.store.copies.drilling import SHOP, START, kept, photo


class TestSticks:
    def test_a_pulled_one_costs_nothing_and_is_remembered(self, desk, stick, tmp_path):
        desk.copies.make()
        stick.parent.rename(tmp_path / "pulled")
        desk.enterprises.add(SHOP | {"name": "第二家"})
        made = desk.copies.make()
        assert made.place == desk.folder / "backups"
        (away,) = [copy for copy in desk.copies.all() if copy.place == stick]
        assert (away.there, away.gone, away.sound) == (False, False, True)
        (tmp_path / "pulled").rename(stick.parent)
        assert desk.copies.due()
        desk.copies.make()
        assert not desk.copies.due()

    def test_one_that_comes_under_another_letter_is_found_by_its_marker(self, desk, stick, tmp_path):
        from hazard_desk.store.copies.places import find_place

        uid = json.loads((stick / "place.json").read_text(encoding="utf-8"))["place"]
        drive = tmp_path / "drive"
        shutil.copytree(stick, drive / stick.relative_to(stick.anchor))
        shutil.rmtree(stick)
        assert find_place(
            stick, uid, desk.cabinet.setting("desk_id"), [tmp_path, drive]
        ) == drive / stick.relative_to(stick.anchor)
        assert find_place(stick, "another", "", [drive]) is None

    def test_somebody_elses_stick_in_its_place_gets_nothing(self, desk, stick, tmp_path):
        stick.parent.rename(tmp_path / "pulled")
        stick.mkdir(parents=True)
        desk.copies.make()
        assert list(stick.iterdir()) == []

    @pytest.mark.parametrize("at", range(12))
    def test_pulled_in_the_middle_it_leaves_what_was_there(self, desk, stick, monkeypatch, at):
        """Every flush in turn is the moment at which the stick goes."""
        photo(desk)
        desk.copies.make()
        before = {path: path.read_bytes() for path in stick.rglob("*.*") if path.is_file()}
        photo(desk, "新.jpg")
        flush, count = making.flushed, iter(range(100))

        def pulled(file: Path) -> Path:
            if stick in file.parents and next(count) == at:
                raise OSError(5, "Input/output error", str(file))
            return flush(file)

        monkeypatch.setattr(making, "flushed", pulled)
        monkeypatch.setattr("hazard_desk.store.saving.flushed", pulled)
        try:
            desk.copies.make()
        except Trouble as wrong:
            assert wrong.message.startswith("本机已备份；第二备份位置没有备份成：")
        else:
            assert at > 1, "there was a flush"
        assert {path: path.read_bytes() for path in before} == before
        assert not list(stick.rglob("*.part"))
        assert {copy.file for copy in desk.copies.all()} == {
            *stick.glob("*.zip"),
            *(desk.folder / "backups").glob("*.zip"),
        }

    def test_a_full_one_is_told_as_full_and_the_other_place_has_its_copy(self, desk, stick, monkeypatch):
        photo(desk)
        full = making.shutil.copyfileobj

        def no_room(source, out, length=0):
            if str(stick) in out.name:
                raise OSError(28, "No space left on device", out.name)
            full(source, out, length)

        monkeypatch.setattr(making.shutil, "copyfileobj", no_room)
        with pytest.raises(Trouble, match=r"本机已备份；第二备份位置没有备份成：.*磁盘已满"):
            desk.copies.make()
        assert kept(stick) == []
        assert kept(desk.folder / "backups") != []
        assert desk.copies.at_risk().count == 0

    def test_a_place_that_cannot_be_written(self, desk, stick):
        shutil.rmtree(stick / "files", ignore_errors=True)
        (stick / "files").write_text("", encoding="utf-8")  # what no permission stands against as root
        photo(desk)
        with pytest.raises(Trouble, match="本机已备份；第二备份位置没有备份成"):
            desk.copies.make()


class TestWhatIsLeft:
    def test_half_a_copy_of_a_killed_program_goes_with_the_next(self, desk, stick):
        (stick / "desk-20230601-080000.zip.part").write_bytes(b"PK half")
        (stick / "files" / "ab").mkdir(parents=True)
        (stick / "files" / "ab" / f"ab{'0' * 62}.jpg.part").write_bytes(b"half")
        desk.copies.make()
        assert not list(stick.rglob("*.part"))

    def test_a_cut_zip_is_named_and_its_files_stay(self, desk, stick):
        photo(desk)
        made = desk.copies.make()
        made.file.write_bytes(made.file.read_bytes()[:500])
        desk.copies.prove(datetime(2023, 7, 10))
        (cut,) = [copy for copy in desk.copies.all() if copy.file == made.file]
        assert cut.faults == (f"“{made.file}”不是隐患工作台的备份文件，或已损坏",)
        assert not cut.sound

    def test_files_that_no_copy_needs_go_but_none_while_one_copy_cannot_be_read(self, desk, stick):
        lone = stick / "files" / "ab" / f"ab{'0' * 62}.jpg"
        lone.parent.mkdir(parents=True)
        lone.write_bytes(b"x")
        odd = stick / "odd.zip"
        odd.write_bytes(b"not a zip")
        for day in range(20):
            desk.cabinet.clock.set(START + timedelta(days=day))
            desk.copies.make()
        assert lone.exists()
        odd.unlink()
        desk.cabinet.clock.set(START + timedelta(days=21))
        desk.copies.make()
        assert not lone.exists()

    def test_one_file_that_was_sent_among_the_copies_stands_in_nobodys_way(self, desk, stick):
        sent = desk.copies.portable(desk.folder / "backups" / "一份.zip", "密码2023")
        lone = desk.folder / "backups" / "files" / "ab" / f"ab{'0' * 62}.jpg"
        lone.parent.mkdir(parents=True)
        lone.write_bytes(b"x")
        for day in range(20):
            desk.cabinet.clock.set(START + timedelta(days=day))
            desk.copies.make()
        assert not lone.exists()
        assert [copy.file for copy in desk.copies.all()].count(sent) == 1

    @pytest.mark.parametrize("damage", ["lost", "garbled", "half", "both"])
    def test_a_lost_or_damaged_list_is_made_anew(self, desk, stick, damage):
        photo(desk)
        desk.copies.make()
        told = {(copy.file, copy.act, copy.records, copy.files) for copy in desk.copies.all()}
        listed = desk.folder / COPIES
        if damage in ("lost", "both"):
            listed.unlink()
        else:
            listed.write_bytes(b"{" if damage == "garbled" else listed.read_bytes()[:100])
        if damage == "both":
            (desk.folder / "backups" / COPIES).unlink()
            told = {one for one in told if stick not in one[0].parents}
        assert {(copy.file, copy.act, copy.records, copy.files) for copy in desk.copies.all()} == told
        desk.copies.prove(datetime(2023, 6, 1, 10))
        assert all(copy.sound for copy in desk.copies.all())
        assert desk.copies.at_risk().count == 0
