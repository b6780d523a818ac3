"""Whatever a row holds is what an act last said: what anybody else did to the database is named."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.checking import faults_of
from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.making import upgrade_desk
from hazard_desk.stopping import Stopped, while_wanted
from hazard_desk.store.columns import table_name
from hazard_desk.store.trail.replay import known_differences, note_upgrade
from hazard_desk.store.trail.rows import replayed_tables
from tests.conftest import TODAY, Back

EDITS = {
    "UPDATE hazard_event SET note = '补记' WHERE id = 2": "隐患办理记录第2条与操作记录不一致",
    "UPDATE hazard_event SET facts = '{}' WHERE id = 1": "隐患办理记录第1条与操作记录不一致",
    "UPDATE hazard SET place = '三车间', deadline = '2023-06-30' WHERE id = 1": (
        "隐患台账第1条的“隐患部位、整改时限”与操作记录不一致"
    ),
    "UPDATE setting SET value = '别的' WHERE name = 'office'": "与操作记录不一致",
    "UPDATE reward_penalty SET amount = 5 WHERE id = 1": "奖惩记录第1条的“金额”与操作记录不一致",
    "UPDATE document SET voided_on = '2023-06-01' WHERE id = 1": "发文登记第1条的“作废日期”与操作记录不一致",
    "UPDATE holiday SET id = 999 WHERE id = 1": "节假日第999条不是由任何操作录入的",
    "DELETE FROM saved_view": "保存的筛选第1条不见了，但没有操作删除过它",
    "INSERT INTO holiday (day, rest, name) VALUES ('2031-01-01', '放假', '')": "不是由任何操作录入的",
    "UPDATE hazard SET deadline = '明天' WHERE id = 1": "隐患台账第1条的“整改时限”已损坏，读不出来",
    "UPDATE hazard_event SET entered_at = '2023-13-01 09:00:00' WHERE id = 1": (
        "隐患办理记录第1条已损坏，读不出来"
    ),
    "UPDATE hazard SET inspectors = '[\"甲' WHERE id = 1": "隐患台账第1条的“检查人”已损坏，读不出来",
    "UPDATE check_visit SET no_study = 7 WHERE id = 1": "已损坏，读不出来",
    "UPDATE enterprise SET name = CAST(x'e7a4ba80' AS TEXT) WHERE id = 2": "第2条的“单位名称”已损坏",
    "UPDATE enterprise SET headcount = 'x' WHERE id = 1": "已损坏，读不出来",
    "UPDATE audit SET title = '' WHERE id = 3": "操作记录第3项（2023年6月1日09:00“”）被改动过",
    "UPDATE audit SET rows = '[' WHERE id = 5": "操作记录第5项",
    "UPDATE audit SET at = '2023-06-01 09:00:01' WHERE id = 4": "操作记录第4项（2023年6月1日09:00",
    "UPDATE audit SET hash = (SELECT hash FROM audit WHERE id = 7) WHERE id = 6": "操作记录第6项",
    "DELETE FROM audited WHERE audit_id = 5": "操作记录第5项的索引不全",
    "INSERT INTO audited VALUES ('hazard', 77, 2)": "操作记录的索引里有多余的内容",
}


@pytest.mark.parametrize("statement", EDITS)
def test_what_was_edited_in_the_database_is_named(kept: Desk, statement: str) -> None:
    kept.cabinet.db.execute_sql(statement)
    found = kept.check()
    assert any(EDITS[statement] in fault for fault in found), found


def test_several_acts_that_are_gone_are_named(kept: Desk) -> None:
    kept.cabinet.db.execute_sql("DELETE FROM audited WHERE audit_id IN (8, 9)")
    kept.cabinet.db.execute_sql("DELETE FROM audit WHERE id IN (8, 9)")
    assert "操作记录缺少第8项至第9项（2023年6月1日09:00之前）" in kept.check()


@settings(max_examples=40)
@given(st.data())
def test_any_value_of_any_book(furnished: Desk, data: st.DataObject) -> None:
    """Whatever column of whatever row is set to something else: it is named."""
    run = furnished.cabinet.db.execute_sql
    with suppress(Back), furnished.cabinet.together():
        run("PRAGMA defer_foreign_keys = 1")
        names = [table_name(table) for table in replayed_tables(furnished.cabinet.db.link())]
        name = data.draw(st.sampled_from([one for one in names if run(f"SELECT 1 FROM {one}").fetchone()]))
        (number,) = data.draw(st.sampled_from(run(f"SELECT id FROM {name}").fetchall()))
        columns = [(row[1], row[2]) for row in run(f"PRAGMA table_info({name})") if row[1] != "id"]
        column, kind = data.draw(st.sampled_from(columns))
        if name == "informant":  # sealed: what it says is the seal's affair
            raise Back
        other = {"INTEGER": 41, "REAL": 4.5, "DATE": "2001-02-03", "DATETIME": "2001-02-03 04:05:06"}
        value = other.get(kind, data.draw(st.sampled_from(["别的", '["别的"]', "{"])))
        run(f'UPDATE {name} SET "{column}" = ? WHERE id = ?', (value, number))
        found = furnished.check()
        assert any(f"第{number}条" in fault for fault in found), (name, number, column, found)
        raise Back


def test_nothing_is_held_that_nobody_waits_for(furnished: Desk) -> None:
    asked = iter([True] * 12 + [False] * 10_000)
    with pytest.raises(Stopped), while_wanted(lambda: next(asked)):
        faults_of(furnished.folder, furnished.books)


def test_many_rows_are_looked_at_some_at_a_time(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hazard_desk.store.trail.replay._SOME", 2)
    assert kept.check() == []
    kept.cabinet.db.execute_sql(
        "INSERT INTO holiday (id, day, rest, name) VALUES (?, '2031-01-01', '', '')", (2**60,)
    )
    kept.cabinet.db.execute_sql("DELETE FROM hazard_event WHERE id = 3")
    found = kept.check()
    assert f"节假日第{2**60}条不是由任何操作录入的" in found
    assert "隐患办理记录第3条不见了，但没有操作删除过它" in found


class TestUpgrade:
    def test_what_it_changes_is_noted_and_what_differed_before_stays(self, kept: Desk) -> None:
        run, cabinet = kept.cabinet.db.execute_sql, kept.cabinet
        run("UPDATE hazard SET place = '三车间' WHERE id = 1")
        run("INSERT INTO holiday (id, day, rest, name) VALUES (99, '2031-01-01', '放假', '')")
        before = kept.check()
        known = known_differences(cabinet.db.link())
        run("UPDATE activity SET office = '升级'")  # as a migration does
        run("UPDATE holiday SET name = '元旦' WHERE id = 99")
        note_upgrade(cabinet, known)
        assert kept.check() == before
        assert kept.undoable(), "an upgrade stands on no act"

    def test_a_desk_that_did_not_change_has_nothing_to_note(self, furnished: Desk) -> None:
        acts = furnished.cabinet.head().act
        note_upgrade(furnished.cabinet, {})
        assert furnished.cabinet.head().act == acts

    def test_a_difference_outlives_the_upgrade_of_the_whole_desk(self, blank: Path, folder: Path) -> None:
        shutil.copytree(blank, folder)
        with closing(sqlite3.connect(folder / "desk.db")) as link:
            link.execute("UPDATE task SET text = '另一项任务' WHERE id = 3")
            link.execute("PRAGMA user_version = 14")
            link.commit()
        upgrade_desk(folder, 14)
        (folder / "desk.head").unlink()
        with Desk.open(folder, TODAY) as desk:
            assert desk.check() == ["方案任务第3条的“具体任务”与操作记录不一致"]


def test_check_tells_a_damage_in_one_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.close()
    with closing(sqlite3.connect(desk.folder / "desk.db")) as link:
        link.execute("UPDATE stage SET name = '' WHERE id = 1")
        link.commit()
    assert main(["--desk", str(desk.folder), "check"]) == 3
    said = capsys.readouterr().err
    assert "在关闭期间被改动过或已损坏" in said
    assert "方案阶段第1条的“阶段”与操作记录不一致" in said
    assert said.count("\n") == 1
    assert main(["--desk", str(desk.folder), "list", "hazards"]) == 3
    assert main(["--desk", str(desk.folder), "backup", "--to", str(desk.folder / "copy.zip")]) == 0
