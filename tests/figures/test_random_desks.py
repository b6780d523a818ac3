"""Three desks filled at random through sheets and acts: every cell equals a recount by plain SQL."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.filling import fill
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.progress.pool import read_pool
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.rules.fields import Row
from hazard_desk.rules.readings import Reading, span_of
from tests.figures.naive import Naive

BEGIN, LAST = date(2023, 5, 18), date(2023, 12, 20)
DAYS = [date(2023, month, 28) for month in (5, 6, 7, 9, 10, 11)]
FIRMS = ("甲厂（东区）", "乙石料有限公司", "丙校")
SPELLED = ("甲厂(东区)", "甲 厂（东区）", "乙石料有限公司", "乙石料 有限公司", "丙校", "村道三公里处", "丁户")
SECTORS, OFFICES = ("工贸", "学校", "消防"), ("", "经发办")
GROUPS = ("", "工贸", "学校", "经发办", "甲村")
FORMS = ("fangshan-2023", "chongming-2023")
Act = Callable[[Desk], object]
MORE: dict[str, Row] = {
    "committed": {
        "responsible": "甲",
        "measures": "换",
        "funds": 1,
        "contingency": "撤",
        "deadline": "2023-12-31",
    },
    "rectified": {"rectified_by": "甲"},
    "recheck_passed": {"rechecked_by": "乙", "recheck_finding": "合格"},
    "recheck_failed": {"rechecked_by": "乙", "recheck_finding": "差", "deadline": "2024-01-31"},
    "signed_off": {"signed_off_by": "丙", "closing_reason": "材料另存"},
    "regraded": {"regraded_by": "丙", "criterion": "判定标准"},
    "handed_over": {"handed_to": "县局", "reply_due": "2024-01-31"},
    "sent_back": {"deadline": "2024-01-31"},
    "reopened": {"deadline": "2024-01-31"},
    "extended": {"deadline": "2024-03-31", "extended_by": "丙"},
    "supervised": {
        "supervision_level": "县级",
        "supervision_number": "1号",
        "supervisor": "丁",
        "supervision_deadline": "2024-01-31",
    },
}
COURSES = (*MORE, "rectified", "rectified", "supervised", "voided", "merged", "withdraw")


def one_of(dice: random.Random, days: int = 215) -> date:
    return date(2023, 5, 5) + timedelta(days=dice.randrange(days))


def hazard(dice: random.Random) -> Act:
    """A hazard with a course of its own, from a sheet or by hand; unlawful steps are left out."""
    found = one_of(dice, 150)
    row: Row = {
        "level": dice.choice(("重大", "重大", "一般")),
        "source": dice.choice(("企业自查", "执法检查", "群众举报", "上级交办")),
        "sector": dice.choice(SECTORS),
        "office": dice.choice(OFFICES),
        "unit_name": dice.choice(SPELLED),
        "found_on": found,
        "place": f"车间{dice.random()}",
        "description": "隐患",
        "criterion": "判定标准",
        "inspectors": "甲、乙",
    }
    steps = [(dice.choice(COURSES), dice.randrange(40), dice.choice(("重大", "一般"))) for _ in range(6)]
    by_sheet, other = dice.random() < 0.4, dice.random()

    def act(desk: Desk) -> None:
        if by_sheet:
            (number,) = desk.hazards.enter([desk.hazards.judge(row)])
        else:
            number = desk.hazards.add(row).ids[0]
        day = found
        for kind, later, level in steps:
            day = min(day + timedelta(days=later), LAST)
            into = desk.hazards.names()
            more = {"happened_on": day, "note": "说明", "merged_into": into[int(other * len(into))]}
            with suppress(Refused):
                if kind == "withdraw":
                    desk.hazards.withdraw(number)
                else:
                    told = MORE.get(kind, {}) | ({"level": level} if kind == "regraded" else {})
                    desk.hazards.step(number, kind, told | more)

    return act


def check(dice: random.Random) -> Act:
    row: Row = {
        "checked_on": one_of(dice),
        "unit_name": dice.choice(SPELLED),
        "kind": "日常",
        "inspectors": "甲、乙",
        "office": dice.choice(OFFICES),
        "no_study": dice.random() < 0.5,
        "no_drill": dice.random() < 0.5,
    }
    return lambda desk: desk.checks.enter([desk.checks.judge(row)])


def case(dice: random.Random) -> Act:
    """A pair of penalties, months apart, or a record of another kind."""
    fine = {"kind": "行政处罚", "reason": "违规", "despite": "补录", "amount": 0.3}
    firm = fine | {"target_kind": "单位", "target": dice.choice(SPELLED), "happened_on": one_of(dice)}
    person = fine | {"target_kind": "个人", "target": "某人", "happened_on": one_of(dice)}
    kinds = ("停产整顿", "关闭取缔", "约谈", "曝光", "联合惩戒")
    other = firm | {"kind": dice.choice(kinds), "target": dice.choice(SPELLED)}

    def act(desk: Desk) -> None:
        one, two, _ = (desk.rewards.add(row).ids[0] for row in (firm, person, other))
        desk.rewards.pair(one, two)

    return act


def firm(name: str, sector: str, office: str) -> Act:
    row = {"name": name, "category": "企业", "sector": sector, "office": office, "village": "甲村"}
    return lambda desk: desk.enterprises.add(row)


def acts_of(seed: int) -> list[Act]:
    dice = random.Random(seed)
    made = [kind(dice) for kind in (hazard, hazard, hazard, check, check, case) for _ in range(8)]
    made += [firm(name, dice.choice(SECTORS), dice.choice(OFFICES)) for name in FIRMS]
    dice.shuffle(made)
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_cell_equals_a_naive_recount(blank: Path, tmp_path: Path, seed: int) -> None:
    shutil.copytree(blank, tmp_path / "desk")
    with Desk.open(tmp_path / "desk", LAST) as desk:
        for act in acts_of(seed):
            act(desk)
        assert {one.name for one in desk.enterprises.unlinked()} <= {"村道三公里处", "丁户"}
        plan = desk.plans.current()
        counted = 0
        for name in FORMS:
            form = find_progress_form(name)
            begins = form.begins(plan.starts_on)
            for reading in Reading:
                for day in DAYS:
                    span = span_of(reading, day, begins, plan.ends_on, form.due_day, form.every)
                    for group in GROUPS:
                        pool = read_pool(desk.books, span, group, begins)
                        by_hand = Naive(desk.folder / "desk.db", begins, span.first, span.last, group).all()
                        mine = {id: INDICATORS[id].count(pool).value for id in by_hand}
                        assert mine == by_hand, f"{name} {reading} {day} {group}"
                        counted += sum(value not in (0, "否") for value in mine.values())
        assert counted > 300
        assert desk.check() == []


@pytest.mark.parametrize("seed", [4])
def test_the_order_of_firms_and_records_changes_no_cell(blank: Path, tmp_path: Path, seed: int) -> None:
    """Firms first or last; hazards keep their order, for a merger names one that is there."""
    cells = []
    for at in (0, len(acts_of(seed))):
        dice = random.Random(seed)
        records = [kind(dice) for kind in (hazard, check, check, case) for _ in range(8)]
        firms = [firm(name, "工贸", "经发办") for name in FIRMS]
        folder = tmp_path / f"desk{at}"
        shutil.copytree(blank, folder)
        with Desk.open(folder, LAST) as desk:
            for act in (*firms, *records) if at == 0 else (*records, *firms):
                act(desk)
            form = find_progress_form(FORMS[0])
            cells.append(
                [
                    [cell.value for cell in fill(desk.books, form, day, group, reading).cells]
                    for day in DAYS
                    for group in GROUPS
                    for reading in Reading
                ]
            )
    assert cells[0] == cells[1]
