"""A blank .xlsx: its sheets read with every cell in its place, and written cell by cell.

Text goes in as inline strings, so that the list of shared strings stays; a cell keeps its style. What a
formula gave before is taken out where cells were filled: a spreadsheet program then reckons it anew.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import CellContent
from hazard_desk.grid.grid import Grid, Merge, Place, column_lettered, letters_of
from hazard_desk.rules.fields import clean
from hazard_desk.sheets.filling.blank import BlankTable, Parts, Written
from hazard_desk.sheets.filling.marked import Edits, Node, escaped_text, read_marked

_MOST_ROWS, _MOST_COLUMNS = 5_000, 300
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TYPE = re.compile(r"""\st\s*=\s*("[^"]*"|'[^']*')""")
_DAY_FORMATS = {*range(14, 23), *range(27, 37), *range(50, 59)}
_SHARE_FORMATS = {9, 10}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAY_CODE = re.compile(r"y|d|年|月|日", re.IGNORECASE)
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)


class Workbook:
    """An .xlsx as a form."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        book = read_marked(parts.content["xl/workbook.xml"])
        properties = book.one("workbookPr")
        self._since = _FIRST_DAY
        if properties and properties.says("date1904") in ("1", "true"):
            self._since = _FIRST_DAY_1904
        styles = _Styles(parts.content.get("xl/styles.xml"))
        texts = _shared_texts(parts.content.get("xl/sharedStrings.xml"))
        self._sheets = [
            _Sheet(name, title, parts.content[name], texts, styles) for title, name in _visible(parts, book)
        ]
        self.tables = [sheet.table for sheet in self._sheets]

    def written(
        self, cells: Mapping[tuple[int, Place], Written], like: Mapping[tuple[int, int], int]
    ) -> bytes:
        """Return the file with these cells filled. ``like`` tells of rows to be added which one they copy."""
        changed: dict[str, bytes] = {}
        for number, sheet in enumerate(self._sheets):
            own = {place: value for (table, place), value in cells.items() if table == number}
            copied = {row: whose for (table, row), whose in like.items() if table == number}
            if (content := sheet.written(own, copied, self._since)) != self._parts.content[sheet.part]:
                changed[sheet.part] = content
        return self._parts.packed(changed)


@dataclass(frozen=True)
class _Cell:
    node: Node
    value: CellContent
    formula: bool
    style: int


class _Sheet:
    """One visible sheet."""

    def __init__(self, part: str, title: str, content: bytes, texts: list[str], styles: _Styles) -> None:
        self.part, self._content, self._styles = part, content, styles
        self._root = read_marked(content)
        self._data = self._root.one("sheetData") or Node("", {}, 0, 0)
        self._rows: dict[int, Node] = {}
        self._cells: dict[Place, _Cell] = {}
        for row, column, node in _placed(self._data, self._rows):
            self._cells[row, column] = _read_cell(node, texts)
        self._columns = _column_styles(self._root)
        self.table = self._table(title)

    def _table(self, title: str) -> BlankTable:
        merges = [*_merges(self._root)]
        told = [place for place, cell in self._cells.items() if cell.formula or _says(cell.value)]
        height = 1 + max([row for row, _ in self._cells], default=-1)
        width = 1 + max((place[1] for place in self._cells), default=-1)
        rows = [[self._value((row, column)) for column in range(width)] for row in range(height)]
        grid = Grid(title, rows, merges)
        free = {
            (row, column)
            for row in range(height)
            for column in range(width)
            if grid.origin(row, column) == (row, column)
        } - set(told)
        return BlankTable(
            grid,
            frozenset(free),
            formulas=frozenset(place for place, cell in self._cells.items() if cell.formula),
            percents=frozenset(place for place in free if self._styles.is_share(self._style(place))),
        )

    def _value(self, place: Place) -> CellContent:
        cell = self._cells.get(place)
        if cell is None:
            return ""
        return "=" if cell.formula else cell.value

    def _style(self, place: Place) -> int:
        if cell := self._cells.get(place):
            return cell.style
        row = self._rows.get(place[0])
        if row and row.says("customFormat") in ("1", "true"):
            return int(row.says("s", "0"))
        return self._columns.get(place[1], 0)

    def written(self, values: Mapping[Place, Written], like: Mapping[int, int], since: date) -> bytes:
        """Return the part with these cells filled."""
        if not values:
            return self._content
        edits = Edits(self._content)
        self._empty_results(edits)
        added: dict[int, list[tuple[int, str]]] = {}
        for place, value in sorted(values.items()):
            cell = self._cells.get(place)
            style = self._style((like.get(place[0], place[0]), place[1]))
            if cell is None:
                made = f"{letters_of(place[1])}{place[0] + 1}"
                prefix = self._data.prefix
                tag = f'<{prefix}c r="{made}"' + (f' s="{style}"' if style else "") + ">"
                added.setdefault(place[0], []).append(
                    (place[1], self._cell(tag, prefix, style, value, since))
                )
            else:
                tag = _TYPE.sub("", edits.opened(cell.node), count=1)
                text = self._cell(tag, cell.node.prefix, style, value, since)
                edits.put(cell.node.start, cell.node.end, text)
        self._add(edits, added, like)
        if like:
            self._widen(edits, max(like))
        return edits.done()

    def _cell(self, tag: str, prefix: str, style: int, value: Written, since: date) -> str:
        """An element for a value: a day is a number where the style shows days."""
        close = f"</{prefix}c>"
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            if self._styles.is_day(style) and day > _FIRST_DAY_1904:
                return f"{tag}<{prefix}v>{(day - since).days}</{prefix}v>{close}"
            value = day.isoformat()
        if isinstance(value, str):
            text = escaped_text(clean(value, keep_lines=True))
            opened = f'{tag[:-1]} t="inlineStr">'
            space = ' xml:space="preserve"'
            return f"{opened}<{prefix}is><{prefix}t{space}>{text}</{prefix}t></{prefix}is>{close}"
        return f"{tag}<{prefix}v>{value!r}</{prefix}v>{close}"

    def _empty_results(self, edits: Edits) -> None:
        for cell in self._cells.values():
            result = cell.node.one("v")
            if cell.formula and result and result.text:
                edits.put(result.start, result.end, "")

    def _add(self, edits: Edits, added: Mapping[int, list[tuple[int, str]]], like: Mapping[int, int]) -> None:
        """Put in cells that the file does not have, and the rows that it does not have."""
        behind = []
        for row, cells in sorted(added.items()):
            node = self._rows.get(row)
            if node is None:
                behind.append((row, self._new_row(row, cells, like.get(row))))
            elif node.is_closed_at_once:
                text = "".join(text for _, text in cells)
                edits.put(node.start, node.end, f"{edits.opened(node)}{text}</{node.written}>")
            else:
                there = sorted(
                    (column, cell.node.start) for (at, column), cell in self._cells.items() if at == row
                )
                for column, text in cells:
                    at = next((start for other, start in there if other > column), node.within_end)
                    edits.put(at, at, text)
        whole = "".join(text for _, text in behind)
        if self._data.is_closed_at_once and whole:
            edits.put(
                self._data.start, self._data.end, f"{edits.opened(self._data)}{whole}</{self._data.written}>"
            )
        elif not self._data.is_closed_at_once:
            for row, text in behind:
                after = [node.start for at, node in sorted(self._rows.items()) if at > row]
                at = after[0] if after else self._data.within_end
                edits.put(at, at, text)

    def _new_row(self, row: int, cells: Iterable[tuple[int, str]], like: int | None) -> str:
        """A row that the file does not have; one added below a list looks as the row above it."""
        prefix, told = self._data.prefix, dict(cells)
        attributes = ""
        model = self._rows.get(like) if like is not None else None
        if model is not None:
            kept = {key: text for key, text in model.attributes.items() if key not in ("r", "spans")}
            attributes = "".join(f' {key}="{escaped_text(text)}"' for key, text in kept.items())
            for (at, column), cell in self._cells.items():
                if at == like and cell.style:
                    empty = f'<{prefix}c r="{letters_of(column)}{row + 1}" s="{cell.style}"/>'
                    told.setdefault(column, empty)
        inner = "".join(text for _, text in sorted(told.items()))
        return f'<{prefix}row r="{row + 1}"{attributes}>{inner}</{prefix}row>'

    def _widen(self, edits: Edits, last: int) -> None:
        """Tell the sheet's extent anew where rows were added."""
        node = self._root.one("dimension")
        end = _REFERENCE.fullmatch(node.says("ref").rpartition(":")[2]) if node else None
        if node and end and int(end[2]) < last + 1:
            first = node.says("ref").partition(":")[0]
            tag = edits.of(node).replace(node.says("ref"), f"{first}:{end[1]}{last + 1}")
            edits.put(node.start, node.end, tag)


class _Styles:
    """Which styles show days, and which shares."""

    def __init__(self, content: bytes | None) -> None:
        self._formats: list[int] = []
        self._codes: dict[int, str] = {}
        if content is None:
            return
        root = read_marked(content)
        for one in _within(root.one("numFmts"), "numFmt"):
            self._codes[int(one.says("numFmtId", "0"))] = one.says("formatCode")
        self._formats = [int(one.says("numFmtId", "0")) for one in _within(root.one("cellXfs"), "xf")]

    @cached_property
    def _days(self) -> frozenset[int]:
        told = {number for number, code in self._codes.items() if _DAY_CODE.search(_QUOTED.sub(_kept, code))}
        return frozenset(told | _DAY_FORMATS)

    def is_day(self, style: int) -> bool:
        return style < len(self._formats) and self._formats[style] in self._days

    def is_share(self, style: int) -> bool:
        number = self._formats[style] if style < len(self._formats) else 0
        return number in _SHARE_FORMATS or "%" in self._codes.get(number, "")


def _kept(quoted: re.Match[str]) -> str:
    """Of what is quoted in a number's format only 年 and the like tell of days."""
    return "".join(char for char in quoted[0] if char in "年月日") if quoted[0][0] == '"' else ""


def _within(node: Node | None, name: str) -> list[Node]:
    return list(node.all(name)) if node else []


def _visible(parts: Parts, book: Node) -> list[tuple[str, str]]:
    """Title and part of the sheets that can be seen, in order."""
    links = read_marked(parts.content["xl/_rels/workbook.xml.rels"])
    targets = {link.says("Id"): link.says("Target") for link in links.all("Relationship")}
    found = []
    for sheet in _within(book.one("sheets"), "sheet"):
        target = targets.get(sheet.says("id"), "")
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if sheet.says("state", "visible") == "visible" and "worksheets" in part and part in parts.content:
            found.append((sheet.says("name"), part))
    return found


def _shared_texts(content: bytes | None) -> list[str]:
    if content is None:
        return []
    return [_text(one) for one in read_marked(content).all("si")]


def _text(node: Node) -> str:
    """The text of a string, without how it is read aloud."""
    found = []
    for child in node.children:
        if child.name == "t":
            found.append(child.text)
        elif child.name == "r":
            found.append(_text(child))
    return "".join(found)


def _placed(data: Node, rows: dict[int, Node]) -> Iterable[tuple[int, int, Node]]:
    """Yield row, column and element of every cell, and note the rows."""
    row = -1
    for line in data.all("row"):
        row = int(line.says("r", str(row + 2))) - 1
        if row >= _MOST_ROWS:
            return
        rows[row] = line
        column = -1
        for cell in line.all("c"):
            match = _REFERENCE.fullmatch(cell.says("r"))
            column = column_lettered(match[1]) if match else column + 1
            if column < _MOST_COLUMNS:
                yield row, column, cell


def _read_cell(node: Node, texts: list[str]) -> _Cell:
    kind, result = node.says("t", "n"), node.one("v")
    said = result.text if result else ""
    value: CellContent = said
    if kind == "s" and said:
        value = texts[int(said)] if int(said) < len(texts) else ""
    elif kind == "inlineStr":
        within = node.one("is")
        value = _text(within) if within else ""
    elif kind == "b" and said:
        value = said == "1"
    elif kind == "n" and said:
        try:
            value = float(said)
        except ValueError:
            raise Refused("里有读不出的数字，请用WPS打开后另存一份再试") from None
    return _Cell(node, value, node.one("f") is not None, int(node.says("s", "0")))


def _says(value: CellContent) -> bool:
    """Whether a cell says anything at all: a dash or a stroke says that nothing is to be filled in."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _column_styles(root: Node) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in _within(root.one("cols"), "col"):
        first, last = int(one.says("min", "1")) - 1, int(one.says("max", "1"))
        if style := int(one.says("style", "0")):
            found.update(dict.fromkeys(range(first, min(last, _MOST_COLUMNS)), style))
    return found


def _merges(root: Node) -> Iterable[Merge]:
    for one in _within(root.one("mergeCells"), "mergeCell"):
        first, _, last = one.says("ref").partition(":")
        begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if begin and end:
            yield int(begin[2]) - 1, column_lettered(begin[1]), int(end[2]) - 1, column_lettered(end[1])
