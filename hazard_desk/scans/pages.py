"""The pages of a scan, a PDF or a picture: their codes, which way they lie; cut apart by page.

Work with a PDF is done apart: a damaged one may end the process that reads it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import zxingcpp

from hazard_desk.apart import Ended, do_apart
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.photos.reading import picture
from hazard_desk.store.troubles import troubles

if TYPE_CHECKING:
    from PIL.Image import Image

PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff")
_DOTS = (200, 300)
"""Pixels to the inch at which a page is looked at; the second where nothing was found."""
_MOST_PIXELS = 2600
"""A side of a picture: more shows no more of a code, and is not kept."""
_BATCH = 12
"""Pages that are looked at in one process."""
_MOST_PAGES = 300
_INK, _WHITE = 160, 0.001
"""What is darker than this is ink; a page with less of it is blank."""
_NAME = __name__


@dataclass(frozen=True)
class ScannedPage:
    """What was seen on a page: the texts of its codes, how far to turn it clockwise, if it is blank."""

    codes: tuple[str, ...]
    turn: int = 0
    blank: bool = False


def is_scan(file: Path) -> bool:
    """Whether a file may be a scan, by its name."""
    return file.suffix.lower() in (".pdf", *PICTURES)


def pages_of_scan(file: Path, scratch: Path) -> list[ScannedPage]:
    """Return the pages of a scan; [] for a file that cannot be read as one. ``scratch`` is a folder."""
    if file.suffix.lower() in PICTURES:
        with troubles(file), file.open("rb") as stream:
            drawn = picture(stream, _MOST_PIXELS)
        return [_seen(iter((_image(drawn),)))] if drawn else []
    found: list[ScannedPage] = []
    told = scratch / "pages.json"
    while len(found) < _MOST_PAGES:
        stop_if_unwanted()
        first = len(found)
        if do_apart(f"{_NAME}:see_pages", str(file), str(told), str(first)) != Ended.WELL:
            return []
        seen = json.loads(told.read_text(encoding="utf-8"))
        found += [ScannedPage(tuple(one["codes"]), one["turn"], one["blank"]) for one in seen["pages"]]
        if len(found) >= seen["of"]:
            return found
    return []


def cut_out(file: Path, pages: Sequence[tuple[int, int]], to: Path) -> bool:
    """Write pages of a scan to ``to``: of each its place from 0, how far to turn it. Whether it went well."""
    if file.suffix.lower() in PICTURES:
        with troubles(file), file.open("rb") as stream:
            drawn = picture(stream, _MOST_PIXELS)
        if drawn is not None:
            _image(drawn).rotate(-pages[0][1], expand=True).save(to, "JPEG", quality=90)
        return drawn is not None
    wanted = json.dumps(pages)
    return do_apart(f"{_NAME}:cut_pages", str(file), str(to), wanted) == Ended.WELL


def see_pages(file: str, to: str, first: str) -> int:
    """Apart: write what stands on the pages of a PDF from ``first`` on to ``to``."""
    start = int(first)
    with pypdfium2.PdfDocument(file) as document:
        of = len(document)
        pages = [asdict(_seen(_drawn(document[at]))) for at in range(start, min(start + _BATCH, of))]
    Path(to).write_text(json.dumps({"of": of, "pages": pages}), encoding="utf-8")
    return Ended.WELL


def cut_pages(file: str, to: str, wanted: str) -> int:
    """Apart: write these pages of a PDF as another, turned so that they stand upright."""
    pages = json.loads(wanted)
    with pypdfium2.PdfDocument(file) as document, pypdfium2.PdfDocument.new() as made:
        made.import_pages(document, [at for at, _turn in pages])
        for number, (_at, turn) in enumerate(pages):
            page = made[number]
            page.set_rotation((page.get_rotation() + turn) % 360)
        made.save(to)
    return Ended.WELL


def _drawn(page: pypdfium2.PdfPage) -> Iterator[Image]:
    for dots in _DOTS:
        yield page.render(scale=dots / 72, grayscale=True).to_pil()


def _image(content: bytes) -> Image:
    from PIL import Image

    return Image.open(io.BytesIO(content))


def _seen(drawn: Iterator[Image]) -> ScannedPage:
    """Look at a page, drawn ever larger, until a code is found."""
    blank = False
    for image in drawn:
        found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
        if found:
            turn = -round(found[0].orientation / 90) * 90 % 360
            return ScannedPage(tuple(one.text for one in found), turn)
        ink = sum(image.convert("L").histogram()[:_INK])
        blank = ink < _WHITE * image.width * image.height
        if blank:
            break
    return ScannedPage((), 0, blank)
