"""A new desk takes the place of the old by renames: wholly, or not at all.

The new one stands whole and flushed beside the old, on the same disk. What is under way is noted in
``restore.json`` first, so that whatever stops the program, the next start goes on, or goes back.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from hazard_desk.errors import Trouble
from hazard_desk.store.dbfile import DATABASE
from hazard_desk.store.files import ATTACHMENTS
from hazard_desk.store.saving import delete_file, flush_folder, insist, make_folder, save
from hazard_desk.store.scratch import SCRATCH, clear_scratch
from hazard_desk.store.trail.head import HEAD_FILE
from hazard_desk.store.troubles import troubles

INTENT = "restore.json"
JOURNALS = tuple(f"{DATABASE}{end}" for end in ("-wal", "-shm", "-journal"))
"""SQLite's own files; beside another database they would be read into it."""
NAMES = (DATABASE, *JOURNALS, HEAD_FILE, ATTACHMENTS)
"""What a desk consists of; all else in its folder stays where it is."""
_log = logging.getLogger(__name__)


@contextmanager
def fresh_folder(folder: Path) -> Iterator[Path]:
    """Yield a new folder for a whole desk beside the one in ``folder``, whose lock is held; drop it after."""
    clear_scratch(folder)
    make_folder(folder / SCRATCH)
    fresh = Path(tempfile.mkdtemp(prefix="desk-", dir=folder / SCRATCH))
    try:
        yield fresh
    finally:
        if not (folder / INTENT).exists():  # else the next start needs it
            clear_scratch(folder)


def _move(old: Path, new: Path) -> None:
    insist(partial(old.rename, new))


def discard(folder: Path) -> None:
    """Delete a folder and all in it; what cannot be deleted never passes for whole."""
    gone = folder.with_name(f"{folder.name}.gone")
    with suppress(OSError):
        _move(folder, gone)
    shutil.rmtree(gone, ignore_errors=True)


@dataclass(frozen=True)
class Swap:
    """The renames that put the desk in ``fresh`` into ``folder``, and the old one ``aside``.

    ``fresh`` and ``aside`` are folders in it, ``old`` and ``new`` the names that go out and come in. Where a
    name stands tells whether its step is done.
    """

    fresh: str
    aside: str
    old: list[str]
    new: list[str]

    @classmethod
    def of(cls, folder: Path, fresh: Path, aside: Path, names: tuple[str, ...] = NAMES) -> Swap:
        """Return the swap of ``names`` as they stand now. The database goes out first and comes in last."""
        old = [name for name in names if (folder / name).exists()]
        new = [name for name in reversed(names) if (fresh / name).exists() and name not in JOURNALS]
        return cls(fresh.relative_to(folder).as_posix(), aside.relative_to(folder).as_posix(), old, new)

    @classmethod
    def noted(cls, folder: Path) -> Swap | None:
        """Return the swap that is under way in ``folder``, or None; a note that cannot be read is none."""
        try:
            told = json.loads((folder / INTENT).read_text(encoding="utf-8"))
            fresh, aside, old, new = (told[name] for name in ("fresh", "aside", "old", "new"))
            swap = cls(str(fresh), str(aside), [*old], [*new])
            return swap if {*swap.old, *swap.new} <= {*NAMES} else None
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError) as error:
            _log.error("%s cannot be read: %s", folder / INTENT, error)
            return None

    def run(self, folder: Path) -> None:
        """Note what is to be done and do it. On any error all is as before, and ``Trouble`` says why."""
        try:
            save(json.dumps(asdict(self)).encode(), folder / INTENT)
        except Trouble:
            discard(folder / self.fresh)  # should the note stand all the same, it finds nothing to bring in
            with suppress(OSError):
                delete_file(folder / INTENT)
            raise
        self._finish_or_undo(folder)

    def settle(self, folder: Path) -> None:
        """Finish what was noted, or go back where that fails or the new desk is no longer whole.

        Raises ``Trouble`` when neither can be done.
        """
        try:
            self._finish_or_undo(folder)
        except Trouble as error:
            if (folder / INTENT).exists():
                raise
            _log.info("the desk stays as it was: %s", error)

    def _finish_or_undo(self, folder: Path) -> None:
        if not self._whole(folder):
            with troubles(folder):
                self._undo(folder)
            return
        try:
            with troubles(folder):
                self._finish(folder)
        except BaseException as wrong:
            try:
                self._undo(folder)
            except OSError as again:
                raise Trouble(
                    f"“{folder}”里的恢复没有做完（{again.strerror or again}），"
                    "下次打开这个台账时会自动接着处理"
                ) from wrong
            if isinstance(wrong.__cause__, PermissionError):
                raise Trouble(
                    f"“{folder}”里有照片或文件正被其他程序打开，没有恢复，原来的台账没有变动；"
                    "请关闭打开的照片和文件后再试"
                ) from wrong
            raise

    def _finish(self, folder: Path) -> None:
        fresh, aside = folder / self.fresh, folder / self.aside
        if all((fresh / name).exists() for name in self.new):  # else the old ones are all out
            if self.old:
                make_folder(aside)
            for name in self.old:
                if (folder / name).exists() and not (aside / name).exists():
                    _move(folder / name, aside / name)
        for name in self.new:
            if (fresh / name).exists():
                _move(fresh / name, folder / name)
        self._through(folder)
        with suppress(OSError):  # done is done: a note that stays finds nothing to do
            delete_file(folder / INTENT)
            flush_folder(folder)

    def _undo(self, folder: Path) -> None:
        fresh, aside = folder / self.fresh, folder / self.aside
        for name in reversed(self.new):
            if self._came_in(folder, name):
                fresh.mkdir(parents=True, exist_ok=True)
                _move(folder / name, fresh / name)
        for name in reversed(self.old):
            if (aside / name).exists():
                _move(aside / name, folder / name)
        self._through(folder)
        discard(fresh)  # before the note goes: what was given up never comes in
        with suppress(OSError):
            aside.rmdir()
        delete_file(folder / INTENT)
        flush_folder(folder)

    def _whole(self, folder: Path) -> bool:
        return all((folder / self.fresh / name).exists() or self._came_in(folder, name) for name in self.new)

    def _came_in(self, folder: Path, name: str) -> bool:
        """Whether the new file of this name stands in its place."""
        out = name not in self.old or (folder / self.aside / name).exists()
        return out and (folder / name).exists() and not (folder / self.fresh / name).exists()

    def _through(self, folder: Path) -> None:
        for one in (folder / self.fresh, folder / self.aside, folder):
            if one.is_dir():
                flush_folder(one)
