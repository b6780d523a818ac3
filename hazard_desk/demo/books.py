"""The other books of the sample year: rewards and penalties, work done, duties, registers, special steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from hazard_desk.books.enterprise_duties import DUTIES
from hazard_desk.demo.content import Content, load_book
from hazard_desk.demo.course import sample_number
from hazard_desk.demo.documents import add_reward, take_step
from hazard_desk.demo.duties import duty_acts
from hazard_desk.demo.origins import SampleAct
from hazard_desk.desk import Desk
from hazard_desk.figures.progress.filling import fill, submit
from hazard_desk.library.progress_forms import ProgressForm, find_progress_form
from hazard_desk.rules.dates import months_later
from hazard_desk.rules.fields import Row
from hazard_desk.rules.readings import due_days
from hazard_desk.rules.workdays import remind_on

_FIRMS_ASKED = 25
_MONTHS = {"应急演练": 6, "教育培训": 6, "两单两卡": 3}
"""After how many months a duty is due again; 12 when not named."""
_LOOKED_AT = date(2023, 6, 15)
"""The day on which the offices began to ask the enterprises for their duties."""


def other_books(desk: Desk, content: Content) -> Iterator[SampleAct]:
    """Yield every act of the books besides hazards, checks and reports, each with its day."""
    yield from _steps(desk)
    yield from _rewards(desk)
    yield from _activities(desk, content)
    yield from _duties(desk, content)
    yield from duty_acts(desk)
    for register, rows in load_book("registers").items():
        for row in rows:
            yield row.pop("on"), partial(desk.registers.ledgers()[register].add, row)


def sent_progress_forms(desk: Desk) -> Iterator[SampleAct]:
    """Yield the sending of the county's progress form each month, on the last working day for it."""
    form = find_progress_form("fangshan-2023")
    for day in due_days(form.first, desk.plans.current().ends_on, form.due_day):
        yield remind_on(day), partial(_send, desk, form, day)


def _send(desk: Desk, form: ProgressForm, day: date) -> None:
    submit(desk.books, fill(desk.books, form, day))


def _steps(desk: Desk) -> Iterator[SampleAct]:
    for row in load_book("steps")["rows"]:
        day, number, kind = row.pop("on"), sample_number(row.pop("hazard")), row.pop("step")
        yield day, partial(_step, desk, number, kind, {"happened_on": day, **row})


def _step(desk: Desk, number: str, kind: str, values: Row) -> None:
    hazard = desk.hazards.find(number)
    assert hazard is not None  # it was registered on an earlier day
    take_step(desk, hazard, kind, values)


def _rewards(desk: Desk) -> Iterator[SampleAct]:
    made: list[int] = []
    for row in load_book("rewards")["rows"]:
        day, pair = row.pop("on"), row.pop("pair", False)
        row["happened_on"] = day
        # What was made public later is entered on that day.
        told = {name: row.pop(name) for name in ("published_at", "published_on") if name in row}
        if "hazard" in row:
            row["hazard_number"] = sample_number(row.pop("hazard"))
        kept: list[int] = []
        yield day, partial(_reward, desk, row, kept, made, pair)
        if told:
            yield told["published_on"], partial(_publish, desk, kept, told)


def _reward(desk: Desk, row: Row, kept: list[int], made: list[int], pair: bool) -> None:
    kept.append(add_reward(desk, row))
    if pair:
        desk.rewards.pair(made[-1], kept[0])
    made.extend(kept)


def _publish(desk: Desk, kept: list[int], told: Row) -> None:
    desk.rewards.change(kept[0], told)


def _activities(desk: Desk, content: Content) -> Iterator[SampleAct]:
    book = load_book(desk.activities.id)
    titles = {row.code: row.title for row in desk.duties.all_rows()}
    served = {row["task"]: row for row in book["served"]}
    for log in content.story.logs:
        if log.task in served:
            row = served[log.task]
            yield log.on, partial(desk.activities.add, _activity(row | {"content": log.note}, log.on, titles))
    for series in book["series"]:
        days = series.pop("days")
        for day in days:
            yield day, partial(desk.activities.add, _activity(series, day, titles))


def _activity(row: Row, day: date, titles: dict[str, str]) -> Row:
    values = {"level": "镇", **row, "held_on": day, "title": f"{row['title']}（{day.month}月）"}
    values["task_number"] = values.pop("task", None)
    values["duty_title"] = titles[str(values.pop("duty"))] if "duty" in values else ""
    return values


def _duties(desk: Desk, content: Content) -> Iterator[SampleAct]:
    """Yield what the enterprises at work were asked: each some duties, met at different times."""
    firms = [firm for firm in content.enterprises.firms if firm.until is None and not firm.entered]
    for turn, firm in enumerate(firms[:: max(1, len(firms) // _FIRMS_ASKED)][:_FIRMS_ASKED]):
        for place in range(3 + turn % 7):
            duty = DUTIES[(turn + place) % len(DUTIES)]
            last = _LOOKED_AT - timedelta(days=20 + 37 * (turn + 3 * place) % 240)
            last = remind_on(last + timedelta(days=60 * (place % 3)))
            due = months_later(last, _MONTHS.get(duty, 12))
            values: Row = {
                "unit_name": firm.name,
                "duty": duty,
                "state": ("已落实", "已落实", "部分落实")[(turn + place) % 3],
                "last_on": last,
                "next_due": due,
            }
            if (turn + place) % 11 == 10:
                values |= {"state": "未落实", "last_on": None, "next_due": date(2023, 10, 31)}
            entered = remind_on(max(_LOOKED_AT, last) + timedelta(days=turn))
            yield entered, partial(desk.enterprise_duties.add, values)
