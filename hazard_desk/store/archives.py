"""A zip that came from elsewhere: opened and unpacked within bounds, whatever is wrong with it."""

from __future__ import annotations

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from hazard_desk.errors import Refused

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
)
"""What a zip that is damaged, or packed in an unknown way, raises."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How offices and this program pack; the others may claim gigabytes of memory for a small file."""
_ENCRYPTED = 1
_PIECE = 1 << 18

BOMB = "展开后太大，不像正常的文件，没有打开"
LOCKED = "有密码保护，请取消密码后再试"


@contextmanager
def damage_as(sentence: str) -> Iterator[None]:
    """Raise ``Refused`` with ``sentence`` for whatever a damaged zip raises in the block.

    What the disk says goes on as ``OSError``.
    """
    try:
        yield
    except _DAMAGE:
        raise Refused(sentence) from None
    except OSError as wrong:  # a seek before the file's beginning; bz2 has no number for its faults
        if wrong.errno not in (None, errno.EINVAL):
            raise
        raise Refused(sentence) from None


def is_locked(info: zipfile.ZipInfo) -> bool:
    """Return whether a member can be read with a password only."""
    return bool(info.flag_bits & _ENCRYPTED)


def pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """Yield the content of a member, whatever size it claims. ``Refused`` beyond ``most`` bytes.

    Raises what ``damage_as`` turns into a sentence.
    """
    if info.file_size > most:
        raise Refused(BOMB)
    if info.compress_type not in _METHODS:
        raise zipfile.BadZipFile(f"compression {info.compress_type}")
    left = most
    with archive.open(info) as stream:
        while piece := stream.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise Refused(BOMB)
            yield piece


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """Return the content of a member that needs no password, of ``most`` bytes at the most. ``Refused``."""
    if is_locked(info):
        raise Refused(LOCKED)
    return b"".join(pieces(archive, info, most))
