"""Attachments of an empty desk, and a photo as a telephone takes it."""

from __future__ import annotations

import importlib.util
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from PIL import Image

from hazard_desk.books.attachments import AttachmentRow, Attachments
from hazard_desk.desk import Desk
from hazard_desk.store.dbfile import MIGRATIONS

TODAY = date(2023, 6, 1)
TAKEN = datetime(2023, 5, 20, 9, 30)
SECRET = b"SecretMaker"


def with_table(desk: Desk) -> Desk:
    """Return the desk with the table of attachments, also where it was made by an older program."""
    if not desk.cabinet.db.table_exists(AttachmentRow.model):
        spec = importlib.util.spec_from_file_location("attachments_table", MIGRATIONS / "0004_attachments.py")
        assert spec and spec.loader
        migration = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(migration)
        migration.up(None, desk.cabinet.db)
    return desk


@pytest.fixture
def kept(desk: Desk) -> Attachments:
    """The attachments of an empty desk."""
    return Attachments(with_table(desk).cabinet, desk.folder)


def photo(width: int = 400, height: int = 300, colour: str = "red") -> bytes:
    """A telephone's photo, held sideways, that says when, where and by which maker."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("blue", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8769)[0x9003] = f"{TAKEN:%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 38.0, 1.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    """A photo on the clerk's disk."""
    file = tmp_path / "整改前 IMG_0001.JPG"
    file.write_bytes(photo())
    return file


def files(desk: Desk) -> list[Path]:
    return [file for file in (desk.folder / "attachments").rglob("*") if file.is_file()]
