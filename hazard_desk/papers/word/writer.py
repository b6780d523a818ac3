"""Writes a paper as a Word file, to be gone on with by hand: the same blocks as the PDF, the same style."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document
from docx.oxml.ns import qn

from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.layout import Layout
from hazard_desk.papers.lines import printable
from hazard_desk.papers.model import Paper
from hazard_desk.papers.pdf.flow import pages_of, sections_of
from hazard_desk.papers.pdf.typeset import Typesetter
from hazard_desk.papers.word.binding import bind, count_apart
from hazard_desk.papers.word.blocks import BlockWriter
from hazard_desk.papers.word.page import set_edges, set_page
from hazard_desk.papers.word.style import name_alternatives, set_breaks, set_line, set_styles
from hazard_desk.papers.word.table import WordTables
from hazard_desk.papers.word.text import raise_digits
from hazard_desk.store.saving import save

_CREATOR = "隐患工作台"
_DOCUMENT = "word/document.xml"
_WORD_2013 = "15"


def write_docx(paper: Paper, to: Path | BinaryIO, fonts: Fonts | None = None) -> None:
    """Write ``paper`` as a Word file. Official families are named, ``fonts`` only measures.

    A file is replaced only when the whole paper is ready. Raises ``Trouble`` naming the file when it
    cannot be written.
    """
    fonts = fonts or Fonts.of_this_computer()
    tables = WordTables()
    parts = [_document(part, fonts, tables) for part in paper.bound]
    if len(parts) > 1:
        for part, document in zip(paper.bound, parts, strict=True):
            count_apart(document, part.folio or 1, len(pages_of(part, fonts)))
        bind(parts[0], parts[1:])
    content = _packed(parts[0], tables)
    if isinstance(to, Path):
        save(content, to)
    else:
        to.write(content)


def _packed(document: Document, tables: WordTables) -> bytes:
    """The file of a document: the rows of its tables are put in as it is packed, never all at once."""
    without, whole = io.BytesIO(), io.BytesIO()
    document.save(without)
    with ZipFile(without) as parts, ZipFile(whole, "w", ZIP_DEFLATED) as file:
        for about in parts.infolist():
            content = parts.read(about)
            with file.open(about, "w") as part:
                text = about.filename == _DOCUMENT
                part.writelines(tables.filled(content) if text else (content,))
    return whole.getvalue()


def _document(paper: Paper, fonts: Fonts, tables: WordTables) -> Document:
    document = docx.Document()
    _name(document, paper)
    sections = sections_of(paper, fonts)
    writer = BlockWriter(document, Typesetter(sections[0].layout, fonts), tables)
    set_styles(document, writer.setter.layout)
    name_alternatives(document)
    _set_section(document, paper, writer)
    for place, section in enumerate(sections):
        if place:
            _begin(document, paper, writer, section.layout)
        blocks = section.blocks
        writer.tables, writer.imprint_apart = iter(section.tables), section.imprint_apart
        for at, block in enumerate(blocks):
            following = blocks[at + 1] if at + 1 < len(blocks) else None
            writer.write(block, following, at in section.kept)
    if writer.ends_with_table:
        writer.thin_line()  # Word wants a paragraph after a table
    raise_digits(document)
    return document


def _name(document: Document, paper: Paper) -> None:
    about = document.core_properties
    about.title = printable(paper.title).replace("\n", "")
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.subject = _CREATOR
    for tag in ("dcterms:created", "dcterms:modified"):  # those of the library's empty document
        for old in about._element.findall(qn(tag)):
            about._element.remove(old)
    set_breaks(document.settings.element)
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for said in settings.iter(qn("w:compatSetting")):
        if said.get(qn("w:name")) == "compatibilityMode":
            said.set(qn("w:val"), _WORD_2013)


def _set_section(document: Document, paper: Paper, writer: BlockWriter) -> None:
    set_page(document.sections[-1], writer.setter.layout)
    set_edges(document, document.sections[-1], paper, writer.setter.layout)


def _begin(document: Document, paper: Paper, writer: BlockWriter, layout: Layout) -> None:
    """Begin a new page; where it lies otherwise than the last, a section that lies as it does."""
    turned = layout.page != writer.setter.layout.page
    writer.setter = Typesetter(layout, writer.setter.fonts)
    writer.breaks = not turned
    if turned:
        document.add_section()
        ending = document.element.body.findall(qn("w:p"))[-1]
        set_line(document.paragraphs[-1].paragraph_format, 1)
        assert ending.pPr.find(qn("w:sectPr")) is not None
        _set_section(document, paper, writer)
