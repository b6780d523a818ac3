"""方案任务: the tasks of the desk's plan with deadline, lead, units, state and work log."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import peewee

from hazard_desk.books.duties.book import Duties
from hazard_desk.books.kit.ledger import entries_of
from hazard_desk.books.kit.list_ledger import ListLedger
from hazard_desk.books.kit.query import Query
from hazard_desk.books.opening import kept_since
from hazard_desk.books.plans.tables import (
    ActionRow,
    PlanRow,
    TaskFacts,
    TaskLogFacts,
    TaskLogRow,
    TaskPartFacts,
    TaskPartRow,
    TaskRow,
    whole_tasks,
)
from hazard_desk.books.plans.task_work import Rollup, rollup, work_of
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.deadlines import deadline_in
from hazard_desk.rules.fields import Field, Value, by_name, read_all
from hazard_desk.rules.tasks import Light, Work, light, light_since, parts_course
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import computed, declared, name_of
from hazard_desk.store.search import Entry


@dataclass
class KeyTaskNode:
    """A key task with its tasks."""

    number: int
    name: str
    tasks: list[TaskFacts] = field(default_factory=list)


@dataclass
class ActionNode:
    """An action with its key tasks; ``lights`` counts the statuses of all its tasks."""

    number: int
    name: str
    key_tasks: list[KeyTaskNode] = field(default_factory=list)

    @property
    def lights(self) -> Counter[str]:
        return Counter(task.status for node in self.key_tasks for task in node.tasks)


class Tasks(ListLedger[TaskFacts]):
    """The tasks of the current plan. They come with the plan; the office writes their work log."""

    id = "tasks"
    title = "方案任务"
    noun = "任务"
    why = "方案的任务列在这里，按时限提醒，进展由工作记录和各本台账得出"
    icon = "tasks"
    paper = "task-table"
    in_binder = False
    table = TaskRow
    log_fields = declared(TaskLogRow)
    shown_log_fields = (*declared(TaskLogRow), *computed(TaskLogFacts))
    part_fields = (*declared(TaskPartRow), *computed(TaskPartFacts))

    def __init__(self, cabinet: Cabinet, duties: Duties) -> None:
        super().__init__(cabinet)
        self.duties = duties

    @property
    def fields(self) -> tuple[Field, ...]:
        number, *rest = declared(TaskRow)
        above, state = computed(TaskFacts)[:2], computed(TaskFacts)[2:]
        return (number, *above, *rest, *state)

    def name_of(self, row: TaskFacts) -> str:
        return f"任务{row.number}"

    def all_rows(self, as_of: date | None = None) -> list[TaskFacts]:
        """Return the tasks that the current plan asks for on a day, in the order of the 分解表."""
        day = as_of or self.cabinet.clock.today
        return self.cabinet.remembered((self.id, day), lambda: self._all_rows(day))

    def _all_rows(self, day: date) -> list[TaskFacts]:
        log, parts = self._log_by_task(), self._parts_by_task(day)
        rows = self._read(self._asked(day))
        work = work_of(self.cabinet, rows, self.duties, day)
        plan = self.cabinet.row(PlanRow, int(self.cabinet.setting("plan")))
        opened = kept_since(self.cabinet)
        for row in rows:
            row.parts = parts[row.id]
            self._finish(row, log[row.id], work[row.id], day, plan, opened)
        return rows

    def find(self, name: Value) -> int | None:
        return next((row.id for row in self._current() if row.number == name), None)

    def plan_of(self, number: int) -> int | None:
        """Return the plan that a task belongs to; None when there is no such task."""
        return next((row.plan_id for row in self._read(TaskRow.id == number)), None)

    def names(self) -> list[str]:
        return [self.name_of(row) for row in self._current()]

    def numbers(self) -> list[str]:
        """Return the numbers of the tasks, as a record names the one that it serves."""
        return list(self.texts())

    def texts(self) -> dict[str, str]:
        """Return what each task asks for, by its number."""
        return {str(row.number): row.text for row in self._current()}

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        """Return what each task is found by: those of every plan, whichever is current."""
        wanted = TaskRow.withdrawn_on.is_null()
        return entries_of(self, self._read(wanted if ids is None else wanted & TaskRow.id.in_(list(ids))))

    def withdrawn(self) -> list[TaskFacts]:
        """Return the tasks that were withdrawn from the current plan, without where they stand."""
        of_plan = ActionRow.plan_id == int(self.cabinet.setting("plan"))
        return self._read(of_plan & TaskRow.withdrawn_on.is_null(False))

    def overdue_elsewhere(self) -> dict[int, list[TaskFacts]]:
        """Return the tasks overdue by their work log in each plan that still runs and is not current.

        By the id of the plan.
        """
        today = self.cabinet.clock.today
        other = ActionRow.plan_id != int(self.cabinet.setting("plan"))
        late = self._read(other & TaskRow.withdrawn_on.is_null() & (TaskRow.due < today))
        if not late:
            return {}
        log, parts = self._log_by_task(), self._parts_by_task(today)
        plans = {
            number: (self.cabinet.row(PlanRow, number), kept_since(self.cabinet, number))
            for number in {row.plan_id for row in late}
        }
        found: dict[int, list[TaskFacts]] = defaultdict(list)
        for row in late:
            row.parts = parts[row.id]
            self._finish(row, log[row.id], Work(), today, *plans[row.plan_id])
            if row.overdue and plans[row.plan_id][0].ends_on >= today:
                found[row.plan_id].append(row)
        return found

    def rollup(self, by: str, as_of: date | None = None) -> list[Rollup]:
        """Return where the tasks stand together on a day, ``by`` action, key_task, lead or unit."""
        return rollup(self.all_rows(as_of), by)

    def _current(self) -> list[TaskFacts]:
        """Return the tasks asked for today, without where they stand."""
        return self._read(self._asked(self.cabinet.clock.today))

    def _asked(self, day: date) -> peewee.Expression:
        of_plan = ActionRow.plan_id == int(self.cabinet.setting("plan"))
        return of_plan & (TaskRow.withdrawn_on.is_null() | (TaskRow.withdrawn_on > day))

    def _read(self, wanted: peewee.Expression) -> list[TaskFacts]:
        return self.cabinet.records(TaskFacts, whole_tasks().where(wanted))

    @property
    def flat(self) -> bool:
        """Whether the plan has two levels only: every key task is one task."""
        keys = [row.key_task_number for row in self._current()]
        return len(set(keys)) == len(keys)

    def tree(self, query: Query | None = None) -> list[ActionNode]:
        """Return the tasks that ``query`` wants under their actions and key tasks."""
        actions: dict[int, ActionNode] = {}
        keys: dict[int, KeyTaskNode] = {}
        for row in self.select(query or Query()):
            action = actions.setdefault(row.action_number, ActionNode(row.action_number, row.action))
            if row.key_task_number not in keys:
                keys[row.key_task_number] = KeyTaskNode(row.key_task_number, row.key_task)
                action.key_tasks.append(keys[row.key_task_number])
            keys[row.key_task_number].tasks.append(row)
        return list(actions.values())

    def log(self, number: int, part: int | None = None) -> list[TaskLogFacts]:
        """Return the work log of a task with that of its parts, or that of one part alone, latest first."""
        wanted = TaskLogRow.task_id == number if part is None else TaskLogRow.part_id == part
        select = TaskLogRow.select().where(wanted)
        parts = {one.id: one.mark for one in self._parts(TaskPartRow.task_id == number)}
        rows = self.cabinet.records(
            TaskLogFacts, select.order_by(TaskLogRow.happened_on.desc(), TaskLogRow.id.desc())
        )
        for row in rows:
            row.part = parts.get(row.part_id or 0, "")
        return rows

    def add_log(self, number: int, values: Mapping[str, Value], part: int | None = None) -> Change:
        """Write an entry into a task's work log, or that of a ``part`` of it. Raises ``RefusedFields``."""
        task = self.get(number)
        entry = TaskLogRow(read_all(self.log_fields, values, self.cabinet.clock.today))
        if entry.happened_on > self.cabinet.clock.today:
            raise RefusedFields({name_of(TaskLogRow.happened_on): "“日期”不能晚于今天"})
        mark = ""
        if part is not None:
            mark = self.part(number, part).mark
        with self.cabinet.act("tasks.log", self.id) as act:
            entry.task_id, entry.who, entry.entered_at = number, self.cabinet.setting("clerk"), act.at
            entry.part_id = part
            act.insert(TaskLogRow, entry)
            act.done(f"任务{task.number}{mark}登记{entry.kind}", number)
        return act.result

    def part(self, number: int, part: int) -> TaskPartFacts:
        """Return a part of a task by its id; ``Refused`` when the plan does not ask for it any more."""
        found = next((one for one in self.get(number).parts if one.id == part), None)
        if found is None:
            raise Refused("这个分项已经撤回，请刷新后再看")
        return found

    def _parts(self, wanted: peewee.Expression) -> list[TaskPartFacts]:
        select = TaskPartRow.select().where(wanted)
        return self.cabinet.records(TaskPartFacts, select.order_by(TaskPartRow.number, TaskPartRow.id))

    def _parts_by_task(self, day: date) -> dict[int, list[TaskPartFacts]]:
        parts: dict[int, list[TaskPartFacts]] = defaultdict(list)
        for row in self._parts(TaskPartRow.withdrawn_on.is_null() | (TaskPartRow.withdrawn_on > day)):
            parts[row.task_id].append(row)
        return parts

    def _log_by_task(self) -> dict[int, list[TaskLogRow]]:
        log: dict[int, list[TaskLogRow]] = defaultdict(list)
        for row in self.cabinet.records(TaskLogRow, TaskLogRow.select().order_by(TaskLogRow.id)):
            log[row.task_id].append(row)
        return log

    def _finish(
        self,
        row: TaskFacts,
        log: list[TaskLogRow],
        work: Work,
        day: date,
        plan: PlanRow,
        opened: date | None,
    ) -> None:
        """Tell a row, and its parts, where they stand on a day; ``log`` holds the entries of all of them."""
        meaning = deadline_in(plan, row.deadline_text)
        parts = [(part.mark, _finish_part(part, row, log, day, plan, opened)) for part in row.parts]
        own = [entry for entry in log if entry.part_id is None]
        days = [entry.happened_on for entry in log if entry.part_id and entry.happened_on <= day]
        last = max([*days, *([work.last] if work.last else [])], default=None)
        work = replace(work, last=last, parts=tuple(parts))
        stands = light(row.due, row.standing, own, day, work, row.deadline_text, meaning.recurs)
        stands = light_since(stands, row.due, opened)
        row.milestones = [one.in_words for one in meaning.several]
        row.status, row.overdue, row.reason = str(stands.status), stands.overdue, stands.reason
        row.done_on, row.log_count = stands.done_on, len(log)
        row.part_leads = [f"{name}{part.mark}" for part in row.parts for name in part.leads]
        row.part_course = parts_course(parts) or (f"{len(parts)}个分项" if parts else "")
        row.taken_over = [
            f"{by_name(self.fields, name).label}承接第{number}项" for name, number in row.inherited.items()
        ]


def _finish_part(
    part: TaskPartFacts,
    task: TaskFacts,
    log: list[TaskLogRow],
    day: date,
    plan: PlanRow,
    opened: date | None,
) -> Light:
    """Tell a part where it stands on a day: by its own deadline, or by that of its task where it has none."""
    own = bool(part.deadline_text or part.due)
    wording = part.deadline_text if own else task.deadline_text
    meaning = deadline_in(plan, wording)
    entries = [entry for entry in log if entry.part_id == part.id]
    due, standing = (part.due, meaning.standing) if own else (task.due, task.standing)
    stands = light(due, standing, entries, day, Work(), wording, meaning.recurs)
    stands = light_since(stands, due, opened)
    part.status, part.overdue, part.reason = str(stands.status), stands.overdue, stands.reason
    part.done_on = stands.done_on
    return stands
