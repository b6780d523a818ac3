"""One writer at a time: a lock that the system lets go of when a process dies, and its holder's name."""

from __future__ import annotations

import getpass
import socket
from pathlib import Path

from filelock import FileLock, Timeout

from hazard_desk.errors import Trouble
from hazard_desk.store.troubles import troubles


class DeskLock:
    """Holds ``desk.lock`` in a desk's folder; ``desk.holder`` beside it says who holds it."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "desk.lock")
        self._holder = folder / "desk.holder"

    def take(self) -> None:
        """Take the lock at once or raise ``Trouble`` with the holder's name."""
        with troubles(self._holder.parent):
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                raise Trouble(f"台账正在使用中（{self._who()}），请先关闭那边的隐患工作台") from None
            try:
                self._holder.write_text(f"{user_name()}，电脑{socket.gethostname()}", encoding="utf-8")
            except OSError:
                self.release()
                raise

    def release(self) -> None:
        if self._lock.is_locked:
            try:
                self._holder.unlink(missing_ok=True)
            finally:
                self._lock.release()

    def _who(self) -> str:
        try:
            return self._holder.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return "使用人不明"


def user_name() -> str:
    """Return the name of the person logged in to this computer, or 经办人 when it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "经办人"
