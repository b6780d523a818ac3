"""改措辞: a paper's words changed beside the paper, with keys; refused by line, gone back from, her own."""

from __future__ import annotations

import re
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.printing import Proof
from tests.papers.reading import read_pdf
from tests.ui.conftest import Seen, Write
from tests.ui.hands import Hands
from ui.jobs import Jobs
from ui.office import Office
from ui.panes.record_papers import preview_record, report_of
from ui.papers.preview_dialog import PreviewDialog
from ui.window import MainWindow
from ui.wording.dialog import OriginalDialog, WordingDialog

ACTIVITY = {"kind": "专题学习", "title": "学习会", "held_on": "2023-05-20", "level": "乡", "host": "张三"}


def words_of(dialog: PreviewDialog) -> str:
    proof = dialog.preview.proof
    assert proof is not None
    return re.sub(r"\s", "", "".join(page.text for page in read_pdf(proof.pdf)))


@pytest.fixture
def preview(window: MainWindow, desk: Desk, seen: Seen) -> PreviewDialog:
    """The preview of the sign-in sheet of one meeting."""
    number = desk.activities.add(ACTIVITY).ids[0]
    preview_record(window.office, report_of(window.office, "sign-in"), desk.activities.get(number), window)
    return seen(window, PreviewDialog)


@pytest.fixture
def dialog(preview: PreviewDialog, seen: Seen, qtbot: QtBot) -> WordingDialog:
    QTest.keyClick(preview.preview.words_button, Qt.Key.Key_Space)
    return seen(preview, WordingDialog)


def settled(dialog: WordingDialog) -> None:
    """Let the pause in typing pass."""
    dialog.look()
    QCoreApplication.processEvents()


def go_to_line(dialog: WordingDialog, line: int) -> None:
    """Put the cursor at the begin of a line, counted from 1."""
    dialog.editor.setTextCursor(QTextCursor(dialog.editor.document().findBlockByNumber(line - 1)))


def put_first(dialog: WordingDialog, text: str) -> None:
    QTest.keyClick(dialog.editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    dialog.editor.insertPlainText(text)


def test_a_field_is_chosen_and_the_paper_follows(
    dialog: WordingDialog, preview: PreviewDialog, desk: Desk, write: Write
) -> None:
    put_first(dialog, "\n")
    QTest.keyClick(dialog.editor, Qt.Key.Key_Up)
    dialog.names.box.setFocus()
    write(dialog.names.box, "主持人")
    QTest.keyClick(dialog.names.box, Qt.Key.Key_Return)
    assert dialog.editor.toPlainText().startswith("«开展记录.主持人»\n【标题】")
    settled(dialog)
    assert dialog.save_button.isEnabled()
    Hands().press("Ctrl+S")
    assert words_of(preview).startswith("张三会议签到表")
    assert "«开展记录.主持人»" in desk.rewording.text("sign-in")


def test_what_cannot_be_told_is_said_by_line_and_not_saved(dialog: WordingDialog, desk: Desk) -> None:
    put_first(dialog, "«开展记录.主持者»\n")
    settled(dialog)
    assert dialog.problem.text() == (
        "第1行：没有这个栏目：“开展记录.主持者”，相近的有：开展记录.主持人"
        + dialog.problem.text().partition("开展记录.主持人")[2]
    )
    assert not dialog.save_button.isEnabled()
    dialog.save()
    assert dialog.isVisible()
    assert "主持者" not in desk.rewording.text("sign-in")


def test_the_original_is_seen_and_gone_back_to(
    preview: PreviewDialog, desk: Desk, seen: Seen, dialog: WordingDialog
) -> None:
    put_first(dialog, "本表由应急办保存。\n")
    settled(dialog)
    dialog.save()
    again = preview.preview.change_words()
    assert again is not None
    again.see_original()
    assert seen(again, OriginalDialog)
    again.go_back()
    box = seen(again, QMessageBox)
    QTest.keyClick(next(one for one in box.buttons() if one.text() == "恢复"), Qt.Key.Key_Space)
    assert "本表由应急办保存" not in words_of(preview)


def test_the_kind_of_paper_is_set_by_a_form(dialog: WordingDialog, desk: Desk) -> None:
    form = dialog.set_kind()
    form.form.write({"title": "签到簿", "sealed": "否", "signed": "三星乡安委办"})
    form.save()
    text = desk.rewording.text("sign-in")
    assert "名称：签到簿\n" in text and "盖章：否\n" in text and "落款：三星乡安委办\n" in text
    assert "红头：" not in text, "what is usual needs no line"


def test_a_paper_of_her_own_is_begun_from_any(
    dialog: WordingDialog, desk: Desk, preview: PreviewDialog
) -> None:
    form = dialog.make_own()
    form.form.write({"title": "会议签到表"})
    form.save()
    assert form.isVisible(), "a name that is taken"
    form.form.write({"title": "村级签到表"})
    form.save()
    states = {one.id: one.state for one in desk.rewording.states()}
    assert states["村级签到表"] == "自拟" and states["sign-in"] == "原文"
    printed, _ = desk.papers.about("activities", 1)
    assert "村级签到表" in [one.title for one in printed]


def test_what_was_typed_and_not_saved_is_there_again(
    preview: PreviewDialog, dialog: WordingDialog, seen: Seen
) -> None:
    put_first(dialog, "写了一半\n")
    settled(dialog)
    WordingDialog.done(dialog, 0)
    again = preview.preview.change_words()
    assert again is not None
    assert again.editor.toPlainText().startswith("写了一半")
    again.reject()
    box = seen(again, QMessageBox)
    QTest.keyClick(next(one for one in box.buttons() if one.text() == "不保存"), Qt.Key.Key_Space)
    last = preview.preview.change_words()
    assert last is not None and not last.editor.toPlainText().startswith("写了一半")


def test_a_paper_that_is_no_text_has_no_words_to_change(window: MainWindow) -> None:
    window.print_papers()
    dialog = next(one for one in window.findChildren(QWidget) if type(one).__name__ == "PrintDialog")
    (manual,) = dialog.list.findItems("使用手册", Qt.MatchFlag.MatchExactly)  # type: ignore[attr-defined]
    dialog.list.setCurrentItem(manual)  # type: ignore[attr-defined]
    assert not dialog.preview.words_button.isVisibleTo(dialog)  # type: ignore[attr-defined]


def test_a_condition_is_chosen_and_written_between(dialog: WordingDialog, write: Write) -> None:
    dialog.names.box.setFocus()
    write(dialog.names.box, "开展记录.备注")
    hands = Hands()
    hands.press("Down")
    hands.press("Shift+Return")
    hands.write("另有备注。")
    assert dialog.editor.toPlainText().startswith("«如 有 开展记录.备注»另有备注。«完»")


def select_all_of_line(dialog: WordingDialog, line: int) -> None:
    go_to_line(dialog, line)
    QTest.keyClick(dialog.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)


def lines(dialog: WordingDialog) -> list[str]:
    return dialog.editor.toPlainText().split("\n")


def test_what_is_chosen_never_breaks_what_stands_there(dialog: WordingDialog) -> None:
    dialog.editor.setPlainText("甲«开展记录.主题»乙\n【居中】丙")
    settled(dialog)
    cursor = dialog.editor.textCursor()
    cursor.setPosition(5)
    dialog.editor.setTextCursor(cursor)
    dialog.editor.put_in("«今天»")
    dialog.editor.put_in("长")
    dialog.editor.put_in("空")
    assert lines(dialog)[0] == "甲«开展记录.主题»«今天 长 空12»乙"
    go_to_line(dialog, 2)
    dialog.editor.put_in("【副标题】")
    assert lines(dialog)[1:] == ["【副标题】", "【居中】丙"], "a line has one mark"
    select_all_of_line(dialog, 1)
    dialog.editor.put_in("«如 有 开展记录.备注»«完»")
    assert lines(dialog)[0] == "«如 有 开展记录.备注»甲«开展记录.主题»«今天 长 空12»乙«完»"
    settled(dialog)
    assert dialog.problem.text() == "第2行：“【副标题】”后面应有1段，用“｜”分开"
    for _ in range(8):
        QTest.keyClick(dialog.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lines(dialog) == ["甲«开展记录.主题»乙", "【居中】丙"], "every choice is undone by Ctrl+Z"


def test_a_table_is_put_in_whole(dialog: WordingDialog, write: Write) -> None:
    put_first(dialog, "头一行\n")
    QTest.keyClick(dialog.editor, Qt.Key.Key_Up)
    dialog.names.box.setFocus()
    write(dialog.names.box, "【表】")
    QTest.keyClick(dialog.names.box, Qt.Key.Key_Return)
    settled(dialog)
    assert lines(dialog)[:4] == ["头一行", "【表】列名一 10｜列名二 20", "【行】｜", "【表完】"]
    assert dialog.problem.text() == ""


def test_what_comes_from_word_is_pasted_line_by_line(dialog: WordingDialog) -> None:
    pasted = QMimeData()
    pasted.setText("第一行\u2028第二行\x0b«开展记录.\u200b主题»\r\n\u00a0《开展记录.主题》\r\n")
    QTest.keyClick(dialog.editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    dialog.editor.insertFromMimeData(pasted)
    assert lines(dialog)[:4] == ["第一行", "第二行", "«开展记录.主题»", " 《开展记录.主题》"]
    settled(dialog)
    assert dialog.problem.text().startswith("第4行：“《开展记录.主题》”的括号应是«»")
    marked = dialog.editor.extraSelections()
    assert [one.cursor.blockNumber() for one in marked] == [3]


def test_what_is_left_over_is_told_and_gone_when_it_was_taken_back(
    preview: PreviewDialog, dialog: WordingDialog
) -> None:
    before = dialog.editor.toPlainText()
    put_first(dialog, "写了一半\n")
    settled(dialog)
    WordingDialog.done(dialog, 0)
    again = preview.preview.change_words()
    assert again is not None
    assert again.told.text().startswith("这是上次改了没有保存的措辞")
    again.editor.setPlainText(before)
    settled(again)
    again.reject()
    last = preview.preview.change_words()
    assert last is not None and last.editor.toPlainText() == before
    assert "上次" not in last.told.text()


def test_settings_refused_change_nothing(dialog: WordingDialog, desk: Desk) -> None:
    put_first(dialog, "«开展记录.主持者»\n")
    before = dialog.text
    form = dialog.set_kind()
    form.form.write({"title": "会议纪要", "signed": "三星乡安委办"})
    form.save()
    assert form.isVisible() and "已有名为“会议纪要”的材料" in form.banner.text()
    form.form.write({"title": "签到簿"})
    form.save()
    assert "正文里有写错的地方，请先改好再设置" in form.banner.text()
    form.reject()
    assert dialog.text == before and "签到簿" not in desk.rewording.text("sign-in")


def test_a_paper_of_her_own_is_removed_in_the_window(
    preview: PreviewDialog, dialog: WordingDialog, desk: Desk, seen: Seen, window: MainWindow
) -> None:
    form = dialog.make_own()
    form.form.write({"title": "村级签到表"})
    form.save()
    preview.reject()
    row = desk.activities.get(1)
    preview_record(window.office, report_of(window.office, "村级签到表"), row, window)
    shown = seen(window, PreviewDialog)
    again = shown.preview.change_words()
    assert again is not None
    assert again.back_button.text() == "删除这份材料…" and not again.original_button.isVisibleTo(again)
    QTest.keyClick(again.back_button, Qt.Key.Key_Space)
    box = seen(again, QMessageBox)
    QTest.keyClick(next(one for one in box.buttons() if one.text() == "删除"), Qt.Key.Key_Space)
    assert not shown.isVisible()
    assert "村级签到表" not in [one.id for one in desk.rewording.states()]


def test_words_that_cannot_be_told_any_more_are_mended_in_the_window(window: MainWindow, desk: Desk) -> None:
    number = desk.activities.add(ACTIVITY).ids[0]
    text = desk.rewording.text("sign-in").replace("开展记录.主持人", "开展记录.旧栏目")
    desk.books.wordings.keep("sign-in", "会议签到表", text, "旧的原文")
    preview_record(window.office, report_of(window.office, "sign-in"), desk.activities.get(number), window)
    shown = next(one for one in window.findChildren(PreviewDialog) if one.isVisible())
    assert "的措辞现在排不出来，请点“改措辞”修改，或者恢复原文" in shown.preview.told.text()
    dialog = shown.preview.change_words()
    assert dialog is not None and "没有这个栏目：“开展记录.旧栏目”" in dialog.problem.text()
    dialog.editor.setPlainText(dialog.editor.toPlainText().replace("旧栏目", "主持人"))
    settled(dialog)
    Hands().press("Ctrl+S")
    assert words_of(shown).startswith("会议签到表")


def test_everything_is_reached_by_keys_in_a_small_window(dialog: WordingDialog) -> None:
    dialog.resize(911, 480)
    reached = set()
    dialog.editor.setFocus()
    for _ in range(20):
        reached.add(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert {dialog.editor, dialog.names.box, dialog.names.tree} <= reached


def test_very_many_faults_do_not_fill_the_dialog(dialog: WordingDialog) -> None:
    dialog.editor.setPlainText("«开展记录.没有»\n" * 3000)
    settled(dialog)
    told = dialog.problem.text().split("\n")
    assert len(told) == 3 and told[0].startswith("第1行：没有这个栏目") and told[-1] == "还有98处，都已标出"


def test_an_older_preview_never_covers_a_newer_one(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = str(desk.activities.add(ACTIVITY).ids[0])
    office, over = Office(desk, Jobs()), QWidget()
    qtbot.addWidget(over)
    over.show()
    newer_is_shown, proof = threading.Event(), desk.rewording.proof

    def slow(text: str, number: str = "") -> Proof:
        made = proof(text, number)
        if "旧的" in text:
            newer_is_shown.wait(20)
        return made

    monkeypatch.setattr(desk.rewording, "proof", slow)
    dialog = WordingDialog(office, "sign-in", "会议签到表", number, over)
    dialog.open()
    shown: list[str] = []
    monkeypatch.setattr(dialog.view, "show_proof", lambda one: shown.append(str(one.paper.blocks)))
    put_first(dialog, "旧的\n")
    dialog.look()
    dialog.editor.setPlainText(dialog.editor.toPlainText().replace("旧的", "新的"))
    dialog.look()
    qtbot.waitUntil(lambda: any("新的" in one for one in shown))
    newer_is_shown.set()
    office.jobs.wait()
    assert "新的" in shown[-1] and not any("旧的" in one for one in shown)
    dialog.look()
    WordingDialog.done(dialog, 0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    office.jobs.wait()
    office.jobs.stop()
