"""A second start of the program: the window that is open comes to the front, with the copy it was given."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.store.starting.calling import CallBox
from tests.conftest import ROOT, TODAY
from tests.ui.walk.screen import missing, screen
from ui import app
from ui.app import open_window
from ui.copies.dialog import CopiesDialog
from ui.program.calls import Calls
from ui.welcome.dialog import WelcomeDialog
from ui.window import MainWindow


@pytest.fixture
def calls(user_folder: Path, window: MainWindow) -> Iterator[Calls]:
    made = Calls(window)
    yield made
    made.stop()


def call(window: MainWindow, calls: Calls, copy: Path | None = None) -> None:
    box = CallBox(window.office.desk.folder)
    assert box.call(copy, lambda seconds: calls.look())
    QCoreApplication.processEvents()


def test_a_call_brings_the_window_up(window: MainWindow, calls: Calls):
    window.showMinimized()
    call(window, calls)
    assert not window.isMinimized()
    assert window.isActiveWindow()


def test_the_copy_is_read_and_asked_about(window: MainWindow, calls: Calls, seen, desk: Desk):
    copy = desk.backup()
    call(window, calls, copy)
    box = seen(seen(window, CopiesDialog), QMessageBox)
    assert "校验通过" in box.text()
    assert window.wanted_copy is None
    box.buttons()[1].click()
    assert window.wanted_copy is not None
    assert window.wanted_copy.file == copy


def test_a_locked_window_asks_once_it_is_open_again(window: MainWindow, calls: Calls, seen, desk: Desk):
    copy = desk.backup()
    desk.pin.choose("2468", "2468")
    window.locker.lock()
    call(window, calls, copy)
    assert window.findChildren(CopiesDialog) == []
    window.locker._unlock(False)
    assert seen(window, CopiesDialog)


def test_without_a_desk_the_copy_is_offered_first(
    user_folder: Path, desk: Desk, meanwhile: Callable[..., None]
):
    copy = desk.backup()
    seen: list[str] = []

    def read(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        seen.append(box.text())
        meanwhile(MainWindow, QWidget.close)
        box.buttons()[1].click()

    meanwhile(WelcomeDialog, lambda welcome: meanwhile(QMessageBox, read))
    assert main([str(copy)], lambda: app) == 0
    assert copy.name in seen[0]
    assert list(user_folder.rglob("desk.db")), "put back and opened"


def test_a_copy_that_is_not_there_is_told(
    user_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    monkeypatch.setattr(app, "tell", lambda sentence: None)
    assert main(["没有.zip"], lambda: app) == 2
    assert "没有备份文件“没有.zip”" in capsys.readouterr().err
    caplog.clear()


def test_the_open_window_is_called_from_the_start(
    user_folder: Path, blank: Path, folder: Path, meanwhile: Callable[..., None]
):
    """The second start leaves with 0 and shows nothing of its own."""
    shutil.copytree(blank, folder)
    codes: list[int] = []

    def start_again(window: QWidget) -> None:
        second = subprocess.Popen(
            [sys.executable, "-m", "hazard_desk", "--desk", str(folder)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        while second.poll() is None:
            QCoreApplication.processEvents()
        codes.append(second.returncode)
        window.close()

    meanwhile(MainWindow, start_again)
    assert open_window(folder, TODAY) == 0
    assert codes == [0]


def ask_screen(seen: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(["xdotool", *words], env=seen, capture_output=True, text=True, check=False)
    return done.stdout.strip()


@pytest.mark.skipif(bool(missing()), reason="no screen can be made here")
def test_two_real_starts_show_one_window(user_folder: Path, blank: Path, folder: Path):
    shutil.copytree(blank, folder)
    with Desk.open(folder, date.today()) as desk:
        name = desk.office_name
    program = [sys.executable, "-m", "hazard_desk", "--desk", str(folder)]
    with screen() as seen:
        first = subprocess.Popen(program, cwd=ROOT, env=seen)
        try:
            found = ask_screen(seen, "search", "--sync", "--onlyvisible", "--name", name)
            window = found.splitlines()[0]
            ask_screen(seen, "windowminimize", "--sync", window)
            assert ask_screen(seen, "search", "--onlyvisible", "--name", name) == ""
            assert subprocess.run(program, cwd=ROOT, env=seen, check=False, timeout=60).returncode == 0
            again = ask_screen(seen, "search", "--sync", "--onlyvisible", "--name", name)
            assert again.splitlines() == [window]
            assert ask_screen(seen, "getactivewindow") == window
        finally:
            first.terminate()
            first.wait()
