"""Damages at random places of a desk's files: each is noticed by opening the desk or by ``check``.

Only what changes nothing may go unnoticed, and that only where the program was killed: a closed file is known
to the byte.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from tests.every_act import SHOP, furnish

TODAY = date(2023, 6, 1)
PLACES = (("shut", "desk.db"), ("killed", "desk.db"), ("killed", "desk.db-wal"))
"""The desk as it was closed or killed, and the file of it that is damaged."""
_FOUND = ("search_", "sqlite_")
"""Tables from which records are found, made from the others."""


def _flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _overwrite(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    some = chance.randbytes(chance.randint(1, 300))[: len(data) - at]
    data[at : at + len(some)] = some


def _blank(data: bytearray, chance: random.Random) -> None:
    at = 512 * chance.randrange(len(data) // 512)
    data[at : at + 512] = bytes(512)


def _swap(data: bytearray, chance: random.Random) -> None:
    one, other = (4096 * chance.randrange(len(data) // 4096) for _ in range(2))
    data[one : one + 4096], data[other : other + 4096] = data[other : other + 4096], data[one : one + 4096]


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


DAMAGES: dict[str, Callable[[bytearray, random.Random], None]] = {
    "flip": _flip,
    "overwrite": _overwrite,
    "blank": _blank,
    "swap": _swap,
    "cut": _cut,
}


def random_damages(root: Path, times: int, seed: int = 1) -> tuple[Counter[str], list[str]]:
    """Do ``times`` damages in a folder of their own; return how each was noticed, and what was not.

    The second is a line for each damage that was silent or ended as a bug: what, where, the seed.
    """
    root.mkdir(parents=True, exist_ok=True)
    told = _prepare(root)
    ends: Counter[str] = Counter()
    wrong = []
    for number in range(times):
        chance = random.Random(f"{seed}-{number}")
        kind, name = PLACES[number % len(PLACES)]
        how = chance.choice(sorted(DAMAGES))
        folder = root / "case"
        shutil.copytree(root / kind, folder)
        data = bytearray((folder / name).read_bytes())
        before = bytes(data)
        DAMAGES[how](data, chance)
        (folder / name).write_bytes(data)
        end = "nothing" if data == before else _end(folder, told)
        ends[end.partition(":")[0]] += 1
        if end.startswith(("silent", "bug")) or (kind == "shut" and end not in ("opening", "nothing")):
            wrong.append(f"{kind} {name}, {how}, seed {seed}-{number}: {end}")
        shutil.rmtree(folder)
    return ends, wrong


def _prepare(root: Path) -> dict[str, list[str]]:
    """Make a desk with everything in it, closed and killed; return all its rows."""
    with Desk.create(root / "shut", "sanxiang-2023", TODAY) as desk:
        furnish(desk)
    with Desk.open(root / "shut", TODAY) as desk:
        for number in range(20):
            desk.enterprises.add(SHOP | {"name": f"第{number}家"})
        shutil.copytree(root / "shut", root / "killed")
    return _rows(root / "shut")


def _rows(folder: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        link.text_factory = lambda raw: raw.decode(errors="surrogateescape")
        names = [name for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(map(repr, link.execute(f'SELECT * FROM "{name}"')))
            for name in names
            if not name.startswith(_FOUND)
        }


def _end(folder: Path, told: dict[str, list[str]]) -> str:
    """Return how a damage is noticed: ``opening``, ``check``, ``harmless``; else ``silent`` or ``bug``."""
    try:
        try:
            desk = Desk.open(folder, TODAY)
        except (Refused, Trouble):
            return "opening"
        with desk:
            if desk.check():
                return "check"
        now = _rows(folder)
    except Exception as error:
        return f"bug: {error!r}"
    changed = sorted(name for name in told if now.get(name) != told[name])
    return f"silent: {changed}" if changed else "harmless"
