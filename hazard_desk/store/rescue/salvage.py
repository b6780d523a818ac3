"""A new database beside a damaged one, of all that could still be read; and the files that are whole."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from hazard_desk.store.acts import Act
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import declared, table_named
from hazard_desk.store.files import ATTACHMENTS, is_sound
from hazard_desk.store.rescue.gather import Gathered, gather_rows, noted_in, tie_loose_ends
from hazard_desk.store.rescue.shapes import Values
from hazard_desk.store.trail.chain import rechain
from hazard_desk.store.trail.head import CHAINED
from hazard_desk.store.trail.replay import row_differences
from hazard_desk.store.troubles import troubles

DATABASE = "desk.db"
_BESIDE = ("drafts", "erased.json")
"""What else goes along, where it is there."""


def salvage_files(folder: Path, to: Path, by_trail: bool) -> Gathered:
    """Write what can be read of the desk in ``folder`` as one of the same version into the new folder ``to``.

    Nothing in ``folder`` is touched. Raises ``Refused`` for one of a newer version, ``Trouble`` for the disk.
    """
    with troubles(folder):
        to.mkdir(parents=True)
        found = gather_rows(folder / DATABASE, to / DATABASE, by_trail)
        _copy_attachments(folder, to, found)
        while clashing := _write(found, to / DATABASE):
            for name, number in clashing:
                found.aside.append((name, found.tables[name].pop(number), "与另一条记录重复"))
            tie_loose_ends(found)
        for name in _BESIDE:
            if (folder / name).is_dir():
                shutil.copytree(folder / name, to / name)
            elif (folder / name).is_file():
                shutil.copy2(folder / name, to / name)
    return found


def _write(found: Gathered, file: Path) -> list[tuple[str, int]]:
    """Write all rows; return those that SQLite does not take beside the others."""
    clashing = []
    with closing(sqlite3.connect(file, isolation_level=None)) as link:
        link.execute("BEGIN IMMEDIATE")
        for name, kept in found.tables.items():
            link.execute(f'DELETE FROM "{name}"')
            for number, row in kept.items():
                try:
                    link.execute(_insert(name, row), list(row.values()))
                except sqlite3.IntegrityError:
                    clashing.append((name, number))
        if link.execute("SELECT 1 FROM sqlite_master WHERE name = 'audited'").fetchone():
            link.execute("DELETE FROM audited")
            link.executemany(
                "INSERT INTO audited (audit_id, table_name, row_id) VALUES (?, ?, ?)", _touched(found)
            )
        if found.version >= CHAINED:
            rechain(link)
        link.execute("COMMIT")
    return clashing


def _touched(found: Gathered) -> list[tuple[int, str, int]]:
    acts = found.tables["audit"]
    return sorted({(number, row["table"], row["id"]) for number in acts for row in noted_in(acts[number])})


def _insert(name: str, row: Values) -> str:
    columns = ", ".join(f'"{column}"' for column in row)
    return f'INSERT INTO "{name}" ({columns}) VALUES ({", ".join("?" * len(row))})'


def _copy_attachments(folder: Path, to: Path, found: Gathered) -> None:
    """Copy every file that is whole; an attachment without one is noted as removed."""
    now = datetime.now().replace(microsecond=0)
    for row in found.tables.get("attachment", {}).values():
        sha256 = str(row["sha256"])
        name = Path(ATTACHMENTS, sha256[:2], sha256 + str(row["suffix"]))
        if is_sound(folder / name, sha256):
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                shutil.copy2(folder / name, to / name)
        elif row["removed_at"] is None:
            found.aside.append(("attachment", dict(row), "文件缺失或已损坏"))
            row["removed_at"] = str(now)


def note_what_differs(cabinet: Cabinet, act: Act) -> None:
    """Note in an act every row that is otherwise than the trail tells: from here on the two agree again."""
    act.rows += row_differences(cabinet.db.link(), lambda unread: None)


def lost_lines(found: Gathered, titles: Mapping[str, str]) -> list[str]:
    """Return a line for each row that was not put back as it was, for the clerk to read; nothing protected.

    First of the acts that are missing. ``titles`` are those of the books, by their tables.
    """
    missing = [f"操作记录，缺少{found.missing}项，其中登记的内容没能救回"] if found.missing else []
    return missing + [
        f"{titles.get(name, '其他内容')}，{why}：{_told(name, row)}" for name, row, why in found.aside
    ]


def _told(name: str, row: Values) -> str:
    try:
        fields = declared(table_named(name))
    except KeyError:
        return _place(row)
    if any(field.sensitive for field in fields):
        return "（受保护的内容）"
    said = [
        f"{field.label} {row[field.name]!s}"
        for field in fields
        if row.get(field.name) not in (None, "", 0, "[]")
    ]
    return "；".join(said) or _place(row)


def _place(row: Values) -> str:
    return f"第{row['id']!s}条"
