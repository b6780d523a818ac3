"""使用手册: its chapters with what follows from declarations, and as a paper with their pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.steps import manual_lines
from hazard_desk.books.kit.query import Query
from hazard_desk.figures.inbox.kinds import rank_lines
from hazard_desk.library.manual import Chapter, Piece, chapters, folder
from hazard_desk.papers.model import Block, Heading, PageBreak, Paper, Para, Photos, Picture, Title
from hazard_desk.rules.numerals import chinese_numeral

MANUAL_TITLE = "隐患工作台使用手册"
_STEPS = "〔各个步骤〕"
"""Stands in a chapter for a line about each step of the loop."""


_RANKS = "〔先后次序〕"
"""Stands in a chapter for a line about each kind of what waits in the inbox, the gravest first."""


def manual_chapters() -> tuple[Chapter, ...]:
    """Return the chapters of the manual, with the steps as they are declared."""
    steps = "\n".join(f"- {line}" for line in manual_lines())
    ranks = "\n".join(rank_lines())
    told = ((one, one.body.replace(_STEPS, steps).replace(_RANKS, ranks)) for one in chapters())
    return tuple(replace(one, body=body) for one, body in told)


def manual(books: Books, query: Query) -> Paper:
    """Return the whole manual; each chapter begins on a new page. Needs nothing of the desk."""
    blocks: list[Block] = [Title(MANUAL_TITLE)]
    blocks += [
        Para(f"{chinese_numeral(at)}、{one.title}") for at, one in enumerate(manual_chapters(), start=1)
    ]
    for at, chapter in enumerate(manual_chapters(), start=1):
        blocks += [PageBreak(), *_chapter(at, chapter)]
    return Paper(MANUAL_TITLE, tuple(blocks))


def _chapter(at: int, chapter: Chapter) -> Iterator[Block]:
    yield Heading(1, f"{chinese_numeral(at)}、{chapter.title}")
    section = 0
    for piece in chapter.pieces():
        if piece.kind == "heading":
            section += 1
            yield Heading(2, f"（{chinese_numeral(section)}）{piece.text}")
        else:
            yield _block(piece)


def _block(piece: Piece) -> Block:
    if piece.kind == "picture":
        return Photos((Picture(folder() / piece.mark, piece.text),), across=1)
    if piece.kind == "item" and piece.mark != "-":
        return Para(f"{piece.mark.removesuffix('.')}．{piece.text}")
    return Para(f"·{piece.text}" if piece.kind == "item" else piece.text)
