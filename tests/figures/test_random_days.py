"""Random desks on random days, with corrections, withdrawals and undo: each day equals a recount by hand.

How each hazard stood is told by ``slow_past``, what each indicator counts by ``Naive``.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query, fitting, ordered
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.majors import majors
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.progress.pool import read_pool
from hazard_desk.figures.rates import HazardProgress, PlacedHazard, progress_by, stock_by_year
from hazard_desk.rules.fields import Row, Value
from hazard_desk.rules.readings import Span
from hazard_desk.rules.states import MAJOR, STANDING
from hazard_desk.store.columns import field_of
from tests.figures.naive import Naive
from tests.figures.slow_past import stood_on
from tests.figures.test_random_desks import BEGIN, FIRMS, LAST, SECTORS, SPELLED, case, check, firm, hazard

DAYS = 8
"""As many as an ordinary run can afford; the bench takes twenty, on 5,000 hazards."""
FILTERS: Sequence[Row] = (
    {"state": ["待整改", "整改中"], "level": "重大"},
    {"overdue": "是"},
    {"overdue": "否"},
    {"deadline": "2023-06-01..2023-12-31"},
    {"deadline": ""},
    {"rectified_by": "甲"},
    {"inspectors": "甲"},
)
SORTS = ("found_on", "-found_on", "deadline", "-state", "unit_name", "funds", "days_left")


def changed(dice: random.Random) -> list[tuple[str, int, float, int]]:
    """What befalls the hazards afterwards: kind, how many days it moves, which hazard, which entry."""
    kinds = ("move", "move", "level", "found", "withdraw", "withdraw", "undo", "redo", "sector")
    return [
        (dice.choice(kinds), dice.randrange(-30, 30), dice.random(), dice.randrange(4)) for _ in range(40)
    ]


def change(desk: Desk, kind: str, days: int, which: float, entry: int) -> None:
    ids = desk.hazards.ids(Query())
    number = ids[int(which * len(ids))]
    course = desk.hazards.course(number)
    one = course[min(entry, len(course) - 1)]
    with suppress(Refused):
        if kind == "move":
            day = min(one.happened_on + timedelta(days=days), LAST)
            desk.hazards.correct(number, one.number, {"happened_on": day, "note": "日期有误"})
        elif kind == "level":
            level = "一般" if desk.hazards.get(number).level == MAJOR else MAJOR
            desk.hazards.change(number, {"level": level})
        elif kind == "found":
            desk.hazards.change(number, {"found_on": course[0].happened_on + timedelta(days=days)})
        elif kind == "withdraw":
            desk.hazards.withdraw(number)
        elif kind == "undo":
            desk.undo()
        elif kind == "redo":
            desk.redo()
        elif kind == "sector":
            desk.hazards.change(number, {"sector": SECTORS[entry % len(SECTORS)]})


def history(dice: random.Random) -> Row:
    """A row of an old sheet: it may lack the day on which the hazard was found."""
    found = date(2023, 5, 20) + timedelta(days=dice.randrange(60))
    row: Row = {
        "level": dice.choice(("重大", "一般", "")),
        "source": "企业自查",
        "sector": dice.choice(SECTORS),
        "unit_name": dice.choice(SPELLED),
        "place": f"库房{dice.random()}",
        "description": "隐患",
        "criterion": "判定标准",
        "deadline": found + timedelta(days=30),
        "rectified_on": found + timedelta(days=dice.randrange(60)),
        "rectified_by": "甲",
    }
    return row | ({"found_on": found} if dice.random() < 0.6 else {})


def fill_desk(desk: Desk, seed: int, past: bool) -> None:
    """Fill a desk by acts and sheets; with ``past`` also by rows of which nobody knows the day."""
    dice = random.Random(seed)
    acts = [kind(dice) for kind in (hazard, hazard, hazard, hazard, check, case) for _ in range(8)]
    acts += [firm(name, dice.choice(SECTORS), "经发办") for name in FIRMS]
    dice.shuffle(acts)
    for act in acts:
        act(desk)
    for later in (120, 80, 40, 0) if past else ():
        desk.cabinet.clock.set(LAST - timedelta(days=later))
        desk.hazards.enter([desk.hazards.judge(history(dice)) for _ in range(4)])
    for told in changed(dice):
        change(desk, *told)


@pytest.fixture(scope="module", params=[(11, False), (13, True)], ids=["by acts", "old sheets too"])
def filled(
    request: pytest.FixtureRequest, blank: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, bool]]:
    """A random desk, and whether the day of all that happened is known."""
    seed, past = request.param
    folder = tmp_path_factory.mktemp("random") / "desk"
    shutil.copytree(blank, folder)
    with Desk.open(folder, LAST) as opened:
        fill_desk(opened, seed, past)
        yield opened, not past


@pytest.fixture
def desk(filled: tuple[Desk, bool]) -> Desk:
    return filled[0]


def random_days() -> list[date]:
    dice = random.Random(7)
    return [date(2023, 5, 1) + timedelta(days=dice.randrange(235)) for _ in range(DAYS - 2)] + [LAST, BEGIN]


def plain(rows: Sequence[Hazard]) -> list[dict[str, Value]]:
    return [dict(row) for row in rows]


def test_the_ledger_of_a_day_is_what_its_events_tell(desk: Desk) -> None:
    book = desk.hazards
    seen = set()
    for day in random_days():
        slow = stood_on(desk, day)
        order = sorted(slow, key=lambda row: row.found_on or date.min, reverse=True)
        assert plain(book.select(Query(as_of=day, sort="number"))) == plain(
            ordered(order, book.fields, Query(sort="number"))
        )
        for where in FILTERS:
            asked = Query(where=where, as_of=day)
            wanted = fitting(slow, book.fields, asked, day)
            assert sorted(book.ids(asked)) == [row.id for row in wanted], f"{day} {where}"
            assert book.count(asked) == len(wanted)
            assert dict(book.sums(asked)) == {
                one.heading: total
                for one in book.amounts
                if (total := sum(row[one.name] or 0 for row in wanted))
            }
            seen.add((str(where), len(wanted)))
        asked = Query(text="乙石料", as_of=day, limit=3)
        assert book.count(asked) == len(fitting(slow, book.fields, asked, day))
        assert len(book.ids(asked)) == min(3, book.count(asked)) or len(book.ids(asked)) == book.count(asked)
        some = [row.id for row in slow[::3]]
        assert plain(book.rows_on(some[::-1], day)) == plain([row for row in slow if row.id in some][::-1])
    assert len(seen) > 30


def test_every_order_of_a_day_is_that_of_its_rows(desk: Desk) -> None:
    book = desk.hazards
    for day in random_days()[:6]:
        base = book.select(Query(as_of=day))
        for sort in SORTS:
            asked = Query(as_of=day, sort=sort)
            assert [row.id for row in book.select(asked)] == [
                row.id for row in ordered(base, book.fields, asked)
            ]
            assert book.ids(asked) == [row.id for row in book.select(asked)]


def test_every_figure_of_a_day_equals_a_recount(filled: tuple[Desk, bool]) -> None:
    desk, days_known = filled
    plan = desk.plans.current()
    firms = {row.id: row for row in desk.enterprises.facts()}
    for day in random_days():
        slow = [row for row in stood_on(desk, day) if row.state in STANDING]
        span = Span(plan.starts_on, day)
        if days_known and span.first <= span.last:
            for group in ("", "工贸", "经发办"):
                pool = read_pool(desk.books, span, group)
                by_hand = Naive(desk.folder / "desk.db", plan.starts_on, span.first, day, group).all()
                assert {id: INDICATORS[id].count(pool).value for id in by_hand} == by_hand, f"{day} {group}"
        inside = [row for row in slow if row.found_on in span]
        for name in ("sector", "village"):
            by = field_of(getattr(PlacedHazard, name))
            for told in progress_by(desk.books, by, span):
                rows = [
                    PlacedHazard(row, village=firms[row.enterprise_id].village if row.enterprise_id else "")
                    for row in inside
                ]
                rows = [row for row in rows if (row[name] or "（未填写）") == told.name]
                assert _figures(told) == _figures(HazardProgress(told.name, tuple(rows), day)), (
                    f"{day} {told.name}"
                )
        assert [one.hazard.id for one in majors(desk.books, day)] == [
            row.id
            for row in ordered(
                [row for row in book_order(slow) if row.level == MAJOR],
                desk.hazards.fields,
                Query(sort="found_on"),
            )
        ]
        assert sum(one.found for one in stock_by_year(desk.books, day)) == sum(
            row.found_on is not None for row in slow
        )


def book_order(rows: Sequence[Hazard]) -> list[Hazard]:
    return sorted(rows, key=lambda row: (row.found_on is not None, row.found_on or date.min), reverse=True)


def _figures(one: HazardProgress) -> tuple[float | None, ...]:
    return one.found, one.major, one.rectified, one.rectified_rate, one.on_time_rate, one.overdue
