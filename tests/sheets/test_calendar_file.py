"""The calendar file, read back by another library."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import vobject

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.errors import Refused
from hazard_desk.figures.due import due_items

SPAN = (date(2023, 5, 1), date(2023, 12, 31))


@pytest.fixture
def busy(desk, found, five):
    """A desk with a hazard that fell due, and a unit named with what iCalendar must escape."""
    number = desk.hazards.add(found | {"unit_name": "甲,乙;丙\\丁商店"}).ids[0]
    desk.hazards.step(number, Steps.COMMITTED.kind, five | {"deadline": "2023-05-28"})
    return desk


def events(file) -> list:
    return vobject.readOne(file.read_text(encoding="utf-8")).vevent_list


def test_another_library_reads_every_item(busy, tmp_path):
    items = due_items(busy.books, *SPAN)
    read = events(busy.sheets.calendar(tmp_path / "日历.ics", *SPAN))
    assert len(read) == len(items) > 70
    told = [(event.dtstart.value, event.summary.value) for event in read]
    assert told == [(item.date, f"{item.kind_label}：{item.title}") for item in items]
    assert all(event.dtend.value - event.dtstart.value == timedelta(1) for event in read)
    assert any("甲,乙;丙\\丁商店" in event.summary.value for event in read)


def test_what_asks_for_work_has_an_alarm_on_its_day_of_reminding(busy, tmp_path):
    busy.cabinet.clock.set(date(2023, 5, 25))
    items = due_items(busy.books, *SPAN)
    read = events(busy.sheets.calendar(tmp_path / "日历.ics", *SPAN))
    for item, event in zip(items, read, strict=True):
        alarms = getattr(event, "valarm_list", [])
        assert len(alarms) == (item.open and item.remind_on >= busy.today)
        for alarm in alarms:
            hours = timedelta(hours=9)
            assert item.date + (alarm.trigger.value - hours) == item.remind_on
            assert alarm.action.value == "DISPLAY"
            assert item.title in alarm.description.value
    hazard = next(event for event in read if "商店" in event.summary.value)
    assert hazard.valarm.trigger.value == timedelta(days=-2, hours=9), "28 May 2023 was a Sunday"


def test_an_event_stays_the_same_thing(busy, tmp_path):
    before = {
        event.summary.value: event.uid.value
        for event in events(busy.sheets.calendar(tmp_path / "a.ics", *SPAN))
    }
    busy.cabinet.clock.set(date(2023, 6, 5))
    busy.activities.add({"kind": "五进宣传", "title": "进村入户", "held_on": "2023-06-02", "level": "镇"})
    after = {
        event.summary.value: event.uid.value
        for event in events(busy.sheets.calendar(tmp_path / "b.ics", *SPAN))
    }
    assert after == before
    assert len(set(after.values())) == len(after)


def test_without_days_it_holds_the_whole_plan(busy, tmp_path):
    days = [event.dtstart.value for event in events(busy.sheets.calendar(tmp_path / "a.ics"))]
    assert min(days) >= date(2023, 5, 18)
    assert max(days) == date(2023, 12, 31)


def test_only_ics(busy, tmp_path):
    with pytest.raises(Refused, match="ics"):
        busy.sheets.calendar(tmp_path / "a.txt")
    assert list(tmp_path.glob("a*")) == []
