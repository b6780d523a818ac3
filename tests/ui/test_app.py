"""Opening the program: the window on a desk, the first start, and what is told when it cannot open."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.errors import Trouble
from ui import app, application
from ui.app import open_window
from ui.rescue.dialog import RescueDialog
from ui.welcome.dialog import WelcomeDialog
from ui.window import MainWindow

TODAY = date(2023, 6, 1)

NAMED = """
import sys
from PySide6.QtCore import QCoreApplication
sys.argv[0] = sys.argv[1]
from ui.application import make_application
app = make_application()
same = make_application() is app
yes = QCoreApplication.translate("QPlatformTheme", "&Yes")
look = QCoreApplication.translate("QFileDialog", "Look in:")
other = QCoreApplication.translate("QElsewhere", "Other")
said = [app.applicationDisplayName(), same, yes, look, other]
print([*said, bool(app.styleSheet()), app.windowIcon().isNull()])
"""


@pytest.mark.parametrize("file", ["hazard-desk", "/opt/隐患/hazard-desk", "anything"])
def test_the_program_is_dressed_whatever_its_file_is_called(
    program: Callable[..., CompletedProcess[str]], file: str
) -> None:
    said = program("-c", NAMED, file)
    assert (said.stdout, said.stderr) == (
        "['隐患工作台', True, '是(&Y)', '查找范围：', 'Other', True, False]\n",
        "",
    )


def test_the_window_runs_until_it_is_closed(folder: Path, meanwhile: Callable[..., None]) -> None:
    Desk.create(folder, "sanxiang-2023", TODAY).close()
    titles: list[str] = []
    standing: list[int] = []

    def look_and_close(window: QWidget) -> None:
        assert isinstance(window, MainWindow)
        titles.append(window.windowTitle())
        window.complete.connect(lambda: (standing.append(gc.get_freeze_count()), window.close()))

    meanwhile(MainWindow, look_and_close)
    assert open_window(folder, TODAY) == 0
    assert titles == ["三星乡应急办"]
    assert standing > [gc.get_freeze_count()] == [0], "the collector keeps the window from painting"
    Desk.open(folder, TODAY).close()


def test_the_first_start_offers_a_desk_and_opens_it(folder: Path, meanwhile: Callable[..., None]) -> None:
    def choose(welcome: QWidget) -> None:
        assert isinstance(welcome, WelcomeDialog)
        meanwhile(MainWindow, QWidget.close)
        welcome.form.editor("office").put("三星乡应急办")
        welcome.form.editor("clerk").put("赵经办")
        welcome.plans.setCurrentRow(0)
        welcome.make()

    meanwhile(WelcomeDialog, choose)
    assert open_window(folder, TODAY) == 0
    assert (folder / "desk.db").is_file()


def test_leaving_the_first_dialog_makes_nothing(folder: Path, meanwhile: Callable[..., None]) -> None:
    meanwhile(WelcomeDialog, QWidget.close)
    assert open_window(folder, TODAY) == 0
    assert not folder.exists()


@pytest.fixture
def told(
    meanwhile: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Start the program as by a double-click; return its exit code and what its message box says."""

    def start(*words: object) -> tuple[int, str]:
        said: list[str] = []

        def read(box: QWidget) -> None:
            assert isinstance(box, QMessageBox)
            said.append(box.text())
            box.findChild(QPushButton).click()

        meanwhile(QMessageBox, read)
        code = main([str(word) for word in words], lambda: app)
        (sentence,) = said
        return code, sentence

    return start


def test_a_desk_in_use_is_told_in_the_rescue_room_and_once_on_stderr(
    folder: Path,
    meanwhile: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[str] = []

    def read(room: QWidget) -> None:
        assert isinstance(room, RescueDialog)
        room._jobs.wait()
        told.append(room.told.text())
        room.reject()

    with Desk.create(folder, "sanxiang-2023", TODAY):
        meanwhile(RescueDialog, read)
        code = main(["--desk", str(folder)], lambda: app)
    assert code == Trouble.exit_code
    assert "正在使用中" in told[0]
    assert capsys.readouterr().err.count("\n") == 1
    caplog.clear()


def test_what_keeps_the_window_from_opening_is_shown_and_logged(
    folder: Path, user_folder: Path, told: Callable[..., tuple[int, str]], caplog: pytest.LogCaptureFixture
) -> None:
    assert told("--today", "abc") == (2, "日期“abc”看不懂，请写成 2023-05-18 的样子")
    Desk.create(folder, "sanxiang-2023", TODAY).close()
    (folder / "logs").touch()
    code, sentence = told("--desk", folder)
    assert (code, "logs”应当是存放日志的文件夹" in sentence) == (Trouble.exit_code, True)
    log = (user_folder / "window.log").read_text(encoding="utf-8")
    assert "日期“abc”看不懂" in log
    assert "logs" in log
    Desk.open(folder, TODAY).close()
    caplog.clear()


def test_a_bug_before_the_window_is_shown_and_logged(
    folder: Path,
    user_folder: Path,
    told: Callable[..., tuple[int, str]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(app, "open_window", lambda folder, today, copy: 1 // 0)
    code, sentence = told()
    assert (code, str(user_folder / "window.log") in sentence) == (1, True)
    assert "ZeroDivisionError" in (user_folder / "window.log").read_text(encoding="utf-8")
    caplog.clear()


def test_without_a_console_too(
    told: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A windowed program on Windows has no stdout and no stderr."""
    with monkeypatch.context() as nothing:
        nothing.setattr("sys.stdout", None)
        nothing.setattr("sys.stderr", None)
        assert told("--today", "abc")[0] == 2
        assert main(["--today", "abc", "plans"], lambda: app) == 2
        assert main(["plans", "--json"], lambda: app) == 0
    caplog.clear()


def test_a_command_and_a_terminal_show_no_box(
    user_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(app, "tell", pytest.fail)
    for words in (["nothing"], ["--today", "abc", "tasks"], ["--desk", "nowhere", "tasks"]):
        assert main(words, lambda: app) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert not user_folder.exists()
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["--today", "abc"], lambda: app) == 2
    assert capsys.readouterr().err.count("\n") == 1
    caplog.clear()


def test_a_place_for_the_log_that_cannot_be_written_keeps_nothing_from_opening(
    folder: Path, user_folder: Path, meanwhile: Callable[..., None]
) -> None:
    Desk.create(folder, "sanxiang-2023", TODAY).close()
    shutil.rmtree(user_folder)
    user_folder.touch()
    meanwhile(MainWindow, QWidget.close)
    assert main(["--desk", str(folder)], lambda: app) == 0


def test_no_screen_is_told_and_pictures_need_none(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(application, "_has_screen", lambda: False)
    with pytest.raises(Trouble, match="显示器"):
        open_window(Path("nowhere"), TODAY)
