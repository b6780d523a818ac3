"""Plans in the shapes that offices use: no task with a wrong unit or leader, no column lost unnamed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.annex.plan import AnnexHead, plan_of_annex
from tests.real.plan_layouts import LAYOUTS, Layout
from tests.real.township_layouts import TOWNSHIP_LAYOUTS

_ALL = LAYOUTS | TOWNSHIP_LAYOUTS


@pytest.fixture(params=_ALL)
def layout(request: pytest.FixtureRequest) -> Layout:
    return _ALL[request.param]()


@pytest.fixture
def annex(layout: Layout, tmp_path: Path) -> Annex:
    return Desk.read_annex(layout.write(tmp_path), 2023, layout.told)


def test_who_does_what_by_when(layout: Layout, annex: Annex) -> None:
    read = [(one.leads, one.units, one.helpers, one.deadline) for one in annex.tasks]
    assert read == [task[1:] for task in layout.tasks]
    assert all(one.text.startswith(task[0]) for one, task in zip(annex.tasks, layout.tasks, strict=True))


def test_what_stands_over_the_tasks(layout: Layout, annex: Annex) -> None:
    assert list(dict.fromkeys(one.action for one in annex.tasks)) == layout.actions
    assert annex.title == layout.title


def test_no_column_vanishes_unnamed(layout: Layout, annex: Annex) -> None:
    assert tuple(dict.fromkeys(one.text for one in annex.unread if one.kind == "column")) == layout.unread


def test_it_becomes_a_plan(annex: Annex) -> None:
    head = AnnexHead("导入的方案", "甲乡人民政府", date(annex.years[0], 1, 1), date(2026, 12, 31))
    plan = plan_of_annex(annex, head, "plan")
    assert [(one.units, one.helpers) for one in plan.tasks] == [
        (one.units, one.helpers) for one in annex.tasks
    ]


def test_a_column_that_is_not_known_is_told_and_mapped(tmp_path: Path) -> None:
    layout = LAYOUTS["sectors"]()
    file = layout.write(tmp_path)
    annex = Desk.read_annex(file, 2024)
    assert "包干情形：甲类" in annex.tasks[0].notes
    assert "完成标准：全部畅通" in annex.tasks[0].notes
    mapped = Desk.read_annex(file, 2024, {"包干情形": "备注"})
    assert [one.remark for one in mapped.tasks] == ["甲类", "乙类"]
    assert mapped.unread == ()
    with pytest.raises(Refused, match="没有“别的栏”这一栏"):
        Desk.read_annex(file, 2024, {"别的栏": "备注"})
    with pytest.raises(Refused, match="没有栏目“别的”"):
        Desk.read_annex(file, 2024, {"包干情形": "别的"})


def test_contacts_are_kept_aside_and_flagged(tmp_path: Path) -> None:
    annex = Desk.read_annex(LAYOUTS["phones"]().write(tmp_path), 2023)
    assert "13800000001" in "".join(annex.tasks[0].notes) and "13800000001" in annex.tasks[0].doubts["leads"]
    assert "派出所 赵丁、消防站 钱戊" in "".join(annex.tasks[1].notes)


def test_people_in_a_table_are_a_group(tmp_path: Path) -> None:
    annex = Desk.read_annex(LAYOUTS["within"]().write(tmp_path), 2023)
    assert [(one.role, one.person, one.post) for one in annex.groups[0].members] == [
        ("组长", "张甲", "镇长"),
        ("办公室主任", "王丙", "应急办主任"),
    ]


def test_the_command_tells_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = LAYOUTS["years"]().write(tmp_path)
    told = ["--today", "2023-06-01", "plan", "import", str(file), "--dry-run", "--json"]
    assert main(["--desk", str(tmp_path / "desk"), *told]) == 0
    said = json.loads(capsys.readouterr().out)
    keys = "title issuer number actions key_tasks tasks groups stages duties doubts unread"
    assert set(keys.split()) <= set(said)
    task = said["tasks"][2]
    keys = (
        "number action key_task text leads units helpers deadline_text due milestones recurs standing notes"
    )
    assert set(keys.split()) <= set(task)
    assert [one["due"] for one in task["milestones"]] == ["2024-12-31", "2025-12-31", "2026-12-31"]


def test_a_part_of_the_year_ends_when_it_ends(tmp_path: Path) -> None:
    tasks = Desk.read_annex(TOWNSHIP_LAYOUTS["quarters_of_counts"]().write(tmp_path), 2025).tasks
    assert [task.due for task in tasks] == [date(2025, 12, 31), date(2025, 12, 31)]
    assert "李娜 13800000002" in tasks[0].notes[0]


def test_the_year_is_that_of_the_dates_where_no_title_tells_it(tmp_path: Path) -> None:
    annex = Desk.read_annex(TOWNSHIP_LAYOUTS["ranks_before_names"]().write(tmp_path), 2031)
    assert [task.due for task in annex.tasks] == [date(2025, 12, 15), date(2025, 9, 20)]


def test_a_sheet_that_is_not_read_is_told(tmp_path: Path) -> None:
    annex = Desk.read_annex(TOWNSHIP_LAYOUTS["a_sheet_for_the_title"]().write(tmp_path), 2031)
    assert annex.year == 2026
    assert [part.text for part in annex.unread] == ["巳镇人民政府"]


def test_members_are_named_with_the_post_behind_the_name(tmp_path: Path) -> None:
    layout = TOWNSHIP_LAYOUTS["bare_brackets"]()
    led = [
        "三、组织领导",
        "组　长：马志强　党委书记、镇长",
        "副组长：杜　鹃　副镇长",
        "　　　　韩磊　副镇长",
        "成员：各村",
    ]
    found = Desk.read_annex(replace(layout, blocks=[*layout.blocks[:-2], *led]).write(tmp_path), 2025)
    people = [(one.person, one.post) for one in found.groups[0].members]
    assert people[:3] == [("马志强", "党委书记、镇长"), ("杜鹃", "副镇长"), ("韩磊", "副镇长")]
