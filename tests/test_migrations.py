"""The migrated database is what the tables declare, and an older desk is brought up to date safely."""

from __future__ import annotations

import importlib
import json
import pkgutil
import shutil
import sqlite3
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import peewee
import pytest

import hazard_desk.books
from hazard_desk import desk as desk_module
from hazard_desk.desk import Desk
from hazard_desk.store import dbfile
from hazard_desk.store.columns import Record, declared, table_name, tables
from hazard_desk.store.copies import schema
from tests.conftest import ROOT

for module in pkgutil.walk_packages(hazard_desk.books.__path__, "hazard_desk.books."):
    importlib.import_module(module.name)

NOTED = '[{"table": "hazard", "id": 1, "before": null, "after": {}}]'
TABLES: dict[str, type[Record]] = {table_name(table): table for table in tables()}


@pytest.fixture
def link(blank: Path) -> Iterator[sqlite3.Connection]:
    """The database of a new desk, to look at."""
    with closing(sqlite3.connect(blank / "desk.db")) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


def names(link: sqlite3.Connection, sql: str) -> list[str]:
    return [row["name"] for row in link.execute(sql)]


def test_every_table_is_there_and_no_other(link):
    found = set(names(link, "SELECT name FROM sqlite_master WHERE type = 'table'"))
    assert set(TABLES) <= found
    others = {name for name in found - set(TABLES) if not name.startswith("search_")}
    assert others == {"schema_migration"}, "besides the search index only the runner's own history"


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_is_as_declared(link, name):
    meta = TABLES[name].model._meta
    keys = {field.name for field in meta.get_primary_keys()}
    declared = {field.column_name: (not field.null, field.name in keys) for field in meta.sorted_fields}
    there = {
        row["name"]: (bool(row["notnull"]), bool(row["pk"]))
        for row in link.execute(f"PRAGMA table_info({name})")
    }
    assert there == declared


AFFINITY = {
    "TEXT": "TEXT",
    "DATE": "DATE",
    "DATETIME": "DATETIME",
    "INT": "INTEGER",
    "BOOL": "INTEGER",
    "FLOAT": "REAL",
    "AUTO": "INTEGER",
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_has_its_type(link, name):
    declared = {
        field.column_name: AFFINITY[field.field_type] for field in TABLES[name].model._meta.sorted_fields
    }
    there = {row["name"]: row["type"] for row in link.execute(f"PRAGMA table_info({name})")}
    assert there == declared


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_index_is_as_declared(link, name):
    meta = TABLES[name].model._meta
    declared = {
        ((field.column_name,), bool(field.unique))
        for field in meta.sorted_fields
        if field.index or field.unique
        if not field.primary_key
    }
    declared |= {
        (tuple(meta.fields[field].column_name for field in fields), unique) for fields, unique in meta.indexes
    }
    there = {
        (tuple(names(link, f"PRAGMA index_info({row['name']})")), bool(row["unique"]))
        for row in link.execute(f"PRAGMA index_list({name})")
        if row["origin"] != "pk"
    }
    assert there == declared


def test_every_link_is_held_by_a_foreign_key(link):
    links = {
        (name, column)
        for name, table in TABLES.items()
        for column in (
            field.column_name for field in table.model._meta.sorted_fields if field.name.endswith("_id")
        )
    }
    held = {
        (name, row["from"]) for name in TABLES for row in link.execute(f"PRAGMA foreign_key_list({name})")
    }
    assert links <= held


def test_a_new_record_with_nothing_entered_fits_every_declared_table(desk):
    """The empty value of every declared field is what its column takes."""
    for name, table in TABLES.items():
        for field in table.model._meta.sorted_fields:
            declaration = getattr(field, "declaration", None)
            if declaration is not None:
                assert (declaration.empty is None) == field.null, f"{name}.{field.name}"


def test_the_file_says_what_it_is(link):
    assert link.execute("PRAGMA application_id").fetchone()[0] == dbfile.APPLICATION_ID
    assert link.execute("PRAGMA user_version").fetchone()[0] == dbfile.HEAD


def test_the_folder_holds_every_migration_up_to_head():
    files = sorted(file.name for file in dbfile.MIGRATIONS.glob("[0-9]*.py"))
    assert [int(name.partition("_")[0]) for name in files] == list(range(1, dbfile.HEAD + 1))


@pytest.mark.parametrize("kept", [[], ["0001_first.py", "0099_gap.py"]])
def test_a_migrations_folder_that_is_not_whole_is_noticed(tmp_path, monkeypatch, kept):
    """The runner alone would do nothing, quietly."""
    for name in kept:
        (tmp_path / name).write_text("def up(migrator, db):\n    pass\n", encoding="utf-8")
    monkeypatch.setattr(dbfile, "MIGRATIONS", tmp_path)
    with pytest.raises(RuntimeError, match=r"expected 1\.\."):
        dbfile.migrate(peewee.SqliteDatabase(":memory:"), 0)


@pytest.mark.parametrize("old", range(1, dbfile.HEAD))
def test_every_row_of_every_older_version_comes_along(tmp_path, monkeypatch, old):
    file = tmp_path / "desk.db"
    at_version(file, old, monkeypatch)
    before = filled(file)
    migrated(file, old)
    with closing(sqlite3.connect(file)) as link:
        link.row_factory = sqlite3.Row
        for name, row in before.items():
            now = dict(link.execute(f"SELECT * FROM {name} ORDER BY 1").fetchone())
            sealed = {field.name for field in declared(TABLES[name]) if field.sensitive}
            kept = {
                column: value
                for column, value in row.items()
                if (name, column) != ("audited", "id") and column not in sealed
            }
            assert now | kept == now, f"{name} is another"
        assert link.execute("PRAGMA foreign_key_check").fetchall() == []
    assert dbfile.inspect(file) == dbfile.HEAD


def migrated(file: Path, version: int) -> None:
    db = dbfile.connect(file)
    with db:
        dbfile.migrate(db, version)
    db.close()


def filled(file: Path) -> dict[str, dict[str, Any]]:
    """Put one row into every table, all linked to each other, and return them."""
    plain = {"INTEGER": 1, "REAL": 1.5, "DATE": "2023-05-18", "DATETIME": "2023-05-18 09:00:00"}
    rows: dict[str, dict[str, Any]] = {}
    with closing(sqlite3.connect(file)) as link:
        link.row_factory = sqlite3.Row
        for table in names(link, "SELECT name FROM sqlite_master WHERE type = 'table'"):
            if table in TABLES:
                row = {
                    column["name"]: plain.get(column["type"], "[]")
                    for column in link.execute(f"PRAGMA table_info({table})")
                }
                put(link, table, row)
                rows[table] = row
        assert link.execute("PRAGMA foreign_key_check").fetchall() == []
        link.commit()
    return rows


def at_version(file: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a database as the program of that version left it."""
    with monkeypatch.context() as patch:
        folder = file.with_name("migrations")
        folder.mkdir()
        for script in sorted(dbfile.MIGRATIONS.glob("[0-9]*.py"))[:number]:
            shutil.copy(script, folder)
        patch.setattr(dbfile, "MIGRATIONS", folder)
        patch.setattr(dbfile, "HEAD", number)
        migrated(file, 0)


def test_duties_of_the_bundled_plan_learn_what_fulfils_them_and_no_others(tmp_path, monkeypatch):
    plan = tomllib.loads((ROOT / "resources/plans/sanxiang-2023.toml").read_text(encoding="utf-8"))
    duties = {duty["id"]: duty for duty in plan["duties"]}
    file = tmp_path / "desk.db"
    at_version(file, 9, monkeypatch)
    kept = filled(file)
    with closing(sqlite3.connect(file)) as link:
        for number, code in ((1, "sanxiang-2023"), (2, "own")):
            row = kept["plan"] | {"id": number, "code": code}
            put(link, "plan", row)
            for place, duty in enumerate(duties):
                put(
                    link, "duty", kept["duty"] | {"id": 100 * number + place, "plan_id": number, "code": duty}
                )
        link.commit()
    migrated(file, 9)
    with closing(sqlite3.connect(file)) as link:
        link.row_factory = sqlite3.Row
        for row in link.execute("SELECT * FROM duty WHERE id >= 100"):
            told = (json.loads(row["leads"]), row["trigger"], row["units"])
            said = duties[row["code"]] if row["plan_id"] == 1 else {}
            leads = said.get("leads", []) if row["code"] in ("deputies-research", "risk-meeting") else []
            assert told == (leads, said.get("trigger", ""), "[]"), row["code"]
            assert json.loads(row["doers"]) == said.get("doers", []), row["code"]
            assert row["objects"] == said.get("objects", ""), row["code"]
            proofs = json.loads(row["fulfilled_by"])
            assert bool(proofs) == bool(said) or row["code"] == "double-report", "what fulfilled it stays"


@pytest.mark.parametrize(
    ("act", "undoes", "rows", "undo"),
    [
        ("enterprises.add", None, "[]", "rows"),
        ("plans.enter", None, "[]", "final"),
        ("desk.create", None, "[]", "final"),
        ("submissions.submit", None, "[]", "final"),
        ("undo", 7, "[]", "final"),
        ("documents.add", None, "[]", "number"),
        ("documents.change", None, "[]", "rows"),
        ("hazards.add", None, NOTED.replace("hazard", "hazard_event"), "step"),
        ("hazards.change", None, NOTED, "rows"),
        ("hazards.import", None, NOTED.replace("hazard", "hazard_event"), "rows"),
    ],
)
def test_acts_made_before_are_taken_back_as_they_were(tmp_path, monkeypatch, act, undoes, rows, undo):
    file = tmp_path / "desk.db"
    at_version(file, 11, monkeypatch)
    with closing(sqlite3.connect(file)) as link:
        row = {"id": 7, "at": "2023-05-18 09:00:00", "who": "甲", "act": act, "ledger": "", "title": ""}
        put(link, "audit", row | {"rows": rows, "undoes": undoes})
        link.commit()
    migrated(file, 11)
    with closing(sqlite3.connect(file)) as link:
        assert link.execute("SELECT undo FROM audit WHERE id = 7").fetchone() == (undo,)


def put(link: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    quoted = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    link.execute(f"INSERT OR REPLACE INTO {table} ({quoted}) VALUES ({places})", tuple(row.values()))


SECOND = """
import peewee
from playhouse.migrate import *


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("enterprise", "note", peewee.TextField(default="")),
        migrator.add_not_null("hazard", "enterprise_id") if {broken} else migrator.sql("SELECT 1"),
    )
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A program that is one migration ahead; ``broken`` ones fail half-way."""

    def make(broken: bool = False) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(dbfile.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / f"{dbfile.HEAD + 1:04}_next.py").write_text(SECOND.format(broken=broken), encoding="utf-8")
        for module in (dbfile, schema):
            monkeypatch.setattr(module, "MIGRATIONS", folder)
        monkeypatch.setattr(schema, "_parts_of", cache(schema._parts_of.__wrapped__))
        monkeypatch.setattr(desk_module, "HEAD", dbfile.HEAD + 1)
        monkeypatch.setattr(dbfile, "HEAD", dbfile.HEAD + 1)

    return make


def columns(folder: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        return [row[1] for row in link.execute(f"PRAGMA table_info({table})")]


def version(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        return int(link.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture
def older(desk: Desk, found: dict, five: dict) -> Path:
    """The folder of a closed desk with a hazard and its events."""
    number = desk.hazards.add(found).ids[0]
    desk.hazards.step(number, "committed", five)
    desk.close()
    return desk.folder


@pytest.mark.parametrize("lock", [True, False])
def test_an_older_desk_is_brought_up_to_date_after_a_backup(older, next_version, lock):
    before = version(older)
    next_version()
    with Desk.open(older, lock=lock) as opened:
        assert len(opened.hazards.events(1)) == 2, "child rows are still there"
        assert opened.check() == []
    assert version(older) == before + 1
    assert "note" in columns(older, "enterprise")
    (copy,) = (older / "backups").glob("*.zip")
    with zipfile.ZipFile(copy) as archive:
        archive.extract("desk.db", older / "out")
    assert version(older / "out") == before
    assert "note" not in columns(older / "out", "enterprise")


def test_a_migration_that_fails_leaves_the_desk_as_it_was(older, next_version):
    before = version(older)
    next_version(broken=True)
    with pytest.raises(peewee.IntegrityError):
        Desk.open(older)
    assert version(older) == before
    assert "note" not in columns(older, "enterprise")
    assert list((older / "backups").glob("*.zip"))


def test_the_lock_is_free_after_a_failed_migration(older, next_version):
    next_version(broken=True)
    for _ in range(2):
        with pytest.raises(peewee.IntegrityError):
            Desk.open(older)
