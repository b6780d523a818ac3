"""Several papers in one Word file: each keeps its pages, its styles, its heads and feet, its page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.hdrftr import FooterPart, HeaderPart

from hazard_desk.papers.word.style import element, set_property

_LINKS = {
    RELATIONSHIP_TYPE.IMAGE: "media/image",
    RELATIONSHIP_TYPE.HEADER: "header",
    RELATIONSHIP_TYPE.FOOTER: "footer",
}
"""What a body refers to by relations, and how such parts are named."""
_STYLED = ("w:pStyle", "w:rStyle", "w:tblStyle")
_NAMING = ("w:basedOn", "w:next", "w:link")


def bind(first: Document, others: list[Document]) -> None:
    """Put ``others`` behind ``first``, each beginning on a new page."""
    for number, other in enumerate(others, start=2):
        _move_styles(first, other, f"b{number}")
        _move_parts(first, other, number)
        _append(first, other)
    if any(other.settings.odd_and_even_pages_header_footer for other in others):
        first.settings.odd_and_even_pages_header_footer = True
    _fill_even_sides(first)


def count_apart(document: Document, first: int, pages: int) -> None:
    """Let the pages of a paper that is bound count from ``first``, and be told as ``pages``, not as all.

    Word works the latter out where the paper lies one way; what does not know how shows what is here.
    """
    start = document.sections[0]._sectPr
    start.insert_element_before(element("pgNumType", start=first), "w:cols", "w:textDirection", "w:docGrid")
    for edge in _edges(document):
        for field in list(edge.iter(qn("w:fldSimple"))):
            if field.get(qn("w:instr")) == "NUMPAGES":
                field.set(qn("w:instr"), "SECTIONPAGES")
                field[0].text = str(pages)
                if len(document.sections) > 1:
                    field.getparent().replace(field, field[0])


def _move_styles(first: Document, other: Document, suffix: str) -> None:
    """Take over the styles of a paper, under another name where that name looks otherwise already."""
    known = {style.get(qn("w:styleId")): style for style in first.styles.element.iter(qn("w:style"))}
    theirs = {style.get(qn("w:styleId")): style for style in other.styles.element.iter(qn("w:style"))}
    new = {name: style for name, style in theirs.items() if name not in known}
    changed = {name for name, style in theirs.items() if name in known and not _same(style, known[name])}
    while more := {name for name in theirs if name not in changed and _leans_on(theirs[name], changed)}:
        changed |= more
    renamed = {name: f"{name}-{suffix}" for name in changed}
    for name, style in theirs.items():
        if name in new or name in changed:
            first.styles.element.append(_renamed(style, renamed, suffix))
    _use(other, renamed)


def _same(one: BaseOxmlElement, other: BaseOxmlElement) -> bool:
    return str(one.xml) == str(other.xml)


def _leans_on(style: BaseOxmlElement, names: set[str]) -> bool:
    """Whether a style is made from one that had to be renamed."""
    base = style.find(qn("w:basedOn"))
    return base is not None and base.get(qn("w:val")) in names


def _renamed(style: BaseOxmlElement, renamed: Mapping[str, str], suffix: str) -> BaseOxmlElement:
    made = deepcopy(style)
    own = made.get(qn("w:styleId"))
    if own in renamed:
        made.set(qn("w:styleId"), renamed[own])
        made.attrib.pop(qn("w:default"), None)
        called = made.find(qn("w:name"))
        called.set(qn("w:val"), f"{called.get(qn('w:val'))} {suffix}")
    for tag in _NAMING:
        _rename(made.find(qn(tag)), renamed)
    return made


def _rename(named: BaseOxmlElement | None, renamed: Mapping[str, str]) -> None:
    if named is not None:
        value = named.get(qn("w:val"))
        named.set(qn("w:val"), renamed.get(value, value))


def _use(document: Document, renamed: Mapping[str, str]) -> None:
    """Name the new styles in text, heads and feet; a paragraph without a style has that of plain text."""
    roots = [document.element, *_edges(document)]
    plain = str(document.styles["Normal"].style_id)
    for root in roots:
        for tag in _STYLED:
            for named in root.iter(qn(tag)):
                _rename(named, renamed)
        if plain in renamed:
            for line in root.iter(qn("w:p")):
                properties = line.get_or_add_pPr()
                if properties.find(qn("w:pStyle")) is None:
                    properties.insert(0, element("pStyle", val=renamed[plain]))


def _edges(document: Document) -> Iterator[BaseOxmlElement]:
    """The heads and feet of all its pages."""
    for relation in document.part.rels.values():
        if isinstance(relation.target_part, HeaderPart | FooterPart):
            yield relation.target_part.element


def _move_parts(first: Document, other: Document, number: int) -> None:
    """Take over pictures, heads and feet under new names, and refer to them by new relations."""
    moved: dict[str, str] = {}
    for at, (name, relation) in enumerate(other.part.rels.items(), start=1):
        if relation.reltype in _LINKS and not relation.is_external:
            part = relation.target_part
            for own, inner in enumerate(part.rels.values(), start=1):
                _name_anew(inner.target_part, f"media/image{number}-{at}-{own}")
            _name_anew(part, f"{_LINKS[relation.reltype]}{number}-{at}")
            moved[name] = first.part.relate_to(part, relation.reltype)
    for made in other.element.iter():
        for attribute in (qn("r:id"), qn("r:embed")):
            if made.get(attribute) in moved:
                made.set(attribute, moved[made.get(attribute)])


def _name_anew(part: Part, stem: str) -> None:
    part.partname = PackURI(f"/word/{stem}.{part.partname.ext}")


def _append(first: Document, other: Document) -> None:
    """End the last section with the last paragraph there is, and let the other's text and section follow."""
    body = first.element.body
    ending = body[-1]
    last = body[-2] if len(body) > 1 else None
    if last is None or last.tag != qn("w:p") or last.get_or_add_pPr().find(qn("w:sectPr")) is not None:
        last = element("p")
        set_property(last.get_or_add_pPr(), "spacing", line=20, lineRule="exact", before=0, after=0)
        ending.addprevious(last)
    last.get_or_add_pPr().append(ending)
    for made in list(other.element.body):
        body.append(made)


def _fill_even_sides(document: Document) -> None:
    """Where sides differ in the file, a section that has one head and foot for both names them for both."""
    for section in document.element.iter(qn("w:sectPr")):
        for tag in ("w:headerReference", "w:footerReference"):
            sides = {found.get(qn("w:type")): found for found in section.findall(qn(tag))}
            if "default" in sides and "even" not in sides:
                even = deepcopy(sides["default"])
                even.set(qn("w:type"), "even")
                sides["default"].addnext(even)
