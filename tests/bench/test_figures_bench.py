"""How long a progress form takes at 5,000 hazards, against one grouped pass over the same rows.

    pytest -n0 -s tests/bench/test_figures_bench.py

Prints the times and their ratio; the only thing it asserts is that both count the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from hazard_desk.desk import Desk
from hazard_desk.figures.progress.filling import fill
from hazard_desk.library.progress_forms import find_progress_form

HAZARDS = 5_000
GROUPED = """
SELECT source, level, COUNT(*), SUM(rectified_on IS NOT NULL), SUM(supervision_on IS NOT NULL)
FROM hazard WHERE state NOT IN ('已作废', '已并案') AND found_on BETWEEN '2023-05-18' AND ?
GROUP BY source, level
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    from tests.bench.many import make_many

    folder: Path = tmp_path_factory.mktemp("figures") / "desk"
    make_many(folder, HAZARDS)
    with Desk.open(folder, date(2023, 10, 20), lock=False) as opened:
        yield opened


def took(work: Callable[[], Any], times: int = 5) -> float:
    """The best of a few runs, in milliseconds."""
    best = float("inf")
    for _ in range(times):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return best * 1000


def grouped(desk: Desk, day: date) -> list[tuple[Any, ...]]:
    return list(desk.cabinet.db.execute_sql(GROUPED, (day.isoformat(),)))


@pytest.mark.parametrize("day", [date(2023, 10, 20), date(2023, 8, 1)], ids=["today", "a day past"])
def test_a_form_against_one_grouped_pass(desk, day):
    form = find_progress_form("fangshan-2023")
    statements: list[str] = []
    execute = desk.cabinet.db.execute_sql
    desk.cabinet.db.execute_sql = lambda sql, *more: statements.append(sql) or execute(sql, *more)  # type: ignore[func-returns-value]
    filled = fill(desk.books, form, day)
    desk.cabinet.db.execute_sql = execute
    mine, one = took(lambda: fill(desk.books, form, day)), took(lambda: grouped(desk, day))
    print(
        f"\n{len(filled.cells)} cells, {HAZARDS:,} hazards: {mine:.0f} ms, {len(statements)} statements;"
        f" one grouped pass {one:.1f} ms; ratio {mine / one:.1f}"
    )
    found = {row[0]: row[2] for row in grouped(desk, day) if row[1] == "重大"}
    assert filled.cell("1.1").value == found.get("企业自查", 0)
    assert filled.cell("1.3").value == found.get("执法检查", 0)
