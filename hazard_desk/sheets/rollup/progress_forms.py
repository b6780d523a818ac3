"""Progress forms (调度表) of many sub-units, added up item by item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import Broken, CellContent, cell_text, half_width
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import normal
from hazard_desk.library.progress_forms import OF_WHICH, Item, ProgressForm
from hazard_desk.rules.fields import show_number
from hazard_desk.sheets.book import Written
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.sheets.reading.file import read_file
from hazard_desk.sheets.rollup.summing import (
    Mention,
    Sent,
    SheetRollup,
    SubUnit,
    SummedRow,
    gather,
    not_reported,
    tell_apart,
)

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FOUND = 3
"""Items that must be found for a sheet to be the form."""
_VALUE = 2
"""The column of the value in the table of a source."""
Values = dict[str, list[float]]
"""The numbers of each item by its id, in the order of its parts."""


def roll_up_form(
    form: ProgressForm, files: Sequence[Path], units: Sequence[str], progress: TellProgress
) -> SheetRollup:
    """Return the sum of a form over all files, with the figures that cannot be right.

    What is no number stands in the column of its sender as written. Raises ``Refused`` when no file is this
    form.
    """
    sources, unread = gather(files, units, partial(_read, form), progress)
    missing, twice = not_reported(units, sources), tell_apart(sources)
    heads = ["序号", "项目", "合计", *(one.unit for one in sources)]
    rows: list[SummedRow] = []
    for at, (number, item) in enumerate(form.items()):
        parts = [part for one in sources if (part := one.values.get(number))]
        whole = [sum(column) for column in zip(*parts, strict=True)]
        rows.append([number, item.label, _written(item, whole or None)])
        rows[-1] += [one.tables[0].rows[at][_VALUE] for one in sources]
    widths = [5.0, 26.0, 14.0, *[12.0] * len(sources)]
    title = form.short or form.title
    return SheetRollup(title, sources, missing, unread, heads, widths, rows, twice=twice)


def _read(form: ProgressForm, file: Path) -> list[SubUnit]:
    """Return what each sheet of a file says that is the form: one for the office, one for its sector."""
    grids = [grid for grid in read_file(file) if not grid.hidden]
    filled = [(grid, _Filled(form, grid)) for grid in grids]
    filled = [(grid, one) for grid, one in filled if len(one.said) >= min(_FOUND, len(list(form.items())))]
    if not filled:
        raise Refused(f"“{file.name}”里没有找到“{form.short or form.title}”的项目，请检查是否选错了文件")
    return [one.source(file, _unit(form, grid) or file.stem) for grid, one in filled]


class _Filled:
    """A form as somebody filled it in."""

    def __init__(self, form: ProgressForm, grid: Grid) -> None:
        self.form, self.grid = form, grid
        self.values: Values = {}
        self.said: dict[str, CellContent] = {}
        """What stands beside each item that is found."""
        self.doubts: list[Mention] = []
        wanted = {normal(item.label): (number, item) for number, item in form.items()}
        self._labels = set(wanted)
        for row, cells in enumerate(grid.rows):
            for place, cell in enumerate(cells):
                hit = wanted.get(normal(cell)) if isinstance(cell, str) and cell else None
                if hit is not None and hit[0] not in self.said:
                    self._take(row, *hit, cells[place + 1 :])

    def _take(self, row: int, number: str, item: Item, beside: Sequence[CellContent]) -> None:
        """Read what stands beside an item; what is no number is told, and what stands behind it."""
        own = list(takewhile(lambda one: normal(_text(one)) not in self._labels, beside))
        told = [one for one in own if one not in ("", None)]
        if len(own) < len(beside) and len(told) > 1:
            told.pop()  # the running number of the item to the right
        said = self.said[number] = told[0] if told else ""
        called = f"第{number}项“{item.label}”"
        read = _numbers(item, said)
        if read is None:
            written = _text(said)
            reason = f"{called}填的是“{written}”，看不出数字，没有计入合计，已照录"
            self.doubts.append(Mention(reason, self.grid.title, row + 1, item.label, written, True))
        else:
            self.values[number] = read
        if more := [text for one in told[1:] if (text := _text(one))]:
            reason = f"{called}后面还写有：{'；'.join(more)}"
            self.doubts.append(Mention(reason, self.grid.title, row + 1, item.label, more[0]))

    def source(self, file: Path, unit: str) -> SubUnit:
        """Return what was sent, with every item of the form."""
        rows: list[SummedRow] = [
            [number, item.label, self._shown(number, item)] for number, item in self.form.items()
        ]
        absent = [f"第{number}项" for number, _ in self.form.items() if number not in self.said]
        if absent:
            self.doubts.append(Mention(f"表上没有{'、'.join(absent)}", self.grid.title))
        self.doubts += [Mention(said, self.grid.title) for said in _impossible(self.form, self.values)]
        sums = {number: sum(part) for number, part in self.values.items()}
        sent = Sent(self.grid.title, ["序号", "项目", "数值"], [5.0, 40.0, 20.0], rows)
        return SubUnit(file, unit, [sent], sums, self.doubts, values=self.values)

    def _shown(self, number: str, item: Item) -> Written:
        values = self.values.get(number)
        return _written(item, values) if values else _text(self.said.get(number, "")) or None


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


def _written(item: Item, numbers: list[float] | None) -> Written:
    """A value as the form writes it: a number, or its parts in their pattern."""
    if numbers is None:
        return None
    rounded = [round(one, 4) for one in numbers]
    if not item.parts:
        return int(rounded[0]) if rounded[0].is_integer() else rounded[0]
    return item.in_words(dict(zip(item.parts, map(show_number, rounded), strict=True)))


def _unit(form: ProgressForm, grid: Grid) -> str:
    """Who filled the form in, from the line under its title."""
    before, _, after = form.unit_line.partition("{unit}")
    tail = re.split(r"[\s　{]", after.strip("　 "))[0]
    for row in grid.rows[:6]:
        for cell in row:
            if isinstance(cell, str) and tail and tail in cell:
                return cell.partition(tail)[0].removeprefix(before.strip()).strip("　 ：:（(")
    return ""
