"""Opening and making desks: what is refused, in which words, and that nothing is touched."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.dbfile import APPLICATION_ID, HEAD

TODAY = date(2023, 6, 1)


def tree(folder: Path) -> dict[str, str]:
    """Return every path below with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in folder.rglob("*")
    }


# What may stand where a desk should be


def missing(folder: Path) -> None:
    pass


def empty_folder(folder: Path) -> None:
    folder.mkdir()


def a_file(folder: Path) -> None:
    folder.write_text("不是文件夹", encoding="utf-8")


def text_file(folder: Path) -> None:
    folder.mkdir()
    (folder / "desk.db").write_text("这是一个文本文件", encoding="utf-8")


def empty_file(folder: Path) -> None:
    folder.mkdir()
    (folder / "desk.db").touch()


def directory(folder: Path) -> None:
    (folder / "desk.db").mkdir(parents=True)


def foreign(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        link.execute("CREATE TABLE other (x)")
        link.commit()


def foreign_in_use(folder: Path) -> None:
    """A database of another program, killed before its log was written back."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "other.db")) as link:
        link.execute("PRAGMA journal_mode = wal")
        link.execute("CREATE TABLE other (x)")
        link.commit()
        for suffix in ("", "-wal"):
            (folder / f"desk.db{suffix}").write_bytes((folder / f"other.db{suffix}").read_bytes())
    (folder / "other.db").unlink()


def only_the_first_bytes(folder: Path) -> None:
    folder.mkdir()
    (folder / "desk.db").write_bytes(b"SQLite format 3\0" + b"\0" * 20)


def newer(folder: Path) -> None:
    Desk.create(folder, "sanxiang-2023", TODAY).close()
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        link.execute(f"PRAGMA user_version = {HEAD + 1}")


WRONG: list[tuple[Callable[[Path], None], int, str]] = [
    (missing, 2, "还没有台账"),
    (empty_folder, 2, "还没有台账"),
    (a_file, 2, "不是文件夹"),
    (text_file, 3, "不是隐患工作台的数据文件"),
    (empty_file, 3, "不是隐患工作台的数据文件"),
    (directory, 3, "desk.db"),
    (foreign, 3, "不是隐患工作台的数据文件"),
    (foreign_in_use, 3, "不是隐患工作台的数据文件"),
    (only_the_first_bytes, 3, "不是隐患工作台的数据文件"),
    (newer, 3, "请先升级程序"),
]
COMMANDS = (["tasks"], ["list", "hazards"], ["check"], ["backup"])


@pytest.mark.parametrize(("make", "code", "says"), WRONG, ids=lambda one: getattr(one, "__name__", ""))
def test_what_is_no_desk_is_left_as_it_is(tmp_path, folder, capsys, make, code, says):
    make(folder)
    before = tree(tmp_path)
    kind = Refused if code == 2 else Trouble
    for lock in (True, False):
        with pytest.raises(kind, match=says):
            Desk.open(folder, lock=lock)
    for words in COMMANDS:
        assert main(["--desk", str(folder), *words]) == code
        said = capsys.readouterr()
        assert said.out == ""
        assert one_chinese_sentence(said.err)
        assert says in said.err
    assert tree(tmp_path) == before


def one_chinese_sentence(text: str) -> bool:
    """Whether ``text`` is one line of Chinese that is no trace."""
    line = text.removesuffix("\n")
    return "\n" not in line and "Traceback" not in line and bool(re.search(r"[\u4e00-\u9fff]{4}", line))


@pytest.mark.parametrize(
    ("make", "code"),
    [(text_file, 2), (empty_file, 2), (directory, 2), (foreign, 2), (newer, 2), (a_file, 2)],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_new_desk_never_takes_the_place_of_something(tmp_path, folder, capsys, make, code):
    make(folder)
    before = tree(tmp_path)
    assert main(["--desk", str(folder), "new", "--plan", "sanxiang-2023"]) == code
    assert one_chinese_sentence(capsys.readouterr().err)
    assert tree(tmp_path) == before


class TestCreate:
    def test_a_new_desk_is_sound_and_knows_its_office(self, desk):
        assert desk.office_name == "三星乡应急办"
        assert desk.clerk
        assert not desk.sample
        assert desk.today == TODAY
        assert "三星乡" in desk.plan_title
        assert desk.check() == []
        assert desk.hazards.count(Query()) == 0

    def test_over_a_desk_is_refused_and_it_stays(self, desk):
        before = (desk.folder / "desk.db").read_bytes()
        with pytest.raises(Refused, match="已有台账"):
            Desk.create(desk.folder, "sanxiang-2023")
        assert (desk.folder / "desk.db").read_bytes() == before

    def test_an_unknown_plan_is_refused_and_makes_nothing(self, folder):
        with pytest.raises(Refused, match="sanxiang-2023"):
            Desk.create(folder, "另一个")
        assert not folder.exists()

    def test_in_a_folder_that_holds_other_things(self, folder):
        folder.mkdir()
        (folder / "会议.docx").write_bytes(b"x")
        Desk.create(folder, "sanxiang-2023").close()
        assert (folder / "会议.docx").read_bytes() == b"x"

    def test_one_that_was_broken_off_is_begun_anew(self, folder, monkeypatch):
        def fail(*words: object, **says: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch, pytest.raises(Trouble, match="磁盘已满"):
            patch.setattr("hazard_desk.making.migrate", fail)
            Desk.create(folder, "sanxiang-2023")
        assert not (folder / "desk.db").exists()
        with Desk.create(folder, "sanxiang-2023", TODAY) as desk:
            assert len(desk.tasks.all_rows()) == 34
        assert not list(folder.glob("desk.db.new*"))


class TestOpen:
    def test_everything_is_there_again(self, desk, found):
        number = desk.hazards.add(found).ids[0]
        desk.close()
        with Desk.open(desk.folder, TODAY) as again:
            assert again.hazards.get(number)["description"] == found["description"]

    def test_the_clock_stands_where_it_is_set_or_goes(self, desk):
        desk.close()
        with Desk.open(desk.folder) as again:
            assert again.today == datetime.now().date()

    def test_a_sample_desk_stands_on_its_day(self, desk):
        with desk.cabinet.act("demo", "settings") as act:
            desk.cabinet.set(act, "sample_today", "2023-10-20")
            desk.cabinet.set(act, "sample", "1")
            act.done("示例")
        desk.close()
        with Desk.open(desk.folder) as again:
            assert again.today == date(2023, 10, 20)
            assert again.sample
        with Desk.open(desk.folder, TODAY) as again:
            assert again.today == TODAY

    def test_a_damaged_file_is_trouble(self, desk, found):
        for _ in range(40):
            desk.hazards.add(found)
        desk.close()
        file = desk.folder / "desk.db"
        data = bytearray(file.read_bytes())
        for start in range(4096, len(data), 4096):
            data[start : start + 200] = b"\x5a" * 200
        file.write_bytes(data)
        before = file.read_bytes()
        with pytest.raises(Trouble, match="已损坏，请用最近的备份恢复"):
            Desk.open(desk.folder)
        assert file.read_bytes() == before
        for words in COMMANDS:
            assert main(["--desk", str(desk.folder), *words]) == 3

    def test_a_file_that_was_cut_off_is_trouble(self, desk):
        desk.close()
        file = desk.folder / "desk.db"
        file.write_bytes(file.read_bytes()[:5000])
        for lock in (True, False):
            with pytest.raises(Trouble), Desk.open(desk.folder, lock=lock) as opened:
                opened.tasks.all_rows()

    def test_two_desks_at_once_do_not_mix(self, desk, tmp_path, found):
        with Desk.create(tmp_path / "second", "sanxiang-2023", TODAY) as second:
            second.hazards.add(found)
            assert desk.hazards.count(Query()) == 0
            assert second.hazards.count(Query()) == 1


class TestCheck:
    def test_a_row_that_does_not_follow_from_its_events_is_named(self, desk, found):
        desk.hazards.add(found)
        desk.cabinet.db.execute_sql("UPDATE hazard SET state = '已销号'")
        assert "隐患 三星隐患〔2023〕001号 的台账与办理记录不一致" in desk.check()

    def test_a_broken_link_is_named(self, desk, found):
        number = desk.hazards.add(found).ids[0]
        desk.cabinet.db.execute_sql("PRAGMA foreign_keys = 0")
        desk.cabinet.db.execute_sql(f"UPDATE hazard SET enterprise_id = 99 WHERE id = {number}")
        assert any("hazard" in fault for fault in desk.check())

    def test_a_hazard_without_events_is_named(self, desk, found):
        desk.hazards.add(found)
        desk.cabinet.db.execute_sql("DELETE FROM hazard_event")
        assert "隐患 三星隐患〔2023〕001号 的台账与办理记录不一致" in desk.check()

    def test_a_past_that_does_not_follow_from_the_events_is_named(self, desk, found):
        number = desk.hazards.add(found).ids[0]
        planned = {"responsible": "乙负责", "measures": "更换灭火器", "deadline": "2023-06-20"}
        desk.hazards.step(number, "committed", planned | {"happened_on": TODAY})
        assert desk.check() == []
        fault = "隐患 三星隐患〔2023〕001号 以前各日的情况与办理记录不一致"
        desk.cabinet.db.execute_sql("UPDATE hazard_past SET state = '已销号'")
        assert desk.check() == [fault]
        desk.cabinet.db.execute_sql("DELETE FROM hazard_past")
        assert desk.check() == [fault]
        desk.cabinet.reindex()
        assert desk.check() == []

    def test_events_that_are_not_lawful_are_named(self, desk, found):
        desk.hazards.add(found)
        desk.cabinet.db.execute_sql("UPDATE hazard_event SET kind = 'signed_off'")
        assert "隐患 三星隐患〔2023〕001号 的台账与办理记录不一致" in desk.check()


class TestUndo:
    SHOP = MappingProxyType({"name": "示例商店", "category": "企业", "sector": "消防"})

    def test_a_new_desk_has_nothing_to_take_back(self, desk):
        assert desk.undoable() == ""
        with pytest.raises(Refused, match="没有可以撤销的操作"):
            desk.undo()

    def test_an_entry_a_change_and_a_removal_are_taken_back_one_by_one(self, desk):
        number = desk.enterprises.add(self.SHOP).ids[0]
        desk.enterprises.change(number, {"principal": "甲", "headcount": "12"})
        before = desk.enterprises.get(number)
        desk.enterprises.remove(number)
        assert desk.undo().title == "撤销：删除监管对象“示例商店”"
        assert desk.enterprises.get(number) == before
        desk.undo()
        assert desk.enterprises.get(number)["principal"] == ""
        assert desk.undoable() == "新增监管对象“示例商店”"
        desk.undo()
        assert desk.enterprises.count(Query()) == 0
        assert desk.undoable() == ""
        assert desk.check() == []

    def test_a_step_is_withdrawn_and_a_registration_voided(self, desk, found):
        number = desk.hazards.add(found).ids[0]
        rectified = {"happened_on": found["found_on"], "rectified_by": "丁整改"}
        desk.hazards.step(number, "rectified", rectified)
        desk.undo()
        assert desk.hazards.get(number)["state"] == "待整改"
        desk.undo()
        assert desk.hazards.get(number)["state"] == "已作废"
        assert len(desk.hazards.events(number)) == 4, "nothing is erased"
        assert desk.check() == []

    def test_an_act_that_wrote_no_event_of_a_hazard(self, desk, found):
        """A saved filter belongs to the hazards, too."""
        number = desk.hazards.add(found).ids[0]
        desk.books.views.save("hazards", "逾期", Query(where={"overdue": "是"}))
        desk.undo()
        assert desk.books.views.of("hazards") == {}
        assert desk.hazards.get(number)["state"] == "待整改"


def test_the_mark_of_a_desk_is_in_its_first_bytes(desk):
    desk.close()
    with (desk.folder / "desk.db").open("rb") as stream:
        assert int.from_bytes(stream.read(72)[68:]) == APPLICATION_ID
