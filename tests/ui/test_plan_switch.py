"""The plan switch in the bar on top: switching, a further plan, the turn of the year, saving a plan file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox

from hazard_desk.desk import Desk
from hazard_desk.library.plan_file import load_plan
from tests.books.test_plan_renewal import as_it_was
from tests.books.test_plans import THREE_YEARS
from ui.forms.form_dialog import FormDialog
from ui.pages.tasks_page import TasksPage
from ui.plans.add import AddPlanDialog
from ui.plans.switch import PlanSwitch
from ui.window import MainWindow

Form = Callable[[], FormDialog]


@pytest.fixture
def switch(window: MainWindow, desk: Desk) -> PlanSwitch:
    """The switch of a desk with two plans; the township's action is current."""
    desk.plans.enter(THREE_YEARS, switch=False)
    return window.plan


def entries(switch: PlanSwitch) -> dict[str, QAction]:
    switch.fill()
    return {entry.text(): entry for entry in switch.choices.actions() if entry.text()}


def tasks_of(window: MainWindow) -> TasksPage:
    window.open_ledger("tasks", {})
    page = window.page
    assert isinstance(page, TasksPage)
    return page


def test_switching_is_one_act_and_refreshes_every_page(
    window: MainWindow, switch: PlanSwitch, desk: Desk
) -> None:
    page = tasks_of(window)
    page.filter_by({"status": "已逾期"})
    assert entries(switch)[desk.plan_title].isChecked()
    entries(switch)[THREE_YEARS.title].trigger()
    assert desk.plan_title == THREE_YEARS.title
    assert page.total.text() == "1个主要行动、1个重点任务、2项具体任务", "no filter of the other plan is left"
    assert switch.toolTip().startswith(THREE_YEARS.title)
    assert desk.undoable() == f"切换到方案“{THREE_YEARS.title}”"
    entries(switch)[THREE_YEARS.title].trigger()
    assert window.notice.text.startswith("切换到方案“安全生产治本")


def test_what_is_overdue_in_another_plan_is_told(window: MainWindow, switch: PlanSwitch, desk: Desk) -> None:
    title = desk.plan_title
    window.bar.refresh()
    assert not switch.elsewhere.isVisible(), "the other plan has not begun"
    entries(switch)[THREE_YEARS.title].trigger()
    late = desk.tasks.overdue_elsewhere()[desk.plans.find("sanxiang-2023") or 0]
    assert len(late) == 9
    assert switch.elsewhere.text() == "其他方案逾期9项"
    assert switch.elsewhere.isVisible()
    assert f"{title}（逾期9项）" in entries(switch)


def test_a_plan_that_has_ended_says_so(window: MainWindow, switch: PlanSwitch, desk: Desk) -> None:
    title = desk.plan_title
    desk.plans.switch(desk.plans.find("three-years") or 0)
    desk.cabinet.clock.set(THREE_YEARS.starts_on)
    assert f"{title}（已结束）" in entries(switch)


def test_a_record_of_another_plan_opens_there(window: MainWindow, switch: PlanSwitch, desk: Desk) -> None:
    number = desk.tasks.all_rows()[4]["id"]
    desk.plans.switch(desk.plans.find("three-years") or 0)
    window.open_record(f"tasks/{number}")
    page = window.page
    assert isinstance(page, TasksPage)
    assert page.pane.record is not None
    assert page.pane.record["id"] == number
    assert desk.plans.current()["code"] == "sanxiang-2023"


def test_next_year_is_asked_for_and_made(
    window: MainWindow, switch: PlanSwitch, desk: Desk, form: Form
) -> None:
    switch.next_year()
    dialog = form()
    assert dialog.form.editor("title").raw() == "三星乡重大事故隐患专项排查整治2024行动方案"
    dialog.form.editor("ends_on").put("2024-01-01")
    dialog.save()
    assert dialog.form.boxes["ends_on"].below.text() == "结束日期不能早于开始日期"
    dialog.form.editor("ends_on").put("2024-12-31")
    dialog.save()
    assert desk.plan_title == "三星乡重大事故隐患专项排查整治2024行动方案"
    assert len(desk.plans.all()) == 3


def test_a_bundled_plan_that_is_not_held_is_entered(window: MainWindow, desk: Desk) -> None:
    window.plan.add()
    QCoreApplication.processEvents()
    dialog = window.findChild(AddPlanDialog)
    assert dialog is not None
    assert "sanxiang-2023" not in {plan.id for plan in dialog.list.plans}
    assert dialog.list.chosen() is None, "none is of the office's place"
    assert not dialog.enter_button.isEnabled()
    dialog.list.setCurrentRow(0)
    plan = dialog.list.chosen()
    assert plan is not None
    dialog.enter()
    assert desk.plan_title == plan.title


def test_the_plan_is_saved_as_a_file(window: MainWindow, desk: Desk) -> None:
    window.plan.save_file()
    (file,) = desk.out.glob("*.toml")
    assert load_plan(file) == desk.plans.plan()


def test_the_head_of_the_plan_is_changed(window: MainWindow, desk: Desk, form: Form) -> None:
    window.plan.change()
    dialog = form()
    dialog.form.editor("title").put("三星乡2023专项行动方案")
    dialog.save()
    assert desk.plan_title == "三星乡2023专项行动方案"
    assert window.plan.text() == "三星乡2023专项行动方案"


def test_what_the_programs_own_plan_says_by_now_is_taken_in_when_asked(
    window: MainWindow, switch: PlanSwitch, desk: Desk
) -> None:
    offer = "补入自带方案新增的内容…"
    assert offer not in entries(switch), "a new desk has it all"
    desk.plans.enter(as_it_was())
    entries(switch)[offer].trigger()
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert "· 16项任务的59个分项" in box.text() and "本单位填写的内容不变" in box.text()
    next(one for one in box.buttons() if one.text() == "补入").click()
    assert tasks_of(window).total.text() == "3个方面、17项任务、59个分项"
    assert offer not in entries(switch)
