"""The first page, the tasks and the groups of the 三星乡 plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTreeWidgetItem, QWidget

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from ui.forms.form_dialog import FormDialog
from ui.pages.desk_page import DeskPage
from ui.pages.groups_page import GroupsPage
from ui.pages.tasks_page import TasksPage
from ui.plans.task_summary import TaskSummaryDialog
from ui.widgets.chip import Chip
from ui.widgets.due_list import distance
from ui.window import MainWindow

Form = Callable[[], FormDialog]


@pytest.fixture
def desk_page(window: MainWindow) -> DeskPage:
    page = window.page
    assert isinstance(page, DeskPage)
    return page


@pytest.fixture
def tasks(window: MainWindow) -> TasksPage:
    window.open_ledger("tasks", {})
    page = window.page
    assert isinstance(page, TasksPage)
    return page


@pytest.fixture
def groups(window: MainWindow) -> GroupsPage:
    window.open_ledger("groups", {})
    page = window.page
    assert isinstance(page, GroupsPage)
    return page


def texts(widget: QWidget) -> list[str]:
    QCoreApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def press(page: QWidget, text: str) -> None:
    QCoreApplication.processEvents()
    next(b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def leaves(page: TasksPage) -> list[QTreeWidgetItem]:
    tree = page.tree
    tops = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    keys = [top.child(place) for top in tops for place in range(top.childCount())]
    return [key.child(place) for key in keys for place in range(key.childCount())]


# 工作台


def test_the_stages_stand_in_order_with_their_state(desk_page: DeskPage) -> None:
    chips = [chip.word for chip in desk_page.stages.findChildren(Chip) if chip.isVisible()]
    assert chips == ["已结束", "进行中", "未开始", "未开始"]


def test_a_count_leads_to_its_records(desk_page: DeskPage, window: MainWindow, hazard: int) -> None:
    desk_page.refresh()
    desk_page.hazards.chosen.emit("待整改")
    assert window.page.ledger_id == "hazards"
    query = window.page.query()
    assert query is not None
    assert query.where == {"state": "待整改"}


def test_a_backup_is_made_and_told(desk_page: DeskPage, desk: Desk) -> None:
    assert desk_page.line.told.text().startswith("还没有备份过")
    assert "还没有备份过" in desk_page.backed_up.text()
    desk_page.backup()
    assert len(list((desk.folder / "backups").glob("*.zip"))) == 1
    assert desk_page.line.told.text().startswith("已全部备份")
    assert "上次备份" in desk_page.backed_up.text()


@pytest.mark.parametrize(
    ("days", "told"), [(-3, "逾期3天"), (0, "今天"), (1, "明天"), (2, "后天"), (9, "还有9天")]
)
def test_how_far_a_day_is(days: int, told: str) -> None:
    today = date(2023, 6, 1)
    assert distance(today + timedelta(days=days), today) == told


# 方案任务


def test_the_tree_has_three_levels(tasks: TasksPage) -> None:
    assert tasks.total.text() == "8个主要行动、25个重点任务、34项具体任务"
    assert tasks.tree.topLevelItemCount() == 8
    assert len(leaves(tasks)) == 34


def test_filters_narrow_the_tree(tasks: TasksPage) -> None:
    tasks.filters.combos["leads"].setCurrentText("肖永富")
    shown = leaves(tasks)
    assert 0 < len(shown) < 34
    tasks.filters.clear()
    tasks.filters.combos["deadline_text"].setCurrentText("长期坚持")
    assert len(leaves(tasks)) == 17
    tasks.filter_by({"status": "逾期完成"})
    assert any("没有符合条件的任务" in text for text in texts(tasks))


def test_the_pane_tells_the_whole_task(tasks: TasksPage, desk: Desk) -> None:
    row = next(row for row in desk.tasks.all_rows() if row["inherited"] and row["doubts"])
    tasks.show_record(row["id"])
    shown = texts(tasks.pane)
    assert row["text"] in shown
    assert row["reason"] in shown
    assert row["deadline_text"] in shown
    assert set(row["taken_over"]) <= set(shown)
    assert {"承接", "存疑"} <= {chip.word for chip in tasks.pane.findChildren(Chip)}


def test_a_log_entry_turns_the_light(tasks: TasksPage, desk: Desk, form: Form) -> None:
    row = next(row for row in desk.tasks.all_rows() if row["overdue"])
    tasks.show_record(row["id"])
    press(tasks, "登记工作记录")
    dialog = form()
    dialog.form.editor("kind").put("完成")
    dialog.form.editor("note").put("已全面完成并归档")
    dialog.save()
    assert desk.tasks.get(row["id"])["status"] == "逾期完成"
    assert tasks.pane.record is not None
    assert tasks.pane.record["id"] == row["id"], "the task stays chosen"
    assert "已全面完成并归档" in texts(tasks.pane)


def test_folded_branches_stay_folded(tasks: TasksPage, window: MainWindow) -> None:
    tasks.tree.topLevelItem(1).setExpanded(False)
    tasks.refresh()
    assert not tasks.tree.topLevelItem(1).isExpanded()
    assert tasks.tree.topLevelItem(0).isExpanded()


def test_the_tasks_of_each_leader_are_counted_on_a_day(
    tasks: TasksPage, desk: Desk, window: MainWindow
) -> None:
    tasks.show_rollup()
    dialog = tasks.findChild(TaskSummaryDialog)
    assert dialog is not None
    names = [dialog.tree.topLevelItem(n).text(0) for n in range(dialog.tree.topLevelItemCount())]
    assert "肖永富" in names
    line = dialog.tree.topLevelItem(names.index("肖永富"))
    group = next(one for one in desk.tasks.rollup("lead") if one.name == "肖永富")
    assert (line.text(1), line.text(2)) == (str(group.status), group.reason)
    assert line.childCount() == len(group.tasks)
    dialog.day.put(date(2023, 5, 19))
    dialog.refresh()
    early = next(one for one in desk.tasks.rollup("lead", date(2023, 5, 19)) if one.name == "肖永富")
    assert dialog.tree.topLevelItem(names.index("肖永富")).text(2) == early.reason
    dialog.by.setCurrentIndex(dialog.by.findData("unit"))
    assert dialog.tree.topLevelItemCount() == len(desk.tasks.rollup("unit"))
    dialog.tree.itemDoubleClicked.emit(dialog.tree.topLevelItem(0).child(0), 0)
    assert tasks.pane.record is not None


# 领导小组


def members(page: GroupsPage) -> list[str]:
    table = next(iter(page.cards.members.values()))
    return [table.item(row, 1).text() for row in range(table.rowCount())]


def test_the_group_stands_with_its_office_and_members(groups: GroupsPage) -> None:
    assert "谭华祥" in members(groups)
    assert any("办公室设在" in text and "肖永富" in text for text in texts(groups))


def test_a_member_is_added_changed_and_leaves(groups: GroupsPage, desk: Desk, form: Form) -> None:
    groups.start_new()
    dialog = form()
    dialog.form.editor("role").put("成员")
    dialog.form.editor("person").put("王新人")
    dialog.save()
    assert "王新人" in members(groups)
    new: Row = next(m for node in desk.groups.tree() for m in node.members if m["person"] == "王新人")

    groups.show_record(new["id"])
    press(groups, "修改")
    dialog = form()
    dialog.form.editor("post").put("村支部书记")
    dialog.save()
    assert desk.groups.get(new["id"])["post"] == "村支部书记"

    groups.show_record(new["id"])
    press(groups, "结束任职")
    dialog = form()
    dialog.form.editor("ends_on").put("")
    dialog.save()
    assert dialog.form.boxes["ends_on"].below.text() == "请填写“离任日期”"
    dialog.form.editor("ends_on").put(date(2023, 6, 1))
    dialog.save()
    assert "王新人" not in members(groups)


def test_the_roll_of_another_day_can_be_asked(groups: GroupsPage) -> None:
    groups.day.put(date(2023, 5, 1))
    groups.refresh()
    assert members(groups) == []
    assert any("这一天没有在任成员" in text for text in texts(groups))
    groups.day.put("不是日期")
    groups.refresh()
    assert groups.day.box.property("wrong")
    press(groups, "今天")
    assert "谭华祥" in members(groups)
