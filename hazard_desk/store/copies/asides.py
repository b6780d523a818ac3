"""What a restore put aside (``before-restore-…``): it must not keep who was sealed or erased since."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from hazard_desk.store.dbfile import DATABASE, plain_link
from hazard_desk.store.seal.erased import FILE, erased_in
from hazard_desk.store.seal.keys import CHECK, DESK_ID
from hazard_desk.store.seal.seal import TOLD
from hazard_desk.store.seal.standing import holds_clear
from hazard_desk.store.troubles import troubles

ASIDE = "before-restore-"


def asides_in_clear(folder: Path) -> list[Path]:
    """Return the folders put aside in a desk's folder that may hold informants in clear, or erased ones."""
    erased = erased_in(folder)
    with troubles(folder):
        asides = [aside for aside in sorted(folder.glob(f"{ASIDE}*")) if (aside / DATABASE).is_file()]
        return [aside for aside in asides if holds_clear(aside / DATABASE, erased)]


def prepare(desk: Path, fresh: Path) -> None:
    """Tell an older state of a desk, in the folder ``fresh``, which desk it is of, its seal, the erased."""
    asked = "SELECT name, value FROM setting WHERE name IN (?, ?, ?)"
    with plain_link(desk / DATABASE) as link:
        own = link.execute(asked, (DESK_ID, CHECK, TOLD)).fetchall()
    with plain_link(fresh / DATABASE) as link, link:
        link.executemany("INSERT OR IGNORE INTO setting (name, value) VALUES (?, ?)", own)
    if (desk / FILE).exists():
        shutil.copyfile(desk / FILE, fresh / FILE)


def rewrite_aside(desk: Path, aside: Path, renew: Callable[[Path], None]) -> None:
    """Bring what was put aside up to date, by ``renew``: sealed, and erased who was. Raises ``Trouble``."""
    with troubles(aside):
        kept = {path.name for path in aside.iterdir()}
        prepare(desk, aside)
        renew(aside)
        for path in aside.iterdir():  # the copy of before, which it was to be rid of
            if path.name not in kept and path.is_dir():
                shutil.rmtree(path)
