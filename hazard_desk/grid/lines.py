"""Rows under a heading that are no data: bands, sums, signatures, nothing found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from hazard_desk.grid.cells import cell_text, is_empty
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import IDLE, TableHeading, normal

_FOOT = re.compile(
    r"(合\s*计|总\s*计|小\s*计|共\s*计|填表人?|填报人|填表日期|填报日期|填报单位|制表人?|审核人?|审批人签|负责人签|单位负责人|"
    r"主要负责人签|分管领导签|联系人|联系电话|填表说明|填报说明|注|说明|备注)\s*\d?\s*[:：]|(合\s*计|总\s*计|小\s*计|共\s*计)[\d\s]*$|"
    r"注\d?[、.．]"
)
_NIL = re.compile(
    r"(?:本|当|上|该|这)?(?:年|季度|季|月|周|日|期|次|年度|月份|\d{1,2}月份?)?(?:暂|均|尚)?(?:无|未|没有)(?:检查|排查)?(?:发现|查出|上报|任何|新增)?(?:其他|重大|一般|安全|事故|问题|生产)*"
    r"(?:隐患|问题|情况|违法行为)(?:问题|情况|和问题)?(?:上报|报告|存在)?|零报告|零隐患|(?:实行)?[“\"]?零报告[”\"]?(?:制度)?|零上报|零排查|无"
)
_PERIOD = re.compile(r"(?:本|当|上|该|这)(?:年|季|月|周|日|期)|\d{1,2}月")
_MOST_OF_NIL = 6
"""Cells of a row that says that there is nothing."""
_NOTHING = ("无", "/", "否", "零", "0", "无无")
_BAND = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[部类项])\s*"
)
_TOLD = re.compile(r"([^：:；;，,（()）\s]{2,12})[：:]\s*([^；;，,（()）]+)")
_BRACKET = re.compile(r"[（(]([^（()）]*)[）)]")


@dataclass(frozen=True)
class RowBand:
    """A row that stands over others: what it is called, and what it says of them in brackets."""

    text: str
    name: str
    """Without its number and what stands in brackets."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What it names: 责任单位 -> 某公司."""


@dataclass(frozen=True)
class IdleLines:
    """The rows below a heading that are no data, by their number from 0."""

    bands: Mapping[int, RowBand]
    foot: Mapping[int, str]
    nil: Mapping[int, str]
    """Rows that say that there is nothing to report: 本月无隐患."""
    again: frozenset[int]
    """Rows in which the heading stands again, as it does on each page."""

    @cached_property
    def all(self) -> frozenset[int]:
        """All of them."""
        return self.again.union(self.bands, self.foot, self.nil)

    def band_over(self, row: int) -> RowBand | None:
        """Return the band that a row stands under; None for none."""
        at = bisect_left(self._bands, row)
        return self.bands[self._bands[at - 1]] if at else None

    @cached_property
    def _bands(self) -> list[int]:
        return sorted(self.bands)


def idle_lines(grid: Grid, heading: TableHeading) -> IdleLines:
    """Tell the rows below a heading that are no data."""
    bands, foot, nil, again = dict[int, RowBand](), dict[int, str](), dict[int, str](), set[int]()
    columns = max(len(heading.columns), 2)
    last = -1
    for row in range(heading.last + 1, len(grid.rows)):
        told = [cell for cell in grid.rows[row] if cell is not None and cell != ""]
        if len(told) > max(_MOST_OF_NIL, columns // 2) and told[0] not in heading.texts:
            last = row
            continue
        texts = [text for cell in told if not is_empty(cell) and (text := cell_text(cell).strip())]
        if not texts:
            continue
        if len(texts) > 1 and heading.texts.issuperset(texts):
            again.add(row)
        elif _is_foot(texts, columns):
            foot[row] = texts[0]
        elif (said := nil_report(texts)) and not _is_finding(grid, row, heading):
            nil[row], last = said, row
        elif columns > 2 and len(texts) <= 2 and _is_band(grid, row, texts):
            bands[row] = _band(max(texts, key=len))
        else:
            last = row
    over = {row: band for row, band in bands.items() if row < last}
    return IdleLines(over, foot, nil, frozenset(again))


def _is_foot(texts: Sequence[str], columns: int) -> bool:
    """A sum, or a line of signatures and remarks: few cells, or each of them says what it is."""
    few = len(texts) <= max(2, columns // 2) or all(re.search("[:：]", text) for text in texts)
    return few and _FOOT.match(texts[0]) is not None


def _is_finding(grid: Grid, row: int, heading: TableHeading) -> bool:
    """Whether that there is nothing is but a fact of a row: a check of a firm that found nothing."""
    told = {column.field: grid.text(row, column.place) for column in heading.columns if column.field}
    names = {name for name, text in told.items() if nil_report([text]) and not _PERIOD.match(text)}
    return bool(names) and not names & heading.naming and any(map(told.get, heading.naming - names))


def nil_report(texts: Sequence[str]) -> str:
    """What a row says where it says that there is nothing, and nothing else but by whom and when."""
    if len(texts) > _MOST_OF_NIL:
        return ""
    said = [re.sub(r"[\s。.！!，,]", "", text) for text in texts]
    words = [text for text in said if text not in _NOTHING and _NIL.fullmatch(text)]
    if words:
        return words[0]
    rest = [text for text in said if text not in _NOTHING and not text.isdigit()]
    nothing = [text for text in said if text in ("无", "零")]
    return nothing[0] if nothing and len(rest) <= 1 and len(nothing) >= len(rest) else ""


def _is_band(grid: Grid, row: int, texts: Sequence[str]) -> bool:
    """A text alone in its row: numbered, or merged over most of the columns."""
    text = max(texts, key=len)
    if normal(text) in IDLE or text.isdigit():
        return False
    if len(texts) == 2:
        return re.fullmatch(r"[一二三四五六七八九十]+", texts[0]) is not None
    return bool(_BAND.match(text)) or len(grid.places(row)) * 2 <= grid.width


def _band(text: str) -> RowBand:
    brackets = _BRACKET.findall(text)
    told = {name.strip(): said.strip() for bracket in brackets for name, said in _TOLD.findall(bracket)}
    name = _BAND.sub("", _BRACKET.sub("", text)).strip(" 　:：")
    return RowBand(text, name, told)
