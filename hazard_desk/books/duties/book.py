"""常态化工作: the recurring obligations, of the plan and the office's own, and every time they fall due.

The map of the time ledgers:

- ``Duties`` (here): the rows; ``occurrences(first, last)`` and ``history(duty)`` give each time a duty falls
  due with its state, reason and records. Acts on one occurrence, the clerk's word: ``tick``, ``link``,
  ``waive``, ``unmark``; on events: ``trigger``, ``untrigger`` (``proposals``: holidays to come); on a duty:
  ``add``, ``change``, ``end``, ``resume``.
- ``words.py``: what the clerk may say of an occurrence, or of single objects of it.
- ``asked.py``: who is to do it and to whom; ``recording.py``: the record that would fulfil it.
- ``occurrences.py``: how they are computed; ``DutyOccurrence``; the tables of what cannot be found.
- ``evidence.py``: asks the records that fulfil duties.
- ``rows.py``: a duty as kept, as shown, and where it stands.
- ``rules/fulfilment.py``: the states and the judgement; ``rules/recurrence.py``, ``rules/rhythm.py``: when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import peewee

from hazard_desk.books.duties.asked import DOERS
from hazard_desk.books.duties.evidence import Proofs, in_use
from hazard_desk.books.duties.holidays import Holidays
from hazard_desk.books.duties.occurrences import (
    DutyOccurrence,
    DutyTriggerRow,
    evaluate,
)
from hazard_desk.books.duties.rows import (
    codes_of,
    entry_problems,
    keep,
    registers_kept_up,
    shown,
    stand,
    unknown_sources,
)
from hazard_desk.books.duties.words import DutyWords, said_of
from hazard_desk.books.kit.gaps import OTHERS, told_by_labels
from hazard_desk.books.kit.judging import CHANGED_SINCE, TWICE, Batch, Judgement, Telling
from hazard_desk.books.kit.ledger import entries_of
from hazard_desk.books.opening import kept_since
from hazard_desk.books.plans.tables import (
    ActionRow,
    DutyFacts,
    DutyRow,
    PlanRow,
    TaskFacts,
    TaskRow,
    tasks_with,
)
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Field, Row, Value, by_name, read_all, read_others
from hazard_desk.rules.obligation import Evidence
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.columns import Record, computed, declared, field_of, name_of, names_of
from hazard_desk.store.search import Entry

_OF_PLAN = names_of(DutyRow.fulfilled_by, DutyRow.doers, DutyRow.objects, DutyRow.leads, DutyRow.units)
"""What the office may change of a duty that the plan demands."""
_FIXED = "方案规定的工作事项只能修改完成依据、由谁办、对谁办、牵头领导和责任科室，不需要的可以停用"


class Duties(DutyWords):
    """The duties of the current plan."""

    id = "duties"
    title = "常态化工作"
    noun = "工作事项"
    why = "每周、每月、每季要做的工作列在这里，到期提醒，做过的由各本台账的记录自动算作完成"
    icon = "repeat"
    in_binder = False
    table = DutyRow
    trigger_fields = declared(DutyTriggerRow)

    def __init__(self, proofs: Proofs, holidays: Holidays) -> None:
        super().__init__(proofs)
        self.holidays = holidays

    @property
    def fields(self) -> tuple[Field, ...]:
        rhythm, *found = computed(DutyFacts)
        first = (field_of(DutyRow.title), rhythm, field_of(DutyRow.fulfilled_by), *found)
        first += (field_of(DutyRow.basis),)
        told = {field_of(DutyRow.rule), field_of(DutyRow.trigger)}  # the rhythm says both
        return told_by_labels(
            (*first, *(field for field in declared(DutyRow) if field not in {*first, *told}))
        )

    def entry_fields(self) -> tuple[Field, ...]:
        return tuple(field for field in declared(DutyRow) if not field.given)

    def change_fields(self, duty: DutyFacts) -> tuple[Field, ...]:
        """Return the fields that the office may change of a duty."""
        fields = self.entry_fields()
        return fields if duty.own else tuple(field for field in fields if field.name in _OF_PLAN)

    def options(self, name: str) -> list[str]:
        if name == name_of(DutyRow.fulfilled_by):
            return list(self.proofs.labels.values())
        if name == name_of(DutyRow.doers):
            return list(DOERS)
        return super().options(name)

    # Reading

    def plan_of(self, number: int) -> int | None:
        """Return the plan that a duty belongs to; None when there is no such duty."""
        found = self.cabinet.scalar(DutyRow.select(DutyRow.plan_id).where(DutyRow.id == number))
        return None if found is None else int(found)

    def all_rows(self, as_of: date | None = None) -> list[DutyFacts]:
        return [duty for duty, _ in self.courses(as_of or self._today)]

    def courses(self, day: date) -> list[tuple[DutyFacts, list[DutyOccurrence]]]:
        """Return every duty with where it stands on a day, and every time it falls due."""
        return self.cabinet.remembered((self.id, day), lambda: self._courses(day))

    def _courses(self, day: date) -> list[tuple[DutyFacts, list[DutyOccurrence]]]:
        duties = self._duties()
        by_duty: dict[int, list[DutyOccurrence]] = {duty.id: [] for duty in duties}
        for one in evaluate(self.proofs, self._plan(), duties, date.min, date.max, day):
            by_duty[one.duty.id].append(one)
        kept_up = in_use(self.cabinet, registers_kept_up(duties), day)
        for duty in duties:
            stand(duty, by_duty[duty.id], kept_up, day)
        return [(duty, by_duty[duty.id]) for duty in duties]

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        """Return what each duty is found by: those of every plan, whichever is current."""
        wanted = DutyRow.id.is_null(False) if ids is None else DutyRow.id.in_(list(ids))
        return entries_of(self, self._read(wanted))

    def occurrences(self, first: date, last: date, as_of: date | None = None) -> list[DutyOccurrence]:
        """Return what falls due from ``first`` to ``last``, in order of date, as it stands on ``as_of``."""
        times = (one for _, each in self.courses(as_of or self._today) for one in each)
        found = [one for one in times if first <= one.due <= last]
        return sorted(found, key=lambda one: (one.due, one.duty.id))

    def history(self, number: int, as_of: date | None = None) -> list[DutyOccurrence]:
        """Return every time that one duty falls due in the campaign, in order of date."""
        duty = [self._duty(number)]
        found = evaluate(self.proofs, self._plan(), duty, date.min, date.max, as_of or self._today)
        return sorted(found, key=lambda one: one.due)

    def occurrence(self, number: int, key: str) -> DutyOccurrence:
        """Return one occurrence of a duty; ``Refused`` when there is none of this key (any more)."""
        for one in self.history(number):
            if one.key == key:
                return one
        raise Refused("这项工作没有这一次，请刷新后再看")

    def lacking(self, first: date, last: date, as_of: date | None = None) -> list[DutyOccurrence]:
        """Return what fell due from ``first`` to ``last``, or is under way, and is not met, by date."""
        day = as_of or self._today
        return [
            one
            for one in self.occurrences(first, last, day)
            if (one.open or one.behind) and one.when.starts <= day
        ]

    def candidates(self, first: date, last: date) -> list[Evidence]:
        """Return the records of these days that the clerk may link to an occurrence, the latest first."""
        return self.proofs.candidates(first, last)

    def find(self, name: Value) -> int | None:
        return next((duty.id for duty in self._duties() if duty.title == name), None)

    def names(self) -> list[str]:
        return [duty.title for duty in self._duties()]

    def _plan(self) -> PlanRow:
        return self.cabinet.row(PlanRow, int(self.cabinet.setting("plan")))

    def _duty(self, number: int) -> DutyFacts:
        for duty in self._duties():
            if duty.id == number:
                return duty
        raise Refused("这条记录已不存在，请刷新后再看")

    def _duties(self) -> list[DutyFacts]:
        """Return the duties with their rhythm and who answers for them, but not where they stand."""
        return self._read(DutyRow.plan_id == int(self.cabinet.setting("plan")))

    def _read(self, wanted: peewee.Expression) -> list[DutyFacts]:
        rows = self.cabinet.records(DutyRow, DutyRow.select().where(wanted).order_by(DutyRow.id))
        tasks = self._tasks()
        return [
            shown(
                self.proofs,
                row,
                [tasks[key] for number in row.tasks if (key := (row.plan_id, number)) in tasks],
            )
            for row in rows
        ]

    def _tasks(self) -> dict[tuple[int, int], TaskFacts]:
        """Return who answers for the tasks of every plan, by the plan and the task's number."""
        who = tasks_with(ActionRow.plan_id, TaskRow.number, TaskRow.leads, TaskRow.units)
        rows = self.cabinet.records(TaskFacts, who.where(TaskRow.withdrawn_on.is_null()))
        return {(row.plan_id, row.number): row for row in rows}

    # Events on which a triggered duty falls due

    def trigger(self, number: int, values: Mapping[str, Value]) -> Change:
        """Let a triggered duty fall due: ``values`` are ``trigger_fields``. Raises ``Refused``."""
        duty = self._duty(number)
        if duty.kind != "triggered":
            raise Refused(f"{quoted(duty.title)}按周期办理，不需要触发")
        entry = DutyTriggerRow(read_all(self.trigger_fields, values, self._today))
        with self.cabinet.act("duties.trigger", self.id) as act:
            entry.duty_id, entry.who, entry.entered_at = number, self.cabinet.setting("clerk"), act.at
            act.insert(DutyTriggerRow, entry)
            act.done(f"触发{quoted(duty.title)}：{entry.name}", number)
        return act.result

    def untrigger(self, number: int, key: str) -> Change:
        """Take an event back that was entered by mistake, with what was said of its occurrence."""
        one = self.occurrence(number, key)
        if one.trigger is None:
            raise Refused("按周期到期的工作不能取消，可以登记为无需开展")
        with self.cabinet.act("duties.untrigger", self.id) as act:
            self.forget(act, said_of(key), number)
            act.delete(DutyTriggerRow, one.trigger.id)
            act.done(f"取消触发{quoted(one.title)}", number)
        return act.result

    def proposals(self, number: int) -> list[DutyTriggerRow]:
        """Return the holidays of the campaign still to come for which a duty was not triggered yet.

        Each is what ``trigger`` takes: name, happened_on (its first day), due (the working day before).
        """
        return [row for row in self.untriggered(number) if row.happened_on >= self._today]

    def untriggered(self, number: int, times: Sequence[DutyOccurrence] | None = None) -> list[DutyTriggerRow]:
        """Return the holidays for which a duty was not triggered, since its desk and its plan began.

        ``times`` are those at which it falls due, where they were read already.
        """
        plan, opened = self._plan(), kept_since(self.cabinet)
        known = self.history(number) if times is None else times
        fired = {one.trigger.happened_on for one in known if one.trigger}
        begun = max(plan.starts_on, opened or plan.starts_on)
        found = self.holidays.coming(begun, plan.ends_on)
        return [row for row in found if row.due >= begun and row.happened_on not in fired]

    # The office's own duties

    def add(self, values: Mapping[str, Value]) -> Change:
        """Add a duty of the office's own. Raises ``RefusedFields``."""
        row = self._own(values, None)
        with self.cabinet.act("duties.add", self.id) as act:
            number = act.insert(DutyRow, self._new(row))
            act.done(f"新增{self.noun}{quoted(row.title)}", number)
        return act.result

    def _judged(self, telling: Telling, number: int | None, batch: Batch) -> Judgement:
        """Without title and rhythm it is no duty, and refused."""
        old = None if number is None else self._duty(number)
        if old is not None and not old.own:
            fixed = [name for name in telling.values if name not in _OF_PLAN]
            telling.put_aside({name: _FIXED for name in fixed if telling.values[name] != old[name]})
            telling.values = {name: value for name, value in telling.values.items() if name in _OF_PLAN}
        while True:
            try:
                told: Row = telling.values if old is None else old | telling.values
                row = self._own(told, number) if old is None or old.own else self._answered(told)
                break
            except RefusedFields as wrong:
                aside = {name: said for name, said in wrong.problems.items() if name in telling.values}
                if not aside or not {*wrong.problems}.isdisjoint(names_of(DutyRow.title, DutyRow.rule)):
                    return Judgement(number, DutyRow(telling.values), telling.problems, wrong.message)
                telling.put_aside(aside)
        titles = batch.taken(name_of(DutyRow.title))
        if old is None and row.title in titles:
            return Judgement(number, row, telling.problems, f"{quoted(row.title)}{TWICE}")
        titles.add(row.title)
        known = read_others(old.others) if old else {}
        row.others = known | telling.others
        changed = [name for name, value in telling.values.items() if old is None or old[name] != value]
        changed += [OTHERS] if row.others != known else []
        return Judgement(number, row, telling.problems, "", tuple(changed))

    def _insert(self, act: Act, rows: Sequence[Record]) -> list[int]:
        new = [self._new(DutyRow(row)) for row in rows]
        if not {row.title for row in new}.isdisjoint(self.names()):
            raise Refused(CHANGED_SINCE)
        return super()._insert(act, new)

    def _update(self, act: Act, number: int, row: Record) -> None:
        before = self.history(number)
        super()._update(act, number, row)
        if {one.key for one in before if one.mark} - {one.key for one in self.history(number)}:
            told = f"改变{quoted(before[0].duty.title)}的周期会丢失已登记的完成情况，请停用这一项，另行新增"
            raise Refused(told, name_of(DutyRow.rule))

    def _new(self, row: DutyRow) -> DutyRow:
        row.plan_id, row.code, row.tasks, row.doubts = int(self.cabinet.setting("plan")), "", [], []
        row.ends_on, row.end_reason = None, ""
        return row

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
        """Change a duty; of one that the plan demands only what fulfils it and who answers for it.

        Raises ``Refused`` when what was said of an occurrence would be lost with a new rhythm.
        """
        old = self._duty(number)
        if not old.own and any(values[name] != old[name] for name in values if name not in _OF_PLAN):
            raise Refused(_FIXED)
        row = self._own(old | dict(values), number) if old.own else self._answered(old | dict(values))
        with self.cabinet.act("duties.change", self.id) as act:
            self._update(act, number, row)
            act.done(f"修改{self.noun}{quoted(old.title)}", number)
        return act.result

    def end(self, number: int, on: date, reason: str) -> Change:
        """Let a duty end: what falls due after ``on`` is not asked for. ``Refused`` without a reason."""
        if not reason.strip():
            raise Refused("请填写停用原因", name_of(DutyRow.end_reason))
        return self._until(number, on, reason.strip(), "停用")

    def resume(self, number: int) -> Change:
        """Let a duty that was ended go on."""
        return self._until(number, None, "", "恢复")

    def _until(self, number: int, on: date | None, reason: str, what: str) -> Change:
        duty = self._duty(number)
        with self.cabinet.act("duties.end", self.id) as act:
            until = DutyRow()
            until.ends_on, until.end_reason = on, reason
            act.update(DutyRow, number, until)
            act.done(f"{what}{self.noun}{quoted(duty.title)}", number)
        return act.result

    def _answered(self, values: Mapping[str, Value]) -> DutyRow:
        """Return what the office may change of a duty of the plan."""
        asked = [by_name(self.entry_fields(), name) for name in _OF_PLAN]
        row = DutyRow(read_all(asked, values, self._today))
        if problems := unknown_sources(self.proofs, row):
            raise RefusedFields(problems)
        row.fulfilled_by = codes_of(self.proofs, row)
        return row

    def _own(self, values: Mapping[str, Value], number: int | None) -> DutyRow:
        """Return a duty as its table keeps it, read from what the clerk entered."""
        row = DutyRow(read_all(self.entry_fields(), values, self._today))
        problems = entry_problems(self.proofs, row)
        if self.find(row.title) not in (None, number):
            problems[name_of(DutyRow.title)] = f"已有名为{quoted(row.title)}的工作事项"
        if problems:
            raise RefusedFields(problems)
        keep(self.proofs, row, self._plan().starts_on.year)
        return row
