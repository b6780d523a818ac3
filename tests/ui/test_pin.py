"""The lock of the window, by keys: all is covered, the PIN opens it, drafts and dialogs are still there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from hazard_desk.desk import Desk
from hazard_desk.store.seal import pin as pin_module
from ui.forms.form_dialog import FormDialog
from ui.pin import Cover, LockScreen, PinDialog
from ui.settings.dialog import SettingsDialog
from ui.widgets.dialog import Dialog
from ui.window import MainWindow

WORD = "8462"


@pytest.fixture
def locked(window: MainWindow, desk: Desk) -> MainWindow:
    """The window, with a PIN, locked by key."""
    desk.pin.choose(WORD, WORD)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.locker.locked
    return window


def screen(window: MainWindow) -> LockScreen:
    QCoreApplication.processEvents()
    assert window.locker.screen is not None
    assert QApplication.activeModalWidget() is window.locker.screen
    return window.locker.screen


def type_pin(window: MainWindow, word: str) -> None:
    field = screen(window).field
    QTest.keyClicks(field, word)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QCoreApplication.processEvents()


def covered(widget: QWidget) -> bool:
    covers = [cover for cover in widget.findChildren(Cover) if cover.parentWidget() is widget]
    return any(cover.isVisible() and cover.geometry() == widget.rect() for cover in covers)


def test_ctrl_l_covers_the_window_and_the_pin_opens_it(locked: MainWindow) -> None:
    assert covered(locked)
    assert screen(locked).field.echoMode() == screen(locked).field.EchoMode.Password
    shown = [widget.text() for widget in screen(locked).findChildren(QWidget) if hasattr(widget, "text")]
    assert set(shown) == {"三星乡应急办", "", "打开", "忘了锁屏密码的，可以输入恢复码"}
    locked.resize(1000, 700)
    assert covered(locked)
    type_pin(locked, WORD)
    assert not locked.locker.locked
    assert not covered(locked)
    assert QApplication.activeModalWidget() is None


def test_a_wrong_pin_and_esc_open_nothing(locked: MainWindow) -> None:
    type_pin(locked, "0000")
    assert screen(locked).told.text() == "锁屏密码不对，请重新输入"
    assert screen(locked).field.text() == ""
    QTest.keyClick(screen(locked).field, Qt.Key.Key_Escape)
    screen(locked).close()
    assert locked.locker.locked
    assert covered(locked)


def test_after_three_wrong_ones_she_waits(
    locked: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(desk.pin, "_now", lambda: now[0])
    for _ in range(3):
        type_pin(locked, "0000")
    assert not screen(locked).field.isEnabled()
    assert screen(locked).told.text() == "锁屏密码不对，输错次数多了，请等5秒再试"
    now[0] += 6
    screen(locked)._count_down()
    type_pin(locked, WORD)
    assert not locked.locker.locked


def test_a_form_that_is_open_is_covered_and_kept(window: MainWindow, desk: Desk, seen) -> None:
    desk.pin.choose(WORD, WORD)
    window.go(5)
    window.page.seen.start_new()
    form = seen(window, FormDialog)
    title = form.windowTitle()
    form.form.put({"description": "wires"})
    window.locker.lock()
    assert covered(form)
    assert title not in form.windowTitle()
    type_pin(window, WORD)
    assert form.isVisible()
    assert form.windowTitle() == title
    assert form.form.raw()["description"] == "wires"


def test_ctrl_l_works_over_a_dialog(window: MainWindow, desk: Desk) -> None:
    desk.pin.choose(WORD, WORD)
    dialog = Dialog("附件", window)
    dialog.open()
    handle = dialog.windowHandle()
    window.locker._watch(handle)
    QTest.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.locker.locked
    assert covered(dialog)
    type_pin(window, WORD)
    dialog.reject()


def test_what_comes_up_meanwhile_is_covered_and_does_not_take_the_keys(locked: MainWindow) -> None:
    late = Dialog("已生成", locked)
    QPushButton("打开文件", late)
    late.open()
    QCoreApplication.processEvents()
    assert covered(late)
    assert late.windowTitle() == "已锁定"
    type_pin(locked, WORD)
    assert not covered(late)
    late.reject()


def test_minutes_without_input_lock_it(window: MainWindow, desk: Desk) -> None:
    assert not window.locker.idle.isActive()
    desk.pin.choose(WORD, WORD, 5)
    window.locker.heed()
    assert window.locker.idle.interval() == 5 * 60_000
    window.locker.idle.timeout.emit()
    assert covered(window)
    assert not window.locker.idle.isActive()
    type_pin(window, WORD)
    assert window.locker.idle.isActive()


def test_nothing_is_reminded_of_while_it_is_locked(
    locked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(locked.reminders.tray, "tell", told.append)
    locked.reminders.start()
    locked.reminders.nudge()
    locked.reminders.tray.click()
    QCoreApplication.processEvents()
    assert told == []
    type_pin(locked, WORD)
    assert len(told) == 1, "what was missed is told"


def test_without_a_pin_one_is_chosen_first(window: MainWindow, desk: Desk, seen) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    dialog = seen(window, PinDialog)
    for field, word in zip(dialog.fields, ("8462", "8463"), strict=True):
        QTest.keyClicks(field, word)
    QTest.keyClick(dialog.fields[1], Qt.Key.Key_Return)
    assert dialog.told.text() == "两次输入的锁屏密码不一样，请重新输入"
    dialog.fields[1].clear()
    QTest.keyClicks(dialog.fields[1], WORD)
    dialog.minutes.setCurrentText("20分钟")
    QTest.keyClick(dialog.fields[1], Qt.Key.Key_Return)
    assert desk.pin.opens(WORD)
    assert desk.pin.minutes == 20
    assert window.locker.idle.isActive()


def test_the_settings_lead_to_it_and_it_can_be_given_up(window: MainWindow, desk: Desk, seen) -> None:
    desk.pin.choose(WORD, WORD)
    window.locker.heed()
    window.change_settings()
    settings = seen(window, SettingsDialog)
    settings.pin_button.click()
    dialog = seen(window, PinDialog)
    dialog.remove_button.click()
    assert not desk.pin.is_set
    assert not window.locker.idle.isActive()
    settings.reject()


def test_the_recovery_code_opens_it_and_a_new_pin_is_asked_for(locked: MainWindow, desk: Desk, seen) -> None:
    type_pin(locked, desk.seal.code)
    assert not locked.locker.locked
    seen(locked, PinDialog).reject()


def test_a_desk_that_opens_with_a_pin_begins_locked(office, desk: Desk) -> None:
    desk.pin.choose(WORD, WORD)
    made = MainWindow(office)
    made.locker.lock()
    made.show()
    QCoreApplication.processEvents()
    assert covered(made)
    type_pin(made, WORD)
    assert not made.locker.locked
    made.close()
    made.deleteLater()


def test_the_hash_is_a_slow_one() -> None:
    assert pin_module._COST["n"] >= 2**14
