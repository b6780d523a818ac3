"""Putting a copy back so that it cannot fail half-way: the desk is then the old one or the new, whole."""

from __future__ import annotations

import re
import shutil
import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.copies.asides import ASIDE
from hazard_desk.store.copies.places import PLACE
from hazard_desk.store.copies.swap import INTENT, JOURNALS, Swap, discard, fresh_folder
from hazard_desk.store.copies.unpacking import place_beside, read_manifest, unpack
from hazard_desk.store.dbfile import DATABASE, inspect, plain_link
from hazard_desk.store.files import ATTACHMENTS
from hazard_desk.store.lock import DeskLock
from hazard_desk.store.place import keep_to_owner, make_own_folder
from hazard_desk.store.saving import flush_tree
from hazard_desk.store.seal.erased import erased_in, note_erased
from hazard_desk.store.trail.head import CHAINED, HEAD_FILE, closed, of_database
from hazard_desk.store.troubles import troubles

_ASIDE_NAME = re.compile(rf"{ASIDE}\d{{8}}-\d{{6}}-\d{{6}}")
_ASIDE_KEPT = 3
_LEFT = (*JOURNALS, HEAD_FILE, INTENT, "copies.json", "erased.json")
"""Files of a desk whose database is gone."""
_SPARE = 20 * 2**20
"""Bytes that must stay free beside a restored desk."""


def restore(copy: Path, folder: Path, password: str = "", incomplete: bool = False) -> None:
    """Put the verified ``copy`` back as the desk in ``folder``, which must be closed.

    What stood there before is kept in it as ``before-restore-…``, the last three times. Raises ``Refused``
    when ``copy`` is no copy, ``Incomplete`` unless ``incomplete`` allows for it when it lacks photos that the
    desk there does not have either, ``Trouble`` when it is damaged, the desk is in use or the disk fails; the
    desk that was there is then still there.
    """
    with troubles(folder):
        if not copy.is_file():
            raise Refused(f"没有找到备份文件“{copy}”，请检查路径")
        make_own_folder(folder)
        lock = DeskLock(folder)
        lock.take()
        try:
            _settle(folder)
            aside = folder / f"{ASIDE}{datetime.now():%Y%m%d-%H%M%S-%f}"
            with fresh_folder(folder) as fresh:
                _ask_for_space(copy, folder, password)
                unpack(copy, fresh, password, folder, incomplete)
                _note_head(fresh / DATABASE)
                note_erased(erased_in(copy.parent, *copy.parent.glob(f"{PLACE}*")), folder)
                flush_tree(fresh)
                Swap.of(folder, fresh, aside).run(folder)
            _thin(folder)
            keep_to_owner(folder)
        finally:
            lock.release()


def settle(folder: Path) -> None:
    """Finish what a restore that was stopped left in ``folder``, or go back; nothing where none was.

    To be called before anything else looks at the folder. Raises ``Trouble`` when the disk fails, or while a
    restore is at work there.
    """
    with troubles(folder):
        if not (folder / INTENT).exists():
            return
        lock = DeskLock(folder)
        lock.take()
        try:
            _settle(folder)
        finally:
            lock.release()


def remains(folder: Path) -> bool:
    """Return whether what is left of a desk lies in ``folder``: never to be built over by a new one.

    Its database may be there or not. False too where the disk does not answer.
    """
    with suppress(OSError):
        return (
            any((folder / name).exists() for name in _LEFT)
            or any(path.is_file() for path in (folder / ATTACHMENTS).rglob("*"))
            or any(folder.glob("backups/desk-*.zip"))
            or any(folder.glob(f"{ASIDE}*"))
        )
    return False


def _settle(folder: Path) -> None:
    swap = Swap.noted(folder)
    if swap:
        swap.settle(folder)
    else:
        (folder / INTENT).unlink(missing_ok=True)


def _ask_for_space(copy: Path, folder: Path, password: str) -> None:
    """Raise ``Trouble`` when the disk has no room for the copy unpacked beside the desk."""
    manifest = read_manifest(copy, password)
    with zipfile.ZipFile(copy) as archive:
        needed = sum(member.file_size for member in archive.infolist()) + _SPARE
    if not manifest.inside:
        beside = [place_beside(copy, *named) for named in manifest.files.items() if named[0] != DATABASE]
        needed += sum(file.stat().st_size for file in beside if file.exists())
    missing = needed - shutil.disk_usage(folder).free
    if missing > 0:
        raise Trouble(
            f"“{folder}”所在磁盘已满，恢复这份备份还差{max(1, round(missing / 2**20))}MB，请清理后再试"
        )


def _note_head(database: Path) -> None:
    """Keep the head of the chain beside a database whose acts are chained."""
    if inspect(database) >= CHAINED:
        with plain_link(database) as link:
            head = of_database(link)
        closed(database.parent, head)


def _thin(folder: Path) -> None:
    """Delete what restores put aside, but for the last three."""
    if (folder / INTENT).exists():
        return
    kept = sorted(path for path in folder.glob(f"{ASIDE}*") if _ASIDE_NAME.fullmatch(path.name))
    for path in kept[:-_ASIDE_KEPT]:
        discard(path)
