"""The other books of the sample year: rewards and penalties, work done, duties, registers, special steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.duties.asked import FIRMS
from hazard_desk.books.enterprise_duties import DUTIES, EnterpriseDutyRow
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import RewardRow
from hazard_desk.demo.content import Content, load_rows, taken
from hazard_desk.demo.course import SampleStep, sample_number
from hazard_desk.demo.documents import add_reward, take_step
from hazard_desk.demo.duties import duty_acts
from hazard_desk.demo.origins import SampleAct
from hazard_desk.desk import Desk
from hazard_desk.figures.progress.filling import fill, submit
from hazard_desk.library.progress_forms import ProgressForm, find_progress_form
from hazard_desk.rules.fields import Row
from hazard_desk.rules.phrases.points import months_later
from hazard_desk.rules.readings import due_days
from hazard_desk.rules.workdays import remind_on
from hazard_desk.store.columns import name_of

_EVERY_FIRM = "every_firm"
_FIRMS_ASKED = 25
_MONTHS = {"应急演练": 6, "教育培训": 6, "两单两卡": 3}
"""After how many months a duty is due again; 12 when not named."""
_LEVEL = "乡"
"""Of work that names none: 三星乡's own."""
_LOOKED_AT = date(2023, 6, 15)
"""The day on which the offices began to ask the enterprises for their duties."""


def other_books(desk: Desk, content: Content) -> Iterator[SampleAct]:
    """Yield every act of the books besides hazards, checks and reports, each with its day."""
    yield from _steps(desk)
    yield from _rewards(desk)
    yield from _activities(desk, content)
    yield from _duties(desk, content)
    yield from duty_acts(desk)
    for register, rows in load_rows("registers").items():
        for row in rows:
            yield taken(row, "on", date.min), partial(desk.registers.ledgers()[register].add, row)


def sent_progress_forms(desk: Desk) -> Iterator[SampleAct]:
    """Yield the sending of the county's progress form each month, on the last working day for it."""
    form = find_progress_form("fangshan-2023")
    for day in due_days(form.first, desk.plans.current().ends_on, form.due_day, form.every):
        yield remind_on(day), partial(_send, desk, form, day)


def _send(desk: Desk, form: ProgressForm, day: date) -> None:
    submit(desk.books, fill(desk.books, form, day))


def _steps(desk: Desk) -> Iterator[SampleAct]:
    for row in load_rows("steps")["rows"]:
        day, number = taken(row, "on", date.min), sample_number(taken(row, "hazard", 0))
        kind, note = taken(row, "step", ""), taken(row, "note", "")
        yield day, partial(_step, desk, number, SampleStep(day, kind, Hazard(row), note))


def _step(desk: Desk, number: str, step: SampleStep) -> None:
    hazard = desk.hazards.find(number)
    assert hazard is not None  # it was registered on an earlier day
    take_step(desk, hazard, step)


def _rewards(desk: Desk) -> Iterator[SampleAct]:
    made: list[int] = []
    for told in load_rows("rewards")["rows"]:
        day, pair, hazard = taken(told, "on", date.min), taken(told, "pair", False), taken(told, "hazard", 0)
        # What was made public later is entered on that day.
        later = RewardRow()
        later.published_at = taken(told, name_of(RewardRow.published_at), "")
        later.published_on = published = taken(told, name_of(RewardRow.published_on), date.max)
        row = RewardRow(told)
        row.happened_on = day
        row.hazard_number = sample_number(hazard) if hazard else ""
        kept: list[int] = []
        yield day, partial(_reward, desk, row, kept, made, pair)
        if later.published_at:
            yield published, partial(_publish, desk, kept, later)


def _reward(desk: Desk, row: RewardRow, kept: list[int], made: list[int], pair: bool) -> None:
    kept.append(add_reward(desk, row))
    if pair:
        desk.rewards.pair(made[-1], kept[0])
    made.extend(kept)


def _publish(desk: Desk, kept: list[int], told: RewardRow) -> None:
    desk.rewards.change(kept[0], told)


def _activities(desk: Desk, content: Content) -> Iterator[SampleAct]:
    book = load_rows(desk.activities.id)
    titles = {row.code: row.title for row in desk.duties.all_rows()}
    served = {row.task_number: row for row in (_activity(told, titles) for told in book["served"])}
    for log in content.story.logs:
        if log.task in served:
            row = ActivityRow(served[log.task])
            row.content = log.note
            yield log.on, partial(_hold, desk, row, log.on)
    for told in book["series"]:
        days = taken(told, "days", list[date]())
        series = _activity(told, titles)
        for day in days:
            yield day, partial(_hold, desk, series, day)


def _activity(told: Row, titles: dict[str, str]) -> ActivityRow:
    """Return an activity without its day; its task and duty are named as the clerk names them."""
    task, duty = taken(told, "task", 0), taken(told, "duty", "")
    row = ActivityRow(told)
    row.level = row.level or _LEVEL
    row.task_number = task or None
    row.duty_title = titles[duty] if duty else ""
    return row


def _hold(desk: Desk, activity: ActivityRow, day: date) -> None:
    row = ActivityRow(activity)
    row.held_on, row.title = day, f"{activity.title}（{day.month}月）"
    if row.pop(_EVERY_FIRM, False):
        row.firms = [
            firm.name
            for firm in desk.enterprises.rows(desk.enterprises.ids(Query()))
            if firm.category in FIRMS
        ]
    desk.activities.add(row)


def _duties(desk: Desk, content: Content) -> Iterator[SampleAct]:
    """Yield what the enterprises at work were asked: each some duties, met at different times."""
    firms = [firm for firm in content.enterprises.firms if firm.until is None and not firm.entered]
    for turn, firm in enumerate(firms[:: max(1, len(firms) // _FIRMS_ASKED)][:_FIRMS_ASKED]):
        for place in range(3 + turn % 7):
            duty = DUTIES[(turn + place) % len(DUTIES)]
            last = _LOOKED_AT - timedelta(days=20 + 37 * (turn + 3 * place) % 240)
            last = remind_on(last + timedelta(days=60 * (place % 3)))
            due = months_later(last, _MONTHS.get(duty, 12))
            row = EnterpriseDutyRow()
            row.unit_name, row.duty = firm.name, duty
            row.state = ("已落实", "已落实", "部分落实")[(turn + place) % 3]
            row.last_on, row.next_due = last, due
            if (turn + place) % 11 == 10:
                row.state, row.last_on, row.next_due = "未落实", None, date(2023, 10, 31)
            entered = remind_on(max(_LOOKED_AT, last) + timedelta(days=turn))
            yield entered, partial(desk.enterprise_duties.add, row)
