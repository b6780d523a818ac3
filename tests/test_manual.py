"""The manual speaks of every page, ledger, paper and command, and every page opens a chapter of its own."""

from __future__ import annotations

import argparse

import pypdfium2

from hazard_desk.cli import _parser
from hazard_desk.desk import Desk
from hazard_desk.library.manual import chapter_of, chapters, folder
from hazard_desk.papers.catalogue import reports_of

WHOLE = "\n".join(f"{chapter.title}\n{chapter.body}" for chapter in chapters())


def commands() -> list[str]:
    (made,) = (one for one in _parser()._actions if isinstance(one, argparse._SubParsersAction))
    return list(made.choices)


def test_every_ledger_and_register_is_named(desk: Desk) -> None:
    assert [book.title for book in desk.ledgers.values() if book.title not in WHOLE] == []


def test_every_paper_is_named(desk: Desk) -> None:
    assert [paper.title for paper in reports_of(desk.books).values() if paper.title not in WHOLE] == []


def test_every_command_is_named() -> None:
    assert [name for name in commands() if name not in chapter_of("commands").body] == []


def test_a_page_is_claimed_by_one_chapter_only() -> None:
    claimed = [page for chapter in chapters() for page in chapter.pages]
    assert len(claimed) == len(set(claimed)) > len(chapters())


def test_every_picture_is_there() -> None:
    named = {piece.mark for chapter in chapters() for piece in chapter.pieces() if piece.kind == "picture"}
    assert named == {file.name for file in folder().glob("*.png")}


def test_it_prints_as_a_paper(desk: Desk) -> None:
    file = desk.papers.print("manual")
    document = pypdfium2.PdfDocument(file)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert all(chapter.title in text.replace("\r\n", "") for chapter in chapters())
