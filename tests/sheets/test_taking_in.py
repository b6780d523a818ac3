"""An import is one act: what is new, updated, repeated, left out; with its steps, gaps and undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.sheets.asking import questions_of
from hazard_desk.sheets.importing import Fate, OnExisting, judge_rows, run_import
from hazard_desk.sheets.questions import Answers
from hazard_desk.sheets.telling import told_lines
from hazard_desk.stopping import Stopped, while_wanted
from tests.sheets.conftest import PLAIN, ROW, Write


class TestTakingIn:
    def test_it_is_one_act_and_one_undo(self, desk: Desk, sheet: Write) -> None:
        file = sheet([PLAIN, ROW, ["示例二厂", "企业", "工贸"]])
        result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
        assert result.change is not None
        assert result.change.title == "导入监管对象：新增2条"
        assert [hit.title for hit in desk.cabinet.find("示例二厂")] == ["示例二厂"]
        desk.undo()
        assert desk.enterprises.names() == []
        assert desk.cabinet.find("示例二厂") == []
        assert desk.check() == []

    def test_hazards_with_their_steps_go_back_whole(self, desk: Desk, sheet: Write) -> None:
        heads = ["级别", "来源", "行业领域", "隐患部位", "隐患描述", "发现日期", "整改完成日期", "整改人"]
        row = ["一般", "企业自查", "工贸", "车间", "通道堵塞", "2023-05-20", "2023-05-20", "丙"]
        run_import(desk.books, desk.sheets.incoming("hazards", sheet([heads, row])))
        assert desk.hazards.get(1)["state"] == "待复查"
        desk.undo()
        assert desk.hazards.count(Query()) == 0
        assert desk.check() == []

    def test_a_number_that_a_row_brings_is_its_own_even_below_rows_without(
        self, desk: Desk, sheet: Write
    ) -> None:
        """The desk gives 001 to nobody before the row that has it is in; the rows are told in their order."""
        heads = ["编号", "级别", "来源", "行业领域", "隐患部位", "隐患描述", "发现日期"]
        rest = ["一般", "企业自查", "工贸", "车间"]
        rows = [
            [None, *rest, "通道堵塞", "2023-05-20"],
            ["三星隐患〔2023〕001号", *rest, "电线乱接", "2023-05-21"],
        ]
        result = run_import(desk.books, desk.sheets.incoming("hazards", sheet([heads, *rows])))
        assert result.told() == []
        assert [row.entry.line for row in result.rows] == [2, 3]
        numbers = {row["description"]: row["number"] for row in desk.hazards.select(Query())}
        assert numbers == {"电线乱接": "三星隐患〔2023〕001号", "通道堵塞": "三星隐患〔2023〕002号"}

    def test_a_row_without_a_needed_fact_comes_in_with_a_gap(self, desk: Desk, sheet: Write) -> None:
        file = sheet([PLAIN, ROW, ["示例二厂", "甲类", "工贸"]])
        result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
        assert (result.count(Fate.NEW), result.told()) == (2, [])
        assert result.gaps == {"category": 1}
        (doubt,) = result.told(result.doubtful)
        assert (doubt["row"], doubt["column"]) == (3, "类别")
        row = desk.enterprises.get(2)
        assert (row.category, row.others, row.gaps) == ("", {"类别": "甲类"}, ["category"])

    def test_the_same_row_again_is_left_out_and_told(self, desk: Desk, sheet: Write) -> None:
        file = sheet([["序号", *PLAIN], [1, *ROW], [2, *ROW]])
        result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
        assert [row.fate for row in result.rows] == [Fate.NEW, Fate.REPEATED]
        assert result.told(result.doubtful) == [{"row": 3, "column": "", "reason": "与第2行重复"}]

    def test_a_sheet_that_lacks_what_a_hazard_is_known_by_is_not_taken_in_twice(
        self, desk: Desk, sheet: Write
    ) -> None:
        heads = ["序号", "隐患描述", "整改责任人", "见证人", "整改时限"]
        rows = [
            ["1", "护栏缺失", "李全", "马福", "2023-06-20"],
            ["2", "护栏缺失", "李全", "刘贵", "2023-06-20"],
        ]
        for fate in (Fate.NEW, Fate.SKIPPED):
            result = run_import(desk.books, desk.sheets.incoming("hazards", sheet([heads, *rows])))
            assert [row.fate for row in result.rows] == [fate, fate]
        moved = sheet([heads, ["3", *rows[0][1:]], ["2", "护栏缺失", "李全", "田勇", "2023-06-20"]])
        result = run_import(desk.books, desk.sheets.incoming("hazards", moved))
        assert [row.fate for row in result.rows] == [Fate.SKIPPED, Fate.NEW]

    def test_a_row_that_says_nothing_of_a_field_is_left_out_and_told(self, desk: Desk, sheet: Write) -> None:
        file = sheet([[*PLAIN, "喜好"], [*ROW, "茶"], ["", "", "", "茶"]])
        result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
        assert [row.fate for row in result.rows] == [Fate.NEW, Fate.REFUSED]
        assert result.told()[0]["reason"] == "这一行只写了“喜好”，没有可以导入的内容"

    def test_a_trial_keeps_nothing(self, desk: Desk, sheet: Write) -> None:
        result = run_import(desk.books, desk.sheets.incoming("enterprises", sheet([PLAIN, ROW])), trial=True)
        assert result.count(Fate.NEW) == 1
        assert desk.enterprises.names() == []

    @pytest.mark.parametrize("rows", [1, 2])
    def test_what_is_stopped_keeps_nothing(self, desk: Desk, sheet: Write, rows: int) -> None:
        told: list[tuple[int, int]] = []
        incoming = desk.sheets.incoming("enterprises", sheet([PLAIN, ROW, ["示例二厂", "企业", "工贸"]]))
        with while_wanted(lambda: len(told) < rows), pytest.raises(Stopped):
            run_import(desk.books, incoming, progress=lambda *done: told.append(done))
        assert told == [(0, 2), (1, 2)][:rows]
        assert desk.enterprises.names() == []

    def test_updating_changes_what_is_told_and_erases_nothing(self, desk: Desk, sheet: Write) -> None:
        desk.enterprises.add({"name": "示例一厂", "category": "企业", "sector": "工贸", "leader": "某某"})
        file = sheet([[*PLAIN, "分管领导"], ["示例一厂", "学校", "工贸", None]])
        result = run_import(desk.books, desk.sheets.incoming("enterprises", file), OnExisting.UPDATE)
        assert result.count(Fate.UPDATED) == 1
        row = desk.enterprises.get(1)
        assert (row["category"], row["leader"]) == ("学校", "某某")

    def test_a_hazard_sent_back_with_its_day_is_brought_on(
        self, desk: Desk, found: dict, tmp_path: Path
    ) -> None:
        from openpyxl import load_workbook

        desk.hazards.add(found | {"found_on": "2023-05-30"})
        file = desk.sheets.export("hazards", tmp_path / "a.xlsx")
        book = load_workbook(file)
        page = book.active
        assert page is not None
        places = {cell.value: cell.column for cell in page[3]}
        page.cell(4, places["整改完成日期"]).value = "2023.5.30"
        page.cell(4, places["整改人"]).value = "丙负责"
        book.save(file)
        result = run_import(desk.books, desk.sheets.incoming("hazards", file), OnExisting.UPDATE)
        assert result.told() == []
        assert desk.hazards.get(1)["state"] == "待复查"

    def test_a_step_without_its_commitments_is_history(self, desk: Desk, sheet: Write) -> None:
        """Asked of a step that is taken here; what a sheet tells is past."""
        heads = ["级别", "来源", "行业领域", "隐患部位", "隐患描述", "发现日期", "整改完成日期", "整改人"]
        row = ["一般", "企业自查", "工贸", "车间", "通道堵塞", "2023-05-20", "2023-05-25", "丙"]
        result = run_import(desk.books, desk.sheets.incoming("hazards", sheet([heads, row])))
        assert result.told() == []
        assert desk.hazards.get(1)["state"] == "待复查"

    def test_the_informant_never_comes_from_a_sheet(self, desk: Desk, sheet: Write) -> None:
        heads = ["接报日期", "举报方式", "举报内容", "举报人", "举报人电话"]
        file = sheet([heads, ["2023-05-20", "电话", "堵塞通道", "王示例", "13800000001"]])
        incoming = desk.sheets.incoming("tips", file)
        assert "informant_name" not in incoming.heading.fields
        result = run_import(desk.books, incoming)
        row = desk.tips.get(1)
        assert (row["informant"], row["others"]) == ("", {})
        assert "受保护的内容不从表格导入：举报人、举报人电话" in "\n".join(told_lines(result, trial=False))


def test_hazards_whose_state_is_called_a_result_come_in_closed_once_that_is_said(
    desk: Desk, sheet: Write
) -> None:
    heads = ["级别", "来源", "行业领域", "隐患部位", "隐患描述", "发现日期", "处理结果"]
    rest = ["一般", "企业自查", "工贸", "车间"]
    rows = [[*rest, "通道堵塞", "2023-05-20", "销号"], [*rest, "电线乱接", "2023-05-21", "整改中"]]
    incoming = desk.sheets.incoming("hazards", sheet([heads, *rows]))
    (question,) = questions_of(incoming)
    assert (question.about, question.proposal) == ("处理结果", "state")
    answered = incoming.answered(Answers().to(question, question.proposal))
    states = [row.judgement.row["state"] for row in judge_rows(desk.books, answered).rows if row.judgement]
    assert states == ["已销号", "整改中"]
