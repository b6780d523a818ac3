"""A desk that is drilled: its rows and files as they lie, photos put on it, the copies of a place."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from hazard_desk.desk import Desk

START = date(2023, 6, 1)
SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}
Rows = dict[str, list[str]]


def rows(file: Path) -> Rows:
    """Return every row of every table of a desk's file, but for the search index."""
    with closing(sqlite3.connect(file)) as link:
        names = [row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if not name.startswith("search_")]
        return {name: sorted(map(repr, link.execute(f'SELECT * FROM "{name}"'))) for name in tables}


def files(folder: Path) -> dict[str, str]:
    """Return the photos and files of a desk: name to SHA-256."""
    found = sorted((folder / "attachments").rglob("*.*"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in found}


def photo(desk: Desk, name: str = "照片.jpg") -> Path:
    """Put a photo on the first enterprise; return where its file stands."""
    number = desk.attachments.add("enterprises", 1, name.encode() * 50, name).ids[0]
    return desk.attachments.path(desk.attachments.get(number))


def kept(place: Path) -> list[str]:
    return sorted(file.name for file in place.glob("*.zip"))
