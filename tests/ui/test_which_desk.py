"""Which desk is opened: the one of last time, the one that is named, another one out of the window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.store.known_desks import KnownDesk, last_desk, remember
from hazard_desk.store.place import default_folder
from ui import app
from ui.app import open_window
from ui.rescue.dialog import RescueDialog
from ui.welcome.dialog import WelcomeDialog
from ui.window import MainWindow

TODAY = date(2023, 6, 1)


def test_the_desk_of_the_welcome_is_found_again(
    user_folder: Path, folder: Path, meanwhile: Callable[..., None]
) -> None:
    seen: list[Path] = []

    def make(welcome: QWidget) -> None:
        assert isinstance(welcome, WelcomeDialog)
        meanwhile(MainWindow, look_and_close)
        welcome.form.editor("office").put("甲乡应急办")
        welcome.form.editor("clerk").put("赵经办")
        welcome.plans.setCurrentRow(0)
        welcome.place.setText(str(folder))
        welcome.make()

    def look_and_close(window: QWidget) -> None:
        assert isinstance(window, MainWindow)
        seen.append(window.office.desk.folder)
        window.close()

    meanwhile(WelcomeDialog, make)
    assert open_window(None, TODAY) == 0
    meanwhile(MainWindow, look_and_close)
    assert open_window(None, TODAY) == 0
    assert seen == [folder, folder]


def test_a_desk_that_is_gone_is_told_with_those_that_are_known(
    user_folder: Path,
    blank: Path,
    folder: Path,
    tmp_path: Path,
    meanwhile: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    shutil.copytree(blank, folder)
    remember(folder, "乙乡应急办", False)
    remember(tmp_path / "U盘", "甲乡应急办", False)
    seen: list[Path] = []

    def leave(room: QWidget) -> None:
        assert isinstance(room, RescueDialog)
        room._jobs.wait()
        assert "甲乡应急办" in room.told.text()
        assert "U盘" in room.told.text()
        meanwhile(WelcomeDialog, choose)
        room.go_elsewhere()

    def choose(welcome: QWidget) -> None:
        assert isinstance(welcome, WelcomeDialog)
        assert [one.folder for one in welcome.start.desks.known] == [tmp_path / "U盘", folder]
        welcome.start.open_chosen()
        assert welcome.isVisible(), "it is not there now either"
        welcome.start.desks.setCurrentRow(1)
        meanwhile(MainWindow, look_and_close)
        welcome.start.open_chosen()

    def look_and_close(window: QWidget) -> None:
        assert isinstance(window, MainWindow)
        seen.append(window.office.desk.folder)
        window.close()

    meanwhile(RescueDialog, leave)
    assert open_window(None, TODAY) == 0
    assert seen == [folder]
    assert not (tmp_path / "U盘").exists()
    assert not default_folder().exists()
    caplog.clear()


def test_a_remembered_desk_that_cannot_be_opened_leaves_the_others(
    user_folder: Path,
    folder: Path,
    meanwhile: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[str] = []

    def read(room: QWidget) -> None:
        assert isinstance(room, RescueDialog)
        room._jobs.wait()
        told.append(room.told.text())
        meanwhile(WelcomeDialog, QWidget.close)
        room.go_elsewhere()

    with Desk.create(folder, "sanxiang-2023", TODAY) as desk:
        remember(folder, desk.office_name, False)
        meanwhile(RescueDialog, read)
        assert open_window(None, TODAY) == 0
    assert "正在使用中" in told[0]
    caplog.clear()


def test_the_named_folder_always_wins(
    user_folder: Path, blank: Path, folder: Path, meanwhile: Callable[..., None]
) -> None:
    shutil.copytree(blank, folder)
    remember(folder, "乙乡应急办", False)
    named: list[str] = []

    def read(welcome: QWidget) -> None:
        assert isinstance(welcome, WelcomeDialog)
        named.extend([welcome.place.text(), welcome.problem.text()])
        welcome.reject()

    other = folder.with_name("别处")
    meanwhile(WelcomeDialog, read)
    assert main(["--desk", str(other)], lambda: app) == 0
    assert named == [str(other), f"“{other}”里还没有台账"]


def test_commands_keep_their_place(
    user_folder: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Desk.create(folder, "sanxiang-2023", TODAY).close()
    remember(folder, "甲乡应急办", False)
    assert main(["tasks"], lambda: app) == 2
    assert str(default_folder()) in capsys.readouterr().err


def test_another_desk_is_opened_from_the_window(
    user_folder: Path, blank: Path, tmp_path: Path, meanwhile: Callable[..., None]
) -> None:
    one, two = tmp_path / "甲", tmp_path / "乙"
    for folder in (one, two):
        shutil.copytree(blank, folder)
    remember(two, "乙乡应急办", False)
    seen: list[Path] = []

    def change(window: QWidget) -> None:
        assert isinstance(window, MainWindow)
        seen.append(window.office.desk.folder)
        window.show_desks()
        welcome = window.findChild(WelcomeDialog)
        assert welcome is not None
        welcome.open_folder(one)
        assert "现在打开的就是" in welcome.problem.text()
        assert [known.folder for known in welcome.start.desks.known] == [two]
        QTimer.singleShot(0, partial(meanwhile, MainWindow, look_and_close))
        welcome.start.open_chosen()

    def look_and_close(window: QWidget) -> None:
        assert isinstance(window, MainWindow)
        seen.append(window.office.desk.folder)
        Desk.open(one, TODAY).close()
        window.close()

    meanwhile(MainWindow, change)
    assert open_window(one, TODAY) == 0
    assert seen == [one, two]
    assert last_desk() == KnownDesk(two, "三星乡应急办")
    Desk.open(two, TODAY).close()


def test_another_desk_that_does_not_open_leaves_this_one(
    user_folder: Path, blank: Path, tmp_path: Path, meanwhile: Callable[..., None]
) -> None:
    one, two = tmp_path / "甲", tmp_path / "乙"
    for folder in (one, two):
        shutil.copytree(blank, folder)

    def change(window: QWidget) -> None:
        assert isinstance(window, MainWindow)
        window.show_desks()
        welcome = window.findChild(WelcomeDialog)
        assert welcome is not None
        welcome.open_folder(two)
        window.office.jobs.wait()
        room = welcome.findChild(RescueDialog)
        assert room is not None
        assert "正在使用中" in room.told.text()
        room.reject()
        welcome.reject()
        assert window.isVisible()
        window.close()

    with Desk.open(two, TODAY):
        meanwhile(MainWindow, change)
        assert open_window(one, TODAY) == 0
