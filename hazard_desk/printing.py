"""Prints a paper in the format that the file's ending asks for."""

from __future__ import annotations

from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.papers.model import Paper
from hazard_desk.papers.reports import Report


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
        from hazard_desk.papers.docx import write_docx

        write_docx(paper, to)
    elif _ending(to) == "pdf":
        from hazard_desk.papers.pdf import write_pdf

        write_pdf(paper, to)
    else:
        raise Refused(f"不能存为“{to.name}”，请用 .pdf、.docx 或 .xlsx 结尾的文件名")
    return to


def _ending(to: Path) -> str:
    return to.suffix.lower().lstrip(".")
