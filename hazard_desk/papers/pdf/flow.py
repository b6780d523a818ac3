"""Lets the blocks of a paper flow onto pages: what belongs together stays together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from hazard_desk.papers import model
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.layout import Layout, layout_of, tighter
from hazard_desk.papers.model import Block, Paper, Table
from hazard_desk.papers.pdf.along import CARRIED, Along, begin_of, held_back, is_grid, parted, text_at_end
from hazard_desk.papers.pdf.pictures import PhotoRow, photo_rows
from hazard_desk.papers.pdf.setting import strips_of
from hazard_desk.papers.pdf.table import TablePrinter
from hazard_desk.papers.pdf.table_parts import is_too_wide, parts_of
from hazard_desk.papers.pdf.typeset import Strip, Typesetter, gap
from hazard_desk.stopping import stop_if_unwanted


@dataclass
class SetPage:
    """A page: who sets it, and its strips with the y of their tops."""

    setter: Typesetter
    strips: list[tuple[Strip, float]] = field(default_factory=list)


@dataclass(frozen=True)
class PageSection:
    """Blocks that begin on a page of their own, and the layout of their pages."""

    layout: Layout
    blocks: tuple[Block, ...]
    tables: tuple[TablePrinter, ...] = ()
    """Its tables as they stand on the pages, once they are set."""
    imprint_apart: bool = False
    """Whether the imprint stands on a page of its own, the one before it being full."""
    kept: frozenset[int] = frozenset()
    """The places of the texts that stand on the page of a signature after them, and are to stay there."""


_HEADS = (model.Title, model.Subtitle, model.DocNumber)
_BREAKS = (model.PageBreak, model.AttachmentMark)
_MANY_ROWS = 100
"""Tables of so many rows are no form of one page."""
_TOLERANCE = 0.01


def pages_of(paper: Paper, fonts: Fonts) -> list[SetPage]:
    """Return the pages of the paper, at least one."""
    return [page for section in _sections(paper, fonts) for page in _fitted(section, fonts)[1].pages]


def sections_of(paper: Paper, fonts: Fonts) -> list[PageSection]:
    """Return the sections of the paper, at least one, in the layouts that its pages have.

    What would only just need a second page is set a little tighter: a form of one page stays on it.
    A paragraph of which a signature takes only the last lines along is two.
    """
    made = []
    for section in _sections(paper, fonts):
        layout, flow = _fitted(section, fonts)
        blocks, kept = parted(section.blocks, flow.along, flow.setter)
        made.append(PageSection(layout, blocks, tuple(flow.tables), flow.imprint_apart, kept))
    return made


def _sections(paper: Paper, fonts: Fonts) -> Iterator[PageSection]:
    """The sections as they are asked for. A break at the very beginning only says how the page lies.

    The imprint stands on the last page of its document, behind all attachments (§7.4).
    """
    paper = _sized(paper, fonts)
    layout, blocks = layout_of(paper), list[Block]()
    for block in _imprints_last(paper.blocks):
        if isinstance(block, _BREAKS) and blocks:
            yield PageSection(layout, tuple(blocks))
            blocks = []
        if isinstance(block, model.PageBreak):
            layout = layout if block.landscape is None else layout_of(paper, block.landscape)
        else:
            blocks.append(block)
    yield PageSection(layout, tuple(blocks))


def _imprints_last(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, each imprint behind the attachments of its document; of other copies each has its own."""
    waiting: list[Block] = []
    for at, block in enumerate(blocks):
        if isinstance(block, model.Letterhead):
            yield from waiting
            waiting = []
        rest = takewhile(lambda later: not isinstance(later, model.Letterhead), blocks[at + 1 :])
        if isinstance(block, model.Imprint) and any(isinstance(one, model.AttachmentMark) for one in rest):
            waiting.append(block)
        else:
            yield block
    yield from waiting


def _sized(paper: Paper, fonts: Fonts) -> Paper:
    """The paper on the sheet that its tables need."""
    if paper.page_size != "wide":
        return paper
    setter = Typesetter(layout_of(paper), fonts)
    wide = any(isinstance(block, Table) and is_too_wide(block, setter) for block in paper.blocks)
    return replace(paper, page_size="A3" if wide else "A4")


def _fitted(section: PageSection, fonts: Fonts) -> tuple[Layout, _Flow]:
    flow = _set(section, fonts)
    if len(flow.pages) == 2 and _is_form(section):
        for layout in tighter(section.layout):
            closer = _set(replace(section, layout=layout), fonts)
            if len(closer.pages) == 1:
                return layout, closer
    return section.layout, flow


def _is_form(section: PageSection) -> bool:
    """Whether it is a form or signed, and may fit one page; plain text goes on overleaf."""
    tables = [block for block in section.blocks if isinstance(block, Table)]
    signed = any(isinstance(block, model.Signature) for block in section.blocks)
    return (signed or bool(tables)) and sum(len(table.rows) for table in tables) < _MANY_ROWS


def _set(section: PageSection, fonts: Fonts) -> _Flow:
    flow = _Flow(section.layout, fonts)
    blocks = section.blocks
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(block, Table):
            flow.add_table(block, _foot(blocks[at + 1 :]))
        elif isinstance(block, model.Signature):
            flow.add_signature(block, blocks[:at])
        else:
            flow.add(block, following)
    flow.end()
    return flow


def _foot(following: Sequence[Block]) -> tuple[Block, ...]:
    """What does not stand on a page without the table above: small print, a signature."""
    small = tuple(takewhile(_is_small, following))
    return (*small, *(one for one in following[len(small) :][:1] if isinstance(one, model.Signature)))


def _is_small(block: Block) -> bool:
    return isinstance(block, model.Note | model.FieldsLine)


class _Flow:
    def __init__(self, layout: Layout, fonts: Fonts) -> None:
        self.setter = Typesetter(layout, fonts)
        self.pages = [SetPage(self.setter)]
        self.tables: list[TablePrinter] = []
        self.imprint_apart = False
        self.along: dict[int, Along] = {}
        """What stands above each signature, by its place."""
        self._down = 0.0
        """How much of the page is taken."""
        self._raised = 0.0
        """How much higher its strips stand: by the empty room above the first, which Word has, too."""
        self._kept: list[Strip] = []
        """Strips that wait for what they must not be parted from."""

    def add(self, block: Block, following: Block | None) -> None:
        """Put ``block`` on the page, knowing what follows it."""
        stop_if_unwanted()
        if isinstance(block, model.Photos):
            for row in photo_rows(block, self.setter):
                self._add_photos(row)
            return
        strips = strips_of(block, self.setter)
        if isinstance(block, model.Imprint):
            self._add_at_bottom(strips[0])
            return
        if isinstance(block, _HEADS) and following and not isinstance(following, _HEADS):
            strips.append(self._blank_after_title(following))
        for strip in strips:
            self._add_strip(strip)

    def add_signature(self, block: model.Signature, before: Sequence[Block]) -> None:
        """Put a signature on a page with two lines of the text ``before`` it, and what is kept to them."""
        self._place()
        strips, page = strips_of(block, self.setter), self.pages[-1]
        there = text_at_end([strip for strip, _ in page.strips])
        if sum(strip.height for strip in strips) > self._room:
            there = self._carry(page, CARRIED, before)
        elif len(self.pages) > 1 and there < CARRIED and not any(is_grid(strip) for strip, _ in page.strips):
            lone, page.strips, self._down = page.strips, [], 0.0
            there = self._carry(self.pages[-2], CARRIED - there, before, there)
            self._kept += [strip for strip, _ in lone]
        self.along[len(before)] = Along(there, taken=bool(self._kept))
        for strip in strips:
            self._add_strip(strip)

    def add_table(self, table: Table, foot: Sequence[Block]) -> None:
        """Put a table on the page, in parts where it is too wide; ``foot`` follows it."""
        parts = parts_of(table, self.setter)
        for part in parts:
            if isinstance(part, Table):
                below = foot if part is parts[-1] else ()
                strips = [strip for block in below for strip in strips_of(block, self.setter)]
                small = bool(below) and _is_small(below[0])
                if small:
                    strips.append(gap(self.setter.layout.below_table))
                self._add_table(part, sum(strip.height for strip in strips))
                if small:
                    self._add_strip(strips[-1])
            else:
                self.add(part, table)

    def end(self) -> None:
        """Place what still waits."""
        self._place()

    def _blank_after_title(self, following: Block) -> Strip:
        """One line before text (§7.3.2), half of one before a table."""
        tabular = isinstance(following, Table | model.FieldsLine)
        return gap(self.setter.layout.pitch * (0.5 if tabular else 1), keep=True)

    def _add_strip(self, strip: Strip) -> None:
        self._kept.append(strip)
        if not strip.keep:
            self._place()

    def _place(self) -> None:
        """Put the waiting strips on this page, or together on the next."""
        if sum(strip.height for strip in self._kept) > self._room:
            if not any(strip.ink for strip in self._kept):
                self._kept = []
                return
            self._turn()
        for strip in self._kept:
            if strip.height > self._room:  # more than a page of strips that belong together
                self._turn()
            if not self._down:
                self._raised = strip.lead
            self.pages[-1].strips.append((strip, self.setter.layout.top - self._down + self._raised))
            self._down += strip.height
        self._kept = []

    @property
    def _room(self) -> float:
        return self.setter.layout.height - self._down + _TOLERANCE

    def _turn(self) -> None:
        """Turn to an empty page."""
        if self.pages[-1].strips:
            self.pages.append(SetPage(self.setter))
            self._down = 0.0

    def _add_table(self, table: Table, after: float) -> None:
        """The table page by page; its title and head line stay with its first row."""
        printer = TablePrinter(table, self.setter)
        self.tables.append(printer)
        while True:
            stop_if_unwanted()
            kept = sum(strip.height for strip in self._kept)
            strip = printer.next_strip(self._room - _TOLERANCE - kept, after)
            if strip:
                self._kept.append(strip)
                self._place()
                if printer.done:
                    return
                self._turn()
            elif self.pages[-1].strips:
                self._turn()
            else:  # a row as high as a page leaves no room even for its title
                self._place()
                self._turn()

    def _add_photos(self, row: PhotoRow) -> None:
        """A row of photos: smaller rather than overleaf, where the page has room enough for it."""
        room = self._room - _TOLERANCE - sum(strip.height for strip in self._kept)
        for strip in row.strips(room):
            self._add_strip(strip)

    def _carry(self, page: SetPage, lines: int, before: Sequence[Block], below: int = 0) -> int:
        """Take the last ``lines`` of text from ``page``, and what is kept to them; none where none is left.

        ``below`` is how many lines of the text ``before`` the signature stand overleaf already. Returns how
        many stand there then. Only a paragraph is parted, other texts go whole.
        """
        strips = [strip for strip, _ in page.strips]
        at = begin_of(strips, lines, above_table=not below)
        goes = text_at_end(strips[at:]) + below
        at -= held_back(before, goes, self.setter)
        if at <= 0:
            return below
        self._kept = [replace(strip, keep=True) for strip in strips[at:]]
        del page.strips[at:]
        return text_at_end(self._kept) + below

    def _add_at_bottom(self, strip: Strip) -> None:
        """The imprint: its last rule on the lower edge of the type area (§7.4.1)."""
        self._place()
        if strip.height > self._room:
            self.imprint_apart = True
            self._turn()
        self._down, self._raised = self.setter.layout.height - strip.height, 0.0
        self._add_strip(strip)
