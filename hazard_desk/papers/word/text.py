"""Plain text as the content of a run: a word that the PDF keeps on one line is kept there by Word too."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from hazard_desk.papers.lines import held_together, is_word

LINE_END = "\v"
"""Where the PDF ends a line that Word would end elsewhere: it is no line break of the text itself."""
_PIECES = re.compile("(\n|\v|\t|-)")


def run_content(text: str) -> str:
    """Return what a ``w:r`` holds to say clean ``text``, its line breaks and stops kept.

    A hyphen within a word, as of 2023-05-18 or of a telephone number, is one that ends no line; so is the
    blank of GB 35181.
    """
    parts, at = [], 0
    for piece in _PIECES.split(held_together(text)):
        at += len(piece)
        if piece == "\n":
            parts.append("<w:br/>")
        elif piece == LINE_END:
            parts.append(
                '<w:br w:type="textWrapping" w:clear="none"/>'
            )  # so written, who reads it takes it out
        elif piece == "\t":
            parts.append("<w:tab/>")
        elif piece == "-" and is_word(text[at : at + 1]):
            parts.append("<w:noBreakHyphen/>")
        elif piece:
            parts.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return "".join(parts)


def add_text(line: Paragraph, text: str) -> Run:
    """Put clean ``text`` at the end of a paragraph; return its run."""
    made = parse_xml(f"<w:r {nsdecls('w')}>{run_content(text)}</w:r>")
    line._p.append(made)
    return Run(made, line)
