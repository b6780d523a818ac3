"""How long a month of the calendar takes with ten years of duties and 100,000 hazards.

pytest -n0 -s tests/bench/test_due_bench.py
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from hazard_desk.desk import Desk
from hazard_desk.figures.calendar import calendar
from hazard_desk.figures.due import due_items, overdue_items
from tests.bench.many import TODAY

_GROUPED = "SELECT deadline, COUNT(*) FROM hazard WHERE deadline BETWEEN ? AND ? GROUP BY deadline"
_SPREAD = (
    "UPDATE plan SET starts_on = '2020-01-01', ends_on = '2029-12-31'",
    "UPDATE hazard SET deadline = date('2020-01-01', '+' || (id * 37 % 3650) || ' days') "
    "WHERE deadline IS NOT NULL",
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4199) INSERT INTO activity "
    "SELECT {columns} FROM n, (SELECT * FROM activity LIMIT 1)",
)
"""Ten years: the plan, deadlines on every day of them, 35 activities a month."""


@pytest.fixture(scope="session")
def decade(many: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk with ten years of duties, activities and hazards."""
    folder = tmp_path_factory.mktemp("decade") / "desk"
    shutil.copytree(many, folder)
    with Desk.open(folder, TODAY) as desk:
        desk.activities.add({"kind": "五进宣传", "title": "宣传", "held_on": "2023-05-20", "level": "镇"})
        desk.duties.add({"title": "每周四反馈", "rule": "每周四12点前", "fulfilled_by": "五进宣传"})
        link = desk.cabinet.db.link()
        told = {"id": "NULL", "held_on": "date('2020-01-01', '+' || (i * 3650 / 4200) || ' days')"}
        names = [row[1] for row in link.execute("PRAGMA table_info(activity)")]
        columns = ", ".join(told.get(name, f'"{name}"') for name in names)
        with desk.cabinet.together():
            for statement in _SPREAD:
                link.execute(statement.format(columns=columns))
    return folder


@pytest.fixture
def asked(decade: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, list[str]]]:
    """The desk, and every query that it is asked from now on."""
    with Desk.open(decade, TODAY, lock=False) as desk:
        sql: list[str] = []
        execute = desk.cabinet.db.execute_sql
        monkeypatch.setattr(
            desk.cabinet.db, "execute_sql", lambda text, *rest: sql.append(text) or execute(text, *rest)
        )
        yield desk, sql


def test_a_month_of_ten_years(asked: tuple[Desk, list[str]]) -> None:
    desk, sql = asked
    month = (date(2023, 10, 1), date(2023, 10, 31))
    desk.cabinet.db.execute_sql(_GROUPED, month).fetchall()  # the pages of the file are warm from here on
    grouped = min(_seconds(lambda: desk.cabinet.db.execute_sql(_GROUPED, month).fetchall()) for _ in range(5))
    print(f"\none grouped query over the deadlines of a month: {grouped * 1000:.1f} ms")
    for name, read in {
        "due items of the month": lambda: due_items(desk.books, *month),
        "calendar of the month": lambda: calendar(desk.books, *month),
        "due items of the year": lambda: due_items(desk.books, date(2023, 1, 1), date(2023, 12, 31)),
        "what is overdue": lambda: overdue_items(desk.books),
        "the duties and where they stand": desk.duties.all_rows,
        "the tasks and where they stand": desk.tasks.all_rows,
    }.items():
        sql.clear()
        took = _seconds(read)
        print(f"{name}: {took * 1000:.0f} ms, {len(sql)} queries, {took / grouped:.0f} grouped queries")


def _seconds(read) -> float:
    began = perf_counter()
    read()
    return perf_counter() - began
