"""Draws a chart: bars with their values, names beside or below them, a key where there are several series."""

from __future__ import annotations

from hazard_desk.papers.lines import BrokenLine, break_lines, printable
from hazard_desk.papers.model import Chart, ChartSeries
from hazard_desk.papers.pdf.pen import Colour, Pen, colour_of
from hazard_desk.papers.pdf.typeset import Draw, Strip, Typesetter, gap, overlaid

COLOURS: tuple[Colour, ...] = tuple(map(colour_of, ("2F5C8A", "E08E45", "8FA9C4", "7A7A7A", "C9B458")))
"""Of the series, in this order; they differ in grey too."""

_SIZE = 10.5
_TALL = 150.0
"""The height of the highest column, in points."""
_WIDEST_BAR = 26.0
_MOST_LINES = 4
"""Lines of a label below columns."""
_BAR_PART = 0.7
"""The part of a label's place that its bars fill."""
_NAMES_PART = 0.4
"""The most of the width that the names beside bars take."""


def chart_strips(block: Chart, setter: Typesetter) -> list[Strip]:
    """Return the chart as strips that stay together: title, key, bars.

    Columns too narrow for their labels are drawn as bars.
    """
    draw = _columns if block.kind == "columns" and _labels_fit(block, setter) else _bars
    strips = [*_title(block, setter), *_key(block, setter), draw(block, setter)]
    return [gap(_SIZE / 2, keep=True), *strips, gap(_SIZE / 2)]


def written(value: float) -> str:
    """Return a value as it is written at its bar: whole, or with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _title(block: Chart, setter: Typesetter) -> list[Strip]:
    layout, size = setter.layout, setter.layout.table_sizes[0]
    lines = break_lines(printable(block.title), setter.measure("黑体", size), layout.width)
    return [
        Strip(
            size * 1.5,
            setter.draw(layout.left + (layout.width - line.width) / 2, size * 0.75, line.text, "黑体", size),
            keep=True,
        )
        for line in lines
    ]


def _key(block: Chart, setter: Typesetter) -> list[Strip]:
    """The names of several series, each after a square of its colour; below each other where long."""
    if len(block.series) < 2:
        return []
    layout = setter.layout
    names = [printable(series.name).replace("\n", "") for series in block.series]
    widths = [setter.width(name, "仿宋", _SIZE) + 3 * _SIZE for name in names]
    entries = list(zip(names, widths, _colours(block), strict=True))
    rows = [entries] if sum(widths) <= layout.width else [[entry] for entry in entries]
    return [_key_row(row, setter) for row in rows]


def _key_row(row: list[tuple[str, float, Colour]], setter: Typesetter) -> Strip:
    layout = setter.layout
    x = layout.left + max(layout.width - sum(width for _, width, _ in row), 0) / 2
    draws: list[Draw] = []
    for name, width, colour in row:
        size = _fit(name, layout.width - 3 * _SIZE, setter)
        draws.append(_bar((x, 1.2 * _SIZE, 0.85 * _SIZE, 0.85 * _SIZE), colour))
        draws.append(setter.draw(x + 1.2 * _SIZE, _SIZE * 0.75, name, "仿宋", size))
        x += width
    return overlaid(_SIZE * 1.7, draws, keep=True)


def _fit(text: str, room: float, setter: Typesetter, size: float = _SIZE) -> float:
    """The size of type, at most ``size``, at which ``text`` takes no more than ``room``."""
    return size * min(1, room / max(setter.width(text, "仿宋", size), 1))


def _colours(block: Chart) -> list[Colour]:
    return [COLOURS[at % len(COLOURS)] for at in range(len(block.series))]


def _highest(block: Chart) -> float:
    return max((value for series in block.series for value in series.values), default=0) or 1


def _labels(block: Chart, setter: Typesetter) -> list[list[BrokenLine]]:
    """The lines of each label below its columns."""
    room = max(setter.layout.width / max(len(block.labels), 1) - 2, 1)
    measure = setter.measure("仿宋", _SIZE)
    return [break_lines(printable(label), measure, room, half_ends=True) for label in block.labels]


def _labels_fit(block: Chart, setter: Typesetter) -> bool:
    room = setter.layout.width / max(len(block.labels), 1)
    lines = max((len(lines) for lines in _labels(block, setter)), default=0)
    return room >= 2 * _SIZE and lines <= _MOST_LINES


def _columns(block: Chart, setter: Typesetter) -> Strip:
    """Columns on a line, their values above them and their labels below."""
    layout = setter.layout
    place = layout.width / max(len(block.labels), 1)
    bar = min(place * _BAR_PART / max(len(block.series), 1), _WIDEST_BAR)
    above, pitch = 1.4 * _SIZE, 1.2 * _SIZE
    labels = _labels(block, setter)
    draws: list[Draw] = []
    for at, lines in enumerate(labels):
        middle = layout.left + place * (at + 0.5)
        draws += _group(block, at, middle - bar * len(block.series) / 2, bar, setter)
        for number, line in enumerate(lines):
            down = above + _TALL + pitch * (number + 0.7)
            draws.append(setter.draw(middle - line.width / 2, down, line.text, "仿宋", _SIZE))

    def base(pen: Pen, top: float) -> None:
        y = top - above - _TALL
        pen.rules([(layout.left, y, layout.left + layout.width, y)], 0.75)

    most = max(map(len, labels), default=1)
    return overlaid(above + _TALL + pitch * (most + 0.4), [*draws, base])


def _group(block: Chart, at: int, left: float, bar: float, setter: Typesetter) -> list[Draw]:
    """The columns of one label."""
    draws: list[Draw] = []
    above, highest = 1.4 * _SIZE, _highest(block)
    for number, (series, colour) in enumerate(zip(block.series, _colours(block), strict=True)):
        x, tall = left + bar * number, _TALL * max(series.values[at], 0) / highest
        draws.append(_bar((x + bar * 0.05, above + _TALL, bar * 0.9, tall), colour))
        draws.append(_value(series, at, (x + bar / 2, above + _TALL - tall - 0.6 * _SIZE), bar, setter))
    return draws


def _value(series: ChartSeries, at: int, place: tuple[float, float], room: float, setter: Typesetter) -> Draw:
    """A value with its middle at ``place``, smaller where its bar is narrow."""
    text = written(series.values[at])
    size = _fit(text, 1.15 * room, setter)
    return setter.draw(place[0] - setter.width(text, "仿宋", size) / 2, place[1], text, "仿宋", size)


def _bar(place: tuple[float, float, float, float], colour: Colour) -> Draw:
    """A bar from x and how far down its foot is, of a width and a height."""
    x, down, width, height = place
    return lambda pen, top: pen.fill((x, top - down, width, height), colour)


def _bars(block: Chart, setter: Typesetter) -> Strip:
    """Bars from a line to the right, one label below the other; all on one page."""
    layout = setter.layout
    rows = max(len(block.labels), 1) * max(len(block.series), 1)
    bar = min(_SIZE * 1.5, (layout.height - 8 * _SIZE) / rows / 1.25)
    size = min(_SIZE, bar)
    labels = [printable(label).replace("\n", "") for label in block.labels]
    longest = max((setter.width(label, "仿宋", size) for label in labels), default=0)
    names = min(longest, layout.width * _NAMES_PART)
    start, room = layout.left + names + size, layout.width - names - 5 * size
    step = bar * max(len(block.series), 1) * 1.25
    draws: list[Draw] = []
    for at, label in enumerate(labels):
        fit = _fit(label, names, setter, size)
        x = layout.left + names - setter.width(label, "仿宋", fit)
        draws.append(setter.draw(x, step * (at + 0.5), label, "仿宋", fit))
        for number, (series, colour) in enumerate(zip(block.series, _colours(block), strict=True)):
            down = step * (at + 0.1) + bar * number
            wide = room * max(series.values[at], 0) / _highest(block)
            draws.append(_bar((start, down + bar * 0.95, wide, bar * 0.9), colour))
            x = start + wide + 0.4 * size
            draws.append(setter.draw(x, down + bar / 2, written(series.values[at]), "仿宋", size))

    def base(pen: Pen, top: float) -> None:
        pen.rules([(start, top, start, top - step * len(labels))], 0.75)

    return overlaid(step * len(labels), [*draws, base])
