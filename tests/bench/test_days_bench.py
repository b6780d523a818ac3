"""Twenty random days of 5,000 hazards, with corrections and withdrawals, against a recount by hand.

pytest -n0 -s tests/bench/test_days_bench.py
"""

from __future__ import annotations

import random
import shutil
from datetime import timedelta
from pathlib import Path

from hazard_desk.books.kit.query import Query
from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.desk import Desk
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.progress.pool import read_pool
from hazard_desk.rules.readings import Span
from tests.bench.many import multiply
from tests.figures.naive import Naive
from tests.figures.slow_past import stood_on
from tests.figures.test_random_days import change, changed
from tests.samples import make_sample

HAZARDS, DAYS = 5_000, 20


def test_twenty_days_of_5000_hazards(tmp_path: Path) -> None:
    make_sample(tmp_path / "sample")
    shutil.copytree(tmp_path / "sample", tmp_path / "desk")
    dice = random.Random(5)
    with Desk.open(tmp_path / "desk", SAMPLE_DAY) as desk:
        multiply(desk, HAZARDS)
        for told in changed(dice):
            change(desk, *told)
        begin = desk.plans.current().starts_on
        length = (SAMPLE_DAY - begin).days
        for day in (begin + timedelta(days=dice.randrange(length + 1)) for _ in range(DAYS)):
            slow = {row.id: dict(row) for row in stood_on(desk, day)}
            assert {row.id: dict(row) for row in desk.hazards.select(Query(as_of=day))} == slow, day
            figures = Naive(desk.folder / "desk.db", begin, begin, day).all()
            pool = read_pool(desk.books, Span(begin, day))
            assert {name: INDICATORS[name].count(pool).value for name in figures} == figures, day
            counted = sum(value not in (0, "否") for value in figures.values())
            print(f"{day}: {len(slow)} hazards, {counted} figures")
