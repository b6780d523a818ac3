"""What the disk and SQLite say becomes one Chinese sentence that names the file."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import peewee
import pytest

from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.troubles import troubles

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
