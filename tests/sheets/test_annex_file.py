"""Annex tables in Word and Excel are understood alike, and what is no annex ends in one sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.annex.plan import AnnexHead, plan_of_annex
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.library.plan_file import bundled_plans, find_plan
from tests.sheets.annexes import LIKE_S0, ONE_LEVEL, SECTIONS, SHUFFLED, THREE_YEARS, Made

Read = Callable[[Made], Annex]


@pytest.fixture(params=["docx", "xlsx"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Read:
    """Write a table in one of the two formats and read it."""

    def made(table: Made) -> Annex:
        file = tmp_path / f"分解表.{request.param}"
        (table.as_word if request.param == "docx" else table.as_sheet)(file)
        return Desk.read_annex(file, 2024)

    return made


def task(annex: Annex, number: int) -> AnnexTask:
    return next(task for task in annex.tasks if task.number == number)


class TestUnderstood:
    def test_three_levels_with_merged_and_empty_cells(self, read: Read) -> None:
        annex = read(LIKE_S0)
        assert (annex.title, annex.annex_title, annex.year) == (
            "甲乡安全生产2024行动方案",
            "甲乡安全生产2024行动方案重点任务分解表",
            2024,
        )
        assert [(one.number, one.action, one.key_task, one.text) for one in annex.tasks] == [
            (1, "责任强化行动", "树牢红线意识", "专题学习。"),
            (2, "责任强化行动", "全面动员部署", "制定方案。"),
            (3, "责任强化行动", "全面动员部署", "督导检查。"),
            (4, "企业履职行动", "开展自查", "督促自查。"),
            (5, "企业履职行动", "开展自查", "建立台账。"),
            (6, "企业履职行动", "开展演练", "组织演练。"),
        ]
        assert [one.printed for one in annex.tasks] == ["1", "2", "", "3", "", "4"]
        assert (task(annex, 2).due, task(annex, 1).standing) == (date(2024, 5, 15), True)
        assert task(annex, 3).leads == ("张三", "李四")
        assert (task(annex, 3).units, task(annex, 3).remark) == (("各科室", "各村"), "主要领导")
        assert task(annex, 4).leads == ("王五",)

    def test_merged_cells_are_inherited_and_empty_ones_too_but_in_doubt(self, read: Read) -> None:
        annex = read(LIKE_S0)
        merged, empty = task(annex, 5), task(annex, 6)
        assert merged.inherited == {"leads": 4, "units": 4, "deadline": 4}
        assert (merged.leads, merged.units, merged.due) == (("王五",), ("经发办",), date(2024, 5, 31))
        assert merged.doubts == {}
        assert empty.inherited == {"leads": 4, "units": 4}
        assert empty.doubts == {
            "leads": "牵头领导一格空白，按沿用第4项理解，请核对。",
            "units": "责任科室一格空白，按沿用第4项理解，请核对。",
        }
        assert (empty.deadline, empty.due) == ("7月31日", date(2024, 7, 31))

    def test_a_deadline_that_is_not_understood_has_no_date(self, read: Read) -> None:
        odd = task(read(LIKE_S0), 3)
        assert (odd.deadline, odd.due) == ("原则上6月底前", None)
        assert odd.doubts["deadline"].startswith("完成时限待核对")

    def test_columns_in_any_order_under_a_heading_in_two_rows(self, read: Read) -> None:
        annex = read(SHUFFLED)
        assert annex.columns["leads"] == ("责任领导",)
        assert annex.columns["units"] == ("责任单位",)
        assert [(one.number, one.key_task, one.text) for one in annex.tasks] == [
            (1, "消防整治", "排查“九小”场所"),
            (2, "消防整治", "拆除违规铁栅栏"),
            (3, "燃气整治", "核查气瓶"),
        ]
        second = task(annex, 2)
        assert second.inherited == {"leads": 1, "units": 1, "deadline": 1}
        assert set(second.doubts) == {"units", "deadline"}, "the leader's cell is merged: no doubt"
        assert second.due == date(2024, 6, 30)

    def test_section_rows_are_actions_and_a_cell_may_hold_several_tasks(self, read: Read) -> None:
        annex = read(SECTIONS)
        assert annex.title == "丙县重大隐患排查整治实施方案"
        assert annex.annex_title == "丙县重大隐患排查整治实施方案任务分工表"
        assert [(one.action, one.key_task, one.text) for one in annex.tasks] == [
            ("压实责任", "健全制度", "修订制度；"),
            ("压实责任", "健全制度", "公示责任清单；"),
            ("压实责任", "健全制度", "签订承诺书。"),
            ("严格执法", "执法检查", "开展交叉执法"),
            ("严格执法", "曝光典型", "曝光典型"),
        ]
        assert (task(annex, 1).units, task(annex, 1).helpers) == (("应急局",), ("司法局", "各乡镇"))
        assert task(annex, 3).inherited == {"units": 1, "helpers": 1, "deadline": 1}
        assert task(annex, 3).due == date(2024, 5, 20)
        assert task(annex, 4).units == ("应急局",)
        assert "周期性" in task(annex, 4).doubts["deadline"]
        assert annex.notes == ("注：各单位每月报送进展。",)

    def test_one_level_alone_a_heading_again_and_a_row_that_goes_on(self, read: Read) -> None:
        annex = read(ONE_LEVEL)
        assert [one.text for one in annex.tasks] == ["清查烟花爆竹零售点", "检查渡口渡船", "巡查山塘水库"]
        assert task(annex, 2).units == ("应急所", "水利站")
        assert task(annex, 2).inherited == {"leads": 1, "deadline": 1}
        assert task(annex, 3).leads == ("周九", "吴十")
        assert task(annex, 3).due is None
        assert "deadline" in task(annex, 3).doubts

    def test_two_levels_over_three_years(self, read: Read) -> None:
        annex = read(THREE_YEARS)
        assert annex.title == "丁镇安全生产治本攻坚三年行动方案（2024—2026年）"
        assert annex.years == (2024, 2026)
        assert [(one.number, one.action, one.text) for one in annex.tasks] == [
            (1, "重大隐患动态清零", "摸清底数"),
            (2, "重大隐患动态清零", "动态清零"),
            (3, "教育培训", "轮训负责人"),
        ]
        assert task(annex, 2).inherited == {"leads": 1, "units": 1}
        assert task(annex, 2).due == date(2026, 12, 31)
        assert task(annex, 3).units == ("应急办", "教育办")

    @pytest.mark.parametrize("table", [LIKE_S0, SHUFFLED, SECTIONS, ONE_LEVEL, THREE_YEARS])
    def test_every_one_becomes_a_plan(self, read: Read, table: Made) -> None:
        annex = read(table)
        head = AnnexHead("导入的方案", "甲乡人民政府", date(2024, 1, 1), date(2026, 12, 31))
        plan = plan_of_annex(annex, head, "plan-2024")
        assert [one.text for one in plan.tasks] == [one.text for one in annex.tasks]
        assert all(one.doubts for one, read_as in zip(plan.tasks, annex.tasks, strict=True) if read_as.doubts)


class TestFiles:
    def test_what_the_desk_prints_comes_back_as_the_same_tasks(self, desk: Desk, tmp_path: Path) -> None:
        annex = Desk.read_annex(desk.papers.print("task-table", tmp_path / "分解表.xlsx"), 2023)
        plan = find_plan("sanxiang-2023")
        head = AnnexHead(annex.title, plan.issuer, plan.starts_on, plan.ends_on)
        back = plan_of_annex(annex, head, "again")
        assert (back.title, back.annex_title) == (plan.title, plan.annex_title)

        def rows(of: object) -> list[tuple]:
            return [
                (action.number, action.name, key.number, key.name, *shared(one))
                for action, key, one in of.rows()  # type: ignore[attr-defined]
            ]

        def shared(one: object) -> list:
            names = ("number", "text", "leads", "units", "deadline", "due", "standing", "inherited")
            return [getattr(one, name) for name in names]

        assert rows(back) == rows(plan)
        assert len(back.tasks) == 34

    @pytest.mark.parametrize("name", bundled_plans())
    @pytest.mark.parametrize("ending", ["xlsx", "docx"])
    def test_the_annex_of_every_bundled_plan_comes_back(
        self, name: str, ending: str, folder: Path, tmp_path: Path
    ) -> None:
        plan = find_plan(name)
        with Desk.create(folder, name, plan.starts_on) as desk:
            annex = Desk.read_annex(desk.papers.print("task-table", tmp_path / f"a.{ending}"), plan.year)
        assert [one.text for one in annex.tasks] == [one.text for one in plan.tasks]
        assert [one.deadline for one in annex.tasks] == [one.deadline for one in plan.tasks]
        assert [one.units for one in annex.tasks] == [one.units for one in plan.tasks]

    def test_a_row_with_a_number_of_its_own_is_one_task_whatever_it_lists(self, tmp_path: Path) -> None:
        table = Made(
            [
                ["序号", "工作任务", "责任单位"],
                ["1", "（1）修订制度；（2）公示清单。", "应急办"],
                ["2", "开展检查", "派出所"],
            ]
        )
        annex = Desk.read_annex(table.as_word(tmp_path / "a.docx"), 2024)
        assert [one.text for one in annex.tasks] == ["（1）修订制度；（2）公示清单。", "开展检查"]
        assert "一格里写有2条" in annex.tasks[0].doubts["text"]

    def test_a_date_in_a_sheet_is_a_deadline(self, tmp_path: Path) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["序号", "任务", "责任单位", "完成时限"])
        sheet.append([1, "清查", "应急所", date(2024, 3, 31)])
        book.create_sheet("另一张").append(["甲", "乙"])
        book.save(tmp_path / "a.xlsx")
        annex = Desk.read_annex(tmp_path / "a.xlsx", 2023)
        assert (annex.tasks[0].deadline, annex.tasks[0].due) == ("2024年3月31日", date(2024, 3, 31))
        assert annex.tasks[0].printed == "1"

    @pytest.mark.parametrize("kind", ["docx", "xlsx"])
    def test_a_table_without_a_heading_is_told_what_was_looked_for(self, kind: str, tmp_path: Path) -> None:
        table = Made([["甲", "乙"], ["开会", "张三"]])
        file = tmp_path / f"a.{kind}"
        (table.as_word if kind == "docx" else table.as_sheet)(file)
        with pytest.raises(Refused, match=r"没有找到表头：应有一行写明“具体任务”.*“完成时限”"):
            Desk.read_annex(file, 2024)

    def test_a_document_without_a_table_is_told_too(self, tmp_path: Path) -> None:
        document = Document()
        document.add_paragraph("没有表格")
        document.save(str(tmp_path / "a.docx"))
        with pytest.raises(Refused, match=r"没有找到表头.*正文里也没有认出任务"):
            Desk.read_annex(tmp_path / "a.docx", 2024)


def _zip(file: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


def _truncated(file: Path) -> None:
    LIKE_S0.as_word(file)
    file.write_bytes(file.read_bytes()[:-2000])


def _broken_part(file: Path, change: Callable[[bytes], bytes]) -> None:
    whole = LIKE_S0.as_word(file.with_name("whole.docx"))
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(file, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            target.writestr(
                info.filename, change(content) if info.filename.endswith("document.xml") else content
            )


HOSTILE: dict[str, Callable[[Path], object]] = {
    "empty.docx": lambda file: file.write_bytes(b""),
    "text.docx": lambda file: file.write_text("不是文档", encoding="utf-8"),
    "old.doc": lambda file: file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "locked.docx": lambda file: file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "pdf.docx": lambda file: file.write_bytes(b"%PDF-1.7\n"),
    "bomb.docx": lambda file: _zip(file, "word/document.xml", b"<w>" + b" " * (11 << 20)),
    "picture.docx": lambda file: _zip(file, "word/media/a.png", b" " * (61 << 20)),
    "truncated.docx": _truncated,
    "entity.docx": lambda file: _broken_part(file, lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml),
    "unclosed.docx": lambda file: _broken_part(file, lambda xml: xml[:-40]),
    "nothing.docx": lambda file: _broken_part(file, lambda xml: b""),
    "span.docx": lambda file: _broken_part(
        file,
        lambda xml: xml.replace(b'"3999"', b'"x"', 1).replace(
            b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="99999999"/>', 1
        ),
    ),
    "bomb.xlsx": lambda file: _zip(file, "xl/worksheets/sheet1.xml", b"<a>" + b" " * (11 << 20)),
    "nothing.xlsx": lambda file: _zip(file, "xl/workbook.xml", b""),
    "other.xlsx": lambda file: _zip(file, "a.txt", b"a"),
    "alone.xlsx": lambda file: Made([["甲"]]).as_sheet(file),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_or_hostile_file_ends_in_one_sentence(
    name: str, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    HOSTILE[name](tmp_path / name)
    with pytest.raises((Refused, Trouble)) as caught:
        Desk.read_annex(tmp_path / name, 2024)
    assert "\n" not in caught.value.message
    assert caught.value.message.strip()
    desk.close()
    assert main(["--desk", str(desk.folder), "plan", "import", str(tmp_path / name)]) in (2, 3)
    assert len(capsys.readouterr().err.splitlines()) == 1
    with Desk.open(desk.folder, date(2023, 6, 1)) as again:
        assert len(again.plans.all()) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有找到文件"):
        Desk.read_annex(tmp_path / "none.docx", 2024)
