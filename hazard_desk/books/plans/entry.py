"""Entering a plan: every part of it becomes rows of the desk, within one act."""

from __future__ import annotations

from hazard_desk.books.groups import GroupRow, MembershipRow
from hazard_desk.books.plans.tables import (
    ActionRow,
    DutyRow,
    KeyTaskRow,
    PlanRegisterRow,
    PlanRow,
    StageRow,
    TaskRow,
)
from hazard_desk.library.plan_file import dump_plan
from hazard_desk.library.plans import Action, Group, KeyTask, Plan
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import Act

FIELD_OF = {"deadline": "deadline_text"}
"""Keys of ``inherited`` in a plan file that differ from the field's name."""


def enter_rows(act: Act, plan: Plan) -> int:
    """Write the rows of a plan; return its id."""
    number = act.insert(PlanRow, head_row(plan) | {"code": plan.id, "source": dump_plan(plan)})
    for stage in plan.stages:
        row = {"plan_id": number, "number": stage.number, "name": stage.name, "text": stage.text}
        row |= {"deadline_text": stage.deadline, "starts_on": stage.starts_on, "due": stage.due}
        act.insert(StageRow, row)
    for action in plan.actions:
        _enter_action(act, number, action)
    _enter_duties(act, number, plan)
    _enter_groups(act, number, plan)
    return number


def head_row(plan: Plan) -> Row:
    """Return what the plan's own row holds of its head."""
    row = {name: getattr(plan, name) for name in HEAD_NAMES}
    return row | {"notes": list(plan.notes)}


HEAD_NAMES = ("title", "short", "number", "issuer", "issued_on", "starts_on", "ends_on", "annex_title")
"""Keys of [plan] that are columns of the same name; the notes besides."""


def _enter_action(act: Act, number: int, action: Action) -> None:
    row = {"plan_id": number, "number": action.number, "name": action.name, "text": action.text}
    action_id = act.insert(ActionRow, row)
    for key_task in action.key_tasks:
        _enter_key_task(act, action_id, key_task)


def _enter_key_task(act: Act, action_id: int, key_task: KeyTask) -> None:
    row = {"action_id": action_id, "number": key_task.number, "name": key_task.name}
    key_task_id = act.insert(KeyTaskRow, row)
    for task in key_task.tasks:
        inherited = {FIELD_OF.get(name, name): of for name, of in task.inherited.items()}
        act.insert(
            TaskRow,
            {
                "key_task_id": key_task_id,
                "number": task.number,
                "text": task.text,
                "leads": list(task.leads),
                "units": list(task.units),
                "deadline_text": task.deadline,
                "due": task.due,
                "standing": task.standing,
                "remark": task.remark,
                "inherited": inherited,
                "doubts": list(task.doubts),
            },
        )


def _enter_duties(act: Act, number: int, plan: Plan) -> None:
    for duty in plan.duties:
        act.insert(
            DutyRow,
            {
                "plan_id": number,
                "code": duty.id,
                "title": duty.title,
                "kind": duty.kind,
                "basis": duty.basis,
                "tasks": list(duty.tasks),
                "rrule": duty.rrule,
                "period": duty.period,
                "at": duty.at,
                "at_least": duty.at_least,
                "counted_in": duty.unit,
                "trigger": duty.trigger,
                "fulfilled_by": list(duty.fulfilled_by),
                "leads": list(duty.leads),
                "doubts": list(duty.doubts),
            },
        )
    for register in plan.registers:
        row = {"plan_id": number, "code": register.id, "title": register.title}
        act.insert(PlanRegisterRow, row | {"basis": register.basis, "tasks": list(register.tasks)})


def _enter_groups(act: Act, number: int, plan: Plan) -> None:
    ids: dict[str, int] = {}
    for group in plan.groups:
        row = {"plan_id": number, "name": group.name, "office": group.office, "charge": group.charge}
        ids[group.id] = act.insert(GroupRow, row | {"parent_id": ids.get(group.parent)})
        _enter_members(act, ids[group.id], group, plan)


def _enter_members(act: Act, group_id: int, group: Group, plan: Plan) -> None:
    for member in group.members:
        act.insert(
            MembershipRow,
            {
                "group_id": group_id,
                "role": member.role,
                "person": member.person,
                "post": member.post,
                "by_office": member.by_office,
                "starts_on": plan.issued_on or plan.starts_on,
                "ends_on": None,
                "basis": plan.number,
            },
        )
