"""A field is declared once: what the column, the row and the declaration make of it."""

from __future__ import annotations

from datetime import date
from functools import cache

import peewee
import pytest

from hazard_desk.errors import Damaged
from hazard_desk.rules.fields import Kind
from hazard_desk.store.columns import (
    DayField,
    JsonField,
    MomentField,
    Record,
    column,
    column_named,
    computed,
    declared,
    field_of,
    holds,
    name_of,
    table_name,
    table_named,
    tables,
)


@cache
def made() -> tuple[type[Record], type[Record], type[Record]]:
    """Return the tables of this test: made when it runs, for the migrations know nothing of them."""

    class Shared(Record):
        """Columns of several tables."""

        note = column("备注", Kind.LONG)

    class Ware(Shared, table="test_ware"):
        """A table of this test."""

        name = column("名称", required=True, searched=True, index=True)
        code = column("编号", Kind.CODE, unique=True)
        made_on = column("日期", Kind.DATE, width=12)
        count = column("数量", Kind.INTEGER, unit="件")
        price = column("金额", Kind.NUMBER)
        good = column("合格", Kind.BOOL)
        who = column("经手人", Kind.NAMES)
        of = column("所属", Kind.LINK, ledger="wares")
        total = column("合计", Kind.NUMBER, computed=True)
        plain = peewee.TextField(default="")

    class Seen(Ware):
        """A row of the table with one more fact."""

        late = column("逾期", Kind.BOOL, computed=True)

    return Shared, Ware, Seen


@pytest.fixture
def db():
    _, Ware, _ = made()
    db = peewee.SqliteDatabase(":memory:")
    with db.connection_context(), db.bind_ctx([Ware.model]):
        db.create_tables([Ware.model])
        yield db


def test_the_columns_of_a_table_in_their_order() -> None:
    _, Ware, Seen = made()
    names = [field.name for field in declared(Ware)]
    assert names == ["name", "code", "made_on", "count", "price", "good", "who", "of", "note"]
    assert [field.name for field in computed(Ware)] == ["total"]
    assert {field.name for field in declared(Seen)} == set(names)
    assert [field.name for field in computed(Seen)] == ["total", "late"]


def test_a_declaration_is_read_back_as_it_was_said() -> None:
    _, Ware, _ = made()
    said = {field.name: field for field in declared(Ware)}
    assert (said["name"].label, said["name"].required, said["name"].searched) == ("名称", True, True)
    assert (said["made_on"].kind, said["made_on"].width) == (Kind.DATE, 12)
    assert (said["count"].unit, said["of"].ledger) == ("件", "wares")
    assert field_of(Ware.count) == said["count"]
    assert field_of(Ware.total).given
    assert not field_of(Ware.count).given
    with pytest.raises(AttributeError):
        field_of(Ware.plain)


def test_what_nothing_entered_is_in_the_database() -> None:
    _, Ware, _ = made()
    nothing = {field.name: (field.null, field.default) for field in Ware.model._meta.sorted_fields}
    assert nothing["name"] == nothing["code"] == nothing["note"] == (False, "")
    assert nothing["made_on"] == nothing["count"] == nothing["price"] == nothing["of"] == (True, None)
    assert nothing["good"] == (False, False)
    assert nothing["who"] == (False, list)


def test_columns_that_are_looked_up_have_an_index() -> None:
    _, Ware, _ = made()
    said = {field.name: (field.index, field.unique) for field in Ware.model._meta.sorted_fields}
    assert (said["name"], said["code"], said["count"]) == ((True, False), (False, True), (False, False))
    assert "total" not in said


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("name", peewee.TextField),
        ("made_on", DayField),
        ("count", peewee.IntegerField),
        ("price", peewee.FloatField),
        ("good", peewee.BooleanField),
        ("who", JsonField),
        ("of", peewee.IntegerField),
    ],
)
def test_each_kind_has_its_column(name: str, kind: type) -> None:
    _, Ware, _ = made()
    assert type(column_named(Ware, name)) is kind


def test_a_moment_has_a_column_of_its_own() -> None:
    assert type(column("何时", Kind.MOMENT)) is MomentField


def test_tables_and_columns_are_found_by_name() -> None:
    Shared, Ware, Seen = made()
    assert table_name(Ware) == table_name(Seen) == "test_ware"
    assert table_named("test_ware") is Ware
    assert Ware in tables()
    assert Seen not in tables()
    assert Shared not in tables()
    assert name_of(Ware.made_on) == "made_on"
    assert column_named(Ware, "total") is column_named(Ware, "nothing") is None
    with pytest.raises(KeyError):
        table_named("no_such_table")


def test_a_row_holds_facts_and_what_it_lacks_is_empty() -> None:
    _, _, Seen = made()
    row = Seen({"name": "甲", "count": 2})
    assert (row.name, row.count, row["count"]) == ("甲", 2, 2)
    assert (row.made_on, row.price, row.who, row.good, row.code, row.note) == (None, None, [], False, "", "")
    assert (row.late, row.total, row.plain) == (False, None, None)
    row.count = 3
    row.late = True
    assert row == {"name": "甲", "count": 3, "late": True}


def test_what_is_kept_comes_back(db: peewee.SqliteDatabase) -> None:
    _, Ware, _ = made()
    given = {"id": 1, "name": "甲", "code": "1", "note": "", "plain": "", "good": True, "who": ["甲", "乙"]}
    given |= {"made_on": date(2023, 5, 18), "count": 2, "price": 1.5, "of": 3}
    Ware.model.insert(given).execute()
    (row,) = Ware.select().dicts()
    assert row == given
    (kept,) = db.execute_sql("SELECT who FROM test_ware").fetchone()
    assert kept == '["甲", "乙"]'
    assert [dict(one) for one in Ware.select(Ware.name, Ware.count).dicts()] == [{"name": "甲", "count": 2}]
    assert [one["name"] for one in Ware.select(Ware).dicts()] == ["甲"]


def test_names_are_asked_for_as_they_are_shown(db: peewee.SqliteDatabase) -> None:
    _, Ware, _ = made()
    for number, who in enumerate((["甲一", "乙"], ["甲"], [], ['丙"丁']), 1):
        Ware.model.insert({"id": number, "name": "", "code": str(number), "who": who}).execute()

    def found(condition: peewee.Expression) -> list[int]:
        return [row[0] for row in Ware.select(Ware.id).where(condition).order_by(Ware.id).tuples()]

    who: JsonField[list[str]] = Ware.who
    assert found(who.contains("甲")) == [1, 2]
    assert found(who.contains("一、乙")) == [1]
    assert found(who.contains('"')) == [4]
    assert found(holds(who, "甲")) == [2]
    assert found(holds(who, '丙"丁')) == [4]
    assert found(holds(who, "")) == [3]


def test_nothing_is_kept_as_nothing() -> None:
    field: JsonField[list[str]] = JsonField()
    assert field.db_value(None) is field.python_value(None) is None
    assert field.db_value([]) == "[]"
    assert field.python_value('{"a": 1}') == {"a": 1}


def test_of_a_row_read_in_part_nothing_is_told_that_was_not_asked_for(desk):
    """Empty would be taken for a fact, and counted."""
    desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "工贸", "village": "三星村"})
    (part,) = desk.enterprises.facts(("id", "name"))
    assert part.name == "甲厂"
    with pytest.raises(KeyError):
        assert part.village
    with pytest.raises(KeyError):
        assert part.small, "what a book computes it tells of whole rows"
    (whole,) = desk.enterprises.facts()
    assert whole.village == "三星村"
    assert type(whole)().village == "", "a new row: nothing entered yet"


@pytest.mark.parametrize(("column", "value"), [("found_on", "明天"), ("inspectors", '["甲'), ("found_on", 7)])
def test_what_cannot_be_read_is_told_as_damage(desk, found, column, value):
    desk.hazards.add(found)
    desk.cabinet.db.execute_sql(f"UPDATE hazard SET {column} = ?", (value,))
    with pytest.raises(Damaged, match="已损坏"):
        desk.hazards.get(1)
