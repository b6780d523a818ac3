"""What is done to the folder of a desk behind its back, and how one sees that it is sound."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from hazard_desk.desk import Desk
from tests.conftest import TODAY

SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}
ON = "6月1日09:00"
_NEW = count(1)


def enter(desk: Desk, times: int = 1) -> None:
    for _ in range(times):
        desk.enterprises.add(SHOP | {"name": f"第{next(_NEW)}家"})


def killed(desk: Desk, to: Path) -> Path:
    """Return the folder as a program that is killed now leaves it."""
    shutil.copytree(desk.folder, to)
    return to


def sql(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        for statement in statements:
            link.execute(statement)
        link.commit()


def acts(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        return int(link.execute("SELECT MAX(id) FROM audit").fetchone()[0])


def opens(folder: Path) -> None:
    """The desk opens for reading and for writing, is sound, takes an act, and opens again."""
    for lock in (False, True):
        with Desk.open(folder, TODAY, lock=lock) as desk:
            assert desk.check() == []
    with Desk.open(folder, TODAY) as desk:
        enter(desk)
    Desk.open(folder, TODAY).close()


def flip(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 0x10
    file.write_bytes(data)
