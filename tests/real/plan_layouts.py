"""Plans as offices lay them out, made small: what stands in the file, and who does each task by when.

Six follow files that failed before (columns for years, problems to put right, a continued table, telephones,
a plan with a table in it, unit lines); the others are shapes of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from openpyxl import Workbook

Rows = list[list[str]]
Task = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str]
"""The text (its beginning), leads, units, helpers, deadline as written."""


@dataclass(frozen=True)
class Layout:
    """A plan and what it says."""

    blocks: list[str | Rows]
    tasks: list[Task]
    actions: list[str]
    title: str
    sheets: dict[str, Rows] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    """Headings of columns that nothing was made of."""
    told: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write the plan as Word, or as a workbook where it has sheets."""
        if self.sheets:
            return _book(self.sheets, folder / "方案.xlsx")
        document = Document()
        for block in self.blocks:
            if isinstance(block, str):
                document.add_paragraph(block)
                continue
            table = document.add_table(len(block), max(map(len, block)))
            for row, texts in enumerate(block):
                for column, text in enumerate(texts):
                    table.cell(row, column).text = text
        document.save(str(folder / "方案.docx"))
        return folder / "方案.docx"


def _book(sheets: dict[str, Rows], file: Path) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


def years() -> Layout:
    head = [
        ["甲镇三年行动（2024—2026年）任务清单"],
        ["序号", "行动", "措施", "年度目标", "", "", "领导", "责任单位", ""],
    ]
    rows = [
        ["", "", "", "2024年", "2025年", "2026年", "", "牵头单位", "配合单位"],
        ["1", "培训", "轮训负责人", "5月底前过半", "全覆盖", "巩固", "张甲", "应急办", "各站所"],
        ["2", "", "纳入必学", "长期坚持", "长期坚持", "长期坚持", "李乙", "党政办", "—"],
        ["3", "标准", "送标准上门", "12月底前", "12月底前", "年底前", "李乙", "经发办", "各村"],
        ["4", "", "印发读本", "2024年6月底前", "", "", "张甲", "宣传办", "无"],
    ]
    tasks: list[Task] = [
        ("轮训", ("张甲",), ("应急办",), ("各站所",), "2024年：5月底前过半；2025年：全覆盖；2026年：巩固"),
        ("纳入", ("李乙",), ("党政办",), (), "长期坚持"),
        ("送标准", ("李乙",), ("经发办",), ("各村",), "2024年12月底前、2025年12月底前、2026年底前"),
        ("印发", ("张甲",), ("宣传办",), (), "2024年6月底前"),
    ]
    return Layout([], tasks, ["培训", "标准"], head[0][0], {"Sheet": head + rows})


def problems() -> Layout:
    rows = [
        [
            "序号",
            "反馈问题",
            "整改目标",
            "整改措施",
            "整改时限",
            "责任领导",
            "牵头单位",
            "责任单位",
            "完成情况",
        ],
        ["一", "责任方面", "", "", "", "", "", "", ""],
        [
            "1",
            "没有落实到人",
            "压实",
            "（1）修订；\n（2）签订。",
            "6月30日前",
            "刘戊",
            "应急办",
            "各村",
            "完成",
        ],
        ["二", "隐患方面", "", "", "", "", "", "", ""],
        ["2", "整改超期", "销号", "挂牌督办", "2023年7月15日", "周己\n刘戊", "应急办", "某某厂、某村", ""],
    ]
    tasks: list[Task] = [
        ("（1）修订", ("刘戊",), ("应急办", "各村"), (), "6月30日前"),
        ("挂牌", ("周己", "刘戊"), ("应急办", "某某厂", "某村"), (), "2023年7月15日"),
    ]
    title = "乙镇2023年反馈问题整改清单"
    return Layout(["附件", title, rows], tasks, ["责任方面", "隐患方面"], title)


def continued() -> Layout:
    head = ["序号", "重点工作", "工作措施", "责任领导", "责任单位", "完成时限"]
    first = [[str(n), f"工作{n}", f"措施{n}", "张甲", "应急办", f"{n}月底前"] for n in (1, 2, 3)]
    second = [[str(n), f"工作{n}", f"措施{n}", "李乙", "城建办", f"{n}月底前"] for n in (4, 5)]
    tasks: list[Task] = [(f"措施{n}", ("张甲",), ("应急办",), (), f"{n}月底前") for n in (1, 2, 3)]
    tasks += [(f"措施{n}", ("李乙",), ("城建办",), (), f"{n}月底前") for n in (4, 5)]
    title = "丙乡专项整治任务分解表（2023年）"
    return Layout([title, [head, *first], "（续表）", [head, *second]], tasks, [""], title)


def phones() -> Layout:
    rows = [
        ["序号", "工作任务", "牵头领导及联系电话", "责任科室及联系人", "完成时限"],
        ["1", "建数据库", "张甲（副镇长）13800000001", "应急办 李乙 0839-1234567", "5月31日前"],
        ["2", "开展回头看", "王丙（所长）\n13800000002", "派出所：赵丁\n消防站：钱戊", "8月31日前"],
    ]
    tasks: list[Task] = [
        ("建数据库", ("张甲（副镇长）",), ("应急办",), (), "5月31日前"),
        ("开展", ("王丙（所长）",), ("派出所", "消防站"), (), "8月31日前"),
    ]
    title = "丁镇2023年安全生产任务分工"
    return Layout([title, rows], tasks, [""], title)


def within() -> Layout:
    people = [["姓名", "职务", "组内职务"], ["张甲", "镇长", "组长"], ["王丙", "应急办主任", "办公室主任"]]
    rows = [
        ["任务", "牵头", "配合", "时限"],
        ["自查", "应急办", "各站所", "6月底"],
        ["执法", "派出所", "各村", "11月底"],
    ]
    tasks: list[Task] = [
        ("自查", (), ("应急办",), ("各站所",), "6月底"),
        ("执法", (), ("派出所",), ("各村",), "11月底"),
    ]
    title = "戊镇2023行动实施方案"
    blocks: list[str | Rows] = [
        title,
        "二、组织领导",
        people,
        "三、重点任务",
        "分工见下表：",
        rows,
        "四、要求",
    ]
    return Layout(blocks, tasks, [""], title)


def unit_lines() -> Layout:
    lines = [
        "己区2023年重点工作任务分解方案",
        "一、主要预期目标",
        "1.事故起数下降10%。",
        "牵头单位：区应急局",
        "责任单位：各街道，区安委会成员单位",
        "完成时限：12月底前",
        "二、重点任务",
        "2.建成指挥中心。",
        "牵头单位：区应急局",
        "配合单位：区大数据局",
        "完成时限：9月底前",
    ]
    tasks: list[Task] = [
        ("事故", (), ("区应急局", "各街道", "区安委会成员单位"), (), "12月底前"),
        ("建成", (), ("区应急局",), ("区大数据局",), "9月底前"),
    ]
    return Layout(list(lines), tasks, ["主要预期目标", "重点任务"], lines[0])


def brackets() -> Layout:
    lines = [
        "庚县2025年安全生产重点工作方案",
        "一、工作任务",
        "（一）严格责任。",
        "1.压实责任。逐级签订责任书。〔牵头单位:县应急局;责任单位:各乡镇(街道办事处);完成时间:2025年5月〕",
        "2.开展巡查。每季度巡查一次。（县应急局牵头，各乡镇配合，长期坚持）",
        "（二）严格执法。",
        "3.清查零售点。县公安局、县应急局按职责分工负责，各村配合，2025年6月底前完成。",
        "4.整治燃气。更换软管。（牵头领导：张甲；责任单位：县住建局、各燃气企业；配合单位：无；完成时限：2025年9月30日）",
    ]
    tasks: list[Task] = [
        ("逐级", (), ("县应急局", "各乡镇(街道办事处)"), (), "2025年5月"),
        ("每季度", (), ("县应急局",), ("各乡镇",), "长期坚持"),
        ("清查", (), ("县公安局", "县应急局"), ("各村",), "2025年6月底前"),
        ("更换", ("张甲",), ("县住建局", "各燃气企业"), (), "2025年9月30日"),
    ]
    return Layout(list(lines), tasks, ["严格责任", "严格执法"], lines[0])


def shared_and_flat() -> Layout:
    lines = [
        "子镇2025年攻坚方案",
        "二、重点任务",
        "（一）消防整治。",
        "1.打通通道。",
        "2.清理可燃物。",
        "（牵头单位：消防站；责任单位：各村；完成时限：6月底前）",
        "（二）加强监管。（应急办牵头，各村配合）",
        "1.检查重点企业。",
        "（三）狠抓宣传。开展活动。牵头领导：张甲；责任单位：宣传办；完成时限：12月底",
    ]
    fire = ((), ("消防站", "各村"), (), "6月底前")
    tasks: list[Task] = [
        ("打通", *fire),
        ("清理", *fire),
        ("检查", (), ("应急办",), ("各村",), ""),
        ("开展", ("张甲",), ("宣传办",), (), "12月底"),
    ]
    return Layout(list(lines), tasks, ["消防整治", "加强监管", "狠抓宣传"], lines[0])


def flat() -> Layout:
    lines = [
        "丑县2025年工作要点",
        "1.压实责任。签订责任书。（责任单位：县应急局、各乡镇；完成时限：2025年6月底前）",
        "2.清查零售点。（牵头单位：县公安局；配合单位：县应急局）",
    ]
    tasks: list[Task] = [
        ("签订", (), ("县应急局", "各乡镇"), (), "2025年6月底前"),
        ("清查", (), ("县公安局",), ("县应急局",), ""),
    ]
    return Layout(list(lines), tasks, [""], lines[0])


def sectors() -> Layout:
    head = [
        "序号",
        "整治重点",
        "攻坚措施",
        "包案领导",
        "主办单位",
        "协办单位",
        "完成标准",
        "办结时限",
        "包干情形",
    ]
    fire = [head, ["1", "通道", "打通生命通道", "张甲", "消防站", "各村", "全部畅通", "6月底前", "甲类"]]
    gas = [head, ["1", "软管", "更换软管", "李乙", "城建办", "/", "更换率100%", "9月底前", "乙类"]]
    tasks: list[Task] = [
        ("打通", ("张甲",), ("消防站",), ("各村",), "6月底前"),
        ("更换", ("李乙",), ("城建办",), (), "9月底前"),
    ]
    sheets = {"消防领域": fire, "燃气领域": gas}
    return Layout([], tasks, ["消防领域", "燃气领域"], "", sheets, unread=("包干情形",))


def quarters() -> Layout:
    rows = [
        ["辛镇2024年工作推进表"],
        ["任务", "一季度", "二季度", "三季度", "四季度", "责任人", "责任部门"],
        ["建台账", "√", "", "", "", "张甲", "应急办"],
        ["抓整改", "3月20日前", "6月20日前", "", "", "李乙", "派出所"],
    ]
    tasks: list[Task] = [
        ("建台账", ("张甲",), ("应急办",), (), "2024年第1季度"),
        ("抓整改", ("李乙",), ("派出所",), (), "2024年3月20日前、2024年6月20日前"),
    ]
    return Layout([], tasks, [""], "辛镇2024年工作推进表", {"Sheet1": rows})


def in_words() -> Layout:
    rows = [
        ["重点领域", "主要任务", "落实措施", "责任分工", "起止时间"],
        ["消防", "排查", "查通道", "应急办牵头，派出所、消防站配合", "3月—6月"],
        ["", "", "查设施", "消防站（牵头）、各村（配合）", "2024年12月底前"],
    ]
    tasks: list[Task] = [
        ("查通道", (), ("应急办",), ("派出所", "消防站"), "3月—6月"),
        ("查设施", (), ("消防站",), ("各村",), "2024年12月底前"),
    ]
    title = "壬乡2024年消防整治任务表"
    return Layout([title, rows], tasks, ["消防"], title, told={"责任分工": "责任科室"})


def unknown_column() -> Layout:
    rows = [
        ["任务", "谁来抓", "何时办结"],
        ["查零售点", "应急办", "6月底前"],
        ["查渡口", "水利站", "8月底前"],
    ]
    told = {"谁来抓": "责任科室", "何时办结": "完成时限", "任务": "具体任务"}
    tasks: list[Task] = [
        ("查零售点", (), ("应急办",), (), "6月底前"),
        ("查渡口", (), ("水利站",), (), "8月底前"),
    ]
    title = "癸镇2024年任务清单"
    return Layout([title, rows], tasks, [""], title, told=told)


LAYOUTS: dict[str, Callable[[], Layout]] = {
    made.__name__: made
    for made in (
        years,
        problems,
        continued,
        phones,
        within,
        unit_lines,
        brackets,
        shared_and_flat,
        flat,
        sectors,
        quarters,
        in_words,
        unknown_column,
    )
}
