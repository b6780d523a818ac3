"""How people fill sheets of their own: boxes ticked, 同上, padded names, sums without a unit."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from hazard_desk.desk import Desk
from hazard_desk.sheets.importing import judge_rows
from hazard_desk.sheets.row_reader import IncomingRow, read_rows
from hazard_desk.sheets.typed_cells import ticked, with_dittos


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("☑一般 □重大", ["一般"]),
        ("□一般☑重大", ["重大"]),
        ("一般√ 重大□", ["一般"]),
        ("（√）一般 （ ）重大", ["一般"]),
        ("☐一般 ☒重大", ["重大"]),
        ("□一般 □重大", []),
        ("■一般 ■重大", ["一般", "重大"]),
        ("√", None),
        ("一般", None),
        ("重大（一般由科室认定）", None),
    ],
)
def test_what_is_ticked(text: str, said: list[str] | None) -> None:
    assert ticked(text) == said


def test_the_same_as_above_is_what_stands_above_even_twice() -> None:
    rows = with_dittos([(3, ["甲厂", "马福", 5]), (4, ["同上", "〃", 6]), (6, ["〃", "刘贵", "同上"])])
    assert [cells for _, cells in rows] == [["甲厂", "马福", 5], ["甲厂", "马福", 6], ["甲厂", "刘贵", 6]]
    assert with_dittos([(3, ["同上"])]) == [(3, ["同上"])]


def read(desk: Desk, folder: Path, rows: list[list[str | float]]) -> list[IncomingRow]:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(folder / "sheet.xlsx")
    incoming = desk.sheets.incoming("hazards", folder / "sheet.xlsx")
    assert judge_rows(desk.books, incoming).rows
    return [row for table in incoming.tables for row in read_rows(table)]


def test_a_large_sum_without_a_unit_is_not_taken_for_wan_yuan(desk: Desk, tmp_path: Path) -> None:
    head: list[str | float] = ["单位名称", "隐患描述", "整改资金"]
    told: list[list[str | float]] = [["一厂", "漏雨", 3000], ["二厂", "漏电", 2.5], ["三厂", "锈蚀", "800元"]]
    rows = read(desk, tmp_path, [head, *told])
    assert [row.values["funds"] for row in rows] == [None, 2.5, 0.08]
    assert rows[0].others == {"整改资金": "3000"}
    assert "元还是万元" in rows[0].problems["funds"]


def test_a_unit_and_a_person_in_one_cell_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    head: list[str | float] = ["隐患描述", "责任部门及责任人"]
    cells = ["应急办、马福", "应急办（马福，13900000001）", "应急办", "马福", "应急办 建设办 马福"]
    rows = read(desk, tmp_path, [head, *([f"第{at}处", cell] for at, cell in enumerate(cells))])
    told = [(row.values["office"], row.values.get("responsible")) for row in rows]
    assert told == [("应急办", "马福"), ("应急办", "马福"), ("应急办", ""), ("", None), ("", None)]
    kept = [row.others.get("责任部门及责任人", "") for row in rows]
    assert kept == ["", cells[1], "", cells[3], cells[4]]


def test_names_padded_to_three_characters_are_joined(desk: Desk, tmp_path: Path) -> None:
    head: list[str | float] = ["隐患描述", "检查人", "整改责任人"]
    (row,) = read(desk, tmp_path, [head, ["漏雨", "贺　东、欧阳 明、孟 洁", "马　福"]])
    assert row.values["inspectors"] == ["贺东", "欧阳 明", "孟洁"]
    assert row.values["responsible"] == "马福"


def test_who_checks_is_not_the_unit_where_another_column_is(desk: Desk, tmp_path: Path) -> None:
    head: list[str | float] = ["检查单位", "企业名称", "隐患描述"]
    (row,) = read(desk, tmp_path, [head, ["区应急局", "宏发铸造", "砂轮机无挡屑板"]])
    assert row.values["unit_name"] == "宏发铸造"
    assert row.others == {"检查单位": "区应急局"}


def test_a_day_that_may_be_two_is_asked_unless_the_values_or_the_other_column_tell(
    desk: Desk, tmp_path: Path
) -> None:
    head: list[str | float] = ["隐患描述", "整改时间"]
    (row,) = read(desk, tmp_path, [head, ["漏雨", "2023-05-09"]])
    assert row.others == {"整改时间": "2023-05-09"}
    (row,) = read(desk, tmp_path, [head, ["漏雨", "5月底前"]])
    assert str(row.values["deadline"]) == "2023-05-31"
    (row,) = read(desk, tmp_path, [[*head, "整改期限"], ["漏雨", "2023-05-09", "2023-05-10"]])
    assert [str(row.values[name]) for name in ("rectified_on", "deadline")] == ["2023-05-09", "2023-05-10"]
