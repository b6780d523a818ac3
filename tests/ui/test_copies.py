"""Backing the whole desk up from the window, and going back to a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.store.copies.list import Copy
from hazard_desk.store.copies.making import read_back
from tests.conftest import TODAY
from tests.ui.conftest import Seen, turn
from ui.app import open_window
from ui.copies.dialog import CopiesDialog
from ui.copies.making import PortableDialog
from ui.copies.password import PasswordDialog
from ui.copies.restoring import WantedCopy
from ui.copies.table import FAULTY, PROVED, proof_word
from ui.pages.desk_page import DeskPage
from ui.pages.enterprise_page import EnterprisePage
from ui.production import MadeDialog
from ui.settings.dialog import SettingsDialog
from ui.window import MainWindow

UNIT = {"name": "示例一厂", "category": "企业", "sector": "工贸"}


def attached(desk: Desk, hazard: int) -> Path:
    """Put a file on a record; return where the desk keeps it."""
    desk.attachments.add("hazards", hazard, b"%PDF-1.4 x", "notice.pdf", "文件")
    (row,) = desk.attachments.of("hazards", hazard)
    return desk.attachments.path(row)


def press(over: QWidget, words: str) -> None:
    QCoreApplication.processEvents()
    next(one for one in over.findChildren(QPushButton) if one.text() == words and one.isVisible()).click()


def test_a_copy_is_written_and_checked(window: MainWindow, seen: Seen, desk: Desk) -> None:
    window.show_copies()
    dialog: CopiesDialog = seen(window, CopiesDialog)
    assert dialog.view.line.told.text().startswith("还没有备份过，最多丢失：")
    assert dialog.view.table.rowCount() == 0
    press(dialog, "立即备份")
    assert dialog.view.line.told.text().startswith("已全部备份（今天")
    (copy,) = dialog.view.table.copies
    assert copy.file.parent == desk.folder / "backups"
    read_back(copy.file)
    assert window.notice.text == "已全部备份并校验"


def test_a_file_that_is_no_copy_is_refused_and_nothing_happens(
    window: MainWindow, seen: Seen, tmp_path: Path
) -> None:
    window.show_copies()
    dialog: CopiesDialog = seen(window, CopiesDialog)
    (tmp_path / "x.zip").write_bytes(b"PK")
    dialog.check(tmp_path / "x.zip")
    assert "不是隐患工作台的备份文件" in dialog.problem.text()
    assert window.wanted_copy is None
    assert window.isVisible()


def test_the_table_tells_each_copy(window: MainWindow, seen: Seen, desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    desk.copies.set_second(stick)
    desk.copies.make()
    desk.copies.portable(tmp_path / "交接.zip", "一二三四五六七八")
    window.show_copies()
    dialog: CopiesDialog = seen(window, CopiesDialog)
    table = dialog.view.table
    kinds = {(copy.portable, copy.locked) for copy in table.copies}
    assert kinds == {(False, False), (True, True)}
    assert {proof_word(copy) for copy in table.copies} == {PROVED}
    places = [table.item(row, 1).text() for row in range(3)]
    assert sorted(places) == ["单个文件（有密码）：" + str(tmp_path), "本机", "第二备份位置"]
    row = next(place for place, copy in enumerate(table.copies) if copy.locked)
    table.selectRow(row)
    assert "密码丢失后任何人都打不开" in dialog.view.about.text()
    assert dialog.view.second.place is not None and dialog.view.second.place.is_relative_to(stick)
    (tmp_path / "交接.zip").unlink()
    dialog.view.refresh()
    table.selectRow(row)
    assert "文件已被移走或删除" in dialog.view.about.text()
    assert not dialog.view.restore_button.isEnabled()


def test_a_copy_that_lost_a_photo_says_so(window: MainWindow, seen: Seen, desk: Desk, hazard: int) -> None:
    file = attached(desk, hazard)
    file.unlink()
    desk.copies.make()
    window.show_copies()
    dialog: CopiesDialog = seen(window, CopiesDialog)
    assert proof_word(dialog.view.table.copies[0]) == FAULTY
    assert "notice.pdf" in dialog.view.about.text()
    assert "请不要用它恢复" in dialog.view.about.text()


def test_a_second_place_is_chosen_kept_and_dropped(
    window: MainWindow, seen: Seen, desk: Desk, tmp_path: Path
) -> None:
    window.show_copies()
    view = seen(window, CopiesDialog).view
    assert view.second.shown.text() == "还没有选择"
    view.second.take(tmp_path)
    assert len(desk.copies.places) == 2
    assert desk.copies.places[1].is_relative_to(tmp_path)
    assert "同一块硬盘" in view.second.remark.text()
    press(view, "立即备份")
    assert {copy.place for copy in view.table.copies} == set(desk.copies.places)
    view.second.take(desk.folder / "out")
    assert "不能在台账自己的文件夹里" in seen(window, QMessageBox).text()
    press(view, "不用了")
    assert len(desk.copies.places) == 1


def test_the_settings_show_the_second_place(
    window: MainWindow, desk: Desk, seen: Seen, tmp_path: Path
) -> None:
    desk.copies.set_second(tmp_path)
    window.change_settings()
    settings = seen(window, SettingsDialog)
    assert settings.second.place == desk.copies.places[1]
    settings.second.drop()
    assert len(desk.copies.places) == 1


def test_one_file_behind_a_password(
    window: MainWindow, seen: Seen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    window.show_copies()
    press(window, "备份到一个文件…")
    asking = seen(window, PortableDialog)
    assert "任何人都打不开" in " ".join(one.text() for one in asking.findChildren(QLabel))
    press(asking, "备份")
    assert asking.problem.text() == "请选择备份存放的位置"
    asking.file.setText(str(tmp_path / "交接.zip"))
    qtbot.keyClicks(asking.password, "one two three")
    qtbot.keyClicks(asking.again, "one two four")
    qtbot.keyClick(asking.again, Qt.Key.Key_Return)
    assert "两次输入的密码不一样" in asking.problem.text()
    asking.again.setText("one two three")
    qtbot.keyClick(asking.again, Qt.Key.Key_Return)
    file = seen(window, MadeDialog).file
    seen(window, MadeDialog).accept()
    window.show_copies()
    dialog = seen(window, CopiesDialog)
    dialog.check(file)
    password = seen(dialog, PasswordDialog)
    qtbot.keyClicks(password.password, "wrong")
    qtbot.keyClick(password.password, Qt.Key.Key_Return)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    password = seen(dialog, PasswordDialog)
    assert any(
        "密码" in one.text() for one in password.findChildren(QLabel) if one.property("role") == "problem"
    )
    qtbot.keyClicks(password.password, "one two three")
    qtbot.keyClick(password.password, Qt.Key.Key_Return)
    press(seen(dialog, QMessageBox), "恢复")
    assert window.wanted_copy == WantedCopy(file, "one two three")


def test_a_copy_without_a_photo_is_put_back_only_after_a_question(
    window: MainWindow, seen: Seen, desk: Desk, hazard: int, tmp_path: Path, qtbot: QtBot
) -> None:
    file = attached(desk, hazard)
    copy = desk.backup()
    kept = next((copy.parent / "files").rglob("*.pdf"))
    kept.unlink()
    window.show_copies()
    dialog = seen(window, CopiesDialog)
    dialog.check(copy)  # the desk itself has the photo
    box = seen(dialog, QMessageBox)
    assert "校验通过" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    file.unlink()
    dialog.check(copy)
    box = seen(dialog, QMessageBox)
    assert "缺少1个附件" in box.text() and "仍要恢复其余内容吗" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert window.wanted_copy is None
    dialog.check(copy)
    press(seen(dialog, QMessageBox), "恢复其余内容")
    box = seen(dialog, QMessageBox)
    assert "除了缺少的附件，校验通过" in box.text()
    press(box, "恢复")
    assert window.wanted_copy == WantedCopy(copy, incomplete=True)


def told(window: MainWindow) -> tuple[list[str], str, str]:
    """What stands in the book, what its page tells, and how many hazards the first page counts."""
    first = turn(window, DeskPage)
    window.office.jobs.wait()
    (waiting,) = (
        line.accessibleName()
        for line in first.hazards.findChildren(QAbstractButton)
        if line.accessibleName().startswith("待整改")
    )
    page = turn(window, EnterprisePage)
    window.office.jobs.wait()
    return window.office.desk.enterprises.names(), page.total.text(), waiting


def when_open(act: Callable[[MainWindow], object]) -> None:
    """Do something as soon as a window is open."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MainWindow) and widget.isVisible():
            try:
                act(widget)
            except BaseException:
                widget.close()  # a window that nobody closes would keep the test for ever
                raise
            return
    QTimer.singleShot(5, partial(when_open, act))


def test_going_back_to_a_copy_shows_its_state_on_every_page(
    blank: Path, folder: Path, found: Row, qtbot: QtBot
) -> None:
    shutil.copytree(blank, folder)
    with Desk.open(folder, TODAY) as desk:
        copy = desk.backup()
        desk.enterprises.add(UNIT)
        desk.hazards.add(found)
    seen: list[tuple[list[str], str, str]] = []

    def go_back(window: MainWindow) -> None:
        seen.append(told(window))
        window.show_copies()
        dialog = window.findChild(CopiesDialog)
        assert dialog is not None
        dialog.check(copy)

        def asked() -> QMessageBox | None:
            return next((box for box in window.findChildren(QMessageBox) if box.isVisible()), None)

        qtbot.waitUntil(lambda: asked() is not None)
        question = asked()
        assert question is not None
        press(question, "恢复")
        QTimer.singleShot(50, partial(when_open, look))

    def look(window: MainWindow) -> None:
        seen.append(told(window))
        window.close()

    QTimer.singleShot(0, partial(when_open, go_back))
    assert open_window(folder, TODAY) == 0
    assert seen == [(["示例一厂"], "共1条", "待整改 1"), ([], "共0条", "待整改 0")]
    assert list(folder.glob("before-restore-*")), "what was there is kept"


def test_a_copy_of_version_0_3_0_is_written_anew(
    window: MainWindow, seen: Seen, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.copies.make()
    with monkeypatch.context() as then:
        then.setattr(Copy, "holds_clear", True)
        window.show_copies()
        dialog = seen(window, CopiesDialog)
        assert "点“改写”去掉" in dialog.view.about.text()
        rewritten: list[Copy] = []
        then.setattr(Desk, "rewrite_copy", lambda desk, copy, password: rewritten.append(copy) or copy)
        press(dialog, "改写")
        assert rewritten == dialog.view.table.copies
    assert window.notice.text == "备份已改写并校验"
