"""The places of copies: one in the desk's own folder, one on a stick, another disk or a share.

A place is a folder with a small marker, ``place.json``: by it a stick is known again under another drive
letter, and somebody else's stick that took its letter is not mistaken for it.
"""

from __future__ import annotations

import ctypes
import json
import sys
import uuid
from collections.abc import Iterable
from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.store.saving import save
from hazard_desk.store.troubles import troubles

HOME = "home"
"""The id of the first place; it needs no marker."""
HOME_FOLDER = "backups"
"""Where it lies in the desk's folder."""
PLACE = "隐患工作台备份-"
"""How the name of a place in a chosen folder begins."""
_MARKER = "place.json"
_REMOVABLE = 2


def new_place(chosen: Path, desk: Path, desk_id: str) -> tuple[str, Path]:
    """Make a folder in the chosen one a place for the copies of this desk; return its id and itself.

    Where one was made before it is taken again. Raises ``Refused`` for a folder within the desk's own,
    ``Trouble`` when it cannot be written.
    """
    with troubles(chosen):
        chosen = chosen.absolute()
        if chosen.is_relative_to(desk.absolute()):
            raise Refused("第二备份位置不能在台账自己的文件夹里，请选U盘、另一块硬盘或共享文件夹")
        if not chosen.is_dir():
            raise Refused(f"没有找到文件夹“{chosen}”，请插好U盘或检查路径")
        own = chosen / f"{PLACE}{desk_id[:8]}"
        for place in (chosen, own):
            if uid := _uid(place, desk_id):
                return uid, place
        own.mkdir(exist_ok=True)
    uid = uuid.uuid4().hex
    save(json.dumps({"place": uid, "desk": desk_id}).encode(), own / _MARKER)
    return uid, own


def find_place(last: Path, uid: str, desk_id: str, roots: Iterable[Path] | None = None) -> Path | None:
    """Return where the place ``uid`` is now, last seen at ``last``; None when it is not there.

    It is looked for under ``roots`` too, by default the removable drives of Windows. Without a
    ``desk_id`` that of the place is not asked for.
    """
    moved = (
        root / last.relative_to(last.anchor) for root in (removable_drives() if roots is None else roots)
    )
    for place in (last, *moved):
        if _uid(place, desk_id) == uid:
            return place
    return None


def removable_drives() -> list[Path]:
    """Return the roots of all sticks and cards on Windows; [] elsewhere."""
    if sys.platform != "win32":
        return []
    kernel = ctypes.windll.kernel32
    there = kernel.GetLogicalDrives()
    drives = [f"{chr(ord('A') + bit)}:\\" for bit in range(2, 26) if there >> bit & 1]
    return [Path(drive) for drive in drives if kernel.GetDriveTypeW(drive) == _REMOVABLE]


def on_stick(path: Path) -> bool:
    """Return whether a path lies on a stick or card that is pulled out again; it need not be there."""
    path = path.absolute()
    in_media = path.is_relative_to("/media") or path.is_relative_to("/run/media")
    return in_media or Path(path.anchor) in removable_drives()


def saved_at(file: Path) -> str:
    """Return what the clerk is told of a file that is written through to the disk."""
    return f"已保存，可以拔出U盘：{file}" if on_stick(file) else f"已保存：{file}"


def same_disk(one: Path, other: Path) -> bool:
    """Return whether two folders, made or not, lie on the same drive, so that losing it loses both."""
    try:
        return _standing(one).stat().st_dev == _standing(other).stat().st_dev
    except OSError:
        return False


def _standing(folder: Path) -> Path:
    """Return the folder, or the next one above that is there."""
    return next((place for place in (folder, *folder.absolute().parents) if place.is_dir()), folder)


def place_word(uid: str, last: Path) -> str:
    """Return what the clerk calls a place: 本机, U盘, 第二备份位置; without an id that of a single file."""
    if uid == HOME:
        return "本机"
    if not uid:
        return "另存的文件"
    return "U盘" if on_stick(last) else "第二备份位置"


def _uid(place: Path, desk_id: str) -> str:
    """Return the id in a folder's marker; '' without one, and for the place of another desk."""
    try:
        told = json.loads((place / _MARKER).read_text(encoding="utf-8"))
        return str(told["place"]) if not desk_id or told["desk"] == desk_id else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""
