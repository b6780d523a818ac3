"""How people fill a sheet of their own: boxes ticked, 同上, names padded with blanks, sums without a unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hazard_desk.grid.cells import CellContent, cell_text, half_width
from hazard_desk.library.headings import kind_of
from hazard_desk.rules.fields import Field, Kind, clean

_CHECKED, _OPEN = "☑☒✔✓√■●▣", "□☐○◯"
_BRACKETED = re.compile(r"[（(\[【]\s*([√✓✔]?)\s*[）)\]】]")
_PADDED = re.compile(r"([\u4e00-\u9fff])\s+([\u4e00-\u9fff])")
_DITTO = re.compile(r"同上(?:行|格)?|[〃″〞\"”]|''|″″")
_MUCH = 100
"""So many 万元 and more, without a unit anywhere, may as well be 元."""


def ticked(text: str) -> list[str] | None:
    """Return what is ticked in a cell of several boxes (☑一般 □重大, 一般√ 重大□); None where it has none."""
    text = _BRACKETED.sub(lambda match: "☑" if match[1] else "□", clean(text))
    marks = f"[{_CHECKED}{_OPEN}]"
    if len(re.findall(marks, text)) < (1 if text[:1] in _OPEN else 2):
        return None
    if text[0] in _CHECKED + _OPEN:
        return [said.strip() for said in re.findall(f"[{_CHECKED}]([^{_CHECKED}{_OPEN}]+)", text)]
    if text[-1] in _CHECKED + _OPEN:
        return [said.strip() for said in re.findall(f"([^{_CHECKED}{_OPEN}]+)[{_CHECKED}]", text)]
    return None


def with_dittos(rows: Sequence[tuple[int, list[CellContent]]]) -> list[tuple[int, list[CellContent]]]:
    """Return the rows with what stands above wherever 同上 or 〃 stands."""
    found: list[tuple[int, list[CellContent]]] = []
    for line, cells in rows:
        above = found[-1][1] if found else []
        told = [above[at] if _says_ditto(cell) and at < len(above) else cell for at, cell in enumerate(cells)]
        found.append((line, told))
    return found


def _says_ditto(cell: CellContent) -> bool:
    return isinstance(cell, str) and len(cell) < 6 and _DITTO.fullmatch(cell.strip()) is not None


def unpadded(field: Field, cell: CellContent) -> CellContent:
    """Return a cell of names as they are called: 贺　东 is 贺东. A blank parts names of more characters."""
    if not isinstance(cell, str) or (field.kind is not Kind.NAMES and kind_of(field) != "person"):
        return cell
    parts = re.split(r"([、，,；;\r\n])", cell)
    return "".join(_PADDED.sub(r"\1\2", part) if _PADDED.fullmatch(part.strip()) else part for part in parts)


def unit_untold(field: Field, cell: CellContent, unit: str) -> str:
    """Return the sentence on a sum that may be 元 or 万元: a large one, and no unit in cell or heading."""
    if field.unit != "万元" or unit:
        return ""
    text = half_width(cell_text(cell)).replace(",", "")
    if not re.fullmatch(r"\d+(?:\.\d+)?", text) or float(text) < _MUCH:
        return ""
    return f"“{field.label}”写的是{text}，没有写明是元还是万元，请写上单位"
