"""A desk of every released version still opens, and keeps every row."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hazard_desk.desk import Desk
from hazard_desk.store.dbfile import HEAD
from hazard_desk.store.tables import Audit

RELEASED = sorted((Path(__file__).parent / "data" / "released").glob("desk-*.zip"))
OWN = ("schema_migration", "search_", "sqlite_", "audit", "setting")
"""Tables that an upgrade itself may write to: the runner's history, the search index, what it noted."""


def rows(file: Path) -> dict[str, dict[Any, dict[str, Any]]]:
    """Return every row of every book: table -> id -> column -> value."""
    with closing(sqlite3.connect(file)) as link:
        link.row_factory = sqlite3.Row
        names = [row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: {row["id"]: dict(row) for row in link.execute(f"SELECT * FROM {name}")}
            for name in names
            if not name.startswith(OWN)
        }


def test_a_desk_of_every_version_is_kept():
    assert [file.stem for file in RELEASED] == [f"desk-{number}" for number in range(1, len(RELEASED) + 1)]
    assert len(RELEASED) >= 2


@pytest.mark.parametrize("copy", RELEASED, ids=lambda file: file.stem)
def test_an_old_desk_keeps_every_row(copy: Path, folder: Path):
    with zipfile.ZipFile(copy) as archive:
        archive.extractall(folder)
    before = rows(folder / "desk.db")
    assert before["hazard"] and before["task"], "there is something to lose"
    with Desk.open(folder) as desk:
        assert desk.check() == []
        assert desk.hazards.count_by("state")
        counts = desk.plans.plan().counts()
        names = {"actions": "action", "key_tasks": "key_task", "tasks": "task", "stages": "stage"}
        assert counts == {name: len(before[table]) for name, table in (names | {"duties": "duty"}).items()}
    after = rows(folder / "desk.db")
    for table, kept in before.items():
        assert after[table].keys() >= kept.keys(), table
        for number, row in kept.items():
            now = after[table][number]
            if table == "informant":  # sealed: what stood in clear is not to be there
                assert row["informant_name"] not in now.values()
                continue
            assert {name: now[name] for name in row if name in now} == {
                name: value for name, value in row.items() if name in now
            }, f"{table} {number}"
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        assert link.execute("PRAGMA user_version").fetchone() == (HEAD,)


@pytest.mark.parametrize("copy", RELEASED, ids=lambda file: file.stem)
def test_what_was_done_in_an_old_desk_says_how_it_is_taken_back(copy: Path, folder: Path):
    with zipfile.ZipFile(copy) as archive:
        archive.extractall(folder)
    with Desk.open(folder) as desk:
        said: dict[str, set[str]] = {}
        for row in desk.cabinet.rows(Audit.select(Audit.act, Audit.undo)):
            said.setdefault(row["act"], set()).add(row["undo"])
        expected = {"desk.create": "final", "plans.enter": "final", "desk.sample": "final"}
        expected |= {"desk.upgrade": "final", "submissions.submit": "final", "documents.add": "number"}
        expected |= {act: "step" for act in said if act.startswith("hazards.")}
        assert said == {act: {expected.get(act, "rows")} for act in said}
        for _ in range(5):
            told = desk.undoable()
            assert desk.undo().title == f"撤销：{told}"
        assert desk.check() == []
