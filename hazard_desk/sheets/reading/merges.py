"""Merged blocks of a sheet, clipped to its cells before openpyxl makes a cell of every part of them.

Offices merge whole columns: D2:D1048576 takes openpyxl 15 seconds and 620 MB to open.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from openpyxl.utils import column_index_from_string, get_column_letter

from hazard_desk.sheets.reading.cell_scan import reach

_MERGED = re.compile(
    rb"(<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"'])([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})(?=[\"'])"
)


def with_merges_clipped(file: Path) -> BytesIO:
    """Return an .xlsx that was looked through before, its merged blocks clipped; the rest is as it was.

    Raises what a damaged zip raises.
    """
    copy = BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(copy, "w") as packed:
        for info in archive.infolist():
            content = archive.read(info)
            packed.writestr(info.filename, _clipped(content) if b"mergeCell" in content else content)
    copy.seek(0)
    return copy


def _clipped(content: bytes) -> bytes:
    rows, columns = reach(content)

    def clip(match: re.Match[bytes]) -> bytes:
        left, top, right, bottom = (part.decode() for part in match.groups()[1:])
        last = min(int(bottom), max(rows, int(top) + 1))  # a block of one cell would be a fault
        end = min(column_index_from_string(right), max(columns, column_index_from_string(left) + 1))
        return match[1] + f"{left}{top}:{get_column_letter(end)}{last}".encode()

    return _MERGED.sub(clip, content)
