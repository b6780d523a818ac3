"""Which copies stay: an independent reading of the rule, and what must hold whatever copies there are."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.store.copies.thinning import DAYS, QUARTER, YEAR, Dated, to_keep

TODAY = date(2023, 6, 1)
NOON = datetime(2023, 6, 1, 12)

AGES = st.floats(-400, 3000, allow_nan=False)
COPIES = st.lists(st.tuples(AGES, st.integers(0, 50), st.booleans()), max_size=60).map(
    lambda told: [
        Dated(f"{number}", NOON - timedelta(days=age), act, sound)
        for number, (age, act, sound) in enumerate(told)
    ]
)


def daily(days: int, sound: bool = True) -> list[Dated]:
    """One copy a day, up to today; named by its age in days."""
    return [Dated(f"{age}", NOON - timedelta(days=age), days - age, sound) for age in range(days)]


def ages(copies: list[Dated], today: date = TODAY) -> list[int]:
    return sorted(map(int, to_keep(copies, today)))


def test_all_of_the_last_seven_days_then_one_a_week():
    """1 June 2023 is a Thursday: of each week the Sunday's copy stays, of the week under way the last."""
    assert ages(daily(40)) == [0, 1, 2, 3, 4, 5, 6, 7, 11, 18, 25, 32, 39]


def test_one_a_month_and_one_a_year():
    kept = [NOON - timedelta(days=age) for age in ages(daily(1500)) if age > QUARTER]
    months = [moment for moment in kept if (NOON - moment).days <= YEAR]
    assert len(months) == 10
    assert len({(moment.year, moment.month) for moment in months}) == 10
    assert [moment.year for moment in kept[10:]] == [2022, 2021, 2020, 2019]


def test_several_of_one_day_all_stay_for_seven_days():
    copies = [Dated(f"{hour}", datetime(2023, 5, 28, hour), hour, True) for hour in range(8, 18)]
    assert len(to_keep(copies, TODAY)) == 10
    assert to_keep(copies, date(2023, 6, 4)) == {"17"}


def test_the_last_sound_one_stays_however_old():
    old = Dated("old", datetime(2015, 3, 1), 5, True)
    assert "old" in to_keep([old, *daily(30, sound=False)], TODAY)


def test_one_with_faults_never_takes_the_place_of_a_sound_one():
    sound = Dated("sound", datetime(2023, 5, 9), 5, True)
    later = Dated("later", datetime(2023, 5, 10), 6, False)
    assert to_keep([sound, later, *daily(3)], TODAY) == {"sound", "0", "1", "2"}


def test_a_clock_that_was_set_back_costs_no_copy():
    assert len(ages(daily(40), TODAY - timedelta(days=100))) == 40


@given(COPIES)
def test_the_newest_the_last_sound_and_the_last_days_stay(copies):
    kept = to_keep(copies, TODAY)
    if copies:
        assert max(copies, key=lambda copy: (copy.at, copy.act, copy.name)).name in kept
    sound = [copy for copy in copies if copy.sound]
    if sound:
        assert any(copy.name in kept and copy.act == max(one.act for one in sound) for copy in sound)
    for copy in copies:
        age = (TODAY - copy.at.date()).days
        if copy.sound and age < DAYS:
            assert copy.name in kept


@given(COPIES)
def test_every_span_that_had_a_sound_copy_keeps_one(copies):
    kept = to_keep(copies, TODAY)
    for copy in copies:
        age = (TODAY - copy.at.date()).days
        if copy.sound and copy.name not in kept:
            same = [one for one in copies if one.name in kept and one.sound and one.at >= copy.at]
            week, month = copy.at.isocalendar()[:2], (copy.at.year, copy.at.month)
            if age <= QUARTER:
                assert any(one.at.isocalendar()[:2] == week for one in same)
            elif age <= YEAR:
                assert any((one.at.year, one.at.month) == month for one in same)
            else:
                assert any(one.at.year == copy.at.year for one in same)


@given(COPIES)
def test_what_was_kept_is_kept_when_asked_again(copies):
    kept = to_keep(copies, TODAY)
    assert to_keep([copy for copy in copies if copy.name in kept], TODAY) == kept
