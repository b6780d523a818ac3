"""A diagnostic parcel for whoever mends the program: what is the matter, with nothing of what is kept.

It does not search for what is private: only what is known to be harmless is put in.
"""

from __future__ import annotations

import io
import json
import os
import platform
import re
import socket
import sqlite3
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.copies.list import Copy, copies_of
from hazard_desk.store.dbfile import DATABASE, HEAD, reading_link
from hazard_desk.store.files import ATTACHMENTS
from hazard_desk.store.lock import user_name
from hazard_desk.store.place import user_folder
from hazard_desk.store.rescue.gather import Gathered, gather_rows
from hazard_desk.store.rescue.shapes import Values
from hazard_desk.store.rescue.situation import Situation
from hazard_desk.store.saving import save
from hazard_desk.store.scratch import scratch_folder
from hazard_desk.store.troubles import troubles

_FILES = (
    DATABASE,
    f"{DATABASE}-wal",
    f"{DATABASE}-shm",
    "desk.head",
    "copies.json",
    "erased.json",
    "restore.json",
)
_FOLDERS = (ATTACHMENTS, "backups", "scratch", "out", "logs", "drafts", "thumbs", "opened")
_ABOUT = """这是隐患工作台的诊断包，供技术支持查找问题。
里面只有程序和系统的版本、文件大小、各表的记录数、校验结果和运行日志的骨架，
没有单位、人员、电话、隐患内容，也没有文件夹的名称。可以先打开看过再发送。
"""
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) ([A-Z]+) ([A-Za-z_.]+) (.*)")
_FRAME = re.compile(r'\s*File "(.*)", line (\d+)(?:, in ([A-Za-z_<>]+))?')
_OURS = re.compile(r"(?:.*[\\/])?((?:hazard_desk|ui|site-packages|python3\.\d+)[\\/][A-Za-z0-9_\\/.]+)$")
_RAISED = re.compile(
    r"(?:[a-z_0-9]+\.)*([A-Z][A-Za-z]*(?:Error|Exception)|Trouble|Refused|RefusedFields|Lost|InUse): ?(.*)"
)
_KEPT = ("Traceback (most recent call last):", "During handling of", "The above exception was")
_SIGNS = (
    "malformed",
    "locked",
    "busy",
    "disk is full",
    "readonly",
    "unable to open",
    "not a database",
    "disk i/o",
    "no such table",
    "no such column",
    "constraint failed",
)
"""What SQLite says that names nothing."""
_NUMBERED = re.compile(r"(?:Errno|WinError) \d+")
_QUOTED = re.compile(r"“[^”]*”|（[^）]*）|〔[^〕]*〕|\"[^\"]*\"|'[^']*'|[A-Za-z]?:?[\\/]\S+")
_PARTS = re.compile(r"[、，；,;\s]+")


def write_parcel(folder: Path, to: Path, version: str, said: Situation, faults: Sequence[str] = ()) -> Path:
    """Write the parcel on the desk in ``folder`` to the zip ``to`` and return it.

    ``version`` is the program's; ``faults`` is what the desk's own check found, where it opens. Raises
    ``Trouble`` when ``to`` cannot be written.
    """
    with troubles(to), scratch_folder(user_folder()) as scratch:
        found = _read(folder, scratch / DATABASE)
    secrets = _secrets(folder, found)
    report = {
        "program": version,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "encoding": sys.getfilesystemencoding(),
        "situation": said.kind,
        "newest_schema": HEAD,
        "schema": found.version if found else None,
        "rows": {name: len(rows) for name, rows in found.tables.items()} if found else None,
        "unreadable_pages": found.broken if found else None,
        "files": _sizes(folder),
        "integrity": _integrity(folder / DATABASE),
        "faults": [_bare(fault, secrets) for fault in faults],
        "copies": [_copy(folder, copy) for copy in copies_of(folder)],
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("说明.txt", _ABOUT)
        packed.writestr("report.json", json.dumps(report, ensure_ascii=False, indent=1))
        for log in sorted((folder / "logs").glob("window.log*")):
            packed.writestr(f"logs/{log.name}", "\n".join(_skeleton(_lines(log))))
    save(content.getvalue(), to)
    return to


def _read(folder: Path, scratch: Path) -> Gathered | None:
    try:
        return gather_rows(folder / DATABASE, scratch)
    except (OSError, Refused, Trouble):
        return None


def _lines(log: Path) -> list[str]:
    try:
        return log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _sizes(folder: Path) -> dict[str, int | list[int]]:
    """Return bytes by file, and by folder how many files and how many bytes: names of ours only."""
    found: dict[str, int | list[int]] = {}
    for name in _FILES:
        if (folder / name).is_file():
            found[name] = (folder / name).stat().st_size
    for name in _FOLDERS:
        sizes = [file.stat().st_size for file in (folder / name).rglob("*") if file.is_file()]
        found[name] = [len(sizes), sum(sizes)]
    return found


def _integrity(file: Path) -> list[str]:
    """Return what SQLite finds wrong: it names tables and pages, no values."""
    try:
        with reading_link(file) as link:
            return [str(row[0]) for row in link.execute("PRAGMA integrity_check(20)")]
    except sqlite3.Error as wrong:
        return [type(wrong).__name__, *_signs(str(wrong))]


def _copy(folder: Path, copy: Copy) -> dict[str, str | int | bool | None]:
    """Return what is known of a copy but where it lies and how it is called."""
    return {
        "at": copy.at.isoformat(),
        "beside_the_desk": folder in copy.file.parents,
        "version": copy.version,
        "act": copy.act,
        "records": copy.records,
        "files": copy.files,
        "size": copy.size,
        "proved": copy.proved.isoformat() if copy.proved else None,
        "faults": len(copy.faults),
        "portable": copy.portable,
        "locked": copy.locked,
        "there": copy.there,
    }


def _skeleton(lines: Iterable[str]) -> Iterator[str]:
    """Yield of a log when, where in the program and what kind of error; no message is taken over."""
    for line in lines:
        if line.startswith(_KEPT):
            yield line
        elif stamp := _STAMP.fullmatch(line):
            yield " ".join([*stamp.groups()[:3], *_signs(stamp[4])])
        elif frame := _FRAME.fullmatch(line):
            ours = _OURS.fullmatch(frame[1])
            yield f"  {ours[1] if ours else '?'}:{frame[2]} {frame[3] or ''}".rstrip()
        elif raised := _RAISED.fullmatch(line):
            yield " ".join([raised[1], *_signs(raised[2])])


def _signs(message: str) -> list[str]:
    lower = message.lower()
    return [*(sign for sign in _SIGNS if sign in lower), *_NUMBERED.findall(message)]


def _bare(fault: str, secrets: Sequence[str]) -> str:
    """Return a sentence of the check without what it names."""
    for secret in secrets:
        fault = fault.replace(secret, "…")
    return re.sub(r"\d+", "#", _QUOTED.sub("…", fault))


def _secrets(folder: Path, found: Gathered | None) -> list[str]:
    """Return every text that is kept in the desk, the longest first, and who works where."""
    rows = (row for table in found.tables.values() for row in table.values()) if found else ()
    texts = {user_name(), socket.gethostname(), str(folder), *folder.parts, os.fspath(Path.home())}
    texts |= {text for row in rows for text in _texts(row)}
    return sorted((text for text in texts if len(text) > 1), key=len, reverse=True)


def _texts(row: Values) -> Iterator[str]:
    for value in row.values():
        if isinstance(value, str):
            yield value
            yield from _PARTS.split(value.strip('[]{}"').replace('", "', "、"))
