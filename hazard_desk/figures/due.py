"""Everything dated: stages, task deadlines, occurrences of duties, and what the rows of the books have to be
done by: every date that is declared so (``rules.fields.Due``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hazard_desk.books.catalogue import Books
from hazard_desk.books.duties.festivals import untriggered_festivals
from hazard_desk.books.enterprise_duties import EnterpriseDutyRow
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.query import Wanted
from hazard_desk.books.plans.tables import PlanRow, TaskFacts
from hazard_desk.books.registers import RegisterRow
from hazard_desk.figures.dated import DUE_KINDS, PLANS, UNTRIGGERED, Diary, DueItem
from hazard_desk.figures.once import reading_once
from hazard_desk.figures.reports import forms_due, is_report, report_word
from hazard_desk.figures.targets import TargetView, targets
from hazard_desk.rules.deadlines import deadline_in
from hazard_desk.rules.fields import Due, Field, Kind, names_in
from hazard_desk.rules.fulfilment import BEHIND, OPEN, OccurrenceState
from hazard_desk.rules.tasks import TaskStatus
from hazard_desk.rules.wording import quoted
from hazard_desk.store.columns import Record, computed


@reading_once
def due_items(books: Books, first: date, last: date, diary: Diary | None = None) -> list[DueItem]:
    """Return everything dated from ``first`` to ``last``, in order of date, as it stands today."""
    diary = diary or Diary(books)
    return _coming(diary, first, last, _rows(diary, _Span(first, last)))


@reading_once
def late_and_coming(books: Books, last: date, diary: Diary) -> tuple[list[DueItem], list[DueItem]]:
    """Return all ``overdue_items``, and the ``due_items`` from today to ``last``; each row is read once."""
    today = books.today
    rows = list(_rows(diary, _late(diary), _Span(today, last)))
    return (
        _overdue(diary, (item for item in rows if item.date < today)),
        _coming(diary, today, last, (item for item in rows if item.date >= today)),
    )


def _coming(diary: Diary, first: date, last: date, rows: Iterable[DueItem]) -> list[DueItem]:
    """Return what ``rows`` hold of a span of days, with everything else that is dated in it."""
    found = [*_stages(diary), *_tasks(diary)]
    found = [item for item in found if first <= item.date <= last]
    found += _targets(diary, first, last)
    found += _occurrences(diary, first, last)
    found += _festivals(diary, first, last)
    found += _forms(diary, first, last)
    found += rows
    places = {kind: place for place, kind in enumerate(DUE_KINDS)}
    return sorted(found, key=lambda item: (item.date, places[item.kind], item.number))


@reading_once
def before_items(books: Books, limit: int = 500, diary: Diary | None = None) -> list[DueItem]:
    """Return what fell due before the desk was begun and of which nothing is known, in order of date."""
    diary = diary or Diary(books)
    if diary.opened is None:
        return []
    last = diary.opened - timedelta(days=1)
    found = [item for item in _tasks(diary) if item.before]
    found += [item for item in _occurrences(diary, date.min, last) if item.before]
    found += _rows(diary, _Span(date.min, last, late=True))
    return sorted(found, key=lambda item: item.date)[:limit]


def due_notes(books: Books, items: Iterable[DueItem]) -> list[str]:
    """Return a sentence for each year of these items whose holidays are only guessed from weekends."""
    return books.holidays.notes({item.date.year for item in items})


@reading_once
def overdue_items(books: Books, limit: int | None = 200, diary: Diary | None = None) -> list[DueItem]:
    """Return everything whose day has passed undone, the longest overdue first; all without ``limit``."""
    diary = diary or Diary(books)
    return _overdue(diary, _rows(diary, _late(diary)))[:limit]


def _overdue(diary: Diary, rows: Iterable[DueItem]) -> list[DueItem]:
    """Return ``rows``, which are late, with all else whose day has passed undone, in order of date."""
    span = _late(diary)
    late = [item for item in _tasks(diary) if item.overdue]
    late += [item for item in _occurrences(diary, date.min, span.last) if item.overdue]
    late += [item for item in _forms(diary, span.first, span.last) if item.overdue]
    late += rows
    return sorted(late, key=lambda item: item.date)


def _stages(diary: Diary) -> Iterator[DueItem]:
    today = diary.books.today
    for stage in diary.books.plans.stages():
        day = stage.due
        state = stage_state(stage.starts_on, day, today)
        title = f"{stage.name}阶段结束（{stage.deadline_text}）"
        yield DueItem(day, "stage", title, state, diary.remind(day), f"stages/{stage.id}", day >= today)


def stage_state(starts_on: date, due: date, today: date) -> str:
    """Return 未开始, 进行中 or 已结束."""
    if today > due:
        return "已结束"
    return "进行中" if today >= starts_on else "未开始"


def _tasks(diary: Diary) -> Iterator[DueItem]:
    plan = diary.books.plans.current()
    for task in diary.tasks:
        yield from _milestones(diary, plan, task)
        yield from _parts(diary, task)
        if task.due:
            still = task.status not in _SETTLED
            yield DueItem(
                task.due,
                "task",
                f"任务{task.number}：{task.text}",
                task.status,
                diary.remind(task.due),
                f"{diary.books.tasks.id}/{task.id}",
                still,
                task.overdue,
                task.status == TaskStatus.BEFORE,
                reason=task.reason,
                people=tuple(task.leads),
                units=tuple(task.units),
            )


_SETTLED = (TaskStatus.DONE, TaskStatus.DONE_LATE, TaskStatus.BEFORE)
"""Tasks of which nothing more is asked."""


def _milestones(diary: Diary, plan: PlanRow, task: TaskFacts) -> Iterator[DueItem]:
    """Yield the dates of a task before its last one: 5月底前完成首轮. That they were met, nobody says."""
    done = task.status in _SETTLED
    for one in deadline_in(plan, task.deadline_text).several:
        if one.due != task.due:
            yield DueItem(
                one.due,
                "milestone",
                f"任务{task.number}节点：{one.text or task.text}",
                task.status,
                diary.remind(one.due),
                f"{diary.books.tasks.id}/{task.id}",
                one.due >= diary.books.today and not done,
                reason=f"时限{quoted(task.deadline_text)}，任务{task.number}：{task.text}",
                people=tuple(task.leads),
                units=tuple(task.units),
            )


def _parts(diary: Diary, task: TaskFacts) -> Iterator[DueItem]:
    """Yield the parts of a task that have a day of their own."""
    done = task.status in (TaskStatus.DONE, TaskStatus.DONE_LATE)
    for part in task.parts:
        if part.due:
            still = not done and part.status not in _SETTLED
            yield DueItem(
                part.due,
                "milestone",
                f"任务{task.number}{part.mark}：{part.text}",
                part.status,
                diary.remind(part.due),
                f"{diary.books.tasks.id}/{task.id}",
                still,
                part.overdue and still,
                part.status == TaskStatus.BEFORE and not done,
                reason=part.reason,
                key=str(part.id),
                people=tuple(part.leads or task.leads),
                units=tuple(part.units or task.units),
            )


def _targets(diary: Diary, first: date, last: date) -> Iterator[DueItem]:
    """Yield the targets of the plan that name a day; how far they are reached is told, nobody is late."""
    wanted = [target for target in diary.books.plans.targets() if target.due and first <= target.due <= last]
    for seen in targets(diary.books, wanted):
        if day := seen.target.due:
            state = _target_state(diary, seen, day)
            yield DueItem(
                day,
                "target",
                f"工作目标：{seen.target.text}",
                state,
                diary.remind(day),
                f"{PLANS}/{diary.books.plans.number}",
                day >= diary.books.today and state != _REACHED,
                reason=seen.reached.text if seen.reached else "",
            )


_REACHED = "已达到"


def _target_state(diary: Diary, seen: TargetView, day: date) -> str:
    """Return where a target stands: what is so before its year has begun is not reached yet."""
    met = seen.reached.met if seen.reached else None
    if diary.books.today.year < (seen.target.year or 0):
        return str(TaskStatus.NOT_STARTED)
    if met:
        return _REACHED
    if day >= diary.books.today:
        return "进行中"
    if diary.opened and day < diary.opened:
        return str(TaskStatus.BEFORE)
    return "已结束" if met is None else "未达到"


def _occurrences(diary: Diary, first: date, last: date) -> Iterator[DueItem]:
    for one in diary.books.duties.occurrences(first, last):
        report = is_report(one.duty)
        yield DueItem(
            one.due,
            "report" if report else "occurrence",
            one.title,
            report_word(one.state) if report else str(one.state),
            diary.remind(one.due),
            f"{diary.books.duties.id}/{one.duty.id}",
            one.open or one.behind,
            one.behind,
            one.state is OccurrenceState.BEFORE,
            reason=one.verdict.reason,
            key=one.key,
            people=tuple(one.duty.people),
            units=tuple(one.duty.offices),
        )


def _festivals(diary: Diary, first: date, last: date) -> Iterator[DueItem]:
    """Yield the holidays before which a duty asks for work; one that nobody triggered is late for nobody."""
    for one in untriggered_festivals(diary.books.duties):
        if first <= one.due <= last:
            yield DueItem(
                one.due,
                "occurrence",
                f"{one.duty.title}（{one.name}）",
                "未触发",
                diary.remind(one.due),
                f"{diary.books.duties.id}/{one.duty.id}",
                one.holiday > diary.books.today,
                reason=f"{one.holiday}起放假，按放假安排列出；在常态化工作里触发后计入",
                key=f"{UNTRIGGERED}{one.holiday}",
                units=tuple(one.duty.units),
            )


def _forms(diary: Diary, first: date, last: date) -> Iterator[DueItem]:
    """Yield the days of the form that the office uses, where the plan names none."""
    for one in forms_due(diary.books, first, last):
        yield DueItem(
            one.day,
            "report",
            one.title,
            report_word(one.state),
            diary.remind(one.day),
            f"{diary.books.submissions.id}/{one.sent}",
            one.state in OPEN,
            one.state in BEHIND,
            reason=one.reason,
            key="" if one.sent else one.day.isoformat(),
        )


# The dates of the rows of every book: each that is declared as one by which something is to be done


_Date = tuple[Field, Due]
"""A field that is declared as one, and what it says of it."""


@dataclass(frozen=True)
class _Span:
    """Days, both ends included, of which all rows are wanted, or only those that are ``late``."""

    first: date
    last: date
    late: bool = False


def _late(diary: Diary) -> _Span:
    """Return the days since the desk was begun that have passed."""
    return _Span(diary.opened or date.min, diary.books.today - timedelta(days=1), late=True)


def _dates(books: Books) -> Iterator[tuple[TableLedger[Any], list[_Date]]]:
    """Yield the books whose rows are to be done by some date, with these dates."""
    for book in books.ledgers.values():
        if isinstance(book, TableLedger):
            dates = [(field, field.due) for field in book.bare_fields if field.due]
            yield from [(book, dates)] if dates else ()


def _rows(diary: Diary, *spans: _Span) -> Iterator[DueItem]:
    """Yield what the rows of the books hold in spans of days that do not overlap; a book is read once."""
    for book, dates in _dates(diary.books):
        wanted = [[_Wanted.of(book, one, span) for span in spans] for one in dates]
        rows = [row for row in book.dated(one.where for each in wanted for one in each) if _asks(diary, row)]
        for (field, due), each in zip(dates, wanted, strict=True):
            mine = [row for one in each for row in one.among(rows)]
            for row in sorted(mine, key=lambda row: (row[field.name], row.id)):
                yield _of_row(diary, book, field, due, row)


@dataclass(frozen=True)
class _Wanted:
    """Which rows of a book have to be done by a date in a span of days."""

    span: _Span
    name: str
    done: tuple[str, ...]
    """What must not be entered."""
    state: str
    states: tuple[str, ...]
    """The words of ``state`` that are wanted; () for all."""
    where: Mapping[str, Wanted]
    """The same for SQL, without what is asked of facts that no column keeps."""

    @classmethod
    def of(cls, book: TableLedger[Any], dated: _Date, span: _Span) -> _Wanted:
        field, due = dated
        fields = {one.name: one for one in book.bare_fields}
        done, over = (due.done, due.none_in + due.done_in) if span.late else ((), due.none_in)
        states = tuple(one for one in fields[due.state].choices if one not in over) if over else ()
        table: type[Record] = book.table
        unkept = {one.name for one in computed(table)}
        where: dict[str, Wanted] = {field.name: f"{span.first}..{span.last}"}
        where |= {due.state: states} if over else {}
        where |= {name: _unsaid(fields[name]) for name in done if name not in unkept}
        return cls(span, field.name, done, due.state, states, where)

    def among(self, rows: Iterable[Record]) -> Iterator[Record]:
        """Yield those that have to be done so."""
        first, last, states = self.span.first, self.span.last, self.states
        for row in rows:
            day = row[self.name]
            if not isinstance(day, date) or not first <= day <= last:
                continue
            if (not states or row[self.state] in states) and not any(map(row.get, self.done)):
                yield row


def _asks(diary: Diary, row: Record) -> bool:
    """Whether the row itself is due: not one that became a hazard, nor of a firm that is stopped."""
    if isinstance(row, EnterpriseDutyRow):
        return row.enterprise_id not in diary.stopped
    return not (isinstance(row, RegisterRow) and row.hazard_id)


def _of_row(diary: Diary, book: TableLedger[Any], field: Field, due: Due, row: Record) -> DueItem:
    day = row[field.name]
    assert isinstance(day, date)  # the query asks for those with a day
    still = not any(row[name] for name in due.done) and row.get(due.state) not in due.done_in
    state = str(row[due.state]) if due.state else "未办结" if still else "已办结"
    before = still and diary.opened is not None and day < diary.opened
    late = still and not before and day < diary.books.today
    state = "已到期" if late and state == due.lapses else state
    name, brief = (" ".join(_texts(row, due.names)),) * 2 if due.names else book.headline(row)
    title = due.words.format(noun=book.noun, name=name, label=field.label)
    short = title if brief == name else due.words.format(noun=book.noun, name=brief, label=field.label)
    return DueItem(
        day,
        due.kind,
        title,
        "起账前" if before else state,
        diary.remind(day - timedelta(days=due.ahead)),
        f"{book.id}/{row.id}",
        still and not before,
        late,
        before,
        field=field.name,
        people=_texts(row, due.people),
        units=_texts(row, due.units),
        brief=short,
    )


def _unsaid(field: Field) -> str:
    """Return the filter for what was not entered."""
    return "否" if field.kind is Kind.BOOL else ""


def _texts(row: Record, names: Sequence[str]) -> tuple[str, ...]:
    """Return what stands in these fields of a row, name by name."""
    found: list[str] = []
    for value in map(row.__getitem__, names):
        if isinstance(value, str):
            found.append(value)
        else:
            found += names_in(value) or ([str(value)] if value else [])
    return tuple(filter(None, found))
