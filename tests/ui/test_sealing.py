"""The seal on informants in the window: the code shown, typed on another computer, an informant erased."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.books.informants import ERASED, LOCKED
from hazard_desk.desk import Desk
from hazard_desk.store.place import USER_FOLDER
from hazard_desk.store.tables import Audit
from tests.bytes_kept import found_in
from tests.ui.conftest import Seen
from ui.forms.form_dialog import FormDialog
from ui.sealing import CodeDialog, SealDialog, SealNotes, show_new_code
from ui.trouble import TroubleDesk
from ui.window import MainWindow

Form = Callable[[], FormDialog]
TIP = {
    "received_on": "2020-05-20",
    "way": "电话",
    "content": "消防通道堵塞",
    "verified": "属实",
    "answered_on": "2020-05-25",
    "informant_name": "王示例",
    "informant_phone": "13800001234",
}


def texts(over: QWidget) -> str:
    return "\n".join(one.text() for one in over.findChildren(QLabel) if one.isVisible())


def press(over: QWidget, text: str) -> None:
    QCoreApplication.processEvents()
    next(one for one in over.findChildren(QPushButton) if one.isVisible() and one.text() == text).click()
    QCoreApplication.processEvents()


def last_act(desk: Desk) -> str:
    return str(desk.cabinet.records(Audit, Audit.select())[-1].title)


@pytest.fixture
def tip(desk: Desk) -> int:
    return desk.tips.add(TIP).ids[0]


@pytest.fixture
def code(desk: Desk, tip: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The code of the desk, on a computer that does not have it."""
    code = desk.seal.code
    monkeypatch.setenv(USER_FOLDER, str(tmp_path / "other"))
    monkeypatch.setattr(desk.seal, "_master", None)
    return code


class TestTheCode:
    def test_a_new_one_is_shown_once(self, window: MainWindow, desk: Desk, seen: Seen):
        show_new_code(window.office, window)
        dialog = seen(window, CodeDialog)
        assert dialog.shown.text().split() == desk.seal.code.split("-")
        assert last_act(desk) == "查看恢复码"
        dialog.close()
        QCoreApplication.processEvents()
        show_new_code(window.office, window)
        assert not any(one.isVisible() for one in window.findChildren(CodeDialog))

    def test_the_first_page_reminds_until_it_was_printed(self, window: MainWindow, desk: Desk):
        notes = window.page.findChild(SealNotes)
        assert "恢复码还没有打印" in texts(notes)
        window.office.perform(lambda: desk.seal.print(lambda code: None))
        QCoreApplication.processEvents()
        assert texts(notes) == ""

    def test_it_is_shown_from_the_dialog(self, window: MainWindow, desk: Desk, seen: Seen):
        window.show_seal()
        press(seen(window, SealDialog), "查看和打印恢复码")
        assert desk.seal.code.split("-")[0] in seen(window, CodeDialog).shown.text()


class TestAnotherComputer:
    def test_a_slip_is_told_and_the_code_opens_all(
        self, code: str, window: MainWindow, desk: Desk, tip: int, form: Form
    ):
        assert "1条举报人信息暂时不能查看" in texts(window.page.findChild(SealNotes))
        window.open_record(f"tips/{tip}")
        assert LOCKED in texts(window.page)
        press(window.page, "输入恢复码")
        form().form.editor("code").put(code[:-1] + ("0" if code[-1] != "0" else "1"))
        form().save()
        assert "有输错的地方" in texts(form())
        form().form.editor("code").put(code.lower())
        form().save()
        QCoreApplication.processEvents()
        assert "王**" in texts(window.page) and LOCKED not in texts(window.page)

    def test_enter_in_the_dialog_asks_for_the_code(
        self, code: str, window: MainWindow, seen: Seen, form: Form, qtbot: QtBot
    ):
        window.show_seal()
        dialog = seen(window, SealDialog)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        assert form().windowTitle() == "输入恢复码"

    def test_a_lost_one_is_replaced_after_a_question(
        self, code: str, window: MainWindow, desk: Desk, seen: Seen
    ):
        window.show_seal()
        dialog = seen(window, SealDialog)
        press(dialog, "恢复码找不到了…")
        press(seen(dialog, QMessageBox), "更换")
        assert seen(window, CodeDialog).shown.text().split() == desk.seal.code.split("-") != code.split("-")


class TestErasing:
    def test_from_the_record(self, window: MainWindow, desk: Desk, tip: int, form: Form):
        window.open_record(f"tips/{tip}")
        press(window.page, "抹去举报人")
        assert "也不能撤销" in texts(form())
        form().form.editor("reason").put("王示例本人要求")
        form().save()
        assert "请不要写举报人的姓名" in texts(form())
        form().form.editor("reason").put("本人要求")
        form().save()
        QCoreApplication.processEvents()
        assert desk.tips.get(tip).informant == ERASED and ERASED in texts(window.page)
        shown = {one.text() for one in window.page.findChildren(QPushButton) if one.isVisible()}
        assert not shown & {"抹去举报人", "查看举报人"}

    def test_what_is_due_is_proposed(self, window: MainWindow, desk: Desk, form: Form, seen: Seen):
        number = desk.tips.add(TIP).ids[0]
        window.office.renew()
        QCoreApplication.processEvents()
        notes = window.page.findChild(SealNotes)
        assert "有1条记录的举报人信息已满保存年限" in texts(notes)
        notes.open_dialog()
        dialog = seen(window, SealDialog)
        press(dialog, "抹去…")
        form().form.editor("reason").put("保存期满")
        form().save()
        QCoreApplication.processEvents()
        assert desk.tips.get(number).informant == ERASED
        assert "没有满保存年限" in texts(dialog)

    def test_old_copies_are_written_anew(self, window: MainWindow, desk: Desk, tip: int, seen: Seen):
        desk.copies.make()
        desk.erasing.erase("tips", tip, "保存期满")
        window.show_seal()
        dialog = seen(window, SealDialog)
        QCoreApplication.processEvents()
        assert "有1份备份里还有未封存的" in texts(dialog)
        press(dialog, "全部改写")
        assert desk.in_clear() == ([], [])
        assert "未封存的，" not in texts(dialog)


def test_what_nobody_foresaw_tells_no_name(
    window: MainWindow, desk: Desk, tip: int, form: Form, caplog: pytest.LogCaptureFixture
):
    """A bug while the form with the informant is saved: neither the dialog nor the log has what was typed."""
    troubles = TroubleDesk(window)
    troubles.install()
    try:
        window.open_record(f"tips/{tip}")
        press(window.page, "修改")
        form().form.editor("informant_name").put("欧阳示例")
        form().form.editor("informant_phone").put("13912345678")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(desk.books.informants.cabinet, "act", None)
            QTimer.singleShot(0, form().save)
            QCoreApplication.processEvents()
        QCoreApplication.processEvents()
        assert troubles.dialog is not None
        said = troubles.dialog.details + caplog.text
        assert "TypeError" in said and "欧阳示例" not in said and "13912345678" not in said
        troubles.dialog.accept()
    finally:
        troubles.uninstall()
        caplog.clear()
    assert found_in([desk.folder], ["欧阳示例", "13912345678"]) == []
