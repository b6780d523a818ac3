"""The square code of a paper, by which its signed copy is known again when it was scanned.

It holds no name and no number of a person: which desk, which paper, the record's and the document's id.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import zxingcpp

_WRITTEN = re.compile(r"HD1:([0-9A-F]{4}):([^:]+):(\d+):(\d+)")


@dataclass(frozen=True)
class PaperCode:
    """What a code says: the desk's mark, the paper, the ids of its record and its document (0: none)."""

    desk: str
    report: str
    record: int
    document: int = 0

    @property
    def text(self) -> str:
        """What stands in the code: HD1:7F3A:NOTICE-RECTIFY:17:5. Large letters make a smaller code."""
        return f"HD1:{self.desk}:{self.report.upper()}:{self.record}:{self.document}"


def code_said(text: str) -> PaperCode | None:
    """Return what a code that was read says, None where it is no code of a paper."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    return PaperCode(found[1], found[2].lower(), int(found[3]), int(found[4]))


def squares_of(text: str) -> list[list[bool]]:
    """Return the squares of a QR code, row by row, the dark ones true; without the white around it."""
    side, dots = _made(text)
    return [[dot == 0 for dot in dots[at : at + side]] for at in range(0, side * side, side)]


def code_picture(text: str) -> bytes:
    """Return the code as a PNG, without the white around it."""
    from PIL import Image

    side, dots = _made(text, 8)
    file = io.BytesIO()
    Image.frombytes("L", (side, side), dots).save(file, "PNG")
    return file.getvalue()


def _made(text: str, scale: int = 1) -> tuple[int, bytes]:
    """Return how many dots a side of the code has, and a byte for each, 0 for a dark one."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = code.to_image(scale=scale, add_quiet_zones=False)
    return image.shape[0], bytes(memoryview(image))
