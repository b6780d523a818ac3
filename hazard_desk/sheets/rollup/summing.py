"""The sheets of many sub-units as one (汇总): the sum, each one, who is missing, what cannot be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row, clean
from hazard_desk.sheets.book import BODY_FONT, Sheet
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.stopping import stop_if_unwanted

SummedRow = list[str | int | float | None]
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass
class SubUnit:
    """What one sub-unit sent: its table, its figures by column or item, and what cannot be right."""

    file: Path
    unit: str
    heads: list[str]
    widths: list[float]
    rows: list[SummedRow]
    sums: dict[str, float]
    doubts: list[str] = field(default_factory=list)
    entries: list[tuple[int, Row]] = field(default_factory=list)
    """Of a ledger: sheet row and values of each record."""
    values: dict[str, list[float]] = field(default_factory=dict)
    """Of a form: the numbers of each item."""


@dataclass
class SheetRollup:
    """All that was sent, and what it comes to."""

    title: str
    sources: list[SubUnit]
    missing: list[str]
    unread: list[str]
    """Sentences of files that could not be read."""
    heads: list[str]
    widths: list[float]
    rows: list[SummedRow]
    """The sum as a table."""

    @property
    def doubts(self) -> list[Row]:
        return [{"unit": one.unit, "reason": said} for one in self.sources for said in one.doubts]

    def plain(self) -> Row:
        """Return what ``--json`` prints."""
        return {
            "title": self.title,
            "sources": [
                {"unit": one.unit, "file": str(one.file), "rows": len(one.rows), "sums": one.sums}
                for one in self.sources
            ],
            "missing": self.missing,
            "doubts": self.doubts,
            "unread": self.unread,
            "rows": [dict(zip(self.heads, row, strict=True)) for row in self.rows],
        }


def gather(
    files: Sequence[Path], read: Callable[[Path], SubUnit], progress: TellProgress
) -> tuple[list[SubUnit], list[str]]:
    """Read every file; return the sources and the sentences of those that could not be read.

    Raises ``Refused`` when none could.
    """
    sources: list[SubUnit] = []
    unread: list[str] = []
    for at, file in enumerate(files):
        stop_if_unwanted()
        progress(at, len(files))
        try:
            sources.append(read(file))
        except Refused as wrong:
            unread.append(wrong.message)
    if not sources:
        raise Refused("；".join(unread) if unread else "请选择要汇总的表格")
    _tell_apart(sources)
    return sources, unread


def _tell_apart(sources: list[SubUnit]) -> None:
    seen: dict[str, SubUnit] = {}
    for one in sources:
        if one.unit in seen:
            one.doubts.append(f"“{one.unit}”报了两份（{seen[one.unit].file.name}、{one.file.name}），请核对")
            one.unit = f"{one.unit}（{one.file.stem}）"
        seen[one.unit] = one


def not_reported(units: Iterable[str], sources: Sequence[SubUnit]) -> list[str]:
    """Return the units from which nothing came: neither a sheet nor a file calls them."""
    wanted = dict.fromkeys(clean(unit) for unit in units if clean(unit))
    return [unit for unit in wanted if not any(unit in one.unit or unit in one.file.stem for one in sources)]


def write_rollup(rollup: SheetRollup, to: Path) -> Path:
    """Write the workbook: 汇总, 报送情况, then a sheet for each source; return it."""
    if to.suffix.lower() != ".xlsx":
        raise Refused("汇总表的文件名请以 .xlsx 结尾")
    first = _sheet("汇总", rollup.title + "汇总表", rollup.heads, rollup.widths, rollup.rows, None)
    _state(rollup, first)
    taken = {"汇总", "报送情况"}
    for one in rollup.sources:
        _sheet(_free(one.unit, taken), f"{one.unit}{rollup.title}", one.heads, one.widths, one.rows, first)
    return first.save(to)


def _state(rollup: SheetRollup, beside: Sheet) -> None:
    rows: list[SummedRow] = [
        [one.unit, "已报", one.file.name, "；".join(one.doubts) or None] for one in rollup.sources
    ]
    rows += [[unit, "未报", None, None] for unit in rollup.missing]
    rows += [[None, "读不出来", None, sentence] for sentence in rollup.unread]
    heads = ["单位", "报送情况", "文件", "需要核对的地方"]
    _sheet("报送情况", f"{rollup.title}报送情况", heads, [14, 8, 20, 50], rows, beside)


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
    sheet.heading(heads)
    for row in rows:
        sheet.row(row, ["right" if isinstance(value, int | float) else "left" for value in row])
    if not rows:
        sheet.banner("（没有内容）", BODY_FONT, "left", 20)
    return sheet


def _free(unit: str, taken: set[str]) -> str:
    """A sheet name that is lawful and not taken yet."""
    plain = _FORBIDDEN.sub("", unit)[:26] or "来表"
    name, number = plain, 2
    while name.lower() in taken:
        name, number = f"{plain}({number})", number + 1
    taken.add(name.lower())
    return name
