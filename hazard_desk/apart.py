"""Work done in a process of its own, within bounds of time and memory: for files that others made.

Some libraries end their whole process on a damaged file, fill the memory, or never come back. Then the
process apart is lost and nothing else; what it found comes back as a file.
"""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from pkgutil import resolve_name
from typing import Protocol

APART = "--apart"
"""The word by which the program knows that it is to do such work."""
_SECONDS = 20
_MEMORY = 500 << 20
"""Bytes that the process may write to."""

_FULL = 252
_FAILED = 1
"""What the process returns when it did not even begin the work."""

_PROCESS_MEMORY, _KILL_ON_CLOSE = 0x100, 0x2000
"""JOB_OBJECT_LIMIT_PROCESS_MEMORY, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE."""
_EXTENDED_LIMITS = 9

Work = Callable[..., int]
Bound = Callable[["subprocess.Popen[bytes]"], object]
Handle = ctypes.c_void_p


class Ended(IntEnum):
    """How the work ended; what else it returns is its own affair."""

    WELL = 0
    BROKEN = 250
    """It was lost: the file is damaged, or too large for the bounds."""
    LATE = 251


def do_apart(work: str, *words: str) -> int:
    """Do ``work`` ("package.module:function", given the words) apart; return its number, 0 or from 2 on.

    ``Ended.BROKEN`` and ``Ended.LATE`` where it did not come to its end. Raises ``OSError`` for a full disk.
    """
    module = [] if getattr(sys, "frozen", False) else ["-m", "hazard_desk"]
    command = [sys.executable, *module, APART, work, *words]
    root, none = Path(__file__).parents[1], subprocess.DEVNULL
    with (
        _bounds() as bound,
        subprocess.Popen(command, cwd=root, stdin=none, stdout=none, stderr=none) as child,
    ):
        bound(child)
        try:
            code = child.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            return Ended.LATE
    if code == _FULL:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), tempfile.gettempdir())
    return Ended.BROKEN if code == _FAILED or not 0 <= code < Ended.BROKEN else code


def be_apart(work: str, *words: str) -> int:
    """Do the work here: this is the process apart. Return the exit code."""
    _bound_memory()
    do: Work = resolve_name(work)
    try:
        return do(*words)
    except OSError as wrong:
        return _FULL if wrong.errno == errno.ENOSPC else Ended.BROKEN
    except BaseException:  # the alarms of some libraries are no Exception
        return Ended.BROKEN


def _bound_memory() -> None:
    """Bound this process; on Windows the job that it was put into does."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


@contextmanager
def _bounds() -> Iterator[Bound]:
    """Yield what bounds a process from outside, as long as the block lasts."""
    if sys.platform == "win32":
        with in_job(ctypes.WinDLL("kernel32")) as bound:
            yield bound
    else:
        yield lambda child: None


class JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; the fields that are not used here stand for their room."""

    _fields_ = (
        ("times", ctypes.c_int64 * 2),
        ("flags", ctypes.c_uint32),
        ("sizes", ctypes.c_size_t * 2),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("classes", ctypes.c_uint32 * 2),
        ("counters", ctypes.c_uint64 * 6),
        ("memory", ctypes.c_size_t),
        ("others", ctypes.c_size_t * 3),
    )


class Kernel(Protocol):
    """As much of ``kernel32.dll`` as jobs take."""

    def CreateJobObjectW(self, security: None, name: None) -> int: ...
    def SetInformationJobObject(self, job: Handle, kind: int, limits: object, size: int) -> int: ...
    def AssignProcessToJobObject(self, job: Handle, process: Handle) -> int: ...
    def CloseHandle(self, handle: Handle) -> int: ...


@contextmanager
def in_job(kernel: Kernel) -> Iterator[Bound]:
    """Yield what puts a process into a job of Windows, which may take so much memory and no more.

    What is in it ends with the block, and with this program however that ends: it alone holds the job.
    """
    kernel.CreateJobObjectW.restype = ctypes.c_void_p  # type: ignore[attr-defined]  # else cut to 32 bits
    job = Handle(kernel.CreateJobObjectW(None, None))
    limits = JobLimits(flags=_PROCESS_MEMORY | _KILL_ON_CLOSE, memory=_MEMORY)
    kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    try:
        yield lambda child: kernel.AssignProcessToJobObject(job, Handle(_handle_of(child)))
    finally:
        kernel.CloseHandle(job)


def _handle_of(child: subprocess.Popen[bytes]) -> int:
    return int(child._handle)  # type: ignore[attr-defined]  # only on Windows
