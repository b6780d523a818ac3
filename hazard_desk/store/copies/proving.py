"""Proves copies: reads back what lies in a place, mends what the desk still has, restores one on trial."""

from __future__ import annotations

import logging
import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hazard_desk.errors import Refused, Trouble
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.copies.list import Copy, with_manifest
from hazard_desk.store.copies.making import (
    NO_RECORDS,
    about_desk,
    keep_file,
    needed_by,
    read_back,
)
from hazard_desk.store.copies.unpacking import (
    FILES,
    Manifest,
    place_beside,
    read_manifest,
    unpack,
    unpack_database,
)
from hazard_desk.store.dbfile import DATABASE, plain_link
from hazard_desk.store.files import ATTACHMENTS, is_sound
from hazard_desk.store.scratch import scratch_folder
from hazard_desk.store.troubles import troubles

DAMAGED_FILE = ".damaged"
"""Put behind the name of a damaged file in a place, so that a sound one can take its place."""
_log = logging.getLogger(__name__)


class Prover:
    """Reads copies of the desk in ``folder`` back; each photo and file once, whatever copies need it."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._folder = folder
        self._now = now
        self._sound: dict[Path, bool] = {}
        with troubles(folder / DATABASE), plain_link(folder / DATABASE) as link:
            self._called = {need.name: need.called for need in needed_by(link)}

    def proved(self, copy: Copy) -> Copy:
        """Return a copy as it was found: read back just now, or with what is wrong with it.

        One behind a password is left as it was, and one whose stick is pulled out meanwhile. A photo or file
        that is damaged or missing in the place is written anew where the desk's own is sound.
        """
        if copy.locked:
            return copy
        try:
            manifest = read_manifest(copy.file)
            read_back(copy.file)
            if not manifest.version:
                manifest = self._looked_into(copy.file, manifest)
            lost = [] if manifest.inside else self._lost(copy.file, manifest)
        except (Refused, Trouble) as wrong:
            return replace(copy, proved=None, faults=(wrong.message,)) if copy.file.exists() else copy
        if lost and not copy.file.exists():
            return copy
        found = with_manifest(copy, manifest)
        return replace(found, proved=self._now, faults=(*manifest.lacks, *lost))

    def read_files(self, place: Path) -> None:
        """Read every photo and file of a place, needed or not; mend what the desk still has."""
        with troubles(place):
            for file in sorted((place / FILES).glob("*/*")):
                if file.suffix != DAMAGED_FILE:
                    self._is_sound(file, file.name[:64])

    def _looked_into(self, file: Path, manifest: Manifest) -> Manifest:
        """Return what a copy of version 0.3.0, which says nothing of itself, has in its database."""
        with scratch_folder(self._folder) as scratch:
            unpack_database(file, scratch)
            at = datetime.fromtimestamp(int(file.stat().st_mtime))
            with plain_link(scratch / DATABASE) as link:
                return replace(about_desk(link, at), files=manifest.files, inside=True, at=manifest.at)

    def _lost(self, file: Path, manifest: Manifest) -> list[str]:
        """Return a sentence for every photo or file of a copy that is not as it was in its place."""
        lost = []
        for name, digest in manifest.files.items():
            beside = place_beside(file, name, digest)
            if name != DATABASE and not self._is_sound(beside, digest):
                lost.append(f"{self._called.get(name, f'附件“{beside.name}”')}在备份里缺失或已损坏")
        return lost

    def _is_sound(self, file: Path, digest: str) -> bool:
        if file not in self._sound:
            stop_if_unwanted()
            self._sound[file] = is_sound(file, digest) or self._mended(file, digest)
        return self._sound[file]

    def _mended(self, file: Path, digest: str) -> bool:
        """Write a file of a place anew from the desk; False when it cannot be: a damaged one is put aside."""
        own = self._folder / ATTACHMENTS / digest[:2] / file.name
        with troubles(file):
            if is_sound(own, digest):
                return keep_file(own, digest, file)
            if file.exists():
                file.replace(file.with_name(file.name + DAMAGED_FILE))
        return False


def restored_on_trial(copy: Copy, folder: Path) -> list[str]:
    """Restore a copy into a scratch folder and compare it with the desk, row by row and file by file.

    Rows that were written after the copy are left out. Returns what is wrong, a sentence each. Raises
    ``Trouble`` when the disk fails.
    """
    with scratch_folder(folder) as scratch:
        try:
            unpack(copy.file, scratch)
        except (Refused, Trouble) as wrong:
            return [f"试恢复没有成功：{wrong.message}"]
        found = []
        with troubles(folder / DATABASE), plain_link(scratch / DATABASE) as link:
            wanted = [need for need in needed_by(link) if not need.removed]
        lost = [need for need in wanted if not is_sound(scratch / need.name, need.sha256)]
        if lost and not copy.faults:
            found.append(f"试恢复后少了{len(lost)}个附件：{lost[0].called}")
        with troubles(folder / DATABASE), plain_link(folder / DATABASE) as link:
            link.execute("ATTACH ? AS copy", (str(scratch / DATABASE),))
            different = _different(link, copy.act)
        if different:
            found.append(f"试恢复后有{sum(different.values())}条记录与台账不一致，请校验台账")
            _log.info("rows that differ from the copy: %s", different)
        return found


def _different(link: sqlite3.Connection, act: int) -> Mapping[str, int]:
    """Return how many rows of each table are not the same in both, of those not written after ``act``."""
    different = {}
    link.execute("BEGIN")
    for (table,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        stop_if_unwanted()
        key = "audit_id" if table == "audited" else "id"
        if table in ("audit", "audited"):
            until = f"WHERE {key} <= {act}"
            later = "SELECT NULL WHERE 0"
        elif table.startswith(NO_RECORDS) or table == "schema_migration":
            continue
        else:
            until, later = "", f"SELECT row_id FROM audited WHERE table_name = '{table}' AND audit_id > {act}"
        ours, theirs = (f'SELECT * FROM {where}."{table}" {until}' for where in ("main", "copy"))
        (count,) = link.execute(
            f"SELECT count(DISTINCT {key}) FROM (SELECT * FROM ({ours} EXCEPT {theirs})"
            f" UNION ALL SELECT * FROM ({theirs} EXCEPT {ours})) WHERE {key} NOT IN ({later})"
        ).fetchone()
        if count:
            different[table] = count
    link.rollback()
    return different


def verify_copy(copy: Path, password: str = "", other: Path | None = None, incomplete: bool = False) -> None:
    """Raise ``Refused`` or ``Trouble`` unless ``copy`` is sound and can be put back; see ``unpack``."""
    with troubles(copy), tempfile.TemporaryDirectory() as scratch:
        unpack(copy, Path(scratch), password, other, incomplete)
