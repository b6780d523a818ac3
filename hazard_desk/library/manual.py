"""The user manual (使用手册) as data: one Markdown file for each chapter in ``resources/help/``.

A chapter begins with its title as ``# …``. A second line ``页面：hazards、checks`` names the pages that
F1 opens it from. The rest uses headings (##), paragraphs, lists (- and 1.), tables (| … |) and pictures
on lines of their own; nothing else, so that the window and the paper writer can both show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from hazard_desk.library import places

_PAGES = "页面："
_PICTURE = re.compile(r"!\[(?P<caption>[^\]]*)\]\((?P<file>[^)]+)\)")
_RULE = re.compile(r"[|: -]+")
_ITEM = re.compile(r"(?P<mark>-|\d+\.)\s+(?P<text>.+)")

PieceKind = Literal["heading", "text", "item", "picture", "row"]
CELLS = " | "


@dataclass(frozen=True)
class Piece:
    """A piece of a chapter. ``mark`` is an item's “-” or “1.”, a picture's file name, else ''.

    The text of a row of a table has its cells between ``CELLS``.
    """

    kind: PieceKind
    text: str
    mark: str = ""


@dataclass(frozen=True)
class Chapter:
    """One chapter. ``pages`` are the ledger ids or page names that F1 opens it from."""

    id: str
    title: str
    pages: tuple[str, ...]
    body: str
    """Markdown without the title."""

    def pieces(self) -> Iterator[Piece]:
        """Yield what the chapter says, piece by piece."""
        for line in map(str.strip, self.body.splitlines()):
            if not line:
                continue
            if line.startswith("|"):
                if not _RULE.fullmatch(line):
                    yield Piece("row", CELLS.join(map(str.strip, line.strip("|").split("|"))))
            elif line.startswith("## "):
                yield Piece("heading", line[3:])
            elif picture := _PICTURE.fullmatch(line):
                yield Piece("picture", picture["caption"], picture["file"])
            elif item := _ITEM.fullmatch(line):
                yield Piece("item", item["text"], item["mark"])
            else:
                yield Piece("text", line)


def folder() -> Path:
    """Return where the chapters and their pictures lie."""
    return places.resources() / "help"


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in order of their file names."""
    return tuple(_chapter(path) for path in sorted(folder().glob("*.md")))


def chapter_of(page: str) -> Chapter:
    """Return the chapter that F1 opens on a page; the first where none names it."""
    return next((chapter for chapter in chapters() if page in chapter.pages), chapters()[0])


def _chapter(path: Path) -> Chapter:
    title, _, body = path.read_text(encoding="utf-8").lstrip().partition("\n")
    first, _, rest = body.lstrip().partition("\n")
    pages: tuple[str, ...] = ()
    if first.startswith(_PAGES):
        pages, body = tuple(first.removeprefix(_PAGES).split("、")), rest
    return Chapter(path.stem, title.removeprefix("# ").strip(), pages, body.strip())
