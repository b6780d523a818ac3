"""The desk's campaign plans, side by side: bringing one in, and the one that the desk works on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hazard_desk.books.kit.lists import SectorRow, sectors_of_plan
from hazard_desk.books.plans.annex_entry import plan_from
from hazard_desk.books.plans.copying import hazard_asks, plan_as_it_stands, plan_source
from hazard_desk.books.plans.entry import enter_rows
from hazard_desk.books.plans.forms import form_key, proposed_form
from hazard_desk.books.plans.parts import fields_keeping
from hazard_desk.books.plans.tables import (
    ActionRow,
    DutyRow,
    KeyTaskRow,
    NextPlan,
    PlanFacts,
    PlanRegisterRow,
    PlanRow,
    StageRow,
    TaskRow,
    tasks_with,
)
from hazard_desk.books.units.book import UnitRow, units_of_plan
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.next_year import NewYear, moved_by_its_span, next_plan
from hazard_desk.library.plan_checks import check_plan
from hazard_desk.library.plan_file import dump_plan
from hazard_desk.library.plans import Head, Plan, Target
from hazard_desk.rules.fields import Value, read_all
from hazard_desk.store.acts import Act, Change, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import declared, field_of, name_of
from hazard_desk.store.saving import save


class Plans:
    """The plans of this desk, one of which is current."""

    fields = declared(PlanRow)
    next_fields = (
        field_of(PlanRow.title),
        field_of(PlanRow.starts_on),
        field_of(PlanRow.ends_on),
        field_of(NextPlan.switch),
    )
    stage_fields = declared(StageRow)
    head_fields = fields_keeping(PlanRow, Head)

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    @property
    def number(self) -> int:
        """The id of the current plan."""
        return int(self.cabinet.setting("plan"))

    def all(self) -> list[PlanFacts]:
        """Return the plans in order of their dates."""
        asked = PlanRow.select().order_by(PlanRow.starts_on, PlanRow.id)
        rows = self.cabinet.records(PlanFacts, asked)
        for row in rows:
            row.update(self._counts(row.id))
            row.current = row.id == self.number
        return rows

    def current(self) -> PlanRow:
        """Return the plan that the desk works on."""
        return self.get(self.number)

    def get(self, number: int) -> PlanRow:
        """Return one plan; ``Refused`` when there is none of this id."""
        return self.cabinet.row(PlanRow, number)

    def stages(self) -> list[StageRow]:
        """Return the stages of the current plan in order."""
        of_plan = StageRow.select().where(StageRow.plan_id == self.number)
        return self.cabinet.records(StageRow, of_plan.order_by(StageRow.number))

    def stage(self, number: int) -> StageRow:
        """Return one stage; ``Refused`` when it is gone."""
        return self.cabinet.row(StageRow, number)

    def targets(self) -> tuple[Target, ...]:
        """Return what the current plan is to reach."""
        return plan_source(self.current()).targets

    def registers(self) -> list[PlanRegisterRow]:
        """Return the special registers that the current plan asks for."""
        of_plan = PlanRegisterRow.select().where(PlanRegisterRow.plan_id == self.number)
        return self.cabinet.records(PlanRegisterRow, of_plan.order_by(PlanRegisterRow.id))

    def enter(self, plan: Plan, switch: bool = True) -> Change:
        """Bring a plan into the desk and, with ``switch``, work on it. ``Refused`` when it is held already.

        The first plan comes with the desk and stays; entering a further one can be taken back.
        """
        self._refuse_held(plan)
        first = not self.cabinet.setting("plan")
        undo = Undo.FINAL if first else Undo.ROWS
        with self.cabinet.act("plans.enter", "plans", undo) as act:
            number = enter_rows(act, plan)
            for sector in sectors_of_plan(self.cabinet, plan.sectors):
                act.insert(SectorRow, sector)
            for unit in units_of_plan(self.cabinet, plan):
                act.insert(UnitRow, unit)
            if first or switch:
                self.cabinet.set(act, "plan", str(number))
            if first:
                self.cabinet.set(act, "hazard_number", plan.hazard_number)
            self.cabinet.set(act, form_key(number), proposed_form(plan))
            act.done(f"启用方案“{plan.title}”", number)
        return act.result

    def switch(self, number: int) -> Change:
        """Work on another plan of the desk: what hangs on a plan is that plan's from now on."""
        title = self.get(number).title
        if number == self.number:
            raise Refused(f"现在用的就是方案“{title}”")
        with self.cabinet.act("plans.switch", "plans") as act:
            self.cabinet.set(act, "plan", str(number))
            act.done(f"切换到方案“{title}”", number)
        return act.result

    def next_year(self, values: Mapping[str, Value]) -> Change:
        """Enter a plan for a new year, made from the current one: its dates moved, its people kept.

        ``values`` are those of ``next_fields``. Raises ``RefusedFields`` and ``Refused``.
        """
        row = NextPlan(read_all(self.next_fields, values, self.cabinet.clock.today))
        new = NewYear(row.title, row.starts_on, row.ends_on)
        return self.enter(next_plan(self.plan(), new), switch=row.switch)

    def enter_annex(self, annex: Annex, values: Mapping[str, Value], switch: bool = True) -> Change:
        """Enter a plan whose annex was read from a table; ``values`` are of ``annex_entry.HEAD_FIELDS``.

        Raises ``RefusedFields`` and ``Refused``.
        """
        taken = self.cabinet.column(PlanRow.select(PlanRow.code))
        return self.enter(plan_from(annex, values, self.cabinet.clock.today, taken), switch)

    def next_values(self) -> NextPlan:
        """Return what to begin with for ``next_year``: everything moved by the plan's own span."""
        new = NextPlan(vars(moved_by_its_span(self.plan())))
        new.switch = True
        return new

    def change(self, values: Mapping[str, Value]) -> Change:
        """Change the head of the current plan: its number once it is issued, its name, its dates.

        ``values`` are those of ``head_fields``; those left out stay. Raises ``RefusedFields``, and
        ``Refused`` where the plan would contradict itself.
        """
        old = self.current()
        row = PlanRow(read_all(self.head_fields, old | dict(values), self.cabinet.clock.today))
        row.short = row.short or row.title
        if (year := old.starts_on.year) != row.starts_on.year:
            said = f"没写年份的时限按{year}年理解，开始日期应在{year}年"
            raise RefusedFields({name_of(PlanRow.starts_on): said})
        if row.ends_on < row.starts_on:
            raise RefusedFields({name_of(PlanRow.ends_on): "结束日期不能早于开始日期"})
        others = self.cabinet.column(PlanRow.select(PlanRow.title).where(PlanRow.id != old.id))
        if row.title in others:
            raise RefusedFields({name_of(PlanRow.title): f"台账里已有方案“{row.title}”"})
        with self.cabinet.act("plans.change", "plans") as act:
            act.update(PlanRow, old.id, row)
            self._doubt_dates(act, old.id, row)
            try:
                check_plan(self.plan())
            except Refused as wrong:
                raise Refused(f"这样改与方案的其他内容不一致：方案{wrong.message}") from None
            act.done(f"修改方案“{row.title}”的信息", old.id)
        return act.result

    def _doubt_dates(self, act: Act, plan: int, head: PlanRow) -> None:
        """Flag the tasks that fall out of the plan's dates and bear no doubt yet."""
        of_plan = tasks_with(TaskRow).where(ActionRow.plan_id == plan)
        for task in self.cabinet.records(TaskRow, of_plan):
            if task.due and not head.starts_on <= task.due <= head.ends_on and not task.doubts:
                doubt = "完成时限不在方案的起止日期之内，请核对。"
                act.update(TaskRow, task.id, {name_of(TaskRow.doubts): [doubt]})

    def find(self, code: str) -> int | None:
        """Return the id of the plan with this code, or None."""
        found = self.cabinet.scalar(PlanRow.select(PlanRow.id).where(PlanRow.code == code))
        return None if found is None else int(found)

    def plan(self, number: int | None = None) -> Plan:
        """Return a plan (the current one when None) as it stands, with every change the office made."""
        row = self.get(self.number if number is None else number)
        return plan_as_it_stands(self.cabinet, row, self.cabinet.clock.today)

    def hazard_asks(self) -> tuple[str, ...]:
        """Return what the current plan asks of hazards besides the law of the loop."""
        row = self.current()
        return hazard_asks(row.code, row.source)

    def save_file(self, to: Path, number: int | None = None) -> Path:
        """Write a plan (the current one when None) as a plan file; return it. Raises ``Trouble``."""
        if to.suffix.lower() != ".toml":
            raise Refused(f"方案文件的文件名应以 .toml 结尾，现为“{to.name}”")
        save(dump_plan(self.plan(number)).encode("utf-8"), to)
        return to

    def _refuse_held(self, plan: Plan) -> None:
        for row in self.cabinet.records(PlanRow, PlanRow.select()):
            if plan.id == row.code or plan.title == row.title:
                raise Refused(f"台账里已有方案“{row.title}”")

    def _counts(self, plan: int) -> dict[str, int]:
        """How many actions, key tasks, tasks, stages and duties a plan has, as ``Plan.counts`` says it."""
        of_plan = ActionRow.plan_id == plan
        keys = KeyTaskRow.select().join(ActionRow.model, on=(KeyTaskRow.action_id == ActionRow.id))
        selects = {
            name_of(PlanFacts.actions): ActionRow.select().where(of_plan),
            name_of(PlanFacts.key_tasks): keys.where(of_plan),
            name_of(PlanFacts.tasks): tasks_with().where(of_plan & TaskRow.withdrawn_on.is_null()),
            name_of(PlanFacts.stages): StageRow.select().where(StageRow.plan_id == plan),
            name_of(PlanFacts.duties): DutyRow.select().where(DutyRow.plan_id == plan),
        }
        return {name: self.cabinet.count(select) for name, select in selects.items()}
