"""What the disk and SQLite say becomes one Chinese sentence that names the file."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import peewee
import pytest

from hazard_desk.cli import main
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.troubles import full_disk_behind, troubles

PATH = Path("台账") / "desk.db"
IN_USE = "正被其他程序占用，请关闭其他窗口后再试"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (sqlite3.OperationalError("database is locked"), IN_USE),
        (peewee.OperationalError("database table is locked"), IN_USE),
        (sqlite3.OperationalError("Database is BUSY"), IN_USE),
        (sqlite3.OperationalError("database or disk is full"), "所在磁盘已满，请清理后再试"),
        (
            sqlite3.OperationalError("attempt to write a readonly database"),
            "只能读不能写，请检查文件夹权限",
        ),
        (
            sqlite3.OperationalError("unable to open database file"),
            "无法打开，请检查文件夹是否存在、是否有读写权限",
        ),
        (sqlite3.DatabaseError("file is not a database"), "不是隐患工作台的数据文件，未作任何改动"),
        (sqlite3.DatabaseError("database disk image is malformed"), "已损坏，请用最近的备份恢复"),
        (peewee.OperationalError("disk I/O error"), "读写出错，请检查磁盘"),
        (sqlite3.OperationalError("no such table: x"), "数据库出错（no such table: x）"),
    ],
)
def test_what_sqlite_says(wrong: Exception, said: str) -> None:
    with pytest.raises(Trouble) as caught, troubles(PATH):
        raise wrong
    assert caught.value.message == f"“{PATH}”{said}"
    assert caught.value.__cause__ is wrong


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁盘已满，请清理后再试"),
        (errno.EACCES, "没有读写权限，或文件正被其他程序打开"),
        (errno.EPERM, "没有读写权限，或文件正被其他程序打开"),
        (errno.EROFS, "所在磁盘只能读不能写"),
        (errno.ENOENT, "不存在，请检查路径"),
        (errno.ENOTDIR, "路径中有一段不是文件夹，请检查路径"),
        (errno.EISDIR, "是一个文件夹，不是文件"),
        (errno.EEXIST, "已经存在"),
        (errno.ENAMETOOLONG, "路径太长，请换一个短一些的位置"),
        (errno.EIO, "读写出错（short）"),
    ],
)
def test_what_the_disk_says(number: int, said: str) -> None:
    with pytest.raises(Trouble) as caught, troubles(PATH):
        raise OSError(number, "short")
    assert caught.value.message == f"“{PATH}”{said}"
    with pytest.raises(Trouble) as caught, troubles(PATH):
        raise OSError(number, "short", "另一个文件")
    assert caught.value.message == f"“另一个文件”{said}"


def test_an_error_without_a_number_is_told_as_it_is() -> None:
    with pytest.raises(Trouble) as caught, troubles(PATH):
        raise OSError("strange")
    assert caught.value.message == f"“{PATH}”读写出错（strange）"


@pytest.mark.parametrize(
    "wrong",
    [
        sqlite3.IntegrityError("UNIQUE constraint failed"),
        peewee.IntegrityError("FOREIGN KEY constraint failed"),
        Refused("不行"),
        Trouble("别的"),
        KeyError("x"),
    ],
)
def test_what_is_no_trouble_of_the_machine_goes_its_way(wrong: Exception) -> None:
    with pytest.raises(type(wrong)) as caught, troubles(PATH):
        raise wrong
    assert caught.value is wrong


def full(monkeypatch: pytest.MonkeyPatch, free: int = 0) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=free))


class TestFullDisks:
    @pytest.mark.parametrize("said", ["disk I/O error", "unable to open database file"])
    def test_sqlite_finds_no_room_for_a_file_beside_the_database(self, monkeypatch, tmp_path, said) -> None:
        full(monkeypatch)
        file = tmp_path / "不存在" / "desk.db"
        with pytest.raises(Trouble, match=r"desk\.db”所在磁盘已满，请清理后再试"), troubles(file):
            raise sqlite3.OperationalError(said)
        full(monkeypatch, free=1 << 30)
        with pytest.raises(Trouble) as caught, troubles(file):
            raise sqlite3.OperationalError(said)
        assert "磁盘已满" not in caught.value.message

    def test_what_failed_first_is_told_and_not_that_the_rollback_failed_too(self) -> None:
        with pytest.raises(Trouble) as caught, troubles(Path("outer")):
            try:
                with troubles(PATH):
                    raise sqlite3.OperationalError("database or disk is full")
            except Trouble:
                raise peewee.OperationalError("cannot rollback - no transaction is active")  # noqa: B904
        assert caught.value.message == f"“{PATH}”所在磁盘已满，请清理后再试"

    @pytest.mark.parametrize("number", [39, 112, 1295])
    def test_windows_has_numbers_of_its_own(self, number) -> None:
        wrong = OSError(errno.EINVAL, "full")
        wrong.winerror = number
        with pytest.raises(Trouble, match="磁盘已满"), troubles(PATH):
            raise wrong

    def test_one_behind_a_librarys_own_error(self, monkeypatch) -> None:
        full(monkeypatch, free=1 << 30)
        assert full_disk_behind(ValueError("x"), PATH) == ""
        assert full_disk_behind(OSError(errno.EIO, "x"), PATH) == ""
        assert full_disk_behind(OSError(errno.ENOSPC, "x"), PATH) == f"“{PATH}”磁盘已满，请清理后再试"
        full(monkeypatch)
        assert full_disk_behind(ValueError("IO_ENOSPC"), PATH) == f"“{PATH}”所在磁盘已满，请清理后再试"

    def test_a_command_that_stumbles_over_it_tells_it(self, monkeypatch, tmp_path, desk, capsys) -> None:
        """A sheet is written by way of the folder for passing files."""

        def fail(*words: object) -> None:
            raise ValueError("IO_ENOSPC")

        monkeypatch.setattr("hazard_desk.exchange.Sheets.export", fail)
        full(monkeypatch)
        desk.close()
        words = ["--desk", str(desk.folder), "export", "hazards", "--to", str(tmp_path / "a.xlsx")]
        assert main(words) == 3
        said = capsys.readouterr().err
        assert "磁盘已满" in said and "Traceback" not in said and said.count("\n") == 1
        assert not (tmp_path / "a.xlsx").exists()
