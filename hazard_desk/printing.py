"""Papers in the format that a file's ending asks for, and as proofs: looked at before they are saved."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hazard_desk.errors import Refused
from hazard_desk.papers.model import Paper, bound_together
from hazard_desk.stopping import Tell, stop_if_unwanted, tell_nobody
from hazard_desk.store.files import short_name
from hazard_desk.store.saving import save
from hazard_desk.store.troubles import troubles

if TYPE_CHECKING:
    from hazard_desk.papers.catalogue import Report
    from hazard_desk.papers.pixels import Pixels


def tell_nothing(advice: str) -> None:
    """Take what is told of a paper, and leave it."""


def print_paper(report: Report, paper: Paper, to: Path, tell: Callable[[str], None] = tell_nothing) -> Path:
    """Write the paper to ``to``; return it. ``Refused`` for a format that the report does not have.

    ``tell`` hears as for ``write_paper``.
    """
    if _ending(to) not in report.formats:
        known = "、".join(f".{name}" for name in report.formats)
        raise Refused(f"“{report.title}”可存为 {known}，请改用这样结尾的文件名")
    return write_paper(paper, to, tell)


def write_paper(paper: Paper, to: Path, tell: Callable[[str], None] = tell_nothing) -> Path:
    """Write the paper as .pdf, .docx or .xlsx, as ``to`` ends; return it. Raises ``Refused``, ``Trouble``.

    ``tell`` hears which characters could not be printed, if there are any.

    A Word file of the office's own goes out as it is; bound among other papers, as it is read for the PDF.
    """
    if _ending(to) == "xlsx":
        from hazard_desk.sheets.paper_sheet import write_sheet

        return write_sheet(paper, to)
    if _ending(to) == "docx" and all(part.filled for part in paper.bound):
        if len(paper.bound) > 1:
            raise Refused("自己的Word文件不能几份合成一个，请每条存一份，或者合成一个PDF")
        save(paper.filled, to)
    elif _ending(to) == "docx":
        from hazard_desk.papers.word.writer import write_docx

        write_docx(paper, to)
    elif _ending(to) == "pdf":
        from hazard_desk.papers.pdf.writer import write_pdf

        if lacking := write_pdf(paper, to):
            tell(_without_font(lacking))
    else:
        raise Refused(f"不能存为“{to.name}”，请用 .pdf、.docx 或 .xlsx 结尾的文件名")
    return to


def print_apart(papers: Sequence[Paper], to: Path, tell: Tell = tell_nobody) -> Path:
    """Write each paper as a PDF of its own into the new or empty folder ``to``; return it.

    ``tell`` hears before each how many are done, of how many, and what comes. ``Refused``, ``Trouble``.
    """
    with troubles(to):
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise Refused(f"“{to}”里已有内容，请另选一个空文件夹")
        to.mkdir(parents=True, exist_ok=True)
    for number, paper in enumerate(papers, start=1):
        stop_if_unwanted()
        title = paper.title.replace("\n", "")
        tell(number - 1, len(papers), title)
        write_paper(paper, to / short_name(f"{number:02}_{title}", ".pdf"))
    return to


@dataclass(frozen=True)
class Proof:
    """A paper as it will be saved: its PDF byte for byte, the sizes of its pages in points.

    ``advice`` tells the clerk what of her own Word file is not seen here, and which signs and official
    fonts are missing, '' when nothing is.
    """

    paper: Paper
    pdf: bytes
    sizes: list[tuple[float, float]]
    advice: str

    def page(self, number: int, dots: float) -> Pixels:
        """Return a page, counted from 0, with ``dots`` pixels to the inch."""
        from hazard_desk.papers.pixels import page_pixels

        return page_pixels(self.pdf, number, dots)

    def save(self, to: Path) -> Path:
        """Write what was looked at to ``to``, in the format of its ending; return it."""
        if _ending(to) != "pdf":
            return write_paper(self.paper, to)
        save(self.pdf, to)
        return to


def proof_of(paper: Paper) -> Proof:
    """Return the paper made ready, with the fonts of this computer."""
    from hazard_desk.papers.fonts import Fonts
    from hazard_desk.papers.pdf.writer import write_pdf
    from hazard_desk.papers.pixels import page_sizes

    file = io.BytesIO()
    lacking = write_pdf(paper, file)
    pdf = file.getvalue()
    beside = "".join(dict.fromkeys(part.beside for part in paper.bound))
    advice = f"{_without_font(lacking)}{beside}{Fonts.of_this_computer().advice()}"
    return Proof(paper, pdf, page_sizes(pdf), advice)


def proof_together(title: str, papers: Sequence[Paper]) -> Proof:
    """Return several papers made ready as one, each with page numbers of its own."""
    return proof_of(bound_together(title, papers))


def _without_font(signs: str) -> str:
    """Return a sentence on the signs that no font has, '' for none."""
    from hazard_desk.papers.fonts import MISSING

    return f"本机的字体里没有“{'”“'.join(signs)}”，文中印成“{MISSING}”，请改用其他写法。" if signs else ""


def _ending(to: Path) -> str:
    return to.suffix.lower().lstrip(".")
