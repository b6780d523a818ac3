"""Sheets out and in: against the libraries alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import python_calamine
import xlsxwriter

from hazard_desk.books.kit.query import Query
from tests.bench.jobs import Bed, Job, Work


def _exported(bed: Bed) -> Path:
    return bed.once("exported.xlsx", lambda to: bed.desk.sheets.export("hazards", to))


def _read(file: Path) -> Sequence[Sequence[object]]:
    return python_calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()


def _write(rows: Sequence[Sequence[object]], to: Path) -> None:
    with xlsxwriter.Workbook(str(to)) as book:
        sheet, look = book.add_worksheet(), book.add_format({"border": 1, "text_wrap": True})
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row, look)


def _out_alone(bed: Bed) -> Work:
    rows, to = _read(_exported(bed)), bed.new(".xlsx")
    return lambda: _write(rows, to)


def _out(bed: Bed) -> Work:
    to = bed.new(".xlsx")
    return lambda: bed.desk.sheets.export("hazards", to)


def _sent(bed: Bed) -> Path:
    """The hazards as somebody sends them: the columns of the collection sheet, no row like another."""

    def make(to: Path) -> None:
        fields = bed.desk.hazards.template_fields()
        rows = bed.desk.hazards.select(Query())
        for row in rows:
            row.place += f"{row.id}处"
        told = [[field.show(row[field.name]) for field in fields] for row in rows]
        _write([[field.heading for field in fields], *told], to)

    return bed.once("sent.xlsx", make)


def _in_alone(bed: Bed) -> Work:
    file = _sent(bed)
    return lambda: _read(file)


def _in(bed: Bed) -> Work:
    file, desk = _sent(bed), bed.desk
    return lambda: desk.sheets.incoming("hazards", file)


JOBS = (
    Job("sheet out", _out_alone, _out, {5_000: 1.5}),
    Job("sheet in", _in_alone, _in, {5_000: 2}),
)
