"""What the program's own copy of the current plan says by now, and the desk does not hold yet.

A desk keeps its plan as it was entered. Where a later version of the program reads more from the same
document (parts, leads, duties, targets, where reports go), the office may take that in by one act; what it
wrote itself stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hazard_desk.books.plans.book import Plans
from hazard_desk.books.plans.copying import plan_source
from hazard_desk.books.plans.entry import enter_under
from hazard_desk.books.plans.parts import row_of
from hazard_desk.books.plans.tables import ActionRow, DutyRow, PlanRow, TaskPartRow, TaskRow, tasks_with
from hazard_desk.errors import Refused
from hazard_desk.library.plan_file import bundled_plan, dump_plan
from hazard_desk.library.plans import Duty, Plan, Task
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of, names_of

_REPORT = names_of(PlanRow.report_to, PlanRow.report_way, PlanRow.report_contact)


@dataclass
class _News:
    """What is new in a plan: tasks of the desk with what the document says of them, duties, head, targets."""

    plan: Plan
    parts: list[tuple[TaskRow, Task]] = field(default_factory=list)
    leads: list[tuple[TaskRow, Task]] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    head: dict[str, str] = field(default_factory=dict)
    targets: bool = False

    def told(self) -> Iterator[str]:
        if self.parts:
            count = sum(len(task.parts) for _, task in self.parts)
            yield f"{len(self.parts)}项任务的{count}个分项"
        if self.leads:
            yield f"{len(self.leads)}项任务的牵头"
        if self.duties:
            yield f"{len(self.duties)}项常态化工作（{'、'.join(duty.title for duty in self.duties)}）"
        if self.targets:
            yield "工作目标和对照的办法"
        if self.head:
            yield "材料报给谁、怎样报"


class PlanRenewal:
    """Takes in what the program's own plan says by now."""

    def __init__(self, cabinet: Cabinet, plans: Plans) -> None:
        self.cabinet = cabinet
        self.plans = plans

    def told(self) -> list[str]:
        """Return what is new, a phrase each; [] where there is nothing, or the plan is the office's own."""
        news = self._news()
        return list(news.told()) if news else []

    def take_in(self) -> Change:
        """Take in everything that is new; new duties begin today. ``Refused`` where there is nothing."""
        news = self._news()
        if news is None or not (told := list(news.told())):
            raise Refused("自带的方案没有新增的内容")
        row = self.plans.current()
        with self.cabinet.act("plans.renew", "plans") as act:
            self._enter(act, row.id, news)
            source = {name_of(PlanRow.source): dump_plan(news.plan)}
            act.update(PlanRow, row.id, {**news.head, **source})
            act.done(f"从自带的方案补入{'、'.join(told)}", row.id)
        return act.result

    def _enter(self, act: Act, plan: int, news: _News) -> None:
        for row, task in news.leads:
            doubts = [*row.doubts, *(doubt for doubt in task.doubts if doubt not in row.doubts)]
            said = TaskRow()
            said.leads, said.doubts = list(task.leads), doubts
            act.update(TaskRow, row.id, said)
        for row, task in news.parts:
            for part in task.parts:
                enter_under(act, row_of(TaskPartRow, part), TaskPartRow.task_id, row.id)
        for duty in news.duties:
            made = row_of(DutyRow, duty)
            made.starts_on = self.cabinet.clock.today
            enter_under(act, made, DutyRow.plan_id, plan)

    def _news(self) -> _News | None:
        row = self.plans.current()
        new, old = bundled_plan(row.code), plan_source(row)
        if new is None or new == old:
            return None
        asked = (ActionRow.plan_id == row.id) & TaskRow.withdrawn_on.is_null()
        rows = self.cabinet.records(TaskRow, tasks_with(TaskRow).where(asked))
        there = {task.number: task for task in rows}
        led = {task.number for task in old.tasks if task.leads}
        same = [(there[task.number], task) for task in new.tasks if task.number in there]
        same = [(task, said) for task, said in same if task.text == said.text]
        parted = set(self.cabinet.column(TaskPartRow.select(TaskPartRow.task_id)))
        codes = set(self.cabinet.column(DutyRow.select(DutyRow.code).where(DutyRow.plan_id == row.id)))
        return _News(
            new,
            [(task, said) for task, said in same if said.parts and task.id not in parted],
            [(task, said) for task, said in same if said.leads and not (task.leads or task.number in led)],
            [duty for duty in new.duties if duty.id not in codes],
            {name: value for name in _REPORT if (value := str(getattr(new, name))) and not row[name]},
            new.targets != old.targets,
        )
