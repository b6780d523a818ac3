"""A plan file is read as it says, and a bad one is refused in one clear sentence."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from hazard_desk.errors import Refused, Trouble
from hazard_desk.library import places
from hazard_desk.library.plan_file import bundled_plans, find_plan, load_plan
from hazard_desk.rules.deadlines import parse_deadline

SMALL = """\
[plan]
format = 1
id = "small"
title = "示例方案"
short = "示例"
issuer = "示例镇人民政府"
starts_on = 2024-01-01
ends_on = 2024-12-31

[[groups]]
id = "lead"
name = "领导小组"
[[groups.members]]
role = "组长"
post = "镇长"

[[groups]]
id = "fire"
name = "消防专项小组"
parent = "lead"

[[stages]]
number = 1
name = "动员"
deadline = "2月底前"
starts_on = 2024-01-01
due = 2024-02-29
text = "动员。"

[[stages]]
number = 2
name = "整治"
deadline = "3月至11月"
starts_on = 2024-03-01
due = 2024-11-30
text = "整治。"

[[targets]]
id = "stock"
year = 2024
deadline = "2024年底前"
due = 2024-12-31
text = "按期整改"
basis = "正文。"
value = 100
unit = "%"

[[actions]]
number = 1
name = "行动"
[[actions.key_tasks]]
number = 1
name = "重点"
[[actions.key_tasks.tasks]]
number = 1
text = "任务一。"
leads = ["甲"]
units = ["应急办"]
deadline = "6月底"
due = 2024-06-30
[[actions.key_tasks.tasks]]
number = 2
text = "任务二。"
leads = ["甲"]
deadline = "长期坚持"
standing = true
inherited = { leads = 1 }
[[actions.key_tasks.tasks]]
number = 3
text = "任务三。"

[[duties]]
id = "report"
title = "每月上报"
basis = "正文。"
kind = "recurring"
period = "month"
rrule = "FREQ=MONTHLY;BYMONTHDAY=28"
at = "12:00"
tasks = [1]

[[registers]]
id = "book"
title = "台账"
basis = "正文。"
tasks = [1, 2]

[[narrative]]
id = "summary"
title = "总结"
basis = "正文。"
stage = 2
duty = "report"
"""


def test_every_bundled_plan_loads_under_its_own_name() -> None:
    assert "sanxiang-2023" in bundled_plans()
    for plan_id, path in bundled_plans().items():
        loaded = load_plan(path)
        assert loaded.id == plan_id
        assert all(parse_deadline(task.deadline, loaded.year).text == task.deadline for task in loaded.tasks)
        assert all(time.fromisoformat(duty.at) for duty in loaded.duties if duty.at)


def test_an_unknown_plan_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match=r"没有编号为“nowhere”的方案，现有方案：.*sanxiang-2023"):
        find_plan("nowhere")


def test_plans_are_found_in_the_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "resources", lambda: tmp_path)
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "small.toml").write_text(SMALL, encoding="utf-8")

    assert list(bundled_plans()) == ["small"]
    assert find_plan("small").title == "示例方案"


def plan_file(folder: Path, text: str) -> Path:
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_small_plan_loads(tmp_path: Path) -> None:
    plan = load_plan(plan_file(tmp_path, SMALL))

    assert plan.counts() == {"actions": 1, "key_tasks": 1, "tasks": 3, "stages": 2, "duties": 1}
    assert plan.issued_on is None and plan.tasks[2].due is None
    assert plan.tasks[1].inherited == {"leads": 1}
    assert plan.groups[1].parent == "lead"
    assert (plan.targets[0].year, plan.targets[0].value, plan.targets[0].unit) == (2024, 100, "%")


def test_what_numbers_a_task_on_paper(tmp_path: Path) -> None:
    """As the document has it, where it differs from the plan's own count."""
    marked = SMALL.replace('name = "重点"', 'name = "重点"\nmark = "五、"').replace(
        'text = "任务三。"', 'text = "任务三。"\nmark = ""'
    )
    (key_task,) = load_plan(plan_file(tmp_path, marked)).actions[0].key_tasks
    assert key_task.written == "五、"
    assert [task.written for task in key_task.tasks] == ["（1）", "（2）", ""]
    assert load_plan(plan_file(tmp_path, SMALL)).actions[0].key_tasks[0].written == "1．"


def test_a_file_from_notepad_with_its_mark_at_the_front_loads(tmp_path: Path) -> None:
    assert load_plan(plan_file(tmp_path, "\ufeff" + SMALL)).id == "small"


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("format = 1", "format = 2", "plan.format", "升级"),
        ("[plan]", "[other]", "plan", "缺少"),
        ('title = "示例方案"\n', "", "plan.title", "不能缺少"),
        ('title = "示例方案"', 'title = ""', "plan.title", "不能为空"),
        ('title = "示例方案"', "title = 7", "plan.title", "文字"),
        ('id = "small"', 'id = "小方案"', "plan.id", "小写英文字母"),
        ("ends_on = 2024-12-31", "ends_on = 2023-12-31", "plan.ends_on", "早于"),
        ("ends_on = 2024-12-31", 'ends_on = "2024-12-31"', "plan.ends_on", "日期"),
        ("ends_on = 2024-12-31", "ends_on = 2024-12-31T08:00:00", "plan.ends_on", "日期"),
        ('short = "示例"', 'short = "示例"\ncolour = "红"', "plan.colour", "没有这一项"),
        ('short = "示例"', 'short = "示例"\nhazard_number = "隐患{number}"', "plan.hazard_number", "{seq}"),
        ('short = "示例"', 'short = "示例"\nhazard_number = "隐患{seq}"', "plan.hazard_number", "{year}"),
        ('short = "示例"', 'short = "示例"\nhazard_number = "隐患{seq"', "plan.hazard_number", "{seq}"),
        ('short = "示例"', 'short = "示例"\nnotes = "疑点"', "plan.notes", "方括号"),
        ('short = "示例"', 'short = "示例"\nnotes = [1]', "plan.notes[0]", "文字"),
        (
            'short = "示例"',
            'short = "示例"\nhazard_asks = ["signed"]',
            "plan.hazard_asks[0]",
            "posted、supervised",
        ),
        ('role = "组长"', 'role = "队长"', "groups[0].members[0].role", "组长、常务副组长"),
        ('post = "镇长"', 'post = ""', "groups[0].members[0]", "至少写一项"),
        ('parent = "lead"', 'parent = "none"', "groups[1].parent", "“none”"),
        ('id = "fire"', 'id = "lead"', "groups[1].id", "与 groups[0].id 重复"),
        ("due = 2024-02-29", "due = 2024-02-28", "stages[0].due", "应为 2024-02-29"),
        ("starts_on = 2024-03-01", "starts_on = 2024-04-01", "stages[1].starts_on", "应为 2024-03-01"),
        ("number = 2\nname", "number = 1\nname", "stages[1].number", "与 stages[0].number 重复"),
        ("number = 2\ntext", "number = 1\ntext", "actions[0].key_tasks[0].tasks[1].number", "重复"),
        ("number = 2\ntext", 'number = "2"\ntext', "actions[0].key_tasks[0].tasks[1].number", "整数"),
        ("due = 2024-06-30", "due = 2024-06-29", "actions[0].key_tasks[0].tasks[0].due", "应为 2024-06-30"),
        ("due = 2024-12-31", "due = 2024-12-30", "targets[0].due", "应为 2024-12-31"),
        ("year = 2024", "year = 2026", "targets[0].year", "起止年份"),
        ("value = 100\n", "", "targets[0].unit", "value"),
        ('id = "stock"', 'id = "存量"', "targets[0].id", "小写英文字母"),
        ('name = "重点"', 'name = "重点"\nmark = 1', "actions[0].key_tasks[0].mark", "文字"),
        ("due = 2024-06-30\n", "", "actions[0].key_tasks[0].tasks[0].due", "应为 2024-06-30"),
        ("standing = true\n", "", "actions[0].key_tasks[0].tasks[1].standing", "应为 true"),
        ("standing = true", "standing = 1", "actions[0].key_tasks[0].tasks[1].standing", "true 或 false"),
        ("standing = true", "due = 2024-06-30", "actions[0].key_tasks[0].tasks[1].due", "没有日期"),
        ('"6月底"\ndue = 2024-06-30', '"六月左右"', "actions[0].key_tasks[0].tasks[0].doubts", "疑点"),
        (
            '"6月底"\ndue = 2024-06-30',
            '"2025年6月底"\ndue = 2025-06-30',
            "actions[0].key_tasks[0].tasks[0].due",
            "起止",
        ),
        (
            "{ leads = 1 }",
            "{ leads = 9 }",
            "actions[0].key_tasks[0].tasks[1].inherited.leads",
            "没有编号为 9",
        ),
        ("{ leads = 1 }", "{ units = 1 }", "actions[0].key_tasks[0].tasks[1].units", "沿用第 1 项"),
        ("{ leads = 1 }", "{ text = 1 }", "actions[0].key_tasks[0].tasks[1].inherited.text", "leads"),
        ('kind = "recurring"', 'kind = "often"', "duties[0].kind", "recurring"),
        ('kind = "recurring"', 'kind = "counter"', "duties[0].period", "recurring"),
        ('period = "month"', 'period = "moon"', "duties[0].period", "month"),
        ("BYMONTHDAY=28", "BYMONTHDAY=32", "duties[0].rrule", "BYMONTHDAY=32"),
        ('at = "12:00"', 'at = "12点"', "duties[0].at", "12:00"),
        ('at = "12:00"', "at_least = 0", "duties[0].at_least", "1"),
        ('at = "12:00"', 'trigger = "节前"', "duties[0].trigger", "triggered"),
        ("tasks = [1]", "tasks = [5]", "duties[0].tasks", "没有编号为 5 的任务"),
        ("tasks = [1, 2]", "tasks = [2, 8]", "registers[0].tasks", "没有编号为 8 的任务"),
        ("stage = 2", "stage = 3", "narrative[0].stage", "没有编号为 3 的阶段"),
        ('duty = "report"', 'duty = "rest"', "narrative[0].duty", "“rest”"),
        ("[[registers]]", "[[ledgers]]", "ledgers", "没有这一项"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, old: str, new: str, key: str, words: str) -> None:
    assert old in SMALL

    with pytest.raises(Refused) as refused:
        load_plan(plan_file(tmp_path, SMALL.replace(old, new, 1)))

    assert refused.value.field == key
    assert refused.value.message.startswith(f"方案文件 small.toml 的 {key}：")
    assert words in refused.value.message
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (SMALL.replace('short = "示例"', 'short = "示例'), 5),
        (SMALL.replace('short = "示例"', 'short = "示例"\nshort = "又一"'), 6),
        (SMALL + "[[narrative", SMALL.count("\n") + 1),
    ],
)
def test_bad_spelling_is_named_by_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        load_plan(plan_file(tmp_path, text))

    assert refused.value.message.startswith(f"方案文件 small.toml 第{line}行：")


def test_a_file_saved_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(SMALL.encode("gbk"))

    with pytest.raises(Refused, match="第4行：文字不是 UTF-8 编码"):
        load_plan(path)


def test_a_file_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"gone\.toml"):
        load_plan(tmp_path / "gone.toml")
