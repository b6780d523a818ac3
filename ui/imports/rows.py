"""What the mending table shows of a judged sheet: its columns, its cells, and which rows a filter leaves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hazard_desk.sheets.importing import Fate, Judged, Result
from hazard_desk.sheets.incoming import Cell, Incoming

KEPT = "其他栏目"


class Filter(StrEnum):
    """Which rows are seen; the words are those of the buttons."""

    ALL = "全部"
    DOUBT = "有疑问"
    NEW = "将新增"
    UPDATED = "将更新"
    TWIN = "重复"
    GAP = "待补"
    EMPTY = "没有内容"


class Look(StrEnum):
    """What is to be seen of a cell."""

    PLAIN = ""
    DOUBT = "doubt"
    GAP = "gap"
    KEPT = "kept"


@dataclass(frozen=True)
class RowColumn:
    """A column of the table: a field of the ledger, or what is kept beside the fields."""

    field: str
    """Name of the field; '' for what is kept beside the fields."""
    label: str
    heading: str = ""
    """How the sheet calls it; '' where it has no such column."""

    @property
    def title(self) -> str:
        """What stands over it: the sheet's heading, and below what it was taken for."""
        if not self.heading:
            return f"{self.label}\n（表中没有）"
        if self.heading == self.label:
            return self.label
        return f"{self.heading}\n→ {self.label}"


_BY_FATE = {
    Fate.NEW: Filter.NEW,
    Fate.UPDATED: Filter.UPDATED,
    Fate.SKIPPED: Filter.TWIN,
    Fate.REPEATED: Filter.TWIN,
    Fate.REFUSED: Filter.EMPTY,
}


class JudgedRows:
    """A judged sheet as the table shows it. Made where it is judged, away from the GUI thread."""

    def __init__(self, result: Result) -> None:
        self.incoming: Incoming = result.incoming
        self.rows: list[Judged] = result.rows
        self.columns: list[RowColumn] = _columns(result)
        self.by_filter: dict[Filter, list[int]] = {one: [] for one in Filter}
        for at, row in enumerate(result.rows):
            for one in self._filters(row):
                self.by_filter[one].append(at)

    def where(self, at: int) -> str:
        """Return where a row stands in the sheet."""
        return self.incoming.where(self.rows[at].entry)

    def fate(self, at: int) -> str:
        """Return what becomes of a row."""
        row = self.rows[at]
        return f"与第{row.like}行重复" if row.fate is Fate.REPEATED else str(row.fate)

    def offers(self, column: RowColumn) -> list[str]:
        """Return the likeliest fields of a column of the sheet, three at the most."""
        for table in self.incoming.tables:
            for place, heading in table.headings.items():
                if heading == column.heading and place in table.guesses:
                    return [name for name, _ in table.guesses[place].offers if name in self.incoming.fields]
        return []

    def text(self, at: int, column: RowColumn) -> str:
        """Return what a cell shows: its value, or what was written where that is none."""
        entry = self.rows[at].entry
        if not column.field:
            return entry.others.get(column.heading, "")
        if column.field in self.rows[at].problems and (written := entry.others.get(column.label)):
            return written
        return self.incoming.fields[column.field].show(entry.values.get(column.field))

    def look(self, at: int, column: RowColumn) -> Look:
        """Return whether a cell is doubtful, or empty and wanted."""
        if not column.field:
            return Look.KEPT
        if column.field in self.rows[at].problems:
            return Look.DOUBT
        return Look.GAP if column.field in self.rows[at].gaps else Look.PLAIN

    def reason(self, at: int, column: RowColumn) -> str:
        """Return what is to be said of a cell, '' for nothing."""
        if not column.field:
            return f"“{column.heading}”没有对应的栏目，照原样放进“{KEPT}”" if self.text(at, column) else ""
        if said := self.rows[at].problems.get(column.field, ""):
            return f"{said}。不改也可以导入：原文放进“{KEPT}”，“{column.label}”先空着"
        return f"“{column.label}”没有填写，导入后列入待补" if self.look(at, column) is Look.GAP else ""

    def reasons(self, at: int) -> str:
        """Return what is to be said of a whole row."""
        return "；".join(self.rows[at].problems.values())

    def cell(self, at: int, column: RowColumn) -> Cell:
        """Return how the core calls a cell."""
        entry = self.rows[at].entry
        return entry.table, entry.line, column.field

    def count(self, one: Filter) -> int:
        """Return how many rows a filter leaves."""
        return len(self.by_filter[one])

    def _filters(self, row: Judged) -> list[Filter]:
        found = [Filter.ALL]
        if row.problems and row.fate not in (Fate.REPEATED, Fate.REFUSED):
            found.append(Filter.DOUBT)
        if row.fate in _BY_FATE:
            found.append(_BY_FATE[row.fate])
        if row.like is not None and Filter.TWIN not in found:
            found.append(Filter.TWIN)
        return [*found, Filter.GAP] if row.gaps else found


def _columns(result: Result) -> list[RowColumn]:
    """The fields in the order of the sheet, then those that it has no column for, then the others."""
    incoming, kept = result.incoming, dict[str, None]()
    found: dict[str, RowColumn] = {}
    for table in incoming.tables:
        by_place = {one.place: name for name, one in table.heading.fields.items()}
        for place, heading in table.headings.items():
            name = by_place.get(place, "")
            if name:
                found.setdefault(name, RowColumn(name, incoming.fields[name].label, heading))
            else:
                kept[heading] = None
    for name in dict.fromkeys([*incoming.answers.values, *result.gaps]):
        if name in incoming.fields:
            found.setdefault(name, RowColumn(name, incoming.fields[name].label))
    filled = {one.heading for one in found.values()}
    for row in result.rows:
        kept |= dict.fromkeys(heading for heading in row.entry.others if heading not in filled)
    labels = {one.label for one in found.values()}
    return [*found.values(), *(RowColumn("", KEPT, heading) for heading in kept if heading not in labels)]
