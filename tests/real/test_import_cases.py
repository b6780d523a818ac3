"""Sheets as offices keep them come in: every row, what has no field beside it, what nobody told as a gap."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.sheets.asking import questions_of
from hazard_desk.sheets.importing import Fate, OnExisting, Result, run_import
from hazard_desk.sheets.questions import ASIDE, MOST, Answers, Asked
from hazard_desk.sheets.telling import told_lines, told_plain
from tests.sheets.annexes import Made

Rows = list[list[Any]]


def book_of(to: Path, *sheets: Rows) -> Path:
    """Write rows to an .xlsx, a sheet for each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        page = book.create_sheet()
        for row in rows:
            page.append(row)
    book.save(to)
    return to


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "来表.xlsx"


def taken(desk: Desk, ledger: str, file: Path, answers: Answers | None = None) -> Result:
    return run_import(desk.books, desk.sheets.incoming(ledger, file).answered(answers or Answers()))


def exported(rows: int = 57) -> Rows:
    """A ledger as a building firm's system exports it: all is closed, nobody says when and by whom."""
    heads = (
        "序号 问题描述 检查时间 隐患类型 隐患级别 责任单位 责任人 整改期限 处置措施 复查结果 复查日期 复查人"
    )
    found: Rows = [[*heads.split(), "隐患状态"]]
    for number in range(1, rows + 1):
        day = date(2020, 4, 20) + timedelta(days=number // 2)
        told = [f"{number}号配电箱未接地", day, "触电", "一般事故隐患", "某有限公司", "甲某", day, "当场纠正"]
        found.append([number, *told, "", "", "", "关闭"])
    found[-1][4] = "重大事故隐患"
    return found


WHOLE = {"来源": "执法检查", "行业领域": "工贸", "隐患部位": "厂区"}
CLOSING = {"rectified_on", "rectified_by", "signed_off_on", "signed_off_by"}


class TestAnExportOfAnotherSystem:
    def test_every_row_comes_in_without_an_answer(self, desk: Desk, file: Path) -> None:
        incoming = desk.sheets.incoming("hazards", book_of(file, exported()))
        asked = questions_of(incoming)
        assert [one.id for one in asked] == ["value:source", "value:sector", "value:place"]
        assert {one.rows for one in asked} == {57}
        result = run_import(desk.books, incoming)
        assert (result.count(Fate.NEW), result.told(), result.kept_aside) == (57, [], {})
        assert set(result.gaps) == {"source", "sector", "place", *CLOSING}
        row = desk.hazards.get(1)
        assert (row.state, row.level, row.category, row.measures) == ("已销号", "一般", "触电", "当场纠正")
        assert row.signed_off_on is None, "no day is invented"
        assert desk.check() == []
        desk.undo()
        assert desk.hazards.count(Query()) == 0

    def test_with_three_answers_only_the_gaps_of_closing_remain(self, desk: Desk, file: Path) -> None:
        result = taken(desk, "hazards", book_of(file, exported()), Answers(values=WHOLE))
        assert result.gaps == dict.fromkeys(CLOSING, 57)
        again = desk.sheets.incoming("hazards", file)
        assert (questions_of(again), again.heading.remembered) == ([], True)
        assert run_import(desk.books, again).count(Fate.SKIPPED) == 57

    def test_known_again_before_its_gaps_are_filled(self, desk: Desk, file: Path) -> None:
        taken(desk, "hazards", book_of(file, exported(3)))
        assert run_import(desk.books, desk.sheets.incoming("hazards", file)).count(Fate.SKIPPED) == 3


MONTHLY = Made(
    [
        [
            "序号",
            "上报单位",
            "隐患单位",
            "隐患内容",
            "整改措施",
            "整改期限",
            "整改责任人",
            "监管责任人",
            "整改情况",
        ],
        [
            "1",
            "上窑镇",
            "某加油站",
            "报警仪失灵",
            "更换",
            "2020.10.30",
            "张甲 13800000001",
            "李乙",
            "已更换到位",
        ],
        ["2", "区教体局", "某某小学", "消防水池水位不足", "补水", "10月底", "王丙", "赵丁", "正在整改"],
        ["3", "", "", "疏散指示灯损坏3处", "更换", "立即整改", "王丙", "赵丁", "已整改"],
        ["4", "", "某某幼儿园", "报警器未安装", "安装", "2020年11月5日前", "钱戊", "赵丁", "正在采购"],
        ["5", "各村", "", "本月无隐患", "", "", "", "", ""],
    ],
    [(2, 1, 4, 1), (2, 2, 3, 2)],
    ["XX区10月份安全隐患月排查月报送情况汇总表", "填报单位：XX区安委会办公室  填报日期：2020年10月23日"],
)


class TestAMonthlyReportInWord:
    def test_its_rows_come_in_and_nothing_found_is_no_hazard(self, desk: Desk, tmp_path: Path) -> None:
        result = taken(desk, "hazards", MONTHLY.as_word(tmp_path / "月报.docx"))
        assert (result.count(Fate.NEW), result.incoming.nil) == (4, ["各村 本月无隐患"])
        rows = {row.description: row for row in desk.hazards.select(Query())}
        second = rows["消防水池水位不足"]
        assert (second.progress, str(second.deadline)) == ("正在整改", "2020-10-31")
        assert second.others == {"上报单位": "区教体局", "整改时限": "10月底"}
        third = rows["疏散指示灯损坏3处"]
        assert (third.unit_name, third.deadline, third.others["整改时限"]) == ("某某小学", None, "立即整改")
        assert rows["报警仪失灵"].others["整改责任人"] == "张甲 13800000001", (
            "there is no field for the number"
        )
        assert rows["报警仪失灵"].responsible == "张甲"

    def test_a_report_of_nothing_enters_nothing(self, desk: Desk, tmp_path: Path) -> None:
        nothing = Made([MONTHLY.rows[0], MONTHLY.rows[5]], [], MONTHLY.above)
        result = taken(desk, "hazards", nothing.as_word(tmp_path / "月报.docx"))
        assert (result.nil, result.change) == (True, None)
        assert told_lines(result, trial=False)[0] == "零报告：各村 本月无隐患"
        assert told_plain(result)["nil"] is True

    def test_a_text_that_says_nothing_was_found_is_a_report_of_nothing(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        lines = Made([["填报单位", "示例村"]], [], ["示例村隐患排查情况", "经排查，本月无隐患。"])
        result = taken(desk, "hazards", lines.as_word(tmp_path / "月报.docx"))
        assert (result.nil, desk.hazards.count(Query())) == (True, 0)


def yes_and_no() -> Rows:
    heads = (
        "序号 检查时间 被检查单位名称 隐患地点 检查发现的问题 是否重大隐患 整改责任单位 整改责任人及联系电话 "
        "整改完成时限 是否完成整改 整改完成时间 未完成原因 整改前照片"
    )
    return [
        ["XX村安全隐患排查整改台账"],
        ["填报单位：东村      填报人：赵丁     时间：2023年5月"],
        heads.split(),
        [1, date(2023, 5, 5), "某家具厂", "打磨间", "除尘器未接地", "否", "某家具厂", "张甲 13800000001",
         date(2023, 5, 15), "是", date(2023, 5, 12), "", "见附件1"],
        [2, date(2023, 5, 6), "某养老院", "二楼", "安全出口上锁", "是", "某养老院", "李乙13800000002",
         date(2023, 5, 10), "否", "", "正在采购", ""],
        [3, date(2023, 5, 6), "某超市", "仓库", "室内充电", "否", "某超市", "王丙\n13800000003", "2023.5.8",
         "是", "2023.5.7", "", ""],
        ["合计：3处，已整改2处"],
    ]  # fmt: skip


def test_yes_and_no_are_told_by_their_headings(desk: Desk, file: Path) -> None:
    result = taken(desk, "hazards", book_of(file, yes_and_no()))
    assert result.count(Fate.NEW) == len(result.rows) == 3
    rows = desk.hazards.select(Query(sort="id"))
    assert [(row.level, row.state) for row in rows] == [
        ("一般", "待复查"),
        ("重大", "待整改"),
        ("一般", "待复查"),
    ]
    assert [str(row.rectified_on or "") for row in rows] == ["2023-05-12", "", "2023-05-07"]
    assert [row.responsible for row in rows] == ["张甲", "李乙", "王丙"]
    assert rows[1].progress == "正在采购"
    assert rows[0].others["整改前照片"] == "见附件1"
    assert rows[2].others["整改责任人及联系电话"] == "王丙\n13800000003"


def test_checks_come_in_with_one_answer_that_is_remembered(desk: Desk, file: Path) -> None:
    rows = [
        ["XX园区双随机检查表"],
        ["序号", "检查时间", "检查人员", "检查企业"],
        [1, "2023-03-02", "张甲、李乙", "某厂"],
        [2, "2023-03-09", "王丙、赵丁", "某公司"],
    ]
    incoming = desk.sheets.incoming("checks", book_of(file, rows))
    (asked,) = questions_of(incoming)
    assert (asked.id, asked.proposal, asked.rows) == ("value:kind", "双随机", 2)
    assert run_import(desk.books, incoming, trial=True).gaps == {"kind": 2}, "a proposal is no answer"
    answered = incoming.answered(Answers().to(asked, asked.proposal))
    result = run_import(desk.books, answered)
    assert (result.count(Fate.NEW), result.gaps, questions_of(answered)) == (2, {}, [])
    again = run_import(desk.books, desk.sheets.incoming("checks", file), OnExisting.NEW, trial=True)
    assert (again.gaps, questions_of(again.incoming)) == ({}, [])


HEADS = ["单位名称", "隐患部位", "隐患描述", "级别", "来源", "行业领域", "发现日期"]


def hazard(text: str, source: str = "执法检查", unit: str = "某厂") -> list[Any]:
    return [unit, "车间", text, "一般", source, "工贸", date(2023, 5, 18)]


class TestQuestions:
    def test_a_word_is_asked_once_and_remembered_of_its_sender(self, desk: Desk, file: Path) -> None:
        top = [["填报单位：东村"], HEADS]
        rows = [*top, hazard("甲", "飞检"), hazard("乙", "飞检"), hazard("丙", "自查")]
        incoming = desk.sheets.incoming("hazards", book_of(file, rows))
        (asked,) = questions_of(incoming)
        assert (asked.id, asked.about, asked.rows) == ("word:source:飞检", "来源:飞检", 2)
        result = run_import(desk.books, incoming.answered(Answers(words={("来源", "飞检"): "上级交办"})))
        assert result.gaps == {}
        assert {row.description: row.source for row in desk.hazards.select(Query())} == {
            "甲": "上级交办",
            "乙": "上级交办",
            "丙": "企业自查",
        }
        other = book_of(file, [["填报单位：东村"], [*HEADS, "责任人"], [*hazard("丁", "飞检"), "甲某"]])
        assert questions_of(desk.sheets.incoming("hazards", other)) == []
        west = book_of(file, [["填报单位：西村"], HEADS, hazard("丁", "飞检")])
        (asked,) = questions_of(desk.sheets.incoming("hazards", west))
        assert asked.proposal == "上级交办", "of another sender it is a proposal"

    def test_a_word_that_is_not_answered_is_kept_and_a_gap(self, desk: Desk, file: Path) -> None:
        result = taken(desk, "hazards", book_of(file, [HEADS, hazard("甲", "飞检"), hazard("乙")]))
        assert (result.gaps, result.kept_aside) == ({"source": 1}, {"来源": 1})
        row = next(row for row in desk.hazards.select(Query()) if row.description == "甲")
        assert (row.source, row.others, row.gaps) == ("", {"来源": "飞检"}, ["source"])

    def test_five_at_the_most_the_widest_first(self, desk: Desk, file: Path) -> None:
        rows = [
            ["隐患描述", "级别", "单位名称"],
            *([f"{n}号", word, "某厂"] for n, word in enumerate("甲乙丙丁戊己庚")),
        ]
        asked = questions_of(desk.sheets.incoming("hazards", book_of(file, rows)))
        assert len(asked) == MOST
        assert [one.kind for one in asked][:4] == [Asked.VALUE] * 4
        assert [one.rows for one in asked] == sorted((one.rows for one in asked), reverse=True)

    def test_a_column_that_is_not_sure_is_asked_with_what_it_may_be(self, desk: Desk, file: Path) -> None:
        rows = [[*HEADS, "负责同志"], [*hazard("甲"), "甲某"], [*hazard("乙"), "乙某"]]
        incoming = desk.sheets.incoming("hazards", book_of(file, rows))
        asked = [one for one in questions_of(incoming) if one.kind is Asked.COLUMN]
        for one in asked:
            assert (one.about, one.offers[-1]) == ("负责同志", (ASIDE, "其他栏目"))
        aside = incoming.answered(Answers(columns={"负责同志": ASIDE}))
        assert [one for one in questions_of(aside) if one.kind is Asked.COLUMN] == []
        run_import(desk.books, aside)
        assert [row.others for row in desk.hazards.select(Query(sort="id"))] == [
            {"负责同志": "甲某"},
            {"负责同志": "乙某"},
        ]


def test_bands_name_the_unit_of_their_rows(desk: Desk, file: Path) -> None:
    heads = ["序号", "隐患部位", "隐患描述", "级别", "来源", "行业领域", "发现日期"]
    rows = [
        heads,
        ["一、某广场（责任单位：某物业公司）"],
        [1, *hazard("甲")[1:]],
        ["二、某批发市场（责任单位：某商贸公司）"],
        [2, *hazard("乙")[1:]],
        [3, *hazard("丙")[1:]],
    ]
    taken(desk, "hazards", book_of(file, rows))
    units = {row.description: row.unit_name for row in desk.hazards.select(Query())}
    assert units == {"甲": "某广场", "乙": "某批发市场", "丙": "某批发市场"}
    assert desk.hazards.get(1).others == {"分栏": "一、某广场（责任单位：某物业公司）"}


def test_all_tables_of_a_file_are_taken(desk: Desk, file: Path) -> None:
    summary = [["行业", "数量"], ["工贸", 3], ["消防", 1]]
    sheets = ([HEADS, hazard("甲")], [HEADS, hazard("乙"), hazard("丙")], summary)
    result = taken(desk, "hazards", book_of(file, *sheets))
    assert (result.count(Fate.NEW), len(result.incoming.strange)) == (3, 1)
    assert any("不像隐患台账，没有导入" in line for line in told_lines(result, trial=False))


def test_blocks_side_by_side_are_two_tables(desk: Desk, file: Path) -> None:
    heads = ["序号", "单位名称", "类别", "行业领域"]
    rows = [[*heads, *heads], [1, "甲厂", "企业", "工贸", 2, "乙厂", "公司", "消防"]]
    assert taken(desk, "enterprises", book_of(file, rows)).count(Fate.NEW) == 2
    assert sorted(desk.enterprises.names()) == ["乙厂", "甲厂"]


def test_a_name_and_a_telephone_in_one_cell_are_told_apart(desk: Desk, file: Path) -> None:
    heads = ["单位名称", "类别", "行业领域", "负责人及电话"]
    rows = [heads, ["甲厂", "企业", "工贸", "张甲（13800000001）"], ["乙厂", "企业", "工贸", "李乙"]]
    taken(desk, "enterprises", book_of(file, rows))
    found = [(row.principal, row.phone, row.others) for row in desk.enterprises.select(Query(sort="id"))]
    assert found == [("张甲", "13800000001", {}), ("李乙", "", {})]


def test_nothing_in_a_column_without_a_heading_is_lost(desk: Desk, file: Path) -> None:
    rows = [["", *HEADS], [1, *hazard("甲"), "临时加的话"], [2, *hazard("乙")]]
    taken(desk, "hazards", book_of(file, rows))
    assert [row.others for row in desk.hazards.select(Query(sort="id"))] == [{"I列": "临时加的话"}, {}]


def test_who_reported_is_not_kept_beside_a_hazard(desk: Desk, file: Path) -> None:
    rows = [[*HEADS, "举报人", "举报人电话"], [*hazard("甲"), "王示例", "13800000001"]]
    result = taken(desk, "hazards", book_of(file, rows))
    assert desk.hazards.get(1).others == {}
    assert "举报人、举报人电话" in "\n".join(told_lines(result, trial=False))


def test_rows_alike_are_told_and_those_the_same_left_out(desk: Desk, file: Path) -> None:
    other = hazard("甲")
    other[3] = "重大"
    result = taken(desk, "hazards", book_of(file, [HEADS, hazard("甲"), hazard("甲"), other]))
    assert [row.fate for row in result.rows] == [Fate.NEW, Fate.REPEATED, Fate.NEW]
    assert [row.like for row in result.rows] == [None, 2, 2]
    assert [one["reason"] for one in result.told(result.doubtful)] == [
        "与第2行重复",
        "与第2行可能重复，请核对",
    ]


def test_what_was_kept_beside_goes_out_and_comes_back(desk: Desk, file: Path, tmp_path: Path) -> None:
    rows = [[*HEADS, "整改期限", "级别说明"], [*hazard("甲", "飞检"), "10月底", "较轻"]]
    taken(desk, "hazards", book_of(file, rows))
    before = dict(desk.hazards.get(1))
    out = desk.sheets.export("hazards", tmp_path / "out.xlsx")
    again = run_import(desk.books, desk.sheets.incoming("hazards", out), OnExisting.UPDATE)
    assert again.count(Fate.SKIPPED) == 1
    desk.undo()
    assert desk.hazards.count(Query()) == 0
    run_import(desk.books, desk.sheets.incoming("hazards", out))
    (after,) = desk.hazards.select(Query())
    assert dict(after) | {"id": before["id"]} == before
