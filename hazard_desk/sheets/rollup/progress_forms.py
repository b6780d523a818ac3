"""Progress forms (调度表) of many sub-units, added up item by item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import Broken, CellContent, cell_text, half_width
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import normal
from hazard_desk.library.progress_forms import OF_WHICH, Item, ProgressForm
from hazard_desk.rules.fields import show_number
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.sheets.reading.file import read_file
from hazard_desk.sheets.rollup.summing import SheetRollup, SubUnit, SummedRow, gather, not_reported

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FOUND = 3
"""Items that must be found for a sheet to be the form."""
Values = dict[str, list[float]]
"""The numbers of each item by its id, in the order of its parts."""


def roll_up_form(
    form: ProgressForm, files: Sequence[Path], units: Sequence[str], progress: TellProgress
) -> SheetRollup:
    """Return the sum of a form over all files, with the figures that cannot be right.

    Raises ``Refused`` when no file is this form.
    """
    sources, unread = gather(files, partial(_read, form), progress)
    heads = ["序号", "项目", "合计", *(one.unit for one in sources)]
    rows: list[SummedRow] = []
    for number, item in form.items():
        parts = [one.values.get(number) for one in sources]
        whole = [sum(column) for column in zip(*(part for part in parts if part), strict=True)]
        shown = [_written(item, part) for part in (whole or None, *parts)]
        rows.append([number, item.label, *shown])
    widths = [5.0, 26.0, 14.0, *[12.0] * len(sources)]
    missing = not_reported(units, sources)
    return SheetRollup(form.short or form.title, sources, missing, unread, heads, widths, rows)


def _read(form: ProgressForm, file: Path) -> SubUnit:
    grids = [grid for grid in read_file(file) if not grid.hidden]
    found = [(grid, _values(form, grid)) for grid in grids]
    grid, (values, doubts) = max(found, key=lambda pair: len(pair[1][0]), default=(None, ({}, [])))
    if grid is None or len(values) < min(_FOUND, len(list(form.items()))):
        raise Refused(f"“{file.name}”里没有找到“{form.short or form.title}”的项目，请检查是否选错了文件")
    doubts += _impossible(form, values)
    rows = [[number, item.label, _written(item, values.get(number))] for number, item in form.items()]
    sums = {number: sum(part) for number, part in values.items()}
    heads, widths = ["序号", "项目", "数值"], [5.0, 40.0, 20.0]
    unit = _unit(form, grid) or file.stem
    return SubUnit(file, unit, heads, widths, rows, sums, doubts, values=values)


def _values(form: ProgressForm, grid: Grid) -> tuple[Values, list[str]]:
    """Return the numbers of each item, found by its label, and what could not be read."""
    wanted = {normal(item.label): (number, item) for number, item in form.items()}
    values: Values = {}
    doubts: list[str] = []
    for row in grid.rows:
        for place, cell in enumerate(row):
            hit = wanted.get(normal(cell)) if isinstance(cell, str) and cell else None
            if hit is None or hit[0] in values:
                continue
            number, item = hit
            said = next((one for one in row[place + 1 :] if one not in ("", None)), "")
            read = _numbers(item, said)
            if read is None:
                doubts.append(f"第{number}项“{item.label}”填的是“{_text(said)}”，看不出数字")
            values[number] = read or [0.0] * len(item.indicators)
    return values, doubts


def _numbers(item: Item, said: CellContent) -> list[float] | None:
    """Return the numbers that a cell says, one for each part; yes counts one, nothing counts none."""
    if isinstance(said, Broken):
        return None
    text = half_width(_text(said)).replace(",", "")
    if text in ("", "/", "-", "无", "否"):
        return [0.0] * len(item.indicators)
    if text in ("是", "√", "有"):
        return [1.0]
    found = [float(one) for one in _NUMBER.findall(text)]
    return found if len(found) == len(item.indicators) else None


def _text(said: CellContent) -> str:
    return said.reason if isinstance(said, Broken) else cell_text(said)


def _impossible(form: ProgressForm, values: Values) -> list[str]:
    """Return what cannot be: below nothing, a part beyond its whole, more finished than found."""
    items = dict(form.items())
    found = []
    for number, numbers in values.items():
        item = items[number]
        called = f"第{number}项“{item.label}”"
        if any(one < 0 for one in numbers):
            found.append(f"{called}是负数")
        names = list(item.indicators)
        for name, one in zip(names[1:], numbers[1:], strict=True):
            if name.startswith(OF_WHICH) and one > numbers[0]:
                found.append(f"{called}的“{name}”{one:g}大于总数{numbers[0]:g}")
        whole = values.get(item.within, []) if item.within else []
        if whole and numbers[0] > whole[0]:
            label = items[item.within].label
            found.append(f"{called}为{numbers[0]:g}，大于第{item.within}项“{label}”的{whole[0]:g}")
    return found


def _written(item: Item, numbers: list[float] | None) -> str | int | float | None:
    """A value as the form writes it: a number, or its parts in their pattern."""
    if numbers is None:
        return None
    rounded = [round(one, 4) for one in numbers]
    if not item.parts:
        return int(rounded[0]) if rounded[0].is_integer() else rounded[0]
    text = item.shown
    for name, one in zip(item.parts, rounded, strict=True):
        text = text.replace(f"{{{name}}}", show_number(one))
    return text


def _unit(form: ProgressForm, grid: Grid) -> str:
    """Who filled the form in, from the line under its title."""
    before, _, after = form.unit_line.partition("{unit}")
    tail = re.split(r"[\s　{]", after.strip("　 "))[0]
    for row in grid.rows[:6]:
        for cell in row:
            if isinstance(cell, str) and tail and tail in cell:
                return cell.partition(tail)[0].removeprefix(before.strip()).strip("　 ：:（(")
    return ""
