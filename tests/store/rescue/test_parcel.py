"""The diagnostic parcel tells what is the matter and nothing of what is kept."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hazard_desk.desk import Desk
from hazard_desk.rescue import parcel

Harmed = Callable[[Callable[[bytes], bytes]], Path]
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "unicode-escape")
LOG = """2023-06-01 09:00:00,123 ERROR ui unforeseen: Traceback (most recent call last):
  File "C:\\Users\\王小明\\AppData\\hazard_desk\\books\\tips.py", line 12, in add
    self.keep(values["informant_name"])
  File "/home/wangxm/lib/python3.11/site-packages/peewee.py", line 99, in execute_sql
peewee.IntegrityError: UNIQUE constraint failed: enterprise.name 'Zhangjia Shop'
2023-06-01 09:00:01,000 INFO hazard_desk.store.log “C:\\台账”所在磁盘已满 [WinError 32] 13800005678
王小明 13800005678 电线私拉乱接
Wangxm: 13800005678
"""


def texts(folder: Path) -> Iterator[str]:
    """Return every text of the desk that names or describes something."""
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        for table, columns in {
            "informant": ("informant_name", "informant_phone"),
            "enterprise": ("name", "address", "legal_person", "principal", "phone"),
            "hazard": ("unit_name", "place", "description", "responsible", "number"),
            "membership": ("person",),
            "attachment": ("name",),
            "activity": ("title", "content"),
            "document": ("title", "number"),
        }.items():
            for row in link.execute(f"SELECT {', '.join(columns)} FROM {table}"):
                yield from (text for text in row if isinstance(text, str) and len(text) > 1)


def unpacked(file: Path) -> tuple[bytes, Any]:
    with zipfile.ZipFile(file) as archive:
        content = b"\n".join(archive.read(name) + name.encode() for name in archive.namelist())
        return content, json.loads(archive.read("report.json"))


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data,
        lambda data: data[:-40960] + bytes(40960),
        lambda data: bytes(100) + data[100:],
        lambda data: b"",
    ],
)
def test_nothing_of_the_desk_is_in_it(
    sample: Path, harmed: Harmed, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    folder = harmed(harm)
    (folder / "logs").mkdir(exist_ok=True)
    (folder / "logs" / "window.log").write_text(LOG, encoding="utf-8")
    with closing(sqlite3.connect(sample / "desk.db")) as link:
        (photo,) = link.execute("SELECT sha256 FROM attachment LIMIT 1").fetchone()
    next((folder / "attachments").rglob(f"{photo}*")).unlink()
    content, report = unpacked(parcel(folder, tmp_path / "诊断.zip"))
    assert report["situation"] in ("sound", "damaged")
    secrets = {
        *texts(sample),
        str(folder),
        folder.name,
        "王小明",
        "13800005678",
        "wangxm",
        "Zhangjia",
        "私拉乱接",
    }
    for secret in secrets:
        for encoding in ENCODINGS:
            assert secret.encode(encoding) not in content, secret
    assert b"hazard_desk\\books\\tips.py:12 add" in content
    assert b"IntegrityError constraint failed" in content
    assert b"WinError 32" in content


def test_what_it_tells(harmed: Harmed, tmp_path: Path) -> None:
    folder = harmed(lambda data: data)
    with Desk.open(folder) as desk:
        desk.backup()
    _, report = unpacked(parcel(folder, tmp_path / "a.zip"))
    assert report["situation"] == "sound"
    assert report["rows"]["hazard"] > 0
    assert report["integrity"] == ["ok"]
    assert report["faults"] == []
    assert report["files"]["desk.db"] == (folder / "desk.db").stat().st_size
    assert [copy["there"] for copy in report["copies"]] == [True]


def test_a_fault_is_told_without_what_it_names(harmed: Harmed, tmp_path: Path) -> None:
    folder = harmed(lambda data: data)
    for photo in (path for path in (folder / "attachments").rglob("*") if path.is_file()):
        photo.unlink()
    _, report = unpacked(parcel(folder, tmp_path / "a.zip"))
    assert report["faults"]
    assert all("缺失" in fault for fault in report["faults"])
