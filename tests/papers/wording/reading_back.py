"""Reads a paper of a desk back as plain text."""

from __future__ import annotations

import re

from hazard_desk.desk import Desk
from tests.papers.reading import read_pdf


def text_of(desk: Desk, report: str, number: str = "") -> str:
    """Print a paper and return its text, without blanks and line ends."""
    to = desk.folder / "paper.pdf"
    desk.papers.print(report, to, None, number)
    return re.sub(r"\s", "", "".join(page.text for page in read_pdf(to.read_bytes())))
