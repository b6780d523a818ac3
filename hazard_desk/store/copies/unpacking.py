"""A copy of a desk, looked through and unpacked: what it says of itself, and every file compared with that.

A copy comes from a stick or a mail: it may be damaged, made to fill the disk, or made to do harm. Only what
its manifest names is unpacked, under the names that a desk has, and its database must be made of nothing
but what the migrations make.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import stat
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hazard_desk.errors import Refused, Trouble
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.archives import damage_as, is_locked, pieces
from hazard_desk.store.copies.places import HOME_FOLDER
from hazard_desk.store.copies.schema import strange_parts
from hazard_desk.store.dbfile import DATABASE, database_faults, inspect
from hazard_desk.store.files import ATTACHMENTS, is_sound, suffix_of
from hazard_desk.store.troubles import troubles

MANIFEST = "manifest.json"
FILES = "files"
"""The folder beside the copies that keeps photos and files, once each."""
FORMAT = 2
"""The newest format of a copy; 1 is that of version 0.3.0."""
_MOST_MANIFEST = 16 << 20
"""Bytes: a hundred thousand files."""
_MOST_TIMES, _ALWAYS = 50, 1 << 30
"""A copy may unpack to so many times its size, and to so many bytes besides: databases pack well too."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNFIT = re.compile(r"[\\:\x00-\x1f]")
"""What is more than a name to Windows."""


@dataclass(frozen=True)
class Manifest:
    """What a copy says of itself; ``manifest.json`` has the same keys. Format 1 has but its files."""

    format: int
    files: Mapping[str, str]
    """Every file of the desk, the database too: its name in the desk's folder and its SHA-256."""
    desk_id: str = ""
    office: str = ""
    at: str = ""
    """When it was made, in ISO format."""
    version: int = 0
    """Number of the newest migration in it."""
    act: int = 0
    """The highest id of an act in it."""
    head: str = ""
    """The hash of that act."""
    records: int = 0
    inside: bool = True
    """Whether photos and files are in the copy itself; else they stand beside it in ``files/``."""
    lacks: list[str] = field(default_factory=list)
    """What is broken or missing in the desk, a Chinese sentence each."""
    informants: list[str] = field(default_factory=list)
    """The random ids of the informants who stand sealed in it."""


def read_manifest(file: Path, password: str = "") -> Manifest:
    """Return what a copy says of itself, looked through but not unpacked.

    Raises ``Refused`` for what is no copy or wants a password (its ``field`` is then ``password``),
    ``Trouble`` when the disk fails or the copy was made by a newer program.
    """
    with opened(file, password) as (_, manifest):
        return manifest


def unpack_database(file: Path, into: Path, password: str = "") -> Manifest:
    """Unpack the database alone into the folder ``into``, as ``desk.db``, and check it; see ``unpack``."""
    with opened(file, password) as (archive, manifest):
        _extract(archive, manifest, [DATABASE], into)
    _check_database(file, into / DATABASE)
    return manifest


class Incomplete(Trouble):
    """Photos or files of a copy are missing or damaged, and found nowhere else; all else can be restored."""

    def __init__(self, copy: Path, lost: Sequence[Path]) -> None:
        super().__init__(
            f"备份“{copy}”缺少{len(lost)}个附件或附件已损坏（{lost[0]}），其余内容完好，请换用另一份备份"
        )
        self.question = (
            f"备份“{copy.name}”缺少{len(lost)}个附件，或附件已损坏，其余内容完好。\n"
            "有更好的备份，请换用那一份。仍要恢复其余内容吗？"
        )


def unpack(
    file: Path, into: Path, password: str = "", other: Path | None = None, incomplete: bool = False
) -> Manifest:
    """Unpack a copy whole into the folder ``into``: the database and every photo and file of the desk.

    A photo or file that is missing or damaged beside the copy is taken from the desk in ``other`` or its
    first place of copies; where it is not there either, ``incomplete`` goes on without it.
    Each is compared with its SHA-256, the database is checked. Nothing is flushed to the disk. Raises
    ``Refused`` for what is no copy, a password that is missing or wrong (``field`` is then ``password``)
    and a copy made to do harm; ``Trouble`` when the copy is damaged or the disk fails, ``Incomplete``.
    """
    with opened(file, password) as (archive, manifest):
        _extract(archive, manifest, manifest.files if manifest.inside else [DATABASE], into)
    if not manifest.inside:
        lost = _fetch(file, manifest, into, other)
        if lost and not incomplete:
            raise Incomplete(file, lost)
    _check_database(file, into / DATABASE)
    return manifest


def place_beside(copy: Path, name: str, sha256: str) -> Path:
    """Return where the file ``name`` of a desk stands beside its ``copy``: ``files/ab/abcd….jpg``."""
    return copy.parent.joinpath(FILES, sha256[:2], f"{sha256}{suffix_of(name)}")


@contextmanager
def opened(file: Path, password: str) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a copy and look at all its names and sizes; nothing is unpacked yet but the manifest."""
    not_ours = f"“{file}”不是隐患工作台的备份文件，或已损坏"
    with troubles(file), damage_as(not_ours), _archive(file, password) as archive:
        members = archive.infolist()
        twice = [name for name, count in Counter(one.filename for one in members).items() if count > 1]
        if twice or MANIFEST not in archive.NameToInfo:
            raise Refused(not_ours)
        told = archive.getinfo(MANIFEST)
        if told.file_size > _MOST_MANIFEST:
            raise Refused(not_ours)
        manifest = _manifest(file, b"".join(pieces(archive, told, _MOST_MANIFEST)))
        wanted = manifest.files if manifest.inside else [DATABASE]
        missing = [name for name in wanted if name not in archive.NameToInfo]
        if missing:
            raise Trouble(f"备份文件“{file}”中缺少“{missing[0]}”，请换用另一份备份")
        if any(stat.S_ISLNK(archive.getinfo(name).external_attr >> 16) for name in wanted):
            raise Refused(not_ours)
        total = sum(archive.getinfo(name).file_size for name in wanted)
        if total > _ALWAYS + _MOST_TIMES * file.stat().st_size:
            raise Refused(f"“{file}”展开后太大，不像正常的备份文件，没有打开")
        yield archive, manifest


@contextmanager
def _archive(file: Path, password: str) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(file) as archive:
        if not any(map(is_locked, archive.infolist())):
            yield archive
            return
    if not password:
        raise Refused(f"备份文件“{file}”有密码保护，请输入密码", "password")
    import pyzipper  # only needed for a copy behind a password

    with pyzipper.AESZipFile(file) as locked:
        locked.setpassword(password.encode())
        try:
            locked.open(MANIFEST).close()
        except KeyError:
            pass
        except RuntimeError:
            raise Refused(f"打开备份文件“{file}”的密码不对，请重新输入", "password") from None
        try:
            yield locked
        except pyzipper.BadZipFile as wrong:  # an error of its own making
            raise zipfile.BadZipFile(str(wrong)) from None


def _manifest(file: Path, said: bytes) -> Manifest:
    """Return the manifest with this text. ``Refused`` and ``Trouble`` as ``read_manifest`` says."""
    not_ours = Refused(f"“{file}”不是隐患工作台的备份文件")
    told = json.loads(said)
    if not isinstance(told, dict):
        raise not_ours
    told.setdefault("format", 1)
    if type(told["format"]) is not int or told["format"] < 1:
        raise not_ours
    if told["format"] > FORMAT:
        raise Trouble(f"“{file}”由更新版本的隐患工作台制作，请先升级程序")
    kinds = {name: type(value) for name, value in vars(Manifest(1, {})).items()}
    given = {name: value for name, value in told.items() if name in kinds}
    if any(type(value) is not kinds[name] for name, value in given.items()):
        raise not_ours
    files = given.get("files", {})
    if DATABASE not in files or not _are_ours(files):
        raise not_ours
    return Manifest(**given)


def _are_ours(files: dict[str, str]) -> bool:
    """Whether all are names and digests of a desk's files, each its own also where case does not count."""
    names = [name for name in files if name != DATABASE]
    return (
        all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in files.values())
        and all(name.startswith(f"{ATTACHMENTS}/") and not _UNFIT.search(name) for name in names)
        and all(part not in ("", "..", ".") for name in names for part in name.split("/"))
        and len({name.casefold() for name in names}) == len(names)
    )


def _extract(archive: zipfile.ZipFile, manifest: Manifest, names: Iterable[str], into: Path) -> None:
    infos = [archive.getinfo(name) for name in names]
    with troubles(into):
        into.mkdir(parents=True, exist_ok=True)
        needed, free = sum(info.file_size for info in infos), shutil.disk_usage(into).free
        if needed > free:
            short = f"需要{_megabytes(needed)}，只剩{_megabytes(free)}"
            raise Trouble(f"“{into}”所在磁盘已满：{short}，请清理后再试")
        for info in infos:
            to = into / info.filename
            to.parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256()
            with to.open("wb") as out:
                for piece in pieces(archive, info, info.file_size):
                    digest.update(piece)
                    out.write(piece)
            if digest.hexdigest() != manifest.files[info.filename]:
                raise _damaged(Path(archive.filename or ""), info.filename)


def _fetch(file: Path, manifest: Manifest, into: Path, other: Path | None) -> list[Path]:
    """Take in the photos and files that stand beside the copy; return those that are nowhere sound."""
    lost = []
    for name, digest in manifest.files.items():
        if name == DATABASE:
            continue
        stop_if_unwanted()
        kept = place_beside(file, name, digest)
        sources = [kept]
        if other:
            sources += [other / name, place_beside(other / HOME_FOLDER / file.name, name, digest)]
        if not any(_taken(source, digest, into / name) for source in sources):
            lost.append(kept)
    return lost


def _taken(source: Path, digest: str, to: Path) -> bool:
    """Copy a photo or file; False, and nothing stays, when it is missing or not as it was."""
    with troubles(source):
        if not source.is_file():
            return False
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, to)
        if is_sound(to, digest):
            return True
        to.unlink()
    return False


def _check_database(copy: Path, database: Path) -> None:
    """Raise ``Refused`` or ``Trouble``, naming the copy, unless its database is a sound one of ours."""
    try:
        version = inspect(database)
        strange = strange_parts(database, version)
        found = [] if strange else database_faults(database)
    except Trouble as wrong:  # name the copy, not where it was unpacked
        raise Trouble(wrong.message.replace(str(database), str(copy))) from wrong
    if strange:
        raise Refused(f"“{copy}”的数据库里有不属于隐患工作台的内容（{strange[0][:40]}），没有打开")
    if found:
        raise Trouble(f"备份文件“{copy}”中的数据库校验未通过（{found[0]}），请换用另一份备份")


def _damaged(copy: Path, name: str) -> Trouble:
    return Trouble(f"备份文件“{copy}”中的“{name}”已损坏，请换用另一份备份")


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f}MB"
