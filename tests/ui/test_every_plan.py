"""The window on each bundled plan: whatever a plan leaves out, no page is empty or wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.library.plan_file import find_plan
from tests.ui.conftest import turn
from ui.forms.form_dialog import FormDialog
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.desk_page import DeskPage
from ui.pages.groups_page import GroupsPage
from ui.pages.tasks_page import TasksPage
from ui.widgets.chip import Chip
from ui.window import MainWindow

Open = Callable[[str, date], MainWindow]


@pytest.fixture
def opened(qtbot: QtBot, folder: Path) -> Iterator[Open]:
    """Open the window on a new desk on a plan; it is closed again at the end."""
    with _kept() as closing:

        def make(plan_id: str, day: date) -> MainWindow:
            desk = Desk.create(folder, plan_id, day)
            office = Office(desk, Jobs(synchronous=True))
            window = MainWindow(office)
            window.resize(1366, 768)
            window.show()
            QCoreApplication.processEvents()
            closing.extend([desk.close, office.jobs.stop, window.deleteLater, window.close])
            return window

        yield make


@contextmanager
def _kept() -> Iterator[list[Callable[[], object]]]:
    closing: list[Callable[[], object]] = []
    yield closing
    for close in reversed(closing):
        close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts(widget: QWidget) -> list[str]:
    QCoreApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def chips(widget: QWidget) -> list[str]:
    return [chip.word for chip in widget.findChildren(Chip) if chip.isVisible()]


@pytest.mark.parametrize(
    ("plan_id", "day", "total", "stages"),
    [
        ("yongqiao-three-holds", date(2023, 6, 1), "3个方面、12项任务、43个分项", 0),
        ("fangshan-2023", date(2023, 6, 20), "3个主要行动、13个重点任务、34项具体任务", 4),
        ("fenghuang-2024-2026", date(2025, 6, 20), "8个方面、19项任务、58个分项", 0),
        ("chongming-2023", date(2023, 6, 20), "3个方面、17项任务、59个分项", 4),
    ],
)
def test_first_page_tasks_and_plan(opened: Open, plan_id: str, day: date, total: str, stages: int) -> None:
    window = opened(plan_id, day)
    page = turn(window, DeskPage)
    assert page.stages.isVisible() == bool(stages)
    assert len(chips(page.stages)) == stages
    tasks = turn(window, TasksPage)
    assert tasks.total.text() == total
    shown = texts(tasks.pane)
    plan = find_plan(plan_id)
    assert plan.title in shown
    assert set(plan.notes) <= set(shown), "every doubt about the document is told"
    assert {item.title for item in plan.narrative} <= set(shown)
    assert tasks.filters.combos["leads"].isVisible() == any(task.leads for task in plan.tasks)
    assert tasks.filters.combos["status"].isVisible()
    task = window.office.desk.tasks.all_rows()[0]
    tasks.show_record(task["id"])
    assert task["text"] in texts(tasks.pane)
    tasks.show_plan()
    assert plan.title in texts(tasks.pane)


def test_the_tasks_of_a_plan_of_two_levels_stand_under_their_part(opened: Open) -> None:
    tasks = turn(opened("yongqiao-three-holds", date(2023, 6, 1)), TasksPage)
    top = tasks.tree.topLevelItem(0)
    assert top is not None
    assert [top.child(row).text(0) for row in range(top.childCount())][:2] == [
        "1　健全企业安全生产责任体系",
        "2　提高企业安全生产管理能力",
    ]


def test_yearly_targets_stand_on_the_first_page_with_what_is_counted(opened: Open) -> None:
    page = turn(opened("fenghuang-2024-2026", date(2025, 6, 20)), DeskPage)
    shown = texts(page.targets)
    assert [text for text in shown if text.endswith("年目标")] == ["2024年目标", "2025年目标", "2026年目标"]
    assert chips(page.targets) == ["已结束", "进行中", "未开始"]
    assert "2025年新发现重大隐患0条，2024年0条" in shown
    assert not any("逾期未整改" in text for text in shown), "2026 has not begun"


def test_a_plan_without_yearly_targets_has_no_band_for_them(opened: Open) -> None:
    page = turn(opened("fangshan-2023", date(2023, 6, 20)), DeskPage)
    assert not page.targets.isVisible()


def test_where_the_plan_has_no_group_one_can_be_set_up(
    opened: Open, seen: Callable[[QWidget, type[FormDialog]], FormDialog]
) -> None:
    window = opened("yongqiao-three-holds", date(2023, 6, 1))
    groups = turn(window, GroupsPage)
    offered = [one for one in groups.findChildren(QPushButton) if one.text() == "新增小组"]
    assert any(one.isVisible() for one in offered)
    groups.start_new()
    form = seen(window, FormDialog)
    form.form.editor("name").put("“三个狠抓”专项行动领导小组")
    form.save()
    assert list(groups.cards.members) == [1]
