"""A second start calls the window that shows the desk: small files in the user's own folder, no network.

A window that is open says so in ``windows/<desk>.window``, with its process; who wants it in front writes
``windows/<desk>.call`` beside it, perhaps with a copy that is to be put back, and the window takes that away.
A window of another user, on another computer, or one that hangs, takes nothing.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hazard_desk.errors import Trouble
from hazard_desk.store.place import make_own_folder, user_folder
from hazard_desk.store.saving import save

_TRIES, _BETWEEN = 60, 0.05
"""So often, so many seconds apart, it is looked whether a call was taken: a window may be at work."""


@dataclass(frozen=True)
class Called:
    """What the window was called for: to come to the front, and to put ``copy`` back where there is one."""

    copy: Path | None = None


class CallBox:
    """Where calls for the window on the desk in ``folder`` lie."""

    def __init__(self, folder: Path) -> None:
        self.place = user_folder() / "windows"
        name = hashlib.sha256(os.path.normcase(folder.resolve()).encode()).hexdigest()[:16]
        self._window, self._call = self.place / f"{name}.window", self.place / f"{name}.call"

    @contextmanager
    def open(self) -> Iterator[None]:
        """Say for the block that a window listens; where the disk takes nothing, it is not called."""
        with suppress(OSError, Trouble):
            make_own_folder(user_folder())
            make_own_folder(self.place)
            self._call.unlink(missing_ok=True)
            save(str(os.getpid()).encode(), self._window, flush=False)
        try:
            yield
        finally:
            for file in (self._window, self._call):
                with suppress(OSError):
                    file.unlink(missing_ok=True)

    def take(self) -> Called | None:
        """Take a call that came, None where none did."""
        try:
            told = json.loads(self._call.read_text(encoding="utf-8"))
            self._call.unlink()
            return Called(Path(told["copy"]) if told["copy"] else None)
        except (OSError, ValueError, TypeError, KeyError):  # none, or one that is not written yet
            return None

    def call(self, copy: Path | None, wait: Callable[[float], None] = time.sleep) -> bool:
        """Call the window; return whether it took the call, within some seconds."""
        with suppress(OSError, ValueError, Trouble):
            _let_come_to_front(int(self._window.read_text(encoding="utf-8")))
            told = {"copy": str(copy.absolute()) if copy else ""}
            save(json.dumps(told).encode(), self._call, flush=False)
            for _ in range(_TRIES):
                if not self._call.exists():
                    return True
                wait(_BETWEEN)
            self._call.unlink(missing_ok=True)
        return False


def _let_come_to_front(process: int) -> None:
    """Windows lets only who has the hand of the user put a window in front: hand that on."""
    if sys.platform == "win32":
        ctypes.windll.user32.AllowSetForegroundWindow(process)
