"""What is harmed: restore, create, copy and upgrade; and how one sees that the desk is whole after it."""

from __future__ import annotations

import hashlib
import io
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PIL import Image

from hazard_desk.desk import Desk
from hazard_desk.store.copies.restoring import remains, settle
from hazard_desk.store.copies.unpacking import unpack
from hazard_desk.store.dbfile import HEAD, inspect
from hazard_desk.store.known_desks import holds_desk

TODAY = date(2023, 6, 1)
PLAN = "sanxiang-2023"
SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}
RELEASED = Path(__file__).parents[1] / "data" / "released" / "desk-3.zip"
"""A desk of version 0.3.0, with a photo."""
_NOT_FACTS = ("search_", "sqlite_", "schema_migration", "audit", "setting", "informant")
Facts = tuple[str, tuple[tuple[str, str], ...]]
"""The rows of a desk as one hash, and the name and hash of each photo or file."""


@dataclass(frozen=True)
class Kind:
    """One thing that may be stopped anywhere: how it is set up in a folder, done there, and judged."""

    name: str
    set_up: Callable[[Path], None]
    do: Callable[[Path], None]
    judge: Callable[[Path], str]
    """Return what the desk now is, as one text: that of before or that of after. Raises when it is broken."""


def facts(folder: Path, leave_out: tuple[str, ...] = ("search_", "sqlite_")) -> Facts:
    """Return all that a closed desk holds."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        names = [name for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in sorted(name for name in names if not name.startswith(leave_out)):
            digest.update(name.encode())
            for row in link.execute(f'SELECT * FROM "{name}" ORDER BY 1'):
                digest.update(repr(row).encode())
    files = sorted(file for file in (folder / "attachments").rglob("*") if file.is_file())
    held = tuple((file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files)
    return digest.hexdigest(), held


def opened(folder: Path, leave_out: tuple[str, ...] = ("search_", "sqlite_")) -> str:
    """Open the desk as the next start does; return its facts. Raises when anything is amiss."""
    with Desk.open(folder, TODAY) as desk:
        found = desk.check()  # every photo and file too
        assert found == [], found
    told = facts(folder, leave_out)
    left = [name for name in ("restore.json", "desk.db-wal") if (folder / name).exists()]
    assert not left, left
    with Desk.open(folder, TODAY) as desk:
        desk.enterprises.add(SHOP | {"name": "还能登记"})
    return repr(told)


def photo(colour: int) -> bytes:
    """Return a small picture."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), (colour, 0, 0)).save(content, "PNG")
    return content.getvalue()


def _desk(place: Path) -> Desk:
    desk = Desk.create(place / "desk", PLAN, TODAY)
    shop = desk.enterprises.add(SHOP).ids[0]
    desk.attachments.add("enterprises", shop, photo(1), "门面.png")
    return desk


def _goes_on(desk: Desk) -> None:
    shop = desk.enterprises.add(SHOP | {"name": "备份以后新增"}).ids[0]
    desk.attachments.add("enterprises", shop, photo(2), "仓库.png")


def _set_up_restore(place: Path) -> None:
    with _desk(place) as desk:
        desk.copies.make()
        desk.copies.portable(place / "copy.zip")
        _goes_on(desk)


def _restore_from_place(place: Path) -> None:
    Desk.restore(next((place / "desk" / "backups").glob("desk-*.zip")), place / "desk")


def _restore_portable(place: Path) -> None:
    Desk.restore(place / "copy.zip", place / "desk")


def _set_up_elsewhere(place: Path) -> None:
    _set_up_restore(place)
    (place / "old").mkdir()
    shutil.move(place / "desk", place / "old" / "desk")


def _judge_desk(place: Path) -> str:
    return opened(place / "desk")


def _judge_new(place: Path) -> str:
    """Nothing at all, of which a desk can be made; or a desk."""
    if not holds_desk(place / "desk"):
        assert not remains(place / "desk"), "remains of a desk that never was"
        Desk.create(place / "desk", PLAN, TODAY).close()
        return "none"
    opened(place / "desk")
    return "a desk"


def _create(place: Path) -> None:
    Desk.create(place / "desk", PLAN, TODAY).close()


def _set_up_copy(place: Path) -> None:
    _set_up_restore(place)
    with Desk.open(place / "desk", TODAY) as desk:
        desk.enterprises.add(SHOP | {"name": "又一家"})


def _copy(place: Path) -> None:
    with Desk.open(place / "desk", TODAY) as desk:
        desk.copies.make()


def _portable(place: Path) -> None:
    with Desk.open(place / "desk", TODAY) as desk:
        desk.copies.portable(place / "copy.zip")


def _judge_copies(place: Path) -> str:
    """Every copy that is there or listed is whole; the desk stays what it is."""
    files = sorted((place / "desk" / "backups").glob("*.zip"))
    held = []
    for number, file in enumerate((*files, place / "copy.zip")):
        unpack(file, place / "looked" / str(number))
        held.append(facts(place / "looked" / str(number)))
    with Desk.open(place / "desk", TODAY) as desk:
        listed = {copy.file.name for copy in desk.copies.all() if copy.there}
        assert listed >= {file.name for file in files}, "a copy that nobody knows of"
        assert not [copy for copy in desk.copies.all() if copy.gone], "a copy that is not there"
    now = opened(place / "desk")
    return repr((len(files), sorted(held))) + now


def _set_up_old(place: Path) -> None:
    with zipfile.ZipFile(RELEASED) as archive:
        archive.extractall(place / "desk")
    (place / "desk" / "manifest.json").unlink()


def _upgrade(place: Path) -> None:
    Desk.open(place / "desk", TODAY).close()


def _judge_upgrade(place: Path) -> str:
    for file in (place / "desk" / "backups").glob("*.zip"):
        unpack(file, place / "looked" / file.stem)
    settle(place / "desk")
    version = inspect(place / "desk" / "desk.db")
    told = opened(place / "desk", _NOT_FACTS)
    with Desk.open(place / "desk", TODAY) as desk:  # sealed under a key that is there
        informant, _ = desk.tips.reveal(1, "回访")
    return f"{'old' if version < HEAD else 'new'} {told} {informant.informant_name}"


def _nothing(place: Path) -> None:
    (place / "desk").mkdir()


KINDS = (
    Kind("restore from the place", _set_up_restore, _restore_from_place, _judge_desk),
    Kind("restore a portable copy", _set_up_restore, _restore_portable, _judge_desk),
    Kind("restore where none is", _set_up_elsewhere, _restore_portable, _judge_new),
    Kind("create", _nothing, _create, _judge_new),
    Kind("copy into the place", _set_up_copy, _copy, _judge_copies),
    Kind("portable copy", _set_up_copy, _portable, _judge_copies),
    Kind("upgrade from 0.3.0", _set_up_old, _upgrade, _judge_upgrade),
)
"""All that is harmed at every event."""
