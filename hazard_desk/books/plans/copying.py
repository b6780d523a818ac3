"""A plan of the desk as it stands today, as a ``Plan``: to be saved as a file or carried into a new year.

What the tables hold comes from the tables, with every change the office made; the rest (the narrative,
what a number column printed) from the file that the plan was entered from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from hazard_desk.books.duties.rows import OWN
from hazard_desk.books.groups import GroupRow, MembershipRow
from hazard_desk.books.plans.entry import FIELD_OF
from hazard_desk.books.plans.tables import (
    ActionRow,
    DutyRow,
    KeyTaskRow,
    PlanRegisterRow,
    SettledDoubt,
    StageRow,
    TaskRow,
)
from hazard_desk.library.plan_checks import FORMAT
from hazard_desk.library.plan_file import plan_of_text
from hazard_desk.library.plans import (
    Action,
    Duty,
    Group,
    KeyTask,
    Member,
    Plan,
    Register,
    Stage,
    Task,
    bundled_plans,
    load_plan,
)
from hazard_desk.rules.fields import Row
from hazard_desk.store.cabinet import Cabinet

T = TypeVar("T")

_CELL_OF = {name: cell for cell, name in FIELD_OF.items()}


def plan_as_it_stands(cabinet: Cabinet, row: Row, on: date) -> Plan:
    """Return the plan of a ``PlanRow`` with the tasks it asks for and who serves in its groups on a day."""
    source = _source(row)
    actions = _actions(cabinet, row["id"], source)
    there = {task.number for action in actions for key in action.key_tasks for task in key.tasks}

    def of_plan(table: Any) -> list[Row]:
        return cabinet.rows(table.select().where(table.plan_id == row["id"]).order_by(table.id))

    stages = {stage.number: stage for stage in source.stages}
    duties = {duty.id: duty for duty in source.duties}
    registers = {register.id: register for register in source.registers}
    return replace(
        _laid_over(source, row, _CODE),
        stages=tuple(
            _laid_over(stages.get(held["number"], _STAGE), held, _TEXT) for held in of_plan(StageRow)
        ),
        actions=actions,
        duties=tuple(
            _asking(
                _laid_over(duties.get(held["code"], _DUTY), held, {"id": "code", "unit": "counted_in"}), there
            )
            for held in map(_with_code, of_plan(DutyRow))
            if not held["ends_on"]
        ),
        registers=tuple(
            _asking(_laid_over(registers.get(held["code"], _REGISTER), held, {"id": "code"}), there)
            for held in of_plan(PlanRegisterRow)
        ),
        groups=_groups(cabinet, of_plan(GroupRow), source, on),
    )


_STAGE = Stage(0, "", "", date.min, date.min, "")
_DUTY = Duty("", "", "", "recurring")
_REGISTER = Register("", "", "")
_CODE = {"id": "code"}
_UNIT = {"unit": "counted_in"}
_TEXT = {"deadline": "deadline_text"}
"""Columns that are called otherwise than the plan file's key."""


def _source(row: Row) -> Plan:
    """The plan as it was entered; a desk older than these files has the bundled plan or the head alone."""
    if row["source"]:
        return plan_of_text(row["source"])
    if row["code"] in bundled_plans():
        return load_plan(bundled_plans()[row["code"]])
    names = ("title", "short", "issuer", "starts_on", "ends_on")
    return Plan(format=FORMAT, id=row["code"], **{name: row[name] for name in names})


def _laid_over(thing: T, row: Row, called: Mapping[str, str]) -> T:
    """Return a part of a plan with what its row holds; ``called`` are the columns of another name."""
    values = {}
    for field in fields(thing):  # type: ignore[arg-type]
        name = called.get(field.name, "" if field.name == "id" else field.name)
        if name not in row or (row[name] is None and "None" not in str(field.type)):
            continue
        values[field.name] = tuple(row[name]) if isinstance(row[name], list) else row[name]
    return replace(thing, **values)  # type: ignore[type-var]


def _with_code(duty: Row) -> Row:
    """A duty of the office's own has no code and may have no basis; a plan file wants both."""
    basis = duty["basis"] or "本单位自行增加"
    return duty | {"code": duty["code"] or f"{OWN}{duty['id']}", "basis": basis}


def _asking(thing: T, there: set[int]) -> T:
    """Return a duty or register that names only tasks which the plan still asks for."""
    tasks: tuple[int, ...] = thing.tasks  # type: ignore[attr-defined]
    return replace(thing, tasks=tuple(number for number in tasks if number in there))  # type: ignore[type-var]


def _actions(cabinet: Cabinet, plan: int, source: Plan) -> tuple[Action, ...]:
    rows = cabinet.rows(ActionRow.select().where(ActionRow.plan_id == plan).order_by(ActionRow.number))
    known = {action.number: action for action in source.actions}
    found = []
    for row in rows:
        action = known.get(row["number"], Action(row["number"], row["name"]))
        found.append(replace(_laid_over(action, row, {}), key_tasks=_key_tasks(cabinet, row["id"], source)))
    return tuple(found)


def _key_tasks(cabinet: Cabinet, action: int, source: Plan) -> tuple[KeyTask, ...]:
    select = KeyTaskRow.select().where(KeyTaskRow.action_id == action).order_by(KeyTaskRow.number)
    known = {key.number: key for held in source.actions for key in held.key_tasks}
    tasks = {task.number: task for task in source.tasks}
    found = []
    for row in cabinet.rows(select):
        key = _laid_over(known.get(row["number"], KeyTask(row["number"], row["name"])), row, {})
        asked = TaskRow.select().where((TaskRow.key_task_id == row["id"]) & TaskRow.withdrawn_on.is_null())
        held = cabinet.rows(asked.order_by(TaskRow.number))
        found.append(replace(key, tasks=tuple(_task(task, tasks.get(task["number"])) for task in held)))
    return tuple(found)


def _task(row: Row, source: Task | None) -> Task:
    inherited = {_CELL_OF.get(name, name): of for name, of in row["inherited"].items()}
    doubts = [*row["doubts"], *(SettledDoubt(settled).sentence for settled in row["settled"])]
    held = row | {"inherited": inherited, "doubts": doubts}
    return _laid_over(source or Task(row["number"], row["text"]), held, _TEXT)


def _groups(cabinet: Cabinet, rows: list[Row], source: Plan, on: date) -> tuple[Group, ...]:
    known = {group.name: group for group in source.groups}
    taken = {group.id for group in source.groups}
    ids: dict[int, str] = {}
    found = []
    for row in rows:
        group = known.get(row["name"]) or Group(_free(f"group-{row['id']}", taken), row["name"])
        ids[row["id"]] = group.id
        group = replace(_laid_over(group, row, {}), parent=ids.get(row["parent_id"], ""))
        found.append(replace(group, members=_members(cabinet, row["id"], group, on)))
    return tuple(found)


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "-2"
    taken.add(name)
    return name


def _members(cabinet: Cabinet, group: int, source: Group, on: date) -> tuple[Member, ...]:
    serving = cabinet.rows(
        MembershipRow.select()
        .where(
            (MembershipRow.group_id == group)
            & (MembershipRow.ends_on.is_null() | (MembershipRow.ends_on > on))
        )
        .order_by(MembershipRow.id)
    )
    known = {(member.role, member.person, member.post): member for member in source.members}
    return tuple(
        known.get((row["role"], row["person"], row["post"]), Member(row["role"], row["person"], row["post"]))
        for row in serving
    )
