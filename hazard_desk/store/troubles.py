"""Turns what the disk and SQLite say into one Chinese sentence (``Trouble``)."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from hazard_desk.errors import Trouble

# What SQLite says -> what the clerk reads; the first that fits counts.
_SQLITE = (
    ("locked", "正被其他程序占用，请关闭其他窗口后再试"),
    ("busy", "正被其他程序占用，请关闭其他窗口后再试"),
    ("disk is full", "所在磁盘已满，请清理后再试"),
    ("readonly", "只能读不能写，请检查文件夹权限"),
    ("unable to open", "无法打开，请检查文件夹是否存在、是否有读写权限"),
    ("not a database", "不是隐患工作台的数据文件，未作任何改动"),
    ("malformed", "已损坏，请用最近的备份恢复"),
    ("disk i/o", "读写出错，请检查磁盘"),
)
_DISK = {
    errno.ENOSPC: "磁盘已满，请清理后再试",
    errno.EACCES: "没有读写权限，或文件正被其他程序打开",
    errno.EPERM: "没有读写权限，或文件正被其他程序打开",
    errno.EROFS: "所在磁盘只能读不能写",
    errno.ENOENT: "不存在，请检查路径",
    errno.ENOTDIR: "路径中有一段不是文件夹，请检查路径",
    errno.EISDIR: "是一个文件夹，不是文件",
    errno.EEXIST: "已经存在",
    errno.ENAMETOOLONG: "路径太长，请换一个短一些的位置",
}


@contextmanager
def troubles(path: Path) -> Iterator[None]:
    """Raise ``Trouble`` naming ``path`` for every disk or database error of the block."""
    try:
        yield
    except (peewee.IntegrityError, sqlite3.IntegrityError):
        raise  # a broken rule of ours, not of the disk: a bug
    except (peewee.DatabaseError, sqlite3.DatabaseError) as wrong:
        raise Trouble(f"“{path}”{_said(str(_first(wrong)))}") from wrong
    except OSError as wrong:
        said = _DISK.get(wrong.errno or 0, f"读写出错（{wrong.strerror or wrong}）")
        raise Trouble(f"“{wrong.filename or path}”{said}") from wrong


def _first(wrong: BaseException) -> BaseException:
    """After a full disk the rollback fails too, for SQLite has done it already: what failed first counts."""
    while isinstance(wrong.__context__, peewee.DatabaseError | sqlite3.DatabaseError):
        wrong = wrong.__context__
    return wrong


def _said(message: str) -> str:
    lower = message.lower()
    for sign, sentence in _SQLITE:
        if sign in lower:
            return sentence
    return f"数据库出错（{message}）"
