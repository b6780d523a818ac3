"""Lets the blocks of a paper flow onto pages: what belongs together stays together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hazard_desk.papers import model
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.layout import layout_of
from hazard_desk.papers.model import Block, Paper, Table
from hazard_desk.papers.pdf.setting import strips_of
from hazard_desk.papers.pdf.table import TablePrinter
from hazard_desk.papers.pdf.table_parts import parts_of
from hazard_desk.papers.pdf.typeset import Strip, Typesetter, gap
from hazard_desk.stopping import stop_if_unwanted


@dataclass
class SetPage:
    """A page: who sets it, and its strips with the y of their tops."""

    setter: Typesetter
    strips: list[tuple[Strip, float]] = field(default_factory=list)


_HEADS = (model.Title, model.Subtitle, model.DocNumber)
_CARRIED = 2
"""Lines of text that go along when the signature after them moves to a new page (§7.3.5.5)."""
_TOLERANCE = 0.01


def pages_of(paper: Paper, fonts: Fonts) -> list[SetPage]:
    """Return the pages of the paper, at least one."""
    flow = _Flow(paper, fonts)
    blocks = paper.blocks
    for at, block in enumerate(blocks):
        flow.add(block, blocks[at + 1] if at + 1 < len(blocks) else None)
    flow.end()
    return flow.pages


class _Flow:
    def __init__(self, paper: Paper, fonts: Fonts) -> None:
        self._paper = paper
        self._setter = Typesetter(layout_of(paper), fonts)
        self.pages = [SetPage(self._setter)]
        self._down = 0.0
        self._kept: list[Strip] = []
        """Strips that wait for what they must not be parted from."""

    def add(self, block: Block, following: Block | None) -> None:
        """Put ``block`` on the page, knowing what follows it."""
        stop_if_unwanted()
        if isinstance(block, model.PageBreak | model.AttachmentMark):
            self._begin_page()
        if isinstance(block, model.PageBreak):
            self._lie(block.landscape)
            return
        if isinstance(block, Table):
            for part in parts_of(block, self._setter):
                if isinstance(part, Table):
                    self._add_table(part)
                else:
                    self.add(part, block)
            return
        strips = strips_of(block, self._setter)
        if isinstance(block, model.Imprint):
            self._add_at_bottom(strips[0])
            return
        if isinstance(block, _HEADS) and following and not isinstance(following, _HEADS):
            strips.append(self._blank_after_title(following))
        if isinstance(following, model.Signature):
            strips[-_CARRIED:] = [replace(strip, keep=True) for strip in strips[-_CARRIED:]]
        for strip in strips:
            self._add_strip(strip)

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
            self._turn()
        for strip in self._kept:
            if strip.height > self._room:  # more than a page of strips that belong together
                self._turn()
            self.pages[-1].strips.append((strip, self._setter.layout.top - self._down))
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

    def _begin_page(self) -> None:
        self._place()
        self._turn()

    def _lie(self, landscape: bool | None) -> None:
        """Lay the page just begun, and those after it, upright or not."""
        if landscape is not None:
            self._setter = Typesetter(layout_of(self._paper, landscape), self._setter.fonts)
            self.pages[-1].setter = self._setter

    def _add_table(self, table: Table) -> None:
        """The table page by page; its title and head line stay with its first row."""
        printer = TablePrinter(table, self._setter)
        while True:
            stop_if_unwanted()
            strip = printer.next_strip(self._room - _TOLERANCE - sum(strip.height for strip in self._kept))
            if strip:
                self._kept.append(strip)
                self._place()
                if printer.done:
                    return
                self._turn()
            elif self.pages[-1].strips:
                self._turn()
            else:  # a row as high as a page leaves no room even for its title
                self._begin_page()

    def _add_at_bottom(self, strip: Strip) -> None:
        """The imprint: its last rule on the lower edge of the type area (§7.4.1)."""
        self._place()
        if strip.height > self._room:
            self._turn()
        self._down = self._setter.layout.height - strip.height
        self._add_strip(strip)
