"""The SQLite file: what is a desk, what is sound, which tables a block asked of."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hazard_desk.errors import Trouble
from hazard_desk.store.dbfile import APPLICATION_ID, HEAD, connect, database_faults, inspect, migrate


@pytest.fixture
def file(blank: Path, tmp_path: Path) -> Path:
    """The database of a new desk."""
    return Path(shutil.copy(blank / "desk.db", tmp_path / "台账.db"))


def told(file: Path) -> str:
    with pytest.raises(Trouble) as caught:
        inspect(file)
    return caught.value.message


def test_a_desk_says_its_version(file: Path) -> None:
    before = file.read_bytes()
    assert inspect(file) == HEAD
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"SQLite format 3", "不是数据库".encode(), bytes(4096)])
def test_what_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "其他.db"
    other.write_bytes(content)
    assert told(other) == f"“{other}”不是隐患工作台的数据文件，未作任何改动"
    assert other.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    other = tmp_path / "其他.db"
    with closing(sqlite3.connect(other)) as link:
        link.execute("CREATE TABLE a (b)")
        link.execute(f"PRAGMA application_id = {APPLICATION_ID + 1}")
    assert told(other) == f"“{other}”不是隐患工作台的数据文件，未作任何改动"


def test_one_of_a_newer_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as link:
        link.execute(f"PRAGMA user_version = {HEAD + 1}")
    assert told(file) == f"“{file}”由更新版本的隐患工作台建立，请先升级程序，未作任何改动"


def test_an_older_one_says_so(file: Path) -> None:
    with closing(sqlite3.connect(file)) as link:
        link.execute("PRAGMA user_version = 3")
    assert inspect(file) == 3


def test_one_that_is_not_there(tmp_path: Path) -> None:
    assert told(tmp_path / "无.db") == f"“{tmp_path / '无.db'}”不存在，请检查路径"


def test_what_was_committed_beside_the_file_is_seen(file: Path, tmp_path: Path) -> None:
    """A killed program leaves its write-ahead log; what stands in it counts."""
    with closing(sqlite3.connect(file)) as link:
        link.execute("PRAGMA journal_mode = wal")
        link.execute("PRAGMA user_version = 7")
        for name in (file.name, f"{file.name}-wal"):
            (tmp_path / "killed").mkdir(exist_ok=True)
            shutil.copy(tmp_path / name, tmp_path / "killed" / name)
    assert inspect(tmp_path / "killed" / file.name) == 7


def test_a_sound_database_has_no_faults(file: Path) -> None:
    assert database_faults(file) == []


def test_a_row_that_names_one_that_is_gone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as link:
        link.execute("DELETE FROM plan")
        link.commit()
    faults = database_faults(file)
    assert "外键缺失：action第1行" in faults
    assert all(fault.startswith("外键缺失：") for fault in faults)


def test_a_table_without_row_numbers_is_named_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as link:
        link.execute("INSERT INTO audited (audit_id, table_name, row_id) VALUES (99, 'plan', 1)")
        link.commit()
    assert "外键缺失：audited" in database_faults(file)


def test_a_page_that_is_damaged_comes_first(file: Path) -> None:
    with closing(sqlite3.connect(file)) as link:
        (root,) = link.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audited'").fetchone()
        (size,) = link.execute("PRAGMA page_size").fetchone()
        link.execute("DELETE FROM plan")
        link.commit()
    with file.open("r+b") as stream:
        stream.seek((root - 1) * size + 8)
        stream.write(b"\x00\x00")
    faults = database_faults(file)
    assert not faults[0].startswith("外键")
    assert any(fault.startswith("外键缺失") for fault in faults)


def test_a_desk_of_this_version_is_left_as_it_is(file: Path) -> None:
    with connect(file).connection_context() as _:
        pass
    db = connect(file)
    with db.connection_context():
        migrate(db, HEAD)


def test_how_a_desk_is_opened(file: Path) -> None:
    db = connect(file)
    assert db.is_closed()
    with db.connection_context():
        asked = {
            name: db.execute_sql(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 5000}


def test_a_block_tells_the_tables_of_its_statements(file: Path) -> None:
    db = connect(file)
    with db.connection_context():
        with db.noting() as whole:
            db.execute_sql('SELECT "t1"."id" FROM "task" AS "t1"')
            with db.noting() as inner:
                db.execute_sql("SELECT count(*) FROM plan JOIN stage ON stage.plan_id = plan.id")
                db.execute_sql("UPDATE setting SET value = '' WHERE 0")
                db.execute_sql("INSERT INTO audited SELECT * FROM audited WHERE 0")
            db.execute_sql("DELETE FROM duty WHERE 0")
        db.execute_sql("SELECT 1 FROM enterprise")
        with db.noting() as after:
            pass
    assert inner == {"plan", "stage", "setting", "audited"}
    assert whole == inner | {"task", "duty"}
    assert after == set()


def test_a_block_that_fails_ends_its_notes(file: Path) -> None:
    db = connect(file)
    with db.connection_context():
        with pytest.raises(KeyError), db.noting() as tables:
            raise KeyError
        db.execute_sql("SELECT 1 FROM plan")
    assert tables == set()
