"""The binder (迎检档案): a folder for each task with its records, papers and files; what is missing first."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from hazard_desk.books.attachments import AttachmentRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.book import ISSUED, DocumentRow
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.figures.dossier import Dossier, KeptRegister, dossiers
from hazard_desk.papers.catalogue import find_report, order_of
from hazard_desk.papers.facts.families.binder import activities_table
from hazard_desk.papers.given import binder_cover, contents_paper, dossier_paper
from hazard_desk.papers.model import Paper, Title
from hazard_desk.printing import write_paper
from hazard_desk.rules.states import MAJOR, STANDING
from hazard_desk.sheets.export import export_ledger
from hazard_desk.stopping import Tell, stop_if_unwanted
from hazard_desk.store.columns import name_of
from hazard_desk.store.files import short_name
from hazard_desk.store.saving import flush_folder, flush_tree, rename_file
from hazard_desk.store.troubles import troubles

_GENERAL = "00_综合材料"
_PROGRESS = "task-progress"


def write_binder(books: Books, to: Path, tell: Tell) -> Path:
    """Write the binder into the new or empty folder ``to``; return it.

    It is made aside and put in place when it is whole. ``tell`` hears before each step how many are done, of
    how many, and what comes. Raises ``Refused`` when the folder holds anything, ``Trouble`` for the disk.
    """
    with troubles(to):
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise Refused(f"“{to}”里已有内容，请另选一个空文件夹")
        unfinished = to.with_name(f"{to.name}.未完成")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        try:
            steps = list(_steps(books, unfinished))
            for done, (what, work) in enumerate(steps):
                tell(done, len(steps), what)
                stop_if_unwanted()
                work()
            flush_tree(unfinished)
            if to.exists():
                to.rmdir()
            rename_file(unfinished, to)
            flush_folder(to.parent)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return to


_Piece = tuple[str, Callable[[], object]]


def _steps(books: Books, root: Path) -> Iterator[_Piece]:
    found = dossiers(books)
    folders = [folder_of(one) for one in found]
    unprinted: dict[str, str] = {}
    yield from _general(books, root / _GENERAL, unprinted)
    for one, folder in zip(found, folders, strict=True):
        yield folder, partial(_write_dossier, books, one, root / folder, unprinted)
    yield "目录", partial(write_paper, contents_paper(books, found, folders), root / "00_目录.xlsx")

    def write_cover() -> None:  # last: it tells what could not be printed
        left_out = [(_GENERAL, told) for told in unprinted.values()]
        write_paper(binder_cover(books, found, folders, left_out), root / "00_封面和目录.pdf")

    yield "封面和目录", write_cover


def folder_of(one: Dossier) -> str:
    """Return the name of a dossier's folder: its number, and its task as far as the length allows."""
    return short_name(f"{one.number:02}_{one.name}")


def _general(books: Books, folder: Path, unprinted: dict[str, str]) -> Iterator[_Piece]:
    printed = [book.paper for book in books.ledgers.values() if book.paper]
    for name in (*printed, _PROGRESS):
        report = find_report(books, name)
        yield report.title, partial(_print, books, name, "", folder / f"{report.title}.pdf")
    for book in books.ledgers.values():
        if book.in_binder:
            yield book.title, partial(_export, books, book.id, Query(), folder / f"{book.title}.xlsx")
    major = {name_of(Hazard.level): MAJOR, name_of(Hazard.state): [str(state) for state in STANDING]}
    for row in books.hazards.select(Query(where=major, sort=name_of(Hazard.found_on))):
        file = folder / "重大隐患整治卡" / short_name(row.number, ".pdf")
        yield f"隐患整治卡 {row.number}", partial(_print, books, "hazard-card", str(row.id), file)
    issued = Query(where={name_of(DocumentRow.state): ISSUED}, sort=name_of(DocumentRow.issued_on))
    for document in books.documents.select(issued):
        if document.report:
            yield f"文书 {document.number}", partial(_document, books, document, folder / "文书", unprinted)


def _write_dossier(books: Books, one: Dossier, folder: Path, unprinted: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    write_paper(dossier_paper(books, one), folder / "01_任务情况.pdf")
    if one.activities:
        title = "活动记录"
        paper = Paper(title, (Title(title), activities_table(books, one.activities)), landscape=True)
        write_paper(paper, folder / "02_活动记录.xlsx")
    for register in one.registers:
        _register(books, register, folder)
    for row in one.documents:
        if row.report:
            _document(books, row, folder / "文书", unprinted)
    _attachments(books, one.attachments, folder / "附件")


def _register(books: Books, register: KeptRegister, folder: Path) -> None:
    query = Query(where=register.where)
    _export(books, register.ledger, query, folder / short_name(f"03_{register.title}", ".xlsx"))


def _document(books: Books, row: DocumentRow, folder: Path, unprinted: dict[str, str]) -> None:
    """Print a document as it was numbered; of one that cannot be any more, ``unprinted`` gets why."""
    file = folder / short_name(f"{row.number} {row.title}", ".pdf")
    try:
        _print(books, row.report, row.number, file)
    except Refused as refused:
        unprinted[row.number] = (
            f"{row.number}《{row.title}》没有印出，请放入纸质件或者扫描件：{refused.message}"
        )


def _attachments(books: Books, rows: Sequence[AttachmentRow], folder: Path) -> None:
    """Copy the files; one that is missing is named in the sheet of its task all the same."""
    for row in rows:
        if books.attachments.path(row).exists():
            folder.mkdir(exist_ok=True)
            books.attachments.export_to(row, folder)


def _print(books: Books, report: str, number: str, file: Path) -> None:
    found = find_report(books, report)
    paper = found.paper(books, order_of(books, found, number, Query()))
    file.parent.mkdir(parents=True, exist_ok=True)
    write_paper(paper, file)


def _export(books: Books, ledger: str, query: Query, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    export_ledger(books, books.ledger(ledger), query, file)
