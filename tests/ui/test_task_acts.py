"""Changing the plan in the window: add, change, withdraw, take up again, settle a doubt, see the past."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from ui.forms.form_dialog import FormDialog
from ui.pages.tasks_page import TasksPage
from ui.panes.record_sections import HistoryDialog
from ui.plans.task_acts import WithdrawnDialog
from ui.window import MainWindow

Form = Callable[[], FormDialog]


@pytest.fixture
def page(window: MainWindow) -> TasksPage:
    window.open_ledger("tasks", {})
    shown = window.page
    assert isinstance(shown, TasksPage)
    return shown


def task(desk: Desk, number: int) -> Row:
    return next(row for row in desk.tasks.all_rows() if row["number"] == number)


def open_task(page: TasksPage, desk: Desk, number: int) -> None:
    page.show_record(task(desk, number)["id"])
    QCoreApplication.processEvents()


def choose(page: TasksPage, text: str) -> None:
    """Choose from the menu of the task's pane."""
    more = next(b for b in page.pane.findChildren(QPushButton) if b.text() == "更多" and b.isVisible())
    next(entry for entry in more.menu().actions() if entry.text() == text).trigger()


def texts(widget: QWidget) -> list[str]:
    QCoreApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_a_task_is_added(page: TasksPage, desk: Desk, form: Form) -> None:
    page.pane.acts.add()
    dialog = form()
    dialog.form.editor("key_task").put("25．认真落实安全生产和自然灾害问题清单生成和闭环整改")
    dialog.form.editor("text").put("新的任务")
    dialog.form.editor("deadline_text").put("9月底前")
    dialog.save()
    assert page.total.text() == "8个主要行动、25个重点任务、35项具体任务"
    assert task(desk, 35)["due"].isoformat() == "2023-09-30"


def test_a_task_is_changed_with_its_history(
    page: TasksPage, window: MainWindow, desk: Desk, form: Form
) -> None:
    open_task(page, desk, 8)
    choose(page, "修改任务…")
    dialog = form()
    assert dialog.form.editor("key_task").raw() == "4．强化工作保障"
    dialog.form.editor("deadline_text").put("11月底")
    dialog.save()
    assert "2023-11-30" in texts(page.pane)
    choose(page, "修改历史…")
    QCoreApplication.processEvents()
    past = window.findChild(HistoryDialog)
    assert past is not None
    assert any("10月底 → 11月底" in text for text in texts(past))
    past.accept()


def test_a_task_is_withdrawn_and_taken_up_again(
    page: TasksPage, window: MainWindow, desk: Desk, form: Form
) -> None:
    open_task(page, desk, 8)
    assert not page.withdrawn.isVisible()
    choose(page, "撤回任务…")
    dialog = form()
    dialog.form.editor("withdrawn_why").put("县里统一开展")
    dialog.save()
    assert page.withdrawn.text() == "已撤回1项"
    page.withdrawn.click()
    QCoreApplication.processEvents()
    gone = window.findChild(WithdrawnDialog)
    assert gone is not None
    assert "县里统一开展" in gone.list.item(0).text()
    gone.restore()
    assert not page.withdrawn.isVisible()
    assert len(desk.tasks.all_rows()) == 34


def test_a_doubt_is_settled(page: TasksPage, desk: Desk, form: Form) -> None:
    open_task(page, desk, 4)
    next(b for b in page.pane.findChildren(QPushButton) if b.text() == "核对" and b.isVisible()).click()
    dialog = form()
    dialog.form.editor("answer").put("按全乡合计")
    dialog.save()
    assert any("核对：按全乡合计" in text for text in texts(page.pane))
    assert task(desk, 4)["doubts"] == []
