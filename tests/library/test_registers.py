"""The bundled special registers hold together, and a bad definition is refused in one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazard_desk.errors import Refused
from hazard_desk.library.registers import (
    COLUMN_KINDS,
    UNIT,
    WORDS,
    Definition,
    Elsewhere,
    RegisterColumn,
    bundled_registers,
    column_faults,
    elsewhere,
    load_register,
)
from hazard_desk.rules.fields import Kind, field_called

GOOD = """
id = "ladders"
title = "梯子台账"
noun = "梯子"
fields = [
    { name = "unit_name", label = "单位名称", required = true },
    { name = "kind", label = "类型", kind = "choice", choices = ["木", "铝"] },
    { name = "height", label = "高度", kind = "number", unit = "米" },
]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ladders.toml"


def test_the_registers_come_with_the_program_in_their_order() -> None:
    registers = bundled_registers()
    assert len(registers) == 19
    assert list(registers)[:3] == ["three-operations", "qualifications", "approval-flow"]
    assert [one.order for one in registers.values()] == list(range(1, 20))
    assert len({one.title for one in registers.values()}) == 19


@pytest.mark.parametrize("register", bundled_registers().values(), ids=bundled_registers())
def test_a_bundled_register_is_complete(register: Definition) -> None:
    fields = [column.declaration() for column in register.fields]
    assert len(fields) >= 8
    assert sum(field.shown for field in fields) <= 15, "as many as a table can show"
    assert register.title and register.noun and register.basis
    assert any(field.searched for field in fields)
    assert field_called(fields, fields[0].label) is fields[0]
    assert field_called(fields, "备注").kind is Kind.LONG
    assert [field.label for field in fields if field.name == UNIT and not field.searched] == []


def test_some_registers_that_plans_ask_for_are_in_another_ledger() -> None:
    assert {name: (one.ledger, dict(one.where)) for name, one in elsewhere().items()} == {
        "major-hazards": ("hazards", {"level": "重大"}),
        "problem-ledger": ("hazards", {}),
        "work-lists": ("tasks", {}),
    }


def test_the_format_explains_every_key_and_kind() -> None:
    path = Path(__file__).parents[2] / "resources" / "registers" / "three-operations.toml"
    head = path.read_text(encoding="utf-8").partition("\nid = ")[0]
    for word in (
        *COLUMN_KINDS,
        *vars(RegisterColumn("a", "甲")),
        *vars(next(iter(bundled_registers().values()))),
    ):
        assert word in head, word
    assert not isinstance(load_register(path), Elsewhere)


def test_a_definition_becomes_fields(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    register = load_register(file)
    assert isinstance(register, Definition)
    unit, kind, height = (column.declaration() for column in register.fields)
    assert (unit.name, unit.kind, unit.required, unit.shown) == ("unit_name", Kind.TEXT, True, True)
    assert (kind.kind, kind.choices) == (Kind.CHOICE, ("木", "铝"))
    assert height.heading == "高度（米）"


def test_a_telephone_number_is_checked() -> None:
    phone = RegisterColumn("phone", "联系电话", "code", check="phone").declaration()
    assert phone.check is not None
    with pytest.raises(Refused, match="手机号"):
        phone.check("12")


def test_a_column_as_json_says_only_what_is_unusual() -> None:
    column = RegisterColumn("a", "甲", "choice", choices=("是", "否"), shown=False)
    assert column.plain() == {
        "name": "a",
        "label": "甲",
        "kind": "choice",
        "choices": ["是", "否"],
        "shown": False,
    }


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "ladders"', 'id = "ladder"', "的 id：应与文件名相同，即 ladders。"),
        ('noun = "梯子"', "", "的 noun：不能缺少，也不能为空。"),
        ('noun = "梯子"', 'noun = "梯子"\ncolour = "红"', "的 colour：没有这一项，可以写的有 id、title"),
        ('label = "类型"', 'label = ""', r"的 fields\[1\].label：不能缺少，也不能为空。"),
        ('label = "高度"', 'label = "类型"', r"的 fields\[2\].label：“类型”与第2栏重复。"),
        ('label = "类型"', 'label = "高度（米）"', r"的 fields\[2\].label：“高度（米）”与第2栏重复。"),
        ('name = "height"', 'name = "kind"', r"的 fields\[2\].name：“kind”与第2栏重复。"),
        ('name = "height"', 'name = "高度"', r"的 fields\[2\].name：“高度”不能作键名"),
        ('name = "height"', 'name = "id"', r"的 fields\[2\].name：“id”不能作键名"),
        (
            'kind = "number"',
            'kind = "colour"',
            r"的 fields\[2\].kind：没有“colour”这种类型，可以写的有 text、",
        ),
        ('kind = "number"', 'kind = "link"', r"的 fields\[2\].kind：没有“link”这种类型"),
        (', choices = ["木", "铝"]', "", r"的 fields\[1\].choices：请写出选项。"),
        ('["木", "铝"]', '["木", "木"]', r"的 fields\[1\].choices：选项不能重复"),
        ('["木", "铝"]', '["木", ""]', r"的 fields\[1\].choices：选项不能重复，不能是空白"),
        ('["木", "铝"]', '"木"', r"的 fields\[1\].choices：应为方括号括起的一列。"),
        ('kind = "number"', 'kind = "text"', r"的 fields\[2\].unit：只有数字才写单位。"),
        ('unit = "米"', 'choices = ["1"]', r"的 fields\[2\].choices：只有选项类型的栏目才写选项。"),
        ('unit = "米"', "searched = true", r"的 fields\[2\].searched：日期、数字和是否不参加搜索。"),
        ('unit = "米"', "width = 0", r"的 fields\[2\].width：宽度应为1至60个字。"),
        ('unit = "米"', 'check = "phone"', r"的 fields\[2\].check：只有号码才校验。"),
        ('unit = "米"', 'check = "mail"', r"的 fields\[2\].check：只能是 phone 之一。"),
        ("required = true", 'kind = "names", required = true', r"的 fields\[0\].kind：unit_name"),
        (", required = true", "", "的 fields：至少要有一个必填的栏目"),
        ("fields = [", "fields = []\nrest = [", "的 rest：没有这一项"),
        ("noun =", "noun", "第4行：写法有误"),
    ],
)
def test_a_wrong_definition_is_refused_in_one_sentence(file: Path, old: str, new: str, says: str) -> None:
    assert old in GOOD
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(Refused, match=rf"^台账文件 ladders.toml {says}") as refused:
        load_register(file)
    assert "\n" not in refused.value.message


def test_a_register_kept_elsewhere_has_no_columns(file: Path) -> None:
    file.write_text('ledger = "hazards"\n' + GOOD, encoding="utf-8")
    with pytest.raises(Refused, match="没有这一项，可以写的有 id、title、ledger、basis、where"):
        load_register(file)


def test_every_kind_but_links_may_be_a_column() -> None:
    assert set(COLUMN_KINDS) == {str(kind) for kind in Kind} - {"link", "others"}
    for kind in COLUMN_KINDS:
        choices = ("甲",) if kind == "choice" else ()
        column = RegisterColumn("a", "甲栏", kind, required=True, choices=choices, searched=kind in WORDS)
        assert list(column_faults([column])) == []
        assert column.declaration().kind is Kind(kind)
