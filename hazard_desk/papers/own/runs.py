"""The text of a paragraph of a Word file with the marks of its runs, and the paragraph made of it again.

A run is marked where it begins by a character of a private plane, and so is what is no text: a picture, a
page number, a bookmark. Such a text is read, told and cut again as any other, and each piece of it finds the
format that it had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from hazard_desk.papers.lines import printable

_RUN, _THING, _END = 0xF0000, 0xF8000, 0x10000
_RUNS = re.compile(f"[{chr(_RUN)}-{chr(_THING - 1)}]")
_THINGS = re.compile(f"[{chr(_THING)}-{chr(_RUN + _END - 1)}]")
_MARKS = re.compile(f"[{chr(_RUN)}-{chr(_RUN + _END - 1)}]")
_M = f"{_MARKS.pattern}*"
_BRACES = re.compile(rf"\{{({_M})\{{([^{{}}«»]*)\}}({_M})\}}")
_FIELD = re.compile("«[^«»]*»")
_BRACKET = re.compile("[«»{}]")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
"""Characters without a width, which are pasted along with others."""
_DOT = re.compile(r"(?<=\w) ?[.．。] ?(?=\w)")
"""Between the parts of a name, as an input method for Chinese writes it."""
_WRAPPERS = {qn(f"w:{name}") for name in ("smartTag", "ins", "moveTo", "customXml")}
_LINKS = {qn("w:hyperlink"), qn("w:fldSimple")}
"""Links and the fields of Word itself: they stay where no field of ours is in them."""
_PROPERTIES = {qn(f"w:{name}") for name in ("pPr", "rPr", "smartTagPr", "customXmlPr", "fldData")}
_GONE = _PROPERTIES | {qn(f"w:{name}") for name in ("proofErr", "del", "moveFrom", "lastRenderedPageBreak")}
_SIGNS = {qn("w:tab"): "\t", qn("w:cr"): "\n"}
_MADE = {"\t": "w:tab", "\n": "w:br"}
ONE_ONLY = ("}paraId", "}textId")
"""The attributes of a paragraph that no other may have with the same value."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass
class MarkedText:
    """The text of a paragraph with its marks, and what the marks mean."""

    text: str = ""
    formats: list[BaseOxmlElement | None] = field(default_factory=list)
    """Of each run, as its ``w:rPr``."""
    things: list[tuple[BaseOxmlElement, bool]] = field(default_factory=list)
    """What is no text, and whether it stands in a run."""

    @property
    def plain(self) -> str:
        """The text without its marks."""
        return unmarked(self.text)


def unmarked(text: str) -> str:
    """Return a text without the marks of runs."""
    return _MARKS.sub("", text)


def has_something(told: str) -> bool:
    """Whether a told text says or shows anything."""
    return bool(_RUNS.sub("", told).strip())


def marked_text(paragraph: BaseOxmlElement) -> MarkedText:
    """Return the text of a paragraph; its fields are whole, and each is followed by the mark of its end."""
    made = MarkedText()
    made.text = _with_whole_fields(_BRACES.sub(r"«\1\2»\3", "".join(_pieces(paragraph, made))))
    return made


def paragraph_of(like: BaseOxmlElement, told: str, marked: MarkedText) -> BaseOxmlElement:
    """Return a paragraph as ``like``, saying ``told``: a text with the marks of ``marked``."""
    made = empty_like(like)
    if (properties := like.find(qn("w:pPr"))) is not None:
        made.append(deepcopy(properties))
    run = 0
    for char, piece in _cut(told):
        code = ord(char) if char else 0
        if _RUN <= code < _RUN + len(marked.formats):
            run = code - _RUN
        elif _THING <= code < _THING + len(marked.things):
            thing, in_run = marked.things[code - _THING]
            made.append(_run(marked, run, deepcopy(thing)) if in_run else deepcopy(thing))
        for part in re.split("([\t\n])", piece):
            if part:
                made.append(_run(marked, run, _content(part)))
    return made


def empty_like(element: BaseOxmlElement) -> BaseOxmlElement:
    """Return an element of the same name with nothing in it; ids that only one may have are not copied."""
    made: BaseOxmlElement = element.makeelement(element.tag, {}, element.nsmap)
    for key, value in element.attrib.items():
        if not key.endswith(ONE_ONLY):
            made.set(key, value)
    return made


def _pieces(node: BaseOxmlElement, made: MarkedText) -> Iterator[str]:
    for child in node:
        if child.tag in _GONE or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:r"):
            yield chr(_RUN + len(made.formats))
            made.formats.append(child.find(qn("w:rPr")))
            yield from _of_run(child, made)
        elif child.tag in _WRAPPERS or (child.tag in _LINKS and _BRACKET.search(text_within(child))):
            yield from _pieces(child, made)
        elif child.tag == qn("w:sdt") and (content := child.find(qn("w:sdtContent"))) is not None:
            yield from _pieces(content, made)
        else:
            yield _thing(child, made, in_run=False)


def text_within(node: BaseOxmlElement) -> str:
    """Return what an element says, without its text boxes."""
    if node.tag == qn("w:txbxContent"):
        return ""
    return (node.text or "") if node.tag == qn("w:t") else "".join(map(text_within, node))


def _of_run(run: BaseOxmlElement, made: MarkedText) -> Iterator[str]:
    for child in run:
        if child.tag in _GONE or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:br") and child.get(qn("w:type")) in (None, "textWrapping"):
            yield "\n"
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield _thing(child, made, in_run=True)


def _thing(element: BaseOxmlElement, made: MarkedText, in_run: bool) -> str:
    made.things.append((element, in_run))
    return chr(_THING + len(made.things) - 1)


def _with_whole_fields(text: str) -> str:
    """Take the marks out of the fields; behind each stands the mark of the run in which it ends."""
    made, at, current = "", 0, ""
    for match in _FIELD.finditer(text):
        before, inner = text[at : match.start()], match[0][1:-1]
        current = "".join(_RUNS.findall(before + inner)[-1:]) or current
        words = " ".join(_UNSEEN.sub("", unmarked(inner)).replace("|", "｜").split())
        words = _DOT.sub(".", words)
        made += f"{before}«{words}»{current}{''.join(_THINGS.findall(inner))}"
        at = match.end()
    return made + text[at:]


def _cut(told: str) -> Iterator[tuple[str, str]]:
    """Give out each mark with the text behind it; the first mark is '' where the text begins without."""
    marks = ["", *_MARKS.findall(told)]
    yield from zip(marks, _MARKS.split(told), strict=True)


def _content(part: str) -> BaseOxmlElement:
    if part in _MADE:
        return OxmlElement(_MADE[part])
    made = OxmlElement("w:t")
    made.text = printable(part)
    made.set(_SPACE, "preserve")
    return made


def _run(marked: MarkedText, run: int, content: BaseOxmlElement) -> BaseOxmlElement:
    made = OxmlElement("w:r")
    properties = marked.formats[run] if run < len(marked.formats) else None
    if properties is not None:
        made.append(deepcopy(properties))
    made.append(content)
    return made
