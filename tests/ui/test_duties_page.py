"""常态化工作: what is found for each time, the clerk's own word, events, own duties, holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.workdays import day_mark
from tests.ui.conftest import Seen
from ui.duties.holiday_dialog import HolidayDialog
from ui.duties.link_dialog import LinkDialog
from ui.duties.occurrence_list import OccurrenceList
from ui.forms.form_dialog import FormDialog
from ui.pages.duties_page import DutiesPage
from ui.window import MainWindow

Form = Callable[[], FormDialog]
STUDY = {
    "kind": "风险研判会",
    "title": "五月风险研判会",
    "held_on": "2023-05-26",
    "level": "镇",
    "host": "谭华祥",
}


@pytest.fixture
def page(window: MainWindow) -> DutiesPage:
    window.open_ledger("duties", {})
    found = window.page
    assert isinstance(found, DutiesPage)
    return found


@pytest.fixture
def meeting(desk: Desk) -> int:
    """The id of the monthly risk meeting, whose May occurrence is late on 1 June."""
    return next(row["id"] for row in desk.duties.all_rows() if row["title"] == "每月风险研判会")


def lines(page: DutiesPage) -> dict[str, QTreeWidgetItem]:
    shown = page.pane.occurrences
    assert isinstance(shown, OccurrenceList)
    return {
        shown.topLevelItem(place).text(0): shown.topLevelItem(place)
        for place in range(shown.topLevelItemCount())
    }


def press(page: QWidget, text: str) -> None:
    QCoreApplication.processEvents()
    next(b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def test_the_list_tells_rhythm_and_state(page: DutiesPage, desk: Desk) -> None:
    assert page.list.topLevelItemCount() == len(desk.duties.all_rows())
    assert page.list.topLevelItem(0).text(1) == "每月底"
    assert page.total.text().startswith(f"共{page.list.topLevelItemCount()}项")
    page.filters.combos["state"].setCurrentText("未触发")
    assert 0 < page.list.topLevelItemCount() < len(desk.duties.all_rows())


def test_a_tick_makes_the_occurrence_met_and_can_be_taken_back(
    page: DutiesPage, desk: Desk, meeting: int, form: Form
) -> None:
    page.show_record(meeting)
    assert lines(page)["2023年5月"].text(2) == "未开展"
    assert page.pane.key == "2023-05-31", "the first that asks for work is chosen"
    press(page, "登记完成")
    dialog = form()
    dialog.form.editor("note").put("会议已开，记录在纸质档案")
    dialog.save()
    assert desk.duties.occurrence(meeting, "2023-05-31").state == "逾期完成"
    assert lines(page)["2023年5月"].text(2) == "逾期完成"
    assert page.pane.key == "2023-05-31", "the same occurrence stays chosen"
    press(page, "取消登记")
    assert lines(page)["2023年5月"].text(2) == "未开展"


def test_a_record_fulfils_by_itself_and_opens(
    page: DutiesPage, window: MainWindow, desk: Desk, meeting: int, qtbot: QtBot
) -> None:
    page.show_record(meeting)
    page.office.perform(lambda: desk.activities.add(STUDY))
    may = lines(page)["2023年5月"]
    assert may.text(2) == "已完成"
    assert may.child(0).text(0) == "五月风险研判会"
    assert page.pane.occurrences is not None
    page.pane.occurrences.itemClicked.emit(may.child(0), 0)
    assert window.page.ledger_id == "activities"


def test_a_record_is_linked(page: DutiesPage, desk: Desk, meeting: int, seen: Seen) -> None:
    desk.activities.add(STUDY | {"kind": "专题研究", "title": "研究风险"})
    page.show_record(meeting)
    press(page, "指定记录")
    dialog = seen(page, LinkDialog)
    assert isinstance(dialog, LinkDialog)
    assert dialog.list.item(0).text() == "2023-05-26　工作开展　研究风险"
    dialog.take.click()
    assert desk.duties.occurrence(meeting, "2023-05-31").state == "已完成"


def test_without_records_the_dialog_says_so(page: DutiesPage, meeting: int, seen: Seen) -> None:
    page.show_record(meeting)
    press(page, "指定记录")
    dialog = seen(page, LinkDialog)
    assert isinstance(dialog, LinkDialog)
    assert not dialog.take.isEnabled()
    assert any("没有" in told.text() for told in dialog.findChildren(QLabel))


def test_a_waiver_needs_a_reason(page: DutiesPage, desk: Desk, meeting: int, form: Form) -> None:
    page.show_record(meeting)
    press(page, "无需开展")
    dialog = form()
    dialog.save()
    assert dialog.isVisible()
    dialog.form.editor("note").put("方案五月下旬才印发")
    dialog.save()
    assert desk.duties.occurrence(meeting, "2023-05-31").state == "无需开展"


def test_an_event_is_entered_and_taken_back(page: DutiesPage, desk: Desk, form: Form, seen: Seen) -> None:
    duty = next(row for row in desk.duties.all_rows() if row["kind"] == "triggered")
    page.show_record(duty["id"])
    page.pane.trigger()
    dialog = form()
    dialog.form.editor("name").put("5月30日发现重大隐患")
    dialog.form.editor("due").put(date(2023, 6, 5))
    dialog.save()
    assert list(lines(page)) == ["5月30日发现重大隐患"]
    press(page, "取消触发")
    box = seen(page, QMessageBox)
    assert isinstance(box, QMessageBox)
    next(b for b in box.buttons() if b.text() == "取消触发").click()
    assert desk.duties.history(duty["id"]) == []


def test_an_own_duty_is_added_changed_ended_and_resumed(page: DutiesPage, desk: Desk, form: Form) -> None:
    page.start_new()
    dialog = form()
    dialog.form.editor("title").put("收齐各科室月报")
    dialog.form.editor("rule").put("每月25日前")
    dialog.save()
    own = next(row for row in desk.duties.all_rows() if row["own"])
    assert page.pane.record is not None
    assert page.pane.record["id"] == own["id"], "the new one is chosen"
    press(page, "修改")
    dialog = form()
    dialog.form.editor("title").put("收齐各科室、各村月报")
    dialog.save()
    press(page, "停用")
    dialog = form()
    dialog.form.editor("end_reason").put("改由县上统一收")
    dialog.save()
    assert desk.duties.get(own["id"])["end_reason"] == "改由县上统一收"
    press(page, "恢复")
    assert desk.duties.get(own["id"])["title"] == "收齐各科室、各村月报"
    assert desk.duties.get(own["id"])["ends_on"] is None


def test_of_the_plans_duty_only_some_is_changed(page: DutiesPage, meeting: int, form: Form) -> None:
    page.show_record(meeting)
    press(page, "修改")
    assert set(form().form.boxes) == {"fulfilled_by", "doers", "objects", "leads", "units"}


def test_a_notice_of_holidays_is_shown_before_it_is_kept(
    page: DutiesPage, desk: Desk, seen: Seen, qtbot: QtBot
) -> None:
    page.enter_holidays()
    dialog = seen(page, HolidayDialog)
    assert isinstance(dialog, HolidayDialog)
    assert not dialog.keep.isEnabled()
    dialog.text.setPlainText("国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。")
    dialog.read()
    assert "年份" in dialog.problem.text()
    dialog.year.setText("2027")
    dialog.read()
    assert dialog.days.topLevelItemCount() == 8
    assert "放假7天，调休上班1天" in dialog.told.text()
    assert desk.duties.holidays.days() == {}
    dialog.keep.click()
    assert day_mark(date(2027, 10, 9), desk.duties.holidays.days()).word == "班"


def test_an_occurrence_leads_here_from_the_calendar(window: MainWindow, meeting: int) -> None:
    window.open_record(f"duties/{meeting}")
    assert isinstance(window.page, DutiesPage)
    assert window.page.list.current() == meeting


def test_the_list_is_worked_by_keys(page: DutiesPage, qtbot: QtBot) -> None:
    page.list.choose(1)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.pane.record is not None
    assert page.pane.record["id"] == 2


CARDS = "每季度“两单两卡”培训"


@pytest.fixture
def cards(desk: Desk) -> int:
    """The id of the quarterly training of every firm; there are two."""
    for name in ("示例木材厂", "示例加油站"):
        desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸"})
    return next(row["id"] for row in desk.duties.all_rows() if row["title"] == CARDS)


def test_what_is_missing_is_listed_and_recorded(page: DutiesPage, desk: Desk, cards: int, form: Form) -> None:
    page.show_record(cards)
    missing = page.pane.missing
    assert missing is not None
    assert [missing.names.item(place).text() for place in range(2)] == ["示例木材厂", "示例加油站"]
    assert "还缺2个" in missing.told.text()
    missing.names.item(0).setSelected(True)
    press(page, "登记记录")
    dialog = form()
    assert dialog.form.editor("firms").raw() == "示例木材厂"
    dialog.form.editor("level").put("镇")
    dialog.save()
    after = page.pane.missing
    assert after is not None and after.names.count() == 1
    assert desk.duties.occurrence(cards, "2023-06-30").missing == ("示例加油站",)


def test_who_is_behind_is_urged_once(page: DutiesPage, desk: Desk, cards: int) -> None:
    page.show_record(cards)
    press(page, "催办")
    letters = [(row.kind, row.target) for row in desk.rewards.rows(desk.rewards.ids(Query()))]
    assert sorted(letters) == [("提醒函", "示例加油站"), ("提醒函", "示例木材厂")]
    missing = page.pane.missing
    assert missing is not None
    assert missing.names.item(0).text() == "示例木材厂（已催办）"
    assert not missing.urge_button.isEnabled()
    desk.undo()
    assert desk.rewards.ids(Query()) == []


def test_one_firm_is_spoken_for_with_a_reason(page: DutiesPage, desk: Desk, cards: int, form: Form) -> None:
    page.show_record(cards)
    missing = page.pane.missing
    assert missing is not None
    missing.names.item(1).setSelected(True)
    press(page, "这几个不需要")
    dialog = form()
    dialog.form.editor("note").put("本季度停工")
    dialog.save()
    assert desk.duties.occurrence(cards, "2023-06-30").missing == ("示例木材厂",)
