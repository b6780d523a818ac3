"""Entering a plan: every part of it becomes rows of the desk, within one act."""

from __future__ import annotations

from hazard_desk.books.groups import GroupRow, MembershipRow
from hazard_desk.books.plans.parts import row_of
from hazard_desk.books.plans.tables import (
    ActionRow,
    DutyRow,
    KeyTaskRow,
    PlanRegisterRow,
    PlanRow,
    StageRow,
    TaskPartRow,
    TaskRow,
)
from hazard_desk.library.plan_file import dump_plan
from hazard_desk.library.plans import Group, Plan
from hazard_desk.store.acts import Act
from hazard_desk.store.columns import Made, Record, name_of


def enter_rows(act: Act, plan: Plan) -> int:
    """Write the rows of a plan; return its id."""
    row = row_of(PlanRow, plan)
    row.source = dump_plan(plan)
    number = act.insert(PlanRow, row)
    for stage in plan.stages:
        enter_under(act, row_of(StageRow, stage), StageRow.plan_id, number)
    for action in plan.actions:
        of_action = enter_under(act, row_of(ActionRow, action), ActionRow.plan_id, number)
        for key_task in action.key_tasks:
            of_key = enter_under(act, row_of(KeyTaskRow, key_task), KeyTaskRow.action_id, of_action)
            for task in key_task.tasks:
                of_task = enter_under(act, row_of(TaskRow, task), TaskRow.key_task_id, of_key)
                for part in task.parts:
                    enter_under(act, row_of(TaskPartRow, part), TaskPartRow.task_id, of_task)
    for duty in plan.duties:
        enter_under(act, row_of(DutyRow, duty), DutyRow.plan_id, number)
    for register in plan.registers:
        enter_under(act, row_of(PlanRegisterRow, register), PlanRegisterRow.plan_id, number)
    ids: dict[str, int] = {}
    for group in plan.groups:
        made = row_of(GroupRow, group)
        made.parent_id = ids.get(group.parent)
        ids[group.id] = enter_under(act, made, GroupRow.plan_id, number)
        _enter_members(act, ids[group.id], group, plan)
    return number


def enter_under(act: Act, row: Record, link: Made, above: int) -> int:
    """Put a row under the one that its ``link`` names; return its id."""
    row[name_of(link)] = above
    return act.insert(type(row), row)


def _enter_members(act: Act, number: int, group: Group, plan: Plan) -> None:
    """Those in a group serve from the day of the plan, which is the document that says so."""
    for member in group.members:
        row = row_of(MembershipRow, member)
        row.starts_on, row.ends_on = plan.issued_on or plan.starts_on, None
        row.basis = plan.number
        enter_under(act, row, MembershipRow.group_id, number)
