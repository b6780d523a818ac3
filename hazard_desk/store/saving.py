"""Puts a finished file on disk: whole or not at all, and through to the disk before anyone is told.

A file that is only written may be gone after a power cut, and its name with it: both are flushed.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from hazard_desk.errors import Trouble
from hazard_desk.store.troubles import FULL, disk_said, says_full

_NO_FLUSH = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS)
"""What a file system answers that cannot flush a folder (some shares and sticks)."""


_HELD = (5, 32, 33)
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION: another program has the file open."""
_WAITS = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.4)
"""Seconds, about one in all; a scanner mostly lets go within the first three."""
Done = TypeVar("Done")


def insist(act: Callable[[], Done], wait: Callable[[float], None] = time.sleep) -> Done:
    """Rename or delete by ``act``, again for about a second while Windows says that a file is held.

    Virus scanners open a file for a moment right after it was written. Raises ``OSError`` as ``act`` does.
    """
    for seconds in _WAITS:
        try:
            return act()
        except OSError as wrong:
            if getattr(wrong, "winerror", None) not in _HELD:
                raise
            wait(seconds)
    return act()


def rename_file(old: Path, new: Path) -> None:
    """Give a file or folder another name, in place of a file that bears it. Raises ``OSError``."""
    insist(partial(old.replace, new))


def delete_file(file: Path) -> None:
    """Delete a file where it is there. Raises ``OSError``."""
    insist(partial(file.unlink, missing_ok=True))


def save(content: bytes, to: Path, flush: bool = True) -> None:
    """Write ``content`` beside ``to`` and put it in its place at once.

    Without ``flush`` it may be lost in a power cut: for what is kept while the clerk types.
    Raises ``Trouble`` naming the file; what stood there before is then untouched.
    """
    beside = to.with_name(f".{to.name}.part")
    try:
        make_folder(to.parent)
        beside.write_bytes(content)
        put_in_place(beside, to, flush)
    except OSError as wrong:
        with suppress(OSError):  # the first trouble is the one to tell; a leftover .part harms nobody
            beside.unlink(missing_ok=True)
        if says_full(wrong):
            raise Trouble(f"“{to}”{FULL}") from wrong
        if isinstance(wrong, PermissionError):
            raise Trouble(f"无法写入“{to}”，请先关闭正在打开的这个文件，或换一个位置保存") from wrong
        if said := disk_said(wrong):
            raise Trouble(f"无法写入“{to}”：{said}") from wrong
        raise Trouble(f"无法写入“{to}”（{wrong.strerror or wrong}），请检查文件夹和磁盘") from wrong


def put_in_place(beside: Path, to: Path, flush: bool = True) -> None:
    """Give the finished file ``beside``, in the same folder, its name ``to``. Raises ``OSError``.

    What is not flushed is written again with the next key: no hand waits for a scanner there.
    """
    if not flush:
        beside.replace(to)
        return
    flushed(beside)
    rename_file(beside, to)
    flush_folder(to.parent)


def flushed(file: Path) -> Path:
    """Bring a file's content through to the disk; return the file. Raises ``OSError``."""
    with file.open("r+b") as stream:  # Windows flushes only what is open for writing
        os.fsync(stream.fileno())
    return file


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder through to the disk; Windows does so by itself. Raises ``OSError``."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as wrong:
        if wrong.errno not in _NO_FLUSH:
            raise
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """Bring all files in a folder, in the folders in it, and their names through to the disk."""
    for path in folder.rglob("*"):
        if path.is_dir():
            flush_folder(path)
        else:
            flushed(path)
    flush_folder(folder)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, whose names are on the disk when this returns."""
    if folder.is_dir():
        return
    if folder.exists():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    if folder.parent != folder:
        make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    flush_folder(folder.parent)


@contextmanager
def restored_on_failure(to: Path) -> Iterator[None]:
    """Where the block fails, leave ``to`` as it was before it: what stood there, or nothing."""
    before, there = None, to.exists()
    with suppress(OSError):
        before = to.read_bytes() if to.is_file() else None  # a device would never end
    try:
        yield
    except BaseException:
        with suppress(OSError, Trouble):  # what failed first is told
            if not there:
                to.unlink(missing_ok=True)
            elif before is not None and to.read_bytes() != before:
                save(before, to)
        raise
