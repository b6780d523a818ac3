"""Rows are read and written by statements that are built once, and just as peewee would."""

from __future__ import annotations

import pytest
from peewee import Context

from hazard_desk.books.enterprises import Enterprise
from hazard_desk.desk import Desk
from hazard_desk.store.columns import table_name, tables
from hazard_desk.store.tables import Audited


def test_a_row_is_read_as_peewee_reads_it(furnished: Desk) -> None:
    cabinet = furnished.cabinet
    there = set(cabinet.db.get_tables())
    read = 0
    for table in tables():
        if table is Audited or table_name(table) not in there:
            continue
        wanted = cabinet.rows(table.select().order_by(table.id))
        rows = cabinet.rows_of(table, [int(str(row["id"])) for row in wanted])
        assert [rows[number] for number in sorted(rows)] == wanted, table
        assert [list(map(type, row.values())) for row in rows.values()] == [
            list(map(type, row.values())) for row in wanted
        ]
        read += len(wanted)
    assert read > 300


def test_a_row_is_written_as_peewee_writes_it(furnished: Desk) -> None:
    cabinet = furnished.cabinet
    for row in cabinet.rows(Enterprise.select().limit(5)):
        number = int(str(row["id"]))
        kept = cabinet.db.execute_sql("SELECT * FROM enterprise WHERE id = ?", (number,)).fetchone()
        new = row | {"id": 10_000 + number, "name": f"又一家{number}"}
        with cabinet.act("test", "enterprises") as act:
            act.insert(Enterprise, new)
            act.update(Enterprise, 10_000 + number, {"name": row["name"] + "（新）"})
            act.done("又一家")
        asked = "SELECT * FROM enterprise WHERE id = ?"
        again = cabinet.db.execute_sql(asked, (10_000 + number,)).fetchone()
        assert [one for one in again[1:] if one != row["name"] + "（新）"] == [
            one for one in kept[1:] if one != row["name"]
        ]


def test_what_a_table_has_not_is_no_column(desk: Desk) -> None:
    with pytest.raises(KeyError, match="nmae"), desk.cabinet.act("test", "enterprises") as act:
        act.insert(Enterprise, {"nmae": "甲店"})


def test_peewee_builds_no_statement_for_a_row_that_goes_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shops(count: int) -> None:
        with desk.cabinet.act("test", "enterprises") as act:
            row = {"category": "企业", "sector": "消防"}
            for number in range(count):
                act.insert(Enterprise, row | {"name": f"{count}之{number}"})
            act.done("登记")

    def built() -> int:
        made = []
        parse = Context.parse
        monkeypatch.setattr(Context, "parse", lambda *of: made.append(1) or parse(*of))
        desk.undo()
        desk.redo()
        monkeypatch.undo()
        return len(made)

    shops(3)
    few = built()
    shops(60)
    assert built() == few
