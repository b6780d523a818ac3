"""Figures of a span as bulletins and summaries show them: tables and a chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.figures.rates import HazardProgress, YearStock, percent
from hazard_desk.figures.summary import Summary
from hazard_desk.papers.model import Cell, Chart, ChartSeries, Column, Table
from hazard_desk.papers.texts.hazard_words import unit_of

_COUNTED = (
    ("排查隐患", 6),
    ("其中重大", 6),
    ("已整改", 5),
    ("整改率", 6),
    ("按期整改率", 7),
    ("逾期未改", 6),
)


def progress_table(name: str, parts: Sequence[HazardProgress], total: HazardProgress) -> Table:
    """Return a table of hazards by what ``name`` heads, with the sum in its last row."""
    columns = (Column(name, 10), *(Column(label, width, "center") for label, width in _COUNTED))
    rows = [_progress_row(part) for part in parts]
    rows.append(_progress_row(total, bold=True))
    return Table(columns, tuple(rows))


def _progress_row(one: HazardProgress, bold: bool = False) -> tuple[Cell, ...]:
    rates = (percent(one.rectified_rate), percent(one.on_time_rate))
    texts = (one.name, one.found, one.major, one.rectified, *rates, one.overdue)
    return tuple(Cell(str(text), bold=bold) for text in texts)


def stock_table(stock: Iterable[YearStock]) -> Table:
    """Return the table of 存量 and 增量, a line for each year."""
    names = ("年度", "上年结转", "本年新增", "年末（至今）存量")
    rows = []
    for one in stock:
        counts = (Cell(str(count), number=count) for count in (one.before, one.found, one.left))
        rows.append((Cell(f"{one.year}年"), *counts))
    return Table(tuple(Column(name, 8, "center") for name in names), tuple(rows))


def months_chart(figures: Summary) -> Chart:
    """Return the chart of what was found and rectified month by month."""
    return Chart(
        "各月排查和整改隐患情况（处）",
        tuple(month.label for month in figures.months),
        (
            ChartSeries("排查", tuple(float(month.found) for month in figures.months)),
            ChartSeries("整改", tuple(float(month.rectified) for month in figures.months)),
        ),
    )


def late_table(figures: Summary) -> Table:
    """Return the hazards that are overdue, the longest first."""
    columns = (
        Column("序号", 3, "center"),
        Column("隐患编号", 10, "center"),
        Column("单位", 10),
        Column("隐患部位", 10),
        Column("级别", 4, "center"),
        Column("整改时限", 9, "center"),
        Column("逾期天数", 5, "center"),
        Column("责任科室", 6, "center"),
    )
    rows = tuple(_late_row(place, row, figures) for place, row in enumerate(figures.late, start=1))
    return Table(columns, rows)


def _late_row(place: int, row: Hazard, figures: Summary) -> tuple[Cell, ...]:
    assert row.deadline is not None  # it has passed
    days = (figures.last - row.deadline).days
    deadline = row.deadline.isoformat()
    texts = (str(place), row.number, unit_of(row), row.place, row.level, deadline, str(days), row.office)
    return tuple(Cell(text) for text in texts)


def slowest(figures: Summary) -> str:
    """Return which offices are behind: those with overdue hazards, the most first; '' when there are none."""
    behind = sorted((one for one in figures.by_office if one.overdue), key=lambda one: -one.overdue)
    return "、".join(f"{one.name}（{one.overdue}处，整改率{percent(one.rectified_rate)}）" for one in behind)
