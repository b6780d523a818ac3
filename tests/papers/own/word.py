"""Word files as an office sets them: a paragraph in as many runs as WPS cuts it into."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

Run = str | tuple[str, str]
"""Text, or text and how it is set: 粗, 斜, 线, a font."""


def put_runs(paragraph: Paragraph, runs: Sequence[Run]) -> Paragraph:
    """Write runs into a paragraph."""
    for run in runs:
        text, look = run if isinstance(run, tuple) else (run, "")
        made = paragraph.add_run(text)
        made.bold = "粗" in look or None
        made.italic = "斜" in look or None
        made.underline = "线" in look or None
    return paragraph


def of_paragraphs(*paragraphs: Run | list[Run]) -> Document:
    """Return a document of these paragraphs, each text or runs."""
    document = docx.Document()
    for one in paragraphs:
        put_runs(document.add_paragraph(), [one] if isinstance(one, str | tuple) else one)
    return document


def content_of(document: Document) -> bytes:
    """Return a document as a file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def saved(document: Document, to: Path) -> Path:
    """Write a document to a file; return it."""
    to.write_bytes(content_of(document))
    return to


def lines_of(content: bytes) -> list[str]:
    """Return the paragraphs of the body of a file, those of its tables row by row between bars."""
    document = docx.Document(io.BytesIO(content))
    told = []
    for one in document.iter_inner_content():
        if isinstance(one, Paragraph):
            told.append(one.text)
        else:
            told += ["|".join(cell.text for cell in row.cells) for row in one.rows]
    return told
