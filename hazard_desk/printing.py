"""Papers in the format that a file's ending asks for, and as proofs: looked at before they are saved."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hazard_desk.errors import Refused
from hazard_desk.papers.model import Paper
from hazard_desk.store.saving import save

if TYPE_CHECKING:
    from hazard_desk.papers.catalogue import Report
    from hazard_desk.papers.pixels import Pixels


def print_paper(report: Report, paper: Paper, to: Path) -> Path:
    """Write the paper to ``to``; return it. ``Refused`` for a format that the report does not have."""
    if _ending(to) not in report.formats:
        known = "、".join(f".{name}" for name in report.formats)
        raise Refused(f"“{report.title}”可存为 {known}，请改用这样结尾的文件名")
    return write_paper(paper, to)


def write_paper(paper: Paper, to: Path) -> Path:
    """Write the paper as .pdf, .docx or .xlsx, as ``to`` ends; return it. Raises ``Refused``, ``Trouble``."""
    if _ending(to) == "xlsx":
        from hazard_desk.sheets.paper_sheet import write_sheet

        return write_sheet(paper, to)
    if _ending(to) == "docx":
        from hazard_desk.papers.word.writer import write_docx

        write_docx(paper, to)
    elif _ending(to) == "pdf":
        from hazard_desk.papers.pdf.writer import write_pdf

        write_pdf(paper, to)
    else:
        raise Refused(f"不能存为“{to.name}”，请用 .pdf、.docx 或 .xlsx 结尾的文件名")
    return to


@dataclass(frozen=True)
class Proof:
    """A paper as it will be saved: its PDF byte for byte, the sizes of its pages in points.

    ``advice`` tells the clerk which official fonts are missing here, '' when none is.
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
    write_pdf(paper, file)
    pdf = file.getvalue()
    return Proof(paper, pdf, page_sizes(pdf), Fonts.of_this_computer().advice())


def _ending(to: Path) -> str:
    return to.suffix.lower().lstrip(".")
