"""A Word file of the office's own, read as a template, held against the facts, and filled with them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.papers.own.runs import ONE_ONLY, empty_like, has_something, paragraph_of
from hazard_desk.papers.own.template import (
    NO_BRACKET,
    UNFILLED,
    Around,
    Fixed,
    OwnNode,
    TemplateReader,
    Worded,
    text_boxes_of,
)
from hazard_desk.papers.wording.blocks import BODY
from hazard_desk.papers.wording.checking import LOOK_ALIKE, faults, names_of_facts
from hazard_desk.papers.wording.facts import PaperFacts, Scope
from hazard_desk.papers.wording.saying import Where
from hazard_desk.papers.wording.telling import each_scope, is_so, say_line
from hazard_desk.papers.wording.tree import Loop, MarkedLine, Node, PaperText, When

_EDGES = {RELATIONSHIP_TYPE.HEADER: "页眉", RELATIONSHIP_TYPE.FOOTER: "页脚"}
_UNFILLED = {RELATIONSHIP_TYPE.FOOTNOTES: "脚注", RELATIONSHIP_TYPE.ENDNOTES: "尾注"}
_SIGNS = ("«".encode(), b"{{")
UNREADABLE = "不是能读的Word文件，请用WPS或Word打开后另存为 .docx 再试"


def word_document(content: bytes) -> Document:
    """Return a Word file by its content. ``Refused`` where it is none."""
    try:
        return docx.Document(io.BytesIO(content))
    except Exception:  # whatever a damaged part makes the reader stumble over
        raise Refused(UNREADABLE) from None


def check_file(content: bytes, facts: PaperFacts) -> None:
    """Hold a Word file against the facts that there can be.

    Raises ``RefusedFields``: all that is wrong, by the place of the paragraph.
    """
    reader = TemplateReader(_known(facts))
    document = word_document(content)
    nodes = [node for part, where in _parts(document) for node in reader.read(part, where)]
    text = PaperText({}, {}, (), tuple(_as_lines(nodes)), "")
    wrong = list(reader.wrong)
    told_of = {line for line, sentence in wrong if NO_BRACKET in sentence}
    for fault in faults(text, facts):
        if not (LOOK_ALIKE in fault.message and int(fault.field) in told_of):
            wrong.append((int(fault.field), fault.message.removeprefix(f"第{fault.field}行：")))
    told: dict[str, list[str]] = {}
    for line, sentence in sorted(wrong, key=lambda one: one[0]):
        told.setdefault(reader.places[line - 1], []).append(sentence)
    for kind, where in _UNFILLED.items():
        if any(sign in part.blob for part in linked_parts(document, kind) for sign in _SIGNS):
            told[where] = [UNFILLED]
    if told:
        raise RefusedFields(
            {place: f"{place}：{'；'.join(dict.fromkeys(some))}" for place, some in told.items()}
        )


def filled_file(content: bytes, facts: PaperFacts) -> bytes:
    """Return the Word file filled with the facts. ``Refused`` for a name that they do not have."""
    document = word_document(content)
    for part, where in _parts(document):
        _Filler().fill(part, TemplateReader().read(part, where), Scope(facts))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def file_with_mark(content: bytes, mark: str) -> bytes:
    """Return a Word file with a mark (示例) at the right of the head of its pages, as it is without one."""
    if not mark:
        return content
    document = word_document(content)
    for at, section in enumerate(document.sections):
        if at and section.header.is_linked_to_previous:
            continue
        others = (section.first_page_header, section.even_page_header)
        for head in (section.header, *(one for one in others if not one.is_linked_to_previous)):
            head.add_paragraph(mark).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _parts(document: Document) -> Iterator[tuple[BaseOxmlElement, str]]:
    yield document.element.body, ""
    for kind, where in _EDGES.items():
        for part in linked_parts(document, kind):
            if isinstance(part, XmlPart):
                yield part.element, where


def linked_parts(document: Document, kind: str) -> list[Part]:
    """Return the parts of a kind (headers, footnotes) that the document has."""
    links = document.part.rels.values()
    return [one.target_part for one in links if one.reltype == kind and not one.is_external]


@dataclass(frozen=True)
class _Filler:
    """Fills parts of a file; ``where`` they stand."""

    where: Where = Where.SENTENCE

    def fill(self, container: BaseOxmlElement, nodes: Sequence[OwnNode], scope: Scope) -> None:
        """Put what the nodes say in the place of what a container holds."""
        told = list(self._told(nodes, scope))
        for child in list(container):
            container.remove(child)
        container.extend(told)

    def _told(self, nodes: Sequence[OwnNode], scope: Scope) -> Iterator[BaseOxmlElement]:
        for node in nodes:
            if isinstance(node, When):
                chosen = node.then if is_so(node.condition, scope, node.line) else node.otherwise
                yield from self._told(chosen, scope)
            elif isinstance(node, Loop):
                filler = replace(self, where=Where.CELL) if any(map(_is_row, node.body)) else self
                for inside in each_scope(node, scope):
                    yield from filler._told(node.body, inside)
            elif isinstance(node, Fixed):
                yield _copy(node.element)
            elif isinstance(node, Around):
                yield from self._shell(node, scope)
            else:
                yield from self._words(node, scope)

    def _shell(self, shell: Around, scope: Scope) -> Iterator[BaseOxmlElement]:
        table = shell.element.tag == qn("w:tbl")
        filler = replace(self, where=Where.FORM) if table and self.where is Where.SENTENCE else self
        made = empty_like(shell.element)
        made.extend(filler._told(shell.inside, scope))
        if table and made.find(qn("w:tr")) is None:
            return
        if shell.element.tag == qn("w:tc") and (not len(made) or made[-1].tag != qn("w:p")):
            made.append(OxmlElement("w:p"))  # Word wants one at the end of a cell
        yield made

    def _words(self, words: Worded, scope: Scope) -> Iterator[BaseOxmlElement]:
        told = say_line(words.inline, scope, self.where)
        chosen = any(isinstance(piece, When | Loop) for piece in words.inline.pieces)
        if chosen and not has_something(told):
            return
        made = paragraph_of(words.element, told, words.marked)
        for box in text_boxes_of(made):
            self.fill(box, TemplateReader().read(box), scope)
        yield made


def _is_row(node: OwnNode) -> bool:
    return isinstance(node, Around) and node.element.tag == qn("w:tr")


def _copy(element: BaseOxmlElement) -> BaseOxmlElement:
    made = deepcopy(element)
    for one in made.iter(qn("w:p"), qn("w:tr")):
        for key in [key for key in one.attrib if key.endswith(ONE_ONLY)]:
            del one.attrib[key]
    return made


def _known(facts: PaperFacts) -> Callable[[str], bool]:
    """Whether a name is that of a fact, or begins as one."""
    names = {name for name, _, _ in names_of_facts(facts)}
    return lambda name: "." in name and (name in names or name.partition(".")[0] in facts.tells)


def _as_lines(nodes: Iterable[OwnNode]) -> Iterator[Node]:
    """Give out the paragraphs with the conditions and loops around them, as the lines of a text."""
    for node in nodes:
        if isinstance(node, When):
            then, otherwise = tuple(_as_lines(node.then)), tuple(_as_lines(node.otherwise))
            yield When(node.condition, then, otherwise, node.line)
        elif isinstance(node, Loop):
            yield Loop(node.name, tuple(_as_lines(node.body)), node.line, node.least)
        elif isinstance(node, Around):
            yield from _as_lines(node.inside)
        elif isinstance(node, Worded):
            yield MarkedLine(BODY, (), (node.inline,), node.inline.line)
            yield from _as_lines(node.boxes)
