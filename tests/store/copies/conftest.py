"""A desk with a second place, day by day; and copies made by hand, with members and manifest."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.store.copies.list import Copy
from tests.store.copies.drilling import SHOP


def packed(to: Path, members: Mapping[str, bytes], **told: object) -> Path:
    """Write a copy: its members, and a manifest that is right but for what is ``told`` otherwise."""
    says = {"format": 1, "files": {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr("manifest.json", json.dumps(says | told))
    return to


@pytest.fixture(scope="session")
def database(blank: Path) -> bytes:
    """The database of an empty desk."""
    return (blank / "desk.db").read_bytes()


@pytest.fixture
def stick(desk: Desk, tmp_path: Path) -> Path:
    """The second place, on a stick."""
    (tmp_path / "stick").mkdir()
    desk.enterprises.add(SHOP)
    desk.copies.set_second(tmp_path / "stick")
    return desk.copies.places[1]


@pytest.fixture
def a_day(desk: Desk) -> Callable[[date], Copy]:
    """Let a day begin: what the window does by itself."""

    def begin(day: date) -> Copy:
        desk.cabinet.clock.set(day)
        made = desk.copies.make(thorough=False)
        desk.copies.prove(datetime.combine(day, time(10)))
        return made

    return begin
