"""What can still be read of a damaged desk becomes a whole new one; the damaged one stays as it was."""

from __future__ import annotations

import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Lost, Refused, Trouble
from hazard_desk.rescue import LIST, Salvaged, salvage
from hazard_desk.store.dbfile import HEAD
from hazard_desk.store.rescue.situation import Plight, situation
from tests.conftest import ROOT, TODAY
from tests.store.rescue.conftest import PAGE, print_of

Harmed = Callable[[Callable[[bytes], bytes]], Path]
Rows = dict[str, dict[int, tuple[object, ...]]]
NOT_ROWS = ("audit", "audited", "hazard_past", "search_", "schema_", "sqlite_")


def rows_of(folder: Path) -> Rows:
    """Return what the books hold, by table and id."""
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        names = [name for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: {row[0]: row[1:] for row in link.execute(f'SELECT * FROM "{name}"')}
            for name in names
            if not name.startswith(NOT_ROWS)
        }


def saved(folder: Path) -> tuple[Salvaged, Path]:
    """Salvage a desk; see that the old one is untouched and the new one sound, and opens."""
    to = folder.with_name("救出 desk")
    before = print_of(folder)
    made = salvage(folder, to, TODAY)
    assert print_of(folder) == before
    with Desk.open(to, TODAY) as desk:
        assert desk.check() == []
        assert desk.find("隐患") is not None
        assert made.counts == {book.title: book.count(Query()) for book in desk.ledgers.values()}
    assert (to / "out" / LIST).exists() == bool(made.lost)
    return made, to


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data,
        lambda data: bytes(100) + data[100:],  # the header
        lambda data: b"\xff" * PAGE + data[PAGE:],  # the page that says where everything is
        lambda data: data[:20] + b"\7\7\7\7\7\7" + data[26:],
    ],
)
def test_where_only_the_beginning_is_broken_everything_is_saved(
    sample: Path, harmed: Harmed, harm: Callable[[bytes], bytes]
) -> None:
    made, to = saved(harmed(harm))
    assert made.lost == []
    assert rows_of(to) == rows_of(sample)


@pytest.mark.parametrize("pages", [1, 3, 6, 12, 24])
@pytest.mark.parametrize("seed", range(3))
def test_broken_pages_cost_little_and_nothing_is_invented(
    sample: Path, harmed: Harmed, pages: int, seed: int
) -> None:
    pick = random.Random(seed * 100 + pages)

    def harm(data: bytes) -> bytes:
        broken = bytearray(data)
        for page in pick.sample(range(len(data) // PAGE), pages):
            broken[page * PAGE : (page + 1) * PAGE] = pick.randbytes(PAGE)
        return bytes(broken)

    made, to = saved(harmed(harm))
    whole, found = rows_of(sample), rows_of(to)
    for name, rows in found.items():
        others = [number for number, row in rows.items() if whole[name].get(number) != row]
        assert not others or made.lost, f"{name} {others}: otherwise than it was, and nobody is told"
        gone = whole[name].keys() - rows.keys()
        assert not gone or made.lost, f"{name} {gone}: lost, and nobody is told"
        if name in ("hazard", "enterprise", "activity", "document"):
            assert len(rows) >= len(whole[name]) - pages * 40


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_off(harmed: Harmed, share: float) -> None:
    made, _ = saved(harmed(lambda data: data[: int(len(data) * share)]))
    assert made.lost


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", "这是一个文本文件".encode() * 2000])
def test_where_nothing_is_left_it_says_so_and_makes_nothing(harmed: Harmed, content: bytes) -> None:
    folder = harmed(lambda data: content)
    with pytest.raises(Trouble, match="没有能读出的内容"):
        salvage(folder, folder.with_name("救出"))
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_lost_file_is_told_and_its_attachment_is_no_more(harmed: Harmed) -> None:
    folder = harmed(lambda data: data)
    photo = next(path for path in (folder / "attachments").rglob("*") if path.is_file())
    photo.write_bytes(photo.read_bytes()[:-1])
    made, to = saved(folder)
    assert [line for line in made.lost if "文件缺失或已损坏" in line]
    assert (
        len(list((to / "attachments").rglob("*.*"))) == len(list((folder / "attachments").rglob("*.*"))) - 1
    )


def test_an_act_says_that_it_was_salvaged(harmed: Harmed) -> None:
    _, to = saved(harmed(lambda data: bytes(100) + data[100:]))
    with closing(sqlite3.connect(to / "desk.db")) as link:
        acts = link.execute("SELECT act, title FROM audit ORDER BY id").fetchall()
    assert acts[-1][0] == "desk.salvage"
    assert "抢救" in acts[-1][1]
    assert len(acts) > 100, "the acts before are kept"


def test_what_cannot_be_taken_on_is_refused(harmed: Harmed, tmp_path: Path) -> None:
    folder = harmed(lambda data: data[:60] + (HEAD + 1).to_bytes(4, "big") + data[64:])
    saved(folder)  # only the header says so, the history of upgrades does not
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        link.execute("INSERT INTO schema_migration VALUES (?, 'neuer', '2099-01-01')", (HEAD + 1,))
        link.commit()
    with pytest.raises(Refused, match="更新版本"):
        salvage(folder, tmp_path / "neu")
    with pytest.raises(Refused, match="已有内容"):
        salvage(folder, folder)
    with pytest.raises(Refused, match="没有可以抢救的内容"):
        salvage(tmp_path / "nirgends", tmp_path / "nirgends" / "neu")
    assert not (tmp_path / "nirgends").exists()


KILLED = """
import os, sys
from pathlib import Path
from hazard_desk.desk import Desk
desk = Desk.open(Path(sys.argv[1]))
for number in range(20):
    desk.enterprises.add({"name": f"示例{number}厂", "category": "企业", "sector": "工贸"})
os._exit(0)
"""


def test_of_a_log_with_a_flipped_bit_the_rest_is_saved_and_looking_costs_nothing(
    blank: Path, folder: Path, program: Callable[..., CompletedProcess[str]]
) -> None:
    """SQLite reads a log up to the damage and drops it when it closes: then all behind it would be gone."""
    shutil.copytree(blank, folder)
    assert program("-c", KILLED, str(folder)).returncode == 0
    log = folder / "desk.db-wal"
    data = log.read_bytes()
    log.write_bytes(data[:22_600] + bytes([data[22_600] ^ 1]) + data[22_601:])
    assert situation(folder).kind is Plight.LOST
    with pytest.raises(Lost, match="缺少"):
        Desk.open(folder, TODAY)
    assert len(log.read_bytes()) == len(data)
    made, _ = saved(folder)
    assert made.counts["监管对象"] == 20


def test_acts_that_are_missing_are_told_and_rows_that_only_they_knew(blank: Path, folder: Path) -> None:
    """An older database in the place of a newer one: the file beside it knows how many acts there were."""
    shutil.copytree(blank, folder)
    with Desk.open(folder, TODAY) as desk:
        desk.enterprises.add({"name": "示例厂", "category": "企业", "sector": "工贸"})
        desk.enterprises.add({"name": "另一厂", "category": "企业", "sector": "工贸"})
    shutil.copy(blank / "desk.db", folder / "desk.db")
    made, to = saved(folder)
    assert made.lost == ["操作记录，缺少2项，其中登记的内容没能救回"]
    again = salvage(to, to.with_name("再救"), TODAY)
    assert again.lost == [], "what was told is not told again"


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_desk_of_a_released_version(version: int, folder: Path) -> None:
    with zipfile.ZipFile(ROOT / f"tests/data/released/desk-{version}.zip") as archive:
        archive.extractall(folder)
    before = rows_of(folder)
    made, to = saved(folder)
    assert made.lost == []
    assert all(rows_of(to)[name].keys() == before[name].keys() for name in ("hazard", "task", "enterprise"))


def test_where_words_of_ours_are_broken_the_trail_is_believed(sample: Path, harmed: Harmed) -> None:
    """A flipped letter in the name of a step, and an act that is missing, so that no trail is whole."""
    folder = harmed(lambda data: data)
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        link.execute("UPDATE hazard_event SET kind = 'rectifieC' WHERE kind = 'rectified'")
        link.execute("PRAGMA foreign_keys = OFF")
        link.execute("DELETE FROM audit WHERE id = 3")
        link.commit()
    _, to = saved(folder)
    assert rows_of(to)["hazard_event"] == rows_of(sample)["hazard_event"]
