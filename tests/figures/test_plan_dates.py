"""Every date that the five documents state is due on a desk of that plan: the table, said by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from hazard_desk.desk import Desk
from hazard_desk.figures.dated import DueItem
from hazard_desk.figures.due import due_items
from hazard_desk.library.plan_file import find_plan
from hazard_desk.rules.phrases.points import month_end

Stated = tuple[str, str, list[date]]
"""Of what kind, words of its title, and when."""


def days(year: int, *told: tuple[int, int]) -> list[date]:
    return [date(year, month, day) for month, day in told]


def ends(year: int, *months: int) -> list[date]:
    return [month_end(year, month) for month in months]


def sanxiang() -> Iterator[Stated]:
    dated = {
        (5, 15): (2, 24),
        (5, 31): (13, 14, 15, 16, 18, 28, 29),
        (6, 30): (6, 19, 20, 22),
        (7, 10): (23,),
        (7, 31): (31,),
        (10, 31): (8,),
        (11, 30): (30,),
    }
    for day, numbers in dated.items():
        for number in numbers:
            yield "task", f"任务{number}：", days(2023, day)
    stages = {"动员部署": (5, 20), "集中排查": (8, 31), "重点整治": (11, 30), "建章立制": (12, 31)}
    for name, day in stages.items():
        yield "stage", name, days(2023, day)
    monthly = ("党政主要负责人每月", "分管负责人每月", "每月风险研判会", "每月“五进”", "每月督促企业")
    for words in monthly:
        yield "occurrence", words, ends(2023, *range(5, 13))
    for words in ("每季度“两单两卡”", "每季度更新重大"):
        yield "occurrence", words, ends(2023, 6, 9, 12)
    for words in ("每半年通报", "每半年应急救援"):
        yield "occurrence", words, ends(2023, 6, 12)
    yield "report", "本单位在用的表", days(2023, *((month, 28) for month in range(6, 13)))


def yongqiao() -> Iterator[Stated]:
    yield "occurrence", "每月带队", ends(2023, *range(1, 13))
    yield "occurrence", "每季度全面安全检查", ends(2023, 3, 6, 9, 12)
    yield "occurrence", "黑名单", ends(2023, 3, 6, 9, 12)
    yield "occurrence", "每半年生产安全事故", ends(2023, 6, 12)
    yield "occurrence", "每年向职工大会", ends(2023, 12)
    yield "occurrence", "重要时间节点带队隐患排查（端午节", days(2023, (6, 21))
    yield "occurrence", "重要时间节点带队隐患排查（中秋节、国庆节", days(2023, (9, 28))


def fangshan() -> Iterator[Stated]:
    yield "report", "每月25日前", days(2023, *((month, 25) for month in range(5, 13)))
    yield "report", "每月28日前", days(2023, *((month, 28) for month in range(6, 13)))
    yield "report", "每月29日", days(2023, *((month, 29) for month in range(5, 13)))
    first = date(2023, 5, 18)
    yield "report", "每星期四12点前", [first + timedelta(weeks=n) for n in range(33)]
    yield "occurrence", "每月公开", ends(2023, *range(5, 13))
    yield "occurrence", "每月调度会议", ends(2023, *range(5, 13))
    yield "occurrence", "每季度听取工作汇报", ends(2023, 6, 9, 12)


def fenghuang() -> Iterator[Stated]:
    for year, words in {2024: "存量", 2025: "增量", 2026: "动态清零"}.items():
        yield "target", words, ends(year, 12)
    for words in ("每年专项督查", "每年通报"):
        yield "occurrence", words, [date(year, 12, 31) for year in (2024, 2025, 2026)]
    quarterly = [date(2024, month, 25) for month in (6, 9, 12)]
    quarterly += [date(year, month, 25) for year in (2025, 2026) for month in (3, 6, 9, 12)]
    yield "report", "季度报表", quarterly


def chongming() -> Iterator[Stated]:
    yield "report", "5月31日前", days(2023, (5, 31))
    yield "report", "8月5日前", days(2023, (8, 5))
    yield "report", "12月20日前", days(2023, (12, 20))
    yield "report", "每月28日前", days(2023, *((month, 28) for month in range(5, 13)))
    yield "occurrence", "企业主要负责人每季度带队", ends(2023, 6, 9, 12)
    yield "occurrence", "高危行业领域企业主要负责人每月带队", ends(2023, *range(5, 13))


TABLE = {
    "sanxiang-2023": sanxiang,
    "yongqiao-three-holds": yongqiao,
    "fangshan-2023": fangshan,
    "fenghuang-2024-2026": fenghuang,
    "chongming-2023": chongming,
}


@pytest.mark.parametrize("code", TABLE)
def test_due_holds_every_date_that_the_document_states(tmp_path, code):
    plan = find_plan(code)
    begun = plan.issued_on or plan.starts_on
    with Desk.create(tmp_path / "desk", code, begun, opened_on=begun) as desk:
        items = due_items(desk.books, min(plan.starts_on, date(plan.year, 5, 1)), plan.ends_on)
        for kind, words, stated in TABLE[code]():
            assert _dates(items, kind, words) == sorted(stated), (kind, words)
        assert all(item.remind_on <= item.date for item in items)


def _dates(items: list[DueItem], kind: str, words: str) -> list[date]:
    return [item.date for item in items if item.kind == kind and words in item.title]


def test_thursday_says_its_hour(tmp_path):
    with Desk.create(tmp_path / "desk", "fangshan-2023", date(2023, 5, 17)) as desk:
        thursday = date(2023, 6, 15)
        (item,) = [one for one in due_items(desk.books, thursday, thursday) if one.kind == "report"]
        assert "12:00" in item.reason and item.remind_on == thursday


def test_a_holiday_is_due_until_it_is_triggered_and_then_as_its_occurrence(tmp_path):
    with Desk.create(tmp_path / "desk", "yongqiao-three-holds", date(2023, 6, 1)) as desk:
        day = date(2023, 6, 21)
        (item,) = due_items(desk.books, day, day)
        assert (item.state, item.open) == ("未触发", True)
        (row, *_) = desk.duties.proposals(item.number)
        said = {"name": row.name, "happened_on": row.happened_on, "due": row.due}
        desk.duties.trigger(item.number, said)
        (item,) = due_items(desk.books, day, day)
        assert (item.state, item.open) == ("未开始", True)
        desk.cabinet.clock.set(date(2023, 6, 23))
        assert [one.state for one in due_items(desk.books, day, day)] == ["未开展"]
