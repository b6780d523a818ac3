"""Tells a paper: a text that was read, and the facts of a desk, make blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from hazard_desk.papers.model import Block, Cell, Column, Paper, Style, Table, TableRow
from hazard_desk.papers.wording import reading
from hazard_desk.papers.wording.blocks import BAND, BODY, FORM, MARKS, PUT, OfficialHead
from hazard_desk.papers.wording.cells import column_text, width_text, words_of_cell
from hazard_desk.papers.wording.facts import Each, One, PaperFacts, Put, Scope, fact
from hazard_desk.papers.wording.inline import BAR, refused
from hazard_desk.papers.wording.saying import Where, say_fact
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
from hazard_desk.rules.fields import Kind, absent
from hazard_desk.stopping import stop_if_unwanted

PLACE = "序"
NEW_LINE = "换行"
NUMBER, RED_MARK, WITH_SEAL, OF_LETTER = "文书.文号", "文书.红头", "文书.盖章", "文书.信函式"
"""The facts that the head of a document is made of."""

_STOPS = re.compile("[。；，、]+(?=[。；，、：])")


def paper_of(wording: PaperText, facts: PaperFacts, mark: str = "") -> Paper:
    """Return the paper that a text makes of the facts. ``Refused`` for a name that they do not have."""
    scope = Scope(facts)
    head = wording.head
    page_size, landscape = reading.SHEETS[head.get(reading.SHEET, "A4")]
    style: Style = "ledger" if head.get(reading.LOOK) == "表格" else "official"
    return Paper(
        _Teller(Where.SENTENCE).text(wording.said[reading.FILE], scope),
        tuple(_Teller(Where.SENTENCE).blocks(wording.body, scope)),
        landscape=landscape,
        style=style,
        mark=mark,
        page_size=page_size,
        counted=head.get(reading.PAGES) == "共几页",
        dated=dated(wording, scope),
    )


def lacks(wording: PaperText, facts: PaperFacts) -> str:
    """Return why there is no such paper of these facts, '' where there is one."""
    scope = Scope(facts)
    for rule in wording.rules:
        if not is_so(rule.condition, scope, rule.line):
            return _Teller(Where.SENTENCE).text(rule.reason, scope)
    return ""


def dated(wording: PaperText, scope: Scope) -> str:
    """Return the day that a paper is of, as its head says it, '' where it does not."""
    return say_line(wording.said[reading.DATED], scope) if reading.DATED in wording.said else ""


def has_happened(wording: PaperText, facts: PaperFacts) -> bool:
    """Whether what a paper of these facts tells of has happened, as its text says."""
    rule = wording.happened
    return rule is None or is_so(rule.condition, Scope(facts), rule.line)


def say_line(inline: Inline, scope: Scope, where: Where = Where.SENTENCE) -> str:
    """Return one line of text, its fields said as in a sentence, or in a table or form."""
    return _Teller(where).text(inline, scope)


def is_so(condition: Condition, scope: Scope, line: int) -> bool:
    """Whether a condition holds of the facts."""
    return any(all(_answer(ask, scope, line) for ask in way) for way in condition)


def _answer(ask: Ask, scope: Scope, line: int) -> bool:
    facts, name = _found(ask.name, scope, line)
    tell = facts.tells[name]
    if isinstance(tell, Each):
        count = len(facts.items(name))
        return count > int(ask.words[0]) if ask.test == "多于" else bool(count) == (ask.test == "有")
    if not isinstance(tell, One):
        raise refused(line, f"“{ask.name}”不能用在条件里")
    value = facts.value(name)
    if ask.test in ("有", "没有"):
        return (absent(value) or value is False) == (ask.test == "没有")
    if ask.test == "多于":
        return isinstance(value, int | float) and value > int(ask.words[0])
    return (tell.field.show(value) in ask.words) == (ask.test == "是")


def _found(name: str, scope: Scope, line: int) -> tuple[PaperFacts, str]:
    found = scope.find(name)
    if found is None:
        raise refused(line, f"没有“{name}”这个栏目")
    return found


@dataclass(frozen=True)
class _Teller:
    """Tells the parts of a text that stand in the same kind of place."""

    where: Where

    def text(self, inline: Inline, scope: Scope) -> str:
        """Return the text with its fields; where one ends like a sentence, the mark behind it is enough."""
        return _STOPS.sub("", "".join(self._said(inline.pieces, scope, inline.line)))

    def _said(self, pieces: Iterable[Piece], scope: Scope, line: int) -> Iterator[str]:
        for piece in pieces:
            if isinstance(piece, str):
                yield piece
            elif isinstance(piece, Say):
                yield self._say(piece, scope, line)
            elif isinstance(piece, When):
                chosen = piece.then if is_so(piece.condition, scope, line) else piece.otherwise
                yield from self._said(chosen, scope, line)
            else:
                for inside in each_scope(piece, scope):
                    yield from self._said(piece.body, inside, line)

    def _say(self, piece: Say, scope: Scope, line: int) -> str:
        if piece.name == NEW_LINE:
            return "\n"
        facts, name = _found(piece.name, scope, line)
        tell = facts.tells[name]
        if not isinstance(tell, One):
            raise refused(line, f"“{piece.name}”不是一个可以直接写出的栏目")
        return say_fact(tell, facts.value(name), piece.formats, self.where)

    def blocks(self, nodes: Sequence[Node], scope: Scope) -> Iterator[Block]:
        for node in nodes:
            if isinstance(node, When):
                chosen = node.then if is_so(node.condition, scope, node.line) else node.otherwise
                yield from self.blocks(chosen, scope)
            elif isinstance(node, Loop):
                for inside in each_scope(node, scope):
                    yield from self.blocks(node.body, inside)
            elif isinstance(node, TableText):
                yield from _table(node, scope)
            elif node.mark == PUT:
                yield from _put(node, scope)
            else:
                yield from self._line(node, scope)

    def _line(self, line: MarkedLine, scope: Scope) -> Iterable[Block]:
        texts = [self.text(part, scope) for part in line.parts]
        if line.mark == BODY and not texts[0].strip():
            return []
        return MARKS[line.mark].made(texts, line.options, _head(scope))


def _head(scope: Scope) -> OfficialHead:
    number, red, sealed, letter = map(scope.find, (NUMBER, RED_MARK, WITH_SEAL, OF_LETTER))
    return OfficialHead(
        str(number[0].value(number[1])) if number else "",
        str(red[0].value(red[1])) if red else "",
        bool(sealed[0].value(sealed[1])) if sealed else True,
        bool(letter[0].value(letter[1])) if letter else False,
    )


def _put(line: MarkedLine, scope: Scope) -> Iterable[Block]:
    name = "".join(piece for piece in line.parts[0].pieces if isinstance(piece, str)).strip()
    facts, called = _found(name, scope, line.line)
    tell = facts.tells[called]
    if not isinstance(tell, Put):
        raise refused(line.line, f"“{name}”不是可以插入的图表")
    return tell.blocks()


def each_scope(loop: Loop[T], scope: Scope) -> Iterator[Scope]:
    """Give out the scope of each of the things that a loop names, with its place among them."""
    facts, called = _found(loop.name, scope, loop.line)
    tell = facts.tells[called]
    if not isinstance(tell, Each):
        raise refused(loop.line, f"“{loop.name}”没有多条，不能用“每条”")
    items = facts.items(called)
    lacking = (tell.like() for _ in range(loop.least - len(items)))
    for place, item in enumerate(chain(items, lacking), start=1):
        stop_if_unwanted()  # loops within loops can take long
        yield scope.inside(PaperFacts({PLACE: placed(place), **item.tells})).inside(item)


def placed(place: int) -> One:
    """Return the fact that counts the items of a loop."""
    return fact(PLACE, lambda: place, Kind.INTEGER)


# Tables


def _table(grid: TableText, scope: Scope) -> Iterator[Block]:
    lines = next((int(word[1:]) for word in grid.head.options if word.startswith("高")), 1)
    made = _form if grid.head.mark == FORM else _list
    table = made(grid, scope, lines)
    if table.rows:
        yield table


def _list(grid: TableText, scope: Scope, lines: int) -> Table:
    teller = _Teller(Where.CELL)
    told = [column_text(part) for part in grid.head.parts]
    columns = tuple(Column(teller.text(one.label, scope), one.width, one.align) for one in told)
    rows: list[TableRow] = []
    for mark, cells, line in _rows(grid.rows, scope, teller):
        if mark == BAND:
            rows.append((_band(cells[0], len(columns)), *[None] * (len(columns) - 1)))
        elif wrong := wrong_count(len(cells), len(columns)):
            raise refused(line, wrong)
        else:
            rows.append(tuple(cells))
    return Table(columns, tuple(rows), row_lines=lines)


def wrong_count(cells: int, columns: int) -> str:
    """Return what is wrong with a row of so many cells, '' where it fits its table."""
    return "" if cells == columns else f"这一行有{cells}格，表格有{columns}列，各格用“{BAR}”分开"


def _form(grid: TableText, scope: Scope, lines: int) -> Table:
    """Labels and values side by side; the last value of a row fills what is left of it."""
    widths = [width_text(part) for part in grid.head.parts]
    told = [(mark, cells) for mark, cells, _ in _rows(grid.rows, scope, _Teller(Where.FORM))]
    most = max((ceil_half(len(cells)) for mark, cells in told if mark != BAND), default=1)
    columns = tuple(Column("", width, "left") for _ in range(most) for width in widths)
    rows = [_form_row(mark, cells, 2 * most) for mark, cells in told]
    return Table(columns, tuple(rows), row_lines=lines)


def ceil_half(count: int) -> int:
    """Return how many pairs so many cells are."""
    return (count + 1) // 2


def _form_row(mark: str, told: Sequence[Cell], width: int) -> TableRow:
    if mark == BAND:
        return (_band(told[0], width), *[None] * (width - 1))
    cells: list[Cell | None] = []
    for at, cell in enumerate(told):
        label = at % 2 == 0
        align = cell.align or ("center" if label else None)
        left = width - len(told) if at == len(told) - 1 else 0
        cells += [replace(cell, align=align, bold=label, colspan=1 + left), *[None] * left]
    return tuple(cells)


def _rows(nodes: Sequence[Node], scope: Scope, teller: _Teller) -> Iterator[tuple[str, list[Cell], int]]:
    for node in nodes:
        if isinstance(node, When):
            chosen = node.then if is_so(node.condition, scope, node.line) else node.otherwise
            yield from _rows(chosen, scope, teller)
        elif isinstance(node, Loop):
            for inside in each_scope(node, scope):
                yield from _rows(node.body, inside, teller)
        elif isinstance(node, MarkedLine):
            yield node.mark, [_cell(part, scope, teller) for part in node.parts], node.line


def _band(cell: Cell, width: int) -> Cell:
    return replace(cell, colspan=width, align="center", bold=True, fill="grey")


def _cell(part: Inline, scope: Scope, teller: _Teller) -> Cell:
    words, align = words_of_cell(part)
    return Cell(teller.text(words, scope), align=align)
