"""Pages of a PDF as pictures: for the eye before the file is saved, for charts in Word."""

from __future__ import annotations

import io
from threading import Lock
from typing import NamedTuple

import pypdfium2

one_at_a_time = Lock()
"""PDFium may be used by one thread at a time."""


class Pixels(NamedTuple):
    """A picture: three bytes (red, green, blue) a pixel, ``stride`` bytes a line."""

    width: int
    height: int
    stride: int
    content: bytes


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of every page, in points."""
    with one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [document.get_page_size(number) for number in range(len(document))]
        finally:
            document.close()


def page_pixels(pdf: bytes, page: int, dots: float) -> Pixels:
    """Return a page (counted from 0) with ``dots`` pixels to the inch."""
    with one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            bitmap = document[page].render(scale=dots / 72, rev_byteorder=True)
            return Pixels(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            document.close()


def as_png(pixels: Pixels) -> bytes:
    """Return the picture as a PNG file."""
    from PIL import Image

    size = (pixels.width, pixels.height)
    image = Image.frombuffer("RGB", size, pixels.content, "raw", "RGB", pixels.stride, 1)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
