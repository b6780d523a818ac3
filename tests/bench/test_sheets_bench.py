"""How long 5,000 rows take to come in and to go out, against the libraries alone.

pytest -n0 -s tests/bench/test_sheets_bench.py
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import python_calamine
from openpyxl import Workbook

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.sheets.importing import Fate, run_import
from tests.bench.many import TODAY

ROWS = 5_000


def _make(desk: Desk) -> None:
    with desk.cabinet.whole("enterprises.import", "enterprises") as act:
        for number in range(ROWS):
            desk.enterprises.add(
                {
                    "name": f"示例单位{number}号厂",
                    "category": "企业",
                    "sector": "工贸",
                    "village": f"示例{number % 30}村",
                    "address": "示例路1号",
                    "principal": "某某",
                    "phone": f"138{number:08}",
                    "headcount": number % 200,
                }
            )
        act.done("示例")


def _written_alone(desk: Desk, to: Path) -> float:
    """Seconds in which openpyxl alone writes the same cells, without any looks."""
    rows = desk.enterprises.select(Query())
    names = [field.name for field in desk.enterprises.fields]
    began = perf_counter()
    book = Workbook(write_only=True)
    page = book.create_sheet()
    for row in rows:
        page.append([None if isinstance(row[name], list | dict) else row[name] for name in names])
    book.save(to)
    return perf_counter() - began


def _read_alone(file: Path) -> float:
    began = perf_counter()
    python_calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    return perf_counter() - began


def test_five_thousand_rows_go_out_and_come_in(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with Desk.create(tmp_path / "here", "sanxiang-2023", TODAY) as here:
        _make(here)
        began = perf_counter()
        here.sheets.export("enterprises", file)
        export = perf_counter() - began
        alone = _written_alone(here, tmp_path / "b.xlsx")
    with Desk.create(tmp_path / "there", "sanxiang-2023", TODAY) as there:
        began = perf_counter()
        incoming = there.sheets.incoming("enterprises", file)
        understood = perf_counter() - began
        tried = run_import(there.books, incoming, trial=True)
        trial = perf_counter() - began - understood
        began = perf_counter()
        result = run_import(there.books, incoming)
        kept = perf_counter() - began
        began = perf_counter()
        there.undo()
        undone = perf_counter() - began
    read = _read_alone(file)
    assert tried.count(Fate.NEW) == result.count(Fate.NEW) == ROWS
    print()
    print(f"export           {export:6.2f} s   openpyxl alone {alone:.2f} s   ratio {export / alone:.1f}")
    print(
        f"read, understood {understood:6.2f} s   calamine alone {read:.2f} s   ratio {understood / read:.1f}"
    )
    print(f"trial            {trial:6.2f} s   ratio to calamine {trial / read:.1f}")
    print(f"taken in         {kept:6.2f} s   ratio to calamine {kept / read:.1f}")
    print(f"taken back       {undone:6.2f} s   ratio to calamine {undone / read:.1f}")
