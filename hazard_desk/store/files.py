"""Files kept by their content: ``attachments/ab/abcd….jpg``, where abcd… is the SHA-256.

A file stands there whole or not at all, and once however often it is added. Unfinished ones stand
in the desk's scratch folder, so that no backup ever holds half a file.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import unicodedata
from collections.abc import Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.saving import delete_file, make_folder, put_in_place
from hazard_desk.store.scratch import SCRATCH
from hazard_desk.store.troubles import troubles

ATTACHMENTS = "attachments"
LIMIT = 200 * 1024 * 1024
"""Bytes; a longer video belongs on a disk of its own, or every backup carries it."""
_KEPT_NAME = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]+)?")
_UNFINISHED = "attachment-"
UNFINISHED = ".part"
"""The suffix of a file that is being written."""

_SUFFIX = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{1,10}\Z", re.IGNORECASE | re.ASCII)
"""With a letter in it: “检查2023.5.18” has none."""
_DANGEROUS = re.compile(
    r"\.(exe|com|scr|pif|bat|cmd|msi|msp|msc|msu|msix|appx|msixbundle|appxbundle|gadget|diagcab|cpl|dll|jar"
    r"|jnlp|ps1|psm1|ps1xml|psc1|vb|vbs|vbe|js|jse|ws|wsc|wsf|wsh|sct|pyw?|hta|reg|inf|ins|isp|lnk|url|scf|rdp"
    r"|chm|iso|img|vhdx?|docm|dotm|xla|xlsm|xlsb|xltm|xlam|xll|iqy|slk|wll|ppa|pptm|potm|ppsm|ppam)"
)
_ODD_ENDING = re.compile(r"\.(?=[^.]*[a-z][^.]*\Z)", re.IGNORECASE)
"""Before what Windows takes for an ending all the same: “.library-ms”, “.application”."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_NAME_BYTES = 200
"""Linux takes 255 bytes, Windows 260 characters for the whole path."""


class FileState(StrEnum):
    """Whether a kept file is there as it was."""

    SOUND = "正常"
    MISSING = "缺失"
    WRONG_SIZE = "大小不符"


@dataclass(frozen=True)
class Kept:
    """A file taken in: its digest and its size in bytes."""

    sha256: str
    size: int


class FileStore:
    """The kept files of the desk in ``folder``, and the small pictures made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept = folder / ATTACHMENTS
        self._thumbs = folder / "thumbs"

    def path(self, sha256: str, suffix: str) -> Path:
        """Return where the file with this content and suffix stands."""
        return self._kept / sha256[:2] / f"{sha256}{suffix}"

    def keep(self, source: Path | bytes, suffix: str, dated: datetime | None = None) -> Kept:
        """Take a copy of ``source`` in, on disk when this returns; ``dated`` becomes the file's date.

        A copy already there is left as it is when sound, and mended when damaged. Raises ``Trouble``.
        """
        with troubles(self._kept), _opened(source) as stream:
            unfinished = self._unfinished()
            try:
                kept = _copy(stream, unfinished)
                if dated:
                    os.utime(unfinished, (dated.timestamp(), dated.timestamp()))
                to = self.path(kept.sha256, suffix)
                if not is_sound(to, kept.sha256):
                    make_folder(to.parent)
                    put_in_place(unfinished, to)
            finally:
                unfinished.unlink(missing_ok=True)
        return kept

    def thumb(self, sha256: str, px: int) -> bytes | None:
        """Return the small picture kept for a photo, or None when none was made yet."""
        try:
            return self._thumb(sha256, px).read_bytes() or None
        except OSError:
            return None

    def keep_thumb(self, sha256: str, px: int, content: bytes) -> None:
        """Keep a small picture. Where the disk does not take it, it is simply made anew next time."""
        with suppress(OSError):
            self._thumbs.mkdir(exist_ok=True)
            unfinished = self._unfinished()
            try:
                unfinished.write_bytes(content)
                unfinished.replace(self._thumb(sha256, px))
            finally:
                unfinished.unlink(missing_ok=True)

    def sweep(self, wanted: Set[Path]) -> int:
        """Delete the kept files that are not ``wanted`` and return how many; what is not ours stays.

        A file that another program holds open stays too, until the next time.
        """
        with troubles(self._kept):
            files = [file for file in self._kept.glob("*/*") if _KEPT_NAME.fullmatch(file.name)]
            digests = {file.name[:64] for file in wanted}
            thumbs = [file for file in self._thumbs.glob("*.jpg") if file.name[:64] not in digests]
            gone = sum(_deleted(file) for file in files if file not in wanted)
            for file in thumbs:
                _deleted(file)
        return gone

    def set_aside(self, wanted: Set[Path], to: Path) -> None:
        """Move the kept files that are not ``wanted`` into the folder ``to``: nothing is lost."""
        with troubles(to):
            for file in self._kept.glob("*/*"):
                if file not in wanted:
                    make_folder(to)
                    put_in_place(file, to / file.name)

    def _unfinished(self) -> Path:
        make_folder(self.folder / SCRATCH)
        return _unfinished(self.folder / SCRATCH)

    def _thumb(self, sha256: str, px: int) -> Path:
        return self._thumbs / f"{sha256}-{px}.jpg"


def refuse_unfit(source: Path | bytes, name: str) -> None:
    """Raise ``Refused`` naming the file when it is missing, no file, empty or larger than ``LIMIT``."""
    if isinstance(source, bytes):
        size = len(source)
    else:
        with troubles(source):
            if source.is_dir():
                raise Refused(f"“{source}”是文件夹，请选择其中的文件")
            if not source.exists():
                raise Refused(f"没有找到文件“{source}”，请检查路径")
            if not source.is_file():
                raise Refused(f"“{source}”不是普通文件，不能作为附件")
            size = source.stat().st_size
    if size == 0:
        raise Refused(f"文件“{name}”是空的，请检查后重新选择")
    if size > LIMIT:
        raise Refused(f"文件“{name}”有{size / 2**20:.0f}MB，附件最大{LIMIT // 2**20}MB，请压缩或拆分后再添加")


def file_state(path: Path, size: int) -> FileState:
    """Return whether the file is there with its size: cheap, nothing is read."""
    try:
        found = path.stat().st_size
    except OSError:
        return FileState.MISSING
    return FileState.SOUND if found == size else FileState.WRONG_SIZE


def is_sound(path: Path, sha256: str) -> bool:
    """Return whether the file is there with this content; reads all of it."""
    try:
        return sha256_of(path) == sha256
    except OSError:
        return False


def sha256_of(file: Path) -> str:
    """Return the digest of a file's content, which names it. Raises ``OSError``."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def copy_out(file: Path, sha256: str, to: Path) -> Path:
    """Copy a kept file to ``to``, or to “名称(2)” beside it when that is taken; return where it stands.

    Raises ``Trouble`` when the disk fails or the file is not as it was.
    """
    with troubles(to), file.open("rb") as stream:
        make_folder(to.parent)
        unfinished = _unfinished(to.parent)
        try:
            if _copy(stream, unfinished).sha256 != sha256:
                raise Trouble(f"附件“{to.name}”已损坏，请用备份恢复")
            date = file.stat().st_mtime
            os.utime(unfinished, (date, date))
            free = _free(to)
            put_in_place(unfinished, free)
        finally:
            unfinished.unlink(missing_ok=True)
    return free


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name in lower case (.jpg), or ''; dots at the end do not count."""
    found = _SUFFIX.search(name.rstrip(". "))
    return found.group().lower() if found else ""


def is_dangerous(suffix: str) -> bool:
    """Return whether opening a file with this suffix may run a program: never without asking."""
    return _DANGEROUS.fullmatch(suffix) is not None


def safe_name(name: str, suffix: str) -> str:
    """Return a name that Windows and Linux take, as near to ``name`` as can be, ending in ``suffix``.

    Marks that turn the direction of writing go: they make “exe” look like “jpg”. Without a ``suffix`` it ends
    in none: Windows would open “a.library-ms” without a question.
    """
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cf", "Cs"))
    stem = name.rstrip(". ")
    own = suffix_of(stem)
    if own:
        stem, own = stem[: -len(own)], stem[-len(own) :]
    if own.lower() != suffix:
        own = suffix
    if not own:
        stem = _ODD_ENDING.sub("．", stem)
    stem = _FORBIDDEN.sub("_", stem).encode()[:_NAME_BYTES].decode(errors="ignore").strip(". ") or "附件"
    return f"{'_' if _DEVICE.match(stem) else ''}{stem}{own}"


_SHORT = 40
"""Characters of a name in a folder of folders: Windows takes paths of 260."""


def short_name(text: str, suffix: str = "") -> str:
    """Return ``text`` as the short name of a folder or file that Windows takes."""
    plain = text.replace(".", "．").replace("\n", "")
    return safe_name(plain[:_SHORT] + suffix, suffix)


def _opened(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _unfinished(folder: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=_UNFINISHED, suffix=UNFINISHED, dir=folder)
    os.close(handle)
    return Path(name)


def _copy(stream: BinaryIO, to: Path) -> Kept:
    """Write all of ``stream`` into the file ``to``."""
    digest, size = hashlib.sha256(), 0
    with to.open("wb") as out:
        while block := stream.read(2**20):
            digest.update(block)
            size += out.write(block)
    return Kept(digest.hexdigest(), size)


def _free(to: Path) -> Path:
    suffix = to.name[len(to.name) - len(suffix_of(to.name)) :]
    stem = to.name.removesuffix(suffix)
    number, free = 2, to
    while free.exists():
        free = to.with_name(f"{stem}({number}){suffix}")
        number += 1
    return free


def _deleted(file: Path) -> bool:
    try:
        delete_file(file)
    except PermissionError:
        return False  # open in another program
    return True
