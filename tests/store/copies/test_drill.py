"""The drill: forty days of automatic copies on two places, with what happens to sticks, photos and clocks."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Trouble
from hazard_desk.stopping import Stopped, while_wanted
from hazard_desk.store.copies import making
from hazard_desk.store.copies.list import COPIES, Copy, read_list
from hazard_desk.store.copies.proving import verify_copy
from hazard_desk.store.copies.unpacking import Incomplete

START = date(2023, 6, 1)
SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}
Rows = dict[str, list[str]]


def rows(file: Path) -> Rows:
    """Return every row of every table of a desk's file, but for the search index."""
    with closing(sqlite3.connect(file)) as link:
        names = [row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if not name.startswith("search_")]
        return {name: sorted(map(repr, link.execute(f'SELECT * FROM "{name}"'))) for name in tables}


def files(folder: Path) -> dict[str, str]:
    """Return the photos and files of a desk: name to SHA-256."""
    found = sorted((folder / "attachments").rglob("*.*"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in found}


def photo(desk: Desk, name: str = "照片.jpg") -> Path:
    """Put a photo on the first enterprise; return where its file stands."""
    number = desk.attachments.add("enterprises", 1, name.encode() * 50, name).ids[0]
    return desk.attachments.path(desk.attachments.get(number))


@pytest.fixture
def stick(desk: Desk, tmp_path: Path) -> Path:
    """The second place, on a stick."""
    (tmp_path / "stick").mkdir()
    desk.enterprises.add(SHOP)
    desk.copies.set_second(tmp_path / "stick")
    return desk.copies.places[1]


@pytest.fixture
def a_day(desk: Desk) -> Callable[[date], Copy]:
    """Let a day begin: what the window does by itself."""

    def begin(day: date) -> Copy:
        desk.cabinet.clock.set(day)
        made = desk.copies.make(thorough=False)
        desk.copies.prove(datetime.combine(day, time(10)))
        return made

    return begin


def kept(place: Path) -> list[str]:
    return sorted(file.name for file in place.glob("*.zip"))


def test_forty_days_on_two_places(desk, stick, a_day, tmp_path):
    at: dict[str, tuple[Rows, dict[str, str]]] = {}
    days = [START + timedelta(days=number) for number in range(40)]
    for number, day in enumerate(days):
        desk.cabinet.clock.set(day)
        desk.enterprises.add(SHOP | {"name": f"第{number}家"})
        if number % 3 == 0:
            photo(desk, f"{number}.jpg")
        at[a_day(day).file.name] = rows(desk.folder / "desk.db"), files(desk.folder)
    sundays = [day for day in days[:-7] if day.isoweekday() == 7]
    expected = {*days[-7:], *sundays, days[-8]}  # the last of the week under way
    for place in desk.copies.places:
        assert kept(place) == [f"desk-{day:%Y%m%d}-090000.zip" for day in sorted(expected)]
        for name in kept(place):
            again = tmp_path / "again" / place.name / name
            Desk.restore(place / name, again)
            assert (rows(again / "desk.db"), files(again)) == at[name]
    known = read_list(desk.folder)
    assert known.trial_of and known.trial_faults == ()
    assert all(copy.sound and copy.there for copy in desk.copies.all())
    assert desk.copies.sentence(days[-1]) == ("已全部备份（今天09:00，本机和第二备份位置）", "")


def test_a_daily_copy_writes_only_what_is_new(desk, stick, monkeypatch):
    """Two thousand photos lie in the place already; one is new."""
    monkeypatch.setattr("os.fsync", lambda handle: None)  # six thousand flushes tell nothing here
    desk.attachments.add_all("enterprises", 1, [f"photo {number}".encode() for number in range(2000)])
    desk.copies.make(thorough=False)
    before = {path: path.stat().st_mtime_ns for path in stick.rglob("*.*") if path.is_file()}
    new = photo(desk)
    desk.copies.make(thorough=False)
    written = [path.name for path in stick.rglob("*.*") if before.get(path) != path.stat().st_mtime_ns]
    assert sorted(written) == sorted([new.name, desk.copies.all()[0].file.name])


class TestPhotos:
    @pytest.mark.parametrize("thorough", [True, False])
    def test_a_missing_one_is_named(self, desk, stick, thorough):
        photo(desk).unlink()
        made = desk.copies.make(thorough=thorough)
        assert made.faults == ("附件“照片.jpg”（其他）的文件缺失",)
        assert not made.sound

    def test_a_flipped_bit_is_named(self, desk, stick):
        file = photo(desk)
        file.write_bytes(bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:])
        for thorough in (False, True):
            assert desk.copies.make(thorough=thorough).faults == (
                "附件“照片.jpg”（其他）的文件已损坏（与添加时不一致）",
            )

    def test_what_the_place_has_is_never_replaced_by_a_broken_one(self, desk, stick, tmp_path):
        file = photo(desk)
        good = desk.copies.make()
        content = file.read_bytes()
        file.write_bytes(b"x" * len(content))
        bad = desk.copies.make()
        said = "附件“照片.jpg”（其他）的文件已损坏（与添加时不一致），备份里的是完好的"
        assert bad.faults == (said,)
        for copy in (good, bad):
            Desk.restore(copy.file, tmp_path / copy.file.stem)
            (again,) = (tmp_path / copy.file.stem).rglob("*.jpg")
            assert again.read_bytes() == content

    def test_copies_with_faults_thin_no_good_one_away(self, desk, stick, a_day):
        file = photo(desk)
        good = a_day(START)
        file.unlink()
        for number in range(1, 30):
            desk.enterprises.add(SHOP | {"name": f"第{number}家"})
            a_day(START + timedelta(days=number))
        assert [copy.file.name for copy in desk.copies.all() if copy.sound and copy.file == good.file]
        assert desk.copies.at_risk().count == 0

    def test_a_removed_one_is_no_fault_when_its_file_is_gone(self, desk, stick):
        file = photo(desk)
        desk.attachments.remove(1)
        file.unlink()
        assert desk.copies.make().faults == ()

    def test_a_flipped_bit_in_the_place_is_mended_from_the_desk(self, desk, stick, a_day):
        file = photo(desk)
        a_day(START)
        beside = stick / "files" / file.parent.name / file.name
        beside.write_bytes(b"x" * file.stat().st_size)
        a_day(START + timedelta(days=1))
        assert beside.read_bytes() != file.read_bytes()  # trusted by its size until all is read
        a_day(START + timedelta(days=31))
        assert beside.read_bytes() == file.read_bytes()
        assert all(copy.sound for copy in desk.copies.all())

    def test_where_the_desk_has_none_either_every_copy_says_so(self, desk, stick, a_day):
        file = photo(desk)
        a_day(START)
        beside = stick / "files" / file.parent.name / file.name
        beside.write_bytes(b"x" * file.stat().st_size)
        file.write_bytes(b"y" * file.stat().st_size)
        found = desk.copies.prove(datetime(2023, 7, 10))
        assert found == ["2023-06-01 09:00的备份：附件“照片.jpg”（其他）在备份里缺失或已损坏"]
        assert not beside.exists() and beside.with_name(f"{file.name}.damaged").exists()
        (on_stick,) = [copy for copy in desk.copies.all() if copy.place == stick]
        assert not on_stick.sound and on_stick.proved


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


class TestClock:
    def test_set_back_the_copies_go_on_and_none_is_lost(self, desk, stick, a_day):
        for number in range(10):
            desk.enterprises.add(SHOP | {"name": f"第{number}家"})
            a_day(START + timedelta(days=number))
        before = kept(stick)
        desk.enterprises.add(SHOP | {"name": "第十一家"})
        made = a_day(date(2010, 1, 1))
        assert made.file.exists()
        assert kept(stick) == [made.file.name, *before]
        assert desk.copies.at_risk().count == 0

    def test_two_of_one_second_stand_beside_each_other(self, desk, stick):
        assert desk.copies.make().file != desk.copies.make().file
        assert len(kept(stick)) == 2


class TestRisk:
    def test_what_would_be_lost_and_its_colour(self, desk, stick):
        assert desk.copies.sentence(START) == ("还没有备份过，最多丢失：全部2项", "")
        desk.copies.make()
        desk.enterprises.add(SHOP | {"name": "第二家"})
        desk.enterprises.add(SHOP | {"name": "第三家"})
        risk = desk.copies.at_risk()
        assert (risk.count, risk.titles[0]) == (2, "新增监管对象“第三家”")
        said = [desk.copies.sentence(START + timedelta(days=days)) for days in (0, 2, 3, 6, 7)]
        assert said[0] == ("最多丢失：今天的2项", "")
        assert said[1] == ("最多丢失：6月1日以来的2项", "")
        assert [tone for _, tone in said[2:]] == ["amber", "amber", "red"]

    def test_a_copy_that_was_deleted_holds_nothing_any_more(self, desk, stick):
        desk.copies.make()
        for place in desk.copies.places:
            for file in place.glob("*.zip"):
                file.unlink()
        assert desk.copies.at_risk().count == 2

    def test_a_copy_is_no_act(self, desk, stick):
        before = rows(desk.folder / "desk.db")
        desk.copies.make()
        desk.copies.prove(datetime(2023, 6, 1, 10))
        assert rows(desk.folder / "desk.db") == before

    def test_the_trial_finds_a_row_that_was_changed_behind_the_desk(self, desk, stick):
        desk.copies.make()
        desk.enterprises.add(SHOP | {"name": "第二家"})
        desk.cabinet.db.execute_sql("UPDATE enterprise SET name = '改了' WHERE id = 1")
        assert desk.copies.prove(datetime(2023, 6, 1, 10)) == ["试恢复后有1条记录与台账不一致，请校验台账"]


class TestOtherDesks:
    def test_two_desks_on_one_stick_do_not_mix(self, desk, stick, blank, tmp_path):
        shutil.copytree(blank, tmp_path / "other")
        with Desk.open(tmp_path / "other", START) as other:
            with other.cabinet.act("test", "settings") as act:
                other.cabinet.set(act, "desk_id", "another")
                act.done("另一个台账")
            other.copies.set_second(stick.parent)
            other.copies.make()
            desk.copies.make()
            assert other.copies.places[1] != stick
            assert {copy.place for copy in other.copies.all()} == set(other.copies.places)


def test_it_can_be_stopped_anywhere_and_leaves_nothing_unfinished(desk, stick):
    photo(desk)
    for wanted in range(12):
        left = iter([True] * wanted)
        with while_wanted(lambda left=left: next(left, False)):
            try:
                desk.copies.make()
                desk.copies.prove(datetime(2023, 6, 1, 10))
            except Stopped:
                pass
        assert not list(stick.rglob("*.part"))
        assert not list((desk.folder / "scratch").glob("copy-*"))
    assert all(copy.sound for copy in desk.copies.all())


def test_two_at_once_wait_for_each_other_and_acts_go_on(desk, stick):
    photo(desk)
    with ThreadPoolExecutor(4) as pool:
        made = [pool.submit(desk.copies.make) for _ in range(4)]
        for number in range(20):
            desk.enterprises.add(SHOP | {"name": f"第{number}家"})
        names = {future.result().file.name for future in made}
    assert len(names) == 4
    assert {copy.file.name for copy in desk.copies.all() if copy.sound} == names
    for copy in desk.copies.all():
        verify_copy(copy.file)


class TestGoingBackWithoutAPhoto:
    """One bad file in a place is a part of all its copies: it must not keep all else from coming back."""

    @pytest.fixture
    def copy(self, desk, stick) -> Path:
        file = photo(desk)
        desk.copies.make()
        for place in desk.copies.places:
            (place / "files" / file.parent.name / file.name).write_bytes(b"damaged")
        desk.close()
        return next(stick.glob("*.zip"))

    def test_the_desk_that_stood_there_may_have_it(self, desk, copy):
        before = files(desk.folder)
        Desk.restore(copy, desk.folder)
        assert files(desk.folder) == before != {}

    def test_elsewhere_it_is_named_and_the_rest_comes_when_it_is_wanted(self, desk, copy, tmp_path):
        with pytest.raises(Incomplete, match="缺少1个附件"):
            Desk.restore(copy, tmp_path / "again")
        assert not (tmp_path / "again" / "desk.db").exists()
        Desk.restore(copy, tmp_path / "again", incomplete=True)
        assert files(tmp_path / "again") == {}
        assert rows(tmp_path / "again" / "desk.db")["enterprise"]
