"""Harm at one file event of a forked child: it is killed there, or the call fails as a disk fails.

With a C compiler a small library (``shim.c``) stands before the system's and sees every event, SQLite's
too; without one, Python's own audit events must do: they see what Python opens, renames, deletes and makes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple, Protocol

SHIM = Path(__file__).with_name("shim.c")
_PRELOAD = "LD_PRELOAD"


class Mode(IntEnum):
    """What happens at the n-th event; the numbers are those of ``shim.c``."""

    COUNT = 1
    """Nothing: events are counted."""
    KILL = 2
    """The process is killed before it."""
    TEAR = 3
    """A write is done by half, then the process is killed."""
    FAIL = 4
    """This one fails: no room for what writes, an input/output error for a flush, no access for a rename."""
    FULL = 5
    """From here on nothing that needs room is taken any more."""


class Harm(Protocol):
    """What counts the file events of this process under a folder, and does harm at one of them."""

    def arm(self, folder: Path, mode: Mode, at: int) -> None: ...
    def disarm(self) -> list[str]:
        """Return the events since ``arm``, one line each."""
        ...


class Shim:
    """The library that was loaded before the system's."""

    def __init__(self) -> None:
        self._shim = ctypes.CDLL(os.environ[_PRELOAD])
        self._shim.harm_story.restype = ctypes.c_char_p
        self._shim.harm_arm.argtypes = (ctypes.c_char_p, ctypes.c_int, ctypes.c_long)

    def arm(self, folder: Path, mode: Mode, at: int) -> None:
        self._shim.harm_arm(os.fsencode(folder), int(mode), at)

    def disarm(self) -> list[str]:
        self._shim.harm_disarm()
        story: bytes = self._shim.harm_story()
        return story.decode(errors="replace").splitlines()


class Hook:
    """Python's audit events; a hook stays for the life of a process, so only a forked child arms one."""

    _TAKES_ROOM = ("open", "os.mkdir")
    _NAMED = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate")

    def __init__(self) -> None:
        self._events: list[str] = []
        self._armed = False

    def arm(self, folder: Path, mode: Mode, at: int) -> None:
        within = str(folder)

        def hook(event: str, words: tuple[str | bytes | int, ...]) -> None:
            if not self._armed or event not in self._NAMED or not str(words[0]).startswith(within):
                return
            if event == "open" and not self._writes(words):
                return
            self._events.append(f"{event} {str(words[0])[len(within) :]}")
            number = len(self._events)
            if mode in (Mode.KILL, Mode.TEAR) and number == at:
                os.kill(os.getpid(), signal.SIGKILL)
            full = event in self._TAKES_ROOM
            if (mode is Mode.FAIL and number == at) or (mode is Mode.FULL and number >= at and full):
                code = errno.ENOSPC if full else errno.EACCES
                raise OSError(code, os.strerror(code), str(words[0]))

        self._armed = True
        sys.addaudithook(hook)

    def disarm(self) -> list[str]:
        self._armed = False
        return self._events

    @staticmethod
    def _writes(words: tuple[str | bytes | int, ...]) -> bool:
        flags = words[2] if len(words) > 2 and isinstance(words[2], int) else 0
        return bool(flags & (os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_RDWR))


class End(NamedTuple):
    """How a child ended: ``killed``, ``done``, ``told`` (a sentence) or ``bug``, and what it said."""

    how: str
    said: str


def in_child(work: Callable[[], str]) -> End:
    """Do ``work`` in a fork of this process and return how that ended; what it returns is what it said."""
    from hazard_desk.errors import Refused, Trouble

    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # never returns
        try:
            end = End("done", work())
        except (Refused, Trouble) as error:
            end = End("told", error.message)
        except BaseException as error:  # whatever it is, it is what this is about
            import traceback

            end = End("bug", "".join(traceback.format_exception(error)))
        os.write(write, f"{end.how}\n{end.said}".encode(errors="replace")[:60_000])
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        said = told.read().decode(errors="replace")
    os.waitpid(child, 0)
    how, _, rest = said.partition("\n")
    return End(how or "killed", rest)


def compiled() -> Path | None:
    """Return the shim, built for this run; None where there is no C compiler or no Linux."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    to = Path(tempfile.mkdtemp(prefix="hazard-desk-shim-")) / "shim.so"
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", str(to), str(SHIM), "-ldl"], check=True)
    return to


def loaded() -> bool:
    """Whether the shim stands before the system's library in this process."""
    return "shim.so" in os.environ.get(_PRELOAD, "")


def start_again(shim: Path) -> int:
    """Start this very command anew with the shim before the system's library; return its exit code."""
    surroundings = {**os.environ, _PRELOAD: str(shim)}
    try:
        command = [sys.executable, "-m", "tests.harm.run", *sys.argv[1:]]
        return subprocess.run(command, env=surroundings, check=False).returncode
    finally:
        shutil.rmtree(shim.parent, ignore_errors=True)
