"""一案双罚 over the ends of a span and of a group."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.desk import Desk
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.progress.pool import read_pool
from hazard_desk.rules.readings import Span
from tests.every_act import FINE, SHOP

MAY, JULY = date(2023, 5, 25), date(2023, 7, 3)
UNTIL_JUNE, JULY_ALONE = (
    Span(date(2023, 5, 18), date(2023, 6, 28)),
    Span(date(2023, 6, 29), date(2023, 7, 28)),
)


@pytest.fixture
def pair(desk: Desk) -> Desk:
    """A person's penalty of May whose enterprise, of 工贸, is punished in July."""
    desk.cabinet.clock.set(date(2023, 8, 1))
    desk.enterprises.add(SHOP)
    person = desk.rewards.add(FINE | {"target_kind": "个人", "target": "丙负责", "happened_on": MAY}).ids[0]
    firm = desk.rewards.add(FINE | {"target_kind": "单位", "happened_on": JULY}).ids[0]
    desk.rewards.pair(firm, person)
    return desk


def counted(desk: Desk, figure: str, span: Span, group: str) -> object:
    return INDICATORS[figure].count(read_pool(desk.books, span, group)).value


@pytest.mark.parametrize("group", ["", "工贸"])
def test_each_penalty_counts_on_its_day_and_the_pair_with_the_later(pair: Desk, group: str) -> None:
    assert counted(pair, "penalties", UNTIL_JUNE, group) == counted(pair, "penalties", JULY_ALONE, group) == 1
    assert counted(pair, "paired_penalties", UNTIL_JUNE, group) == 0
    assert counted(pair, "paired_penalties", JULY_ALONE, group) == 1


def test_a_pair_begun_before_the_plan_is_one_all_the_same(pair: Desk) -> None:
    span = Span(date(2023, 6, 1), date(2023, 7, 28))
    pool = read_pool(pair.books, span, "工贸", begins=date(2023, 6, 1))
    assert INDICATORS["paired_penalties"].count(pool).value == 1


def test_a_pair_belongs_where_its_enterprise_belongs(pair: Desk) -> None:
    pair.rewards.change(1, {"sector": "学校"})
    assert counted(pair, "paired_penalties", JULY_ALONE, "工贸") == 1
    assert counted(pair, "paired_penalties", JULY_ALONE, "学校") == 0
    assert counted(pair, "penalties", UNTIL_JUNE, "学校") == 1
