"""What a paper says, block by block: meaning, not points. Every printer prints these same blocks.

All text is plain text, printed as it stands; there is no markup. Printers themselves see to fonts,
indents, page numbers and the blank lines that GB/T 9704-2012 asks for around titles and signatures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

Align = Literal["left", "center", "right"]
Style = Literal["official", "ledger", "scan"]
PageSize = Literal["A4", "A3", "wide"]
"""The sheet; ``wide``: A4, or A3 where the columns of a table have no room on A4."""
Fill = Literal["", "grey", "red", "orange", "yellow", "green", "blue"]

FILLS: dict[Fill, str] = {
    "grey": "EDEDED",
    "red": "F8D7D3",
    "orange": "FBE2C6",
    "yellow": "FFF3C2",
    "green": "DCEED8",
    "blue": "D9E7F5",
}
"""Grounds of cells as RRGGBB, light enough for black text and for a copy in grey."""


@dataclass(frozen=True)
class Letterhead:
    """The red head of a paper: the issuer's mark (三星乡人民政府文件), number and rule (§7.2.4–7.2.7).

    ``letter``: that of a letter (信函格式, §10.1): the issuer alone between double rules, its first page
    without a number.
    """

    issuer: str
    number: str = ""
    letter: bool = False


@dataclass(frozen=True)
class AttachmentMark:
    """“附件” or “附件1” at the top left of a new page; its title follows on the third line (§7.3.7)."""

    text: str = "附件"


@dataclass(frozen=True)
class Title:
    """The paper's title. A line break is kept; without one it is broken where the meaning allows."""

    text: str


@dataclass(frozen=True)
class Subtitle:
    """A centred line under the title: the date of a table, “（征求意见稿）”, a name."""

    text: str


@dataclass(frozen=True)
class DocNumber:
    """The document number of a paper without a red head: 三星府发〔2023〕76号."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading of level 1–4 with its number as written: 一、 · （一） · 1． · （1） (§7.3.3)."""

    level: Literal[1, 2, 3, 4]
    text: str


@dataclass(frozen=True)
class Para:
    """A paragraph of the body, justified; its first line is indented by two characters."""

    text: str
    indent: bool = True


@dataclass(frozen=True)
class Hanging:
    """A lead and what hangs after it: “副组长：” and “肖永富　副乡长”; an empty lead goes on with the last.

    Leads are spread to ``width`` characters, the colon not counted.
    """

    lead: str
    text: str
    width: int = 4


def attachment_note(block: Para) -> Hanging | None:
    """Return the note under a text telling its attachments (“附件：…”, a name a line), None for another."""
    lead, colon, names = block.text.strip().partition("：")
    return Hanging(f"{lead}：", names.strip(), len(lead)) if colon and lead == "附件" else None


@dataclass(frozen=True)
class Line:
    """A line of its own without indent: the addressees (主送机关), a caption."""

    text: str
    align: Align = "left"


@dataclass(frozen=True)
class FieldsLine:
    """The head or foot of a form: (label, value) pairs spread over one line, 填报单位：… 填报日期：…

    A value without a label stands alone.
    """

    fields: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written for each field."""
        return tuple(f"{label}：{value}" if label else value for label, value in self.fields)


@dataclass(frozen=True)
class Signature:
    """Issuer and date at the end of the text; ``sealed`` leaves the room a seal needs (§7.3.5)."""

    issuer: str
    date: str
    sealed: bool = True


@dataclass(frozen=True)
class Imprint:
    """The imprint at the foot of the last page: copies to, printed by whom and when (§7.4).

    Without an issuer it is that of a letter: the copies alone, no rules (§10.1).
    """

    copies: str
    issuer: str
    date: str


@dataclass(frozen=True)
class Note:
    """Small print, as under a table: “注：…”."""

    text: str


@dataclass(frozen=True)
class Space:
    """Blank lines."""

    lines: int = 1


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page: as the last, or upright or ``landscape`` from here on."""

    landscape: bool | None = None


@dataclass(frozen=True)
class Picture:
    """A picture, as a file or its content, and the words under it. None stands for one that is lost."""

    source: Path | bytes | None
    caption: str = ""


@dataclass(frozen=True)
class Photos:
    """Pictures side by side, ``across`` of them in a row.

    One that is missing or cannot be drawn is printed as a framed “照片缺失”.
    """

    photos: tuple[Picture, ...]
    across: int = 2


@dataclass(frozen=True)
class Scan:
    """A page as it was scanned: a picture that takes the whole page of a paper in the style ``scan``."""

    picture: Picture


@dataclass(frozen=True)
class ChartSeries:
    """The values of a chart under one name, one for each of its labels."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """Figures as ``columns`` side by side (months), or ``bars`` below each other (names of any length).

    Every value is written at its bar. Raises ``ValueError`` for a series that does not fit the labels.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    kind: Literal["columns", "bars"] = "columns"

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(f"{series.name}: {len(series.values)} values, {len(self.labels)} labels")


@dataclass(frozen=True)
class Column:
    """A table column. ``width`` is its usual width in Chinese characters, weighed against the others.

    One that is ``fixed`` keeps it whatever it holds: there is something to be written in by hand.
    """

    label: str
    width: float = 10
    align: Align = "left"
    fixed: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell and how many rows and columns it covers. ``align`` None is the column's. \\n is kept.

    ``fill`` is its ground, a name of ``FILLS``. ``number`` or ``day`` is what the text shows, where a
    spreadsheet should be able to count with it.
    """

    text: str
    rowspan: int = 1
    colspan: int = 1
    align: Align | None = None
    bold: bool = False
    fill: Fill = ""
    number: float | None = None
    day: date | None = None


TableRow = tuple[Cell | None, ...]


@dataclass(frozen=True)
class Table:
    """Rows of one entry per column; None stands where a cell above or to the left covers the place.

    ``head`` replaces the single row of column labels that is repeated on each page; a table whose columns
    have no labels has no head. ``row_lines`` is the least height of its other rows, in lines. A table of
    more columns than a sheet holds is printed in parts; the first ``keys`` columns stand in each.
    Raises ``ValueError`` when cells and None do not fit the spans: a mistake in the report.
    """

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    head: tuple[TableRow, ...] = ()
    row_lines: int = 1
    keys: int = 1

    def __post_init__(self) -> None:
        _check_spans(self.rows, len(self.columns))
        _check_spans(self.head, len(self.columns))

    @property
    def header_rows(self) -> tuple[TableRow, ...]:
        """The rows printed in heavy type at the top of the table on every page."""
        labels = tuple(Cell(column.label) for column in self.columns)
        return self.head or ((labels,) if any(column.label for column in self.columns) else ())


Block = (
    Letterhead
    | AttachmentMark
    | Title
    | Subtitle
    | DocNumber
    | Heading
    | Para
    | Hanging
    | Line
    | FieldsLine
    | Signature
    | Imprint
    | Note
    | Space
    | PageBreak
    | Photos
    | Scan
    | Chart
    | Table
)


@dataclass(frozen=True)
class Paper:
    """A whole paper. ``title`` names the file's content; the printed title is a ``Title`` block.

    ``mark`` (示例) is printed discreetly on every page. ``counted`` gives the pages of an official paper
    “第 1 页 共 3 页” for “— 1 —”, as records have it; ledgers are always counted.
    ``code`` stands as a small square code on every page, by which its signed copy is known again.
    ``folio`` is the number of its first page in a case file (案卷页号): in the upper right corner, counted
    on, and in the place of its own page numbers; 0 for none. ``numbered``: its pages have numbers at all.
    ``parts`` are bound behind it in the same file, each in a style and with page numbers of its own.
    ``filled`` is the Word file of the office's own that says it, to be saved as it is; ``blocks`` are what
    can be read of it, and ``beside`` tells the clerk what cannot.
    ``dated`` is the day that it is of, as papers write it, where no signature says it; '' for none.
    """

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    style: Style = "official"
    mark: str = ""
    page_size: PageSize = "A4"
    counted: bool = False
    code: str = ""
    folio: int = 0
    numbered: bool = True
    parts: tuple[Paper, ...] = ()
    filled: bytes = b""
    beside: str = ""
    dated: str = ""

    @property
    def bound(self) -> tuple[Paper, ...]:
        """The paper and what is bound behind it, one after the other."""
        return (replace(self, parts=()), *self.parts)


def bound_together(title: str, papers: Sequence[Paper]) -> Paper:
    """Return one paper of several, each beginning on a new page with page numbers of its own."""
    first, *others = [part for paper in papers for part in paper.bound]
    return replace(first, title=title, parts=tuple(others))


def _check_spans(rows: tuple[TableRow, ...], columns: int) -> None:
    covered: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        if len(row) != columns:
            raise ValueError(f"row {at} has {len(row)} entries, the table {columns} columns")
        for column, cell in enumerate(row):
            if (cell is None) != ((at, column) in covered):
                raise ValueError(f"row {at}, column {column}: cells and spans do not fit")
            if cell and (cell.rowspan > 1 or cell.colspan > 1):
                _cover(cell, at, column, (len(rows), columns), covered)


def _cover(cell: Cell, at: int, column: int, size: tuple[int, int], covered: set[tuple[int, int]]) -> None:
    if at + cell.rowspan > size[0] or column + cell.colspan > size[1]:
        raise ValueError(f"row {at}, column {column}: the span leaves the table")
    places = {(r, c) for r in range(at, at + cell.rowspan) for c in range(column, column + cell.colspan)}
    places.discard((at, column))
    if places & covered:
        raise ValueError(f"row {at}, column {column}: two spans overlap")
    covered |= places
