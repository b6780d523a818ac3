"""One writer at a time: a lock that the system lets go of when a process dies, and its holder's name."""

from __future__ import annotations

import getpass
import re
import socket
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from hazard_desk.errors import Trouble
from hazard_desk.store.troubles import troubles

_NAME = re.compile("[\u3400-\u9fff·]{2,6}")
CLERK = "经办人"
"""Who keeps the desk where nobody is named."""
_NOBODY = (CLERK, "管理员", "用户", "系统管理员", "应急办", "办公室", "默认用户", "新用户")


class InUse(Trouble):
    """Another window or command works on the desk."""


class DeskLock:
    """Holds ``desk.lock`` in a desk's folder; ``desk.holder`` beside it says who holds it."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "desk.lock")
        self._holder = folder / "desk.holder"

    def take(self) -> None:
        """Take the lock at once or raise ``InUse`` with the holder's name."""
        with troubles(self._holder.parent):
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                raise InUse(self._refusal()) from None
            try:
                self._tell("")
            except OSError:
                self.release()
                raise

    def tell(self, doing: str) -> None:
        """Tell whoever wants in what the holder still does and when to come again: a short sentence."""
        with suppress(OSError):  # on a full disk they are told the usual
            self._tell(doing)

    def release(self) -> None:
        if self._lock.is_locked:
            with suppress(OSError):  # a name that stays, for it is open elsewhere, tells of nobody
                self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _tell(self, doing: str) -> None:
        who = f"{user_name()}，电脑{socket.gethostname()}"
        self._holder.write_text(f"{who}\n{doing}".strip(), encoding="utf-8")

    def _refusal(self) -> str:
        try:
            who, _, doing = self._holder.read_text(encoding="utf-8").partition("\n")
        except (OSError, ValueError):
            who, doing = "使用人不明", ""
        return f"台账正在使用中（{who}），{doing or '请先关闭那边的隐患工作台'}"


def person_logged_in() -> str:
    """Return the name of who is logged in where it is one that a Chinese person bears, else ''.

    “root”, “Administrator”, “admin”, “PC” are no names to sign a record with.
    """
    name = user_name()
    return name if _NAME.fullmatch(name) and name not in _NOBODY else ""


def user_name() -> str:
    """Return the name of the person logged in to this computer, or 经办人 when it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return CLERK
