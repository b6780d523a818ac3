"""The text of a paragraph of a .docx as it is printed: what was inserted is in, what was deleted is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_SET = {f"{W}type": "textWrapping", f"{W}clear": "none"}
"""The usual break with all of it written out: papers of ours end a line so. WPS writes the kind alone."""
_SYMBOLS = {
    "F0FE": "☑",
    "F052": "☑",
    "F0FC": "√",
    "F050": "√",
    "F0A8": "□",
    "F06F": "□",
    "F0A3": "□",
    "F0FD": "☒",
    "F0FB": "×",
    "F04F": "×",
    "F06C": "●",
    "F06E": "■",
    "F0B7": "•",
}
"""Signs of the fonts Wingdings and Symbol, by their number there."""
_GONE = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "footnoteReference", "rt", "sdtPr")
}
_BOX = f"{W}txbxContent"


class Element(Protocol):
    """A node of the document's XML, as far as it is asked here."""

    @property
    def tag(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    def get(self, key: str, default: str = ...) -> str: ...
    def find(self, path: str) -> Element | None: ...
    def __iter__(self) -> Iterator[Element]: ...


def says(node: Element | None, name: str, default: str = "") -> str:
    """Return the ``w:val`` of a child; ``default`` where there is none."""
    child = node.find(W + name) if node is not None else None
    return child.get(f"{W}val", default) if child is not None else default


def is_on(node: Element | None, name: str) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not set to off."""
    child = node.find(W + name) if node is not None else None
    return child is not None and child.get(f"{W}val", "1") not in ("0", "false", "off")


def chosen(node: Element) -> Iterator[Element]:
    """Yield the children of a node; of alternatives for newer and older programs one."""
    for child in node:
        if child.tag == f"{_MC}AlternateContent":
            branch = next(iter(child), None)
            if branch is not None:
                yield from chosen(branch)
        elif isinstance(child.tag, str):
            yield child


def text_of(paragraph: Element) -> str:
    """Return the text of a paragraph, without its text boxes."""
    return "".join(_pieces(paragraph)).rstrip("\n")


def boxes_in(node: Element) -> Iterator[Element]:
    """Yield the text boxes anchored in a paragraph, from the first on."""
    for child in chosen(node):
        if child.tag == _BOX:
            yield child
        elif child.tag not in _GONE:
            yield from boxes_in(child)


def _pieces(node: Element) -> Iterator[str]:
    for child in chosen(node):
        tag = child.tag
        if tag in _GONE or tag == _BOX:
            continue
        if tag in (f"{W}t", f"{_M}t"):
            yield child.text or ""
        elif tag == f"{W}br" and all(child.get(key) == value for key, value in _SET.items()):
            continue
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{W}sym":
            yield _SYMBOLS.get(child.get(f"{W}char", "").upper(), "")
        elif tag != f"{W}r" or not is_on(child.find(f"{W}rPr"), "vanish"):
            yield from _pieces(child)
