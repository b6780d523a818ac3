"""改措辞: a paper's words changed beside the paper, with keys; refused by line, gone back from, her own."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from tests.papers.reading import read_pdf
from tests.ui.conftest import Seen, Write
from tests.ui.hands import Hands
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


def test_a_paper_that_is_no_text_has_no_words_to_change(window: MainWindow, desk: Desk, seen: Seen) -> None:
    window.print_papers()
    dialog = next(one for one in window.findChildren(QWidget) if type(one).__name__ == "PrintDialog")
    ids = [one.id for one in desk.papers.reports() if one.alone]
    dialog.list.setCurrentRow(ids.index("hazard-ledger"))  # type: ignore[attr-defined]
    assert not dialog.preview.words_button.isVisibleTo(dialog)  # type: ignore[attr-defined]


def test_a_condition_is_chosen_and_written_between(dialog: WordingDialog, write: Write) -> None:
    dialog.names.box.setFocus()
    write(dialog.names.box, "开展记录.备注")
    hands = Hands()
    hands.press("Down")
    hands.press("Shift+Return")
    hands.write("另有备注。")
    assert dialog.editor.toPlainText().startswith("«如 有 开展记录.备注»另有备注。«完»")
