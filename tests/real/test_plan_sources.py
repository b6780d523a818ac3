"""The five public notices as Word files: read from their own text, they are the bundled plans."""

from __future__ import annotations

import pytest

from hazard_desk.desk import Desk
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.plan_file import find_plan
from tests.real.sources import NAMES, as_word, marked_leads


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Annex]:
    folder = tmp_path_factory.mktemp("sources")
    return {name: Desk.read_annex(as_word(name, folder), 2026) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_head_and_counts_are_those_of_the_bundled_plan(name: str, read: dict[str, Annex]) -> None:
    annex, plan = read[name], find_plan(name)
    head = ("title", "issuer", "number", "issued_on")
    assert [getattr(annex, one) for one in head] == [getattr(plan, one) for one in head]
    counts = plan.counts()
    assert (annex.actions, annex.key_tasks, len(annex.tasks)) == (
        counts["actions"],
        counts["key_tasks"],
        counts["tasks"],
    )
    assert [(one.name, one.starts_on, one.due) for one in annex.stages] == [
        (one.name, one.starts_on, one.due) for one in plan.stages
    ]
    assert [len(one.members) for one in annex.groups] == [len(one.members) for one in plan.groups]


@pytest.mark.parametrize("name", NAMES)
def test_tasks_are_those_of_the_bundled_plan(name: str, read: dict[str, Annex]) -> None:
    for task, (action, key, one) in zip(read[name].tasks, find_plan(name).rows(), strict=True):
        assert (task.action, task.key_task) == (action.name, key.name)
        assert "".join(task.text.split()) == "".join(one.text.split())
        assert (task.leads, task.deadline, task.due, task.standing) == (
            marked_leads(name, one),
            one.deadline,
            one.due,
            one.standing,
        )


def test_the_annex_of_s0_gives_units_and_what_is_taken_over(read: dict[str, Annex]) -> None:
    for task, one in zip(read["sanxiang-2023"].tasks, find_plan("sanxiang-2023").tasks, strict=True):
        assert (task.units, task.inherited) == (one.units, one.inherited)


def test_who_leads_amid_a_sentence_is_read(read: dict[str, Annex]) -> None:
    units = {task.number: (task.units, task.helpers) for task in read["yongqiao-three-holds"].tasks}
    assert units[9] == (("政策法规股",), ("各部门",))
    assert units[10] == (("执法大队",), ())


def test_who_answers_for_something_outside_of_all_tasks_is_told(read: dict[str, Annex]) -> None:
    said = "".join(read["fangshan-2023"].doubts)
    for unit in ("能源股", "粮食服务股", "人防办", "驻村工作队"):
        assert unit in said
    assert "崇明海事局为重点领域专项行动牵头单位" in "".join(read["chongming-2023"].doubts)


def test_reports_and_recurring_work_are_found(read: dict[str, Annex]) -> None:
    rhythms = {duty.rhythm for duty in read["fangshan-2023"].duties}
    assert {"每月25日前", "每月29日", "每星期四上午12点前", "每月28日前"} <= rhythms
    days = [day.isoformat() for duty in read["chongming-2023"].duties for day in duty.dates]
    assert days == ["2023-05-31", "2023-08-05", "2023-12-20"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_used_is_listed(name: str, read: dict[str, Annex]) -> None:
    unread = read[name].unread
    assert any("总体要求" in one.text for one in unread)
    assert not [one for one in unread if one.kind == "bracket"]
    used = {task.text[:20] for task in read[name].tasks}
    assert not [one.text for one in unread if one.kind == "paragraph" and one.text[:20] in used]
