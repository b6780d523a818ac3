"""Five annex tables as offices make them, to be written as Word tables and as spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from openpyxl import Workbook

Block = tuple[int, int, int, int]


@dataclass(frozen=True)
class Made:
    """A table as it is drawn: cells, merged blocks, the lines above it."""

    rows: list[list[str]]
    merges: list[Block] = field(default_factory=list)
    above: list[str] = field(default_factory=list)

    def as_word(self, file: Path) -> Path:
        document = Document()
        for line in self.above:
            document.add_paragraph(line)
        table = document.add_table(len(self.rows), len(self.rows[0]))
        for top, left, bottom, right in self.merges:
            table.cell(top, left).merge(table.cell(bottom, right))
        for row, texts in enumerate(self.rows):
            for column, text in enumerate(texts):
                if text:
                    table.cell(row, column).text = text
        document.save(str(file))
        return file

    def as_sheet(self, file: Path) -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for line in self.above:
            sheet.append([line])
            row = sheet.max_row
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
        first = len(self.above) + 1
        for row, texts in enumerate(self.rows):
            for column, text in enumerate(texts, start=1):
                if text:
                    sheet.cell(first + row, column, text)
        for top, left, bottom, right in self.merges:
            sheet.merge_cells(
                start_row=first + top, start_column=left + 1, end_row=first + bottom, end_column=right + 1
            )
        book.save(file)
        return file


LIKE_S0 = Made(
    above=["附件", "甲乡安全生产2024行动方案重点任务分解表"],
    rows=[
        ["序号", "主要行动", "重点任务", "具体任务", "牵头领导", "责任科室", "完成时限", "备注"],
        [
            "1",
            "（一）责任强化行动。",
            "1.树牢红线意识。",
            "（1）专题学习。",
            "张三",
            "党政办、应急办",
            "长期坚持",
            "",
        ],
        ["2", "", "2.全面动员部署。", "（2）制定方案。", "张三", "应急办", "5月15日前", ""],
        ["", "", "", "（3）督导检查。", "张三\n李四", "各科室，各村", "原则上6月底前", "主要领导"],
        ["3", "（二）企业履职行动。", "3.开展自查。", "（4）督促自查。", "王　五", "经发办", "5月底", ""],
        ["", "", "", "（5）建立台账。", "", "", "", ""],
        ["4", "", "4.开展演练。", "（6）组织演练。", "", "", "7月31日", ""],
    ],
    merges=[
        (1, 1, 3, 1),
        (2, 0, 3, 0),
        (2, 2, 3, 2),
        (4, 1, 6, 1),
        (4, 0, 5, 0),
        (4, 2, 5, 2),
        (4, 4, 5, 4),
        (4, 5, 5, 5),
        (4, 6, 5, 6),
    ],
)
"""Three levels, merged downwards; one row's cells are merged with the row above, another's left empty."""

SHUFFLED = Made(
    above=["乙镇2024年专项整治任务清单"],
    rows=[
        ["完成时间", "责任", "", "工作任务", "重点工作", "序号"],
        ["", "责任领导", "责任单位", "", "", ""],
        ["2024年6月底", "赵六", "派出所", "1.排查“九小”场所", "消防整治", "1"],
        ["", "", "", "2.拆除违规铁栅栏", "", "2"],
        ["12月底", "钱七", "市场所", "1.核查气瓶", "燃气整治", "3"],
    ],
    merges=[(0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3), (0, 4, 1, 4), (0, 5, 1, 5), (2, 4, 3, 4), (2, 1, 3, 1)],
)
"""Columns in another order, a heading in two rows, numbering that begins anew."""

SECTIONS = Made(
    above=["丙县重大隐患排查整治实施方案", "任务分工表"],
    rows=[
        ["序号", "重点任务", "主要措施", "牵头单位", "配合单位", "时限要求"],
        ["一、压实责任", "", "", "", "", ""],
        [
            "1",
            "健全制度",
            "（1）修订制度；（2）公示责任清单；（3）签订承诺书。",
            "应急局",
            "司法局 各乡镇",
            "5月20日前",
        ],
        ["二、严格执法", "", "", "", "", ""],
        ["2", "执法检查", "开展交叉执法", "应急局", "", "每月28日前"],
        ["", "曝光典型", "", "宣传部", "融媒体中心", "11月底前"],
        ["注：各单位每月报送进展。", "", "", "", "", ""],
    ],
    merges=[(1, 0, 1, 5), (3, 0, 3, 5), (5, 1, 5, 2), (6, 0, 6, 5)],
)
"""Section rows across the whole width, several tasks in one cell, a second column of units, a note below."""

ONE_LEVEL = Made(
    rows=[
        ["工作任务", "责任部门", "责任人", "完成期限"],
        ["清查烟花爆竹零售点", "应急所", "孙八", "2024年1月20日前"],
        ["检查渡口渡船", "", "", ""],
        ["工作任务", "责任部门", "责任人", "完成期限"],
        ["", "水利站", "", ""],
        ["巡查山塘水库", "水利站", "周九、吴十", "汛期前"],
    ],
)
"""One level of tasks, no title; the heading comes again as on a new page; empty cells; a row that goes on."""

THREE_YEARS = Made(
    above=["丁镇安全生产治本攻坚三年行动方案（2024—2026年）", "附表1", "重点任务分解表"],
    rows=[
        ["工作板块", "具体措施", "包保领导", "责任单位", "进度要求", "备注"],
        ["一、重大隐患动态清零", "1.摸清底数", "郑一", "各行业部门", "2024年底前", "清存量"],
        ["", "2.动态清零", "", "", "2026年底前", ""],
        ["二、教育培训", "1.轮训负责人", "冯二", "应急办", "长期坚持", ""],
        ["", "", "", "教育办", "", ""],
    ],
    merges=[(1, 0, 2, 0), (1, 2, 2, 2), (1, 3, 2, 3), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2), (3, 4, 4, 4)],
)
"""Two levels, three years, a task merged over two rows of units."""
