"""The sample desk on other days: before the plan, in June, after the whole year; and only working days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hazard_desk.books.kit.query import Query
from hazard_desk.demo import make_demo
from hazard_desk.demo.content import load_content
from hazard_desk.demo.course import courses
from hazard_desk.desk import Desk
from hazard_desk.rules.workdays import is_workday


def test_records_after_the_given_day_do_not_exist(tmp_path: Path, no_papers: None) -> None:
    day = date(2023, 6, 15)
    make_demo(tmp_path / "june", day)
    with Desk.open(tmp_path / "june", lock=False) as desk:
        assert desk.today == day
        rows = desk.hazards.select(Query())
        assert 20 <= len(rows) <= 45
        events = [event for row in rows for event in desk.hazards.events(row["id"])]
        assert max(event["entered_at"].date() for event in events) <= day
        logs = [log for task in desk.tasks.all_rows() for log in desk.tasks.log(task["id"])]
        assert logs
        assert max(log["happened_on"] for log in logs) <= day
        assert max(row["checked_on"] for row in desk.checks.select(Query())) <= day
        assert max(row["received_on"] for row in desk.tips.select(Query())) <= day
        assert max(row["held_on"] for row in desk.activities.select(Query())) <= day
        assert max(row["happened_on"] for row in desk.rewards.select(Query())) <= day


def test_before_the_plan_there_is_only_the_empty_desk(tmp_path: Path, no_papers: None) -> None:
    make_demo(tmp_path / "early", date(2023, 1, 1))
    with Desk.open(tmp_path / "early", lock=False) as desk:
        assert desk.sample
        assert desk.hazards.count(Query()) == desk.enterprises.count(Query()) == 0


def test_the_whole_year_is_lawful_and_ends_with_little_open(tmp_path: Path, no_papers: None) -> None:
    make_demo(tmp_path / "year", date(2024, 2, 29))
    with Desk.open(tmp_path / "year", lock=False) as desk:
        rows = desk.hazards.select(Query())
        assert len(rows) == len(courses(load_content()))
        assert {row["state"] for row in rows} == {"已销号", "已作废", "已并案"}


def test_everything_happens_on_working_days() -> None:
    content = load_content()
    for course in courses(content):
        days = [course.case.found, *(step.day for step in course.steps)]
        assert days == sorted(days)
        assert all(is_workday(day) for day in days), course.case.place
    assert all(is_workday(log.on) for log in content.story.logs)
