"""From a file to its rows in the ledger, by keys alone: questions, mending, taking in, taking back."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox, QPushButton

from hazard_desk.desk import Desk
from hazard_desk.figures.gaps import WITH_GAPS
from hazard_desk.stopping import stop_if_unwanted
from tests.ui.conftest import Seen, Write
from tests.ui.imports.conftest import LEDGER, Made, cells, filters, focus_text, press
from ui.imports.conversation import LATER
from ui.imports.dialog import ImportDialog
from ui.imports.trying import Taken, take_in
from ui.office import Office
from ui.pages.hazard_page import HazardPage
from ui.production import MadeDialog
from ui.window import MainWindow

ENTER, DOWN, F2, F4 = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_F2, Qt.Key.Key_F4


@pytest.fixture
def opened(dialog: ImportDialog, made: Made) -> ImportDialog:
    """The dialog with the village's ledger in it: the questions are seen."""
    dialog.open_file(made(LEDGER))
    return dialog


@pytest.fixture
def listed(opened: ImportDialog) -> ImportDialog:
    """The same with every question put off: the rows are seen."""
    for card in opened.conversation.cards:
        card.buttons[None].click()
    press(ENTER)
    return opened


def questions(dialog: ImportDialog) -> list[str]:
    return [card.question.id for card in dialog.conversation.cards]


def go_to(words: str) -> None:
    """Walk back with Shift+Tab to the button with these words."""
    for _ in range(12):
        widget = QApplication.focusWidget()
        if isinstance(widget, QPushButton) and widget.text().startswith(words):
            return
        press(Qt.Key.Key_Backtab)
    raise AssertionError(words)


def test_three_answers_and_the_rows_are_in_the_ledger(
    opened: ImportDialog, desk: Desk, window: MainWindow, page: HazardPage
) -> None:
    assert questions(opened) == ["value:source", "value:sector", "word:level:较重"]
    assert len(desk.hazards.facts()) == 0
    for answer in ("执法检查", "工贸", "一般"):
        go_to(answer)
        press(ENTER)
    assert focus_text() == "继续"
    press(ENTER)
    assert cells(opened, "来源") == ["执法检查"] * 4
    assert cells(opened, "级别") == ["一般"] * 4
    assert filters(opened) == ["全部 4", "有疑问 1", "将新增 3", "重复 1", "待补 1"]
    opened.import_button.setFocus()
    press(ENTER)
    assert [row.description for row in desk.hazards.facts()] == ["配电箱未上锁", "通道堵塞", "灭火器过期"]
    assert opened.told.text() == (
        "已导入：新增3行，跳过重复的1行。其中1条有待补的内容（发现日期），"
        "点“查看待补的记录”就列出来，以后在工作台最上面一行也能找到。"
    )
    assert window.notice.text == "导入隐患台账：新增3条"
    assert page.model.rowCount() == 3
    assert focus_text() == "查看待补的记录"
    press(ENTER)
    assert page.model.rowCount() == 1
    assert page.filters.where() == dict(WITH_GAPS)


def test_the_answers_are_remembered_so_next_month_nothing_is_asked(
    opened: ImportDialog, desk: Desk, made: Made
) -> None:
    for answer in ("执法检查", "工贸", "一般"):
        go_to(answer)
        press(ENTER)
    press(ENTER)
    opened.import_button.click()
    later = [*LEDGER[:3], (1, "较重", "线路老化", "车间", "2023-06-01", "2023-06-20", "晴")]
    opened.open_file(made(later))
    assert opened.conversation.isHidden()
    assert cells(opened, "来源") == ["执法检查"]
    assert cells(opened, "级别") == ["一般"]


def test_nothing_is_chosen_for_her(opened: ImportDialog, desk: Desk) -> None:
    assert all(card.answer is None for card in opened.conversation.cards)
    assert focus_text() == LATER, "without a proposal Enter chooses nothing"
    for _ in opened.conversation.cards:
        press(ENTER)
    press(ENTER)
    assert filters(opened) == ["全部 4", "有疑问 2", "将新增 3", "重复 1", "待补 3"]
    assert cells(opened, "隐患等级") == ["一般", "较重", "一般", "一般"], "what was typed stays in sight"


def test_a_cell_is_put_right_in_place(listed: ImportDialog, write: Write, desk: Desk) -> None:
    table = listed.mending.table
    listed.mending.buttons[list(listed.mending.buttons)[1]].click()
    table.setFocus()
    press(DOWN)
    wanted = next(at for at, one in enumerate(table.rows.columns) if one.field == "found_on") + 2
    table.setCurrentIndex(table.rows.index(table.currentIndex().row(), wanted))
    assert "“发现日期”" in listed.mending.about.text()
    press(F2)
    editor: Any = QApplication.focusWidget()
    editor.selectAll()
    write(editor, "2023.5.1")
    press(ENTER)
    assert cells(listed, "检查日期")[-1] == "2023-05-01"
    assert "有疑问 1" in filters(listed)
    assert QApplication.focusWidget() is table
    assert len(desk.hazards.facts()) == 0


def test_a_word_is_put_right_from_the_list(listed: ImportDialog) -> None:
    table = listed.mending.table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(1, 2))
    press(ENTER)
    assert isinstance(QApplication.focusWidget(), QComboBox)
    press(DOWN, DOWN, ENTER)
    assert cells(listed, "隐患等级")[1] in ("重大", "一般")


def test_only_some_rows_are_seen(listed: ImportDialog) -> None:
    by_words = {made.text(): made for made in listed.mending.buttons.values()}
    by_words["重复 1"].setFocus()
    press(Qt.Key.Key_Space)
    assert cells(listed, "结果") == ["与第4行重复"]
    by_words["待补 3"].setFocus()
    press(Qt.Key.Key_Space)
    assert cells(listed, "行") == ["第4行", "第5行", "第6行"]


def test_a_column_is_told_from_its_heading(listed: ImportDialog) -> None:
    table = listed.mending.table
    place = next(at for at, one in enumerate(table.rows.columns) if one.heading == "天气") + 2
    table.setCurrentIndex(table.rows.index(0, place))
    table.setFocus()
    press(F4)
    menu: Any = QApplication.activePopupWidget()
    every = next(act.menu() for act in menu.actions() if act.text() == "全部栏目")
    next(act for act in every.actions() if act.text() == "备注").trigger()
    menu.close()
    assert cells(listed, "天气")[:2] == ["晴", "阴"]
    assert [one.label for one in table.rows.columns if one.heading == "天气"] == ["备注"]


def test_a_column_is_taken_from_its_field(listed: ImportDialog) -> None:
    listed.mending.table.told.emit("所在部位", "")
    kept = [one.heading for one in listed.mending.table.rows.columns if not one.field]
    assert "所在部位" in kept


def test_a_column_that_names_the_rows_is_asked_for(dialog: ImportDialog, made: Made, desk: Desk) -> None:
    rows = [
        ("级别", "来源", "行业领域", "发现日期", "甲"),
        ("一般", "执法检查", "工贸", "2023-05-01", "未上锁"),
    ]
    dialog.open_file(made(rows))
    assert (
        "隐患描述"
        in dialog.conversation.cards[0].question.about + dialog.conversation.cards[0].question.proposal
    )
    go_to("甲")
    press(ENTER)
    dialog.on_button.click()
    dialog.import_button.click()
    assert [row.description for row in desk.hazards.facts()] == ["未上锁"]


def test_what_is_left_unsaid_keeps_nothing(opened: ImportDialog, desk: Desk, page: HazardPage) -> None:
    press(Qt.Key.Key_Escape)
    assert len(desk.hazards.facts()) == 0
    assert desk.undoable() == ""
    assert not page.findChildren(ImportDialog) or not opened.isVisible()


def test_mended_cells_are_not_thrown_away_unasked(listed: ImportDialog, seen: Seen, desk: Desk) -> None:
    table = listed.mending.table
    table.rows.setData(table.rows.index(0, 3), "别的描述", Qt.ItemDataRole.EditRole)
    table.setFocus()
    press(Qt.Key.Key_Escape)
    assert seen(listed, QMessageBox).text() == "改过的1格还没有导入，关闭后不会保留。"
    press(Qt.Key.Key_Escape)
    assert listed.isVisible()
    assert cells(listed, "隐患情况")[0] == "别的描述"
    listed.close_button.click()
    closing = seen(listed, QMessageBox)
    next(made for made in closing.buttons() if made.text() == "关闭").click()
    assert desk.hazards.facts() == []


def test_an_import_is_taken_back_whole(listed: ImportDialog, desk: Desk) -> None:
    listed.import_button.click()
    assert len(desk.hazards.facts()) == 3
    assert listed.mending.table.menu(2) is None, "what is taken in is not put right here"
    listed.undo_button.click()
    assert len(desk.hazards.facts()) == 0
    assert listed.import_button.isEnabled()


def test_rows_that_are_there_are_skipped_or_updated(listed: ImportDialog, made: Made) -> None:
    listed.import_button.click()
    listed.open_file(made([*LEDGER[:2], (*LEDGER[2], "整改资金"), (*LEDGER[3], 5)]))
    for card in listed.conversation.cards:
        card.buttons[None].click()
    if listed.on_button.isVisible():
        listed.on_button.click()
    assert cells(listed, "结果") == ["已有，跳过"]
    listed.existing.setFocus()
    press(DOWN)
    assert cells(listed, "结果") == ["更新"]


def test_her_own_file_comes_back_marked(
    listed: ImportDialog, window: MainWindow, seen: Seen, desk: Desk
) -> None:
    listed.mark_button.click()
    file = seen(window, MadeDialog).file
    assert file == desk.out / "示例村-标注.xlsx"
    marked: Any = load_workbook(file).active
    assert "发现日期" in marked["E6"].comment.text


def test_pasted_rows_come_in(dialog: ImportDialog, desk: Desk) -> None:
    dialog.open_text(
        "级别\t来源\t行业领域\t隐患部位\t隐患描述\t发现日期\n一般\t自查\t工贸\t配电房\t未上锁\t昨日\n"
    )
    assert dialog.windowTitle() == "粘贴到隐患台账"
    assert dialog.pages.currentWidget() is dialog.mending
    assert cells(dialog, "发现日期") == ["昨日"]
    dialog.import_button.click()
    assert [row.source for row in desk.hazards.facts()] == ["企业自查"]


def test_a_nil_report_is_told(dialog: ImportDialog, made: Made, desk: Desk) -> None:
    dialog.open_file(made([*LEDGER[:3], ("本月无隐患",)]))
    assert dialog.told.text() == "这是一张零报告：表里写着“本月无隐患”。没有要导入的记录"
    assert not dialog.import_button.isVisible()


def test_a_file_that_is_no_sheet_is_told(dialog: ImportDialog, tmp_path: Path) -> None:
    (tmp_path / "图.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    dialog.open_file(tmp_path / "图.xlsx")
    assert dialog.problem.text() == "“图.xlsx”是图片，不是表格"
    assert not dialog.import_button.isVisible()


def test_a_file_is_dropped(dialog: ImportDialog, made: Made) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(made(LEDGER)))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert questions(dialog)


def test_its_size_is_remembered(dialog: ImportDialog, page: HazardPage, seen: Seen) -> None:
    dialog.resize(900, 500)
    dialog.reject()
    page.import_sheet()
    again = seen(page, ImportDialog)
    assert (again.width(), again.height()) == (900, 500)


def test_what_is_stopped_stays_as_it_was_judged(
    listed: ImportDialog, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def endless(*told: object) -> None:
        begun.set()
        while True:
            stop_if_unwanted()

    monkeypatch.setattr("ui.imports.dialog.try_out", endless)
    office.jobs.synchronous = False
    model = listed.mending.table.rows
    model.setData(model.index(0, 3), "别的描述", Qt.ItemDataRole.EditRole)
    assert begun.wait(10)
    assert cells(listed, "隐患情况")[0] == "别的描述", "what was typed is seen at once"
    assert not listed.import_button.isEnabled()
    listed.stop_button.click()
    office.jobs.wait()
    assert cells(listed, "隐患情况")[0] == "配电箱未上锁"
    assert listed.import_button.isEnabled()
    assert listed.told.text() == "已停止，没有导入任何内容"


def test_while_rows_are_written_it_stays_open(
    listed: ImportDialog, office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may = threading.Event(), threading.Event()

    def slow(*told: Any) -> Taken:
        begun.set()
        assert may.wait(10)
        return take_in(*told)

    monkeypatch.setattr("ui.imports.dialog.take_in", slow)
    office.jobs.synchronous = False
    listed.import_button.click()
    assert begun.wait(10)
    listed.reject()
    assert listed.isVisible(), "nobody has to guess whether the rows came in"
    assert not listed.stop_button.isVisible()
    may.set()
    office.jobs.wait()
    assert listed.told.text().startswith("已导入：新增3行")
    assert len(desk.hazards.facts()) == 3


def test_the_blue_button_has_a_key_and_comes_last(opened: ImportDialog, desk: Desk) -> None:
    for answer in ("执法检查", "工贸", "一般"):
        go_to(answer)
        press(ENTER)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert filters(opened)[0] == "全部 4"
    opened.close_button.setFocus()
    press(Qt.Key.Key_Tab)
    assert focus_text() == "导入"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.hazards.facts()) == 3


def test_enter_in_an_empty_line_goes_on_to_what_puts_it_off(opened: ImportDialog, made: Made) -> None:
    opened.open_file(made([(*row[:3], *row[4:]) for row in LEDGER]))
    card = next(one for one in opened.conversation.cards if one.line is not None)
    assert card.line is not None
    card.line.setFocus()
    press(ENTER)
    assert focus_text() == LATER and card.open
    press(ENTER)
    assert not card.open and card.answer is None
