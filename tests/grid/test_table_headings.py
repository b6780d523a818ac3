"""Where the heading of a table is, in how many rows, and which of its columns is which field."""

from __future__ import annotations

import pytest

from hazard_desk.errors import Refused
from hazard_desk.grid.grid import Grid, Merge
from hazard_desk.grid.headings import TableHeading, Vocabulary, find_heading

LEDGER = Vocabulary(
    {
        "unit": ["单位名称"],
        "found_on": ["检查日期"],
        "fixed_on": ["整改日期"],
        "by": ["整改责任人"],
        "note": ["备注"],
    },
    {"unit": ["企业（单位）"], "by": ["责任人"], "found_on": ["日期"], "fixed_on": ["日期"]},
)
PLAN = Vocabulary({"task": ["工作任务"], "units": ["责任单位", "配合单位"], "due": ["时限"]}, several=True)


def found(
    rows: list[list[str]], words: Vocabulary = LEDGER, merges: list[Merge] | None = None
) -> TableHeading:
    heading = find_heading(Grid("a", rows, merges or []), words)
    assert heading is not None
    return heading


def fields(heading: TableHeading) -> list[str]:
    return [column.field for column in heading.columns]


def test_the_row_with_most_fields_under_titles_counts() -> None:
    heading = found([["企业台账"], ["单位名称", "检查日期"], ["单位名称", "检查日期", "备注"], ["甲", "乙"]])
    assert (heading.first, heading.last, fields(heading)) == (2, 2, ["unit", "found_on", "note"])


def test_what_stands_over_a_column_makes_its_name() -> None:
    rows = [["序号", "企业", "检查", "整改", ""], ["", "（单位）", "日期", "日期", "责任人"]]
    heading = found(rows, merges=[(0, 0, 1, 0), (0, 3, 0, 4)])
    assert (heading.first, heading.last) == (0, 1)
    assert fields(heading) == ["unit", "found_on", "fixed_on", "by"]
    assert [column.heading for column in heading.columns][-2:] == ["整改日期", "整改责任人"]


def test_the_declared_name_comes_before_a_synonym_and_a_field_is_taken_once() -> None:
    heading = found([["责任人", "整改责任人", "日期", "日期", "日期"]])
    assert fields(heading) == ["", "by", "found_on", "fixed_on", ""]


def test_a_title_is_no_part_of_the_heading_below_it() -> None:
    heading = found([["整改", ""], ["责任人", "备注"]])
    assert (heading.first, fields(heading)) == (1, ["by", "note"])


def test_a_row_of_values_is_no_heading() -> None:
    assert find_heading(Grid("a", [["单位名称", "备注", "1", "2.5", "3"]]), LEDGER) is None


def test_several_columns_of_one_field_and_names_within_longer_ones() -> None:
    rows = [
        ["主要工作任务", "责任单位", "", "完成时限要求"],
        ["", "牵头", "配合", ""],
        ["查", "甲", "乙", "5月"],
    ]
    heading = found(rows, PLAN, [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)])
    assert (heading.last, fields(heading)) == (1, ["task", "units", "units", ""])
    assert heading.columns[1].known_by == "责任单位"


def test_one_merged_column_is_one_column_where_several_may_hold_a_field() -> None:
    heading = found([["工作任务", "责任单位", "", "时限"]], PLAN, [(0, 1, 0, 2)])
    assert fields(heading) == ["task", "units", "", "due"]


def test_the_sender_stands_over_the_table() -> None:
    grid = Grid("a", [["单位名称", "备注"]], above=["企业台账", "填报单位：示例村　2023年5月"])
    heading = find_heading(grid, LEDGER)
    assert heading is not None and heading.sender == "示例村"


def test_the_sender_is_told_beside_the_place_for_the_seal() -> None:
    heading = found([["填报单位（盖章）：示例村", ""], ["单位名称", "备注"]])
    assert heading.sender == "示例村"


def test_chosen_columns_change_the_fields_but_never_twice_to_one() -> None:
    heading = found([["单位名称", "检查日期", "喜好"]])
    assert fields(heading.mapped({2: "note", 1: ""})) == ["unit", "", "note"]
    with pytest.raises(Refused, match="两列对应了同一个栏目"):
        heading.mapped({2: "unit"})
