"""The command line as scripts know it: exit codes, one JSON value, one Chinese line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hazard_desk import __version__
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.cli import main
from hazard_desk.desk import Desk

TODAY = "2023-06-01"


class Said:
    """What a command answered."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """The one JSON value of stdout."""
        assert self.code == 0, self.err
        assert self.err == ""
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one Chinese line of stderr, with nothing on stdout."""
        assert self.out == ""
        line = self.err.removesuffix("\n")
        assert re.search(r"[\u4e00-\u9fff]{2}", line)
        assert "\n" not in line
        assert "Traceback" not in line
        return line


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run a command as it is typed."""

    def command(*words: object) -> Said:
        code = main([str(word) for word in words])
        return Said(code, *capsys.readouterr())

    return command


@pytest.fixture
def ask(desk: Desk, run: Callable[..., Said]) -> Callable[..., Said]:
    """Run a command on the desk, on 1 June 2023, while its window is open."""
    return lambda *words: run("--desk", desk.folder, "--today", TODAY, *words)


@pytest.fixture
def hazards(desk: Desk, found: dict, five: dict) -> None:
    """Two hazards: an ordinary one with commitments, a major one."""
    number = desk.hazards.add(found).ids[0]
    desk.hazards.step(number, Steps.COMMITTED.kind, five)
    desk.hazards.add(
        found | {"level": "重大", "criterion": "判定标准", "found_on": "2023-05-25", "place": "仓库"}
    )


class TestWithoutADesk:
    def test_plans(self, run):
        plans = {plan["id"]: plan for plan in run("plans", "--json").json}
        keys = ("actions", "key_tasks", "tasks", "stages")
        assert [plans["sanxiang-2023"][key] for key in keys] == [8, 25, 34, 4]
        assert plans["sanxiang-2023"]["duties"] > 0
        assert "三星乡" in plans["sanxiang-2023"]["title"]

    def test_plans_as_text(self, run):
        said = run("plans")
        assert said.code == 0
        assert "sanxiang-2023" in said.out
        assert "具体任务" in said.out

    def test_plans_of_a_desk_stand_among_the_bundled_ones(self, ask):
        plans = {plan["id"]: plan for plan in ask("plans", "--json").json}
        assert (plans["sanxiang-2023"]["held"], plans["sanxiang-2023"]["current"]) == (True, True)
        assert not any(plan["held"] for name, plan in plans.items() if name != "sanxiang-2023")

    def test_an_annex_is_looked_at_and_then_brought_in(self, run, folder, desk, tmp_path):
        file = desk.papers.print("task-table", tmp_path / "分解表.xlsx")
        looked = run("--desk", folder, "plan", "import", file, "--dry-run", "--json").json
        assert (len(looked["tasks"]), looked["year"], looked["entered"]) == (34, 2023, False)
        assert looked["tasks"][13]["inherited"] == {"leads": 13, "units": 13, "deadline": 13}
        assert len(desk.plans.all()) == 1
        desk.close()
        said = run("--desk", folder, "plan", "import", file, "--title", "另一个方案", "--json").json
        assert (said["entered"], said["title"], said["id"]) == (True, "另一个方案", "plan-2023")
        plans = {plan["id"]: plan for plan in run("--desk", folder, "plans", "--json").json}
        assert (plans["plan-2023"]["tasks"], plans["plan-2023"]["current"]) == (34, True)
        assert (
            "台账里已有方案" in run("--desk", folder, "plan", "import", file, "--title", "另一个方案").refusal
        )

    def test_a_plan_is_used_and_written(self, run, folder, desk, tmp_path):
        desk.close()
        assert run("--desk", folder, "plan", "use", "chongming-2023", "--json").json["id"] == "chongming-2023"
        assert run("--desk", folder, "plan", "use", "sanxiang-2023", "--json").json["id"] == "sanxiang-2023"
        assert "没有编号为" in run("--desk", folder, "plan", "use", "nothing").refusal
        to = tmp_path / "a.toml"
        assert run("--desk", folder, "plan", "export", "--to", to, "--json").json == {"files": [str(to)]}
        assert (
            run("--desk", tmp_path / "neighbour", "new", "--plan", to, "--json")
            .json["title"]
            .startswith("三星乡")
        )
        assert "台账里没有" in run("--desk", folder, "plan", "export", "none", "--to", to).refusal

    @pytest.mark.parametrize("words", [["import"], ["use"], ["export"], ["other"], []])
    def test_a_plan_command_that_lacks_something(self, ask, words):
        said = ask("plan", *words)
        assert said.code == 2
        assert said.refusal

    def test_new(self, run, folder):
        said = run("--desk", folder, "--today", TODAY, "new", "--plan", "sanxiang-2023", "--json").json
        assert said["plan"] == "sanxiang-2023"
        assert len(run("--desk", folder, "tasks", "--json").json) == 34
        assert "已有台账" in run("--desk", folder, "new", "--plan", "sanxiang-2023").refusal

    def test_new_on_an_unknown_plan(self, run, folder):
        said = run("--desk", folder, "new", "--plan", "nothing")
        assert (said.code, folder.exists()) == (2, False)
        assert "sanxiang-2023" in said.refusal

    def test_the_reports(self, run):
        reports = run("print", "--list", "--json").json
        assert {"task-table", "leading-group", "hazard-ledger"} <= {report["id"] for report in reports}
        assert all(report["title"] and "pdf" in report["formats"] for report in reports)

    def test_version_and_help(self, capsys):
        for words, text in ((["--version"], __version__), (["--help"], "用法："), (["due", "-h"], "--from")):
            with pytest.raises(SystemExit) as caught:
                main(words)
            assert caught.value.code == 0
            said = capsys.readouterr().out
            assert text in said
            assert not re.search(r"usage|options|positional|show", said)

    def test_the_window_is_asked_for_only_where_there_is_one(self, run, folder):
        assert run("--desk", folder).code == 2
        assert run("--desk", folder, "shots", "--to", folder).code == 2


class TestTasks:
    KEYS = ("number", "action", "key_task", "text", "leads", "units", "deadline_text", "due", "standing")

    def test_as_json(self, ask):
        tasks = ask("tasks", "--json").json
        assert [task["number"] for task in tasks] == list(range(1, 35))
        assert sum(task["standing"] for task in tasks) == 17
        assert sum(task["due"] is not None for task in tasks) == 17
        assert all({*self.KEYS, "status", "overdue"} <= set(task) for task in tasks)
        second = tasks[1]
        assert (second["due"], second["overdue"], second["status"]) == ("2023-05-15", True, "已逾期")
        assert isinstance(second["leads"], list)

    def test_as_of_another_day(self, ask):
        tasks = ask("tasks", "--as-of", "2023-05-10", "--json").json
        assert not any(task["overdue"] for task in tasks)

    def test_as_text(self, ask):
        said = ask("tasks")
        assert (said.code, said.err) == (0, "")
        assert len(said.out.splitlines()) == 35


class TestDue:
    def test_as_json(self, ask, hazards):
        items = ask("due", "--from", "2023-05-01", "--to", "2023-06-30", "--json").json
        keys = {"date", "kind", "title", "state", "remind_on", "record"}
        assert all(keys <= set(item) for item in items)
        assert {"stage", "task", "occurrence", "hazard"} == {item["kind"] for item in items}
        assert [item["date"] for item in items] == sorted(item["date"] for item in items)

    def test_a_span_that_ends_before_it_begins(self, ask):
        said = ask("due", "--from", "2023-06-30", "--to", "2023-05-01")
        assert said.code == 2
        assert "结束日期" in said.refusal

    def test_ways_to_write_a_day(self, ask):
        said = ask("due", "--from", "2023.5.15", "--to", "2023年5月15日", "--json").json
        assert {item["date"] for item in said} == {"2023-05-15"}


class TestList:
    def test_as_json(self, ask, hazards, desk):
        rows = ask("list", "hazards", "--json").json
        assert [row["id"] for row in rows] == [2, 1]
        assert set(rows[0]) == {"id", *(field.name for field in desk.hazards.fields)}
        assert rows[1]["deadline"] == "2023-05-31"
        assert rows[1]["overdue"] is True
        assert rows[1]["inspectors"] == ["甲检查", "乙检查"]

    @pytest.mark.parametrize(
        ("where", "ids"),
        [
            (["level=重大"], [2]),
            (["级别=重大"], [2]),
            (["级别=重大", "级别=一般"], [2, 1]),
            (["level=重大", "级别=一般"], [2, 1]),
            (["隐患部位=仓库", "level=一般"], []),
            (["found_on=2023-05-21..2023-05-31"], [2]),
            (["是否逾期=是"], [1]),
            (["整改资金（万元）=1.5"], [1]),
            (["description=a=b"], []),
            (["state="], "选项"),
        ],
    )
    def test_where(self, ask, hazards, where, ids):
        words = [word for condition in where for word in ("--where", condition)]
        if ids == "选项":
            assert ask("list", "hazards", *words, "--json").json == []
        else:
            assert [row["id"] for row in ask("list", "hazards", *words, "--json").json] == ids

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (["list", "nothing"], "hazards（隐患台账）"),
            (["list", "hazards", "--where", "colour=红"], "没有“colour”这一栏"),
            (["list", "hazards", "--where", "level"], "栏目=值"),
            (["list", "tips", "--where", "informant_name=欧某"], "没有“informant_name”这一栏"),
            (["list", "major-hazards", "--where", "level=一般"], "只有级别为“重大”的记录"),
            (["export", "major-hazards", "--to", "a.xlsx", "--where", "级别=一般"], "只有级别为“重大”的记录"),
            (["list", "hazards", "--where", "found_on=明天"], "请填写日期"),
            (["list", "hazards", "--where", "级别=特大"], "请从以下选项中选择"),
            (["list", "documents", "--where", "状态=发了"], "“状态”请从以下选项中选择"),
            (["list", "enterprises", "--as-of", "2023-05-01"], "不支持按日期回看"),
        ],
    )
    def test_what_is_refused(self, ask, words, says):
        said = ask(*words)
        assert said.code == 2
        assert says in said.refusal

    def test_as_of(self, ask, hazards):
        rows = ask("list", "hazards", "--as-of", "2023-05-21", "--json").json
        assert [(row["id"], row["state"]) for row in rows] == [(1, "待整改")]
        rows = ask("list", "hazards", "--as-of", "2023-05-25", "--where", "级别=一般", "--json").json
        assert [(row["id"], row["state"]) for row in rows] == [(1, "整改中")]

    def test_as_text(self, ask, hazards):
        lines = ask("list", "hazards").out.splitlines()
        assert lines[0].startswith("编号")
        assert lines[-1] == "共2条"
        assert len(lines) == 4

    def test_every_ledger(self, ask, desk, hazards):
        for name in desk.ledgers:
            assert isinstance(ask("list", name, "--json").json, list)
            assert ask("list", name).code == 0


class TestFiles:
    def test_export(self, ask, hazards, tmp_path):
        to = tmp_path / "新的 文件夹" / "隐患.xlsx"
        assert ask("export", "hazards", "--to", to, "--where", "级别=重大", "--json").json == {
            "files": [str(to)]
        }
        assert to.stat().st_size > 0

    def test_export_to_another_ending(self, ask, tmp_path):
        assert ask("export", "hazards", "--to", tmp_path / "a.doc").code == 2

    @pytest.mark.parametrize("report", ["task-table", "leading-group", "hazard-ledger"])
    def test_print(self, ask, hazards, report):
        (file,) = ask("print", report, "--json").json["files"]
        assert Path(file).read_bytes().startswith(b"%PDF")

    @pytest.mark.parametrize("report", ["task-table", "leading-group", "hazard-ledger", "activities"])
    def test_print_for_word(self, ask, hazards, tmp_path, report):
        (file,) = ask("print", report, "--to", tmp_path / "材料.docx", "--json").json["files"]
        assert Path(file).read_bytes().startswith(b"PK")

    def test_print_in_a_format_that_is_not_there(self, ask, tmp_path):
        assert ".docx" in ask("print", "leading-group", "--to", tmp_path / "a.xlsx").refusal

    def test_print_nothing_known(self, ask):
        assert "task-table" in ask("print", "nothing").refusal
        assert "print --list" in ask("print").refusal

    def test_a_place_that_cannot_be_written(self, ask, tmp_path):
        (tmp_path / "file").touch()
        for words in (
            ("export", "hazards", "--to", tmp_path / "file" / "a.xlsx"),
            ("print", "task-table", "--to", tmp_path / "file" / "a.pdf"),
            ("backup", "--to", tmp_path / "file" / "a.zip"),
        ):
            said = ask(*words)
            assert said.code == 3
            assert "file" in said.refusal

    def test_backup_restore_and_check(self, ask, run, hazards, tmp_path):
        copy, again = tmp_path / "copy.zip", tmp_path / "again"
        assert ask("backup", "--to", copy, "--json").json == {"files": [str(copy)]}
        assert run("--desk", again, "restore", copy, "--json").json == {"desk": str(again)}
        assert run("--desk", again, "check", "--json").json == {"faults": []}
        assert len(run("--desk", again, "list", "hazards", "--json").json) == 2

    def test_copies_are_listed_even_where_no_desk_opens(self, ask, desk, hazards):
        assert ask("copies", "--json").json["at_risk"] > 0
        files = ask("backup", "--json").json["files"]
        told = ask("copies", "--json").json
        assert [copy["file"] for copy in told["copies"]] == files
        assert (told["at_risk"], told["since"], told["sentence"][:5]) == (0, None, "已全部备份")
        assert "校验完好" in ask("copies").out
        desk.close()
        (desk.folder / "desk.db").write_bytes(b"rubbish" * 1000)
        said = ask("copies", "--json")
        assert (said.json["at_risk"], said.json["copies"]) == (None, told["copies"])

    def test_a_copy_behind_a_password(self, ask, run, hazards, tmp_path, monkeypatch):
        copy = tmp_path / "copy.zip"
        assert ask("backup", "--to", copy, "--password").code == 2
        monkeypatch.setenv("HAZARD_DESK_PASSWORD", "三星乡2023")
        said = ask("backup", "--to", copy, "--password")
        assert (said.code, "遗失" in said.err) == (0, True)
        again = tmp_path / "again"
        assert "密码" in run("--desk", again, "restore", copy).refusal
        assert run("--desk", again, "restore", copy, "--password", "错").code == 2
        assert run("--desk", again, "restore", copy, "--password").code == 0

    def test_a_copy_of_a_desk_that_lost_a_photo_says_so(self, ask, desk, hazards):
        desk.attachments.add("hazards", 1, b"photo", "照片.jpg")
        for file in desk.folder.glob("attachments/*/*"):
            file.unlink()
        said = ask("backup")
        assert (said.code, "照片.jpg" in said.err) == (3, True)

    def test_restore_what_is_no_backup(self, run, folder, tmp_path):
        said = run("--desk", folder, "restore", tmp_path / "none.zip")
        assert (said.code, folder.exists()) == (2, False)
        (tmp_path / "copy.zip").write_text("x", encoding="utf-8")
        assert run("--desk", folder, "restore", tmp_path / "copy.zip").code == 2

    def test_restore_over_an_open_desk(self, ask, desk, tmp_path):
        copy = desk.backup(tmp_path / "copy.zip")
        said = ask("restore", copy)
        assert said.code == 3
        assert "正在使用中" in said.refusal

    def test_check_names_every_fault(self, ask, desk, hazards):
        desk.cabinet.db.execute_sql("UPDATE hazard SET place = '别处'")
        said = ask("check")
        assert said.code == 3
        assert said.refusal.count("台账与办理记录不一致") == 2


class TestUsage:
    @pytest.mark.parametrize(
        "words",
        [
            ["nothing"],
            ["--nothing"],
            ["new"],
            ["list"],
            ["tasks", "more"],
            ["tasks", "--colour"],
            ["tasks", "--json=1"],
            ["tasks", "--as-of"],
            ["tasks", "--as-of", "明天"],
            ["--today", "x", "tasks"],
            ["--today", "2023-02-30", "tasks"],
            ["export", "hazards"],
            ["due", "--from", "2023-05-01"],
            ["due", "--f", "2023-05-01", "--t", "2023-05-02", "x"],
            ["restore"],
            ["shots", "--to", "x", "--size", "big"],
            ["list", "hazards", "--where"],
        ],
    )
    def test_wrong_usage_is_told_in_chinese(self, run, words):
        said = run(*words)
        assert said.code == 2
        line = re.sub(r"--[a-z-]+", "", said.refusal)
        for word in (*words, "hazard-desk"):
            line = line.replace(word, "")
        assert not re.search(r"[a-z]{3,}", line), said.refusal

    def test_json_may_stand_anywhere_after_the_command(self, ask, hazards):
        expected = ask("list", "hazards", "--where", "级别=重大", "--json").json
        assert ask("list", "--json", "hazards", "--where", "级别=重大").json == expected
        assert ask("list", "hazards", "--json", "--where", "级别=重大").json == expected

    def test_a_bug_is_told_apart_and_leaves_its_trace(self, ask, monkeypatch):
        monkeypatch.setattr("hazard_desk.desk.Desk.check", lambda desk: 1 // 0)
        said = ask("check")
        assert (said.code, said.out) == (1, "")
        assert "ZeroDivisionError" in said.err
        assert said.err.splitlines()[-1] == "程序出现了意外问题，请把以上内容发给技术支持"

    def test_today_replaces_the_clock(self, run, desk, found):
        for today, overdue in (("2023-05-14", False), ("2023-05-16", True)):
            tasks = run("--desk", desk.folder, "--today", today, "tasks", "--json").json
            assert tasks[1]["overdue"] is overdue

    def test_a_day_beyond_the_years_of_a_desk_is_refused(self, run, desk):
        said = run("--desk", desk.folder, "--today", "0001-01-01", "check")
        assert (said.code, said.out) == (2, "")
        assert "太早或太晚" in said.err


class TestProcess:
    """The same through a process of its own, as scripts call it."""

    def test_a_whole_turn(self, program, folder):
        desk = ("-m", "hazard_desk", "--desk", str(folder), "--today", TODAY)
        made = program(*desk, "new", "--plan", "sanxiang-2023")
        assert (made.returncode, made.stderr) == (0, "")
        assert str(folder) in made.stdout
        tasks = program(*desk, "tasks", "--json")
        assert len(json.loads(tasks.stdout)) == 34
        again = program(*desk, "new", "--plan", "sanxiang-2023")
        assert (again.returncode, again.stdout) == (2, "")
        assert again.stderr == f"“{folder}”里已有台账，请另选一个文件夹\n"

    def test_trouble(self, program, folder):
        folder.mkdir()
        (folder / "desk.db").touch()
        said = program("-m", "hazard_desk", "--desk", str(folder), "check")
        assert (said.returncode, said.stdout, said.stderr.count("\n")) == (3, "", 1)
