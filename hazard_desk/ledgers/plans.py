"""The desk's campaign plans: bringing one in, its stages, and the plan that the desk works on."""

from __future__ import annotations

from hazard_desk.errors import Refused
from hazard_desk.ledgers.groups import GroupRow, MembershipRow
from hazard_desk.ledgers.plan_tables import (
    ActionRow,
    DutyRow,
    KeyTaskRow,
    PlanRegisterRow,
    PlanRow,
    StageRow,
    TaskRow,
)
from hazard_desk.library.plans import Action, Group, Plan
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.cabinet import Cabinet


class Plans:
    """The plans of this desk, one of which is current."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    def current(self) -> Row:
        """Return the plan that the desk works on."""
        return self.cabinet.one(PlanRow.select().where(PlanRow.id == int(self.cabinet.setting("plan"))))

    def stages(self) -> list[Row]:
        """Return the stages of the current plan in order."""
        plan = int(self.cabinet.setting("plan"))
        return self.cabinet.rows(StageRow.select().where(StageRow.plan_id == plan).order_by(StageRow.number))

    def registers(self) -> list[Row]:
        """Return the special registers that the current plan asks for."""
        plan = int(self.cabinet.setting("plan"))
        return self.cabinet.rows(
            PlanRegisterRow.select().where(PlanRegisterRow.plan_id == plan).order_by(PlanRegisterRow.id)
        )

    def enter(self, plan: Plan) -> Change:
        """Bring a plan into the desk and work on it. ``Refused`` when the desk holds it already."""
        held = self.cabinet.column(PlanRow.select(PlanRow.id).where(PlanRow.code == plan.id))
        if held:
            raise Refused(f"台账里已有方案“{plan.title}”")
        with self.cabinet.act("plans.enter", "plans") as act:
            number = act.insert(
                PlanRow,
                {
                    "code": plan.id,
                    "title": plan.title,
                    "short": plan.short,
                    "number": plan.number,
                    "issuer": plan.issuer,
                    "issued_on": plan.issued_on,
                    "starts_on": plan.starts_on,
                    "ends_on": plan.ends_on,
                    "annex_title": plan.annex_title,
                    "notes": list(plan.notes),
                },
            )
            self._enter_stages(act, number, plan)
            for action in plan.actions:
                self._enter_action(act, number, action)
            self._enter_duties(act, number, plan)
            self._enter_groups(act, number, plan)
            self.cabinet.set(act, "plan", str(number))
            self.cabinet.set(act, "hazard_number", plan.hazard_number)
            act.done(f"启用方案“{plan.title}”", number)
        return act.result

    def _enter_stages(self, act: Act, number: int, plan: Plan) -> None:
        for stage in plan.stages:
            row = {"plan_id": number, "number": stage.number, "name": stage.name, "text": stage.text}
            row |= {"deadline_text": stage.deadline, "starts_on": stage.starts_on, "due": stage.due}
            act.insert(StageRow, row)

    def _enter_action(self, act: Act, number: int, action: Action) -> None:
        row = {"plan_id": number, "number": action.number, "name": action.name, "text": action.text}
        action_id = act.insert(ActionRow, row)
        for key_task in action.key_tasks:
            row = {"action_id": action_id, "number": key_task.number, "name": key_task.name}
            key_task_id = act.insert(KeyTaskRow, row)
            for task in key_task.tasks:
                inherited = {_FIELD_OF.get(name, name): of for name, of in task.inherited.items()}
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

    def _enter_duties(self, act: Act, number: int, plan: Plan) -> None:
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
                    "doubts": list(duty.doubts),
                },
            )
        for register in plan.registers:
            row = {"plan_id": number, "code": register.id, "title": register.title}
            act.insert(PlanRegisterRow, row | {"basis": register.basis, "tasks": list(register.tasks)})

    def _enter_groups(self, act: Act, number: int, plan: Plan) -> None:
        ids: dict[str, int] = {}
        for group in plan.groups:
            row = {"plan_id": number, "name": group.name, "office": group.office, "charge": group.charge}
            ids[group.id] = act.insert(GroupRow, row | {"parent_id": ids.get(group.parent)})
            self._enter_members(act, ids[group.id], group, plan)

    def _enter_members(self, act: Act, group_id: int, group: Group, plan: Plan) -> None:
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


_FIELD_OF = {"deadline": "deadline_text"}
"""Keys of ``inherited`` in a plan file that differ from the field's name."""
