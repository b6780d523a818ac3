"""Which list and level the paragraphs of a .docx belong to: numbering.xml, and the styles that number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hazard_desk.grid.word.numbering import ListKind, ListLevel
from hazard_desk.grid.word.text import Element, W, chosen, is_on, says

_DEEPEST = 9
_LONGEST_CHAIN = 20
"""Styles that rest on one another."""


@dataclass(frozen=True)
class WordStyle:
    """What a paragraph style tells of its paragraphs; what it leaves open its base tells."""

    name: str = ""
    based_on: str = ""
    list: str = ""
    """'' for what the base tells, 0 for none."""
    level: int = -1
    outline: int = -1
    """Level of a heading from 0, -1 for what the base tells."""
    align: str = ""


def small_number(text: str, default: int) -> int:
    """Return a whole number of the file's XML, five digits at the most; ``default`` for what is none."""
    return min(int(text[:6]), 99_999) if text.isascii() and text.isdigit() else default


def styles_of(root: Element | None) -> tuple[Mapping[str, WordStyle], str]:
    """Return the paragraph and list styles by id, and which one a paragraph without a style has."""
    found: dict[str, WordStyle] = {}
    usual = ""
    for style in root if root is not None else ():
        if style.tag != f"{W}style":
            continue
        name, kind = style.get(f"{W}styleId", ""), style.get(f"{W}type", "")
        if kind not in ("paragraph", "numbering"):
            continue
        props = style.find(f"{W}pPr")
        listed = props.find(f"{W}numPr") if props is not None else None
        found[name] = WordStyle(
            says(style, "name"),
            says(style, "basedOn"),
            says(listed, "numId"),
            small_number(says(listed, "ilvl"), -1),
            small_number(says(props, "outlineLvl"), -1),
            says(props, "jc"),
        )
        if kind == "paragraph" and style.get(f"{W}default", "") in ("1", "true"):
            usual = name
    return {name: _whole(found, name) for name in found}, usual


def _whole(styles: Mapping[str, WordStyle], name: str) -> WordStyle:
    """A style with what it takes from those it rests on."""
    one = styles[name]
    base, left = styles.get(one.based_on), _LONGEST_CHAIN
    while base is not None and left:
        one = replace(
            one,
            list=one.list or base.list,
            level=base.level if one.level < 0 else one.level,
            outline=base.outline if one.outline < 0 else one.outline,
            align=one.align or base.align,
        )
        base, left = styles.get(base.based_on), left - 1
    return one


class WordLists:
    """The lists that a document defines."""

    def __init__(self, root: Element | None, styles: Mapping[str, WordStyle]) -> None:
        self._families: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._of_style: dict[tuple[str, str], int] = {}
        """Family and style to the level that is the style's."""
        for node in root if root is not None else ():
            if node.tag == f"{W}abstractNum":
                self._families[node.get(f"{W}abstractNumId", "")] = node
            elif node.tag == f"{W}num":
                self._lists[node.get(f"{W}numId", "")] = node
        self._styles = styles
        self.kinds = {name: kind for name in self._lists if (kind := self._kind(name))}

    def level_of(self, name: str, style: str) -> int:
        """Return the level that a list keeps for a style, -1 where it keeps none."""
        kind = self.kinds.get(name)
        return self._of_style.get((kind.family, style), -1) if kind else -1

    def _kind(self, name: str) -> ListKind | None:
        family = self._family(name, _LONGEST_CHAIN)
        if not family:
            return None
        levels = dict(self._levels(family, self._families[family]))
        anew = set()
        for change in self._lists[name]:
            at = small_number(change.get(f"{W}ilvl", ""), -1)
            if change.tag != f"{W}lvlOverride" or not 0 <= at < _DEEPEST:
                continue
            other = change.find(f"{W}lvl")
            if other is not None:
                levels[at] = _level(other)
            start = small_number(says(change, "startOverride"), -1)
            if start >= 0:
                levels[at] = replace(levels.get(at, ListLevel()), start=start)
                anew.add(at)
        return ListKind(family, levels, frozenset(anew))

    def _family(self, name: str, left: int) -> str:
        """The definition that a list rests on; it may be that of a list style."""
        family = says(self._lists.get(name), "abstractNumId")
        if family not in self._families or not left:
            return ""
        linked = says(self._families[family], "numStyleLink")
        style = self._styles.get(linked)
        return self._family(style.list, left - 1) if style and style.list in self._lists else family

    def _levels(self, family: str, node: Element) -> Iterator[tuple[int, ListLevel]]:
        for child in node:
            at = small_number(child.get(f"{W}ilvl", ""), -1)
            if child.tag == f"{W}lvl" and 0 <= at < _DEEPEST:
                self._of_style.setdefault((family, says(child, "pStyle")), at)
                yield at, _level(child)


def _level(node: Element) -> ListLevel:
    kind = "decimal"
    for child in chosen(node):
        if child.tag == f"{W}numFmt":
            kind = child.get(f"{W}val", kind)
            pattern = child.get(f"{W}format", "").split(",")[0].strip()
            if kind == "custom" and pattern.isdigit():
                kind = "decimalZero" if len(pattern) == 2 else "decimal"
    hidden = is_on(node.find(f"{W}rPr"), "vanish")
    return ListLevel(
        kind,
        "" if hidden else says(node, "lvlText"),
        small_number(says(node, "start"), 1 if node.find(f"{W}start") is not None else 0),
        small_number(says(node, "lvlRestart"), -1),
        is_on(node, "isLgl"),
    )
