"""Turns what the disk and SQLite say into one Chinese sentence (``Trouble``)."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from hazard_desk.errors import Trouble

FULL = "磁盘已满，请清理后再试"
"""What the clerk reads behind the name of a place."""
# What SQLite says -> what the clerk reads; the first that fits counts.
_SQLITE = (
    ("locked", "正被其他程序占用，请关闭其他窗口后再试"),
    ("busy", "正被其他程序占用，请关闭其他窗口后再试"),
    ("disk is full", f"所在{FULL}"),
    ("readonly", "只能读不能写，请检查文件夹权限"),
    ("unable to open", "无法打开，请检查文件夹是否存在、是否有读写权限"),
    ("not a database", "不是隐患工作台的数据文件，未作任何改动"),
    ("malformed", "已损坏，请用最近的备份恢复"),
    ("disk i/o", "读写出错，请检查磁盘"),
)
_PERHAPS_FULL = ("disk i/o", "unable to open")
"""What SQLite says too where a small file beside the database finds no room."""
_ROOM = 1 << 16
"""Bytes: with less than these free SQLite opens nothing."""
_DISK = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: "超过了这个磁盘允许的单个文件大小，请换一个磁盘",
    errno.EACCES: "没有读写权限，或文件正被其他程序打开",
    errno.EPERM: "没有读写权限，或文件正被其他程序打开",
    errno.EROFS: "所在磁盘只能读不能写",
    errno.ENOENT: "不存在，请检查路径",
    errno.ENOTDIR: "路径中有一段不是文件夹，请检查路径",
    errno.EISDIR: "是一个文件夹，不是文件",
    errno.EEXIST: "已经存在",
    errno.ENAMETOOLONG: "路径太长，请换一个短一些的位置",
}
_FULL_ON_WINDOWS = (39, 112, 1295)
"""ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED."""


@contextmanager
def troubles(path: Path) -> Iterator[None]:
    """Raise ``Trouble`` naming ``path`` for every disk or database error of the block."""
    try:
        yield
    except (peewee.IntegrityError, sqlite3.IntegrityError):
        raise  # a broken rule of ours, not of the disk: a bug
    except (peewee.DatabaseError, sqlite3.DatabaseError) as wrong:
        first = _first(wrong)
        if isinstance(first, Trouble):
            raise Trouble(first.message) from wrong
        raise Trouble(f"“{path}”{_said(str(first), path)}") from wrong
    except OSError as wrong:
        raise trouble_of(wrong, path) from wrong


def trouble_of(wrong: OSError, path: Path) -> Trouble:
    """Return what the disk said of ``path``, or of the file that the error itself names."""
    said = FULL if says_full(wrong) else disk_said(wrong)
    return Trouble(f"“{wrong.filename or path}”{said or f'读写出错（{wrong.strerror or wrong}）'}")


def disk_said(wrong: OSError) -> str:
    """Return what an error of the disk means, in Chinese; '' for a rare one."""
    return _DISK.get(wrong.errno or 0, "")


def says_full(wrong: OSError) -> bool:
    """Return whether the disk, or the room that the clerk has on it, is full."""
    on_windows: int | None = getattr(wrong, "winerror", None)
    return wrong.errno in (errno.ENOSPC, errno.EDQUOT) or on_windows in _FULL_ON_WINDOWS


def full_disk_behind(wrong: BaseException, *places: Path) -> str:
    """Return the sentence of a full disk where one is behind an error that nobody foresaw; else ''.

    Libraries hide it: what they write to a folder for passing files fails with errors of their own.
    """
    if isinstance(wrong, OSError) and says_full(wrong):
        return trouble_of(wrong, next(iter(places), Path(tempfile.gettempdir()))).message
    full = [place for place in (*places, Path(tempfile.gettempdir())) if _is_full(place)]
    return f"“{full[0]}”所在{FULL}" if full else ""


def _is_full(path: Path) -> bool:
    """Return whether the disk that holds ``path``, or is to hold it, has no room left."""
    there = next((one for one in (path, *path.absolute().parents) if one.exists()), None)
    try:
        return there is not None and shutil.disk_usage(there).free < _ROOM
    except OSError:
        return False


def _first(wrong: BaseException) -> BaseException:
    """After a full disk the rollback fails too, for SQLite has done it already: what failed first counts."""
    while isinstance(wrong.__context__, peewee.DatabaseError | sqlite3.DatabaseError | Trouble):
        wrong = wrong.__context__
        if isinstance(wrong, Trouble):
            break
    return wrong


def _said(message: str, path: Path) -> str:
    lower = message.lower()
    if any(sign in lower for sign in _PERHAPS_FULL) and _is_full(path):
        return f"所在{FULL}"
    for sign, sentence in _SQLITE:
        if sign in lower:
            return sentence
    return f"数据库出错（{message}）"
