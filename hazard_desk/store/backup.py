"""A verified copy of a whole desk as one file, and putting it back.

The copy is a zip: ``desk.db`` taken through SQLite's own backup (a copied WAL file would lose what
is not checkpointed), the attachments, and ``manifest.json`` with the SHA-256 of each.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.dbfile import faults, inspect
from hazard_desk.store.troubles import troubles

DATABASE = "desk.db"
ATTACHMENTS = "attachments"
_MANIFEST = "manifest.json"


def write_backup(folder: Path, to: Path) -> Path:
    """Copy the desk in ``folder`` to the zip ``to`` and verify it; return ``to``.

    The copy appears under its name only when it is whole. Raises ``Trouble``.
    """
    with troubles(to), tempfile.TemporaryDirectory() as scratch:
        to.parent.mkdir(parents=True, exist_ok=True)
        copy = Path(scratch) / DATABASE
        _copy_database(folder / DATABASE, copy)
        members = {DATABASE: copy}
        for file in sorted((folder / ATTACHMENTS).rglob("*")):
            if file.is_file():
                members[file.relative_to(folder).as_posix()] = file
        unfinished = to.with_name(to.name + ".part")
        try:
            _pack(unfinished, members)
            _verify(unfinished, Path(scratch) / "verify")
            unfinished.replace(to)
        finally:
            unfinished.unlink(missing_ok=True)
    return to


def restore_backup(copy: Path, folder: Path) -> None:
    """Put the verified copy back as the desk in ``folder``, which must be closed.

    What stood there before is kept beside it as ``before-restore-…``. Raises ``Refused`` when
    ``copy`` is no backup, ``Trouble`` when it is damaged or the disk fails.
    """
    if not copy.is_file():
        raise Refused(f"没有找到备份文件“{copy}”，请检查路径")
    with troubles(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix="restore-") as scratch:
            fresh = Path(scratch)
            _verify(copy, fresh)
            aside = folder / f"before-restore-{datetime.now():%Y%m%d-%H%M%S}"
            for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", ATTACHMENTS):
                if (folder / name).exists():
                    aside.mkdir(exist_ok=True)
                    shutil.move(folder / name, aside / name)
                if (fresh / name).exists():
                    shutil.move(fresh / name, folder / name)


def verify_backup(copy: Path) -> None:
    """Raise ``Refused`` or ``Trouble`` unless ``copy`` is a whole and sound backup."""
    with troubles(copy), tempfile.TemporaryDirectory() as scratch:
        _verify(copy, Path(scratch))


def _copy_database(file: Path, to: Path) -> None:
    source = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=5)
    target = sqlite3.connect(to)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()


def _pack(to: Path, members: dict[str, Path]) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, file in members.items():
            archive.write(file, name)
        hashes = {name: _sha256(file) for name, file in members.items()}
        archive.writestr(_MANIFEST, json.dumps({"format": 1, "files": hashes}, indent=1))


def _verify(copy: Path, into: Path) -> None:
    """Unpack ``copy`` to ``into`` and compare every file with the manifest, then check the database."""
    try:
        with zipfile.ZipFile(copy) as archive:
            hashes: dict[str, str] = json.loads(archive.read(_MANIFEST))["files"]
            if DATABASE not in hashes or not all(_inside(name) for name in hashes):
                raise Refused(f"“{copy}”不是隐患工作台的备份文件")
            for name in hashes:
                archive.extract(name, into)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError):
        raise Refused(f"“{copy}”不是隐患工作台的备份文件，或已损坏") from None
    for name, expected in hashes.items():
        if _sha256(into / name) != expected:
            raise Trouble(f"备份文件“{copy}”中的“{name}”已损坏，请换用另一份备份")
    inspect(into / DATABASE)
    if found := database_faults(into / DATABASE):
        raise Trouble(f"备份文件“{copy}”中的数据库校验未通过（{found[0]}），请换用另一份备份")


def database_faults(file: Path) -> list[str]:
    """Return what is wrong with a desk's database file; [] when sound."""
    with troubles(file):
        link = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=5)
        try:
            return faults(link)
        finally:
            link.close()


def _inside(name: str) -> bool:
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts and path.parts[0] in (DATABASE, ATTACHMENTS)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
