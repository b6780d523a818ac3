"""The sheets around a case file: cover (案卷封面), contents (卷内目录), closing sheet (备考表)."""

from __future__ import annotations

from collections.abc import Sequence

from hazard_desk.books.catalogue import Books
from hazard_desk.papers.casefile.pieces import CaseFile, CasePiece
from hazard_desk.papers.model import Block, Cell, Column, Line, Paper, Para, Space, Table, Title
from hazard_desk.papers.texts.phrases import BLANK_DATE, blank, signing_office
from hazard_desk.papers.texts.records.notices import LabelledRow, labelled_table
from hazard_desk.papers.texts.tables import mark_of

_LEAST_ROWS = 15
"""Lines of the contents: what comes later is written on by hand."""


def cover_sheet(books: Books, case: CaseFile, pages: int) -> Paper:
    """Return the cover: whose file it is, of what, how much is in it; what the archive gives stays blank."""
    facts: tuple[LabelledRow, ...] = tuple(((label, told),) for label, told in case.facts)
    archive: tuple[LabelledRow, ...] = (
        (("卷内件数", f"{len(case.pieces)}件"), ("卷内页数", f"{pages}页")),
        (("立卷人", ""), ("立卷日期", Cell(BLANK_DATE, align="right"))),
        (("归档号", ""), ("保管期限", "")),
    )
    blocks: tuple[Block, ...] = (
        Line(signing_office(books), "center"),
        Space(1),
        Title("案　　卷"),
        Title(case.title),
        Space(1),
        labelled_table((*facts, *archive), (5.5, 12), lines=2),
    )
    return Paper(case.title, blocks, mark=mark_of(books), numbered=False)


def contents_sheet(books: Books, case: CaseFile, places: Sequence[tuple[int, int]]) -> Paper:
    """Return the contents; ``places`` are the first and last page of each piece."""
    columns = (
        Column("序号", 3, "center"),
        Column("文号", 9),
        Column("责任者", 8),
        Column("题名", 18),
        Column("日期", 7, "center"),
        Column("页号", 5, "center"),
        Column("备注", 5, "center"),
    )
    rows = [
        _row(number, piece, place)
        for number, (piece, place) in enumerate(zip(case.pieces, places, strict=True), start=1)
    ]
    rows += [tuple(Cell("") for _ in columns)] * (_LEAST_ROWS - len(rows))
    table = Table(columns, tuple(rows), row_lines=2)
    title = "卷内目录"
    return Paper(title, (Title(title), table), style="ledger", mark=mark_of(books), numbered=False)


def _row(number: int, piece: CasePiece, place: tuple[int, int]) -> tuple[Cell, ...]:
    first, last = place
    pages = str(first) if first == last else f"{first}—{last}"
    on = piece.on.isoformat() if piece.on else ""
    texts = (str(number), piece.number, piece.maker, piece.title, on, pages, piece.told)
    return tuple(Cell(text) for text in texts)


def closing_sheet(books: Books, case: CaseFile, pages: int) -> Paper:
    """Return the closing sheet: how much is bound, what is kept apart; who filed and checked it signs."""
    photos = sum(len(piece.files) for piece in case.pieces if piece.photos)
    with_photos = f"，其中照片{photos}张" if photos else ""
    told: list[Block] = [Para(f"本卷共有文件{len(case.pieces)}件，{pages}页{with_photos}。")]
    if case.apart:
        named = "、".join(f"“{row.name}”" for row in case.apart)
        told.append(Para(f"另有电子文件{len(case.apart)}个，不能装订，存在台账的附件中：{named}。"))
    blocks: tuple[Block, ...] = (
        Title("卷内备考表"),
        Para("本卷情况说明："),
        *told,
        *(Para(blank(26), indent=False) for _ in range(6)),
        Space(1),
        Para(f"立卷人（签名）：{blank(10)}"),
        Para(f"检查人（签名）：{blank(10)}"),
        Para(f"立卷时间：{BLANK_DATE}"),
    )
    return Paper("卷内备考表", blocks, mark=mark_of(books), numbered=False)
