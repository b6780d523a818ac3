"""A desk of an earlier version takes in what the program reads from the same document by now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.library.plan_file import find_plan
from hazard_desk.library.plans import Plan

TODAY = date(2023, 6, 1)


def as_it_was() -> Plan:
    """The plan as an earlier version had it: no parts, no leads, no targets, one duty less."""
    plan = find_plan("chongming-2023")
    actions = tuple(
        replace(
            action,
            key_tasks=tuple(
                replace(key, tasks=tuple(replace(task, parts=(), leads=()) for task in key.tasks))
                for key in action.key_tasks
            ),
        )
        for action in plan.actions
    )
    duties = tuple(duty for duty in plan.duties if duty.id != "drill")
    return replace(plan, actions=actions, duties=duties, targets=(), report_to="", report_way="")


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    with Desk.create(folder, as_it_was(), today=TODAY) as made:
        yield made


def test_what_is_new_is_told_taken_in_and_taken_back(desk: Desk) -> None:
    new = find_plan("chongming-2023")
    told = desk.books.renewal.told()
    assert told[:2] == ["16项任务的59个分项", "17项任务的牵头"]
    assert told[2].startswith("1项常态化工作（企业事故应急救援预案演练")
    before = desk.plans.plan()
    desk.books.renewal.take_in()
    assert desk.books.renewal.told() == []
    plan = desk.plans.plan()
    assert [task.parts for task in plan.tasks] == [task.parts for task in new.tasks]
    assert [task.leads for task in plan.tasks] == [task.leads for task in new.tasks]
    assert (plan.targets, plan.report_to, plan.report_way) == (new.targets, new.report_to, new.report_way)
    (drill,) = [row for row in desk.duties.all_rows() if row.code == "drill"]
    assert drill.starts_on == TODAY, "nothing that was before is late"
    with pytest.raises(Refused, match="没有新增的内容"):
        desk.books.renewal.take_in()
    desk.undo()
    assert desk.plans.plan() == before and desk.books.renewal.told() == told
    assert desk.check() == []


def test_what_the_office_wrote_stays(desk: Desk) -> None:
    first, second = desk.tasks.all_rows()[:2]
    desk.task_edits.change(first.id, {"leads": "甲领导"})
    desk.part_edits.add(second.id, {"text": "本单位的分项"})
    desk.plans.change({"report_to": "市安委办"})
    desk.books.renewal.take_in()
    first, second, third = desk.tasks.all_rows()[:3]
    assert first.leads == ["甲领导"] and len(first.parts) == 6
    assert [part.text for part in second.parts] == ["本单位的分项"]
    assert third.leads == ["企业主要负责人"]
    assert desk.plans.current().report_to == "市安委办"
    assert desk.plans.current().report_way == "政务微信"


def test_a_new_desk_and_a_plan_of_the_office_have_nothing_to_take_in(desk: Desk, tmp_path: Path) -> None:
    with Desk.create(tmp_path / "new", "chongming-2023", today=TODAY) as new:
        assert new.books.renewal.told() == []
    with Desk.create(tmp_path / "own", replace(as_it_was(), id="own-2023"), today=TODAY) as own:
        assert own.books.renewal.told() == []


def test_by_the_command_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.close()
    assert main(["--desk", str(desk.folder), "plan", "renew", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "chongming-2023"
    assert main(["--desk", str(desk.folder), "plan", "renew"]) == 2
    assert "没有新增的内容" in capsys.readouterr().err
