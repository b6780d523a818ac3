"""Documents shaped like those that townships keep, as they come out of the reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as WordDocument

from hazard_desk.errors import Refused
from hazard_desk.grid.document import Document
from hazard_desk.sheets.reading.file import read_document, read_file

Part = str | list[list[str]]


def made(file: Path, *parts: Part) -> Path:
    """A document of lines and tables; a text that comes again in a row is one cell merged across."""
    document = WordDocument()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for at, row in enumerate(part):
            if len(set(row)) == 1:
                table.cell(at, 0).merge(table.cell(at, len(row) - 1)).text = row[0]
                continue
            for column, text in enumerate(row):
                table.cell(at, column).text = text
    document.save(str(file))
    return file


def read(tmp_path: Path, *parts: Part) -> Document:
    return read_document(made(tmp_path / "文.docx", *parts))


def test_a_list_of_problems_with_sections_and_measures(tmp_path: Path) -> None:
    heading = ["序号", "反馈问题", "整改措施", "整改时限", "牵头单位"]
    document = read(
        tmp_path,
        "附件",
        "甲镇巡查反馈问题整改清单",
        [
            heading,
            ["一、责任方面"] * 5,
            ["1", "责任未到人", "（1）修订清单；\n（2）签订责任书。", "立行立改", "应急办"],
            ["二、隐患方面"] * 5,
            ["2", "整改超期", "挂牌督办", "2023年7月15日", "应急办"],
        ],
        "填表人：    审核人：",
    )
    (grid,) = document.tables
    assert grid.above == ["附件", "甲镇巡查反馈问题整改清单"]
    assert [grid.line(row) for row in (1, 3)] == [["一、责任方面"], ["二、隐患方面"]]
    assert grid.text(2, 2).split("\n") == ["（1）修订清单；", "（2）签订责任书。"]
    assert document.paragraphs[-1].text == "填表人：    审核人："


def test_names_and_telephones_in_one_cell_stay_as_written(tmp_path: Path) -> None:
    rows = [["任务", "牵头领导及联系电话"], ["建库", "张甲（副镇长）\n13800000001"], ["督办", "0839-1234567"]]
    (grid,) = read(tmp_path, rows).tables
    assert grid.rows == rows


def test_a_plan_whose_tasks_stand_in_its_second_table(tmp_path: Path) -> None:
    persons = [["姓名", "职务", "组内职务"], ["张甲", "镇长", "组长"]]
    tasks = [["任务", "牵头", "配合"], ["自查", "应急办", "各站所"], ["执法", "应急办", "派出所"]]
    document = read(
        tmp_path,
        "甲镇整治实施方案",
        "为做好工作，制定本方案。",
        "一、组织",
        persons,
        "二、分工",
        "见下表：",
        tasks,
        "三、要求",
    )
    assert document.title_lines == ["甲镇整治实施方案"]
    assert [grid.rows for grid in document.tables] == [persons, tasks]
    assert [list(grid.above)[-1] for grid in document.tables] == ["一、组织", "见下表："]
    assert [one.place for one in document.paragraphs] == [0, 1, 2, 4, 5, 7]


def test_a_plan_of_lines_without_a_table(tmp_path: Path) -> None:
    lines = ["甲区分工方案", "一、目标", "1.事故下降。", "牵头单位：应急局", "完成时限：12月底前"]
    document = read(tmp_path, *lines)
    assert [one.whole for one in document.paragraphs] == lines
    with pytest.raises(Refused, match=r"“文\.docx”里没有表格，只有文字"):
        read_file(tmp_path / "文.docx")


def test_a_monthly_ledger_with_its_sender_and_a_nil_report(tmp_path: Path) -> None:
    sender = "填报单位：甲区安委办    填报日期：2023年6月23日"
    rows = [
        ["序号", "隐患单位", "隐患内容", "整改情况"],
        ["1", "某加油站", "1.报警仪失灵；\n2.灭火器过期。", "已更换"],
        ["2", "", "本月无隐患", ""],
    ]
    (grid,) = read(tmp_path, "附件一", "月报送情况汇总表", sender, rows, "注：每月25日前报送。").tables
    assert list(grid.above)[-1] == sender
    assert grid.rows == rows
