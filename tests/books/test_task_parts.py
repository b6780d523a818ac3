"""Parts of a task: each with a state and a work log of its own, changed by the office, kept with the plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.figures.dossier import dossiers
from hazard_desk.library.plan_file import load_plan

TODAY = date(2023, 6, 1)
GONE = {"withdrawn_on": "2023-06-01", "withdrawn_why": "并入上一项"}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts") / "desk"
    Desk.create(folder, "yongqiao-three-holds", today=TODAY).close()
    return folder


@pytest.fixture
def desk(begun: Path, tmp_path: Path, copied) -> Iterator[Desk]:
    with Desk.open(copied(begun), TODAY) as opened:
        yield opened


@pytest.fixture
def copied(tmp_path: Path):
    import shutil

    return lambda folder: shutil.copytree(folder, tmp_path / "desk")


def entry(day: str = "2023-05-25", kind: str = "进展") -> dict[str, str]:
    return {"happened_on": day, "kind": kind, "note": "已部署"}


def number_of(desk: Desk, number: int) -> int:
    return next(row.id for row in desk.tasks.all_rows() if row.number == number)


def task(desk: Desk, number: int, day: date | None = None):
    return next(row for row in desk.tasks.all_rows(day) if row.number == number)


def test_the_43_parts_come_with_the_plan(desk: Desk) -> None:
    rows = desk.tasks.all_rows()
    assert sum(len(row.parts) for row in rows) == 43
    assert {part.status for row in rows for part in row.parts} == {"未开始"}
    assert task(desk, 9).part_leads == ["政策法规股（2）"]
    assert [one.name for one in desk.tasks.rollup("lead")] == [
        "局安全办",
        "各单位主要负责同志或分管负责同志",
        "政策法规股",
        "执法大队",
    ]


def test_a_part_has_its_own_log_and_state(desk: Desk) -> None:
    number = number_of(desk, 3)
    first, second, third = task(desk, 3).parts
    desk.tasks.add_log(number, entry(), part=first.id)
    desk.tasks.add_log(number, entry("2023-05-30", "完成"), part=second.id)
    row = task(desk, 3)
    assert [part.status for part in row.parts] == ["按期推进", "已完成", "未开始"]
    assert row.part_course == "3个分项已开展2个、完成1个" and row.part_course in row.reason
    assert [one.note for one in desk.tasks.log(number, first.id)] == ["已部署"]
    assert [one.part for one in desk.tasks.log(number)] == ["（2）", "（1）"]
    assert [part.status for part in task(desk, 3, date(2023, 5, 26)).parts] == [
        "按期推进",
        "未开始",
        "未开始",
    ]
    assert task(desk, 4).parts[0].status == "未开始"
    with pytest.raises(RefusedFields, match="不能晚于今天"):
        desk.tasks.add_log(number, entry("2023-06-02"), part=third.id)
    with pytest.raises(Refused, match="已经撤回"):
        desk.tasks.add_log(number_of(desk, 4), entry(), part=first.id)


def test_a_task_is_done_when_its_parts_are(desk: Desk) -> None:
    number = number_of(desk, 3)
    for day, part in zip(("2023-05-20", "2023-05-30", "2023-05-25"), task(desk, 3).parts, strict=True):
        assert task(desk, 3).status != "已完成"
        desk.tasks.add_log(number, entry(day, "完成"), part=part.id)
    assert (task(desk, 3).status, task(desk, 3).done_on) == ("已完成", date(2023, 5, 30))
    assert task(desk, 3, date(2023, 5, 29)).status != "已完成"
    desk.tasks.add_log(number, entry("2023-05-31", "重新开展"))
    assert task(desk, 3).status == "按期推进"


def test_a_part_keeps_to_its_own_deadline(desk: Desk) -> None:
    number = number_of(desk, 6)
    part = task(desk, 6).parts[0]
    desk.part_edits.change(number, part.id, {"deadline_text": "5月底前", "leads": "王某、安监股"})
    row = task(desk, 6)
    assert (row.parts[0].due, row.parts[0].overdue) == (date(2023, 5, 31), True)
    assert row.parts[0].leads == ["王某", "安监股"]
    assert row.status == "滞后" and "分项（1）已逾期" in row.reason
    assert any(
        "分项（1）逾期" in told for one in dossiers(desk.books) if one.number == 6 for told in one.missing
    )
    with pytest.raises(RefusedFields, match="不一致"):
        desk.part_edits.change(number, part.id, {"due": "2023-06-15"})
    assert desk.part_edits.history(part.id)[0].title == "修改任务6分项（1）"
    desk.undo()
    assert not task(desk, 6).parts[0].overdue


def test_the_office_adds_and_withdraws_parts(desk: Desk, tmp_path: Path) -> None:
    number = number_of(desk, 1)
    desk.part_edits.add(number, {"text": "建立分管领域清单", "units": "各股室", "deadline_text": "6月中旬"})
    added = task(desk, 1).parts[-1]
    assert (added.number, added.mark, added.due) == (4, "（4）", date(2023, 6, 20))
    desk.part_edits.withdraw(number, task(desk, 1).parts[0].id, GONE)
    assert [part.number for part in task(desk, 1).parts] == [2, 3, 4]
    assert [part.number for part in task(desk, 1, date(2023, 5, 31)).parts] == [1, 2, 3, 4]
    plan = desk.plans.plan()
    assert [part.number for part in plan.tasks[0].parts] == [2, 3, 4]
    assert load_plan(desk.plans.save_file(tmp_path / "plan.toml")) == plan
    desk.plans.next_year(desk.plans.next_values())
    moved = desk.plans.plan().tasks[0].parts
    assert [part.number for part in moved] == [2, 3, 4]
    assert moved[-1].due == date(2024, 6, 20)
    assert desk.check() == []


def test_parts_by_the_command_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(desk.folder)
    desk.close()
    assert main(["--desk", folder, "tasks", "--json"]) == 0
    rows = {row["number"]: row for row in json.loads(capsys.readouterr().out)}
    assert sum(len(row["parts"]) for row in rows.values()) == 43
    assert rows[8]["leads"] == ["局安全办"]
    assert rows[9]["parts"][1]["leads"] == ["政策法规股"]
    assert {"number", "text", "leads", "units", "due", "status", "overdue"} <= set(rows[1]["parts"][0])
    assert main(["--desk", folder, "tasks", "--parts", "--json"]) == 0
    parts = json.loads(capsys.readouterr().out)
    assert len(parts) == 43 and parts[-1]["task"] == 12
    assert main(["--desk", folder, "tasks", "--parts"]) == 0
    assert "执法大队" in capsys.readouterr().out
