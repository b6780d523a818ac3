"""Photos made fit to keep: upright, small, dated, without their place; what is no picture is none."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime
from typing import Any

import pytest
from PIL import Image

from hazard_desk.store.photos.reading import MOST_PIXELS, picture, read_photo

TAKEN = datetime(2023, 5, 20, 9, 30)
RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 180, 20), (20, 20, 220), (250, 250, 250)
GPS = {1: "N", 2: (33.0, 38.0, 1.0), 3: "E", 4: (116.0, 57.0, 1.0)}


def corners(width: int = 80, height: int = 60) -> Image.Image:
    """A picture whose four quarters differ: red, green / blue, white."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(WHITE, (width // 2, height // 2, width, height))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **says: Any) -> bytes:
    out = io.BytesIO()
    if kind == "TIFF" and "exif" in says:  # written as they are, its parts would be left out
        whole = says.pop("exif")
        says["tiffinfo"] = {**whole, 0x8769: whole.get_ifd(0x8769), 0x8825: whole.get_ifd(0x8825)}
    image.save(out, kind, **says)
    return out.getvalue()


def exif(orientation: int = 1, taken: str = "2023:05:20 09:30:00") -> Image.Exif:
    """What a telephone writes: how it was held, when, where, and who made it."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = "TelephoneMaker"
    made.get_ifd(0x8769)[0x9003] = taken
    made.get_ifd(0x8825).update(GPS)
    return made


def seen(content: bytes) -> tuple[tuple[int, int], list[tuple[int, ...]]]:
    """Return the size of a picture and the colours in the middle of its quarters, to the nearest."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    width, height = image.size
    points = [(width // 4 + x * width // 2, height // 4 + y * height // 2) for y in (0, 1) for x in (0, 1)]
    known = (RED, GREEN, BLUE, WHITE, (0, 0, 0))

    def near(colour: Any) -> tuple[int, ...]:
        return min(known, key=lambda one: sum((a - b) ** 2 for a, b in zip(one, colour, strict=True)))

    return image.size, [near(image.getpixel(point)) for point in points]


UPRIGHT = [RED, GREEN, BLUE, WHITE]
HELD = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How the sensor saw the upright scene for each orientation."""


def held(orientation: int) -> Image.Image:
    turn = HELD[orientation]
    return corners() if turn is None else corners().transpose(turn)


class TestPhotos:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_however_it_was_held_it_stands_upright(self, orientation, kind):
        photo = read_photo(io.BytesIO(encoded(held(orientation), kind, exif=exif(orientation))))
        assert photo is not None
        assert seen(photo.content) == ((80, 60), UPRIGHT)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
    def test_the_date_stays_and_the_place_goes(self, kind):
        photo = read_photo(io.BytesIO(encoded(corners(), kind, exif=exif(6))))
        assert photo is not None
        assert photo.taken_on == TAKEN
        kept = Image.open(io.BytesIO(photo.content)).getexif()
        assert kept.get_ifd(0x8769) == {0x9003: "2023:05:20 09:30:00"}
        assert not kept.get_ifd(0x8825)
        assert set(kept) == {0x8769}
        assert b"TelephoneMaker" not in photo.content

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
    def test_the_place_goes_where_there_is_no_date(self, kind):
        photo = read_photo(io.BytesIO(encoded(corners(), kind, exif=exif(taken=""))))
        assert photo is not None
        assert dict(Image.open(io.BytesIO(photo.content)).getexif()) == {}

    def test_comments_and_descriptions_go_too(self):
        said = encoded(corners(), comment=b"secret-comment", xmp=b"<x:xmpmeta>secret-gps</x:xmpmeta>")
        photo = read_photo(io.BytesIO(said))
        assert photo is not None
        assert b"secret" in said
        assert b"secret" not in photo.content
        assert photo.taken_on is None

    @pytest.mark.parametrize(
        ("taken", "is_read"),
        [
            ("2023:05:20 09:30:00", True),
            ("0000:00:00 00:00:00", False),
            ("1970:01:01 00:00:00", False),
            ("1979:12:31 23:59:59", False),
            ("2100:01:01 00:00:00", False),
            ("    :  :     :  :  ", False),
            ("2023-05-20", False),
        ],
    )
    def test_a_date_that_is_none(self, taken, is_read):
        photo = read_photo(io.BytesIO(encoded(corners(), exif=exif(taken=taken))))
        assert photo is not None
        assert (photo.taken_on == TAKEN) == is_read
        assert (photo.taken_on is None) != is_read

    @pytest.mark.parametrize("year", [1980, 2099])
    def test_the_first_and_the_last_year_that_a_date_may_have(self, year):
        photo = read_photo(io.BytesIO(encoded(corners(), exif=exif(taken=f"{year}:01:01 00:00:00"))))
        assert photo is not None
        assert photo.taken_on == datetime(year, 1, 1)

    @pytest.mark.parametrize("side", [(3000, 1000), (1000, 3000), (1601, 1), (1600, 1600), (40, 30)])
    def test_it_is_at_most_1600_pixels_long_and_never_made_larger(self, side):
        photo = read_photo(io.BytesIO(encoded(corners(*side))))
        assert photo is not None
        size = seen(photo.content)[0]
        assert max(size) == min(1600, max(side))
        assert size[0] >= size[1] if side[0] >= side[1] else size[0] < size[1]

    def test_the_same_photo_gives_the_same_file(self):
        data = encoded(corners(2000, 1500), exif=exif(3))
        assert read_photo(io.BytesIO(data)) == read_photo(io.BytesIO(data))

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK"])
    def test_every_usual_mode(self, mode):
        kind = {"LA": "PNG", "P": "PNG", "RGBA": "PNG"}.get(mode, "TIFF")
        photo = read_photo(io.BytesIO(encoded(corners(2000, 1500).convert(mode), kind)))
        assert photo is not None
        (width, height), colours = seen(photo.content)
        assert (width, height) == (1600, 1200)
        if mode in ("P", "RGBA", "CMYK"):
            assert colours == UPRIGHT

    def test_what_is_clear_becomes_white(self):
        clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
        few = clear.convert("P")
        few.info["transparency"] = 0
        for image in (clear, few, clear.convert("LA")):
            photo = read_photo(io.BytesIO(encoded(image, "PNG")))
            assert photo is not None
            assert photo.suffix == ".jpg"
            assert seen(photo.content) == ((20, 20), [WHITE] * 4)

    def test_a_screenshot_stays_png_where_that_is_smaller(self):
        screenshot = encoded(corners(800, 600), "PNG", exif=exif())
        noise = encoded(Image.effect_noise((200, 200), 90).convert("RGB"), "PNG")
        assert [read_photo(io.BytesIO(data)).suffix for data in (screenshot, noise)] == [".png", ".jpg"]

    def test_a_telephones_photo_with_a_second_picture_inside(self):
        """Many telephones write MPO: a JPEG with a preview behind it."""
        data = encoded(held(6), "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))], exif=exif(6))
        photo = read_photo(io.BytesIO(data))
        assert photo is not None
        assert seen(photo.content) == ((80, 60), UPRIGHT)

    def test_several_pages_are_not_cut_to_the_first(self):
        pages = encoded(corners(), "TIFF", save_all=True, append_images=[corners()])
        moving = encoded(corners(), "WEBP", save_all=True, append_images=[Image.new("RGB", (80, 60))])
        for whole in (pages, moving):
            kept = read_photo(io.BytesIO(whole))
            assert kept is not None and not kept.drawn
            assert Image.open(io.BytesIO(kept.content)).n_frames == 2

    def test_a_small_picture(self):
        small = picture(io.BytesIO(encoded(corners(1600, 1200))), 160)
        assert small is not None
        assert seen(small) == ((160, 120), UPRIGHT)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(10_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


class TestWhatIsNoPicture:
    @pytest.mark.parametrize(
        "side", [(60_000, 60_000), (2**31 - 1, 2**31 - 1), (MOST_PIXELS // 1000 + 1, 1000), (12_000, 9_000)]
    )
    def test_bombs(self, side):
        assert not read_photo(io.BytesIO(bomb(*side))).drawn
        assert picture(io.BytesIO(bomb(*side)), 160) is None

    @pytest.mark.parametrize(
        "data",
        [
            b"x",
            b"\xff\xd8\xff\xe0photo",
            "并非图片".encode(),
            b"%PDF-1.7",
            b"II*\0" + bytes(40),
            b"BM" + bytes(60),
        ],
    )
    def test_rubbish(self, data):
        assert read_photo(io.BytesIO(data)) is None

    def test_other_kinds_of_pictures_are_left_alone(self):
        assert not read_photo(io.BytesIO(encoded(corners(), "GIF"))).drawn
        assert not read_photo(io.BytesIO(encoded(Image.new("I;16", (20, 20)), "PNG"))).drawn

    def test_a_photo_cut_off(self):
        data = encoded(Image.effect_noise((300, 300), 90))
        assert read_photo(io.BytesIO(data)) is not None
        assert not read_photo(io.BytesIO(data[: len(data) // 2])).drawn

    def test_a_photo_whose_notes_are_damaged_is_still_a_photo(self):
        data = encoded(corners(), exif=exif(6))
        place = data.index(b"Exif\0\0") + 6
        for damaged in (
            b"\xff" * 40,
            b"MM\0*\xff\xff\xff\xff" + bytes(32),
            b"II*\0\x08\0\0\0\xff\xff" + b"\xff" * 30,
        ):
            photo = read_photo(io.BytesIO(data[:place] + damaged + data[place + 40 :]))
            assert photo is not None
            assert photo.taken_on is None

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP", "TIFF"])
    def test_damage_anywhere_never_raises(self, kind, caplog):
        """One byte after another spoilt, and the file cut there: a picture or none, nothing else."""
        whole = encoded(corners(24, 16), kind, **({} if kind == "BMP" else {"exif": exif(6)}))
        for place in range(0, len(whole), max(1, len(whole) // 200)):
            spoilt = whole[:place] + bytes([whole[place] ^ 0xA5]) + whole[place + 1 :]
            for data in (spoilt, whole[:place]):
                read_photo(io.BytesIO(data))
                picture(io.BytesIO(data), 16)
        caplog.clear()  # Pillow tells its log what it found
