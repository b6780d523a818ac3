"""The calendar of a span, and the campaign's time axis."""

from __future__ import annotations

from datetime import date

from hazard_desk.desk import Desk
from hazard_desk.figures.calendar import calendar, choices, narrowed
from hazard_desk.figures.due import due_items
from hazard_desk.figures.timeline import time_axis

JUNE = (date(2023, 6, 1), date(2023, 6, 30))


def test_the_span_holds_items_stages_and_every_day(desk: Desk) -> None:
    june = calendar(desk.books, *JUNE)
    assert june.items == due_items(desk.books, *JUNE)
    assert list(june.marks) == [date(2023, 6, day) for day in range(1, 31)]
    assert june.marks[date(2023, 6, 22)].name == "端午"
    assert [stage.name for stage in june.stages] == ["动员部署", "集中排查", "重点整治", "建章立制"]
    assert june.note == ""


def test_a_year_without_known_holidays_is_told(desk: Desk) -> None:
    assert "2040年" in calendar(desk.books, date(2039, 12, 25), date(2040, 1, 7)).note


def test_as_many_queries_for_a_year_as_for_a_day(desk: Desk, monkeypatch) -> None:
    asked: list[str] = []
    execute = desk.cabinet.db.execute_sql
    monkeypatch.setattr(
        desk.cabinet.db, "execute_sql", lambda sql, *rest: asked.append(sql) or execute(sql, *rest)
    )
    calendar(desk.books, date(2023, 6, 30), date(2023, 6, 30))
    day = len(asked)
    calendar(desk.books, date(2023, 1, 1), date(2023, 12, 31))
    assert 0 < len(asked) - day <= day


def test_items_are_narrowed_by_person_unit_and_kind(desk: Desk) -> None:
    items = due_items(desk.books, date(2023, 5, 1), date(2023, 12, 31))
    offered = choices(items)
    person = next(name for item in items if item.kind == "task" for name in item.people)
    assert person in offered["people"]
    mine = narrowed(items, {"people": person, "kind_label": "任务"})
    assert mine
    assert all(person in item.people and item.kind == "task" for item in mine)
    units = narrowed(items, {"units": offered["units"][0]})
    assert 0 < len(units) < len(items)
    assert narrowed(items, {}) == items


def test_the_axis_tells_what_was_planned_and_what_slipped(desk: Desk) -> None:
    late, done, still = (row for row in desk.tasks.all_rows() if row["number"] in (2, 13, 28))
    log = {"kind": "完成", "note": "已办结"}
    desk.tasks.add_log(late["id"], log | {"happened_on": "2023-05-20"})
    desk.tasks.add_log(done["id"], log | {"happened_on": "2023-05-25"})
    axis = time_axis(desk.books)
    bars = {bar.item.record: bar for bar in axis.bars}
    assert [bar.title for bar in axis.bars[:1]] == ["动员部署阶段（2023年5月20日前）"]
    assert len(axis.bars) == 4 + 17
    assert (axis.first, axis.last) == (date(2023, 5, 15), date(2023, 12, 31))
    slipped = bars[f"tasks/{late['id']}"]
    assert (slipped.done_on, slipped.slipped_to) == (date(2023, 5, 20), date(2023, 5, 20))
    punctual = bars[f"tasks/{done['id']}"]
    assert (punctual.done_on, punctual.slipped_to) == (date(2023, 5, 25), None)
    overdue = bars[f"tasks/{still['id']}"]
    assert (overdue.done_on, overdue.slipped_to) == (None, desk.today)
