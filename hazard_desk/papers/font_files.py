"""The fonts of this computer, by family name, as far as a PDF can embed them.

Only the heads of the files are read: the table directory and the names. A font counts when it has
TrueType outlines (reportlab embeds no others), is not variable (only its thinnest weight would
print) and its licence allows embedding.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BufferedReader
from pathlib import Path

_FAMILY, _FULL_NAME = 1, 4
_WINDOWS = 3
_FS_TYPE, _FS_SELECTION = 8, 62
"""Where the OS/2 table tells of the licence and of the style."""
_RESTRICTED, _NO_SUBSETS = 0x0002, 0x0300
"""Licences that reportlab refuses: no embedding; no subsets, or bitmaps only."""
_BOLD_OR_ITALIC = 0x0021

Tables = dict[bytes, tuple[int, int]]
"""Where each table of a font lies in its file: offset and length."""


@dataclass(frozen=True)
class FontFile:
    """One font: its file, and its number within a collection (.ttc)."""

    path: Path
    index: int = 0


@cache
def installed() -> dict[str, FontFile]:
    """Return every embeddable font of this computer by name, see ``fonts_in``."""
    return fonts_in(_folders())


def fonts_in(folders: Iterable[Path]) -> dict[str, FontFile]:
    """Return the embeddable fonts below ``folders`` by family and full name, in lower case.

    The first font of a name counts.
    """
    found: dict[str, FontFile] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in (".ttf", ".ttc"):
                for name, font in _fonts_of(path):
                    found.setdefault(name.lower(), font)
    return found


def _folders() -> list[Path]:
    """The office's own fonts before those of the system."""
    if sys.platform == "win32":
        own = Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft" / "Windows" / "Fonts"
        return [own, Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    own = Path.home() / ".local" / "share" / "fonts"
    return [own, Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


def _fonts_of(path: Path) -> Iterator[tuple[str, FontFile]]:
    """Every name in the file with its font; none when the file is damaged or not embeddable."""
    try:
        with path.open("rb") as file:
            for index, offset in enumerate(_offsets(file)):
                tables = _directory(file, offset)
                if _embeddable(file, tables):
                    for name in sorted(_names(file, tables)):
                        yield name, FontFile(path, index)
    except (OSError, struct.error, KeyError):
        return  # a damaged font is simply not there; the roles fall back


def _offsets(file: BufferedReader) -> tuple[int, ...]:
    """Where each font of the file begins: several in a collection."""
    if file.read(4) != b"ttcf":
        return (0,)
    _version, count = struct.unpack(">II", file.read(8))
    return struct.unpack(f">{count}I", file.read(4 * count))


def _directory(file: BufferedReader, offset: int) -> Tables:
    file.seek(offset + 4)
    (count,) = struct.unpack(">H6x", file.read(8))
    entries = (struct.unpack(">4s4xII", file.read(16)) for _ in range(count))
    return {tag: (start, length) for tag, start, length in entries}


def _embeddable(file: BufferedReader, tables: Tables) -> bool:
    if b"glyf" not in tables or b"fvar" in tables:
        return False
    licence = _number(file, tables, b"OS/2", _FS_TYPE)
    return licence != _RESTRICTED and not licence & _NO_SUBSETS


def _names(file: BufferedReader, tables: Tables) -> set[str]:
    """The full names in every language; those of the family too, for its upright, regular font."""
    plain = not _number(file, tables, b"OS/2", _FS_SELECTION) & _BOLD_OR_ITALIC
    wanted = (_FAMILY, _FULL_NAME) if plain else (_FULL_NAME,)
    start, length = tables[b"name"]
    file.seek(start)
    data = file.read(length)
    count, strings = struct.unpack_from(">2xHH", data)
    names = set()
    for record in range(count):
        platform, _encoding, _language, kind, size, offset = struct.unpack_from(">6H", data, 6 + 12 * record)
        if platform == _WINDOWS and kind in wanted:
            raw = data[strings + offset : strings + offset + size]
            names.add(raw.decode("utf-16-be", errors="replace"))
    return names


def _number(file: BufferedReader, tables: Tables, table: bytes, offset: int) -> int:
    """Two bytes of a table; 0 when the font has no such table."""
    if table not in tables:
        return 0
    file.seek(tables[table][0] + offset)
    return int.from_bytes(file.read(2), "big")
