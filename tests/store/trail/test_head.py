"""What is lost or changed behind the desk's back is named at the next start."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Lost, Trouble
from hazard_desk.store.files import sha256_of
from hazard_desk.store.trail import head
from hazard_desk.store.trail.head import HEAD_FILE
from tests.conftest import TODAY
from tests.store.trail.harming import ON, SHOP, acts, enter, flip, opens, sql


def first_of_log(folder: Path) -> None:
    """Flip a bit in the first page of the log."""
    flip(folder / "desk.db-wal", 32 + 24 + 100)


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
        lambda folder: sql(folder, "UPDATE audit SET rows = '[]' WHERE id = 1"),
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


def test_a_large_desk_that_nobody_touched_is_not_read_whole_at_each_start(shut, monkeypatch):
    monkeypatch.setattr(head, "LARGE", 1)
    opens(shut)
    read = []
    monkeypatch.setattr(head, "sha256_of", lambda file: read.append(file) or sha256_of(file))
    with Desk.open(shut, TODAY) as desk:
        assert read == []
        assert desk.check() == []
    opens(shut)
    read.clear()
    flip(shut / "desk.db", 100_123)
    with pytest.raises(Lost, match="被改动过或已损坏"):
        Desk.open(shut, TODAY)
    assert read, "what was written to since is read whole"


def test_what_a_disk_loses_of_a_large_desk_is_found_by_the_check(shut, monkeypatch):
    """The moment of the last change is as it was: nothing wrote to the file."""
    monkeypatch.setattr(head, "LARGE", 1)
    opens(shut)
    before = (shut / "desk.db").stat()
    flip(shut / "desk.db", 100_123)
    os.utime(shut / "desk.db", ns=(before.st_atime_ns, before.st_mtime_ns))
    with Desk.open(shut, TODAY, lock=False) as desk:
        assert any("被改动过或已损坏" in fault for fault in desk.check())
