"""The hazard ledger as it stood on a day past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.query import Query
from tests.books.hazards.ledger.conftest import FOUND_ON, PASSED, RECTIFIED, SIGNED, on


class TestDaysPast:
    @pytest.mark.parametrize(
        ("day", "state"),
        [
            (-1, None),
            (0, "待整改"),
            (1, "待整改"),
            (2, "整改中"),
            (4, "整改中"),
            (5, "待复查"),
            (6, "待销号"),
            (7, "已销号"),
            (12, "已销号"),
        ],
    )
    def test_the_state_of_a_day(self, desk, closed, day, state):
        rows = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(day)))
        assert [row["state"] for row in rows] == ([state] if state else [])
        assert desk.hazards.count(Query(as_of=FOUND_ON + timedelta(day))) == len(rows)
        assert desk.hazards.ids(Query(as_of=FOUND_ON + timedelta(day))) == [row["id"] for row in rows]

    def test_overdue_is_asked_of_that_day(self, desk, closed, five):
        desk.hazards.correct(closed, 2, {"deadline": "2023-05-23"})
        late = {"overdue": "是"}
        assert desk.hazards.count(Query(where=late, as_of=date(2023, 5, 23))) == 0
        assert desk.hazards.count(Query(where=late, as_of=date(2023, 5, 24))) == 1
        assert desk.hazards.count(Query(where=late, as_of=date(2023, 5, 25))) == 0
        (row,) = desk.hazards.select(Query(as_of=date(2023, 5, 24)))
        assert row["days_left"] == -1

    def test_the_usual_filters_hold_for_past_days(self, desk, closed, found):
        desk.hazards.add(found | {"found_on": "2023-05-25", "sector": "消防", "inspectors": "丙"})
        as_of = date(2023, 5, 26)

        def count(where: dict | None = None, text: str = "") -> int:
            return desk.hazards.count(Query(where=where or {}, text=text, as_of=as_of))

        assert count() == 2
        assert count({"state": "待销号"}) == 1
        assert count({"found_on": "2023-05-21.."}) == 1
        assert count({"inspectors": "甲检查"}) == 1
        assert count({"level": ["重大", "一般"]}) == 2
        assert count(text="电线 车间") == 2

    def test_what_a_day_sums_up_to_is_what_stood_then(self, desk, closed):
        before, then = FOUND_ON + timedelta(1), FOUND_ON + timedelta(2)
        assert desk.hazards.sums(Query(as_of=before)) == []
        assert desk.hazards.sums(Query(as_of=then)) == [("整改资金（万元）", 1.5)]
        desk.hazards.correct(closed, 2, {"funds": "2.5"})
        assert desk.hazards.sums(Query(as_of=then)) == [("整改资金（万元）", 2.5)]
        assert desk.hazards.sums(Query()) == [("整改资金（万元）", 2.5), ("实际投入（万元）", 1.2)]

    def test_what_a_day_showed_then_it_shows_for_ever(self, desk, found, five):
        """The rows kept day by day are those that are folded for the day later."""
        plan = {
            0: lambda: desk.hazards.add(found),
            2: lambda: desk.hazards.step(1, Steps.COMMITTED.kind, five),
            3: lambda: desk.hazards.add(found | {"found_on": "2023-05-23", "level": "一般"}),
            5: lambda: desk.hazards.step(1, Steps.RECTIFIED.kind, on(5, **RECTIFIED)),
            6: lambda: desk.hazards.step(1, Steps.RECHECK_FAILED.kind, on(6, **PASSED)),
            7: lambda: desk.hazards.step(2, Steps.VOIDED.kind, on(7, note="重复登记")),
            9: lambda: desk.hazards.step(1, Steps.RECTIFIED.kind, on(9, **RECTIFIED)),
            10: lambda: desk.hazards.step(1, Steps.RECHECK_PASSED.kind, on(10, **PASSED)),
            11: lambda: desk.hazards.step(1, Steps.SIGNED_OFF.kind, on(11, **SIGNED)),
        }
        seen = {}
        for day in range(-1, 12):
            today = FOUND_ON + timedelta(day)
            desk.cabinet.clock.set(today)
            plan.get(day, lambda: None)()
            seen[today] = desk.hazards.select(Query(sort="number"))
        for today, rows in seen.items():
            past = desk.hazards.select(Query(sort="number", as_of=today))
            names = [field.name for field in desk.hazards.fields]
            assert [[row[name] for name in names] for row in past] == [
                [row[name] for name in names] for row in rows
            ]
