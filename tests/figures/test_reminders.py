"""What to remind of on a day."""

from __future__ import annotations

from datetime import date

from hazard_desk.desk import Desk
from hazard_desk.figures.board import board
from hazard_desk.figures.reminders import of_today, reminders
from hazard_desk.rules.fields import Row


def records(items: list, day: date) -> list[str]:
    return [item.record for item in items if item.date == day]


def test_due_today_and_due_in_the_days_off_are_told_today(desk: Desk, found: Row, five: Row) -> None:
    """23 June 2023 is a holiday: what falls due then is reminded of on Wednesday, the 21st."""
    hazards = []
    for deadline in ("2023-06-21", "2023-06-23", "2023-06-26"):
        hazards += desk.hazards.add(found).ids
        desk.hazards.step(hazards[-1], "committed", five | {"deadline": deadline})
    desk.cabinet.clock.set(date(2023, 6, 21))
    told = of_today(reminders(desk.books), desk.today)
    assert [item.record for item in told if item.kind == "hazard"] == [f"hazards/{n}" for n in hazards[:2]]
    assert board(desk.books).due_today == told
    desk.cabinet.clock.set(date(2023, 6, 22))
    told = of_today(reminders(desk.books), desk.today)
    assert [item.record for item in told if item.kind == "hazard"] == [f"hazards/{hazards[1]}"]


def test_the_overdue_are_told_until_they_are_done(desk: Desk) -> None:
    late = next(item for item in reminders(desk.books) if item.kind == "task" and item.overdue)
    desk.tasks.add_log(late.number, {"happened_on": "2023-06-01", "kind": "完成", "note": "已办结"})
    assert late.record not in {item.record for item in reminders(desk.books)}


def test_what_is_of_today_stands_first(desk: Desk) -> None:
    desk.cabinet.clock.set(date(2023, 6, 30))
    told = reminders(desk.books)
    assert told[0].date == desk.today
    late = [item.date < desk.today for item in told]
    assert late == sorted(late)
    assert True in late
