"""Commands that tell: tasks, what is due, the rows of a ledger."""

from __future__ import annotations

import pytest


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
        assert {"stage", "task", "occurrence", "report", "hazard"} == {item["kind"] for item in items}
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
