"""Photos on paper: side by side, in proportion, a framed note where one is missing."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from hazard_desk.papers.layout import Layout
from hazard_desk.papers.lines import break_lines, printable
from hazard_desk.papers.model import Photos, Picture, Scan
from hazard_desk.papers.pdf.pen import Area, Pen
from hazard_desk.papers.pdf.typeset import Draw, Strip, Typesetter, gap, overlaid
from hazard_desk.store.photos.reading import picture, size_of

_DOTS_PER_POINT = 3.5
"""Pixels kept of a photo: 250 to the inch."""

_DOTS_OF_SCAN = 200 / 72
"""Pixels kept of a scanned page to the point: 200 to the inch, as offices scan."""

_GAP = 12.0
"""Between photos, in points."""

_TALLEST = 0.75
"""The most height of a photo, in parts of the width there is for it."""

_SMALLEST = 0.6
"""A photo is made so much smaller, at most, to stand on the page that is begun."""

_ABOVE = 0.4
"""Room above a row of photos, in lines of a caption."""

_KEPT_LINES = 3
"""Lines of a caption that are not parted from the photo."""


@dataclass(frozen=True)
class Drawn:
    """A photo as it is printed: a JPEG, and its width and height in points. No content: it is missing."""

    content: bytes | None
    width: float
    height: float


def room_of(block: Photos, width: float) -> float:
    """Return the width for each photo where ``width`` points are there for a row."""
    across = max(block.across, 1)
    return (width - _GAP * (across - 1)) / across


def drawn(photo: Picture, room: float) -> Drawn:
    """Return the photo within ``room`` points of width; one that cannot be drawn has no content."""
    tallest = room * _TALLEST
    content = _content(photo.source, int(room * _DOTS_PER_POINT))
    if content is None:
        return Drawn(None, room, tallest)
    width, height = size_of(content)
    scale = min(room / width, tallest / height)
    return Drawn(content, width * scale, height * scale)


def missing_text(photo: Picture) -> str:
    """Return what is printed where a photo should be."""
    name = photo.caption or (photo.source.name if isinstance(photo.source, Path) else "")
    return f"照片缺失：{name}" if name else "照片缺失"


def photo_strips(block: Photos, setter: Typesetter) -> list[Strip]:
    """Return the photos, row by row, each with its caption centred below."""
    return [strip for row in photo_rows(block, setter) for strip in row.strips()]


def photo_rows(block: Photos, setter: Typesetter) -> Iterator[PhotoRow]:
    """Yield the rows of the block."""
    across = max(block.across, 1)
    for at in range(0, len(block.photos), across):
        yield PhotoRow(block.photos[at : at + across], room_of(block, setter.layout.width), setter)


def scan_strips(block: Scan, setter: Typesetter) -> list[Strip]:
    """Return the scanned page, as large as the page, in its middle."""
    layout = setter.layout
    each = scan_drawn(block, layout)
    return [
        Strip(
            layout.height, _picture(block.picture, each, (layout.left, layout.width, layout.height), setter)
        )
    ]


def scan_drawn(block: Scan, layout: Layout) -> Drawn:
    """Return the scanned page in the size that the layout has room for."""
    content = _content(block.picture.source, int(max(layout.page) * _DOTS_OF_SCAN))
    if content is None:
        return Drawn(None, layout.width, layout.height)
    width, height = size_of(content)
    scale = min(layout.width / width, layout.height / height)
    return Drawn(content, width * scale, height * scale)


class PhotoRow:
    """Photos side by side, ``room`` points of width for each."""

    def __init__(self, photos: Sequence[Picture], room: float, setter: Typesetter) -> None:
        self._photos, self._room, self._setter = photos, room, setter
        self._drawn = [drawn(photo, room) for photo in photos]
        self._pitch = setter.layout.table_sizes[0] * 1.3

    def strips(self, high: float = 0) -> list[Strip]:
        """Return the row: smaller where ``high`` points of height hold it, a part of its size lost.

        The captions keep their size.
        """
        photos, room, setter = self._photos, self._room, self._setter
        captions = [
            _caption(photo.caption, at * (room + _GAP) + setter.layout.left, room, setter)
            if self._drawn[at].content
            else []
            for at, photo in enumerate(photos)
        ]
        lines = [[line for line in lines if line] for lines in zip_longest(*captions)]
        whole = max(each.height for each in self._drawn)
        spare = high - self._pitch * (0.9 + _ABOVE + len(lines))
        part = spare / whole if whole * _SMALLEST <= spare < whole else 1.0
        sized = [replace(each, width=each.width * part, height=each.height * part) for each in self._drawn]
        height = whole * part
        draws = [
            _picture(photo, each, (setter.layout.left + at * (room + _GAP), room, height), setter)
            for at, (photo, each) in enumerate(zip(photos, sized, strict=True))
        ]
        strips = [overlaid(height + self._pitch * 0.3, draws, keep=bool(lines))]
        for number, line in enumerate(lines, start=1):
            strips.append(overlaid(self._pitch, line, keep=number < _KEPT_LINES))
        strips[-1] = replace(strips[-1], keep=False)
        above = self._pitch * _ABOVE
        return [gap(above, keep=True, lead=above), *strips, gap(self._pitch * 0.6)]


def _picture(photo: Picture, each: Drawn, place: tuple[float, float, float], setter: Typesetter) -> Draw:
    """The photo in the middle of its place: (x, width, height)."""
    x, room, height = place
    left, down = x + (room - each.width) / 2, height - (height - each.height) / 2
    content = each.content
    if content is not None:
        jpeg = content
        return lambda pen, top: pen.picture((left, top - down, each.width, each.height), jpeg)
    note = _centred(missing_text(photo), left, each.width, setter)[:_KEPT_LINES]
    pitch = setter.layout.table_sizes[0] * 1.3

    def frame(pen: Pen, top: float) -> None:
        _frame(pen, (left, top - down, each.width, each.height))
        for number, line in enumerate(note):
            line(pen, top - height / 2 + pitch * (len(note) / 2 - number))

    return frame


def _frame(pen: Pen, area: Area) -> None:
    left, low, width, height = area
    right, high = left + width, low + height
    pen.rules(
        [
            (left, low, right, low),
            (right, low, right, high),
            (right, high, left, high),
            (left, high, left, low),
        ],
        0.5,
    )


def _caption(text: str, x: float, room: float, setter: Typesetter) -> list[Draw]:
    return _centred(text, x, room, setter) if text else []


def _centred(text: str, x: float, room: float, setter: Typesetter) -> list[Draw]:
    """A drawing for each line of small print in the middle of ``room``."""
    size = setter.layout.table_sizes[0]
    lines = break_lines(printable(text), setter.measure("仿宋", size), room)
    return [setter.draw(x + (room - line.width) / 2, size * 0.65, line.text, "仿宋", size) for line in lines]


def _content(source: Path | bytes | None, px: int) -> bytes | None:
    """A JPEG of the picture with at most ``px`` pixels a side; None when there is none to draw."""
    if source is None:
        return None
    try:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
            return picture(stream, px)
    except OSError:
        return None  # the paper says so in the photo's place
