"""Photos made fit to keep: upright, no larger than a page needs, without where and by whom they were taken.

Pillow is known only here and imported when the first picture comes, for it is slow to load.
"""

from __future__ import annotations

import io
import shutil
import struct
import tempfile
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from hazard_desk.apart import Ended, do_apart
from hazard_desk.store.photos.stripping import without_notes

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_SIDE = 1600
"""Pixels: enough for a photo across a page (156 mm at 260 dpi)."""
MOST_PIXELS = 120_000_000
"""More is no photo (telephones give up to 108 million) but a file made to fill the memory."""
_MOST_WHOLE = 50_000_000
"""Pixels of a picture that can only be read whole; a JPEG is made smaller as it is read."""
_MOST_BYTES = 100 << 20
"""Of a file that is gone through in memory."""
_QUALITY = 85
FORMATS = ("JPEG", "PNG", "BMP", "WEBP", "TIFF", "AVIF")
_FIRST_OF_SEVERAL = ("MPO", "HEIF")
"""Whose further pictures are previews and depths of the first."""

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
    drawn: bool = True
    """False for one that is kept as the file it is (its suffix is then ''), only without its place."""


def read_photo(stream: BinaryIO) -> Photo | None:
    """Return the picture in ``stream`` as it is to be kept; None when it is none.

    One of several pages (a scanned contract, an animation) or that cannot be drawn is not shrunk, it only
    loses where and by whom it was taken.
    """
    try:
        return _read_apart(stream) if _is_heic(stream) else made_fit(stream, FORMATS)
    except _UnreadableError:
        stream.seek(0)
        content = stream.read(_MOST_BYTES + 1)
        kept = without_notes(content) if len(content) <= _MOST_BYTES else None
        return Photo(kept, "", None, drawn=False) if kept else None


def made_fit(stream: BinaryIO, formats: Sequence[str]) -> Photo:
    """Return the picture in ``stream``, one of these formats, upright and small. Whatever is wrong raises."""
    with _opened(stream, formats) as image:
        small = _shrunk(image, LONG_SIDE)
        orientation, taken_on = _exif(image)
        return _encoded(_turned(small, orientation), taken_on, image)


def photo_day(stream: BinaryIO) -> datetime | None:
    """Return when a picture was taken, as it says itself; None where it does not, and for what is none."""
    try:
        with _opened(stream, FORMATS) as image:
            return _exif(image)[1]
    except _UnreadableError:
        return None


def picture(stream: BinaryIO, px: int) -> bytes | None:
    """Return a JPEG of at most ``px`` × ``px`` pixels of a kept photo; None when it cannot be drawn."""
    try:
        with _opened(stream, FORMATS) as image:
            return _saved(_shrunk(image, px), "JPEG", None)
    except _UnreadableError:
        return None


def size_of(content: bytes) -> tuple[int, int]:
    """Return width and height in pixels of a picture made by this module."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as image:
        return image.size


@contextmanager
def _opened(stream: BinaryIO, formats: Sequence[str]) -> Iterator[Image]:
    """Open a picture. Whatever goes wrong with it in the block is ``_UnreadableError``."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of what it can mend
            with Image.open(stream, formats=list(formats)) as image:
                most = MOST_PIXELS if image.format in ("JPEG", "MPO") else _MOST_WHOLE
                if image.width * image.height > most or image.mode not in _MODES:
                    raise _UnreadableError
                if image.format not in _FIRST_OF_SEVERAL and getattr(image, "n_frames", 1) > 1:
                    raise _UnreadableError
                yield image
    except (*_DAMAGED, Image.DecompressionBombError) as wrong:
        raise _UnreadableError from wrong


def _is_heic(stream: BinaryIO) -> bool:
    head = stream.read(12)
    stream.seek(0)
    return head[4:8] == b"ftyp" and head[8:12] not in (b"avif", b"avis")


def _read_apart(stream: BinaryIO) -> Photo | None:
    """Return a HEIC as it is to be kept. What reads these ends its process on damaged ones."""
    with tempfile.TemporaryDirectory() as scratch:
        came, made = Path(scratch) / "came", Path(scratch) / "made"
        with came.open("wb") as out:
            shutil.copyfileobj(stream, out)
        if do_apart("hazard_desk.store.photos.heic:convert", str(came), str(made)) != Ended.WELL:
            return None
        content = made.read_bytes()
    with _opened(io.BytesIO(content), FORMATS) as image:
        return Photo(content, ".jpg", _exif(image)[1])


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
