"""What is unfinished stands in ``scratch/`` of the desk's own folder, never in the system's folder for such.

A folder in it is alive while a lock beside it is held, which the system lets go of when the process dies. The
holder of the desk's lock clears away at its start what killed programs left, here and beside finished files.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from hazard_desk.store.saving import make_folder

SCRATCH = "scratch"
"""The folder of a desk for what is unfinished."""
_LOCK = ".lock"
_ROOMS = (".", "attachments", "backups", "drafts", "logs", "opened/*", "out", "thumbs")
"""Where in a desk unfinished files may stand beside finished ones."""
_UNFINISHED = (".*.part", "attachment-*.part", "*.zip.part", "desk.db.new*", "restore-*", "*.gone")
_BINDER = "*.未完成"
"""A folder that takes minutes to make, perhaps by another process."""
_BINDER_REST = 10 * 60
"""Seconds without a new file after which nobody makes it any more."""


@contextmanager
def scratch_folder(desk: Path, prefix: str = "copy-") -> Iterator[Path]:
    """A folder for the block, in the desk's own; gone after it. Raises ``OSError``."""
    make_folder(desk / SCRATCH)
    folder = desk / SCRATCH / f"{prefix}{uuid4().hex[:12]}"
    mark = _mark(folder)
    with FileLock(mark, timeout=0):
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            with suppress(OSError):
                mark.unlink(missing_ok=True)
    with suppress(OSError):  # another one is alive
        folder.parent.rmdir()


@contextmanager
def libraries_write_to(desk: Path) -> Iterator[None]:
    """Meanwhile what libraries write to the system's folder for passing files (sheets) goes to the desk's.

    Where the desk cannot be written, it goes where it went before.
    """
    before = tempfile.tempdir
    made = scratch_folder(desk, "passing-")
    try:
        passing = made.__enter__()
    except OSError:
        yield
        return
    tempfile.tempdir = str(passing)
    try:
        yield
    finally:
        if tempfile.tempdir == str(passing):
            tempfile.tempdir = before if before and Path(before).is_dir() else None
        made.__exit__(None, None, None)


def clear_scratch(desk: Path) -> None:
    """Delete what nobody works on any more in the scratch folder of a desk. Its lock must be held."""
    for entry in (desk / SCRATCH).glob("*"):
        if entry.suffix != _LOCK:
            _delete_dead(entry)
    for mark in (desk / SCRATCH).glob(f"*{_LOCK}"):
        _delete_dead(mark.with_suffix(""))
    with suppress(OSError):
        (desk / SCRATCH).rmdir()


def clear_leftovers(desk: Path) -> None:
    """Delete what killed programs left unfinished in a desk. Its lock must be held, and nothing under way."""
    clear_scratch(desk)
    for room in _ROOMS:
        for pattern in _UNFINISHED:
            for left in desk.glob(f"{room}/{pattern}"):
                _delete(left)
    for left in (desk / "out").glob(_BINDER):
        with suppress(OSError):
            if max(file.stat().st_mtime for file in (left, *left.rglob("*"))) < time.time() - _BINDER_REST:
                _delete(left)


def _delete_dead(entry: Path) -> None:
    lock = FileLock(_mark(entry), timeout=0)
    try:
        with lock:
            _delete(entry)
            with suppress(OSError):
                _mark(entry).unlink(missing_ok=True)
    except (Timeout, OSError):
        return  # somebody works on it, or it will go the next time


def _delete(left: Path) -> None:
    if left.is_dir() and not left.is_symlink():
        shutil.rmtree(left, ignore_errors=True)
    else:
        with suppress(OSError):
            left.unlink(missing_ok=True)


def _mark(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)
