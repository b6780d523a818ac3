"""The pages of a file that came, drawn; a PDF apart, for a damaged one may end the process."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2

from hazard_desk.apart import Ended, do_apart
from hazard_desk.papers.model import Paper, Picture, Scan
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.photos.reading import picture, size_of
from hazard_desk.store.troubles import troubles

_DOTS = 200 / 72
_LONGEST = 2339
"""Pixels of the long side of A4 at 200 to the inch."""
_BATCH = 8
_MOST = 300
_WORK = f"{__name__}:draw_pages"


def scan_papers(file: Path) -> list[Paper]:
    """Return a paper for each page of a PDF or picture; one that says so from where it cannot be opened."""
    drawn = _drawn(file) or [None]
    return [_page(one) for one in drawn]


def _page(content: bytes | None) -> Paper:
    width, height = size_of(content) if content else (1, 2)
    scan = Scan(Picture(content, "" if content else "扫描件打不开"))
    return Paper("扫描件", (scan,), style="scan", landscape=width > height, numbered=False)


def _drawn(file: Path) -> list[bytes | None]:
    if file.suffix.lower() != ".pdf":
        with troubles(file), file.open("rb") as stream:
            return [picture(stream, _LONGEST)]
    found: list[bytes | None] = []
    with troubles(file), tempfile.TemporaryDirectory() as scratch:
        while len(found) < _MOST:
            stop_if_unwanted()
            first = len(found)
            ended = do_apart(_WORK, str(file), scratch, str(first))
            found += [made.read_bytes() for made in sorted(Path(scratch).glob(f"{first:04}-*.jpg"))]
            if ended != Ended.WELL:
                return [*found, None]
            if len(found) < first + _BATCH:
                return found
    return found


def draw_pages(file: str, to: str, first: str) -> int:
    """Apart: draw some pages of a PDF from ``first`` on, each as a JPEG in ``to``."""
    start = int(first)
    with pypdfium2.PdfDocument(file) as document:
        for at in range(start, min(start + _BATCH, len(document))):
            page = document[at]
            longest = max(page.get_size())
            image = page.render(scale=min(_DOTS, _LONGEST / longest)).to_pil().convert("RGB")
            image.save(Path(to) / f"{start:04}-{at:04}.jpg", "JPEG", quality=88)
    return Ended.WELL
