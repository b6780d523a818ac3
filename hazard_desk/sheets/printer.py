"""Prints a paper in the format that the file's ending asks for."""

from __future__ import annotations

from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.papers.model import Paper
from hazard_desk.papers.reports import Report


def print_paper(report: Report, paper: Paper, to: Path) -> Path:
    """Write the paper to ``to``; return it. ``Refused`` for a format that the report does not have."""
    ending = to.suffix.lower().lstrip(".")
    if ending not in report.formats:
        known = "、".join(f".{name}" for name in report.formats)
        raise Refused(f"“{report.title}”可存为 {known}，请改用这样结尾的文件名")
    if ending == "xlsx":
        from hazard_desk.sheets.paper_sheet import write_sheet

        return write_sheet(paper, to)
    from hazard_desk.papers.pdf import write_pdf

    write_pdf(paper, to)
    return to
