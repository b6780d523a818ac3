"""Pictures kept as the files they are (several pages, moving, cut off, enormous), without anything beside.

Not a dot of the picture changes: the parts of the file are gone through, and those that draw it are kept.
Where it was taken, by which camera, thumbnails, second pictures and comments are not among them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from itertools import accumulate

_SCAN, _END = 0xDA, 0xD9
_MOST_PAGES = 2_000

_PNG_DRAWS = b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
_WEBP_DRAWS = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF")
_WEBP_NOTES = 0x20 | 0x08 | 0x04
"""The flags in VP8X that tell of a profile, of EXIF and of XMP."""
_GIF_REPEATS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")

_TIFF_DRAWS = {*range(254, 260), 262, 263, 266, 274, *range(277, 285), *range(290, 294), 296, 297, 301, 306}
_TIFF_DRAWS |= {*range(317, 323), 332, 334, *range(338, 342), 347, *range(529, 533)}
"""Tags that say how a page is drawn, which it is and when it was made."""
_TIFF_DATA = {273: 279, 324: 325}
"""Where the pieces of a page lie (strips, tiles), and how long they are."""
_TIFF_KEPT = _TIFF_DRAWS | _TIFF_DATA.keys() | set(_TIFF_DATA.values())
_COMPRESSION, _JPEG_INSIDE = 259, 7
_TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}

Entries = dict[int, tuple[int, bytes]]
"""The tags of a page: type and value."""


def without_notes(content: bytes) -> bytes | None:
    """Return a JPEG, PNG, WebP, GIF or TIFF with nothing in it but the picture.

    None for another file, and for one in which there is no picture or whose parts make no sense.
    """
    for sign, strip in _KINDS.items():
        if content.startswith(sign):
            try:
                return strip(content)
            except (struct.error, LookupError, ValueError):
                return None
    return None


def _jpeg(content: bytes) -> bytes:
    """Without its application parts and comments, and without what stands behind its end."""
    out, at, scans = bytearray(content[:2]), 2, 0
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            break
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + max(length, 2)
        if marker == _SCAN:
            end = _end_of_scan(content, end)
            scans += 1
        if marker < 0xE0 or (marker == 0xEE and content[at + 4 : at + 9] == b"Adobe"):
            out += content[at:end]
        at = end
    _refuse_none(scans > 0)
    return bytes(out) + bytes((0xFF, _END))


def _refuse_none(there: bool) -> None:
    if not there:
        raise ValueError("no picture in it")


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next marker stands; bytes that look like one are followed by 0, restarts are none."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
    return len(content)


def _png(content: bytes) -> bytes:
    out, at = bytearray(content[:8]), 8
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind in _PNG_DRAWS:
            out += content[at : at + 12 + length]
        at += 12 + length
        if kind == b"IEND":
            break
    _refuse_none(b"IHDR" in out[:16] and b"IDAT" in out)
    return bytes(out)


def _webp(content: bytes) -> bytes:
    if content[8:12] != b"WEBP":
        raise ValueError("another RIFF")
    chunks = bytearray()
    for kind, data in _riff(content, 12):
        if kind == b"VP8X":
            chunks += _chunk(kind, bytes((data[0] & ~_WEBP_NOTES,)) + data[1:])
        elif kind == b"ANMF":
            chunks += _chunk(kind, data[:16] + b"".join(_chunk(*inner) for inner in _riff(data, 16)))
        else:
            chunks += _chunk(kind, data)
    _refuse_none(bool(chunks))
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + bytes(chunks)


def _riff(content: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    while at + 8 <= len(content):
        kind, length = struct.unpack_from("<4sI", content, at)
        if kind in _WEBP_DRAWS:
            yield kind, content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _gif(content: bytes) -> bytes:
    at, images = 13 + _colours(content[10]), 0
    out = bytearray(content[:at])
    while at < len(content) and content[at] != 0x3B:
        begins, mark = at, content[at : at + 2]
        if mark[0] == 0x2C:
            at = _end_of_blocks(content, at + 11 + _colours(content[at + 9]))
            kept = True
            images += 1
        elif mark[0] == 0x21:
            at = _end_of_blocks(content, at + 2)
            kept = mark[1] == 0xF9 or (mark[1] == 0xFF and content[begins + 3 : begins + 14] in _GIF_REPEATS)
        else:
            raise ValueError("no block")
        if kept:
            out += content[begins:at]
    _refuse_none(images > 0)
    return bytes(out) + b"\x3b"


def _colours(flags: int) -> int:
    """Return the bytes of the table of colours that these flags tell of."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(content: bytes, at: int) -> int:
    while at < len(content) and content[at]:
        at += content[at] + 1
    return at + 1


def _tiff(content: bytes) -> bytes:
    """Page after page anew: its tags that draw, and its strips or tiles. Nothing else is copied."""
    order = "<" if content[:2] == b"II" else ">"
    out, link_at = bytearray(content[:4] + bytes(4)), 4
    (at,) = struct.unpack_from(f"{order}I", content, 4)
    seen: set[int] = set()
    while at:
        if at in seen or len(seen) >= _MOST_PAGES:
            raise ValueError("pages without end")
        seen.add(at)
        entries, after = _entries(content, at, order)
        struct.pack_into(f"{order}I", out, link_at, len(out))
        link_at = _put_page(out, content, entries, order)
        at = after
    _refuse_none(bool(seen))
    return bytes(out)


def _entries(content: bytes, at: int, order: str) -> tuple[Entries, int]:
    """Return the tags of the page at ``at`` that draw it, and where the next page is told."""
    (count,) = struct.unpack_from(f"{order}H", content, at)
    entries: Entries = {}
    for place in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, length = struct.unpack_from(f"{order}HHI", content, place)
        size = _TYPE_SIZES.get(kind, 0) * length
        if tag not in _TIFF_KEPT or not size:
            continue
        (begins,) = struct.unpack_from(f"{order}I", content, place + 8) if size > 4 else (place + 8,)
        if begins + size > len(content):
            raise ValueError("a value outside of the file")
        entries[tag] = (kind, content[begins : begins + size])
    (after,) = struct.unpack_from(f"{order}I", content, at + 2 + 12 * count)
    return entries, after


def _put_page(out: bytearray, content: bytes, entries: Entries, order: str) -> int:
    """Write a page behind ``out``; return where the place of the next page is to be written."""
    begins = len(out)
    _refuse_none(not entries.keys().isdisjoint(_TIFF_DATA))
    out += bytes(2 + 12 * len(entries) + 4)
    jpeg = _numbers(entries.get(_COMPRESSION), order) == [_JPEG_INSIDE]
    for places, lengths in _TIFF_DATA.items():
        if places in entries:
            pieces = zip(_numbers(entries[places], order), _numbers(entries[lengths], order), strict=True)
            blocks = [content[place : place + length] for place, length in pieces]
            if jpeg:
                blocks = [_jpeg(block) for block in blocks]
            starts = list(accumulate(map(len, blocks[:-1]), initial=len(out)))
            out += b"".join(blocks)
            if len(out) > 2 * len(content):
                raise ValueError("the same pieces again and again")
            entries[places] = _longs(starts, order)
            entries[lengths] = _longs([len(block) for block in blocks], order)
    struct.pack_into(f"{order}H", out, begins, len(entries))
    for number, (tag, (kind, value)) in enumerate(sorted(entries.items())):
        place = begins + 2 + 12 * number
        struct.pack_into(f"{order}HHI", out, place, tag, kind, len(value) // _TYPE_SIZES[kind])
        if len(value) <= 4:
            out[place + 8 : place + 12] = value.ljust(4, b"\0")
        else:
            out += bytes(len(out) % 2)
            struct.pack_into(f"{order}I", out, place + 8, len(out))
            out += value
    out += bytes(len(out) % 2)
    return begins + 2 + 12 * len(entries)


def _numbers(entry: tuple[int, bytes] | None, order: str) -> list[int]:
    if entry is None:
        return []
    kind, value = entry
    return list(struct.unpack(f"{order}{len(value) // _TYPE_SIZES[kind]}{'H' if kind == 3 else 'I'}", value))


def _longs(numbers: list[int], order: str) -> tuple[int, bytes]:
    return 4, struct.pack(f"{order}{len(numbers)}I", *numbers)


_KINDS: dict[bytes, Callable[[bytes], bytes]] = {
    b"\xff\xd8\xff": _jpeg,
    b"\x89PNG\r\n\x1a\n": _png,
    b"RIFF": _webp,
    b"GIF8": _gif,
    b"II*\0": _tiff,
    b"MM\0*": _tiff,
}
