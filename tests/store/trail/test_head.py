"""What is lost or changed behind the desk's back is named at the next start; what is sound never is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.desk import Desk
from hazard_desk.errors import Lost, Trouble
from hazard_desk.store.files import sha256_of
from hazard_desk.store.trail.head import HEAD_FILE, alarm, open_for_writing, read
from tests.conftest import TODAY

SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}
ON = "6月1日09:00"
_NEW = count(1)


def enter(desk: Desk, times: int = 1) -> None:
    for _ in range(times):
        desk.enterprises.add(SHOP | {"name": f"第{next(_NEW)}家"})


def killed(desk: Desk, to: Path) -> Path:
    """Return the folder as a program that is killed now leaves it."""
    shutil.copytree(desk.folder, to)
    return to


def sql(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        for statement in statements:
            link.execute(statement)
        link.commit()


def acts(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        return int(link.execute("SELECT MAX(id) FROM audit").fetchone()[0])


@pytest.fixture
def busy(desk: Desk, tmp_path: Path) -> Path:
    """The folder of a desk that was killed after five acts; the log holds all five."""
    desk.cabinet.checkpoint()
    enter(desk, 5)
    return killed(desk, tmp_path / "killed")


@pytest.fixture
def shut(desk: Desk) -> Path:
    """The folder of a desk that was closed after five acts."""
    enter(desk, 5)
    desk.close()
    return desk.folder


def opens(folder: Path) -> None:
    """The desk opens for reading and for writing, is sound, takes an act, and opens again."""
    for lock in (False, True):
        with Desk.open(folder, TODAY, lock=lock) as desk:
            assert desk.check() == []
    with Desk.open(folder, TODAY) as desk:
        enter(desk)
    Desk.open(folder, TODAY).close()


class TestNoFalseAlarm:
    def test_closed(self, shut):
        assert read(shut).file, "the file is known"
        opens(shut)

    def test_killed(self, busy):
        assert not read(busy).file
        opens(busy)

    @pytest.mark.parametrize("acts_ago", [1, 2, 4])
    def test_killed_before_the_head_was_kept(self, desk, tmp_path, acts_ago):
        """And so after a power cut: the database was flushed, the head was not."""
        enter(desk, 3)
        before = (desk.folder / HEAD_FILE).read_bytes()
        enter(desk, acts_ago)
        folder = killed(desk, tmp_path / "killed")
        (folder / HEAD_FILE).write_bytes(before)
        opens(folder)

    @pytest.mark.parametrize("cut", [0, 1, 17, 60, 200, 511])
    def test_a_head_that_is_torn(self, desk, tmp_path, cut):
        enter(desk)
        before = (desk.folder / HEAD_FILE).read_bytes()
        enter(desk)
        after = (desk.folder / HEAD_FILE).read_bytes()
        assert len(before) == len(after) == 512
        for number, content in enumerate((after[:cut] + before[cut:], after[:cut], b"\xff" * cut)):
            folder = killed(desk, tmp_path / f"torn {number}")
            (folder / HEAD_FILE).write_bytes(content)
            opens(folder)

    @pytest.mark.parametrize("kind", ["shut", "busy"])
    def test_moved_copied_or_without_a_head(self, request, kind, tmp_path):
        folder = request.getfixturevalue(kind)
        copied, bare = tmp_path / "another place" / "台账", tmp_path / "bare"
        shutil.copytree(folder, copied)
        shutil.copytree(folder, bare, ignore=shutil.ignore_patterns("desk.head"))
        opens(copied)
        opens(bare)
        assert read(bare), "it has one again"
        opens(folder.rename(tmp_path / "moved"))

    def test_only_the_database_was_copied(self, shut, tmp_path):
        (tmp_path / "alone").mkdir()
        shutil.copy(shut / "desk.db", tmp_path / "alone")
        opens(tmp_path / "alone")

    def test_a_folder_that_was_copied_while_it_was_open(self, desk, tmp_path):
        enter(desk, 2)
        shutil.copytree(desk.folder, tmp_path / "copied")
        enter(desk)
        opens(tmp_path / "copied")
        assert alarm(desk.folder) == ""

    def test_a_reader_beside_the_writer(self, desk):
        for _ in range(3):
            enter(desk)
            with Desk.open(desk.folder, TODAY, lock=False) as reader:
                enter(desk)
                assert reader.check() == []
            assert alarm(desk.folder) == ""
        reader = Desk.open(desk.folder, TODAY, lock=False)
        desk.close()
        reader.close()
        opens(desk.folder)

    def test_a_reader_brings_in_the_log_of_a_writer_that_was_killed(self, busy):
        with Desk.open(busy, TODAY, lock=False) as reader:
            assert reader.cabinet.checkpoint()
        assert not (busy / "desk.db-wal").exists()
        opens(busy)

    def test_the_desk_as_it_was_closed_with_a_reader_that_stays(self, desk):
        reader = Desk.open(desk.folder, TODAY, lock=False)
        enter(desk)
        with reader.cabinet.db.atomic():
            assert reader.undoable()  # it stands at what it read
            enter(desk)
            desk.close()
        reader.close()
        opens(desk.folder)

    def test_a_writer_that_comes_while_a_reader_compares(self, shut, monkeypatch):
        def meanwhile(file: Path) -> str:
            with monkeypatch.context() as patch:
                patch.setattr("hazard_desk.store.trail.head.sha256_of", sha256_of)
                with Desk.open(shut, TODAY) as writer:
                    enter(writer)
            monkeypatch.undo()
            return sha256_of(file)

        monkeypatch.setattr("hazard_desk.store.trail.head.sha256_of", meanwhile)
        assert alarm(shut) == ""
        opens(shut)

    def test_what_the_file_was_is_taken_out_before_anything_is_written(self, shut):
        before = read(shut)
        open_for_writing(shut)
        assert read(shut) == replace(before, file="")
        opens(shut)

    def test_put_back_from_a_copy(self, desk, tmp_path):
        enter(desk)
        copy = desk.backup(tmp_path / "copy.zip")
        enter(desk, 3)
        desk.close()
        Desk.restore(copy, desk.folder)
        opens(desk.folder)

    def test_acts_that_fail_or_are_given_up(self, desk):
        enter(desk)
        with pytest.raises(RuntimeError), desk.cabinet.together():
            enter(desk, 2)
            raise RuntimeError
        assert read(desk.folder).act == desk.cabinet.head().act
        with desk.cabinet.together():
            enter(desk)
            with pytest.raises(RuntimeError), desk.cabinet.together():
                enter(desk)
                raise RuntimeError
        assert read(desk.folder) == desk.cabinet.head()
        desk.close()
        opens(desk.folder)

    @settings(max_examples=12)
    @given(st.lists(st.sampled_from(["act", "undo", "kill", "close", "read", "checkpoint", "late", "lost"])))
    def test_whatever_happens(self, blank: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[str]):
        place = tmp_path_factory.mktemp("steps")
        folder = place / "0"
        shutil.copytree(blank, folder)
        desk, head = Desk.open(folder, TODAY), b""
        for number, step in enumerate(steps, start=1):
            if step == "act":
                head = (folder / HEAD_FILE).read_bytes()
                enter(desk)
            elif step == "undo" and desk.undoable():
                desk.undo()
            elif step == "checkpoint":
                desk.cabinet.checkpoint()
            elif step == "read":
                Desk.open(folder, TODAY, lock=False).close()
            elif step == "close":
                desk.close()
                desk = Desk.open(folder, TODAY)
            elif step in ("kill", "late", "lost"):
                folder = killed(desk, place / str(number))
                if step == "late" and head:
                    (folder / HEAD_FILE).write_bytes(head)
                if step == "lost":
                    (folder / HEAD_FILE).unlink()
                desk.close()
                desk, head = Desk.open(folder, TODAY), b""
        enter(desk)
        assert desk.check() == []
        desk.close()
        opens(folder)


def first_of_log(folder: Path) -> None:
    """Flip a bit in the first page of the log."""
    flip(folder / "desk.db-wal", 32 + 24 + 100)


def flip(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 0x10
    file.write_bytes(data)


DAMAGES: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "the log is gone": ("busy", lambda folder: (folder / "desk.db-wal").unlink(), f"缺少{ON}之后的5项操作"),
    "the log is empty": ("busy", lambda folder: (folder / "desk.db-wal").write_bytes(b""), "之后的5项操作"),
    "a bit of the log is another": ("busy", first_of_log, f"缺少{ON}之后的5项操作"),
    "the end of the log is cut off": (
        "busy",
        lambda folder: (folder / "desk.db-wal").write_bytes((folder / "desk.db-wal").read_bytes()[:-5000]),
        f"缺少{ON}之后的1项操作",
    ),
    "the last acts are deleted": (
        "busy",
        lambda folder: sql(folder, "DELETE FROM audit WHERE id > (SELECT MAX(id) - 3 FROM audit)"),
        "之后的3项操作",
    ),
    "an act is deleted": (
        "busy",
        lambda folder: sql(folder, "DELETE FROM audit WHERE id = 2"),
        "被删去了1项",
    ),
    "an act is edited": (
        "busy",
        lambda folder: sql(folder, "UPDATE audit SET title = '没有的事' WHERE id = 3"),
        f"操作记录第3项（2023年{ON}“没有的事”）被改动过",
    ),
    "what an act wrote is edited": (
        "busy",
        lambda folder: sql(folder, "UPDATE audit SET rows = replace(rows, '三星', '另') WHERE id = 1"),
        "操作记录第1项",
    ),
    "the last act is another": (
        "busy",
        lambda folder: sql(folder, "UPDATE audit SET hash = 'x' WHERE id = (SELECT MAX(id) FROM audit)"),
        "与上次留下的不一致",
    ),
    "closed, one row is edited": (
        "shut",
        lambda folder: sql(folder, "UPDATE enterprise SET name = '改名' WHERE id = 1"),
        "在关闭期间被改动过或已损坏",
    ),
    "closed, acts are deleted": (
        "shut",
        lambda folder: sql(folder, "DELETE FROM audit WHERE id > (SELECT MAX(id) - 2 FROM audit)"),
        "之后的2项操作",
    ),
    "closed, a byte is another": (
        "shut",
        lambda folder: flip(folder / "desk.db", 100_123),
        "被改动过或已损坏",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_named_refused_and_can_be_accepted(request: pytest.FixtureRequest, name: str):
    kind, damage, says = DAMAGES[name]
    folder: Path = request.getfixturevalue(kind)
    damage(folder)
    for lock in (True, False, True):
        with pytest.raises(Lost) as caught:
            Desk.open(folder, TODAY, lock=lock)
        assert says in caught.value.message
    with Desk.open(folder, TODAY, lock=False, heed=False) as desk:
        assert any(says in fault for fault in desk.check()), "check lists it"
    with Desk.open(folder, TODAY, accept=True) as desk:
        (told,) = desk.cabinet.db.execute_sql("SELECT title FROM audit ORDER BY id DESC LIMIT 1").fetchone()
        assert says in told
        assert desk.undoable() != told
        enter(desk)
    for _ in range(2):
        with Desk.open(folder, TODAY) as desk:
            assert desk.check() == [], "what was accepted is not told again"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON enterprise BEGIN DELETE FROM enterprise; END",
        'CREATE INDEX "my ""own""" ON enterprise (name)',
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE strange (x)",
    ],
)
def test_what_somebody_added_to_the_database_is_named_and_goes_with_what_is_accepted(
    shut, statement, tmp_path
):
    """A copy that holds it would pass for good and could never be restored."""
    sql(shut, statement)
    with Desk.open(shut, TODAY, lock=False, heed=False) as desk:
        assert any("不属于隐患工作台的内容" in fault for fault in desk.check())
        with pytest.raises(Trouble, match="没有备份；原有的备份都没有改动"):
            desk.copies.make()
    with Desk.open(shut, TODAY, accept=True) as desk:
        assert desk.check() == []
        Desk.restore(desk.copies.make().file, tmp_path / "restored")


def test_without_the_file_beside_it_the_trail_still_tells_of_itself(shut):
    (shut / HEAD_FILE).unlink()
    opens(shut)
    (shut / HEAD_FILE).unlink()
    sql(shut, "UPDATE audit SET title = '没有的事' WHERE id = 3")
    with pytest.raises(Lost, match="没有的事”）被改动过"):
        Desk.open(shut, TODAY)
    sql(shut, "DROP TABLE audit")
    with pytest.raises(Trouble, match="no such table"):
        Desk.open(shut, TODAY)


def test_an_older_database_put_back_by_hand(desk, tmp_path):
    enter(desk)
    desk.close()
    shutil.copy(desk.folder / "desk.db", tmp_path)
    with Desk.open(desk.folder, TODAY) as again:
        enter(again, 2)
    shutil.copy(tmp_path / "desk.db", desk.folder)
    with pytest.raises(Lost, match=f"缺少{ON}之后的2项操作（最后一项在2023年{ON}）"):
        Desk.open(desk.folder, TODAY)


def test_another_desk_s_database(shut, tmp_path):
    Desk.create(tmp_path / "other", "sanxiang-2023", TODAY).close()
    shutil.copy(tmp_path / "other" / "desk.db", shut)
    with pytest.raises(Lost, match="属于另一份台账"):
        Desk.open(shut, TODAY)


def test_an_old_database_put_back_beside_a_newer_head(shut):
    before = acts(shut)
    sql(shut, "PRAGMA user_version = 13", "DELETE FROM audit WHERE id > 2")
    with pytest.raises(Lost, match=f"之后的{before - 2}项操作"):
        Desk.open(shut, TODAY)


def test_acts_deleted_while_the_desk_is_open_stop_the_next_act(desk):
    enter(desk, 2)
    before = acts(desk.folder)
    sql(desk.folder, f"DELETE FROM audit WHERE id = {before}")
    with pytest.raises(Lost, match="被其他程序删改"):
        desk.enterprises.add(SHOP)
    assert acts(desk.folder) == before - 1
    desk.close()
    with pytest.raises(Lost, match="缺少"):
        Desk.open(desk.folder, TODAY)


def test_every_byte_of_a_closed_desk_is_looked_at(shut):
    """A tenth of a second for a hundred megabytes."""
    size = (shut / "desk.db").stat().st_size
    for place in range(0, size, size // 40):
        flip(shut / "desk.db", place)
        with pytest.raises(Trouble):
            Desk.open(shut, TODAY)
        flip(shut / "desk.db", place)
    opens(shut)


class TestClock:
    def test_an_act_before_the_last_says_so(self, desk):
        enter(desk)
        desk.cabinet.clock._fixed = None
        assert desk.enterprises.add(SHOP | {"name": "甲"}).warning == ""
        desk.cabinet.clock.set(TODAY.replace(year=2099))
        assert desk.enterprises.add(SHOP | {"name": "乙"}).warning == ""
        desk.cabinet.clock._fixed = None
        change = desk.enterprises.add(SHOP | {"name": "丙"})
        assert change.warning.startswith("电脑时间20")
        assert change.warning.endswith("早于上一项操作的时间2099年6月1日09:00，请检查电脑的日期和时间")
        assert desk.enterprises.add(SHOP | {"name": "丁"}).warning == "", "once"
        assert desk.undoable() == "新增监管对象“丁”", "the order of acts stays"
        assert desk.check() == []
