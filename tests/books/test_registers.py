"""Special registers: the bundled ones work as ledgers, and the office makes and extends its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.books.kit.proposing import proposed_on
from hazard_desk.books.kit.query import Query, fitting
from hazard_desk.books.registers import RegisterLedger, RegisterRow, Registers
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.library.registers import (
    COLUMN_KINDS,
    UNIT,
    WORDS,
    Definition,
    RegisterColumn,
    bundled_registers,
    elsewhere,
)
from hazard_desk.rules.fields import Field, Kind, Row, field_called
from hazard_desk.store.tables import Audit

TODAY = date(2023, 6, 1)

LADDERS = [
    {"name": UNIT, "label": "单位名称", "required": True},
    {"label": "材质", "kind": "choice", "choices": ["木", "铝"]},
    {"label": "高度", "kind": "number", "unit": "米"},
    {"label": "检验日期", "kind": "date"},
]


@pytest.fixture
def registers(desk: Desk) -> Registers:
    return desk.registers


@pytest.fixture
def ladders(registers: Registers) -> RegisterLedger:
    """A register that the office made itself, with three ladders."""
    registers.create("梯子台账", LADDERS, "梯子")
    ledger = registers.ledgers()["own-1"]
    ledger.add({"unit_name": "示例木材加工厂", "材质": "木", "c1": "木", "c2": "2.5", "c3": "2023-05-20"})
    ledger.add({"unit_name": "示例商店", "c1": "铝", "c2": "3"})
    ledger.add({"unit_name": "示例木材加工厂", "c1": "木"})
    return ledger


def named(ledger: RegisterLedger, label: str) -> str:
    """Return the name that the desk gave to a column."""
    return field_called(ledger.fields, label).name


def example(field: Field) -> Any:
    """Return a lawful entry for a field."""
    if field.check:
        return "023-12345678"
    texts = {
        Kind.CHOICE: field.choices[-1:] and field.choices[-1],
        Kind.DATE: "2023-05-18",
        Kind.MOMENT: "2023-05-18 09:30",
        Kind.INTEGER: "3",
        Kind.NUMBER: "1.5",
        Kind.BOOL: "是",
        Kind.NAMES: "甲同志、乙同志",
    }
    return texts.get(field.kind, f"{field.label}的内容")


def shown(field: Field, value: Any) -> str:
    return value[0] if isinstance(value, list) else field.show(value)


class TestBundled:
    @pytest.mark.parametrize("name", bundled_registers())
    def test_a_row_is_added_found_changed_and_removed(self, registers, name):
        ledger = registers.ledgers()[name]
        needed = {field.name: example(field) for field in ledger.fields if field.required}
        first = ledger.add(needed).ids[0]
        change = ledger.add({field.name: example(field) for field in ledger.entry_fields()})
        second = change.ids[0]
        row = ledger.get(second)

        assert (change.ledger, change.act) == (name, f"{name}.add")
        assert change.title == f"新增{ledger.noun}“{ledger.name_of(row)}”"
        assert ledger.count(Query()) == 2
        for field in ledger.entry_fields():
            value = row[field.name]
            assert field.read(value, TODAY) == value, "the value is of its kind"
            assert second in ledger.ids(Query(where={field.name: shown(field, value)}))
            ids = ledger.ids(Query(where={field.name: ""})) if field.kind is not Kind.BOOL else [first]
            assert ids == ([] if field.required else [first])
            assert sorted(ledger.ids(Query(sort=field.name))) == [first, second]
            if field.searched:
                assert second in ledger.ids(Query(text=shown(field, value)))

        remark = next(field for field in ledger.fields if field.label == "备注")
        assert ledger.change(second, {remark.name: "已核对"}).title.startswith(f"修改{ledger.noun}")
        assert ledger.get(second) == row | {remark.name: "已核对"}
        ledger.remove(second)
        assert [one["id"] for one in ledger.select(Query())] == [first]
        with pytest.raises(Refused, match="已不存在"):
            ledger.get(second)

    def test_whatever_is_missing_is_told_at_once(self, registers):
        with pytest.raises(RefusedFields) as refused:
            registers.ledgers()["three-operations"].add({"held_on": "某日"})
        assert set(refused.value.problems) == {"unit_name", "operation", "content", "held_on"}

    @pytest.mark.parametrize(
        ("id", "title"), [("hazards", "甲台账"), ("boats", "隐患台账"), ("boats", "消防遗留问题台账")]
    )
    def test_none_may_be_called_like_another_book(self, monkeypatch, desk, id, title):
        twin = Definition(id, title, "船", (RegisterColumn("name", "船名", required=True),))
        files = (*bundled_registers().values(), *elsewhere().values(), twin)
        monkeypatch.setattr("hazard_desk.library.registers._all", lambda: files)
        with pytest.raises(Refused, match=f"有两本台账都叫“({id}|{title})”"):
            desk.books.ledger("slogans")

    def test_those_kept_elsewhere_can_be_asked_for(self, desk):
        for register in elsewhere().values():
            assert desk.books.ledger(register.ledger).count(Query(where=register.where)) >= 0

    def test_rows_of_one_register_are_not_those_of_another(self, registers):
        books = registers.ledgers()
        slogan = {"content": "生命至上", "kind": "标语", "quantity": "2", "set_on": "5月10日"}
        slogan |= {"place": "乡政府门口", "state": "在用"}
        number = books["slogans"].add(slogan).ids[0]
        other = books["experts"].add({"expert": "某专家", "speciality": "消防", "state": "在库"}).ids[0]
        assert books["slogans"].ids(Query()) == [number]
        assert books["slogans"].rows([number, other]) == [books["slogans"].get(number)]
        assert books["experts"].names() == ["某专家"]
        assert books["experts"].find("生命至上") is None
        assert books["slogans"].options("place") == ["乡政府门口"]
        assert books["slogans"].count_by("state") == {"在用": 1, "破损": 0, "已撤除": 0}
        with pytest.raises(Refused, match="已不存在"):
            books["experts"].remove(number)


class TestUnits:
    def test_a_unit_is_completed_and_linked(self, desk, registers):
        shop = desk.enterprises.add({"name": "示例商店", "category": "企业", "sector": "消防"}).ids[0]
        ledger = registers.ledgers()["danger-sources"]
        number = ledger.add({"unit_name": "示例商店", "source": "液化气瓶间"}).ids[0]
        assert ledger.options("unit_name") == ["示例商店"]
        assert ledger.get(number)["enterprise_id"] == shop
        assert [row["id"] for row in ledger.made_from("enterprise_id", [shop])[shop]] == [number]
        ledger.change(number, {"unit_name": "某农户大院"})
        assert ledger.get(number)["enterprise_id"] is None, "no unit of the ledger: the name alone is kept"

    def test_a_register_without_units_links_nothing(self, registers):
        ledger = registers.ledgers()["slogans"]
        assert ledger.links == ()


class TestAudit:
    def test_an_act_is_readable_and_can_be_taken_back(self, desk, ladders):
        number = ladders.ids(Query())[0]
        before = ladders.get(number)
        ladders.change(number, {"c2": "4"})
        ladders.remove(number)
        *_, changed, removed = desk.cabinet.rows(Audit.select().order_by(Audit.id))

        facts = {"unit_name": "示例木材加工厂", "c1": "木", "c2": 2.5, "c3": "2023-05-20"}
        assert changed["title"] == "修改梯子“示例木材加工厂”"
        (row,) = changed["rows"]
        assert (row["before"], row["after"]) == ({"facts": facts}, {"facts": facts | {"c2": 4.0}})
        assert removed["title"] == "删除梯子“示例木材加工厂”"
        assert removed["rows"][0]["before"]["facts"] == facts | {"c2": 4.0}
        assert removed["rows"][0]["after"] is None

        desk.undo()
        assert ladders.get(number) == before | {"c2": 4.0}
        desk.undo()
        assert ladders.get(number) == before

    def test_entering_the_same_again_is_no_change(self, desk, ladders):
        number = ladders.ids(Query())[0]
        ladders.change(number, {})
        assert desk.cabinet.rows(Audit.select().order_by(Audit.id.desc()).limit(1))[0]["rows"] == []


class TestOwn:
    def test_it_is_made_and_used(self, registers, ladders):
        assert registers.is_own("own-1")
        assert not registers.is_own("slogans")
        assert list(registers.ledgers())[-1] == "own-1"
        labels = [field.heading for field in ladders.entry_fields()]
        assert labels == ["单位名称", "材质", "高度（米）", "检验日期"]
        assert ladders.ids(Query(where={named(ladders, "材质"): "木"}, sort="c2", descending=True)) == [1, 3]
        assert ladders.ids(Query(where={named(ladders, "检验日期"): "2023-05-01..2023-05-31"})) == [1]
        assert ladders.ids(Query(text="商店")) == [2]

    def test_columns_and_choices_are_added(self, registers, ladders):
        columns = [column.plain() for column in ladders.definition.fields]
        columns[1]["choices"] = ["木", "铝", "竹"]
        change = registers.redefine("own-1", [*columns, {"label": "保管人", "kind": "names"}], "梯凳台账")
        assert change.title == "修改专项台账“梯凳台账”的栏目"
        extended = registers.ledgers()["own-1"]
        assert (extended.title, extended.noun) == ("梯凳台账", "梯子")
        assert [field.name for field in extended.entry_fields()] == ["unit_name", "c1", "c2", "c3", "c4"]
        assert extended.get(1) == ladders.get(1) | {"c4": []}
        empty = extended.ids(Query(where={named(extended, "保管人"): ""}))
        assert empty == [1, 2, 3], "rows of before have the column, empty"
        extended.change(2, {"c1": "竹", "c4": "甲同志、乙同志"})
        assert extended.ids(Query(where={named(extended, "保管人"): "乙同志"})) == [2]
        assert extended.options(named(extended, "保管人")) == ["乙同志", "甲同志"]

    def test_nothing_that_was_entered_is_lost(self, registers, ladders):
        unit, kind, height, tested = (column.plain() for column in ladders.definition.fields)
        for columns, says in [
            ([unit, height, tested], "“材质”一栏已有内容，不能删除"),
            ([unit, kind | {"choices": ["铝"]}, height, tested], "选项“木”已有记录使用，不能删除"),
            (
                [unit, kind, height | {"kind": "text", "unit": ""}, tested],
                "“高度”一栏已有内容，不能改变类型或单位",
            ),
            ([unit, kind, height | {"unit": "厘米"}, tested], "“高度”一栏已有内容，不能改变类型或单位"),
        ]:
            with pytest.raises(Refused, match=says):
                registers.redefine("own-1", columns)
        assert registers.ledgers()["own-1"].definition == ladders.definition

    def test_an_empty_column_may_go_and_another_take_its_name(self, registers, ladders):
        unit, kind, height, tested = (column.plain() for column in ladders.definition.fields)
        ladders.change(1, {"c3": ""})
        registers.redefine("own-1", [unit, kind, height, {"label": "借用", "kind": "bool", "required": True}])
        ledger = registers.ledgers()["own-1"]
        assert [field.label for field in ledger.entry_fields()][-1] == "借用"
        assert [row["c3"] for row in ledger.select(Query())] == [False, False, False]
        assert tested["name"] == "c3"

    def test_labels_and_requirements_may_change(self, registers, ladders):
        columns = [column.plain() for column in ladders.definition.fields]
        columns[2] |= {"label": "长度", "required": True}
        registers.redefine("own-1", columns)
        with pytest.raises(RefusedFields, match="请填写“长度”"):
            registers.ledgers()["own-1"].change(3, {"c1": "铝"})

    @pytest.mark.parametrize(
        ("title", "columns", "says"),
        [
            (" ", LADDERS, "请填写台账名称"),
            ("安全生产专家库", LADDERS, "已有名为“安全生产专家库”的台账"),
            ("隐患台账", LADDERS, "已有名为“隐患台账”的台账"),
            ("hazards", LADDERS, "已有名为“hazards”的台账"),
            ("重大事故隐患数据库", LADDERS, "已有名为“重大事故隐患数据库”的台账"),
            ("空台账", [], "至少要有一个必填的栏目"),
            ("无名", [{"label": " "}], "第1栏：请填写栏目名称"),
            ("同名", [*LADDERS, {"label": "材质"}], "第5栏：“材质”与第2栏重复"),
            ("选项", [*LADDERS, {"label": "用途", "kind": "choice"}], "第5栏：请写出选项"),
            ("类型", [*LADDERS, {"label": "用途", "kind": "colour"}], "第5栏：没有“colour”这种类型"),
        ],
    )
    def test_a_wrong_one_is_refused(self, registers, title, columns, says):
        with pytest.raises(Refused, match=says):
            registers.create(title, columns)
        assert len(registers.ledgers()) == 19

    def test_only_an_own_one_is_redefined(self, registers):
        for name in ("slogans", "own-9"):
            with pytest.raises(Refused, match="只有本单位自建的专项台账才能修改栏目"):
                registers.redefine(name, LADDERS)

    def test_making_one_can_be_taken_back(self, desk, registers):
        assert registers.create("梯子台账", LADDERS).title == "新建专项台账“梯子台账”"
        desk.undo()
        assert list(registers.ledgers()) == list(bundled_registers())


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["%", "_", "'", '"', "\\", '甲"乙', "100%", "a.b", "$.c1", "null", "\U00027a8e"]
)
ENTRIES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "long": TEXTS,
    "code": TEXTS,
    "names": st.lists(TEXTS, max_size=4),
    "choice": st.sampled_from(["", "甲", "乙"]),
    "date": st.none() | st.dates(),
    "moment": st.none() | st.datetimes(),
    "integer": st.none() | st.integers(0, 10**12 - 1),
    "number": st.none() | st.decimals(0, 10**11, places=4).map(str),
    "bool": st.booleans(),
}


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegisterLedger]:
    """A register with a column of every kind, called as its kind."""
    with Desk.create(tmp_path_factory.mktemp("registers") / "desk", "sanxiang-2023", TODAY) as desk:
        columns = [{"name": kind, "label": f"{kind}栏", "kind": kind} for kind in COLUMN_KINDS]
        columns[COLUMN_KINDS.index("choice")] |= {"choices": ["甲", "乙"]}
        columns.append({"name": "key", "label": "序号", "required": True})
        desk.registers.create("各类栏目", columns)
        yield desk.registers.ledgers()["own-1"]


@settings(max_examples=60)
@given(st.fixed_dictionaries(ENTRIES))
def test_every_kind_comes_back_from_json_as_it_was_entered(every_kind, entries):
    row = every_kind.read(entries | {"key": "1"}, None)
    kept = json.loads(json.dumps(every_kind.kept(row)))
    back = every_kind.finish(RegisterRow(kept | {"id": 1}))
    assert {name: back[name] for name in row} == row


@settings(max_examples=60)
@given(st.fixed_dictionaries(ENTRIES))
def test_what_is_shown_is_what_a_filter_and_a_search_find(every_kind, entries):
    for old in every_kind.ids(Query()):
        every_kind.remove(old)
    every_kind.add({"key": "0", "names": "甲、乙", "choice": "甲", "date": "2023-05-18", "number": "1"})
    number = every_kind.add(entries | {"key": "1"}).ids[0]
    row, rows = every_kind.get(number), every_kind.select(Query())
    for field in every_kind.fields:
        wanted = row[field.name]
        texts = wanted or [""] if isinstance(wanted, list) else [exactly(field, wanted)]
        for text in texts:
            queries = [Query(where={field.name: text})]
            if field.kind in WORDS:
                queries.append(Query(text=text))
            for query in queries:
                ids = every_kind.ids(query)
                assert number in ids, f"{field.name} = {text!r}"
                assert ids == [one["id"] for one in fitting(rows, every_kind.fields, query, TODAY)]


def exactly(field: Field, value: Any) -> str:
    """Return the shown value; of a moment with its seconds, which the table does not show."""
    return str(value) if isinstance(value, datetime) else field.show(value)


def test_twenty_thousand_rows_are_paged_filtered_sorted_and_searched(desk, registers):
    ledger = registers.ledgers()["three-operations"]
    rows: list[Row] = [
        {
            "register": ledger.id,
            "enterprise_id": None,
            "facts": {
                "unit_name": f"示例第{number % 400}号厂",
                "operation": ("检维修", "有限空间", "委外作业")[number % 3],
                "content": f"第{number}次作业",
                "held_on": str(date(2023, 1 + number % 12, 1 + number % 28)),
            },
        }
        for number in range(20_000)
    ]
    with desk.cabinet.db.atomic():
        for at in range(0, len(rows), 1000):
            RegisterRow.model.insert_many(rows[at : at + 1000]).execute(desk.cabinet.db)
    assert ledger.count(Query()) == 20_000
    assert ledger.count(Query(where={named(ledger, "作业类型"): "有限空间"})) == 6_667
    assert ledger.count(Query(text="第19999次")) == 1
    assert ledger.count(Query(where={"held_on": "2023-03-01..2023-03-31"}, text="示例")) == 1_667
    ids = ledger.ids(Query(sort="held_on", descending=True))
    assert len(ids) == 20_000
    days = [row["held_on"] for row in ledger.rows(ids[:200])]
    assert days == sorted(days, reverse=True)
    assert len(ledger.options("unit_name")) == 0, "completed from the enterprises, not from 20,000 rows"
    assert len(ledger.names()) == 20_000


@pytest.mark.parametrize("register", ["trainings", "three-operations", "enforcement", "full-list"])
def test_the_form_of_what_happens_proposes_today(desk, register):
    fields = desk.books.ledger(register).entry_fields()
    assert list(proposed_on(fields, desk.today).values()) == [desk.today]


def test_a_register_takes_over_what_is_known_of_the_firm(desk):
    told = {
        "name": "红星超市",
        "category": "企业",
        "sector": "消防",
        "address": "新街1号",
        "office": "应急办",
    }
    desk.enterprises.add(told)
    asked = desk.books.ledger("fire-legacy").entry_fields()
    assert desk.enterprises.tells("红星超市", asked) == {"address": "新街1号", "office": "应急办"}
