"""The list of all copies of a desk, kept in ``copies.json`` beside the database: a copy is no act.

It is written whole, and a second time among the copies in ``backups``. Where it is lost or damaged it is
made anew from what lies in the places. It can be read without a desk that opens.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.copies.places import HOME, HOME_FOLDER, find_place
from hazard_desk.store.copies.unpacking import Manifest, read_manifest
from hazard_desk.store.saving import save
from hazard_desk.store.seal.erased import erased_in
from hazard_desk.store.seal.standing import SEALED

COPIES = "copies.json"
_FORMAT = 1
_SEEN = {"place", "there", "gone", "holds_erased"}
"""What is told of a copy each time by looking."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Copy:
    """One copy of a desk and what is known of it."""

    at: datetime
    file: Path
    place: Path
    """The folder where it lies or lay."""
    within: str = ""
    """The id of the place of copies; '' for a copy that was sent elsewhere."""
    version: int = 0
    act: int = 0
    """The highest act that it holds; 0 where that is not known."""
    head: str = ""
    """The hash of that act; '' where there is none."""
    records: int = 0
    files: int = 0
    """How many photos and files belong to it."""
    size: int = 0
    """Bytes of the copy with its photos and files."""
    proved: datetime | None = None
    """When it was last read back and found as it was written; None when it was not, or is damaged."""
    faults: tuple[str, ...] = ()
    """What is broken or missing in it, a Chinese sentence each."""
    portable: bool = True
    """Whether photos and files are in the one file."""
    locked: bool = False
    """Whether it wants a password."""
    there: bool = True
    gone: bool = False
    """Whether its place is there and the copy no longer in it."""
    informants: tuple[str, ...] = ()
    """The random ids of the informants who stand sealed in it."""
    holds_erased: bool = False
    """Whether one of them was erased since."""

    @property
    def sound(self) -> bool:
        """Whether it was read back and nothing is missing in it."""
        return self.proved is not None and not self.faults

    @property
    def state(self) -> str:
        """What is known of it, in a few words."""
        if self.gone:
            return "已不在"
        if self.faults:
            return f"有问题（{'；'.join(self.faults)}）"
        return ("校验完好" if self.proved else "未校验") + ("" if self.there else "，现在找不到")

    @property
    def holds_clear(self) -> bool:
        """Whether it may hold informants in clear text, as version 0.3.0 kept them, or erased since."""
        return self.version < SEALED or self.holds_erased


@dataclass
class CopyList:
    """What ``copies.json`` holds: the places, the copies, when all was read back and how the trial went."""

    copies: list[Copy] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    """Every place but the first that was ever chosen: its id and where it was last seen."""
    second: str = ""
    """The id of the second place in use, '' for none."""
    all_proved: datetime | None = None
    """When every file of every place was last read back."""
    trial: datetime | None = None
    trial_of: str = ""
    """The name of the copy that was last restored on trial."""
    trial_faults: tuple[str, ...] = ()

    def where(self, folder: Path, desk_id: str) -> dict[str, Path]:
        """Return the places that are there now: id to folder."""
        found = {HOME: folder / HOME_FOLDER}
        for uid, last in self.places.items():
            if place := find_place(Path(last), uid, desk_id):
                found[uid] = place
        return found


def read_list(folder: Path) -> CopyList:
    """Return the list of the desk in ``folder``, as it was written; an empty one where none can be read."""
    for file in (folder / COPIES, folder / HOME_FOLDER / COPIES):
        try:
            return _list_of(json.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            _log.info("a list of copies cannot be read: %s", error)
    return CopyList()


def write_list(folder: Path, known: CopyList) -> None:
    """Write the list whole and flushed, then once more among the copies. Raises ``Trouble``."""
    said = {
        "format": _FORMAT,
        "second": known.second,
        "places": known.places,
        "all_proved": _moment(known.all_proved),
        "trial": {"at": _moment(known.trial), "of": known.trial_of, "faults": list(known.trial_faults)},
        "copies": [_entry(copy) for copy in known.copies],
    }
    content = json.dumps(said, ensure_ascii=False, indent=1, default=_plain).encode()
    save(content, folder / COPIES)
    save(content, folder / HOME_FOLDER / COPIES)


def copies_of(folder: Path, desk_id: str = "") -> list[Copy]:
    """Return every copy of the desk in ``folder``, the newest first; the desk need not open.

    Also those in the places that the list does not know; of these only what they say of themselves is told.
    A place on a network may take long to answer. With ``desk_id`` copies of other desks are left out.
    """
    known = read_list(folder)
    return looked_up(known, known.where(folder, desk_id), desk_id, erased_in(folder))


def looked_up(
    known: CopyList, where: dict[str, Path], desk_id: str, erased: Collection[str] = ()
) -> list[Copy]:
    """Return the copies of a list as they are now, with those that lie unknown in the places ``where``."""
    listed = [_now(copy, where) for copy in known.copies]
    told = {copy.file for copy in listed}
    for uid, place in where.items():
        for file in _zips(place):
            if file not in told:
                listed += _unknown(file, uid, desk_id)
    gone = set(erased)
    listed = [replace(copy, holds_erased=not gone.isdisjoint(copy.informants)) for copy in listed]
    return sorted(listed, key=lambda copy: (copy.at, copy.act), reverse=True)


def with_manifest(copy: Copy, manifest: Manifest) -> Copy:
    """Return the copy with what its manifest says."""
    at = datetime.fromisoformat(manifest.at) if manifest.at else copy.at
    return replace(
        copy,
        at=at,
        version=manifest.version,
        act=manifest.act,
        head=manifest.head,
        records=manifest.records,
        files=len(manifest.files) - 1,
        faults=tuple(manifest.lacks),
        portable=manifest.inside,
        informants=tuple(manifest.informants),
    )


def _now(copy: Copy, where: dict[str, Path]) -> Copy:
    """Return a copy with where it is now: a stick comes back under another letter."""
    place = where.get(copy.within, copy.place)
    file = place / copy.file.name
    try:
        there, reached = file.is_file(), copy.within in where or (not copy.within and place.is_dir())
    except OSError:
        there, reached = False, False
    return replace(copy, file=file, place=place, there=there, gone=reached and not there)


def _zips(place: Path) -> list[Path]:
    try:
        return sorted(place.glob("*.zip"))
    except OSError:
        return []


def _unknown(file: Path, uid: str, desk_id: str) -> list[Copy]:
    """Return a copy that the list does not know, as it tells of itself; [] for that of another desk."""
    try:
        written, size = datetime.fromtimestamp(int(file.stat().st_mtime)), file.stat().st_size
    except OSError:
        return []
    copy = Copy(_named(file) or written, file, file.parent, uid, size=size)
    try:
        manifest = read_manifest(file)
    except Refused as wrong:
        locked = wrong.field == "password"
        return [replace(copy, locked=locked, faults=() if locked else (wrong.message,))]
    except Trouble as wrong:
        return [replace(copy, faults=(wrong.message,))]
    if desk_id and manifest.desk_id not in ("", desk_id):
        return []
    return [with_manifest(copy, manifest)]


def _entry(copy: Copy) -> dict[str, Any]:
    """What is kept of a copy: all but what is seen of it each time."""
    return {name: value for name, value in vars(copy).items() if name not in _SEEN}


def _plain(value: datetime | Path) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _list_of(said: Any) -> CopyList:
    """Return the list that a text tells. Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
    trial = said["trial"]
    return CopyList(
        [_copy(one) for one in said["copies"]],
        {str(uid): str(last) for uid, last in said["places"].items()},
        str(said["second"]),
        _read(said["all_proved"]),
        _read(trial["at"]),
        str(trial["of"]),
        tuple(map(str, trial["faults"])),
    )


def _copy(said: Any) -> Copy:
    """Return the copy that an entry tells; of what an older list does not tell, what a new copy has."""
    file = Path(said["file"])
    unseen = Copy(datetime.fromisoformat(said["at"]), file, file.parent)
    told = {
        name: said[name] for name in vars(unseen).keys() - _SEEN - {"at", "file", "proved"} if name in said
    }
    kinds = {name: type(getattr(unseen, name)) for name in told}
    read: dict[str, Any] = {
        name: tuple(map(str, one)) if kinds[name] is tuple else kinds[name](one) for name, one in told.items()
    }
    return replace(unseen, proved=_read(said["proved"]), **read)


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _read(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _named(file: Path) -> datetime | None:
    """Return the moment in a copy's name."""
    try:
        return datetime.strptime(file.stem, "desk-%Y%m%d-%H%M%S")
    except ValueError:
        return None
