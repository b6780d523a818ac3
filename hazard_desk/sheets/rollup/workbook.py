"""The workbook of a roll-up: sums, who reported, all records, what to look at, each table as it was sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.sheets.book import BODY_FONT, Sheet
from hazard_desk.sheets.rollup.summing import SheetRollup, SummedRow

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 26
"""Characters of the name of a sheet before a number."""


def write_rollup(rollup: SheetRollup, to: Path) -> Path:
    """Write the workbook; return it. Raises ``Refused`` for another ending and ``Trouble``."""
    if to.suffix.lower() != ".xlsx":
        raise Refused("汇总表的文件名请以 .xlsx 结尾")
    first = _sheet("汇总", rollup.title + "汇总表", rollup.heads, rollup.widths, rollup.rows, None)
    _state(rollup, first)
    taken = {"汇总", "报送情况", "全部记录", "需要核对"}
    if rollup.records:
        told = rollup.records
        _sheet("全部记录", f"{rollup.title}（各单位全部记录）", told.heads, told.widths, told.rows, first)
    _doubts(rollup, first)
    for one in rollup.sources:
        for table in one.tables:
            beside = f"（{table.sheet}）" if len(one.tables) > 1 else ""
            name = _free(f"{one.unit}{beside}", taken)
            title = f"{one.unit}{rollup.title}{beside}"
            _sheet(name, title, table.heads, table.widths, table.rows, first)
    return first.save(to)


def _state(rollup: SheetRollup, beside: Sheet) -> None:
    """Who reported what, and who did not."""
    several = {file for _, files in rollup.twice for file in files}
    rows: list[SummedRow] = []
    for one in rollup.sources:
        state = "零报告" if one.nil else "已报"
        aside = "、".join(one.kept_aside) or None
        sent = "报了多份" if one.file in several else ""
        remark = "；".join(filter(None, [one.nil, sent, *one.nil_rows])) or None
        rows.append([one.unit, state, one.file.name, one.count, aside, len(one.doubts) or None, remark])
    rows += [[unit, "未报", None, None, None, None, None] for unit in rollup.missing]
    rows += [[None, "读不出来", None, None, None, None, sentence] for sentence in rollup.unread]
    heads = ["单位", "报送情况", "文件", "行数", "没有对应栏目、已照录的列", "需要核对", "说明"]
    _sheet("报送情况", f"{rollup.title}报送情况", heads, [14, 8, 18, 6, 24, 8, 24], rows, beside)


def _doubts(rollup: SheetRollup, beside: Sheet) -> None:
    """What is to be looked at, each where it stands."""
    rows: list[SummedRow] = []
    for one in rollup.sources:
        for said in one.doubts:
            rows.append(
                [one.unit, one.file.name, said.sheet, said.row, said.column, said.written, said.reason]
            )
    if rows:
        heads = ["单位", "文件", "工作表", "行", "栏目", "写的是", "说明"]
        _sheet("需要核对", f"{rollup.title}需要核对的地方", heads, [12, 16, 10, 5, 12, 18, 36], rows, beside)


def _sheet(
    name: str,
    title: str,
    heads: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[SummedRow],
    beside: Sheet | None,
) -> Sheet:
    sheet = Sheet(name, widths, beside=beside)
    sheet.banner(title)
    if heads:
        sheet.heading(heads)
    for row in rows:
        sheet.row(row, ["right" if isinstance(value, int | float) else "left" for value in row])
    if not rows:
        sheet.banner("（没有内容）", BODY_FONT, "left", 20)
    return sheet


def _free(wanted: str, taken: set[str]) -> str:
    """A sheet name that is lawful and not taken yet."""
    plain = _FORBIDDEN.sub("", wanted)[:_LONGEST_NAME] or "来表"
    name, number = plain, 2
    while name.lower() in taken:
        name, number = f"{plain}({number})", number + 1
    taken.add(name.lower())
    return name
