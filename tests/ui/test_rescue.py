"""The rescue room: what it says of every kind of desk that does not open, and what its buttons do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.rules.fields import Row
from hazard_desk.store.dbfile import HEAD
from hazard_desk.store.rescue.situation import Plight, Way
from tests.conftest import TODAY
from ui.copies.password import PasswordDialog
from ui.jobs import Jobs
from ui.rescue.dialog import RescueDialog
from ui.rescue.salvaged import SalvagedDialog
from ui.welcome.dialog import WelcomeDialog

Room = Callable[[Path], RescueDialog]


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    """Open the rescue room on a folder as a failed start does."""

    def make(folder: Path) -> RescueDialog:
        try:
            Desk.open(folder, TODAY).close()
            problem = ""
        except (Refused, Trouble) as error:
            problem = error.message
        made = RescueDialog(folder, TODAY, problem, jobs=Jobs(synchronous=True))
        qtbot.addWidget(made)
        made.show()
        return made

    return make


@pytest.fixture
def closed(blank: Path, folder: Path) -> Path:
    """A closed desk with one copy."""
    shutil.copytree(blank, folder)
    with Desk.open(folder, TODAY) as desk:
        desk.backup()
    return folder


@pytest.fixture
def damaged(closed: Path) -> Path:
    data = (closed / "desk.db").read_bytes()
    (closed / "desk.db").write_bytes(bytes(100) + data[100:])
    return closed


@pytest.fixture
def behind(closed: Path) -> Path:
    """A desk whose database is an older one than its head says."""
    before = (closed / "desk.db").read_bytes()
    with Desk.open(closed, TODAY) as desk:
        desk.enterprises.add({"name": "示例一厂", "category": "企业", "sector": "工贸"})
    (closed / "desk.db").write_bytes(before)
    return closed


def shown(room: RescueDialog) -> list[str]:
    """Return what the buttons say that can be pressed."""
    QCoreApplication.processEvents()
    return [one.text() for one in room.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]


OTHERS = ["生成诊断包…", "选择其他备份文件…", "打开其他台账", "退出"]


def test_a_damaged_desk_is_restored_with_two_keys(room: Room, damaged: Path, qtbot: QtBot) -> None:
    made = room(damaged)
    assert "已损坏" in made.told.text()
    assert made.copies.rowCount() == 1
    assert shown(made) == ["恢复选中的备份", "抢救还能读出的内容", *OTHERS]
    qtbot.keyClick(made.copies, Qt.Key.Key_Return)
    assert made.desk is not None
    with made.desk as desk:
        assert desk.check() == []
    assert not made.isVisible()


def test_what_can_be_read_becomes_a_desk_that_opens(room: Room, damaged: Path, qtbot: QtBot) -> None:
    made = room(damaged)
    qtbot.keyClick(made.ways[Way.SALVAGE], Qt.Key.Key_Space)
    told = made.findChild(SalvagedDialog)
    assert told is not None
    assert made.desk is None
    qtbot.keyClick(told, Qt.Key.Key_Return)
    assert made.desk is not None
    assert made.desk.folder != damaged
    made.desk.close()


def test_missing_acts_are_accepted_only_after_a_question(room: Room, behind: Path, qtbot: QtBot) -> None:
    made = room(behind)
    assert made.said.kind is Plight.LOST
    assert "缺少" in made.told.text()
    assert "按现状继续使用" in shown(made)
    made.ask_to_go_on()
    box = made.findChild(QMessageBox)
    assert box is not None
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert made.desk is None
    made.ask_to_go_on()
    made.findChildren(QMessageBox)[-1].buttons()[-1].click()
    if made.desk is None:
        made.go_on()
    assert made.desk is not None
    made.desk.close()
    Desk.open(behind, TODAY).close()


def test_where_there_is_no_copy_it_says_where_to_look(room: Room, damaged: Path) -> None:
    shutil.rmtree(damaged / "backups")
    (damaged / "copies.json").unlink(missing_ok=True)
    made = room(damaged)
    assert not made.copies.isVisible()
    assert "没有找到这本台账的备份" in made.no_copies.text()
    assert shown(made) == ["抢救还能读出的内容", *OTHERS]


def test_somebody_else_works_on_it_until_they_leave(room: Room, closed: Path) -> None:
    with Desk.open(closed, TODAY):
        made = room(closed)
        assert "正在使用中" in made.told.text()
        assert shown(made) == ["重试", *OTHERS]
        made.retry()
        assert made.desk is None
        assert made.isVisible()
    made.retry()
    assert made.desk is not None
    made.desk.close()


def test_a_newer_desk_is_not_salvaged(room: Room, closed: Path) -> None:
    data = (closed / "desk.db").read_bytes()
    (closed / "desk.db").write_bytes(data[:60] + (HEAD + 1).to_bytes(4, "big") + data[64:])
    made = room(closed)
    assert "升级程序" in made.told.text()
    assert "抢救还能读出的内容" not in shown(made)


def test_of_remains_the_copy_is_restored(room: Room, closed: Path) -> None:
    (closed / "desk.db").unlink()
    made = room(closed)
    assert made.said.kind is Plight.REMAINS
    made.restore_chosen()
    assert made.desk is not None
    made.desk.close()


def test_the_welcome_leads_from_remains_to_the_rescue(closed: Path, qtbot: QtBot) -> None:
    (closed / "desk.db").unlink()
    welcome = WelcomeDialog(closed, TODAY, jobs=Jobs(synchronous=True))
    qtbot.addWidget(welcome)
    welcome.show()
    welcome.open_folder(closed)
    made = welcome.findChild(RescueDialog)
    assert made is not None
    assert "数据文件不见了" in made.told.text()
    made.restore_chosen()
    assert welcome.desk is not None
    welcome.desk.close()


def test_a_copy_with_a_password_asks_for_it(room: Room, closed: Path, tmp_path: Path) -> None:
    with Desk.open(closed, TODAY) as desk:
        copy = desk.copies.portable(tmp_path / "a.zip", "geheim")
    (closed / "desk.db").write_bytes(b"x")
    made = room(closed)
    made.restore(copy)
    asking = made.findChild(PasswordDialog)
    assert asking is not None
    asking.password.setText("geheim")
    asking.go()
    assert made.desk is not None
    made.desk.close()


def test_a_copy_without_a_photo_is_put_back_only_after_a_question(
    room: Room, closed: Path, found: Row, qtbot: QtBot
) -> None:
    with Desk.open(closed, TODAY) as desk:
        hazard = desk.hazards.add(found).ids[0]
        desk.attachments.add(desk.hazards.id, hazard, b"%PDF-1.4 x", "notice.pdf", "文件")
        copy = desk.backup()
    shutil.rmtree(closed / "attachments")
    shutil.rmtree(copy.parent / "files")
    (closed / "desk.db").write_bytes(b"x")
    made = room(closed)
    made.restore(copy)
    box = made.findChild(QMessageBox)
    assert box is not None and "仍要恢复其余内容吗" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert made.desk is None
    assert "生成诊断包…" in shown(made)
    made.restore(copy)
    box = made.findChildren(QMessageBox)[-1]
    qtbot.keyClick(next(one for one in box.buttons() if one.text() == "恢复其余内容"), Qt.Key.Key_Space)
    assert made.desk is not None
    with made.desk as desk:
        assert desk.hazards.get(hazard)


def test_it_does_not_tell_of_buttons_that_it_does_not_have(room: Room, damaged: Path) -> None:
    made = room(damaged)
    (copy,) = made.copies.copies
    made.copies.show_copies([replace(copy, holds_erased=True)])
    assert str(copy.file) in made.about.text()
    assert "改写" not in made.about.text()


def test_a_copy_that_is_none_is_refused_and_the_room_stays(room: Room, damaged: Path, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK")
    made = room(damaged)
    made.restore(tmp_path / "x.zip")
    assert made.desk is None
    assert made.isVisible()
    assert made.problem.text()


def test_a_parcel_is_written(room: Room, damaged: Path, tmp_path: Path) -> None:
    made = room(damaged)
    made.make_parcel(tmp_path / "a.zip")
    assert (tmp_path / "a.zip").is_file()
    assert "诊断包已生成" in made.done_well.text()


def test_while_something_is_made_it_cannot_be_left(room: Room, damaged: Path, qtbot: QtBot) -> None:
    made = room(damaged)

    class Waiting(Jobs):
        def run(self, *work: object, **more: object) -> None:  # type: ignore[override]
            """Nothing comes back."""

    made._jobs = Waiting(synchronous=True)
    made.salvage()
    assert shown(made) == []
    assert "请稍候" in made.work.text()
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert made.isVisible()
    made._rest()
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()
