"""Which progress forms (调度表) are sent: those that the plan names, else the one that the office uses."""

from __future__ import annotations

from datetime import date

from hazard_desk.books.plans.tables import DutyRow, PlanRow
from hazard_desk.library.plans import Plan
from hazard_desk.library.progress_forms import ProgressForm, bundled_progress_forms
from hazard_desk.rules.fulfilment import named_of
from hazard_desk.store.cabinet import Cabinet


def form_key(plan: int) -> str:
    """Return the setting that holds the office's form under a plan."""
    return f"form_in_use/{plan}"


def forms_of_plan(cabinet: Cabinet) -> list[str]:
    """Return the ids of the forms that duties of the current plan ask for."""
    asked = DutyRow.select(DutyRow.fulfilled_by).where(DutyRow.plan_id == int(cabinet.setting("plan")))
    return named_of((code for codes in cabinet.column(asked) for code in codes), "form")


def form_in_use(cabinet: Cabinet) -> ProgressForm | None:
    """Return the form that the office set for the current plan; None where the plan asks for it itself."""
    plan = int(cabinet.setting("plan"))
    form = bundled_progress_forms().get(cabinet.setting(form_key(plan)))
    return None if form is None or form.id in forms_of_plan(cabinet) else form


def proposed_form(plan: Plan) -> str:
    """Return the form to begin with under a plan that names none: that of the same campaign, or ''."""
    if plan.forms:
        return ""
    forms = bundled_progress_forms().values()
    return next((one.id for one in forms if one.campaign and one.campaign in plan.title), "")


def offered_forms(cabinet: Cabinet) -> list[tuple[ProgressForm, str]]:
    """Return every form with what is said of it: the plan's own first, of which nothing is said."""
    own, used = forms_of_plan(cabinet), form_in_use(cabinet)
    plan = cabinet.row(PlanRow, int(cabinet.setting("plan")))
    told = []
    for form in bundled_progress_forms().values():
        if form.id in own:
            told.append((0, form, ""))
        elif used is not None and form.id == used.id:
            told.append((1, form, "本单位在用"))
        else:
            told.append((2, form, _foreign(form, plan.starts_on, plan.ends_on)))
    return [(form, word) for _, form, word in sorted(told, key=lambda one: one[0])]


def _foreign(form: ProgressForm, starts_on: date, ends_on: date) -> str:
    same_years = starts_on.year <= form.first.year <= ends_on.year
    return "不是本方案的表" if same_years else "其他年份的表"
