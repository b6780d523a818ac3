"""Packs the database of a copy in blocks, each by itself: what the copy before holds packed is taken over.

From one day to the next few blocks of a database change, and packing is most of the work of a copy. The
member is an ordinary deflated one all the same, whole in each copy: a block ends on a whole byte and refers
to nothing before it, so it may stand in any stream. Where the blocks end a further member tells, ``BLOCKS``;
whoever does not know that one reads the copy without it.
"""

from __future__ import annotations

import logging
import struct
import sys
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from hazard_desk.errors import Refused
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.archives import damage_as, unpacked
from hazard_desk.store.dbfile import DATABASE

BLOCKS = f"{DATABASE}.blocks"
"""The member that tells of each block its CRC-32 and its packed size, four bytes each, little end first."""
_BLOCK = 1 << 16
_MOST = _BLOCK + 1024
"""Bytes of a packed block, of what cannot be packed too."""
_MOST_TOLD = 1 << 24
_LOCAL = struct.Struct("<26xHH")
"""What stands before a member: its last two numbers are the sizes of its name and of what follows that."""
_LAST = b"\x03\x00"
"""An empty block that ends a deflated stream."""
_log = logging.getLogger(__name__)


class Packed:
    """The blocks of a copy that was made before; none where it has none or cannot be read."""

    def __init__(self, stream: BinaryIO, start: int, sums: array[int], sizes: array[int]) -> None:
        self._stream = stream
        self._sums, self._sizes = sums, sizes
        self._starts = list(accumulate(sizes, initial=start))

    def block(self, at: int, summed: int) -> bytes:
        """Return the packed block at this place where it has this CRC-32, else b''."""
        if at >= len(self._sizes) or self._sums[at] != summed or self._sizes[at] > _MOST:
            return b""
        self._stream.seek(self._starts[at])
        return self._stream.read(self._sizes[at])


@contextmanager
def packed_in(copy: Path | None) -> Iterator[Packed | None]:
    """Open the blocks of a copy for the block; None where it has none."""
    if copy is None:
        yield None
        return
    try:
        stream = copy.open("rb")
    except OSError as error:
        _log.info("the copy before cannot be read: %s", error)
        yield None
        return
    with stream:
        try:
            found = _packed_in(stream)
        except (Refused, OSError) as error:
            _log.info("nothing is taken over from %s: %s", copy, error)
            found = None
        yield found


def _packed_in(stream: BinaryIO) -> Packed:
    """Raises ``Refused`` for what has no blocks, ``OSError``."""
    with damage_as("no blocks"), zipfile.ZipFile(stream) as archive:
        if BLOCKS not in archive.NameToInfo:
            raise Refused("no blocks")
        told = array("I", unpacked(archive, archive.getinfo(BLOCKS), _MOST_TOLD))
        member = archive.getinfo(DATABASE)
        stream.seek(member.header_offset)
        start = member.header_offset + _LOCAL.size + sum(_LOCAL.unpack(stream.read(_LOCAL.size)))
    if sys.byteorder != "little":
        told.byteswap()
    return Packed(stream, start, told[::2], told[1::2])


class _Packer:
    """Stands where zipfile has its compressor: each piece that it is given is a block."""

    def __init__(self, before: Packed | None) -> None:
        self._before = before
        self.told = array("I")

    def compress(self, block: bytes) -> bytes:
        summed = zlib.crc32(block)
        packed = self._before.block(len(self.told) // 2, summed) if self._before else b""
        if not packed:
            alone = zlib.compressobj(wbits=-zlib.MAX_WBITS)
            packed = alone.compress(block) + alone.flush(zlib.Z_SYNC_FLUSH)
        self.told.extend((summed, len(packed)))
        return packed

    def flush(self) -> bytes:
        return _LAST


def pack_database(archive: zipfile.ZipFile, database: Path, before: Packed | None) -> None:
    """Put a database into a copy, in blocks; of those that ``before`` has packed none is packed again."""
    packer = _Packer(before)
    with database.open("rb") as stream, archive.open(DATABASE, "w", force_zip64=True) as out:
        vars(out)["_compressor"] = packer  # zipfile has no door for what is packed already
        while block := stream.read(_BLOCK):
            stop_if_unwanted()
            out.write(block)
    if sys.byteorder != "little":
        packer.told.byteswap()
    archive.writestr(BLOCKS, packer.told.tobytes())
