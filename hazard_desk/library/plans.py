"""Campaign plans (方案) as data: what a plan file holds.

The files in ``resources/plans`` explain their own format at the top. A plan's texts are those of the
document it names, word for word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Role = Literal["组长", "常务副组长", "副组长", "成员", "办公室主任"]
DutyKind = Literal["recurring", "standing_count", "counter", "triggered"]
DutyPeriod = Literal["", "day", "week", "two_weeks", "month", "two_months", "quarter", "half", "year", "once"]
Objects = Literal[
    "",
    "每家企业",
    "每家高危企业",
    "每家小微企业",
    "每个监管对象",
    "每个村（社区）",
    "每个专项小组",
    "每个责任科室",
    "每位负责人",
]
UnitKind = Literal["科室", "专项小组", "村（社区）", "乡属单位", "企业分组"]
SharedCell = Literal["leads", "units", "helpers", "deadline"]
Measure = Literal[
    "",
    "major_stock",
    "major_increase",
    "major_overdue",
    "major_on_time",
    "high_risk_on_time",
    "high_risk_systems",
    "trainings",
    "quizzed",
]
HazardAsk = Literal["posted", "supervised", "county_signed"]
"""企业公示, 挂牌督办, 县领导审核签字."""


@dataclass(frozen=True)
class Member:
    """A seat in a group. ``person`` is empty where the document names only the office held."""

    role: Role
    person: str = ""
    post: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def by_office(self) -> bool:
        return not self.person


@dataclass(frozen=True)
class Group:
    """A leading group (领导小组, 工作专班); ``parent`` is the id of the group it belongs to."""

    id: str
    name: str
    parent: str = ""
    office: str = ""
    charge: str = ""
    members: tuple[Member, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def office_director(self) -> str:
        return "、".join(member.person for member in self.members if member.role == "办公室主任")


@dataclass(frozen=True)
class ReportingUnit:
    """Who reports to the office (报送单位): its sectors, and what it sends by which day of the month."""

    name: str
    kind: UnitKind
    short: str = ""
    """What a form calls it."""
    office: str = ""
    """Of a sub-group: the office that leads it."""
    sectors: tuple[str, ...] = ()
    list_day: int | None = None
    """By which day its list of major hazards is due."""
    form_day: int | None = None
    """By which day its progress forms are due."""


@dataclass(frozen=True)
class Stage:
    """A stage of the campaign (阶段), with its deadline as written and as understood."""

    number: int
    name: str
    deadline: str
    starts_on: date
    due: date
    text: str


@dataclass(frozen=True)
class TaskPart:
    """分项: one of several things that a task asks for. Who leads and by when, where the text says so."""

    number: int
    text: str = ""
    """As the task's text has it; '' in a file: the line of the text that bears this number."""
    leads: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    deadline: str = ""
    """As written; '' where that of the task holds."""
    due: date | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """具体任务: one row of the 分解表."""

    number: int
    text: str
    leads: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    deadline: str = ""
    """As written; '' when the document gives none."""
    due: date | None = None
    standing: bool = False
    inherited: Mapping[SharedCell, int] = field(default_factory=dict)
    """Which cells are merged from above, and the number of the task that holds them."""
    printed: str = ""
    """What the document's own number column (序号) prints on this row."""
    mark: str | None = None
    """How the document numbers the task before its text; None for （number）, '' for not at all."""
    remark: str = ""
    parts: tuple[TaskPart, ...] = ()
    doubts: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    """Who helps (配合单位)."""

    @property
    def written(self) -> str:
        """The number as papers print it before the text."""
        return f"（{self.number}）" if self.mark is None else self.mark


@dataclass(frozen=True)
class KeyTask:
    """重点任务. ``text`` is what the plan's narrative says of it."""

    number: int
    name: str
    text: str = ""
    mark: str | None = None
    """How the document numbers it before its name; None for number．"""
    tasks: tuple[Task, ...] = ()

    @property
    def written(self) -> str:
        """The number as papers print it before the name."""
        return f"{self.number}．" if self.mark is None else self.mark


@dataclass(frozen=True)
class Action:
    """主要行动."""

    number: int
    name: str
    text: str = ""
    key_tasks: tuple[KeyTask, ...] = ()


@dataclass(frozen=True)
class Duty:
    """An obligation that comes back (recurring), is kept up (standing_count), is to be reached (counter), or
    follows an event (triggered).
    """

    id: str
    title: str
    basis: str
    kind: DutyKind
    tasks: tuple[int, ...] = ()
    period: DutyPeriod = ""
    rrule: str = ""
    at: str = ""
    """Time of day as 12:00, or ''."""
    at_least: int = 1
    unit: str = "次"
    trigger: str = ""
    leads: tuple[str, ...] = ()
    """Who answers for it, where no task says so."""
    doers: tuple[str, ...] = ()
    """Whose work it must be: 党政主要负责人, 分管负责人, or persons by name; others do not count for it."""
    objects: Objects = ""
    """Each to whom it is to be done; '' where once does for all."""
    starts_on: date | None = None
    """The first day whose work counts, where that is not the campaign's."""
    fulfilled_by: tuple[str, ...] = ()
    """What records fulfil it, as ``rules.fulfilment`` reads them; none: only the clerk's own word."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """A ledger that the plan asks for (台账)."""

    id: str
    title: str
    basis: str
    tasks: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Narrative:
    """What the plan's narrative demands and no row of the 分解表 repeats."""

    id: str
    title: str
    basis: str
    stage: int | None = None
    """The stage it belongs to."""
    duty: str = ""
    """The id of the duty that keeps it, where it recurs."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """What the plan is to reach (工作目标), for one year of it or for the whole campaign."""

    id: str
    text: str
    basis: str
    year: int | None = None
    """None: for the whole campaign."""
    deadline: str = ""
    due: date | None = None
    value: int | None = None
    """The number to reach, where the document names one."""
    unit: str = ""
    measure: Measure = ""
    """What ``figures.targets`` counts to say how far it is reached; '' where nothing can be counted."""
    fulfilled_by: tuple[str, ...] = ()
    """Of trainings: what is held, as the duties write it; each sort is asked for."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Head:
    """The table [plan] of a plan file."""

    format: int
    id: str
    title: str
    short: str
    issuer: str
    starts_on: date
    ends_on: date
    number: str = ""
    issued_on: date | None = None
    annex_title: str = ""
    basis: str = ""
    office: str = ""
    """The office that keeps the desk, where the issuer does not say it."""
    hazard_number: str = "隐患〔{year}〕{seq:03}号"
    report_to: str = ""
    """Where the plan's reports go, how, and to whom there: a role, no private number."""
    report_way: str = ""
    report_contact: str = ""
    forms: tuple[str, ...] = ()
    """The ids of the progress forms (调度表) that the plan asks for."""
    sectors: tuple[str, ...] = ()
    """The 行业领域 of the plan besides those that every desk has."""
    hazard_asks: tuple[HazardAsk, ...] = ()
    """What the plan asks of its hazards besides the law of the loop."""
    notes: tuple[str, ...] = ()
    """Doubts about the document as a whole."""

    @property
    def year(self) -> int:
        """The year of dates written without one."""
        return self.starts_on.year


@dataclass(frozen=True, kw_only=True)
class Sections:
    """Everything in a plan file besides [plan]."""

    groups: tuple[Group, ...] = ()
    units: tuple[ReportingUnit, ...] = ()
    stages: tuple[Stage, ...] = ()
    targets: tuple[Target, ...] = ()
    actions: tuple[Action, ...] = ()
    duties: tuple[Duty, ...] = ()
    registers: tuple[Register, ...] = ()
    narrative: tuple[Narrative, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan(Sections, Head):
    """A campaign plan."""

    def rows(self) -> Iterator[tuple[Action, KeyTask, Task]]:
        """Yield the rows of the 分解表 in order."""
        for action in self.actions:
            for key_task in action.key_tasks:
                for task in key_task.tasks:
                    yield action, key_task, task

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for _, _, task in self.rows())

    def counts(self) -> dict[str, int]:
        """Return how many actions, key tasks, tasks, stages and duties the plan has."""
        return {
            "actions": len(self.actions),
            "key_tasks": sum(len(action.key_tasks) for action in self.actions),
            "tasks": len(self.tasks),
            "stages": len(self.stages),
            "duties": len(self.duties),
        }
