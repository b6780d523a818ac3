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
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from pkgutil import resolve_name

APART = "--apart"
"""The word by which the program knows that it is to do such work."""
_SECONDS = 20
_MEMORY = 500 << 20
"""Bytes that the process may write to."""

_FULL = 252
_FAILED = 1
"""What the process returns when it did not even begin the work."""

Work = Callable[..., int]


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
    root = Path(__file__).parents[1]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Ended.LATE
    if done.returncode == _FULL:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), tempfile.gettempdir())
    lost = done.returncode == _FAILED or not 0 <= done.returncode < Ended.BROKEN
    return Ended.BROKEN if lost else done.returncode


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
    if sys.platform == "win32":
        _bound_on_windows()
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


class _Limits(ctypes.Structure):
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


def _bound_on_windows() -> None:
    """Put this process into a job that may take so much memory and no more."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits = _Limits(flags=0x100, memory=_MEMORY)  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
        kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
