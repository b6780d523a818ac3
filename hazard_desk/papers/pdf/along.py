"""What goes along to a signature's page (§7.3.5.5): two lines of the text before it, what is kept to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hazard_desk.papers import model
from hazard_desk.papers.model import Block
from hazard_desk.papers.pdf.setting import strips_of
from hazard_desk.papers.pdf.typeset import Strip, Typesetter

CARRIED = 2
"""Lines of text that go along when the signature after them moves to a new page."""


class Along(NamedTuple):
    """How many lines of text stand above a signature on its page, and whether they were taken there."""

    lines: int
    taken: bool


def is_grid(strip: Strip) -> bool:
    """Whether it is a table or a picture."""
    return strip.ink and strip.lead <= 0


def text_at_end(strips: Sequence[Strip]) -> int:
    """Return how many of ``strips`` are lines of text that no table or picture follows."""
    grids = [at for at, strip in enumerate(strips) if is_grid(strip)]
    return sum(map(_is_text, strips[grids[-1] + 1 if grids else 0 :]))


def begin_of(strips: Sequence[Strip], lines: int, above_table: bool) -> int:
    """Return the place of the first of the last ``lines`` of text on a page, or of what is kept to it.

    A table or picture between them is company enough; one below them goes along where ``above_table``.
    """
    at = len(strips)
    for _ in range(lines):
        above = max((n for n in range(at) if _is_text(strips[n])), default=0)
        if (at < len(strips) or not above_table) and any(map(is_grid, strips[above:at])):
            break
        at = above
    while at and strips[at - 1].keep:
        at -= 1
    return at


def held_back(blocks: Sequence[Block], lines: int, setter: Typesetter) -> int:
    """Return how many lines precede the last ``lines`` of ``blocks`` in a text that is not to be parted."""
    for place, there in _lines_before(blocks, setter):
        if there >= lines:
            return 0 if _is_plain(blocks[place]) else there - lines
        lines -= there
    return 0


def parted(
    blocks: Sequence[Block], along: Mapping[int, Along], setter: Typesetter
) -> tuple[tuple[Block, ...], frozenset[int]]:
    """Return the blocks, a paragraph of which only the last lines go along as two, and what is kept.

    ``along`` is told by the place of each signature.
    """
    stays, kept = dict[int, int](), set[int]()
    for signature, (on_page, taken) in along.items():
        lines = on_page
        for place, there in _lines_before(blocks[:signature], setter):
            if there > lines:
                if lines and taken and _is_plain(blocks[place]):
                    stays[place] = there - lines
                break
            kept.add(place)
            lines -= there
            if on_page - lines >= CARRIED:
                break
    made, places = list[Block](), set[int]()
    for place, block in enumerate(blocks):
        last = block
        if place in stays and isinstance(block, model.Para):
            first, rest = setter.parted(block.text, stays[place], 2 if block.indent else 0)
            made.append(replace(block, text=first))
            last = replace(block, text=rest, indent=False)
        if place in kept or place in stays:
            places.add(len(made))
        made.append(last)
    return tuple(made), frozenset(places)


def _lines_before(blocks: Sequence[Block], setter: Typesetter) -> Iterator[tuple[int, int]]:
    """The places of the texts at the end, the last one first, and how many lines each has."""
    for place in reversed(range(len(blocks))):
        if isinstance(blocks[place], model.Table | model.Photos):
            return
        yield place, sum(map(_is_text, strips_of(blocks[place], setter)))


def _is_text(strip: Strip) -> bool:
    """Whether it is a line of body text: such leave room above their characters."""
    return strip.ink and strip.lead > 0


def _is_plain(block: Block) -> bool:
    """Whether it is a paragraph that may stand on two pages."""
    return isinstance(block, model.Para) and not model.attachment_note(block)
