"""Which paper of which record the pages of a scan are of; what is not known is left to be asked."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hazard_desk.books.attachments import SIGNED
from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.placed_file import PlacedFile
from hazard_desk.papers.catalogue import told_reports
from hazard_desk.papers.codes import PaperCode, code_said
from hazard_desk.scans.pages import ScannedPage, cut_out, is_scan, pages_of_scan
from hazard_desk.store.files import safe_name, sha256_of, suffix_of
from hazard_desk.store.troubles import troubles


@dataclass
class Recognised:
    """What became of files: signed copies with their places, what must be asked, and why."""

    signed: list[PlacedFile] = field(default_factory=list)
    asked: list[Path] = field(default_factory=list)
    near: dict[Path, str] = field(default_factory=dict)
    """The record (ledger/id) of another paper in the same scan, for what must be asked."""
    told: list[str] = field(default_factory=list)
    """What the clerk should know, a sentence each."""

    @property
    def title(self) -> str:
        """What the act says that files them."""
        called = "、".join(dict.fromkeys(one.note.removesuffix(_SIGNED) for one in self.signed))
        return f"归入{len(self.signed)}份签字扫描件：{called}"


_SIGNED = "的签字件"
_Piece = tuple[str, list[int]]
"""The text of a code, '' where none was found, and the places of the pages."""


def recognise(books: Books, files: Sequence[Path]) -> Recognised:
    """Look which of the files are signed papers.

    What is cut out of them stands where libraries write to: in the desk's own folder, until it is closed.
    Raises ``Trouble`` for the disk.
    """
    found = Recognised()
    with troubles(Path(tempfile.gettempdir())):
        scratch = Path(tempfile.mkdtemp(prefix="scans-"))
        for number, file in enumerate(files):
            pages = pages_of_scan(file, scratch) if is_scan(file) else []
            if any(code_said(text) for page in pages for text in page.codes):
                folder = scratch / str(number)
                folder.mkdir()
                _take(books, file, pages, folder, found)
            else:
                found.asked.append(file)
    return found


def _take(books: Books, file: Path, pages: Sequence[ScannedPage], folder: Path, found: Recognised) -> None:
    """Sort the pages of one file."""
    pieces = _pieces(pages)
    near = ""
    for place, (text, numbers) in enumerate(pieces, start=1):
        code = code_said(text)
        known = _known(books, code) if code else None
        whole = len(pieces) == 1 and not any(page.turn for page in pages)
        source = file if whole else folder / _piece_name(file, numbers, len(pages), place)
        if not whole and not cut_out(file, [(at, pages[at].turn) for at in numbers], source):
            found.told.append(f"“{file.name}”没有拆开，请核对后手工添加")
            found.asked.append(file)
            return
        if known is None:
            found.asked.append(source)
            if any(len(_own_codes(pages[at])) > 1 for at in numbers):
                found.told.append(f"“{source.name}”的一页上有几份文书的二维码，请核对后手工添加")
            elif code:
                found.told.append(_why_not(books, code, source))
            elif near:
                found.near[source] = near
        else:
            near = f"{known.ledger}/{known.record}"
            _place(books, known, source, found)


def _own_codes(page: ScannedPage) -> list[str]:
    """Return the codes of papers on a page, each once; of several nobody knows whose the page is."""
    return [text for text in dict.fromkeys(page.codes) if code_said(text)]


def _pieces(pages: Sequence[ScannedPage]) -> list[_Piece]:
    """Put the pages of one code together as they come; a blank page is the back of the one before."""
    found: dict[str, list[int]] = {}
    unknown: list[_Piece] = []
    last: list[int] | None = None
    for at, page in enumerate(pages):
        own = _own_codes(page)
        text = own[0] if len(own) == 1 else ""
        if text:
            last = found.setdefault(text, [])
        elif not page.blank:
            last = []
            unknown.append(("", last))
        elif last is None:
            continue
        last.append(at)
    return sorted([*found.items(), *unknown], key=lambda piece: piece[1][0])


def _known(books: Books, code: PaperCode) -> PlacedFile | None:
    """Return where the signed copy of a paper goes; None where this desk has no such paper."""
    report = told_reports(books).get(code.report)
    if report is None or not report.signed or code.desk != books.cabinet.mark:
        return None
    ledger = books.ledger(report.about)
    rows = ledger.rows([code.record])
    if not rows:
        return None
    document = next((row for row in books.documents.rows([code.document])), None) if code.document else None
    called = f"{report.title}（{document.number if document else ledger.name_of(rows[0])}）"
    return PlacedFile(
        ledger.id,
        code.record,
        Path(),
        SIGNED,
        note=f"{called}{_SIGNED}",
        paper=code.report,
        document=document.id if document else None,
    )


def _why_not(books: Books, code: PaperCode, source: Path) -> str:
    if code.desk != books.cabinet.mark:
        return f"“{source.name}”上的二维码是另一套台账的，请核对"
    return f"“{source.name}”上的二维码所指的记录已不在台账里，请核对"


def _place(books: Books, known: PlacedFile, source: Path, found: Recognised) -> None:
    called = known.note.removesuffix(_SIGNED)
    kept = {row.sha256 for row in books.attachments.of(known.ledger, known.record)}
    same = (one for one in found.signed if (one.ledger, one.record) == (known.ledger, known.record))
    if sha256_of(source) in kept.union(sha256_of(one.source) for one in same):
        found.told.append(f"{called}的这份扫描件已经归过了，没有再添加")
        return
    name = safe_name(f"{called}签字扫描件", suffix_of(source.name))
    told = PlacedFile(
        known.ledger, known.record, source, SIGNED, name, known.note, known.paper, known.document
    )
    found.signed.append(told)


def _piece_name(file: Path, numbers: Sequence[int], of: int, place: int) -> str:
    """What a piece is called where it is asked for: 扫描件-第3页.pdf."""
    if of == 1:
        return file.name if file.suffix.lower() == ".pdf" else f"{file.stem}.jpg"
    said = f"第{numbers[0] + 1}页" if len(numbers) == 1 else f"第{numbers[0] + 1}—{numbers[-1] + 1}页"
    return f"{file.stem}-{said}{'' if place == 1 else f'-{place}'}.pdf"
