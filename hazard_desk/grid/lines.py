"""Rows under a heading that are no data: bands, sums, signatures, nothing found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hazard_desk.grid.cells import is_empty
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

    def band_over(self, row: int) -> RowBand | None:
        """Return the band that a row stands under; None for none."""
        above = [at for at in self.bands if at < row]
        return self.bands[max(above)] if above else None


def idle_lines(grid: Grid, heading: TableHeading) -> IdleLines:
    """Tell the rows below a heading that are no data."""
    bands: dict[int, RowBand] = {}
    foot: dict[int, str] = {}
    nil: dict[int, str] = {}
    places = [column.place for column in heading.columns]
    filled = {column.place for column in heading.columns if column.field}
    for row in range(heading.last + 1, len(grid.rows)):
        cells = {place: cell for place, cell in enumerate(grid.rows[row]) if not is_empty(cell)}
        texts = {place: grid.text(row, place) for place, cell in cells.items() if isinstance(cell, str)}
        if not texts:
            continue
        first = texts[min(texts)]
        few = len([place for place in cells if place in filled or place in places]) * 2 <= max(len(places), 2)
        if few and _FOOT.match(first):
            foot[row] = first
        elif said := _nil(texts):
            nil[row] = said
        elif len(places) > 2 and len(cells) <= 2 and _is_band(grid, row, texts, len(cells)):
            bands[row] = _band(max(texts.values(), key=len))
    under = [row for row in range(heading.last + 1, len(grid.rows)) if row not in bands.keys() | foot.keys()]
    last = max((row for row in under if not all(map(is_empty, grid.rows[row]))), default=-1)
    return IdleLines({row: band for row, band in bands.items() if row < last}, foot, nil)


def _nil(texts: Mapping[int, str]) -> str:
    """What a row says where it says that there is nothing, and nothing else but by whom and when."""
    said = {place: re.sub(r"[\s。.！!，,]", "", text) for place, text in texts.items()}
    words = [text for text in said.values() if _NIL.fullmatch(text) and text not in _NOTHING]
    if words:
        return words[0]
    rest = [text for text in said.values() if text not in _NOTHING]
    nothing = [text for text in said.values() if text in ("无", "零")]
    return nothing[0] if nothing and len(rest) <= 1 and len(nothing) >= len(rest) else ""


def _is_band(grid: Grid, row: int, texts: Mapping[int, str], cells: int) -> bool:
    """A text alone in its row: numbered, or merged over most of the columns."""
    text = max(texts.values(), key=len)
    if normal(text) in IDLE or text.isdigit():
        return False
    places = grid.places(row)
    merged = len(places) * 2 <= grid.width
    numbered = bool(_BAND.match("".join(texts[place] for place in sorted(texts))))
    first = re.fullmatch(r"[一二三四五六七八九十]+", texts[min(texts)]) is not None
    return (merged and cells == 1) or (numbered and cells == 1) or (first and cells == 2)


def _band(text: str) -> RowBand:
    brackets = _BRACKET.findall(text)
    told = {name.strip(): said.strip() for bracket in brackets for name, said in _TOLD.findall(bracket)}
    name = _BAND.sub("", _BRACKET.sub("", text)).strip(" 　:：")
    return RowBand(text, name, told)
