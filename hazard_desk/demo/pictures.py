"""The sample desk's photos: plain drawings that say that they are samples, put on hazards and one check."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from PIL import Image, ImageDraw, ImageFont

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.query import Query
from hazard_desk.demo.course import Course
from hazard_desk.demo.origins import SampleAct
from hazard_desk.desk import Desk
from hazard_desk.library.places import resources

_PHOTOGRAPHED = (2, 24, 78, 106, 191)
"""Numbers of the hazards that have a photo before and one after."""
_SIZE = (800, 600)
_GREY, _INK = (226, 230, 234), (70, 78, 88)
_BEFORE, _AFTER = (196, 92, 70), (72, 140, 96)
_FONT = "hazard-desk-sans.ttf"


def photos(desk: Desk, found: Sequence[Course]) -> Iterator[SampleAct]:
    """Yield the acts that put the photos and a scanned paper on their records."""
    for serial in _PHOTOGRAPHED:
        course = found[serial - 1]
        before = partial(_drawing, "整改前", course.case.place, _BEFORE)
        after = partial(_drawing, "整改后", course.case.place, _AFTER)
        yield course.case.found, partial(_attach, desk, serial, before, "整改前照片")
        done = next(step.day for step in course.steps if step.kind == Steps.RECTIFIED.kind)
        yield done, partial(_attach, desk, serial, after, "整改后照片")
    yield date(2023, 6, 20), partial(_attach_scan, desk)


def _attach(desk: Desk, serial: int, draw: Callable[[], bytes], label: str) -> None:
    desk.attachments.add(desk.hazards.id, serial, draw(), f"{label}.jpg", label, note="示例图片")


def _attach_scan(desk: Desk) -> None:
    first = min(desk.checks.ids(Query()))
    desk.attachments.add(desk.checks.id, first, _paper(), "现场检查记录.png", "签字扫描件", note="示例图片")


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(resources() / "fonts" / _FONT, size)


def _drawing(word: str, place: str, colour: tuple[int, int, int]) -> bytes:
    """Return a drawing of a workshop as a JPEG, with a sign in ``colour``."""
    image = Image.new("RGB", _SIZE, _GREY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 430, 800, 600), fill=(200, 205, 210))
    draw.polygon([(120, 230), (400, 90), (680, 230)], fill=(168, 176, 186))
    draw.rectangle((150, 230, 650, 480), fill=(240, 242, 244), outline=_INK, width=4)
    draw.rectangle((350, 310, 450, 480), fill=colour)
    draw.rectangle((200, 290, 300, 370), outline=_INK, width=4)
    draw.rectangle((500, 290, 600, 370), outline=_INK, width=4)
    draw.text((400, 40), f"示例 {word}", font=_font(48), fill=colour, anchor="mm")
    draw.text((400, 545), place, font=_font(36), fill=_INK, anchor="mm")
    return _saved(image, "JPEG")


def _paper() -> bytes:
    """Return what looks like a scanned record of a check, as a PNG."""
    image = Image.new("L", (620, 877), 246)
    draw = ImageDraw.Draw(image)
    draw.text((310, 90), "现场检查记录（示例）", font=_font(36), fill=40, anchor="mm")
    for line in range(14):
        draw.line((70, 170 + 42 * line, 550, 170 + 42 * line), fill=150, width=2)
    draw.text((70, 790), "检查人签名：示例      单位负责人签名：示例", font=_font(22), fill=60)
    return _saved(image, "PNG")


def _saved(image: Image.Image, form: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form)
    return stream.getvalue()
