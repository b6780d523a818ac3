"""Copies of kept files, given out to be opened: ``opened/abcd1234/名称.docx``, read-only.

The kept file is evidence and never leaves the desk. What another program saves beside the copy (or over it)
stays until its content is kept too: it is the clerk's work.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Set
from contextlib import suppress
from pathlib import Path

from hazard_desk.store.files import UNFINISHED, copy_out, is_sound, sha256_of
from hazard_desk.store.troubles import troubles

_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_NOT_WORK = ("~", ".")
"""How the names of files begin that Word, WPS and LibreOffice keep beside an open one."""


class OpenedCopies:
    """The copies of the desk in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "opened"

    def place(self, sha256: str) -> Path:
        """Return the folder for copies of the file with this content."""
        return self._folder / sha256[:8]

    def give(self, file: Path, sha256: str, name: str) -> Path:
        """Return a read-only copy of a kept file, called ``name``, or “name(2)” where that was changed.

        Raises ``Trouble`` when the disk fails or the file is damaged.
        """
        stem, suffix = re.escape(Path(name).stem), re.escape(Path(name).suffix)
        called = re.compile(rf"{stem}(\(\d+\))?{suffix}")
        for standing in self._files(sha256):
            if called.fullmatch(standing.name) and is_sound(standing, sha256):
                return standing
        copy = copy_out(file, sha256, self.place(sha256) / name)
        with troubles(copy):
            copy.chmod(_READ_ONLY)
        return copy

    def changed(self, sha256: str) -> list[Path]:
        """Return what was saved beside or over the copies of a file, the newest first."""
        found = [file for file in self._files(sha256) if not is_sound(file, sha256)]
        return sorted(found, key=lambda file: file.stat().st_mtime, reverse=True)

    @property
    def empty(self) -> bool:
        """Whether no copy stands here."""
        return not any(self._folder.glob("*"))

    def put_away(self, kept: Set[str]) -> None:
        """Delete the copies whose content is among the ``kept`` digests; one that is open stays."""
        for folder in self._folder.glob("*"):
            for file in folder.glob("*"):
                with suppress(OSError):
                    if sha256_of(file) in kept:
                        file.chmod(stat.S_IWUSR | _READ_ONLY)  # Windows deletes no read-only file
                        file.unlink()
            with suppress(OSError):  # something is left in it
                folder.rmdir()

    def _files(self, sha256: str) -> list[Path]:
        return [
            file
            for file in sorted(self.place(sha256).glob("*"))
            if file.is_file() and not file.name.startswith(_NOT_WORK) and file.suffix != UNFINISHED
        ]
