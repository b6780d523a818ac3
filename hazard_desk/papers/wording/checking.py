"""Holds a text against the facts there are: each wrong name, with its line and the nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from hazard_desk.errors import Refused
from hazard_desk.papers.wording.blocks import MARKS, PUT
from hazard_desk.papers.wording.facts import Each, One, PaperFacts, Put, Scope, Thing
from hazard_desk.papers.wording.inline import refused
from hazard_desk.papers.wording.telling import NEW_LINE, PLACE, placed
from hazard_desk.papers.wording.tree import (
    Condition,
    Inline,
    Loop,
    MarkedLine,
    Node,
    PaperText,
    Piece,
    Say,
    TableText,
    When,
)

_DEEP = 3
_NEAREST = 4


def faults(wording: PaperText, facts: PaperFacts) -> list[Refused]:
    """Return what is wrong with the names of a text, each with its line; none when all can be said."""
    return list(_Checker().all(wording, Scope(facts)))


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
    def all(self, wording: PaperText, scope: Scope) -> Iterator[Refused]:
        for told in wording.said.values():
            yield from self._inline(told, scope)
        for rule in wording.rules:
            yield from self._condition(rule.condition, scope, rule.line)
            yield from self._inline(rule.reason, scope)
        yield from self._nodes(wording.body, scope)

    def _nodes(self, nodes: Sequence[Node], scope: Scope) -> Iterator[Refused]:
        for node in nodes:
            if isinstance(node, When):
                yield from self._condition(node.condition, scope, node.line)
                yield from self._nodes((*node.then, *node.otherwise), scope)
            elif isinstance(node, Loop):
                inside = self._inside(node.name, scope)
                if inside is None:
                    yield self._unknown(node.name, scope, node.line, "没有多条可以列出的")
                else:
                    yield from self._nodes(node.body, inside)
            elif isinstance(node, TableText):
                yield from self._line(node.head, scope)
                yield from self._nodes(node.rows, scope)
            else:
                yield from self._line(node, scope)

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
                inside = self._inside(piece.name, scope)
                if inside is None:
                    yield self._unknown(piece.name, scope, line, "没有多条可以列出的")
                else:
                    yield from self._pieces(piece.body, inside, line)

    def _condition(self, condition: Condition, scope: Scope, line: int) -> Iterator[Refused]:
        for ask in (ask for way in condition for ask in way):
            found = scope.find(ask.name)
            if found is None or not isinstance(found[0].tells[found[1]], One | Each):
                yield self._unknown(ask.name, scope, line)

    def _inside(self, name: str, scope: Scope) -> Scope | None:
        like = scope.likes(name)
        return None if like is None else scope.inside(PaperFacts({PLACE: placed(1)})).inside(like)

    def _unknown(self, name: str, scope: Scope, line: int, what: str = "没有这个栏目：") -> Refused:
        near = nearest(name, scope)
        hint = f"，相近的有：{'、'.join(near)}" if near else ""
        return refused(line, f"{what}“{name}”{hint}")
