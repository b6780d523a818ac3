"""Plain text as the content of a run: a word that the PDF keeps on one line is kept there by Word too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from copy import deepcopy
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from hazard_desk.papers.lines import held_together, is_word

LINE_END = "\v"
"""Where the PDF ends a line that Word would end elsewhere: it is no line break of the text itself."""
_SMALL = re.compile("([⁰⁴-⁹⁺⁻]+|[₀-₉₊₋]+)")
_SHIFTS = {"<super>": "superscript", "<sub>": "subscript"}
_BEGIN = '<w:t xml:space="preserve">'
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
            parts.append(f"{_BEGIN}{escape(piece)}</w:t>")
    return "".join(parts)


def runs(text: str) -> str:
    """Return the ``w:r`` that say clean ``text``, its raised and lowered digits in runs of their own."""
    content = f"<w:r>{run_content(text)}</w:r>"
    if not _SMALL.search(content):
        return content
    return _SMALL.sub(_run_apart, content).replace(f"{_BEGIN}</w:t>", "").replace("<w:r></w:r>", "")


def _run_apart(found: re.Match[str]) -> str:
    plain, shift = _lifted(found[0])
    said = f'<w:rPr><w:vertAlign w:val="{shift}"/></w:rPr>{_BEGIN}{plain}</w:t>'
    return f"</w:t></w:r><w:r>{said}</w:r><w:r>{_BEGIN}"


def _lifted(small: str) -> tuple[str, str]:
    """Such digits as plain ones, and how these are set to look like them."""
    plain = unicodedata.normalize("NFKC", small).replace("\u2212", "-")
    return plain, _SHIFTS[unicodedata.decomposition(small[0]).split()[0]]


def add_text(line: Paragraph, text: str) -> Run:
    """Put clean ``text`` at the end of a paragraph; return its run."""
    made = parse_xml(f"<w:r {nsdecls('w')}>{run_content(text)}</w:r>")
    line._p.append(made)
    return Run(made, line)


def raise_digits(document: Document) -> None:
    """Set the digits above and below the line that office fonts lack (CO₂) as raised and lowered digits."""
    for said in list(document.element.body.iter(qn("w:t"))):
        if _SMALL.search(said.text or ""):
            _part(said.getparent(), said)


def _part(run: CT_R, said: BaseOxmlElement) -> None:
    """Put runs in place of one whose text ``said`` holds such digits."""
    before = [child for child in said.itersiblings(preceding=True) if child.tag != qn("w:rPr")]
    after = list(said.itersiblings())
    made = [_run_of(run, reversed(before))] if before else []
    for piece in filter(None, _SMALL.split(said.text)):
        small = _SMALL.fullmatch(piece) is not None
        plain, shift = _lifted(piece) if small else (piece, "")
        text = parse_xml(f'<w:t {nsdecls("w")} xml:space="preserve">{escape(plain)}</w:t>')
        made.append(_run_of(run, [text]))
        if small:
            raised = parse_xml(f'<w:vertAlign {nsdecls("w")} w:val="{shift}"/>')
            made[-1].get_or_add_rPr().append(raised)
    for one in (*made, *([_run_of(run, after)] if after else [])):
        run.addprevious(one)
    run.getparent().remove(run)


def _run_of(like: CT_R, content: Iterable[BaseOxmlElement]) -> CT_R:
    """Return a run with the properties of another and this content."""
    run = parse_xml(f"<w:r {nsdecls('w')}/>")
    if like.rPr is not None:
        run.append(deepcopy(like.rPr))
    run.extend(content)
    return run
