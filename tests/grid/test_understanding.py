"""Columns by heading, values and neighbours together; and the rows that are no data."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.grid.blocks import side_by_side
from hazard_desk.grid.cells import CellContent
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.likeness import SURE
from hazard_desk.grid.pairing import best_pairs
from hazard_desk.grid.understanding import Understood
from hazard_desk.grid.values import Knowledge, looks_of
from hazard_desk.library.headings import understand, understand_all
from hazard_desk.rules.fields import Field, Kind

LEDGER = (
    Field("unit_name", "单位名称"),
    Field("description", "隐患描述", Kind.LONG),
    Field("level", "级别", Kind.CHOICE, choices=("重大", "一般")),
    Field("category", "隐患类别"),
    Field("found_on", "发现日期", Kind.DATE),
    Field("responsible", "整改责任人"),
    Field("deadline", "整改时限", Kind.DATE),
    Field("state", "状态", Kind.CHOICE, choices=("待整改", "已销号")),
    Field("rectified_on", "整改完成日期", Kind.DATE),
    Field("rechecked_on", "复查日期", Kind.DATE),
    Field("rechecked_by", "复查人", Kind.NAMES),
    Field("recheck_finding", "复查结论"),
    Field("office", "监管科室"),
    Field("progress", "整改进展", Kind.LONG),
    Field("remark", "备注", Kind.LONG),
)
Rows = list[list[CellContent]]


def understood(rows: Rows, known: Knowledge | None = None) -> Understood:
    found = understand(Grid("a", rows), LEDGER, known)
    assert found is not None
    return found


def fields(rows: Rows, known: Knowledge | None = None) -> dict[str, str]:
    return {column.heading: column.field for column in understood(rows, known).columns}


def test_columns_are_paired_together_not_from_the_left() -> None:
    heads: list[CellContent] = ["隐患描述", "隐患类型", "隐患级别"]
    assert fields([heads]) == {"隐患描述": "description", "隐患类型": "category", "隐患级别": "level"}


@pytest.mark.parametrize(("value", "field"), [("重大事故隐患", "level"), ("触电", "category")])
def test_values_tell_what_a_heading_leaves_open(value: str, field: str) -> None:
    assert fields([["隐患描述", "隐患类型"], ["电线乱接", value]])["隐患类型"] == field


@pytest.mark.parametrize(
    ("value", "field"),
    [("正在联系厂家更换管道，预计下月完工", "progress"), ("是", "state"), ("已整改", "state")],
)
@pytest.mark.parametrize("heading", ["整改情况", "整改进展"])
def test_prose_about_progress_is_no_state(heading: str, value: str, field: str) -> None:
    assert fields([["隐患描述", heading], ["电线乱接", value]])[heading] == field


@pytest.mark.parametrize("heading", ["处理结果", "整改结果", "复查结果"])
def test_a_result_of_which_many_are_states_is_asked_as_no_column_is_the_state(heading: str) -> None:
    rows: Rows = [
        ["隐患描述", heading],
        ["漏电", "合格"],
        ["漏雨", "整改中"],
        ["漏气", "销号"],
        ["锈", "挂起"],
    ]
    asked = understood(rows).columns[1]
    assert (asked.field, [name for name, _ in asked.offers[:2]]) == ("", ["state", "recheck_finding"])
    with_state: Rows = [[*rows[0], "状态"], *([*row, "已整改"] for row in rows[1:])]
    assert fields(with_state)[heading] == "recheck_finding"
    of_rechecks: Rows = [rows[0], ["漏电", "合格"], ["漏雨", "不合格"], ["漏气", "合格"], ["锈", "未整改"]]
    assert fields(of_rechecks)[heading] == "recheck_finding"


def test_a_column_called_as_its_field_is_that_field_whatever_stands_in_it() -> None:
    heads: list[CellContent] = ["状态", "隐患描述", "整改进展"]
    assert fields([heads, ["待整改", "电线乱接", "0"]])["整改进展"] == "progress"


def test_a_unit_that_is_responsible_is_known_by_what_stands_there() -> None:
    heads: list[CellContent] = ["隐患描述", "责任单位"]
    assert fields([heads, ["电线乱接", "示例化工厂"]])["责任单位"] == "unit_name"
    known = Knowledge(names={"应急办", "经发办"})
    assert fields([heads, ["电线乱接", "应急办"], ["无标识", "经发办"]], known)["责任单位"] == "office"


def test_a_bare_heading_is_told_by_its_left_neighbour() -> None:
    heads: list[CellContent] = ["隐患描述", "发现日期", "复查人", "日期"]
    assert fields([heads])["日期"] == "rechecked_on"


def test_a_date_that_may_be_either_is_asked() -> None:
    (told,) = understood([["隐患描述", "备注", "整改确认时间"]]).columns[2:]
    assert told.field == ""
    assert {name for name, _ in told.offers} >= {"rectified_on", "deadline"}
    assert all(certainty < SURE for _, certainty in told.offers)


def test_what_is_known_to_be_kept_aside_is_sure_of_it_and_three_are_offered_at_most() -> None:
    told = understood([["隐患描述", "备注", "整改后照片", "整改什么人"]]).columns
    assert (told[2].field, told[2].certainty >= SURE) == ("", True)
    assert len(told[3].offers) <= 3


def test_two_columns_never_fill_one_field() -> None:
    told = understood([["隐患描述", "检查时间", "排查时间", "发现时间"]]).columns
    assert [one.field for one in told].count("found_on") == 1


def test_an_unknown_heading_over_known_enterprises_is_no_other_field() -> None:
    assert fields([["隐患描述", "备注", "甲乙"], ["乱接", "", "示例一厂"]])["甲乙"] == ""


def test_the_heading_of_two_rows_is_read_whole_and_by_its_last_row() -> None:
    rows: Rows = [["隐患描述", "整改", "", "复查", ""], ["", "责任人", "时限", "日期", "人员"]]
    found = understand(Grid("a", rows, [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)]), LEDGER)
    assert found is not None
    expected = ["description", "responsible", "deadline", "rechecked_on", "rechecked_by"]
    assert [column.field for column in found.columns] == expected


def test_bands_foot_notes_repeats_and_nil_reports_are_told_apart() -> None:
    found = understood(
        [
            ["某镇隐患排查台账"],
            ["填报单位：示例村"],
            ["序号", "隐患描述", "级别", "发现日期"],
            ["一、示例广场（责任单位：示例公司；电话：0839-1234567）"],
            [1, "安全出口上锁", "一般", "5.18"],
            ["二", "示例市场"],
            ["序号", "隐患描述", "级别", "发现日期"],
            [2, "电线乱接", "一般", "5.19"],
            ["", "本月无隐患"],
            ["合计", "2处"],
            ["填表人：某某", "", "审核人：某某"],
        ]
    )
    assert found.notes == ("某镇隐患排查台账", "填报单位：示例村")
    assert list(found.bands) == [3, 5]
    band = found.lines.band_over(4)
    assert band is not None
    assert (band.name, band.told["责任单位"]) == ("示例广场", "示例公司")
    assert found.lines.band_over(2) is None
    assert (list(found.foot), found.nil, found.lines.again) == ([9, 10], {8: "本月无隐患"}, {6})


@pytest.mark.parametrize(
    "cells",
    [
        ["本月无隐患"],
        ["1", "示例村", "无"],
        ["示例村", "零报告"],
        ["", "5月份未发现安全隐患。"],
        ["示例村", "无", "/", "/", "/"],
        ["暂无问题隐患"],
    ],
)
def test_nil_reports(cells: list[CellContent]) -> None:
    assert 1 in understood([["序号", "隐患描述", "级别", "发现日期", "备注"], cells]).nil


@pytest.mark.parametrize(
    "cells",
    [["1", "无消防通道"], ["1", "乱接", "一般", "", "无"], ["1", "无人值守", "一般"], ["1", "无证上岗"]],
)
def test_a_hazard_that_begins_with_without_is_none(cells: list[CellContent]) -> None:
    assert not understood([["序号", "隐患描述", "级别", "发现日期", "备注"], cells]).nil


def test_tables_side_by_side_are_two() -> None:
    heads: list[CellContent] = ["序号", "隐患描述", "级别"]
    rows: Rows = [["台账"], heads * 2, [1, "甲", "一般", 3, "丙", "重大"], [2, "乙", "一般"]]
    found = understand_all(Grid("a", rows, [(0, 0, 0, 5)]), LEDGER)
    assert [[column.place for column in one.columns] for one in found] == [[1, 2], [4, 5]]
    assert [len(one.grid.rows) for one in found] == [4, 3]
    assert len(side_by_side(Grid("a", [["是", "是", "是", "是"]]))) == 1
    assert len(understand_all(Grid("a", [heads, ["一般", "重大", ""]]), LEDGER)) == 1


@pytest.mark.parametrize(
    ("cell", "look"),
    [
        ("张三", "person"),
        ("欧阳某、王丙", "person"),
        ("李乙13800000002", "contact"),
        ("赵丁（0839-1234567）", "contact"),
        (13800000001.0, "phone"),
        ("5.18", "day"),
        ("2023年5月", "day"),
        (45064.0, "day"),
        (date(2023, 5, 18), "day"),
        ("10月底前", "term"),
        ("立即整改", "term"),
        ("较大隐患", "level"),
        ("整改完成", "state"),
        ("红色", "colour"),
        ("示例村", "village"),
        ("示例化工有限公司", "unit"),
        ("应急办", "office"),
        ("约200人", "amount"),
        ("1.2万元", "amount"),
        ("川应急责改〔2023〕12号", "code"),
        ("91510000MA62000000", "credit"),
        ("见附件2", "picture"),
        ("电线私拉乱接，插座破损", "prose"),
    ],
)
def test_what_a_cell_looks_like(cell: CellContent, look: str) -> None:
    assert looks_of([cell], Knowledge()).shares == ((look, 1.0),)


def test_pairs_are_the_best_together() -> None:
    assert best_pairs([[0.9, 0.8], [0.85, 0.1]]) == {0: 1, 1: 0}
    assert best_pairs([[0.0, 0.5], [0.0, 0.4], [0.7, 0.0]]) == {0: 1, 2: 0}
    assert best_pairs([]) == {}


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["隐患描述", "级别", "日期", "整改时限", "责任人及电话", "（）", "一、", "无", "合计", "是/否"]
    ),
    st.floats(),
    st.none(),
    st.dates(),
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_no_sheet_raises(rows: Rows) -> None:
    for one in understand_all(Grid("a", rows), LEDGER):
        assert one.lines.all is not None
        for column in one.columns:
            assert 0 <= column.certainty <= 1
            assert not column.field or column.certainty >= SURE
