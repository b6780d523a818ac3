"""What a plan dates besides tasks and duties: targets, parts of tasks, the first day that its form counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.figures.due import before_items, due_items, overdue_items
from hazard_desk.figures.progress.filling import fill
from hazard_desk.library.progress_forms import find_progress_form, progress_form_from
from hazard_desk.rules.fields import Row

Open = Callable[[str, date], Desk]
FORM = find_progress_form("chongming-2023")


@pytest.fixture
def begun(folder: Path) -> Iterator[Open]:
    made: list[Desk] = []

    def begin(plan: str, day: date) -> Desk:
        made.append(Desk.create(folder, plan, day))
        return made[-1]

    yield begin
    for desk in made:
        desk.close()


def test_targets_that_name_a_day_are_due(begun: Open) -> None:
    desk = begun("fenghuang-2024-2026", date(2025, 6, 1))
    items = [
        one for one in due_items(desk.books, date(2024, 1, 1), date(2026, 12, 31)) if one.kind == "target"
    ]
    assert [one.date for one in items] == [
        date(year, 12, 31) for year in (2024, 2024, 2025, 2025, 2026, 2026)
    ]
    told = {one.title: (one.state, one.open) for one in items}
    assert told["工作目标：基本消除2023年及以前排查发现的重大事故隐患存量"] == ("已结束", False), (
        "no hazard of those years was ever entered: nothing shows that none is left"
    )
    assert told["工作目标：有效遏制重大事故隐患增量"] == ("进行中", True)
    assert told["工作目标：形成重大事故隐患动态清零的常态化机制"] == ("未开始", True), (
        "its year has not begun"
    )
    missed = "工作目标：重点开展危化企业主要负责人和镇卫生院消防安全责任人集中培训"
    assert told[missed] == ("未达到", False)
    assert {one.record for one in items} == {f"plans/{desk.plans.number}"}
    assert not [one for one in overdue_items(desk.books) if one.kind == "target"]


def test_a_part_with_a_day_of_its_own_is_due(begun: Open) -> None:
    desk = begun("yongqiao-three-holds", date(2023, 6, 1))
    task = next(row for row in desk.tasks.all_rows() if row.number == 9)
    desk.part_edits.change(task.id, task.parts[1].id, {"deadline_text": "5月底前"})
    (item,) = [
        one for one in due_items(desk.books, date(2023, 5, 31), date(2023, 5, 31)) if one.kind == "milestone"
    ]
    assert item.title.startswith("任务9（2）：科学制定")
    assert (item.state, item.open, item.overdue) == ("已逾期", True, True)
    assert (item.people, item.units) == (("政策法规股",), ("各部门",))
    assert item in overdue_items(desk.books)
    values = {"happened_on": "2023-06-01", "kind": "完成", "note": "已印发"}
    desk.tasks.add_log(task.id, values, part=task.parts[1].id)
    assert item.title not in [one.title for one in overdue_items(desk.books)]


def test_a_part_that_fell_due_before_the_desk_was_begun_is_recorded_alone(folder: Path) -> None:
    with Desk.create(folder, "yongqiao-three-holds", date(2023, 6, 1), opened_on=date(2023, 6, 1)) as desk:
        task = next(row for row in desk.tasks.all_rows() if row.number == 9)
        desk.part_edits.change(task.id, task.parts[1].id, {"deadline_text": "5月底前"})
        assert not [one for one in overdue_items(desk.books) if one.kind == "milestone"]
        (item,) = [one for one in before_items(desk.books) if one.kind == "milestone"]
        assert (item.state, item.open, item.before) == ("起账前", False, True)
        due = (desk.tasks.id, item.number, item.key)
        desk.books.backlog.record([due], {"happened_on": "2023-06-01", "note": "上半年已印发"})
        row = next(row for row in desk.tasks.all_rows() if row.number == 9)
        assert [part.status for part in row.parts] == ["未开始", "已完成", "未开始"]
        assert row.done_on is None


def test_a_target_of_before_is_not_said_to_be_missed(folder: Path) -> None:
    day = date(2026, 11, 16)
    with Desk.create(folder, "fenghuang-2024-2026", day, opened_on=day) as desk:
        items = [one for one in due_items(desk.books, date(2024, 1, 1), day) if one.kind == "target"]
        assert {one.state for one in items} <= {"起账前", "已达到"}


def test_the_form_of_chongming_counts_from_the_first_of_may(begun: Open, found: Row) -> None:
    desk = begun("chongming-2023", date(2023, 6, 1))
    major = found | {"level": "重大", "criterion": "判定标准第三条", "source": "企业自查"}
    for day in ("2023-04-30", "2023-05-01", "2023-05-23"):
        desk.hazards.add(major | {"found_on": day})
    whole = fill(desk.books, FORM, date(2023, 5, 28)).cell("1.1")
    assert whole.value == 2
    month = fill(desk.books, FORM, date(2023, 5, 28), reading=None).cell("1.1")
    assert month.value == 2
    assert fill(desk.books, find_progress_form("fangshan-2023"), date(2023, 5, 28)).cell("1.1").value == 1
    assert progress_form_from(FORM.plain()) == FORM
    assert FORM.begins(date(2024, 5, 23)) == date(2024, 5, 23), "of another year"


def test_where_reports_go_is_of_the_plan_and_the_office_writes_who(begun: Open, tmp_path: Path) -> None:
    desk = begun("chongming-2023", date(2023, 6, 1))
    plan = desk.plans.plan()
    assert (plan.report_to, plan.report_way) == ("区安委会办公室", "政务微信")
    assert not any(mark.isdigit() for mark in plan.report_contact.replace("2名", "")), "no private number"
    desk.plans.change({"report_contact": "甲联系"})
    assert desk.plans.plan().report_contact == "甲联系"
    assert desk.plans.current().title == plan.title
