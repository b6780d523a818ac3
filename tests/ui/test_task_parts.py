"""The parts of a task in its pane: their own log and state, added, changed and withdrawn by the office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.ui.conftest import turn
from tests.ui.test_every_plan import Open, chips, opened
from ui.forms.form_dialog import FormDialog
from ui.pages.tasks_page import TasksPage

__all__ = ["opened"]
Seen = Callable[[QWidget, type[FormDialog]], FormDialog]


@pytest.fixture
def tasks(opened: Open) -> TasksPage:
    page = turn(opened("yongqiao-three-holds", date(2023, 6, 1)), TasksPage)
    show(page, 9)
    return page


def show(page: TasksPage, number: int) -> None:
    rows = page.tasks.all_rows()
    page.show_record(next(row.id for row in rows if row.number == number))
    QCoreApplication.processEvents()


def texts(widget: QWidget) -> list[str]:
    QCoreApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def buttons(page: TasksPage, text: str) -> list[QPushButton]:
    return [one for one in page.pane.findChildren(QPushButton) if one.text() == text and one.isVisible()]


def choose(page: TasksPage, place: int, text: str) -> None:
    menu = buttons(page, "更多")[place].menu()
    next(entry for entry in menu.actions() if entry.text() == text).trigger()


def test_each_part_tells_who_leads_and_takes_its_own_log(tasks: TasksPage, seen: Seen) -> None:
    assert "牵头：政策法规股" in texts(tasks.pane)
    buttons(tasks, "登记")[1].click()
    form = seen(tasks.window(), FormDialog)
    assert form.windowTitle() == "任务9（2）　登记工作记录"
    form.form.editor("kind").put("完成")
    form.form.editor("note").put("年度执法计划已印发")
    form.save()
    show(tasks, 9)
    assert chips(tasks.pane).count("已完成") == 1
    assert "分项（2）　完成" in texts(tasks.pane)
    assert any("3个分项已开展1个、完成1个" in text for text in texts(tasks.pane))


def test_the_office_sets_who_leads_adds_and_withdraws(tasks: TasksPage, seen: Seen) -> None:
    choose(tasks, 1, "修改分项…")
    form = seen(tasks.window(), FormDialog)
    form.form.editor("leads").put("市政股")
    form.form.editor("deadline_text").put("5月底前")
    form.save()
    show(tasks, 9)
    assert {"牵头：市政股", "时限：5月底前"} <= set(texts(tasks.pane))
    assert "已逾期" in chips(tasks.pane)
    choose(tasks, 0, "新增分项…")
    form = seen(tasks.window(), FormDialog)
    form.form.editor("text").put("逐企明确日常执法监管部门")
    form.save()
    show(tasks, 9)
    assert "（4）" in texts(tasks.pane)
    choose(tasks, 4, "撤回分项…")
    form = seen(tasks.window(), FormDialog)
    form.form.editor("withdrawn_why").put("重复")
    form.save()
    show(tasks, 9)
    assert "（4）" not in texts(tasks.pane)
    assert tasks.total.text() == "3个方面、12项任务、43个分项"


def test_a_target_in_the_calendar_leads_to_the_plan_as_a_whole(opened: Open) -> None:
    window = opened("fenghuang-2024-2026", date(2025, 6, 1))
    page = turn(window, TasksPage)
    show(page, 3)
    window.open_record(f"plans/{window.office.desk.plans.number}")
    assert "工作目标" in texts(page.pane)
    window.open_record(f"tasks/{page.tasks.all_rows()[1].id}")
    assert "任务2" in texts(page.pane)
