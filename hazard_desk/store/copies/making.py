"""Makes a copy of a desk: into a place of copies, or as one file to carry away.

A place keeps ``desk-….zip`` (the database and its manifest) and every photo and file once, by its SHA-256,
in ``files/``: a daily copy writes only what is new. All is written beside, flushed, read back and compared,
and only then gets its name: what fails leaves what was there.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hazard_desk.errors import Refused, Trouble
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.archives import pieces
from hazard_desk.store.copies.list import Copy, with_manifest
from hazard_desk.store.copies.packing import pack_database, packed_in
from hazard_desk.store.copies.schema import schema_faults
from hazard_desk.store.copies.unpacking import FILES, FORMAT, MANIFEST, Manifest, opened, place_beside
from hazard_desk.store.dbfile import DATABASE, database_faults, plain_link
from hazard_desk.store.files import ATTACHMENTS, UNFINISHED, FileState, file_state, is_sound, sha256_of
from hazard_desk.store.saving import (
    delete_file,
    flush_folder,
    flushed,
    make_folder,
    put_in_place,
    rename_file,
)
from hazard_desk.store.scratch import scratch_folder
from hazard_desk.store.seal.standing import standing_in
from hazard_desk.store.troubles import troubles

_PAGES = 2000
"""Pages of the database that are copied before it is asked again whether the copy is wanted."""
_PACKED = re.compile(r"\.(jpe?g|jfif|png|webp|gif|hei[cf]|mp[34]|mov|docx|xlsx|pptx|zip|rar|7z)")
"""Kinds of files that are compressed already: deflating them costs time and gains nothing."""
MISSING, DAMAGED = "的文件缺失", "的文件已损坏（与添加时不一致）"
_NOT_RECORDS = ("audit", "audited", "schema_migration", "setting", "saved_view", "sheet_mapping")
NO_RECORDS = ("search_", "sqlite_")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Needed:
    """A photo or file that belongs to the desk."""

    name: str
    """Its name in the desk's folder."""
    sha256: str
    size: int
    called: str
    """What the clerk calls it."""
    removed: bool
    """Whether it was taken off its record: it need not be there."""


@dataclass(frozen=True)
class Snapshot:
    """The desk at one moment: its database, copied into a scratch folder and checked, and its files."""

    desk: Path
    database: Path
    about: Manifest
    """With no file yet but the database."""
    files: tuple[Needed, ...]
    broken: dict[str, str]
    """The files of the desk that are missing or damaged, as far as was looked: name to 缺失 or 已损坏."""


@contextmanager
def snapshot(desk: Path, at: datetime, thorough: bool) -> Iterator[Snapshot]:
    """Take a snapshot of the desk in this folder, for the block; acts may go on meanwhile.

    ``thorough`` reads every photo and file and compares it with its SHA-256; else only sizes are looked at.
    Raises ``Trouble`` when the disk fails or the database is damaged.
    """
    with troubles(desk / DATABASE), scratch_folder(desk) as scratch:
        database = scratch / DATABASE
        copy_database(desk / DATABASE, database)
        if found := database_faults(database) or schema_faults(database):
            raise Trouble(f"台账“{desk / DATABASE}”校验未通过（{found[0]}），没有备份；原有的备份都没有改动")
        with plain_link(database) as link:
            about, files = about_desk(link, at), tuple(needed_by(link))
        broken = {need.name: state for need in files if (state := _broken(desk / need.name, need, thorough))}
        about = replace(about, files={DATABASE: sha256_of(database)})
        yield Snapshot(desk, database, about, files, broken)


def copy_database(file: Path, to: Path) -> None:
    """Copy a database as it is at one moment, the write-ahead log with it. Raises ``sqlite3.Error``."""
    with plain_link(file) as source, closing(sqlite3.connect(to)) as target:
        source.execute("BEGIN")
        source.execute("SELECT 1 FROM sqlite_master").fetchone()  # from here on it stands still
        source.backup(target, pages=_PAGES, progress=lambda *_: stop_if_unwanted())
        source.rollback()


def about_desk(link: sqlite3.Connection, at: datetime) -> Manifest:
    """Return what a copy says of the database behind ``link``, without its files."""
    (version,) = link.execute("PRAGMA user_version").fetchone()
    settings: dict[str, str] = dict(link.execute("SELECT name, value FROM setting"))
    (act,) = link.execute("SELECT coalesce(max(id), 0) FROM audit").fetchone()
    return Manifest(
        FORMAT,
        {},
        desk_id=settings.get("desk_id", ""),
        office=settings.get("office", ""),
        at=at.isoformat(),
        version=version,
        act=act,
        head=hash_of(link, act),
        records=sum(_counts(link)),
        inside=False,
        informants=standing_in(link),
    )


def hash_of(link: sqlite3.Connection, act: int) -> str:
    """Return the hash of an act in the chain; '' when there is no such act, or none in a desk that old."""
    if "hash" not in {row[1] for row in link.execute("PRAGMA table_info(audit)")}:
        return ""
    found = link.execute("SELECT hash FROM audit WHERE id = ?", (act,)).fetchone()
    return str(found[0]) if found else ""


def make_in(place: Path, shot: Snapshot, before: Path | None = None) -> Copy:
    """Make a copy in a place and return it, read back. What the place has in ``files/`` is not written again.

    What of the database has not changed since the copy ``before`` is not packed again. What is broken or
    missing in the desk is named in ``faults``. Raises ``Trouble``; what was there stays.
    """
    with troubles(place):
        make_folder(place)
        _clear(place)
        at = datetime.fromisoformat(shot.about.at)
        to = place / f"desk-{at:%Y%m%d-%H%M%S}.zip"
        held, lacks = _keep_files(to, shot)
        about = replace(shot.about, files={**shot.about.files, **held}, lacks=lacks)
        try:
            _write(to, shot, about, before)
        except (Refused, Trouble) as wrong:
            if before is None:
                raise
            _log.info("what %s holds packed was of no use: %s", before, wrong)
            _write(to, shot, about, None)
        size = to.stat().st_size + sum(need.size for need in shot.files if need.name in held)
    return with_manifest(Copy(at, to, place, size=size, proved=at), about)


def _write(to: Path, shot: Snapshot, about: Manifest, before: Path | None) -> None:
    """Write a copy whose files stand beside it, and read it back."""
    with _beside(to) as unfinished:
        with _archive(unfinished, "") as archive, packed_in(before) as packed:
            pack_database(archive, shot.database, packed)
            archive.writestr(MANIFEST, _told(about))
        read_back(unfinished)


def make_portable(to: Path, shot: Snapshot, password: str = "") -> Copy:
    """Make a copy as one file with photos and files inside, behind a password where one is given.

    Raises ``Refused`` for a name that is taken by something else than a copy, ``Trouble``.
    """
    with troubles(to):
        if to.is_dir():
            raise Refused(f"“{to}”是一个文件夹，请写明备份文件名")
        if to.exists() and not zipfile.is_zipfile(to):
            raise Refused(f"“{to}”已经存在，而且不是备份文件，请换一个文件名")
        make_folder(to.parent)
        held = {need.name: need.sha256 for need in shot.files if need.name not in shot.broken}
        lost = [need for need in shot.files if not need.removed and need.name in shot.broken]
        lacks = [f"{need.called}{shot.broken[need.name]}" for need in lost]
        about = replace(shot.about, files={**shot.about.files, **held}, inside=True, lacks=lacks)
        with _beside(to) as unfinished:
            with _archive(unfinished, password) as archive:
                _put_in(archive, shot.database)
                archive.writestr(MANIFEST, _told(about))
                for name in held:
                    stop_if_unwanted()
                    packing = (
                        zipfile.ZIP_STORED if _PACKED.fullmatch(Path(name).suffix) else zipfile.ZIP_DEFLATED
                    )
                    archive.write(shot.desk / name, name, packing)
            read_back(unfinished, password)
        size = to.stat().st_size
    at = datetime.fromisoformat(about.at)
    return with_manifest(Copy(at, to, to.parent, size=size, proved=at, locked=bool(password)), about)


def read_back(file: Path, password: str = "") -> None:
    """Read all that is in a copy and compare it with its manifest. Raises ``Trouble`` naming what differs.

    Photos and files that stand beside it are not looked at. Raises ``Refused`` for what is no copy.
    """
    with opened(file, password) as (archive, manifest):
        for name in manifest.files if manifest.inside else (DATABASE,):
            digest = hashlib.sha256()
            for piece in pieces(archive, archive.getinfo(name), archive.getinfo(name).file_size):
                stop_if_unwanted()
                digest.update(piece)
            if digest.hexdigest() != manifest.files[name]:
                raise Trouble(f"备份“{file}”中的“{name}”与写入的不一致，请换一个U盘或磁盘再备份")


def _keep_files(copy: Path, shot: Snapshot) -> tuple[dict[str, str], list[str]]:
    """Bring the desk's files into the place of a copy; return those that are there, and what the desk lacks.

    What the place has with its size is trusted until it is next proved.
    """
    held, lacks, fresh = {}, [], set()
    for need in shot.files:
        stop_if_unwanted()
        to, state = place_beside(copy, need.name, need.sha256), shot.broken.get(need.name, "")
        if file_state(to, need.size) is FileState.SOUND:
            held[need.name] = need.sha256
            state = state and f"{state}，备份里的是完好的"
        elif not state and keep_file(shot.desk / need.name, need.sha256, to):
            held[need.name] = need.sha256
            fresh.add(to.parent)
        else:
            state = state or DAMAGED
        if state and not need.removed:
            lacks.append(f"{need.called}{state}")
    for folder in fresh:
        flush_folder(folder)
    return held, lacks


def keep_file(source: Path, sha256: str, to: Path) -> bool:
    """Write a photo or file through to its place and read it back; False when the source is not sound.

    Raises ``Trouble`` when the place does not give back what was written, ``OSError``.
    """
    make_folder(to.parent)
    unfinished = to.with_name(to.name + UNFINISHED)
    try:
        with source.open("rb") as stream, unfinished.open("wb") as out:
            shutil.copyfileobj(stream, out, 2**20)
        flushed(unfinished)
        if not is_sound(unfinished, sha256):
            if is_sound(source, sha256):
                raise Trouble(f"写入“{to}”后读回的内容不一致，请换一个U盘或磁盘再备份")
            return False
        rename_file(unfinished, to)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return True


def _broken(file: Path, need: Needed, thorough: bool) -> str:
    """Return what is wrong with a file of the desk: 缺失, 已损坏 or ''."""
    stop_if_unwanted()
    state = file_state(file, need.size)
    if state is FileState.MISSING:
        return MISSING
    return DAMAGED if state is not FileState.SOUND or (thorough and not is_sound(file, need.sha256)) else ""


@contextmanager
def _beside(to: Path) -> Iterator[Path]:
    """A file beside ``to`` that is flushed and gets its name after the block; gone when the block fails."""
    unfinished = to.with_name(to.name + UNFINISHED)
    try:
        yield unfinished
        put_in_place(unfinished, to)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _put_in(archive: zipfile.ZipFile, database: Path) -> None:
    """Put the database into a copy that is one file."""
    with database.open("rb") as stream, archive.open(DATABASE, "w", force_zip64=True) as out:
        while piece := stream.read(2**20):
            stop_if_unwanted()
            out.write(piece)


def _told(about: Manifest) -> str:
    return json.dumps(vars(about), ensure_ascii=False, indent=1)


def _archive(to: Path, password: str) -> zipfile.ZipFile:
    if not password:
        return zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False)
    import pyzipper  # only needed for a copy behind a password

    locked: zipfile.ZipFile = pyzipper.AESZipFile(
        to, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False, encryption=pyzipper.WZ_AES
    )
    locked.setpassword(password.encode())
    return locked


def needed_by(link: sqlite3.Connection) -> Iterator[Needed]:
    """Yield the files that the database names, each once; none in a desk too old to have any."""
    if not link.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachment'").fetchone():
        return
    names = set()
    rows = link.execute(
        "SELECT sha256, suffix, size, name, label, removed_at FROM attachment"
        " ORDER BY removed_at IS NOT NULL, id"
    )
    for sha256, suffix, size, name, label, removed_at in rows:
        at = f"{ATTACHMENTS}/{sha256[:2]}/{sha256}{suffix}"
        if at not in names:
            names.add(at)
            yield Needed(at, sha256, size, f"附件“{name}”（{label}）", removed_at is not None)


def _counts(link: sqlite3.Connection) -> Iterator[int]:
    """Yield how many rows each book has."""
    tables = [name for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table not in _NOT_RECORDS and not table.startswith(NO_RECORDS):
            yield link.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]


def _clear(place: Path) -> None:
    """Delete what a copy that was killed left in a place."""
    for file in (*place.glob(f"*{UNFINISHED}"), *(place / FILES).glob(f"*/*{UNFINISHED}")):
        delete_file(file)
