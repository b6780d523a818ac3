"""A document that comes in: its paragraphs and tables in order, whatever kind of file they stood in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from hazard_desk.grid.continued import one_table
from hazard_desk.grid.grid import Grid

_ABOVE = 6
"""Lines before a table that may name it."""
_SEPARATE = re.compile(r"[A-Za-z0-9.•●■◆➢✓□]$")
"""Numbers that a blank separates from the text; 一、 and （1） stand close to it."""
_LONGEST_TITLE = 60
_NO_TITLE = re.compile(
    r"[。；;：:，,]$|^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十\d]+[）)]|^\d+[.、．]"
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it is read on paper."""

    text: str
    """Without its automatic number; a line break within it is a line break here, a tab a tab."""
    number: str = ""
    """The automatic number as Word prints it: （一）, 1.2, ①; '' for none; a typed one is in the text."""
    level: int = 0
    """Of the list or of the heading, from 1; 0 for a paragraph of neither."""
    style: str = ""
    """What the document calls its style, '' for the usual one."""
    place: int = 0
    """Its number among the blocks of the document, from 0; what was joined to another is not counted anew."""
    centred: bool = False

    @property
    def whole(self) -> str:
        """The number and the text as they stand on paper."""
        if not self.number or not self.text:
            return self.number or self.text
        apart = " " if _SEPARATE.search(self.number) else ""
        return f"{self.number}{apart}{self.text}"


Block = Paragraph | Grid


@dataclass
class Document:
    """What a file holds. A spreadsheet is a document of tables only."""

    blocks: Sequence[Block]
    notes: tuple[str, ...] = ()
    """What was left out, a Chinese sentence each."""
    called: str = field(default="文档", compare=False)

    @cached_property
    def tables(self) -> list[Grid]:
        """The tables in order."""
        return [block for block in self.blocks if isinstance(block, Grid)]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs that say something, in order."""
        return [one for one in self.blocks if isinstance(one, Paragraph) and one.whole.strip()]

    @cached_property
    def title_lines(self) -> list[str]:
        """The lines at the top before the first sentence, number or table: issuer, number, title."""
        lines: list[str] = []
        for block in self.blocks:
            if isinstance(block, Grid):
                break
            text = block.whole.strip()
            if block.number or len(text) > _LONGEST_TITLE or _NO_TITLE.search(text):
                break
            if text:
                lines += text.split("\n")
        return lines


def document_of(blocks: Sequence[Block], notes: Sequence[str] = ()) -> Document:
    """Return the document of ``blocks``: placed, tables named and with what stands above, pages joined."""
    kept: list[Block] = []
    between: list[Paragraph] = []
    tables = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            between.append(block)
            continue
        tables += 1
        said = [line.whole.strip() for line in between if line.whole.strip()]
        name = f"第{tables}张表"
        table = replace(block, title=name, called=name, above=said[-_ABOVE:])
        before = kept[-1] if kept and isinstance(kept[-1], Grid) else None
        joined = one_table(before, table, said) if before else None
        if joined:
            kept[-1] = joined
        else:
            kept += [*between, table]
        between = []
    kept += between
    placed = [
        replace(block, place=at) if isinstance(block, Paragraph) else block for at, block in enumerate(kept)
    ]
    return Document(placed, tuple(notes))
