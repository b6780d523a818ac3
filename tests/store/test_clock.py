"""Where today comes from."""

from __future__ import annotations

from datetime import date, datetime

from hazard_desk.store.clock import Clock


def test_the_systems_clock_goes_on() -> None:
    clock = Clock()
    before = datetime.now().replace(microsecond=0)
    now = clock.now
    assert before <= now <= datetime.now()
    assert now.microsecond == 0
    assert before.date() <= clock.today <= datetime.now().date()


def test_a_clock_that_stands() -> None:
    clock = Clock(date(2023, 6, 1))
    assert (clock.today, clock.now) == (date(2023, 6, 1), datetime(2023, 6, 1, 9, 0))
    clock.set(date(2023, 7, 2))
    assert (clock.today, clock.now) == (date(2023, 7, 2), datetime(2023, 7, 2, 9, 0))
