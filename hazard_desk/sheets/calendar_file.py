"""The calendar as an iCalendar file (.ics, RFC 5545), for a telephone or Outlook to subscribe to.

Every dated thing is one all-day event; one that still asks for work has an alarm on its day of reminding,
unless that day has passed. An event keeps its UID as long as it is the same thing, so that a file written
anew replaces the one before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from hazard_desk.books.catalogue import Books
from hazard_desk.errors import Refused
from hazard_desk.figures.dated import DueItem
from hazard_desk.store.saving import save

_REMIND_AT = timedelta(hours=9)
"""The hour of the alarm on the day of reminding."""


def write_calendar(books: Books, items: Iterable[DueItem], to: Path) -> Path:
    """Write these items to ``to``; return it. Raises ``Refused`` for a name that does not end in .ics."""
    if to.suffix.lower() != ".ics":
        raise Refused("日历文件名请以 .ics 结尾")
    plan = books.plans.current().code
    stamp = datetime.combine(books.today, time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", "-//Hazard Desk//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{books.office_name}工作日历" + ("（示例）" if books.sample else ""))
    for item in items:
        event = _event(item)
        if item.open and item.remind_on >= books.today:
            event.add_component(_alarm(item))
        event.add("uid", f"{_name(item)}@{plan}.hazard-desk")
        event.add("dtstamp", stamp)
        calendar.add_component(event)
    save(calendar.to_ical(), to)
    return to


def _name(item: DueItem) -> str:
    """Return what names a thing whatever its date and state: an occurrence by its key in its duty."""
    return "-".join(part for part in (item.kind, item.record.replace("/", "-"), item.key) if part)


def _event(item: DueItem) -> Event:
    event = Event()
    event.add("summary", f"{item.kind_label}：{item.title}")
    event.add("dtstart", item.date)
    event.add("dtend", item.date + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [item.kind_label])
    told = [f"状态：{item.state}", item.reason, f"提醒日期：{item.remind_on}"]
    told += [f"责任人：{'、'.join(item.people)}"] * bool(item.people)
    told += [f"责任单位：{'、'.join(item.units)}"] * bool(item.units)
    event.add("description", "\n".join(line for line in told if line))
    return event


def _alarm(item: DueItem) -> Alarm:
    """A time from the event's begin, for the day's own hours are the same in every time zone."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{item.date}到期：{item.title}")
    alarm.add("trigger", item.remind_on - item.date + _REMIND_AT)
    return alarm
