"""Where, by whom and with what a photo was taken leaves every kind of file, drawn or not."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image, ImageSequence
from PIL.PngImagePlugin import PngInfo

from hazard_desk.store.photos import reading
from hazard_desk.store.photos.reading import Photo, picture, read_photo
from hazard_desk.store.photos.stripping import without_notes
from tests.conftest import ROOT
from tests.store.photos.test_reading import UPRIGHT, corners, encoded, exif, seen

HEIC = ROOT / "tests" / "data" / "heic"
"""Two of 80 × 60 with place, maker and XMP, as a telephone writes them held upright and on its side."""
PLANTED = (
    b"TelephoneMaker",
    b"secret",
    "秘密".encode(),
    struct.pack("<II", 116, 1),  # the degrees of the place, in either order of bytes
    struct.pack(">II", 116, 1),
)
XMP = b"<x:xmpmeta>secret-gps</x:xmpmeta>"


def taken_in(content: bytes) -> Photo:
    photo = read_photo(io.BytesIO(content))
    assert photo is not None
    return photo


def planted_in(content: bytes) -> list[bytes]:
    return [secret for secret in PLANTED if secret in content]


class TestHeic:
    @pytest.mark.parametrize("name", ["upright", "turned"])
    def test_it_becomes_a_jpeg_upright_and_dated_without_its_place(self, name):
        whole = (HEIC / f"{name}.heic").read_bytes()
        assert len(planted_in(whole)) >= 3
        photo = taken_in(whole)
        assert (photo.suffix, photo.taken_on, photo.drawn) == (".jpg", datetime(2023, 5, 20, 9, 30), True)
        assert seen(photo.content) == ((80, 60), UPRIGHT)
        assert Image.open(io.BytesIO(photo.content)).format == "JPEG"
        assert planted_in(photo.content) == []

    def test_damage_that_ends_the_library_s_process_does_not_end_this_one(self):
        whole = (HEIC / "upright.heic").read_bytes()
        size = whole.index(b"ispe") + 8
        enormous = whole[:size] + struct.pack(">II", 60_000, 60_000) + whole[size + 8 :]
        spoilt = [whole[:place] + bytes([whole[place] ^ 0xA5]) + whole[place + 1 :] for place in (60, 600)]
        for data in (enormous, whole[: len(whole) // 2], *spoilt):
            photo = read_photo(io.BytesIO(data))
            assert photo is None or photo.suffix == ".jpg"
            assert picture(io.BytesIO(data), 16) is None

    def test_it_is_attached_as_any_photo(self, desk, found, tmp_path):
        desk.hazards.add(found)
        change = desk.attachments.add("hazards", 1, HEIC / "turned.heic", label="整改前照片")
        (row,) = desk.attachments.of("hazards", 1)
        assert row.is_photo and row.suffix == ".jpg" and "不能作为图片" not in change.title
        assert desk.attachments.thumbnail(row) is not None


def test_avif_becomes_a_jpeg_too():
    whole = encoded(corners(), "AVIF", exif=exif(), xmp=XMP)
    assert planted_in(whole)
    photo = taken_in(whole)
    assert photo.suffix == ".jpg" and planted_in(photo.content) == []


def animated(kind: str) -> bytes:
    says = {"exif": exif()} if kind != "GIF" else {"comment": b"secret " + "秘密".encode()}
    if kind == "WEBP":
        says |= {"xmp": XMP, "lossless": True}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Comment", "secret")
        notes.add_itxt("Place", "秘密", zip=True)
        says["pnginfo"] = notes
    frames = [Image.new("RGB", (80, 60), "white"), Image.new("RGB", (80, 60), "black")]
    return encoded(corners(), kind, save_all=True, append_images=frames, duration=40, loop=0, **says)


def frames(content: bytes) -> list[bytes]:
    with Image.open(io.BytesIO(content)) as image:
        return [frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(image)]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_what_moves_keeps_every_frame_and_loses_the_rest(kind):
    whole = animated(kind)
    assert planted_in(whole)
    photo = taken_in(whole)
    assert not photo.drawn
    assert planted_in(photo.content) == []
    assert frames(photo.content) == frames(whole) and len(frames(whole)) == 3
    again = Image.open(io.BytesIO(photo.content))
    assert dict(again.getexif()) == {} and "xmp" not in again.info
    before = Image.open(io.BytesIO(whole))
    assert [again.info.get(name) for name in ("loop", "duration")] == [
        before.info.get(name) for name in ("loop", "duration")
    ]


class TestTiff:
    @pytest.mark.parametrize("compression", ["raw", "group4", "tiff_lzw", "tiff_adobe_deflate", "jpeg"])
    def test_every_page_keeps_its_dots_and_loses_the_rest(self, compression):
        pages = [corners(200, 150).convert("1" if compression == "group4" else "RGB") for _ in range(3)]
        says = exif()
        tags = {**says, 0x8769: says.get_ifd(0x8769), 0x8825: says.get_ifd(0x8825), 700: XMP, 270: "secret"}
        out = io.BytesIO()
        pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression=compression)
        whole = planted(out.getvalue(), {271: b"TelephoneMaker\0", 270: b"secret\0", 700: XMP})
        assert out.getvalue() and tags
        assert whole.count(b"TelephoneMaker") == 3
        photo = taken_in(whole)
        assert not photo.drawn
        assert planted_in(photo.content) == []
        assert frames(photo.content) == frames(whole) and len(frames(whole)) == 3

    def test_one_that_a_library_wrote_with_its_place(self):
        says = exif()
        info = {**says, 0x8769: says.get_ifd(0x8769), 0x8825: says.get_ifd(0x8825)}
        whole = encoded(corners(), "TIFF", save_all=True, append_images=[corners()], tiffinfo=info)
        assert planted_in(whole)
        assert planted_in(taken_in(whole).content) == []

    def test_pages_in_a_circle_and_pieces_without_end_are_none(self):
        whole = bytearray(encoded(corners(), "TIFF", save_all=True, append_images=[corners()]))
        (first,) = struct.unpack_from("<I", whole, 4)
        (count,) = struct.unpack_from("<H", whole, first)
        struct.pack_into("<I", whole, first + 2 + 12 * count, first)
        assert without_notes(bytes(whole)) is None


def planted(tiff: bytes, tags: dict[int, bytes]) -> bytes:
    """Return a TIFF with these texts in every page."""
    out = bytearray(tiff)
    link = 4
    while at := struct.unpack_from("<I", out, link)[0]:
        (count,) = struct.unpack_from("<H", out, at)
        entries = [bytes(out[at + 2 + 12 * n : at + 14 + 12 * n]) for n in range(count)]
        for tag, text in tags.items():
            entries.append(struct.pack("<HHII", tag, 7 if tag == 700 else 2, len(text), len(out)))
            out += text
        after = out[at + 2 + 12 * count : at + 6 + 12 * count]
        out += bytes(len(out) % 2)
        struct.pack_into("<I", out, link, len(out))
        out += struct.pack("<H", len(entries)) + b"".join(sorted(entries))
        link = len(out)
        out += after
    return bytes(out)


class TestJpeg:
    def test_one_cut_off_is_kept_without_its_place(self):
        noise = Image.effect_noise((300, 300), 90).convert("RGB")
        whole = encoded(noise, exif=exif(), xmp=XMP, comment=b"secret")
        photo = taken_in(whole[: len(whole) // 2])
        assert not photo.drawn
        assert planted_in(photo.content) == []
        assert photo.content.startswith(b"\xff\xd8") and len(photo.content) > len(whole) // 4

    @pytest.mark.parametrize("progressive", [False, True])
    def test_an_enormous_one_keeps_every_dot(self, monkeypatch, progressive):
        monkeypatch.setattr(reading, "MOST_PIXELS", 100)
        behind = b"\0\0\0\x18ftypmp42 secret film"
        whole = encoded(corners(), exif=exif(), xmp=XMP, comment=b"secret", progressive=progressive) + behind
        photo = taken_in(whole)
        assert not photo.drawn
        assert planted_in(photo.content) == []
        assert frames(photo.content) == frames(whole)

    def test_second_pictures_go_with_what_they_know(self):
        inner = Image.new("RGB", (40, 30))
        data = encoded(corners(), "MPO", save_all=True, append_images=[inner], exif=exif(), xmp=XMP)
        photo = taken_in(data)
        assert photo.drawn and planted_in(photo.content) == []
        assert photo.content.count(b"\xff\xd8\xff") == 1

    def test_thumbnails_and_a_makers_notes_go(self):
        says = exif()
        says.get_ifd(0x8769)[0x927C] = b"secret maker note"
        says.get_ifd(0x8769)[0x9286] = b"secret comment"
        whole = encoded(corners(), exif=says)
        thumbnail = encoded(corners(16, 16), comment=b"secret thumbnail")
        app1 = b"\xff\xe1" + struct.pack(">H", len(thumbnail) + 8) + b"Exif\0\0" + thumbnail
        whole = whole[:2] + app1 + whole[2:]
        assert planted_in(whole)
        assert planted_in(taken_in(whole).content) == []


def test_a_single_png_and_webp_lose_all_their_texts():
    notes = PngInfo()
    notes.add_text("Comment", "secret")
    notes.add_text("Place", "secret", zip=True)
    for whole in (
        encoded(corners(), "PNG", exif=exif(), pnginfo=notes),
        encoded(corners(), "WEBP", exif=exif(), xmp=XMP),
    ):
        assert planted_in(whole)
        assert planted_in(taken_in(whole).content) == []


def test_deep_grey_that_cannot_be_drawn_keeps_its_dots():
    notes = PngInfo()
    notes.add_text("Comment", "secret")
    grey = Image.new("I;16", (20, 20), 4711)
    whole = encoded(grey, "PNG", pnginfo=notes)
    photo = taken_in(whole)
    assert not photo.drawn and planted_in(photo.content) == []
    assert Image.open(io.BytesIO(photo.content)).getpixel((3, 3)) == 4711


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe0 no picture at all",
        b"\xff\xd8\xff\xd9",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 4, b"tEXt") + b"abcd" + bytes(4),
        b"RIFF\x04\0\0\0WEBP",
        b"RIFF\x04\0\0\0WAVEfmt ",
        b"GIF89a",
        b"GIF89a\1\0\1\0\0\0\0;",
        b"II*\0\0\0\0\0",
        b"MM\0*\0\0\0\x08\0\0\0\0\0\0",
        b"BM" + bytes(60),
        zlib.compress(b"x"),
    ],
)
def test_what_is_no_picture_is_left_as_it_came(content):
    assert without_notes(content) is None
    assert read_photo(io.BytesIO(content)) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF"])
def test_damage_anywhere_never_raises(kind):
    whole = encoded(corners(), kind) if kind in ("JPEG", "TIFF") else animated(kind)
    for place in range(0, len(whole), max(1, len(whole) // 400)):
        without_notes(whole[:place] + bytes([whole[place] ^ 0xA5]) + whole[place + 1 :])
        without_notes(whole[:place])


def test_what_was_done_is_told(desk, found, tmp_path):
    desk.hazards.add(found)
    file = tmp_path / "合同.tif"
    file.write_bytes(encoded(corners(), "TIFF", save_all=True, append_images=[corners()], exif=exif()))
    change = desk.attachments.add("hazards", 1, Path(file))
    (row,) = desk.attachments.of("hazards", 1)
    assert change.title.endswith("不能作为图片显示，去掉拍摄地点等信息后保存")
    assert row.suffix == ".tif" and not row.is_photo
    assert planted_in(desk.attachments.path(row).read_bytes()) == []
