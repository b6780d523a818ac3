"""Rows are read from the pages of a file as SQLite would, and where it refuses."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hazard_desk.store.rescue.pages import Pages
from hazard_desk.store.rescue.rows import Raw, RowReader

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A table of 600 rows with every kind of value, long ones among them."""
    made = tmp_path / "a.db"
    pick = random.Random(1)
    values = [
        None,
        0,
        1,
        -1,
        127,
        -32768,
        2**23,
        -(2**31),
        2**40,
        -(2**62),
        1.5,
        "字" * 9000,
        b"\0\xff" * 40,
        "",
    ]
    with closing(sqlite3.connect(made)) as link:
        link.execute("PRAGMA page_size = 4096")
        link.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c)")
        rows = [(number * 3, *pick.choices(values, k=3)) for number in range(1, 601)]
        link.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
        link.execute("DELETE FROM t WHERE id % 7 = 0")
        link.commit()
    return made


def kept(file: Path) -> dict[int, Raw]:
    with closing(sqlite3.connect(file)) as link:
        return {number: (None, *row) for number, *row in link.execute("SELECT * FROM t")}


def read(file: Path) -> tuple[dict[int, Raw], int]:
    rows = RowReader(Pages(file))
    (root,) = (row[3] for row in rows.tree(1).rows.values() if row[1] == "t")
    assert isinstance(root, int)
    tree = rows.tree(root)
    return tree.rows, tree.broken


def test_a_sound_table_is_read_as_sqlite_reads_it(file: Path) -> None:
    assert read(file) == (kept(file), 0)


def test_what_is_only_in_the_log_is_read_and_what_was_not_committed_is_not(
    file: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(file)) as link:
        link.execute("PRAGMA journal_mode = wal")
        link.execute("INSERT INTO t VALUES (1, 'neu', NULL, ?)", ("长" * 5000,))
        link.commit()
        link.execute("UPDATE t SET a = 'anders' WHERE id = 3")
        link.commit()
        whole = kept(file)
        copy = tmp_path / "b.db"
        copy.write_bytes(file.read_bytes())
        log = file.with_name("a.db-wal").read_bytes()
    copy.with_name("b.db-wal").write_bytes(log)
    assert read(copy) == (whole, 0)
    # a flipped bit costs the page that it stands in, not what was written after it
    copy.with_name("b.db-wal").write_bytes(log[:100] + bytes([log[100] ^ 1]) + log[101:])
    assert read(copy)[0][3] == whole[3]
    # an act that did not reach its end never was
    copy.with_name("b.db-wal").write_bytes(log[: -PAGE // 2])
    assert read(copy)[0][3] != whole[3]


def test_a_broken_page_costs_its_own_rows(file: Path) -> None:
    whole = kept(file)
    content = bytearray(file.read_bytes())
    leaf = next(at for at in range(2 * PAGE, len(content), PAGE) if content[at] == 13)
    content[leaf : leaf + PAGE] = random.Random(2).randbytes(PAGE)
    file.write_bytes(content)
    found, broken = read(file)
    assert broken >= 1
    assert len(found) > len(whole) * 0.5
    assert found.items() <= whole.items()


def test_leaves_that_no_page_leads_to_are_found(file: Path) -> None:
    whole = kept(file)
    content = bytearray(file.read_bytes())
    content[PAGE : 2 * PAGE] = bytes(PAGE)  # the root of the table
    file.write_bytes(content)
    rows = RowReader(Pages(file))
    assert rows.tree(2).broken == 1
    found = {number: row for tree in rows.astray() for number, row in tree.rows.items() if len(row) == 4}
    assert found == whole


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_broken_reading_ends_and_invents_nothing(file: Path, seed: int) -> None:
    pick = random.Random(seed)
    content = bytearray(file.read_bytes())
    for _ in range(200):
        at = pick.randrange(len(content))
        content[at] = pick.randrange(256)
    file.write_bytes(content)
    rows = RowReader(Pages(file))
    for root in range(1, Pages(file).count + 1):
        rows.tree(root)
    assert all(isinstance(number, int) for tree in rows.astray() for number in tree.rows)
