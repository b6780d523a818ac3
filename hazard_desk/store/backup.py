"""A verified copy of a whole desk as one file, and putting it back.

The copy is a zip: ``desk.db`` taken through SQLite's own backup (a copied WAL file would lose what
is not checkpointed), the attachments, and ``manifest.json`` with the SHA-256 of each.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.store.copies.making import copy_database
from hazard_desk.store.copies.unpacking import MANIFEST, unpack
from hazard_desk.store.dbfile import DATABASE
from hazard_desk.store.files import ATTACHMENTS, sha256_of
from hazard_desk.store.saving import make_folder, put_in_place
from hazard_desk.store.troubles import troubles


def write_backup(folder: Path, to: Path) -> Path:
    """Copy the desk in ``folder`` to the zip ``to`` and verify it; return ``to``.

    The copy appears under its name only when it is whole. Raises ``Refused`` for a name that is taken
    by something else than a backup, ``Trouble`` when the disk fails or the desk is damaged.
    """
    with troubles(to):
        if to.is_dir():
            raise Refused(f"“{to}”是一个文件夹，请写明备份文件名")
        if to.exists() and not zipfile.is_zipfile(to):
            raise Refused(f"“{to}”已经存在，而且不是备份文件，请换一个文件名")
    with troubles(to), tempfile.TemporaryDirectory() as scratch:
        make_folder(to.parent)
        copy = Path(scratch) / DATABASE
        copy_database(folder / DATABASE, copy)
        members = {DATABASE: copy}
        for file in sorted((folder / ATTACHMENTS).rglob("*")):
            if file.is_file():
                members[file.relative_to(folder).as_posix()] = file
        unfinished = to.with_name(to.name + ".part")
        try:
            _pack(unfinished, members)
            unpack(unfinished, Path(scratch) / "verify")
            put_in_place(unfinished, to)
        finally:
            unfinished.unlink(missing_ok=True)
    return to


def verify_backup(copy: Path) -> None:
    """Raise ``Refused`` or ``Trouble`` unless ``copy`` is a whole and sound backup."""
    with troubles(copy), tempfile.TemporaryDirectory() as scratch:
        unpack(copy, Path(scratch))


def _pack(to: Path, members: dict[str, Path]) -> None:
    packing = zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=6, strict_timestamps=False)
    with packing as archive:
        for name, file in members.items():
            archive.write(file, name)
        hashes = {name: sha256_of(file) for name, file in members.items()}
        archive.writestr(MANIFEST, json.dumps({"format": 1, "files": hashes}, indent=1))
