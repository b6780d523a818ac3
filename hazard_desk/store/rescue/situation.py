"""What is the matter with a desk that does not open, in one plain sentence, and what can be done about it."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hazard_desk.errors import Trouble
from hazard_desk.store.copies.restoring import remains
from hazard_desk.store.copies.swap import INTENT
from hazard_desk.store.dbfile import APPLICATION_ID, DATABASE, HEAD, reading_link
from hazard_desk.store.lock import DeskLock, InUse
from hazard_desk.store.trail.head import alarm

_ROOM = 1 << 16
"""Bytes that a disk must take for a desk to open."""


class Way(StrEnum):
    """What can be done."""

    RETRY = "retry"
    RESTORE = "restore"
    SALVAGE = "salvage"
    ACCEPT = "accept"


class Plight(StrEnum):
    """What became of a desk."""

    SOUND = "sound"
    NONE = "none"
    """There is no desk and nothing of one."""
    DAMAGED = "damaged"
    HALF = "half-restored"
    NEWER = "newer"
    REMAINS = "remains"
    """The database is gone; photos, files or copies still lie there."""
    GONE = "gone"
    """The place itself is not there: a stick that was pulled, a drive."""
    HELD = "held"
    READ_ONLY = "read-only"
    FORBIDDEN = "forbidden"
    FULL = "full"
    LOST = "lost"
    """Acts are missing, or something was changed from outside."""
    OTHER = "other"


_BOTH = (Way.RESTORE, Way.SALVAGE)
_WAYS: dict[Plight, tuple[Way, ...]] = {
    Plight.DAMAGED: _BOTH,
    Plight.HALF: (Way.RETRY, *_BOTH),
    Plight.NEWER: (Way.RESTORE,),
    Plight.REMAINS: (Way.RESTORE,),
    Plight.GONE: (Way.RETRY,),
    Plight.HELD: (Way.RETRY,),
    Plight.READ_ONLY: (Way.RETRY, Way.SALVAGE),
    Plight.FORBIDDEN: (Way.RETRY,),
    Plight.FULL: (Way.RETRY,),
    Plight.LOST: (*_BOTH, Way.ACCEPT),
    Plight.OTHER: (Way.RETRY, *_BOTH),
}


@dataclass(frozen=True)
class Situation:
    """What is the matter, as one Chinese sentence."""

    kind: Plight
    sentence: str

    @property
    def ways(self) -> tuple[Way, ...]:
        """What can be done about it; nothing need be done for a sound desk."""
        return _WAYS.get(self.kind, ())


def situation(folder: Path) -> Situation:
    """Return what is the matter with the desk in ``folder``. Changes nothing there and never raises."""
    try:
        return _of_folder(folder) or _of_files(folder)
    except PermissionError:
        return Situation(
            Plight.FORBIDDEN, f"没有读写“{folder}”的权限，请用平时的账户登录，或请管理员放开权限"
        )
    except OSError as wrong:
        return Situation(Plight.OTHER, f"“{folder}”读不出来（{wrong.strerror or wrong}），请检查磁盘")
    except (Trouble, sqlite3.Error, ValueError) as wrong:
        return Situation(
            Plight.OTHER, wrong.message if isinstance(wrong, Trouble) else f"“{folder}”打不开（{wrong}）"
        )


def _of_folder(folder: Path) -> Situation | None:
    """What the folder alone tells; None where a database lies in it that can be written now."""
    if not folder.exists():
        return _without_folder(folder)
    if not folder.is_dir():
        return Situation(Plight.OTHER, f"“{folder}”不是文件夹，请检查路径")
    next(folder.iterdir(), None)  # raises where it may not be read
    if (folder / INTENT).exists():
        return Situation(Plight.HALF, f"“{folder}”上一次恢复没有做完，台账还不完整")
    if not (folder / DATABASE).exists():
        if remains(folder):
            return Situation(Plight.REMAINS, f"“{folder}”里的台账数据文件不见了，但照片、附件或备份还在")
        return Situation(Plight.NONE, f"“{folder}”里还没有台账")
    return _of_disk(folder) or _of_lock(folder)


def _without_folder(folder: Path) -> Situation:
    if folder.parent.exists():
        return Situation(Plight.NONE, f"“{folder}”里还没有台账")
    return Situation(Plight.GONE, f"找不到“{folder}”，如果台账在U盘或移动硬盘上，请插好后重试")


def _of_disk(folder: Path) -> Situation | None:
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_ROOM))
            probe.flush()
        with (folder / DATABASE).open("rb+"):
            return None
    except OSError as wrong:
        if wrong.errno in (errno.ENOSPC, errno.EDQUOT):
            return Situation(Plight.FULL, f"“{folder}”所在的磁盘已满，请清理出一些空间后重试")
        if wrong.errno == errno.EROFS:
            return Situation(
                Plight.READ_ONLY, f"“{folder}”所在的磁盘只能读不能写，请检查U盘的写保护开关后重试"
            )
        raise


def _of_lock(folder: Path) -> Situation | None:
    lock = DeskLock(folder)
    try:
        lock.take()
    except InUse as held:
        return Situation(Plight.HELD, held.message)
    lock.release()
    return None


def _of_files(folder: Path) -> Situation:
    """What the database itself tells; it is opened for reading only, for a log must stay as it is."""
    file = folder / DATABASE
    with file.open("rb") as stream:
        head = stream.read(72)
    ours = head[:16] == b"SQLite format 3\0" and int.from_bytes(head[68:72], "big") == APPLICATION_ID
    version, verdict = 0, "no desk"
    if ours:
        try:
            with reading_link(file) as link:
                (version,) = link.execute("PRAGMA user_version").fetchone()
                (verdict,) = link.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.OperationalError as wrong:
            return Situation(Plight.OTHER, f"“{file}”暂时打不开（{wrong}），请关闭其他程序后重试")
        except sqlite3.DatabaseError as wrong:
            verdict = str(wrong)
    if version > HEAD:
        return Situation(Plight.NEWER, f"“{folder}”里的台账由更新版本的隐患工作台建立，请升级程序后再打开")
    if verdict != "ok":
        return Situation(
            Plight.DAMAGED, f"“{folder}”里的台账数据文件已损坏，可以恢复最近的备份，或抢救还能读出的内容"
        )
    lost = alarm(folder)
    if lost:
        return Situation(Plight.LOST, lost)
    return Situation(Plight.SOUND, f"“{folder}”里的台账完好")
