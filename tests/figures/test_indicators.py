"""Every indicator equals an independent count, for any day, group and reading."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.groups import groups_of
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.progress.pool import read_pool
from hazard_desk.rules.readings import Reading, span_of
from hazard_desk.rules.states import SOURCES
from tests.figures.naive import Naive
from tests.samples import make_sample

BEGIN, LAST = date(2023, 5, 18), date(2023, 12, 31)
UNITS = ("甲厂", "乙厂", "丙校", "丁户")
"""Two are in the ledger of enterprises."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The sample desk at the end of November."""
    folder = tmp_path_factory.mktemp("sample") / "desk"
    make_sample(folder, date(2023, 11, 30))
    with Desk.open(folder, date(2023, 11, 30)) as desk:
        yield desk


@pytest.fixture(scope="module")
def random_desk(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("random") / "desk"
    shutil.copytree(blank, folder)
    with Desk.open(folder, LAST) as desk:
        firm = {"category": "企业", "village": "甲村"}
        desk.enterprises.add(firm | {"name": "甲厂", "sector": "工贸", "office": "经发办"})
        desk.enterprises.add(firm | {"name": "丙校", "sector": "学校", "office": ""})
        for unit in UNITS_THAT_REPORT:
            desk.books.units.add(unit)
        yield desk


def both(desk: Desk, as_of: date, reading: Reading, group: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures by the indicators, and by hand."""
    plan = desk.plans.current()
    span = span_of(reading, as_of, plan["starts_on"], plan["ends_on"], 28)
    pool = read_pool(desk.books, span, group)
    by_hand = Naive(desk.folder / "desk.db", plan["starts_on"], span.first, span.last, group).all()
    return {name: one.count(pool).value for name, one in INDICATORS.items()}, by_hand


@pytest.mark.parametrize("reading", Reading)
@pytest.mark.parametrize("day", [date(2023, 5, 1), date(2023, 6, 28), date(2023, 9, 13), date(2024, 2, 1)])
def test_the_sample_desk_counted_by_hand(sample, day, reading):
    for group in ("", "应急办", "工贸"):
        assert group in ("", *groups_of(sample.books))
        mine, by_hand = both(sample, day, reading, group)
        assert mine == by_hand, f"{group} {day}"


def test_most_figures_of_the_sample_desk_are_not_nothing(sample):
    mine, _ = both(sample, date(2023, 11, 28), Reading.CUMULATIVE, "")
    assert [name for name, value in mine.items() if value in (0, "否")] == []


def test_every_record_behind_a_figure_is_in_its_ledger(sample):
    span = span_of(Reading.CUMULATIVE, date(2023, 11, 28), BEGIN, LAST, 28)
    pool = read_pool(sample.books, span)
    for indicator in INDICATORS.values():
        ledger = sample.books.ledger(indicator.ledger)
        rows = indicator.count(pool).rows
        ids = [row["id"] for row in rows]
        assert len(set(ids)) == len(ids), indicator.id
        assert [row["id"] for row in ledger.rows(ids)] == ids, indicator.id
        assert indicator.definition and indicator.title


# Random ledgers

days = st.dates(date(2023, 5, 10), LAST)
hazards = st.fixed_dictionaries(
    {
        "level": st.sampled_from(("重大", "重大", "一般")),
        "source": st.sampled_from(SOURCES),
        "sector": st.sampled_from(("工贸", "学校")),
        "office": st.sampled_from(("", "经发办")),
        "unit_name": st.sampled_from(UNITS),
        "found_on": days,
    }
)
steps = st.lists(
    st.tuples(
        st.sampled_from(
            (
                "committed",
                "rectified",
                "recheck_passed",
                "recheck_failed",
                "signed_off",
                "supervised",
                "reopened",
                "voided",
                "merged",
                "withdraw",
                "move",
            )
        ),
        st.integers(0, 40),
    ),
    max_size=8,
)
UNITS_THAT_REPORT = (
    {"name": "工贸小组", "kind": "专项小组", "office": "经发办", "sectors": ["工贸", "消防"]},
    {"name": "乙村", "kind": "村（社区）"},
    {"name": "第一片区", "kind": "企业分组", "members": list(UNITS[:2])},
    {"name": "学校小组", "kind": "专项小组", "sectors": ["学校"], "ends_on": "2023-09-01"},
    {"name": "学校小组", "kind": "专项小组", "sectors": ["工贸"], "starts_on": "2023-09-01"},
)
GROUPS = (
    *("经发办", "工贸", "学校", "甲村", "乙村", "第一片区", "工贸小组", "学校小组"),
    *("工贸小组（本股室）", "工贸小组（所属行业领域）", "学校小组（所属行业领域）"),
)
places = {
    "office": st.sampled_from(("", "经发办", "应急办")),
    "sector": st.sampled_from(("", "工贸", "学校")),
    "village": st.sampled_from(("", "甲村", "乙村")),
}
checks = st.fixed_dictionaries(
    {
        "checked_on": days,
        "unit_name": st.sampled_from(UNITS),
        **places,
        "no_study": st.booleans(),
        "no_drill": st.booleans(),
        "no_licence": st.booleans(),
    }
)
rewards = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            (
                "行政处罚",
                "行政处罚",
                "停产整顿",
                "关闭取缔",
                "约谈",
                "通报",
                "曝光",
                "典型案例公布",
                "移送司法",
            )
        ),
        "target_kind": st.sampled_from(("单位", "个人", "科室村社区")),
        "target": st.sampled_from((*UNITS, "经发办")),
        "happened_on": days,
        **places,
        "amount": st.sampled_from((None, 0.3, 2.05)),
        "crime": st.booleans(),
        "people": st.sampled_from((None, 3)),
        "anonymous": st.booleans(),
    }
)
activities = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("专题学习", "帮扶指导", "督导检查", "专栏播出", "考核巡查")),
        "held_on": days,
        "level": st.sampled_from(("县", "镇", "部门", "村")),
        **places,
        "object_kind": st.sampled_from(("", "镇村", "重点企业", "直属企业")),
        "objects": st.sampled_from((None, 4)),
    }
)
BRINGS: dict[str, dict[str, object]] = {
    "committed": {
        "responsible": "甲",
        "measures": "换",
        "funds": 1,
        "deadline": "2024-01-31",
        "contingency": "撤",
    },
    "rectified": {"rectified_by": "甲"},
    "recheck_passed": {"rechecked_by": "乙", "recheck_finding": "合格"},
    "recheck_failed": {"rechecked_by": "乙", "recheck_finding": "不合格"},
    "signed_off": {"signed_off_by": "丙"},
    "supervised": {
        "supervision_level": "县级",
        "supervision_number": "1号",
        "supervisor": "丁",
        "supervision_deadline": "2024-01-31",
    },
}


def enter_hazard(desk: Desk, values: dict[str, Any], course: list[tuple[str, int]]) -> None:
    known = {"place": "车间", "description": "隐患", "criterion": "判定标准"}
    number = desk.hazards.add(known | values).ids[0]
    day = values["found_on"]
    for kind, later in course:
        day = min(day + timedelta(days=later), LAST)
        try:
            if kind == "withdraw":
                desk.hazards.withdraw(number)
            elif kind == "move":
                desk.hazards.change(number, {"found_on": values["found_on"] - timedelta(days=later)})
            else:
                other = desk.hazards.names()[0]
                more = {"happened_on": day, "note": "说明", "merged_into": other}
                desk.hazards.step(number, kind, BRINGS.get(kind, {}) | more)
        except Refused:
            continue  # not lawful here; another course then


def enter(desk: Desk, book: Any, values: dict[str, Any]) -> int:
    known = {"title": "工作", "reason": "事由", "despite": "补录", "kind": "日常", "inspectors": ["甲", "乙"]}
    return int(book.add(known | values).ids[0])


@settings(max_examples=40)
@given(
    courses=st.lists(st.tuples(hazards, steps), max_size=6),
    visits=st.lists(checks, max_size=5),
    measures=st.lists(rewards, max_size=8),
    work=st.lists(activities, max_size=6),
    staff=st.lists(st.tuples(st.sampled_from(("县", "镇")), days, days), max_size=4),
    day=st.dates(date(2023, 5, 1), date(2024, 1, 31)),
    reading=st.sampled_from(Reading),
    group=st.sampled_from(("", *GROUPS)),
)
def test_random_ledgers_counted_by_hand(
    random_desk, courses, visits, measures, work, staff, day, reading, group
):
    desk = random_desk
    with desk.cabinet.db.atomic() as transaction:
        for values, course in courses:
            enter_hazard(desk, values, course)
        for values in visits:
            enter(desk, desk.checks, values)
        numbers = [enter(desk, desk.rewards, values) for values in measures]
        for one in numbers:
            for other in numbers:
                try:
                    desk.rewards.pair(one, other)
                except Refused:
                    continue  # no penalties of a unit and a person
        for values in work:
            enter(desk, desk.activities, values)
        for level, start, end in staff:
            values = {"person": "甲", "level": level, "office": "经发办", "starts_on": start, "ends_on": end}
            desk.ledgers["technical-inspectors"].add(values)
        transaction.commit()
    try:
        mine, by_hand = both(desk, day, reading, group)
        assert mine == by_hand
    finally:
        empty(desk)


def empty(desk: Desk) -> None:
    """Take the records out again, for the next try."""
    tables = (
        "hazard_event",
        "finding",
        "hazard",
        "check_visit",
        "reward_penalty",
        "activity",
        "register_row",
    )
    with desk.cabinet.db.atomic():
        for table in (*tables, "audited"):
            desk.cabinet.db.execute_sql(f"DELETE FROM {table}")
