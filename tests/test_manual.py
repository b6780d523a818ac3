"""The manual speaks of every page, ledger, paper and command, and every page opens a chapter of its own."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pypdfium2

from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.cli import _parser
from hazard_desk.desk import Desk
from hazard_desk.library.manual import CELLS, chapter_of, chapters, folder
from hazard_desk.papers.catalogue import REPORTS, reports_of
from hazard_desk.papers.model import Table
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.manual import manual_chapters
from hazard_desk.papers.wording.kinds import bundled_texts

WHOLE = "\n".join(f"{chapter.title}\n{chapter.body}" for chapter in chapters())


def commands() -> list[str]:
    (made,) = (one for one in _parser()._actions if isinstance(one, argparse._SubParsersAction))
    return list(made.choices)


def test_every_ledger_and_register_is_named(desk: Desk) -> None:
    assert [book.title for book in desk.ledgers.values() if book.title not in WHOLE] == []


def test_every_paper_is_named(desk: Desk) -> None:
    told = "\n".join(chapter.body for chapter in manual_chapters())
    assert [paper.title for paper in reports_of(desk.books).values() if paper.title not in told] == []


def test_the_table_of_papers_follows_from_their_texts(desk: Desk) -> None:
    """What each fills in and what it leaves to the pen."""
    (chapter,) = (one for one in manual_chapters() if one.id == "09-papers")
    rows = [piece.text.split(CELLS) for piece in chapter.pieces() if piece.kind == "row"]
    told = {name: rest for name, *rest in rows}
    assert told["材料"] == ["哪一条记录的", "自动填写", "留空手写"]
    assert len(rows) == 1 + len(bundled_texts()) and "〔" not in chapter.body
    about, filled, blank = told["举报奖励领取单"]
    assert about == "奖惩记录，可印空白" and "领取人（签名或代号）" in blank and "举报人" not in filled
    about, filled, blank = told["现场检查记录"]
    assert about == "检查，签字，可印空白" and "检查对象" in filled and "检查人员（签名）" in blank
    assert "约谈时间、约谈地点" in told["约谈通知书"][2]
    assert "主要成效、发现的问题" in told["应急演练总结"][2], "an empty line is for what stands over it"


def test_the_table_prints_as_a_table(desk: Desk) -> None:
    paper = REPORTS["manual"].make(desk.books, Order())
    assert any(isinstance(block, Table) and len(block.rows) > 20 for block in paper.blocks)


def test_every_command_is_named() -> None:
    assert [name for name in commands() if name not in chapter_of("commands").body] == []


def test_a_page_is_claimed_by_one_chapter_only() -> None:
    claimed = [page for chapter in chapters() for page in chapter.pages]
    assert len(claimed) == len(set(claimed)) > len(chapters())


def test_every_picture_is_there() -> None:
    named = {piece.mark for chapter in chapters() for piece in chapter.pieces() if piece.kind == "picture"}
    assert named == {file.name for file in folder().glob("*.png")}


def test_the_buttons_that_the_chapter_on_safety_names_are_there() -> None:
    """What it says to press (点“…”) stands on a button or a tool of the window."""
    root = Path(__file__).parents[1] / "ui"
    program = "".join(file.read_text(encoding="utf-8") for file in root.rglob("*.py"))
    pressed = set(re.findall("点(?:窗口[上右][方上][角]?的)?“([^”]+)”", chapter_of("safe").body))
    assert len(pressed) > 10
    assert [words for words in pressed if f'"{words}' not in program] == []


def test_it_prints_as_a_paper(desk: Desk) -> None:
    file = desk.papers.print("manual")
    document = pypdfium2.PdfDocument(file)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert all(chapter.title in text.replace("\r\n", "") for chapter in chapters())


def test_every_step_of_the_loop_has_its_sentence() -> None:
    (told,) = (one for one in manual_chapters() if one.id == "05-hazards")
    items = [piece.text for piece in told.pieces() if piece.kind == "item"]
    for step in STEPS.values():
        assert not step.after or any(item.startswith(f"{step.label}：") for item in items), step.label
    assert any(item.startswith("销号：复查通过后销号；还缺报告") for item in items)
    assert not [one for one in manual_chapters() if "〔" in one.body and "〔各个步骤〕" in one.body]
