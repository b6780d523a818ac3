"""The desks that a user has opened on this computer: a small file in the user's own folder.

It only helps to find them again: where it is missing, damaged or cannot be written, nothing else is lost.
"""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hazard_desk.errors import Trouble
from hazard_desk.store.copies.restoring import remains
from hazard_desk.store.copies.swap import INTENT
from hazard_desk.store.dbfile import DATABASE
from hazard_desk.store.place import SAMPLE, default_folder, make_own_folder, user_folder
from hazard_desk.store.saving import save

_FILE = "desks.json"
_MOST = 12
"""So many are remembered; the one that was opened longest ago is forgotten first."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KnownDesk:
    """A desk that was opened here: its folder, whose it is ('' when that is not known)."""

    folder: Path
    office: str = ""
    sample: bool = False

    @property
    def there(self) -> bool:
        """Whether the folder holds a desk now: a memory stick may have been pulled."""
        return holds_desk(self.folder)

    @property
    def missing(self) -> str:
        """What the clerk is told when it is not there."""
        name = f"“{self.office}”" if self.office else ""
        return (
            f"找不到台账{name}了，它原来在“{self.folder}”。"
            "如果在U盘或移动硬盘上，请插好后再打开；如果换了位置，请点“打开其他台账”选择新位置。"
        )


def holds_desk(folder: Path) -> bool:
    """Return whether there is a desk in ``folder``, be it half put back: opening it settles that.

    False too where the disk does not answer.
    """
    with suppress(OSError):
        return (folder / DATABASE).exists() or (folder / INTENT).exists()
    return False


def new_folder() -> Path:
    """Return a folder for one more desk: the default one, or one beside it where a desk or remains lie."""
    folder, number = default_folder(), 2
    while holds_desk(folder) or remains(folder):
        folder, number = default_folder().with_name(f"desk-{number}"), number + 1
    return folder


def known_desks() -> list[KnownDesk]:
    """Return the desks that were opened, the last first; then those that lie in the default places."""
    known = _read()
    default = default_folder()
    for found in (KnownDesk(default), KnownDesk(default.with_name(SAMPLE), sample=True)):
        if found.there and all(found.folder != one.folder for one in known):
            known.append(found)
    return known


def last_desk() -> KnownDesk | None:
    """Return the desk that was opened last, or None. A sample is never opened without being asked for."""
    return next((one for one in _read() if not one.sample), None)


def remember(folder: Path, office: str, sample: bool) -> None:
    """Remember that a desk was opened; where the disk does not take it, go on without."""
    opened = KnownDesk(folder.absolute(), office, sample)
    desks = [opened, *(one for one in _read() if one.folder != opened.folder)][:_MOST]
    told = [{"folder": _within(one.folder), "office": one.office, "sample": one.sample} for one in desks]
    try:
        make_own_folder(user_folder())
        save(json.dumps(told, indent=1).encode(), user_folder() / _FILE)
    except (OSError, Trouble) as error:
        _log.info("the desk is not remembered: %s", error)


def _within(folder: Path) -> str:
    """Return the folder as it is remembered: on a stick relative, for its drive gets another letter."""
    home = user_folder().absolute()
    return folder.relative_to(home).as_posix() if folder.is_relative_to(home) else str(folder)


def _read() -> list[KnownDesk]:
    try:
        told = json.loads((user_folder() / _FILE).read_text(encoding="utf-8"))
        home = user_folder()
        return [KnownDesk(home / one["folder"], str(one["office"]), one["sample"] is True) for one in told]
    except (OSError, ValueError, TypeError, KeyError) as error:
        _log.info("no desks are remembered: %s", error)
        return []
