"""Where a desk may lie: on a disk of this computer, not on a network drive or in a synced folder.

SQLite's write-ahead log needs shared memory that network drives do not give, and a sync program
that copies a database while it is written damages it. Backups may lie there.
"""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

import platformdirs

from hazard_desk.errors import Refused
from hazard_desk.store.saving import make_folder
from hazard_desk.store.synced.clients import CLIENTS, client_named
from hazard_desk.store.synced.system import registered_client

_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "davfs")
_DRIVE_REMOTE = 4
_MADE = (
    "desk.*",
    "*.json",
    "before-restore-*",
    "unknown-files-*",
    "attachments",
    "backups",
    "drafts",
    "logs",
    "opened",
    "out",
    "scratch",
    "thumbs",
)


USER_FOLDER = "HAZARD_DESK_USER_FOLDER"
"""The environment variable that names another place for all that belongs to the user."""
_PORTABLE, _BESIDE = "portable.txt", "隐患工作台数据"
"""On a memory stick: the file beside the program that says so, the folder beside it that keeps everything."""
SAMPLE = "示例台账"
"""What the folder of the sample desk is called, beside that of the own one."""


def portable_folder() -> Path | None:
    """Return the folder beside the program that keeps everything where ``portable.txt`` lies there."""
    beside = Path(sys.executable).parent
    portable = getattr(sys, "frozen", False) and (beside / _PORTABLE).is_file()
    return beside / _BESIDE if portable else None


def user_folder() -> Path:
    """Return where the program keeps what belongs to its user and to no desk."""
    named = os.environ.get(USER_FOLDER) or portable_folder()
    return Path(named or platformdirs.user_config_dir("HazardDesk", appauthor=False))


def default_folder() -> Path:
    """Return where a desk lies when ``--desk`` does not say: the user's own data folder."""
    named = os.environ.get(USER_FOLDER) or portable_folder()
    return Path(named or platformdirs.user_data_dir("HazardDesk", appauthor=False)) / "desk"


def make_own_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that is there stays as it is. Raises ``OSError``."""
    if not folder.is_dir():
        make_folder(folder)
        _keep_others_out(folder)


def keep_to_owner(desk: Path) -> None:
    """Let only the owner read what the program itself made in a desk's folder, whoever may enter that."""
    if sys.platform == "win32":
        return
    for mine in (path for pattern in _MADE for path in desk.glob(pattern)):
        with suppress(OSError):
            if mine.stat().st_uid == os.geteuid():
                _keep_others_out(mine)


def _keep_others_out(path: Path) -> None:
    """Windows lets nobody but the user and administrators into her profile, where desks lie, by itself."""
    if sys.platform != "win32":
        path.chmod(path.stat().st_mode & 0o700)


def refuse_bad_place(folder: Path) -> None:
    """Raise ``Refused`` when ``folder`` lies on a network drive or in a synced folder, by a link too."""
    folder = folder.absolute()
    for place in dict.fromkeys((folder, _real(folder))):
        if client := synced_by(place):
            raise Refused(
                f"“{folder}”在同步盘（{client}）里，容易损坏台账，请改放本机其他文件夹；备份可以放在那里"
            )
    if _on_network(folder):
        raise Refused(f"“{folder}”在网络盘上，容易损坏台账，请改放本机磁盘；备份可以放在那里")


def synced_by(folder: Path) -> str:
    """Return which client keeps ``folder`` in step, and where that shows: 坚果云：Nutstore; '' for none.

    Told by the names in the path, by what clients leave in their folders, by what they register.
    """
    if named := client_named(folder.parts):
        client, part = named
        return part if client.title.casefold() in part.casefold() else f"{client.title}：{part}"
    for place in (folder, *folder.parents):
        for client in CLIENTS:
            if any(_stands(place / mark) for mark in client.marks):
                return f"{client.title}：{place.name}"
    return registered_client(folder)


def _real(folder: Path) -> Path:
    try:
        return folder.resolve()
    except OSError:
        return folder


def _stands(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:
        return False


def _on_network(folder: Path) -> bool:
    if sys.platform == "win32":
        root = folder.anchor
        return root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE
    return _linux_kind(folder) in _NETWORK


def _linux_kind(folder: Path) -> str:
    """The file system's kind at the longest mount point above ``folder``."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    best = ("", "")
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        point, kind = line.split()[1:3]
        point = point.replace("\\040", " ")
        if folder.is_relative_to(point) and len(point) >= len(best[0]):
            best = (point, kind)
    return best[1]
