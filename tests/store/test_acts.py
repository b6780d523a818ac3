"""One act = one transaction = one audit row = one returned change."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing, suppress
from datetime import datetime

import pytest

from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.hazards.tables import HazardEvent
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.acts import PROTECTED, in_full
from hazard_desk.store.columns import Record, column
from hazard_desk.store.tables import Audit

SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}


def shop(name: str) -> dict:
    """Return a whole row, as a ledger would read it."""
    empty = {field.name: "" for field in Enterprise.model._meta.sorted_fields if field.name != "id"}
    return (
        empty
        | SHOP
        | {"name": name, "safety_officers": [], "former": [], "stopped_on": None, "headcount": None}
    )


@pytest.fixture
def audit(desk):
    """Return the audit rows since the desk was made."""
    before = len(desk.cabinet.rows(Audit.select()))

    def since() -> list[dict]:
        return desk.cabinet.rows(Audit.select().order_by(Audit.id))[before:]

    return since


def names(desk) -> list[str]:
    return desk.cabinet.column(Enterprise.select(Enterprise.name).order_by(Enterprise.id))


def test_an_act_is_one_audit_row_and_one_change(desk, audit):
    change = desk.enterprises.add(SHOP)
    (row,) = audit()
    assert (change.act, change.ledger, change.title) == ("enterprises.add", "enterprises", row["title"])
    assert change.title == "新增监管对象“示例商店”"
    assert (row["act"], row["ledger"], row["who"]) == ("enterprises.add", "enterprises", desk.clerk)
    assert row["at"] == change.at == datetime(2023, 6, 1, 9, 0)
    (written,) = row["rows"]
    assert (written["table"], written["id"], written["before"]) == ("enterprise", change.ids[0], None)
    assert written["after"]["name"] == "示例商店"


def test_a_change_notes_before_and_after_of_what_changed_and_no_more(desk, audit):
    number = desk.enterprises.add(SHOP).ids[0]
    desk.enterprises.change(number, {"principal": "甲", "category": "个体工商户"})
    written = audit()[-1]["rows"]
    assert written == [{"table": "enterprise", "id": number, "before": {}, "after": {"principal": "甲"}}], (
        "what is empty is left out"
    )
    assert in_full(written[0]) == ({"principal": ""}, {"principal": "甲"})


def test_a_deleted_row_is_kept_in_the_audit(desk, audit):
    number = desk.enterprises.add(SHOP).ids[0]
    with desk.cabinet.act("enterprises.remove", "enterprises") as act:
        act.delete(Enterprise, number)
        act.done("删除", number)
    written = audit()[-1]["rows"][0]
    assert written["before"]["name"] == "示例商店"
    assert written["after"] is None
    assert names(desk) == []


def test_the_id_of_a_deleted_row_is_never_given_again(desk):
    """Its history, its files and what is found by it would be another's."""
    desk.enterprises.add(SHOP)
    last = desk.enterprises.add(SHOP | {"name": "第二家"}).ids[0]
    desk.enterprises.remove(last)
    third = desk.enterprises.add(SHOP | {"name": "第三家"}).ids[0]
    assert third > last
    desk.undo()
    assert desk.enterprises.add(SHOP | {"name": "第四家"}).ids[0] > third
    with desk.cabinet.act("x", "enterprises") as act:
        gone = act.insert(Enterprise, shop("甲店"))
        act.delete(Enterprise, gone)
        assert act.insert(Enterprise, shop("乙店")) > gone
        act.done("两件事")


def test_dates_and_lists_are_kept_as_json(desk, found, audit):
    desk.hazards.add(found)
    written = {row["table"]: row["after"] for row in audit()[-1]["rows"]}
    assert written["hazard"]["found_on"] == "2023-05-20"
    assert written["hazard"]["inspectors"] == ["甲检查", "乙检查"]
    assert written["hazard_event"]["happened_on"] == "2023-05-20"


def test_an_exception_inside_an_act_leaves_nothing(desk, audit):
    with pytest.raises(ZeroDivisionError), desk.cabinet.act("x", "enterprises") as act:
        act.insert(Enterprise, shop("甲"))
        act.done("做了一半")
        raise ZeroDivisionError
    assert names(desk) == []
    assert audit() == []
    with pytest.raises(RuntimeError, match="not committed"):
        _ = act.result


def test_a_refusal_inside_an_act_leaves_nothing(desk, audit):
    with pytest.raises(Refused), desk.cabinet.act("x", "enterprises") as act:
        number = act.insert(Enterprise, shop("甲"))
        act.update(Enterprise, number + 1, {"name": "乙"})
    assert names(desk) == []
    assert audit() == []


def test_an_act_that_does_not_say_what_it_did_is_a_bug(desk, audit):
    with pytest.raises(RuntimeError, match="did not say"), desk.cabinet.act("x", "enterprises") as act:
        act.insert(Enterprise, shop("甲"))
    assert names(desk) == []


def test_an_act_is_not_seen_by_others_before_it_is_whole(desk):
    with closing(sqlite3.connect(desk.cabinet.file)) as other:
        with desk.cabinet.act("x", "enterprises") as act:
            act.insert(Enterprise, shop("甲"))
            act.done("新增")
            assert other.execute("SELECT count(*) FROM enterprise").fetchone() == (0,)
        assert other.execute("SELECT count(*) FROM enterprise").fetchone() == (1,)


def test_together_keeps_all_or_none(desk, audit):
    with pytest.raises(Refused), desk.cabinet.together():
        desk.enterprises.add(SHOP)
        desk.enterprises.add(SHOP)
    assert names(desk) == []
    assert audit() == []
    with desk.cabinet.together():
        desk.enterprises.add(SHOP)
        desk.enterprises.add(SHOP | {"name": "第二家"})
    assert names(desk) == ["示例商店", "第二家"]
    assert len(audit()) == 2


def test_together_nests_and_an_inner_failure_takes_back_only_itself(desk, audit):
    with desk.cabinet.together():
        desk.enterprises.add(SHOP)
        with suppress(Refused), desk.cabinet.together():
            desk.enterprises.add(SHOP | {"name": "第二家"})
            desk.enterprises.add(SHOP)
        desk.enterprises.add(SHOP | {"name": "第三家"})
    assert names(desk) == ["示例商店", "第三家"]
    assert [row["title"] for row in audit()] == ["新增监管对象“示例商店”", "新增监管对象“第三家”"]


def test_another_programs_lock_is_trouble_and_leaves_nothing(desk, monkeypatch, audit):
    desk.cabinet.db.execute_sql("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(desk.cabinet.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Trouble, match="正被其他程序占用"):
            desk.enterprises.add(SHOP)
        other.execute("ROLLBACK")
    assert names(desk) == []
    desk.enterprises.add(SHOP)
    assert len(audit()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of this system")
@pytest.mark.parametrize("parts", [False, True], ids=["act", "whole act"])
def test_a_disk_that_is_full_is_told_as_such_and_leaves_nothing(desk, audit, parts):
    """SQLite takes the transaction back by itself then, and a second ROLLBACK fails with other words."""
    import resource

    log = desk.cabinet.file.with_name(desk.cabinet.file.name + "-wal")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, before[1]))
    try:
        with pytest.raises(Trouble, match="磁盘"):
            if parts:
                with desk.cabinet.whole("x", "enterprises") as act, desk.cabinet.part():
                    desk.enterprises.add(SHOP)
                    act.done("两件事")
            else:
                desk.enterprises.add(SHOP)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names(desk) == []
    assert audit() == []
    desk.enterprises.add(SHOP)
    assert len(audit()) == 1


def test_protected_values_never_reach_the_audit(desk, audit):
    class Secret(Record, table="secret"):
        name = column("姓名")
        card = column("身份证号", sensitive=True)

    desk.cabinet.db.execute_sql("CREATE TABLE secret (id INTEGER PRIMARY KEY, name TEXT, card TEXT)")
    with desk.cabinet.act("x", "secrets") as act:
        number = act.insert(Secret, {"name": "甲", "card": "430000199001010000"})
        act.update(Secret, number, {"card": "430000199001010001"})
        act.done("新增", number)
    text = json.dumps(audit(), ensure_ascii=False, default=str)
    assert "4300001990" not in text
    assert PROTECTED in text
    assert "甲" in text


def test_settings_are_kept_and_audited(desk, audit):
    assert desk.cabinet.setting("colour") == ""
    assert desk.cabinet.setting("colour", "红") == "红"
    for value in ("蓝", "绿"):
        with desk.cabinet.act("settings", "settings") as act:
            desk.cabinet.set(act, "colour", value)
            act.done("设置")
    assert desk.cabinet.setting("colour", "红") == "绿"
    assert [row["rows"][0]["after"]["value"] for row in audit()] == ["蓝", "绿"]


def test_reading_off_the_main_thread(desk):
    import threading

    desk.enterprises.add(SHOP)
    seen = []

    def work() -> None:
        with desk.cabinet.reading():
            seen.extend(names(desk))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == ["示例商店"]
    assert names(desk) == ["示例商店"]


def touched(change, *, beside: tuple[str, ...] = ("audit", "search_entry")) -> dict[str, frozenset[int]]:
    """Return what a change touched, without what every act writes."""
    assert set(beside) <= set(change.touched)
    return {table: ids for table, ids in change.touched.items() if table not in beside}


def test_a_change_names_every_row_that_its_act_wrote(desk, found):
    one = desk.enterprises.add(SHOP).ids[0]
    change = desk.hazards.add(found)
    number = change.ids[0]
    (event,) = desk.cabinet.column(HazardEvent.select(HazardEvent.id))
    assert touched(change) == {"hazard": {number}, "hazard_event": {event}}
    assert touched(desk.enterprises.change(one, {"principal": "甲"})) == {"enterprise": {one}}
    assert touched(desk.enterprises.change(one, {"principal": "甲"})) == {}  # saved as it was
    assert touched(desk.undo()) == {"enterprise": {one}}
    assert set(touched(desk.settings.change({"clerk": "甲"}))) == {"setting"}


def test_a_whole_act_names_the_rows_of_its_parts_but_not_of_those_that_failed(desk):
    with desk.cabinet.whole("enterprises.import", "enterprises") as act:
        one = desk.enterprises.add(SHOP).ids[0]
        with suppress(Refused), desk.cabinet.part():
            desk.enterprises.add(SHOP | {"name": "第二家"})
            desk.enterprises.add(SHOP)
        act.done("导入")
    assert touched(act.result) == {"enterprise": {one}}
    assert touched(desk.undo()) == {"enterprise": {one}}


def test_reading_tells_the_tables_that_were_read(desk, found):
    desk.hazards.add(found)
    with desk.cabinet.reading() as whole:
        with desk.cabinet.reading() as tables:
            desk.hazards.ids(Query())
            desk.hazards.history(1)
        assert {"hazard", "audit", "audited"} <= tables
        with desk.cabinet.reading() as tables:
            desk.find("示例")
        assert tables == {"search_entry", "search_gram"}
    assert whole >= {"hazard", "audit", "search_entry"}
    with desk.cabinet.reading() as tables:
        desk.cabinet.setting("clerk")
        desk.cabinet.count(Enterprise.select().join(HazardEvent.model, on=(Enterprise.id == HazardEvent.id)))
    assert tables == {"setting", "enterprise", "hazard_event"}
