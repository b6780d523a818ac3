"""Lets the blocks of a paper flow onto pages: what belongs together stays together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from hazard_desk.papers import model
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.layout import Layout, layout_of, tighter
from hazard_desk.papers.model import Block, Paper, Table
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


_HEADS = (model.Title, model.Subtitle, model.DocNumber)
_BREAKS = (model.PageBreak, model.AttachmentMark)
_CARRIED = 2
"""Lines of text that go along when the signature after them moves to a new page (§7.3.5.5)."""
_MANY_ROWS = 100
"""Tables of so many rows are no form of one page."""
_TOLERANCE = 0.01


def pages_of(paper: Paper, fonts: Fonts) -> list[SetPage]:
    """Return the pages of the paper, at least one."""
    return [page for section in _sections(paper, fonts) for page in _fitted(section, fonts)[1].pages]


def sections_of(paper: Paper, fonts: Fonts) -> list[PageSection]:
    """Return the sections of the paper, at least one, in the layouts that its pages have.

    What would only just need a second page is set a little tighter: a form of one page stays on it.
    """
    made = []
    for section in _sections(paper, fonts):
        layout, flow = _fitted(section, fonts)
        set_so = replace(section, layout=layout, tables=tuple(flow.tables), imprint_apart=flow.imprint_apart)
        made.append(set_so)
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
            flow.add_table(block, tuple(takewhile(_belongs_below, blocks[at + 1 :])))
        else:
            flow.add(block, following)
    flow.end()
    return flow


def _belongs_below(block: Block) -> bool:
    """Whether it is the foot of the table above: it does not stand alone on a page."""
    return isinstance(block, model.Note | model.FieldsLine)


def _is_text(strip: Strip) -> bool:
    """Whether it is a line of body text: such leave room above their characters."""
    return strip.ink and strip.lead > 0


def carried_whole(blocks: Sequence[Block], setter: Typesetter) -> set[int]:
    """Return the places of the texts before a signature that go along with it: the last, and short ones."""
    carried: set[int] = set()
    for at, block in enumerate(blocks):
        lines, before = _CARRIED if isinstance(block, model.Signature) else 0, at
        while lines > 0 and before and not isinstance(blocks[before - 1], Table | model.Photos):
            before -= 1
            there = sum(map(_is_text, strips_of(blocks[before], setter)))
            if there <= lines or before == at - 1:
                carried.add(before)
            lines -= there
    return carried


def _is_grid(strip: Strip) -> bool:
    """Whether it is a table or a picture."""
    return strip.ink and strip.lead <= 0


def _taken(page: SetPage, lines: int) -> list[Strip]:
    """Take the last ``lines`` of text from the page, and what is kept to them; nothing where none is left."""
    at = len(page.strips)
    for _ in range(lines):
        above = max((n for n in range(at) if _is_text(page.strips[n][0])), default=0)
        if at < len(page.strips) and any(_is_grid(page.strips[n][0]) for n in range(above, at)):
            break  # a table or picture in between is company enough
        at = above
    while at and page.strips[at - 1][0].keep:
        at -= 1
    taken = [replace(strip, keep=True) for strip, _ in page.strips[at:]] if at else []
    if at:
        del page.strips[at:]
    return taken


class _Flow:
    def __init__(self, layout: Layout, fonts: Fonts) -> None:
        self._setter = Typesetter(layout, fonts)
        self.pages = [SetPage(self._setter)]
        self.tables: list[TablePrinter] = []
        self.imprint_apart = False
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
            for row in photo_rows(block, self._setter):
                self._add_photos(row)
            return
        strips = strips_of(block, self._setter)
        if isinstance(block, model.Signature):
            self._carry(strips)
        if isinstance(block, model.Imprint):
            self._add_at_bottom(strips[0])
            return
        if isinstance(block, _HEADS) and following and not isinstance(following, _HEADS):
            strips.append(self._blank_after_title(following))
        for strip in strips:
            self._add_strip(strip)

    def add_table(self, table: Table, foot: Sequence[Block]) -> None:
        """Put a table on the page, in parts where it is too wide; ``foot`` follows it."""
        parts = parts_of(table, self._setter)
        for part in parts:
            if isinstance(part, Table):
                below = foot if part is parts[-1] else ()
                strips = [strip for block in below for strip in strips_of(block, self._setter)]
                if strips:
                    strips.append(gap(self._setter.layout.below_table))
                self._add_table(part, sum(strip.height for strip in strips))
                for strip in strips[-1:]:
                    self._add_strip(strip)
            else:
                self.add(part, table)

    def end(self) -> None:
        """Place what still waits."""
        self._place()

    def _blank_after_title(self, following: Block) -> Strip:
        """One line before text (§7.3.2), half of one before a table."""
        tabular = isinstance(following, Table | model.FieldsLine)
        return gap(self._setter.layout.pitch * (0.5 if tabular else 1), keep=True)

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
            self.pages[-1].strips.append((strip, self._setter.layout.top - self._down + self._raised))
            self._down += strip.height
        self._kept = []

    @property
    def _room(self) -> float:
        return self._setter.layout.height - self._down + _TOLERANCE

    def _turn(self) -> None:
        """Turn to an empty page."""
        if self.pages[-1].strips:
            self.pages.append(SetPage(self._setter))
            self._down = 0.0

    def _add_table(self, table: Table, after: float) -> None:
        """The table page by page; its title and head line stay with its first row."""
        printer = TablePrinter(table, self._setter)
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

    def _carry(self, signature: list[Strip]) -> None:
        """The signature stands on a page with two lines of text, and what is kept to them."""
        self._place()
        page = self.pages[-1]
        if sum(strip.height for strip in signature) > self._room:
            self._kept = _taken(page, _CARRIED)
            return
        there = sum(1 if _is_text(strip) else _CARRIED for strip, _ in page.strips if strip.ink)
        if len(self.pages) > 1 and there < _CARRIED:
            self._kept = _taken(self.pages[-2], _CARRIED - there) + [strip for strip, _ in page.strips]
            page.strips, self._down = [], 0.0

    def _add_at_bottom(self, strip: Strip) -> None:
        """The imprint: its last rule on the lower edge of the type area (§7.4.1)."""
        self._place()
        if strip.height > self._room:
            self.imprint_apart = True
            self._turn()
        self._down, self._raised = self._setter.layout.height - strip.height, 0.0
        self._add_strip(strip)
