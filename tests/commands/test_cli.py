"""The command line as scripts know it: exit codes, one JSON value, one Chinese line."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from hazard_desk import __version__
from hazard_desk.cli import main
from tests.commands.conftest import TODAY


class TestWithoutADesk:
    def test_plans(self, run):
        plans = {plan["id"]: plan for plan in run("plans", "--json").json}
        keys = ("actions", "key_tasks", "tasks", "stages")
        assert [plans["sanxiang-2023"][key] for key in keys] == [8, 25, 34, 4]
        assert plans["sanxiang-2023"]["duties"] > 0
        assert "三星乡" in plans["sanxiang-2023"]["title"]

    def test_whoever_reads_may_have_enough(self):
        words = [sys.executable, "-m", "hazard_desk", "plans", "--json"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
            command.stdout.close()
            said = command.stderr.read()
        assert (command.returncode, said) == (0, b"")

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


class TestOpenedOn:
    """起账日 on the command line: a desk begun in the middle."""

    def test_a_new_desk_is_kept_from_today(self, tmp_path, capsys):
        folder = str(tmp_path / "desk")
        assert (
            main(["--desk", folder, "--today", "2023-09-04", "new", "--plan", "sanxiang-2023", "--json"]) == 0
        )
        assert json.loads(capsys.readouterr().out)["opened_on"] == "2023-09-04"
        span = ["due", "--from", "2023-05-01", "--to", "2023-09-03", "--json"]
        assert main(["--desk", folder, "--today", "2023-09-04", *span]) == 0
        states = {row["state"] for row in json.loads(capsys.readouterr().out)}
        assert states == {"起账前", "已结束"}
        assert main(["--desk", folder, "--today", "2023-09-04", "tasks", "--json"]) == 0
        assert not any(row["overdue"] for row in json.loads(capsys.readouterr().out))

    def test_an_earlier_day_may_be_named_and_none_to_come(self, tmp_path, capsys):
        folder = str(tmp_path / "desk")
        new = ["--desk", folder, "--today", "2023-09-04", "new", "--plan", "sanxiang-2023", "--opened-on"]
        assert main([*new, "2023-09-05"]) == 2
        assert "起账日不能晚于今天" in capsys.readouterr().err
        assert main([*new, "2023-07-01"]) == 0
        capsys.readouterr()
        assert main(["--desk", folder, "--today", "2023-09-04", "tasks", "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert {row["due"] for row in rows if row["overdue"]} == {"2023-07-10", "2023-07-31"}
