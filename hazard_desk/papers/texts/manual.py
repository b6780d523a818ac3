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
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.numerals import chinese_numeral

FIELDS_TITLE = "各栏怎么填"
MANUAL_TITLE = "隐患工作台使用手册"
_STEPS = "〔各个步骤〕"
"""Stands in a chapter for a line about each step of the loop."""


_RANKS = "〔先后次序〕"
"""Stands in a chapter for a line about each kind of what waits in the inbox, the gravest first."""
_KINDS = {
    Kind.DATE: "填日期，如 2023-5-18、5月18日",
    Kind.NAMES: "可填多个姓名，用、隔开",
    Kind.BOOL: "是的打勾",
    Kind.INTEGER: "填整数",
    Kind.NUMBER: "填数字",
    Kind.LONG: "可以分行写",
}


def manual_chapters() -> tuple[Chapter, ...]:
    """Return the chapters of the manual, with the steps as they are declared."""
    steps = "\n".join(f"- {line}" for line in manual_lines())
    ranks = "\n".join(rank_lines())
    told = ((one, one.body.replace(_STEPS, steps).replace(_RANKS, ranks)) for one in chapters())
    return tuple(replace(one, body=body) for one, body in told)


def field_chapter(books: Books) -> Chapter:
    """Return what every field of the books asks for, a line each: it follows from their declarations."""
    parts = []
    for book in books.ledgers.values():
        asked = [field for field in book.fields if not field.given]
        if asked:
            parts.append("\n".join((f"## {book.title}", "", *(f"- {field_line(field)}" for field in asked))))
    return Chapter("fields", FIELDS_TITLE, (), "\n\n".join(parts))


def field_line(field: Field) -> str:
    """Return the line about one field: whether it must be filled, what may stand there, and its hint."""
    told = ["必填" if field.required else "可以不填", _KINDS.get(field.kind, "")]
    if field.choices:
        told[1] = f"从列表中选：{'、'.join(map(str, field.choices))}"
    if field.unit:
        told.append(f"单位是{field.unit}")
    told.append(field.help)
    return f"{field.label}：{'；'.join(one.rstrip('。') for one in told if one)}。"


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
