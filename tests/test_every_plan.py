"""A desk on each bundled plan does what the 三星乡 desk does: papers, dates, numbers, its own office."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hazard_desk.cli import main
from hazard_desk.desk import Desk, office_of
from hazard_desk.figures.due import due_items
from hazard_desk.library.plan_file import find_plan
from hazard_desk.papers.model import Hanging, Paper, Para, Table
from hazard_desk.papers.order import Order
from hazard_desk.papers.telling import tell_text

DAYS = {
    "yongqiao-three-holds": date(2023, 6, 1),
    "fangshan-2023": date(2023, 6, 20),
    "fenghuang-2024-2026": date(2025, 6, 20),
    "chongming-2023": date(2023, 6, 20),
}
TASKS = {"yongqiao-three-holds": 12, "fangshan-2023": 34, "fenghuang-2024-2026": 19, "chongming-2023": 17}


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of new desks, one on each plan; to be copied."""
    made = {}
    for plan_id, day in DAYS.items():
        made[plan_id] = tmp_path_factory.mktemp("plans") / plan_id
        Desk.create(made[plan_id], plan_id, day, clerk="甲经办").close()
    return made


@pytest.fixture(params=DAYS)
def planned(request: pytest.FixtureRequest, desks: dict[str, Path], folder: Path) -> Iterator[Desk]:
    """A new desk on each of the plans in turn."""
    shutil.copytree(desks[request.param], folder)
    with Desk.open(folder, DAYS[request.param]) as opened:
        yield opened


def code(desk: Desk) -> str:
    return str(desk.plans.current()["code"])


def words(paper: Paper) -> str:
    """Every word of a paper that is no table."""
    told = (block.text for block in paper.blocks if isinstance(block, Para | Hanging))
    return "\n".join((paper.title, *told))


def test_the_desk_is_sound_and_its_papers_print(planned: Desk, tmp_path: Path) -> None:
    assert planned.check() == []
    for report in ("task-table", "leading-group", "hazard-ledger", "duties", "enterprises"):
        assert planned.papers.print(report, tmp_path / f"{report}.pdf").read_bytes().startswith(b"%PDF")
    assert planned.sheets.export("tasks", tmp_path / "tasks.xlsx").stat().st_size > 0


def test_the_office_is_the_plans_own(desks: dict[str, Path]) -> None:
    told = {}
    for plan_id, folder in desks.items():
        with Desk.open(folder, lock=False) as desk:
            told[plan_id] = desk.office_name
    assert told == {
        "yongqiao-three-holds": "宿州市城市管理局埇桥分局安全办",
        "fangshan-2023": "方山县发展和改革局办公室",
        "fenghuang-2024-2026": "凤凰镇应急办",
        "chongming-2023": "上海市崇明区安全生产委员会办公室",
    }
    assert office_of(find_plan("sanxiang-2023").issuer) == "三星乡应急办"


def test_hazards_are_numbered_by_the_plan(planned: Desk, found: dict) -> None:
    row = planned.hazards.get(planned.hazards.add(found).ids[0])
    assert row["number"] == find_plan(code(planned)).hazard_number.format(year=row["year"], seq=1)


def test_the_task_table_has_the_columns_and_the_numbers_of_the_document(planned: Desk) -> None:
    paper = tell_text("task-table", planned.books, Order())
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    leads = ["牵头领导"] if code(planned) in ("yongqiao-three-holds", "chongming-2023") else []
    assert [column.label for column in table.columns] == [
        "序号",
        "主要行动",
        "重点任务",
        "具体任务",
        *leads,
        "备注",
    ]
    assert len(table.rows) == TASKS[code(planned)]
    plan = find_plan(code(planned))
    for row, (_, key, task) in zip(table.rows, plan.rows(), strict=True):
        assert row[3] is not None and row[3].text == task.written + task.text
        assert row[2] is None or row[2].text == key.written + key.name
    assert paper.title == plan.annex_title


def test_a_lead_that_the_office_adds_brings_its_column_back(planned: Desk) -> None:
    planned.cabinet.db.execute_sql("UPDATE task SET leads = '[\"甲领导\"]' WHERE number = 1")
    (table,) = (
        block for block in tell_text("task-table", planned.books, Order()).blocks if isinstance(block, Table)
    )
    assert "牵头领导" in [column.label for column in table.columns]


def test_the_list_of_members_names_the_group_as_the_document_does(planned: Desk) -> None:
    told = words(tell_text("leading-group", planned.books, Order()))
    assert "（）" not in told and "，，" not in told
    assert {
        "yongqiao-three-holds": "没有成立领导小组，也没有列出组成人员。",
        "fangshan-2023": "李建山、高峰翔、孙小勇、杨建成、高建业、常永兴、康志勇、赵嘉栋",
        "fenghuang-2024-2026": "工作专班下设办公室在镇应急办，具体负责组织实施和协调推动、",
        "chongming-2023": "胡柳强、张秩通、陈琦、徐慧泉",
    }[code(planned)] in told
    assert {
        "yongqiao-three-holds": "宿州市城市管理局埇桥分局领导小组组成人员名单",
        "fangshan-2023": "方山县发展和改革局重大事故隐患专项排查整治2023行动领导组组成人员名单",
        "fenghuang-2024-2026": "巫溪县凤凰镇安全生产专项整治三年行动工作专班组成人员名单",
        "chongming-2023": "上海市崇明区专项行动工作专班组成人员名单",
    }[code(planned)] in told


def test_everything_dated_of_the_campaign(planned: Desk) -> None:
    plan = find_plan(code(planned))
    items = due_items(planned.books, plan.starts_on, plan.ends_on)
    assert sum(item.kind == "stage" for item in items) == sum(
        stage.due >= plan.starts_on for stage in plan.stages
    )
    assert not any(item.kind == "task" for item in items), "the documents give no deadlines"
    duties = [item for item in items if item.record.startswith("duties/") and item.state != "未触发"]
    dated = {item.number for item in duties if item.kind in ("occurrence", "report")}
    kinds = {row["id"]: row["kind"] for row in planned.duties.all_rows()}
    assert dated >= {number for number, kind in kinds.items() if kind == "recurring"}
    assert "triggered" not in {kinds[number] for number in dated}


def test_a_task_without_a_deadline_is_done_when_the_log_says_so(planned: Desk) -> None:
    with_duty = {number for duty in planned.duties.all_rows() for number in duty["tasks"]}
    task = next(row for row in planned.tasks.all_rows() if row["number"] not in with_duty)
    assert (task["status"], task["overdue"]) == ("未开始", False)
    assert task["reason"] == "方案没有写明时限，尚无工作记录"
    entry = {"happened_on": planned.today, "kind": "完成", "note": "已全面完成"}
    planned.tasks.add_log(task["id"], entry)
    assert planned.tasks.get(task["id"])["status"] == "已完成"


def test_the_plans_by_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plans", "--json"]) == 0
    told = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert {plan_id: told[plan_id]["tasks"] for plan_id in TASKS} == TASKS
    assert set(told["fangshan-2023"]) >= {
        *("id", "title", "actions", "key_tasks", "tasks", "stages", "duties"),
    }


@pytest.mark.parametrize("plan_id", DAYS)
def test_tasks_by_the_command_line(desks: dict[str, Path], plan_id: str, capsys) -> None:
    assert main(["--desk", str(desks[plan_id]), "tasks", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["number"] for row in rows] == list(range(1, TASKS[plan_id] + 1))
    assert {row["due"] for row in rows} == {None}
