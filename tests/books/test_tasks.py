"""The tasks of the plan, their work log and their lights."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused, RefusedFields


def entry(day: str, kind: str = "进展", note: str = "已开会部署") -> dict:
    return {"happened_on": day, "kind": kind, "note": note}


def task(desk, number: int, as_of: date | None = None) -> dict:
    return next(row for row in desk.tasks.all_rows(as_of) if row["number"] == number)


class TestPlan:
    def test_it_holds_what_S0_holds(self, desk):
        rows = desk.tasks.all_rows()
        tree = desk.tasks.tree()
        assert [row["number"] for row in rows] == list(range(1, 35))
        assert len(tree) == 8
        assert sum(len(action.key_tasks) for action in tree) == 25
        assert sum(len(node.tasks) for action in tree for node in action.key_tasks) == 34
        assert Counter(row["standing"] for row in rows) == {True: 17, False: 17}
        assert Counter(row["due"] for row in rows if row["due"]) == {
            date(2023, 5, 15): 2,
            date(2023, 5, 31): 7,
            date(2023, 6, 30): 4,
            date(2023, 7, 10): 1,
            date(2023, 7, 31): 1,
            date(2023, 10, 31): 1,
            date(2023, 11, 30): 1,
        }

    def test_what_is_inherited_names_the_task_it_comes_from(self, desk):
        inherited = task(desk, 14)["taken_over"]
        assert inherited
        assert all("承接第13项" in sentence or "承接第" in sentence for sentence in inherited)
        assert task(desk, 13)["taken_over"] == []
        assert task(desk, 14)["leads"] == task(desk, task(desk, 14)["inherited"]["leads"])["leads"]

    def test_lights_of_an_action_count_its_tasks(self, desk):
        for action in desk.tasks.tree():
            assert sum(action.lights.values()) == sum(len(node.tasks) for node in action.key_tasks)

    def test_a_filtered_tree_holds_the_filtered_tasks(self, desk):
        tree = desk.tasks.tree(Query(where={"due": "2023-05-15"}))
        numbers = [row["number"] for action in tree for node in action.key_tasks for row in node.tasks]
        assert numbers == [2, 24]

    def test_tasks_come_with_the_plan(self, desk):
        with pytest.raises(Refused, match="随方案生成"):
            desk.tasks.add({})
        with pytest.raises(Refused, match="随方案生成"):
            desk.tasks.change(1, {})
        assert desk.tasks.entry_fields() == ()


class TestLog:
    def test_the_light_follows_the_log(self, desk):
        number = task(desk, 6)["id"]
        assert task(desk, 6)["status"] == "未开始"
        desk.tasks.add_log(number, entry("2023-05-25"))
        assert task(desk, 6)["status"] == "进行中"
        desk.tasks.add_log(number, entry("2023-06-01", "完成"))
        assert task(desk, 6)["status"] == "已完成"
        desk.tasks.add_log(number, entry("2023-06-01", "进展"))
        assert task(desk, 6)["status"] == "已完成"
        desk.tasks.add_log(number, entry("2023-06-01", "重新开展"))
        assert task(desk, 6)["status"] == "进行中"

    def test_any_day_is_seen_as_it_was(self, desk):
        number = task(desk, 2)["id"]
        desk.tasks.add_log(number, entry("2023-05-20", "完成"))
        assert task(desk, 2, date(2023, 5, 15))["status"] == "未开始"
        assert task(desk, 2, date(2023, 5, 19))["overdue"] is True
        assert task(desk, 2, date(2023, 5, 20))["status"] == "逾期完成"
        assert task(desk, 2)["overdue"] is False
        by_day = desk.tasks.select(Query(where={"number": "2"}, as_of=date(2023, 5, 19)))
        assert [row["status"] for row in by_day] == ["已逾期"]

    def test_the_latest_first(self, desk):
        for day in ("2023-05-22", "2023-05-30", "2023-05-25"):
            desk.tasks.add_log(1, entry(day, note=day))
        assert [row["note"] for row in desk.tasks.log(1)] == ["2023-05-30", "2023-05-25", "2023-05-22"]
        assert all(row["who"] == desk.clerk for row in desk.tasks.log(1))
        assert desk.tasks.log(2) == []

    @pytest.mark.parametrize(
        ("values", "fields"),
        [
            ({}, {"happened_on", "kind", "note"}),
            (entry("2023-06-02"), {"happened_on"}),
            (entry("2023-05-30", "完了"), {"kind"}),
        ],
    )
    def test_wrong_entries(self, desk, values, fields):
        with pytest.raises(RefusedFields) as caught:
            desk.tasks.add_log(1, values)
        assert set(caught.value.problems) == fields
        assert desk.tasks.log(1) == []

    def test_a_task_that_is_not_there(self, desk):
        with pytest.raises(Refused, match="已不存在"):
            desk.tasks.add_log(99, entry("2023-05-30"))


class TestPlans:
    def test_the_stages_in_order(self, desk):
        stages = desk.plans.stages()
        assert [stage["number"] for stage in stages] == [1, 2, 3, 4]
        assert [stage["due"] for stage in stages] == sorted(stage["due"] for stage in stages)

    def test_the_registers(self, desk):
        assert all(row["title"] for row in desk.plans.registers())
