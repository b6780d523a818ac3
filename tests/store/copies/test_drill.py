"""The drill: forty days of copies on two places; clocks, what is at risk, two desks on one stick."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

from hazard_desk.desk import Desk
from hazard_desk.stopping import Stopped, while_wanted
from hazard_desk.store.copies.list import read_list
from hazard_desk.store.copies.proving import verify_copy
from tests.store.copies.drilling import SHOP, START, Rows, files, kept, photo, rows


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
