"""Photos made fit to keep: upright, no larger than a page needs, without where and by whom they were taken.

Pillow is known only here and imported when the first picture comes, for it is slow to load.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_SIDE = 1600
"""Pixels: enough for a photo across a page (156 mm at 260 dpi)."""
MOST_PIXELS = 120_000_000
"""More is no photo (telephones give up to 108 million) but a file made to fill the memory."""
_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "BMP", "WEBP", "TIFF")
_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr")
"""Eight bits a colour; the deep grey of instruments has no one right way to be shown."""
_ORIENTATION, _EXIF, _TAKEN_ON, _SCANNED_ON = 0x0112, 0x8769, 0x9003, 0x9004
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise on a damaged or crafted file."""


class _UnreadableError(Exception):
    """No picture that can be drawn."""


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept: the file's content, its suffix (.jpg or .png), when it was taken."""

    content: bytes
    suffix: str
    taken_on: datetime | None


def read_photo(stream: BinaryIO) -> Photo | None:
    """Return the picture in ``stream`` as it is to be kept; None when it is none that can be drawn.

    None also for one of several pages (a scanned contract, an animation): shrinking would lose them.
    """
    try:
        with _opened(stream) as image:
            small = _shrunk(image, LONG_SIDE)
            orientation, taken_on = _exif(image)
            return _encoded(_turned(small, orientation), taken_on, image)
    except _UnreadableError:
        return None


def picture(stream: BinaryIO, px: int) -> bytes | None:
    """Return a JPEG of at most ``px`` × ``px`` pixels of a kept photo; None when it cannot be drawn."""
    try:
        with _opened(stream) as image:
            return _saved(_shrunk(image, px), "JPEG", None)
    except _UnreadableError:
        return None


def size_of(content: bytes) -> tuple[int, int]:
    """Return width and height in pixels of a picture made by this module."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as image:
        return image.size


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[Image]:
    """Open a picture. Whatever goes wrong with it in the block is ``_UnreadableError``."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of what it can mend
            with Image.open(stream, formats=_FORMATS) as image:
                if image.width * image.height > MOST_PIXELS or image.mode not in _MODES:
                    raise _UnreadableError
                if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
                    raise _UnreadableError
                yield image
    except (*_DAMAGED, Image.DecompressionBombError) as wrong:
        raise _UnreadableError from wrong


def _shrunk(image: Image, side: int) -> Image:
    """Return the picture within ``side`` × ``side`` pixels, grey or RGB, on white where it was clear."""
    from PIL import Image

    whole = image
    if image.mode in ("1", "P", "PA"):  # these would be shrunk without blending
        whole = image.convert("L" if image.mode == "1" else "RGBA" if _clear(image) else "RGB")
    whole.thumbnail((side, side), Image.Resampling.LANCZOS)
    whole.load()
    if _clear(whole):
        ground = Image.new("RGBA", whole.size, "white")
        return Image.alpha_composite(ground, whole.convert("RGBA")).convert("RGB")
    return whole if whole.mode in ("L", "RGB") else whole.convert("RGB")


def _clear(image: Image) -> bool:
    return image.has_transparency_data


def _exif(image: Image) -> tuple[int, datetime | None]:
    """Return orientation and date of a picture already loaded (Pillow turns a TIFF as it loads it)."""
    try:
        exif = image.getexif()
        dates = exif.get_ifd(_EXIF)
        taken_on = _moment(dates.get(_TAKEN_ON)) or _moment(dates.get(_SCANNED_ON))
        return int(exif.get(_ORIENTATION, 1)), taken_on
    except _DAMAGED:
        return 1, None  # the picture itself is sound


def _moment(said: object) -> datetime | None:
    """Return the moment that EXIF writes as 2023:05:20 09:30:00; None where the clock was not set."""
    try:
        moment = datetime.strptime(str(said).strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    return moment if 1980 <= moment.year < 2100 else None  # what a file's date can hold everywhere


def _turned(image: Image, orientation: int) -> Image:
    """Return the picture upright (EXIF 2.3 §4.6.4, tag Orientation)."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _encoded(image: Image, taken_on: datetime | None, source: Image) -> Photo:
    """Return the photo as JPEG; a screenshot stays PNG when that is smaller."""
    jpeg = _saved(image, "JPEG", taken_on)
    if source.format == "PNG" and not _clear(source):
        png = _saved(image, "PNG", taken_on)
        if len(png) < len(jpeg):
            return Photo(png, ".png", taken_on)
    return Photo(jpeg, ".jpg", taken_on)


def _saved(image: Image, kind: str, taken_on: datetime | None) -> bytes:
    """Return the file with nothing in it but the picture and its date."""
    from PIL.Image import Exif

    image.info = {}  # comments and profiles would be carried over
    exif = Exif()
    if taken_on:
        exif.get_ifd(_EXIF)[_TAKEN_ON] = f"{taken_on:%Y:%m:%d %H:%M:%S}"
    out = io.BytesIO()
    image.save(out, kind, quality=_QUALITY, optimize=True, exif=exif.tobytes() if taken_on else b"")
    return out.getvalue()
