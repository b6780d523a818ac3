"""Several plans on one desk, the turn of the year, and a plan of the desk as a plan file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import PlanRow
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.figures.due import due_items
from hazard_desk.library.plan_file import bundled_plans, dump_plan, find_plan, load_plan, plan_of_text
from hazard_desk.library.plans import (
    Action,
    Duty,
    Group,
    KeyTask,
    Member,
    Plan,
    Stage,
    Task,
)

THREE_YEARS = Plan(
    format=1,
    id="three-years",
    title="安全生产治本攻坚三年行动方案（2024—2026年）",
    short="三年行动",
    issuer="示例镇人民政府",
    starts_on=date(2024, 1, 1),
    ends_on=date(2026, 12, 31),
    hazard_number="三年〔{year}〕{seq}",
    stages=(Stage(1, "动员部署", "2024年6月底前", date(2024, 1, 1), date(2024, 6, 30), "动员"),),
    actions=(
        Action(
            1,
            "本质安全提升",
            key_tasks=(
                KeyTask(
                    1,
                    "淘汰落后设备",
                    tasks=(
                        Task(1, "建立淘汰清单", ("李四",), ("应急办",), "2024年9月底前", date(2024, 9, 30)),
                        Task(2, "逐项淘汰", ("李四",), ("应急办",), "长期坚持", standing=True),
                    ),
                ),
            ),
        ),
    ),
    duties=(
        Duty(
            "yearly-report",
            "年度报告",
            "方案",
            "recurring",
            period="year",
            rrule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20",
        ),
    ),
    groups=(Group("special-team", "工作专班", members=(Member("组长", "李四", "镇长"),)),),
)


@pytest.fixture
def both(desk: Desk) -> Desk:
    """A desk with the 2023 action and, current, a 2024–2026 programme."""
    desk.plans.enter(THREE_YEARS)
    return desk


def task_named(desk: Desk, number: int) -> dict:
    return next(row for row in desk.tasks.all_rows() if row["number"] == number)


class TestSideBySide:
    def test_both_are_listed_and_one_is_current(self, both: Desk) -> None:
        rows = both.plans.all()
        assert [(row["code"], row["tasks"], row["current"]) for row in rows] == [
            ("sanxiang-2023", 34, False),
            ("three-years", 2, True),
        ]
        assert {name: rows[0][name] for name in find_plan("sanxiang-2023").counts()} == find_plan(
            "sanxiang-2023"
        ).counts()

    def test_every_reader_follows_the_current_plan(self, both: Desk) -> None:
        def seen() -> dict:
            items = due_items(both.books, date(2023, 5, 1), date(2026, 12, 31))
            return {
                "tasks": len(both.tasks.all_rows()),
                "stages": len(both.plans.stages()),
                "duties": len(both.duties.all_rows()),
                "registers": len(both.plans.registers()),
                "groups": [node.name for node in both.groups.tree(date(2024, 3, 1))],
                "members": both.groups.count(Query()),
                "due": {item.kind for item in items if item.date.year == 2023},
                "title": both.plan_title,
            }

        second = seen()
        assert (second["tasks"], second["stages"], second["duties"], second["registers"]) == (2, 1, 1, 0)
        assert (second["groups"], second["members"], second["due"]) == (["工作专班"], 1, set())
        change = both.plans.switch(both.plans.all()[0]["id"])
        assert (change.ledger, change.title) == ("plans", f"切换到方案“{find_plan('sanxiang-2023').title}”")
        first = seen()
        assert (first["tasks"], first["stages"], first["duties"], first["registers"]) == (34, 4, 14, 11)
        assert first["members"] == 6
        assert first["due"] >= {"task", "stage", "occurrence"}

    def test_what_was_linked_in_one_plan_stays_linked_in_the_other(self, both: Desk) -> None:
        both.plans.switch(both.plans.all()[0]["id"])
        entered = {
            "kind": "督导检查",
            "title": "检查",
            "held_on": "2023-05-20",
            "level": "镇",
            "task_number": 3,
        }
        number = both.activities.add(entered).ids[0]
        linked = both.activities.get(number)["task_id"]
        both.plans.switch(both.plans.find("three-years"))
        both.activities.change(number, {"remark": "已归档"})
        assert both.activities.get(number)["task_id"] == linked

    def test_the_search_finds_tasks_of_every_plan_and_knows_whose_they_are(self, both: Desk) -> None:
        for _ in range(2):
            hit = next(hit for hit in both.cabinet.find("有限空间") if hit.ledger == "tasks")
            assert both.books.plan_of(hit.ledger, hit.record) == both.plans.find("sanxiang-2023")
            both.cabinet.reindex()
        assert both.books.plan_of("hazards", 1) is None

    def test_hazards_keep_their_numbers_in_one_line(self, both: Desk, found: dict) -> None:
        number = both.hazards.add(found).ids[0]
        assert both.hazards.get(number)["number"] == "三星隐患〔2023〕001号"

    def test_entering_a_further_plan_can_be_taken_back(self, both: Desk) -> None:
        assert both.undoable() == f"启用方案“{THREE_YEARS.title}”"
        both.undo()
        assert [row["code"] for row in both.plans.all()] == ["sanxiang-2023"]
        assert both.plan_title == find_plan("sanxiang-2023").title
        assert both.check() == []

    def test_what_was_done_on_it_must_be_taken_back_first(self, both: Desk) -> None:
        number = task_named(both, 2)["id"]
        both.tasks.add_log(number, {"happened_on": "2023-05-30", "kind": "进展", "note": "已部署"})
        assert "进展" in both.undoable()

    def test_it_can_wait_beside_the_current_one(self, desk: Desk) -> None:
        desk.plans.enter(THREE_YEARS, switch=False)
        assert desk.plans.current()["code"] == "sanxiang-2023"

    def test_the_same_plan_or_title_twice_is_refused(self, both: Desk) -> None:
        for plan in (THREE_YEARS, replace(THREE_YEARS, id="other")):
            with pytest.raises(Refused, match="台账里已有方案"):
                both.plans.enter(plan)

    def test_switching_to_the_current_or_to_none_is_refused(self, both: Desk) -> None:
        with pytest.raises(Refused, match="现在用的就是"):
            both.plans.switch(both.plans.number)
        with pytest.raises(Refused, match="已不存在"):
            both.plans.switch(99)


class TestTurnOfTheYear:
    @pytest.fixture
    def turned(self, desk: Desk) -> Desk:
        number = task_named(desk, 8)["id"]
        desk.tasks.add_log(number, {"happened_on": "2023-05-30", "kind": "完成", "note": "已完成"})
        leader = next(row for row in desk.groups.select(Query()) if row["role"] == "组长")
        desk.groups.end(leader["id"], date(2023, 5, 30))
        desk.groups.add({"role": "组长", "person": "王新任", "post": "乡长", "starts_on": "2023-05-30"})
        desk.plans.next_year(desk.plans.next_values())
        return desk

    def test_dates_move_by_a_year_and_wordings_are_read_anew(self, turned: Desk) -> None:
        plan = turned.plans.current()
        assert plan["title"] == "三星乡重大事故隐患专项排查整治2024行动方案"
        assert (plan["code"], plan["starts_on"], plan["ends_on"]) == (
            "sanxiang-2024",
            date(2024, 5, 18),
            date(2024, 12, 31),
        )
        assert (plan["number"], plan["issued_on"]) == ("", None)
        assert task_named(turned, 8)["due"] == date(2024, 10, 31)
        assert task_named(turned, 1)["standing"]
        last = turned.plans.stages()[-1]
        assert (last["deadline_text"], last["starts_on"], last["due"]) == (
            "2024年12月",
            date(2024, 12, 1),
            date(2024, 12, 31),
        )

    def test_people_of_today_and_duties_stay_the_work_log_does_not(self, turned: Desk) -> None:
        people = [row["person"] for row in turned.groups.select(Query()) if row["role"] == "组长"]
        assert people == ["王新任"]
        assert len(turned.duties.all_rows()) == 14
        assert {row["log_count"] for row in turned.tasks.all_rows()} == {0}
        old = turned.plans.find("sanxiang-2023")
        turned.plans.switch(old)
        assert task_named(turned, 8)["status"] == "已完成"

    def test_what_needs_a_look_is_flagged_and_what_no_longer_holds_is_gone(self, turned: Desk) -> None:
        doubts = task_named(turned, 2)["doubts"]
        assert doubts == ["时限“5月15日前”不在新方案的起止日期之内，请核对。"]
        assert task_named(turned, 4)["doubts"] == [
            "“3条（幅）以上”没有写明按全乡合计还是按每村计算，请核对。"
        ]

    def test_a_year_in_a_text_and_an_unread_deadline_are_flagged(self, desk: Desk) -> None:
        from hazard_desk.library.next_year import moved_by_its_span, next_plan

        plan = find_plan("sanxiang-2023")
        first = plan.actions[0]
        odd = Task(
            90,
            "完成2023年度总结",
            deadline="原则上2023年11月底前",
            due=date(2023, 11, 30),
            doubts=("待核对。",),
        )
        key = KeyTask(90, "总结", tasks=(odd,))
        plan = replace(plan, actions=(replace(first, key_tasks=(*first.key_tasks, key)), *plan.actions[1:]))
        made = next(task for task in next_plan(plan, moved_by_its_span(plan)).tasks if task.number == 90)
        assert (made.text, made.deadline, made.due) == (
            "完成2023年度总结",
            "原则上2024年11月底前",
            date(2024, 11, 30),
        )
        assert [doubt[:6] for doubt in made.doubts] == ["待核对。", "时限“原则上", "任务内容写有"]

    @pytest.mark.parametrize("name", bundled_plans())
    def test_every_bundled_plan_can_be_carried_on(self, name: str) -> None:
        from hazard_desk.library.next_year import moved_by_its_span, next_plan

        plan = find_plan(name)
        made = next_plan(plan, moved_by_its_span(plan))
        years = plan.ends_on.year - plan.starts_on.year + 1
        assert made.counts() == plan.counts()
        assert made.title != plan.title
        assert made.ends_on.year == plan.ends_on.year + years
        moved = [(new.due, old.due) for new, old in zip(made.tasks, plan.tasks, strict=True) if old.due]
        assert all(new and old and new.year == old.year + years for new, old in moved)

    def test_the_leap_day_moves_to_the_28th(self) -> None:
        from hazard_desk.library.next_year import moved_by_its_span

        leap = replace(THREE_YEARS, starts_on=date(2024, 2, 29), ends_on=date(2024, 12, 31))
        assert moved_by_its_span(leap).starts_on == date(2025, 2, 28)

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"title": ""}, "请填写“方案名称”"),
            ({"title": "三星乡重大事故隐患专项排查整治2023行动方案"}, "不能与原方案相同"),
            ({"starts_on": "2023-12-01"}, "应从2024年"),
            ({"ends_on": "2024-01-01"}, "不能早于开始日期"),
        ],
    )
    def test_a_plan_that_is_not_new_is_refused(self, desk: Desk, values: dict, says: str) -> None:
        with pytest.raises((Refused, RefusedFields), match=says):
            desk.plans.next_year(desk.plans.next_values() | values)
        assert len(desk.plans.all()) == 1

    def test_it_can_be_taken_back(self, turned: Desk) -> None:
        turned.undo()
        assert [row["code"] for row in turned.plans.all()] == ["sanxiang-2023"]


class TestHead:
    def test_the_number_is_filled_in_once_the_plan_is_issued(self, desk: Desk) -> None:
        desk.plans.next_year(desk.plans.next_values())
        issued = {"number": "三星府发〔2024〕12号", "issued_on": "2024-03-01"}
        change = desk.plans.change(issued)
        assert (change.ledger, desk.undoable()) == ("plans", change.title)
        plan = desk.plans.plan()
        assert (plan.number, plan.issued_on) == ("三星府发〔2024〕12号", date(2024, 3, 1))
        desk.undo()
        assert desk.plans.plan().number == ""

    def test_other_dates_leave_a_plan_that_can_be_saved(self, desk: Desk, tmp_path: Path) -> None:
        desk.plans.change({"ends_on": "2023-12-31", "starts_on": "2023-06-01"})
        assert task_named(desk, 13)["doubts"] == ["完成时限不在方案的起止日期之内，请核对。"]
        assert load_plan(desk.plans.save_file(tmp_path / "a.toml")) == desk.plans.plan()

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"title": ""}, "请填写“方案名称”"),
            ({"title": THREE_YEARS.title}, "台账里已有方案"),
            ({"starts_on": "2024-01-01"}, "应在2023年"),
            ({"ends_on": "2023-01-01"}, "不能早于开始日期"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, desk: Desk, values: dict, says: str) -> None:
        desk.plans.enter(THREE_YEARS, switch=False)
        before = desk.plans.plan()
        with pytest.raises(RefusedFields, match=says):
            desk.plans.change(values)
        assert desk.plans.plan() == before

    def test_without_a_short_name_it_is_called_by_its_title(self, desk: Desk, tmp_path: Path) -> None:
        desk.plans.change({"short": ""})
        assert desk.plans.current().short == find_plan("sanxiang-2023").title
        PlanRow.model.update(short="").execute(desk.cabinet.db)  # a desk that was once let do so
        assert load_plan(desk.plans.save_file(tmp_path / "a.toml")).short == find_plan("sanxiang-2023").title

    def test_targets_hold_the_dates(self, folder: Path) -> None:
        with Desk.create(folder, "fenghuang-2024-2026", date(2024, 6, 1)) as desk:
            with pytest.raises(Refused, match="与方案的其他内容不一致"):
                desk.plans.change({"ends_on": "2025-12-31"})
            assert desk.plans.current()["ends_on"] == date(2026, 12, 31)


class TestFile:
    @pytest.mark.parametrize("name", bundled_plans())
    def test_a_bundled_plan_is_written_and_read_back_equal(self, name: str, tmp_path: Path) -> None:
        plan = find_plan(name)
        file = tmp_path / "plan.toml"
        file.write_text(dump_plan(plan), encoding="utf-8")
        assert load_plan(file) == plan == plan_of_text(dump_plan(plan))

    @pytest.mark.parametrize("name", bundled_plans())
    def test_a_plan_comes_out_of_the_desk_as_it_went_in(self, name: str, folder: Path) -> None:
        with Desk.create(folder, name, find_plan(name).starts_on) as desk:
            assert desk.plans.plan() == find_plan(name)

    @pytest.mark.parametrize("name", bundled_plans())
    def test_so_does_the_one_for_the_next_year(self, name: str, folder: Path) -> None:
        from hazard_desk.library.next_year import moved_by_its_span, next_plan

        plan = find_plan(name)
        with Desk.create(folder, name, plan.starts_on) as desk:
            desk.plans.next_year(desk.plans.next_values())
            assert desk.plans.plan() == next_plan(plan, moved_by_its_span(plan))

    def test_marks_and_line_breaks_survive(self) -> None:
        plan = replace(THREE_YEARS, basis='甲"乙"\\丙\n\t丁\x7f\x01𬎆', notes=("", "# 不是说明"))
        assert plan_of_text(dump_plan(plan)) == plan

    @given(text=st.text(st.characters(exclude_categories=["Cs"])))
    def test_any_text_survives(self, text: str) -> None:
        plan = replace(THREE_YEARS, basis=text, notes=(text, "甲"))
        assert plan_of_text(dump_plan(plan)) == plan

    def test_a_neighbour_starts_on_the_saved_file(self, both: Desk, tmp_path: Path) -> None:
        file = both.plans.save_file(tmp_path / "三年行动.toml")
        with Desk.create(tmp_path / "neighbour", str(file), date(2024, 2, 1), office="邻镇应急办") as desk:
            assert desk.plans.plan() == THREE_YEARS
            assert desk.office_name == "邻镇应急办"

    def test_duties_and_groups_of_the_offices_own_go_along(self, desk: Desk, tmp_path: Path) -> None:
        desk.duties.add({"title": "每周例会", "rule": "每周一"})
        desk.duties.add({"title": "大风巡查", "trigger": "大风预警时"})
        parent = desk.groups.groups()[0]["id"]
        desk.groups.add_group({"name": "巡查组"}, parent)
        group = desk.groups.groups()[-1]["id"]
        desk.groups.add({"role": "组长", "person": "甲", "starts_on": "2023-05-20", "group_id": group})
        saved = load_plan(desk.plans.save_file(tmp_path / "a.toml"))
        assert [duty.title for duty in saved.duties[-2:]] == ["每周例会", "大风巡查"]
        assert (saved.groups[-1].name, saved.groups[-1].parent) == ("巡查组", "leading-group")
        assert [member.person for member in saved.groups[-1].members] == ["甲"]
        desk.plans.next_year(desk.plans.next_values())
        assert [row["title"] for row in desk.duties.all_rows()][-2:] == ["每周例会", "大风巡查"]

    def test_another_ending_is_refused(self, desk: Desk, tmp_path: Path) -> None:
        with pytest.raises(Refused, match=r"以 \.toml 结尾"):
            desk.plans.save_file(tmp_path / "plan.txt")

    def test_a_desk_older_than_the_kept_file_still_gives_its_plan(self, both: Desk) -> None:
        PlanRow.model.update(source="").execute(both.cabinet.db)
        assert both.plans.plan(both.plans.find("sanxiang-2023")) == find_plan("sanxiang-2023")
        plan = both.plans.plan()
        assert (plan.title, plan.counts()) == (THREE_YEARS.title, THREE_YEARS.counts())
