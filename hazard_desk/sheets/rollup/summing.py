"""The sheets of many sub-units as one (汇总): what each sent, who is missing, what is to be looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import Broken, CellContent, cell_text
from hazard_desk.rules.fields import Row, clean
from hazard_desk.sheets.book import Written
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.stopping import stop_if_unwanted

SummedRow = list[Written]
_NAMED = 3
"""Rows that are named where many say the same."""
_LONG_NUMBER = 10
"""Digits from which a number is a telephone or a code."""


@dataclass(frozen=True)
class Mention:
    """Something to be looked at in what was sent, and where it stands."""

    reason: str
    """A sentence that tells row and column."""
    sheet: str = ""
    row: int | None = None
    """In the sheet, from 1."""
    column: str = ""
    """As the sender calls it."""
    written: str = ""
    """What the cell says; it stands in the roll-up unchanged."""
    unreadable: bool = False
    """Whether the cell could not be read for its field."""

    def plain(self) -> Row:
        """Return what ``--json`` prints of it."""
        return {
            "row": self.row,
            "column": self.column,
            "written": self.written,
            "reason": self.reason,
            "unreadable": self.unreadable,
        }


@dataclass
class Sent:
    """A table as it was sent: its own headings, its cells as written."""

    sheet: str
    heads: list[str]
    widths: list[float]
    rows: list[SummedRow]


@dataclass
class SubUnit:
    """What one sub-unit sent: its tables, its figures by column or item, and what is to be looked at."""

    file: Path
    unit: str
    tables: list[Sent]
    sums: dict[str, float]
    doubts: list[Mention] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    """Of a ledger: its headings, each with the name of the field that it fills; '' is kept aside."""
    nil: str = ""
    """What it says where there is nothing to report (零报告)."""
    nil_rows: list[str] = field(default_factory=list)
    """Rows that say so among others, each as written: 各村 本月无隐患."""
    values: dict[str, list[float]] = field(default_factory=dict)
    """Of a form: the numbers of each item."""

    @property
    def kept_aside(self) -> list[str]:
        """Return the headings that no field has: they stand in columns of their own."""
        return list(dict.fromkeys(heading for heading, name in self.columns if not name))

    @property
    def count(self) -> int:
        """Return how many rows it sent; a table without a heading of ours is not counted."""
        return sum(len(table.rows) for table in self.tables if table.heads)

    def plain(self) -> Row:
        """Return what ``--json`` prints of it."""
        return {
            "unit": self.unit,
            "file": str(self.file),
            "rows": self.count,
            "columns": [{"heading": heading, "field": name or None} for heading, name in self.columns],
            "kept_aside": self.kept_aside,
            "nil": self.nil or None,
            "nil_rows": self.nil_rows,
            "sums": self.sums,
        }


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
    records: Sent | None = None
    """Of a ledger: the rows of all, under the fields and, to the right, under what has none."""
    twice: list[tuple[str, list[Path]]] = field(default_factory=list)
    """Units that sent more than one file."""

    @property
    def doubts(self) -> list[Row]:
        """Return what is to be looked at, as ``--json`` prints it."""
        return [
            {"unit": one.unit, "file": one.file.name, "sheet": said.sheet, **said.plain()}
            for one in self.sources
            for said in one.doubts
        ]

    @property
    def kept_aside(self) -> dict[str, list[str]]:
        """Return the headings without a field, each with the units that have it."""
        found = defaultdict[str, list[str]](list)
        for one in self.sources:
            for heading in one.kept_aside:
                found[heading].append(one.unit)
        return dict(found)

    def told(self) -> list[str]:
        """Return what the clerk is told of it, a sentence each."""
        lines = [f"没有报：{unit}" for unit in self.missing]
        lines += [f"零报告：{one.unit}（{one.nil}）" for one in self.sources if one.nil]
        lines += [f"零报告：{one.unit}表中{said}" for one in self.sources for said in one.nil_rows]
        lines += [f"读不出来：{sentence}" for sentence in self.unread]
        for one in self.sources:
            if one.kept_aside:
                lines.append(f"{one.unit}：没有对应栏目、已照录的列：{'、'.join(one.kept_aside)}")
            lines += [f"{one.unit}：{reason}" for reason in _shortly(one.doubts)]
        return lines

    def plain(self) -> Row:
        """Return what ``--json`` prints."""
        return {
            "title": self.title,
            "sources": [one.plain() for one in self.sources],
            "kept_aside": [{"heading": name, "units": units} for name, units in self.kept_aside.items()],
            "nil": [one.unit for one in self.sources if one.nil],
            "missing": self.missing,
            "twice": [{"unit": unit, "files": [str(file) for file in files]} for unit, files in self.twice],
            "doubts": self.doubts,
            "unreadable": [one for one in self.doubts if one["unreadable"]],
            "unread": self.unread,
            "rows": [
                {head: _plain(value) for head, value in zip(self.heads, row, strict=True)}
                for row in self.rows
            ],
        }


def _shortly(doubts: Iterable[Mention]) -> Iterator[str]:
    """Yield the sentences; the same words in the same column that could not be read are told once."""
    alike = defaultdict[tuple[str, str, str], list[Mention]](list)
    for at, said in enumerate(doubts):
        alike[(said.sheet, said.column, said.written if said.unreadable else str(at))].append(said)
    for (_, column, written), same in alike.items():
        if len(same) == 1:
            yield same[0].reason
            continue
        rows = "、".join(str(said.row) for said in same[:_NAMED])
        more = "等" if len(same) > _NAMED else ""
        yield f"第{rows}{more}行“{column}”写的是“{clean(written)}”（共{len(same)}处），未能识别，已照录"


def _plain(value: Written) -> str | int | float | None:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def gather(
    files: Sequence[Path],
    units: Sequence[str],
    read: Callable[[Path], list[SubUnit]],
    progress: TellProgress,
) -> tuple[list[SubUnit], list[str]]:
    """Read every file; return what each sub-unit sent, and the sentences of files that could not be read.

    A sub-unit that is one of ``units`` is called as it is there. Raises ``Refused`` when none could be read.
    """
    sources: list[SubUnit] = []
    unread: list[str] = []
    for at, file in enumerate(files):
        stop_if_unwanted()
        progress(at, len(files))
        try:
            sources += read(file)
        except Refused as wrong:
            unread.append(wrong.message)
    if not sources:
        raise Refused("；".join(unread) if unread else "请选择要汇总的表格")
    for one in sources:
        one.unit = _called(one, units)
    return sources, unread


def tell_apart(sources: Sequence[SubUnit]) -> list[tuple[str, list[Path]]]:
    """Say of a unit that sent more than once so, and call what it sent by its file; return such units."""
    by_unit = defaultdict[str, list[SubUnit]](list)
    for one in sources:
        by_unit[one.unit].append(one)
    several = {unit: sent for unit, sent in by_unit.items() if len(sent) > 1}
    for unit, (first, *others) in several.items():
        for at, one in enumerate(others, start=2):
            same = one.file == first.file or one.file.read_bytes() == first.file.read_bytes()
            alike = "两份完全相同，" if same else ""
            one.doubts.append(
                Mention(
                    f"“{unit}”报了{'两' if len(several[unit]) == 2 else len(several[unit])}份"
                    f"（{first.file.name}、{one.file.name}），{alike}都已计入，请核对"
                )
            )
            one.unit = f"{unit}（{one.file.stem}）" if one.file.stem != unit else f"{unit}（{at}）"
    return [(unit, [one.file for one in sent]) for unit, sent in several.items()]


def _called(one: SubUnit, units: Iterable[str]) -> str:
    """The unit that sent something, as it is called where all are listed: 甲镇东村 is 东村, 上东村 is not."""
    wanted = sorted(filter(None, map(clean, units)), key=len, reverse=True)
    return next((unit for text in (one.unit, one.file.stem) for unit in wanted if unit in text), one.unit)


def not_reported(units: Iterable[str], sources: Sequence[SubUnit]) -> list[str]:
    """Return the units from which nothing came."""
    reported = {one.unit for one in sources}
    return [unit for unit in dict.fromkeys(map(clean, units)) if unit and unit not in reported]


def as_written(cell: CellContent) -> Written:
    """Return a cell as it can be written again: a telephone number stays whole, a broken cell says why."""
    if isinstance(cell, Broken):
        return cell.reason
    if isinstance(cell, float):
        text = cell_text(cell)
        if text.lstrip("-").isdigit():
            return text if len(text) > _LONG_NUMBER else int(text)
    if isinstance(cell, date) and cell_text(cell).count(":") == 0:
        return date(cell.year, cell.month, cell.day)
    return cell if cell != "" else None
