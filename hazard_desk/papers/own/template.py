"""A Word file as a template: its paragraphs with fields, its tables, the conditions and loops around them.

Everything that is wrong is found at once, each with the place where the clerk finds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from hazard_desk.errors import Refused
from hazard_desk.papers.own.runs import MarkedText, marked_text, text_within, unmarked
from hazard_desk.papers.wording.blocks import PUT
from hazard_desk.papers.wording.inline import (
    EACH,
    ELSE,
    END,
    IF,
    directive,
    loop,
    read_condition,
    read_inline,
)
from hazard_desk.papers.wording.tree import Inline, Loop, When

UNFILLED = "这里的栏目不会填写，请移到正文里"
NO_BRACKET = "用的不是栏目的括号"
_SHOWN = 14
"""Characters of a paragraph that tell it from others."""
_FIRST = re.compile(r"^\W*(«(?:如|每条) [^«»]*»)")
_LAST = re.compile(r"(«完»)\W*$")
_OPENING, _CLOSING = (
    re.escape(some) for some in ("《〈<＜≪⟪‹{｛【〖〔[［「『", "》〉>＞≫⟫›}｝】〗〕]］」』")
)
_LIKE = re.compile(f"([{_OPENING}]{{1,2}})([^{_OPENING}{_CLOSING}«»]{{1,40}})[{_CLOSING}]{{1,2}}")
_TWICE = re.compile(r"(?:«|\{\{) ?(«[^«»]*») ?(?:»|\}\})")
_SURE = re.compile("[{｛≪]|[<＜]{2}")
"""Brackets that nothing but a field stands in."""
_FIELD_LIKE = re.compile(r"«|\{\{")
_OPEN_BRACES = re.compile(r"\{\{|｛｛|\}\}|｝｝")


@dataclass(frozen=True)
class Worded:
    """A paragraph with fields. ``boxes`` are the text boxes anchored in it."""

    element: BaseOxmlElement
    marked: MarkedText
    inline: Inline
    boxes: tuple[OwnNode, ...] = ()


@dataclass(frozen=True)
class Around:
    """What holds others: a table, a row, a cell, a frame; what of it is no content stays as it is."""

    element: BaseOxmlElement
    inside: tuple[OwnNode, ...]


@dataclass(frozen=True)
class Fixed:
    """What stays as it is."""

    element: BaseOxmlElement


OwnNode = Worded | Around | Fixed | When["OwnNode"] | Loop["OwnNode"]


@dataclass
class _Event:
    """A step through the content: what opens (如, 每条), 否则, what ends, or what is there."""

    word: str
    line: int
    node: OwnNode | None = None


class TemplateReader:
    """Reads the parts of one Word file. ``known`` tells whether a name could be that of a field."""

    def __init__(self, known: Callable[[str], bool] = lambda name: False) -> None:
        self._known = known
        self.places: list[str] = []
        """Where each paragraph stands, in the words of the clerk."""
        self.wrong: list[tuple[int, str]] = []
        """What is wrong: the number of the paragraph from 1, and a sentence."""
        self._where = ""
        self._paragraphs = self._tables = 0
        self._trimmed: dict[BaseOxmlElement, tuple[str, str]] = {}
        """What stands at the beginning and end of a paragraph and means its row."""

    def read(self, container: BaseOxmlElement, where: str = "") -> tuple[OwnNode, ...]:
        """Return what a body, a header, a cell or a box holds; ``where`` names it, '' for the body."""
        outside, self._where = self._where, where or self._where
        events = [event for child in container for event in self._events(child)]
        nodes = self._built(events)
        self._where = outside
        return nodes

    # Steps

    def _events(self, child: BaseOxmlElement) -> Iterable[_Event]:
        if child.tag == qn("w:p"):
            yield self._paragraph(child)
        elif child.tag == qn("w:tbl"):
            yield _Event("", 0, self._table(child))
        elif child.tag == qn("w:sdt") and (content := child.find(qn("w:sdtContent"))) is not None:
            inside = Around(content, self.read(content))
            others = tuple(Fixed(_unbound(one)) for one in child if one is not content)
            yield _Event("", 0, Around(child, (*others, inside)))
        elif child.tag == qn("w:customXml"):
            yield from (event for one in unwrapped(child) for event in self._events(one))
        else:
            self._look_within(child, "")
            yield _Event("", 0, Fixed(child))

    def _paragraph(self, element: BaseOxmlElement) -> _Event:
        marked = marked_text(element)
        if not self._where and marked.plain.strip():
            self._paragraphs += 1
        line = self._placed(marked.plain)
        opens, closes = self._trimmed.get(element, ("", ""))
        if opens:
            marked.text = marked.text.replace(opens, "", 1)
        if closes:
            marked.text = "".join(marked.text.rpartition(closes)[::2])
        self._look_for_others(marked.plain, line)
        for thing, _ in marked.things:
            self._look_within(thing, marked.plain, line)
        word = directive(marked.plain)
        if word is not None:
            return _Event(word, line)
        boxes = tuple(node for box in text_boxes_of(element) for node in self.read(box, "文本框"))
        try:
            inline = read_inline(marked.text, line)
        except Refused as wrong:
            self._complain(line, wrong.message)
            inline = Inline((), line)
        if boxes or any(not isinstance(piece, str) for piece in inline.pieces):
            return _Event("", line, Worded(element, marked, inline, boxes))
        return _Event("", line, Fixed(element))

    def _table(self, table: BaseOxmlElement) -> Around:
        self._tables += 1
        outside, number = self._where, self._tables
        events: list[_Event] = []
        rows = 0
        for child in unwrapped(table):
            if child.tag != qn("w:tr"):
                events.append(_Event("", 0, Fixed(child)))
                continue
            rows += 1
            self._where = f"第{number}个表格第{rows}行"
            events += self._row(child)
        self._where = outside
        return Around(table, self._built(events))

    def _row(self, row: BaseOxmlElement) -> list[_Event]:
        """A row, and what its cells say about the row as a whole."""
        texts = [(one, marked_text(one)) for one in row.iter(qn("w:p"))]
        said = [(one, text) for one, text in texts if text.plain.strip()]
        if len(said) == 1 and (word := directive(said[0][1].plain)) is not None:
            return [_Event(word, self._placed(said[0][1].plain))]
        parts = list(unwrapped(row))
        cells = [one for one in parts if one.tag == qn("w:tc")]
        opens = closes = ""
        if len(cells) > 1:
            first = next((one for one in cells if _balance(one) > 0), None)
            last = next((one for one in reversed(cells) if _balance(one) < 0), None)
            opens = self._trim(first, _FIRST, 0)
            closes = self._trim(last, _LAST, -1)
        line = self._placed(said[0][1].plain) if opens or closes else 0
        inside = tuple(Around(one, self.read(one)) if one in cells else Fixed(one) for one in parts)
        events = [_Event(opens.strip("«»"), line)] if opens else []
        events.append(_Event("", line, Around(row, inside)))
        return [*events, _Event(END, line)] if closes else events

    def _trim(self, cell: BaseOxmlElement | None, pattern: re.Pattern[str], at: int) -> str:
        """Return what a cell says of its row in its first (0) or last (-1) paragraph, which then lacks it."""
        said = [(one, marked_text(one).plain) for one in cell.iter(qn("w:p"))] if cell is not None else []
        said = [(one, plain) for one, plain in said if plain.strip()]
        found = pattern.search(said[at][1]) if said else None
        if found is None:
            return ""
        opens, closes = self._trimmed.get(said[at][0], ("", ""))
        self._trimmed[said[at][0]] = (opens, found[1]) if at else (found[1], closes)
        return found[1]

    # The tree

    def _built(self, events: Sequence[_Event]) -> tuple[OwnNode, ...]:
        nodes, at = self._nodes(events, 0)
        while at < len(events):  # an end without a beginning
            self._complain(
                events[at].line, f"“«{events[at].word}»”前面没有与它对应的“«{IF} …»”或“«{EACH} …»”"
            )
            more, at = self._nodes(events, at + 1)
            nodes += more
        return nodes

    def _nodes(self, events: Sequence[_Event], at: int) -> tuple[tuple[OwnNode, ...], int]:
        nodes: list[OwnNode] = []
        while at < len(events):
            event = events[at]
            if event.word in (ELSE, END):
                break
            at += 1
            if event.node is not None:
                nodes.append(event.node)
                continue
            body, at = self._nodes(events, at)
            otherwise: tuple[OwnNode, ...] = ()
            if event.word.startswith(IF) and at < len(events) and events[at].word == ELSE:
                otherwise, at = self._nodes(events, at + 1)
            if at < len(events) and events[at].word == END:
                at += 1
            else:
                self._complain(event.line, f"“«{event.word}»”没有以“«{END}»”结束")
            try:
                nodes.append(_opened(event, body, otherwise))
            except Refused as wrong:
                self._complain(event.line, wrong.message)
        return tuple(nodes), at

    # What is wrong

    def _placed(self, plain: str) -> int:
        where = self._where or f"第{self._paragraphs}段"
        short = " ".join(plain.split())
        quote = f"“{short[:_SHOWN]}{'…' if len(short) > _SHOWN else ''}”" if short else ""
        self.places.append(f"{where}{quote}")
        return len(self.places)

    def _complain(self, line: int, sentence: str) -> None:
        self.wrong.append((line, unmarked(sentence).removeprefix(f"第{line}行：")))

    def _look_within(self, thing: BaseOxmlElement, plain: str, line: int = 0) -> None:
        """Tell of fields in what is not filled: a formula, the reading of a word, a form field of Word."""
        if _FIELD_LIKE.search(said := text_within(thing)):
            self._complain(line or self._placed(plain or said), UNFILLED)

    def _look_for_others(self, plain: str, line: int) -> None:
        """Find fields that stand in other brackets than «», and what cannot stand in a Word file."""
        for match in _LIKE.finditer(plain):
            words = " ".join(match[2].split()).replace("．", ".")
            first = words.split(" ")[0] if words else ""
            if _SURE.match(match[1]) or first in (IF, EACH) or words in (ELSE, END) or self._known(first):
                self._complain(line, f"“{match[0]}”{NO_BRACKET}，请改为“«{words}»”或“{{{{{words}}}}}”")
        left = _LIKE.sub("", plain)
        if twice := _TWICE.search(left):
            self._complain(line, f"“{twice[0]}”写了两层括号，请改为“{twice[1]}”")
            left = _TWICE.sub("", left)
        if found := _OPEN_BRACES.search(left):
            self._complain(line, f"“{found[0]}”没有成对，栏目请写成“«栏目»”或“{{{{栏目}}}}”")
        if plain.lstrip().startswith(f"【{PUT}】"):
            self._complain(line, "图表不能插入Word文件，请删去这一段；要插图表，请用程序里的措辞文本")


def unwrapped(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Give out what an element holds, that of content controls and the like as if it stood there itself."""
    for child in element:
        if child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            yield from unwrapped(content) if content is not None else ()
        elif child.tag == qn("w:customXml"):
            yield from unwrapped(child)
        elif child.tag != qn("w:customXmlPr"):
            yield child


def _unbound(properties: BaseOxmlElement) -> BaseOxmlElement:
    """Return the properties of a content control without its source, from which Word would fill it anew."""
    made = deepcopy(properties)
    for one in made.findall(qn("w:dataBinding")):
        made.remove(one)
    return made


def text_boxes_of(paragraph: BaseOxmlElement) -> list[BaseOxmlElement]:
    """Return the text boxes anchored in a paragraph, without those within them."""
    found: list[BaseOxmlElement] = list(paragraph.iter(qn("w:txbxContent")))
    return [one for one in found if not any(above in found for above in one.iterancestors())]


def _opened(event: _Event, body: tuple[OwnNode, ...], otherwise: tuple[OwnNode, ...]) -> OwnNode:
    if event.word.startswith(IF):
        condition = read_condition(event.word.removeprefix(IF).strip(), event.line)
        return When(condition, body, otherwise, event.line)
    return loop(event.word.removeprefix(EACH), body, event.line)


def _balance(cell: BaseOxmlElement) -> int:
    """How many conditions and loops a cell opens more than it ends."""
    text = "\n".join(marked_text(one).plain for one in cell.iter(qn("w:p")))
    return len(re.findall("«(?:如|每条) ", text)) - len(re.findall("«完»", text))
