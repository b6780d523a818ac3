"""Whatever a table looks like, it is understood and makes a plan, or it is refused in one sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.grid.document import Document
from hazard_desk.grid.grid import Grid
from hazard_desk.library.annex.columns import SHARED, TASK_LEVELS, annex_words
from hazard_desk.library.annex.plan import AnnexHead, confirmed, left_out, plan_of_annex, put_right
from hazard_desk.library.annex.words import items, name_in, names, without_number
from hazard_desk.library.plan_file import dump_plan, plan_of_text
from hazard_desk.library.prose.reading import read_plan

HEAD = AnnexHead("导入的方案", "甲乡人民政府", date(2024, 1, 1), date(2024, 12, 31))
WORDS = """
    序号 1 2 备注 主要行动 重点任务 具体任务 措施 牵头领导 责任单位 完成时限 （一）压实责任。 一、执法
    1.开展排查 （1）甲；（2）乙；（3）丙 张三、李四 王　五 应急办|各村 5月底前 长期坚持 每月28日前
    原则上6月 2025年1月 注：说明 13月40日
""".replace("|", "\n").split(" ")
WORDS = [word.strip("\n") for word in WORDS] + [""] * 3


@st.composite
def tables(draw: st.DrawFn) -> Grid:
    height, width = draw(st.integers(1, 9)), draw(st.integers(1, 7))
    rows = [[draw(st.sampled_from(WORDS)) for _ in range(width)] for _ in range(height)]
    if draw(st.booleans()):
        rows[0] = (["具体任务", "牵头领导", "完成时限", "责任单位", "重点任务", "主要行动", "序号"] * 2)[
            :width
        ]
    merges = []
    for _ in range(draw(st.integers(0, 6))):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        block = (top, left, draw(st.integers(top, height + 2)), draw(st.integers(left, width + 2)))
        merges.append(block)
    return Grid("第1张表", rows, merges, above=draw(st.lists(st.sampled_from(WORDS), max_size=3)))


@given(table=tables(), data=st.data())
@settings(max_examples=300)
def test_any_table_makes_a_plan_or_is_refused(table: Grid, data: st.DataObject) -> None:
    try:
        annex = read_plan(Document([table]), 2024)
    except Refused as refused:
        assert "没有找到表头" in refused.message
        return
    if not annex.tasks:
        with pytest.raises(Refused, match="没有一项任务"):
            plan_of_annex(annex, HEAD, "plan")
        return
    plan = plan_of_annex(annex, HEAD, "plan")
    assert plan_of_text(dump_plan(plan)) == plan
    number = data.draw(st.sampled_from([task.number for task in annex.tasks]))
    cell = data.draw(st.sampled_from([*SHARED, *TASK_LEVELS, "due", "remark"]))
    try:
        annex = put_right(annex, number, cell, data.draw(st.sampled_from(WORDS)))
    except Refused as refused:
        assert refused.field == cell
    plan_of_annex(confirmed(annex, number), HEAD, "plan")
    if len(annex.tasks) > 1:
        plan_of_annex(left_out(annex, number), HEAD, "plan")


@given(text=st.text())
def test_no_cell_text_is_too_odd(text: str) -> None:
    found, _ = names(text)
    assert all(name.strip() for name in found)
    assert items(text)
    without_number(text)
    name_in(text)
    annex_words().field_of(text)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("责 任\n科 室", "units"),
        ("责任科室（村、社区）", "units"),
        ("牵头单位及责任人", "units"),
        ("分管领导", "leads"),
        ("完成时限要求", "deadline"),
        ("主要任务", "key_task"),
        ("具体工作措施", "text"),
        ("三星乡重大事故隐患专项排查整治重点任务分解表", ""),
        ("合计", ""),
    ],
)
def test_headings_are_known_under_many_names(heading: str, role: str) -> None:
    assert annex_words().field_of(heading) == role


@pytest.mark.parametrize(
    ("text", "found", "doubtful"),
    [
        ("张三、李四，王五；赵六\n钱七", ["张三", "李四", "王五", "赵六", "钱七"], False),
        ("张三 李四", ["张三", "李四"], False),
        ("王　强", ["王强"], False),
        ("王 强 李明明", ["王 强 李明明"], True),
        ("应急办（张三、李四）、派出所", ["应急办（张三、李四）", "派出所"], False),
        ("各村\n（社区）", ["各村（社区）"], False),
        ("", [], False),
    ],
)
def test_several_names_in_one_cell(text: str, found: list[str], doubtful: bool) -> None:
    assert names(text)[0] == found
    assert bool(names(text)[1]) == doubtful


@pytest.mark.parametrize(
    ("text", "rest", "number"),
    [
        ("（12）开会", "开会", 12),
        ("(3) 开会", "开会", 3),
        ("1.开会", "开会", 1),
        ("2．开会", "开会", 2),
        ("十二、开会", "开会", 12),
        ("（二十一）开会", "开会", 21),
        ("③开会", "开会", 3),
        ("5.12防灾减灾日宣传", "5.12防灾减灾日宣传", None),
        ("一线岗位培训", "一线岗位培训", None),
        ("（3）", "（3）", None),
    ],
)
def test_numbering_is_told_from_text(text: str, rest: str, number: int | None) -> None:
    assert without_number(text) == (rest, number)
