"""Holds a text against the facts there are: each wrong name, with its line and the nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import partial
from itertools import islice

from hazard_desk.errors import Refused
from hazard_desk.papers.wording.blocks import BAND, FORM, MARKS, PUT
from hazard_desk.papers.wording.cells import column_text, width_text
from hazard_desk.papers.wording.facts import Each, One, PaperFacts, Put, Scope, Thing
from hazard_desk.papers.wording.inline import EACH, IF, like_fields, refused
from hazard_desk.papers.wording.telling import NEW_LINE, PLACE, placed, wrong_count
from hazard_desk.papers.wording.tree import (
    Ask,
    Condition,
    Inline,
    Loop,
    MarkedLine,
    Node,
    PaperText,
    Piece,
    Say,
    T,
    TableText,
    When,
)
from hazard_desk.rules.fields import NUMBERS, Kind

LOOK_ALIKE = "的括号应是«»"
_DEEP = 3
_NEAREST = 4
_MOST = 100


def faults(wording: PaperText, facts: PaperFacts) -> list[Refused]:
    """Return what is wrong in a text, each by its line, of very many the first; none if it can be told."""
    return list(islice(_Checker().all(wording, Scope(facts)), _MOST))


def names_of_facts(
    facts: PaperFacts, before: str = "", deep: int = _DEEP
) -> Iterator[tuple[str, PaperFacts, One | Each | Put]]:
    """Give out all names that can be said here (隐患.部位), whose they are, and how each is told."""
    for name, tell in facts.tells.items():
        if not isinstance(tell, Thing):
            yield before + name, facts, tell
        elif deep > 1:
            yield from names_of_facts(facts.part(name), f"{before}{name}.", deep - 1)


def nearest(name: str, facts: Scope) -> list[str]:
    """Return the names that are most like one that is not there."""
    known: list[str] = []
    scope: Scope | None = facts
    while scope is not None:
        known += [one for one, _, _ in names_of_facts(scope.facts)]
        scope = scope.outer
    last = name.rpartition(".")[2]
    alike = get_close_matches(name, known, _NEAREST, 0.5)
    alike += [one for one in known if one.rpartition(".")[2] == last or (last and last in one)]
    return list(dict.fromkeys(alike))[:_NEAREST]


class _Checker:
    def __init__(self) -> None:
        self._open: list[tuple[PaperFacts, str]] = []
        """The lists that are gone through at the place looked at."""

    def all(self, wording: PaperText, scope: Scope) -> Iterator[Refused]:
        for told in wording.said.values():
            yield from self._inline(told, scope)
        for rule in wording.rules:
            yield from self._condition(rule.condition, scope, rule.line)
            yield from self._inline(rule.reason, scope)
        if wording.happened is not None:
            yield from self._condition(wording.happened.condition, scope, wording.happened.line)
        yield from self._nodes(wording.body, scope)

    def _nodes(self, nodes: Sequence[Node], scope: Scope) -> Iterator[Refused]:
        for node in nodes:
            if isinstance(node, When):
                yield from self._condition(node.condition, scope, node.line)
                yield from self._nodes((*node.then, *node.otherwise), scope)
            elif isinstance(node, Loop):
                yield from self._loop(node, scope, partial(self._nodes, node.body))
            elif isinstance(node, TableText):
                yield from self._table(node, scope)
            else:
                yield from self._line(node, scope)

    def _loop(
        self, loop: Loop[T], scope: Scope, body: Callable[[Scope], Iterator[Refused]]
    ) -> Iterator[Refused]:
        like, found = scope.likes(loop.name), scope.find(loop.name)
        if like is None or found is None:
            yield self._unknown(loop.name, scope, loop.line, "没有多条可以列出的")
        elif any(facts is found[0] and name == found[1] for facts, name in self._open):
            yield refused(loop.line, f"“{EACH} {loop.name}”里面又有“{EACH} {loop.name}”，请删去一层")
        else:
            self._open.append(found)
            yield from body(scope.inside(PaperFacts({PLACE: placed(1)})).inside(like))
            self._open.pop()

    def _table(self, table: TableText, scope: Scope) -> Iterator[Refused]:
        yield from self._line(table.head, scope)
        for part in table.head.parts:
            try:
                width_text(part) if table.head.mark == FORM else column_text(part)
            except Refused as wrong:
                yield wrong
        if table.head.mark != FORM:
            for row in _rows_of(table.rows):
                if row.mark != BAND and (said := wrong_count(len(row.parts), len(table.head.parts))):
                    yield refused(row.line, said)
        yield from self._nodes(table.rows, scope)

    def _written(self, text: str, scope: Scope, line: int) -> Iterator[Refused]:
        """What is written in brackets that only look like those of a field."""
        for written, name in like_fields(text):
            first, dot, _ = name.partition(".")
            if (dot and scope.find(first)) or name.startswith((f"{IF} ", f"{EACH} ")):
                yield refused(line, f"“{written}”{LOOK_ALIKE}，写作“«{name}»”")

    def _line(self, line: MarkedLine, scope: Scope) -> Iterator[Refused]:
        for option in line.options:
            if option not in MARKS[line.mark].options:
                yield refused(line.line, f"“【{line.mark}】”不认识“{option}”")
        if line.mark == PUT:
            name = "".join(piece for piece in line.parts[0].pieces if isinstance(piece, str)).strip()
            found = scope.find(name)
            if found is None or not isinstance(found[0].tells[found[1]], Put):
                yield self._unknown(name, scope, line.line, "没有可以插入的")
            return
        for part in line.parts:
            yield from self._inline(part, scope)

    def _inline(self, inline: Inline, scope: Scope) -> Iterator[Refused]:
        yield from self._pieces(inline.pieces, scope, inline.line)

    def _pieces(self, pieces: Iterable[Piece], scope: Scope, line: int) -> Iterator[Refused]:
        for piece in pieces:
            if isinstance(piece, Say):
                found = scope.find(piece.name)
                if piece.name != NEW_LINE and (
                    found is None or not isinstance(found[0].tells[found[1]], One)
                ):
                    yield self._unknown(piece.name, scope, line)
            elif isinstance(piece, When):
                yield from self._condition(piece.condition, scope, line)
                yield from self._pieces((*piece.then, *piece.otherwise), scope, line)
            elif isinstance(piece, Loop):
                yield from self._loop(piece, scope, partial(self._said_of, piece.body, line))
            else:
                yield from self._written(piece, scope, line)

    def _condition(self, condition: Condition, scope: Scope, line: int) -> Iterator[Refused]:
        for ask in (ask for way in condition for ask in way):
            found = scope.find(ask.name)
            tell = found[0].tells[found[1]] if found else None
            if not isinstance(tell, One | Each):
                yield self._unknown(ask.name, scope, line)
            elif wrong := _never_so(ask, tell):
                yield refused(line, wrong)

    def _said_of(self, pieces: Iterable[Piece], line: int, scope: Scope) -> Iterator[Refused]:
        return self._pieces(pieces, scope, line)

    def _unknown(self, name: str, scope: Scope, line: int, what: str = "没有这个栏目：") -> Refused:
        near = nearest(name, scope)
        hint = f"，相近的有：{'、'.join(near)}" if near else ""
        return refused(line, f"{what}“{name}”{hint}")


def _never_so(ask: Ask, tell: One | Each) -> str:
    """Return why a question can never be answered with yes, or never with no; '' where it can."""
    if isinstance(tell, Each):
        if ask.test in ("是", "不是"):
            return f"“{ask.name}”是多条，条件可写：有、没有、多于"
        return ""
    field = tell.field
    if ask.test == "多于" and field.kind not in NUMBERS:
        return f"“{ask.name}”不是数字，不能用“多于”"
    if ask.test not in ("是", "不是"):
        return ""
    choices = ("是", "否") if field.kind is Kind.BOOL else tuple(map(field.said, field.choices))
    strange = [word for word in ask.words if choices and not field.listed and word not in choices]
    return f"“{ask.name}”没有“{'、'.join(strange)}”，可写{'、'.join(choices)}" if strange else ""


def _rows_of(nodes: Sequence[Node]) -> Iterator[MarkedLine]:
    """Give out all rows that a table may have."""
    for node in nodes:
        if isinstance(node, When):
            yield from _rows_of((*node.then, *node.otherwise))
        elif isinstance(node, Loop):
            yield from _rows_of(node.body)
        elif isinstance(node, MarkedLine):
            yield node
