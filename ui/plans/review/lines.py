"""The document line by line: a line is a paragraph or the row of a table, with what was made of each part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hazard_desk.grid.document import Paragraph
from hazard_desk.grid.grid import Grid, Place
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.annex.origins import Origin, UsedCell, UsedSpan
from hazard_desk.library.prose.review import Review
from ui.plans.review.measure import Ems, ems_of

LineKey = tuple[int, int]
"""The place of a block, and the row of a table; 0 for a paragraph."""
_MOST_COLUMNS = 30
"""What lies beyond is not shown."""


@dataclass(frozen=True)
class PaperCell:
    """A cell of a row as it is drawn."""

    origin: Place
    """The first cell of the block that it belongs to."""
    right: int
    """The first column beside it."""
    ends: bool
    """Whether no more of the block is below this row."""
    text: str
    ems: Ems


@dataclass(frozen=True)
class PaperLine:
    """A paragraph, or one row of a table."""

    place: int
    row: int
    text: str
    """All that it says."""
    ems: Ems
    table: Grid | None = None
    centred: bool = False
    cells: tuple[PaperCell, ...] = ()
    """Of the row of a table."""

    @property
    def key(self) -> LineKey:
        return self.place, self.row


class Used:
    """What was made of the parts of a document, and which of them nothing was made of."""

    def __init__(self, annex: Annex) -> None:
        self.spans: dict[int, list[UsedSpan]] = defaultdict(list)
        for span in annex.used:
            self.spans[span.place].append(span)
        self.cells_of = annex.used_cells
        """To know it again: only what is read anew has others."""
        self.cells = {(cell.place, cell.row, cell.column): cell.what for cell in annex.used_cells}
        self.lost = {line_of(part.origin) for part in annex.unread if part.origin}
        """Lines in which something was not used."""


def paper_lines(review: Review) -> list[PaperLine]:
    """Return the lines of the document, in order."""
    return list(_lines(review))


def _lines(review: Review) -> Iterator[PaperLine]:
    for place, block in enumerate(review.document.blocks):
        if isinstance(block, Paragraph):
            if block.whole.strip():
                text = _flat(block.whole)
                yield PaperLine(place, 0, text, ems_of(text), centred=block.centred)
            continue
        for row in range(len(block.rows)):
            texts = block.line(row)
            if texts:
                yield PaperLine(place, row, "　".join(texts), (), block, cells=tuple(_cells(block, row)))


def _cells(table: Grid, row: int) -> Iterator[PaperCell]:
    last = min(table.width, _MOST_COLUMNS)
    said = [origin for origin in table.places(row) if table.text(*origin)]
    if len(said) == 1 and said[0][0] == row and said[0][1] == 0 and table.origin(row + 1, 0) != said[0]:
        text = _flat(table.text(*said[0]))  # a title that stands over the table, merged or not
        yield PaperCell(said[0], last, True, text, ems_of(text))
        return
    for origin in table.places(row):
        if origin[1] < last:
            right = origin[1] + 1
            while right < last and table.origin(row, right) == origin:
                right += 1
            text = _flat(table.text(*origin))
            yield PaperCell(origin, right, table.origin(row + 1, origin[1]) != origin, text, ems_of(text))


def _flat(text: str) -> str:
    """A text with blanks for tabs, one each, so that its characters stay where they are."""
    return text.replace("\t", "\u3000")


def line_of(origin: Origin) -> LineKey:
    """Return the line that a part of the document stands in."""
    return origin.place, origin.row if isinstance(origin, UsedCell) else 0


def column_shares(table: Grid, rows: Sequence[int]) -> list[float]:
    """Return which share of the width each column of a table takes: by how much its cells say."""
    weights = []
    rows = [row for row in rows if len(table.places(row)) > 1 and len(table.line(row)) > 1] or rows
    for column in range(min(table.width, _MOST_COLUMNS)):
        longest = [
            max((len(part) for part in table.text(row, column).split("\n")), default=0)
            for row in rows
            if table.origin(row, column) == (row, column)
        ]
        weights.append(min(max(max(longest, default=0) ** 0.6, 2.2), 9.0))
    whole = sum(weights) or 1.0
    return [weight / whole for weight in weights]
