"""使用手册: its chapters with what follows from declarations, and as a paper with their pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import groupby
from math import sqrt

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.steps import manual_lines
from hazard_desk.books.kit.query import Query
from hazard_desk.figures.inbox.kinds import rank_lines
from hazard_desk.library.manual import CELLS, Chapter, Piece, chapters, folder
from hazard_desk.papers.facts.roots import ABOUTS
from hazard_desk.papers.model import (
    Block,
    Cell,
    Column,
    Heading,
    PageBreak,
    Paper,
    Para,
    Photos,
    Picture,
    Table,
    Title,
)
from hazard_desk.papers.wording.kinds import bundled_texts
from hazard_desk.papers.wording.reading import ABOUT, BY_HAND, EMPTY, NAME
from hazard_desk.papers.wording.summary import filled_in, left_blank
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.numerals import chinese_numeral

FIELDS_TITLE = "各栏怎么填"
MANUAL_TITLE = "隐患工作台使用手册"
_STEPS = "〔各个步骤〕"
"""Stands in a chapter for a line about each step of the loop."""


_RANKS = "〔先后次序〕"
"""Stands in a chapter for a line about each kind of what waits in the inbox, the gravest first."""
_PAPERS = "〔各种材料〕"
"""Stands in a chapter for the table of the papers whose words are texts."""
_MOST_NAMED = 12
_KINDS = {
    Kind.DATE: "填日期，如 2023-5-18、5月18日",
    Kind.NAMES: "可填多个姓名，用、隔开",
    Kind.BOOL: "是的打勾",
    Kind.INTEGER: "填整数",
    Kind.NUMBER: "填数字",
    Kind.LONG: "可以分行写",
}


def manual_chapters() -> tuple[Chapter, ...]:
    """Return the chapters of the manual, with steps, ranks and papers as they are declared."""
    steps = "\n".join(f"- {line}" for line in manual_lines())
    told = {_STEPS: steps, _RANKS: "\n".join(rank_lines()), _PAPERS: "\n".join(paper_rows())}

    def body(chapter: Chapter) -> str:
        return reduce(lambda text, mark: text.replace(mark, told[mark]), told, chapter.body)

    return tuple(replace(one, body=body(one)) for one in chapters())


def paper_rows() -> Iterator[str]:
    """Yield the table of the papers: of which record, what is filled in, what is left to the pen."""
    yield "| 材料 | 哪一条记录的 | 自动填写 | 留空手写 |"
    yield "|---|---|---|---|"
    for text in bundled_texts().values():
        about = ABOUTS.get(text.head.get(ABOUT, ""), "全部")
        kept = [word for mark, word in ((BY_HAND, "签字"), (EMPTY, "可印空白")) if mark in text.head]
        cells = (
            text.head[NAME],
            "，".join([about, *kept]),
            _named(filled_in(text)),
            _named(left_blank(text)),
        )
        yield f"| {' | '.join(cells)} |"


def _named(words: Sequence[str]) -> str:
    more = f"等{len(words)}项" if len(words) > _MOST_NAMED else ""
    return f"{'、'.join(words[:_MOST_NAMED])}{more}" or "—"


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
    for is_table, pieces in groupby(chapter.pieces(), key=lambda piece: piece.kind == "row"):
        if is_table:
            yield _table([piece.text.split(CELLS) for piece in pieces])
            continue
        for piece in pieces:
            if piece.kind == "heading":
                section += 1
                yield Heading(2, f"（{chinese_numeral(section)}）{piece.text}")
            else:
                yield _block(piece)


def _table(rows: Sequence[Sequence[str]]) -> Table:
    """A table of the manual; its columns are as wide as the square root of what stands in them."""
    head, *others = rows
    widths = [sqrt(max(len(row[at]) for row in rows)) for at in range(len(head))]
    columns = [Column(label, 3 * width) for label, width in zip(head, widths, strict=True)]
    return Table(tuple(columns), tuple(tuple(map(Cell, row)) for row in others))


def _block(piece: Piece) -> Block:
    if piece.kind == "picture":
        return Photos((Picture(folder() / piece.mark, piece.text),), across=1)
    if piece.kind == "item" and piece.mark != "-":
        return Para(f"{piece.mark.removesuffix('.')}．{piece.text}")
    return Para(f"·{piece.text}" if piece.kind == "item" else piece.text)
