"""The first start, step by step: the office, the plan, the place; a copy put back; the sample."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from hazard_desk import demo
from hazard_desk.desk import Desk
from hazard_desk.library.plan_file import dump_plan
from hazard_desk.store.known_desks import KnownDesk
from tests.books.test_plans import THREE_YEARS
from tests.sheets.annexes import LIKE_S0, Made
from ui.copies.password import PasswordDialog
from ui.jobs import Jobs
from ui.plans.review.dialog import ReviewDialog
from ui.welcome.dialog import COPIES, OFFICE, PLACE, PLAN, START, WelcomeDialog

TODAY = date(2023, 6, 1)


@pytest.fixture
def welcome(folder: Path, qtbot: QtBot) -> WelcomeDialog:
    made = WelcomeDialog(folder, TODAY, jobs=Jobs(synchronous=True))
    qtbot.addWidget(made)
    made.show()
    return made


def press(welcome: WelcomeDialog, text: str) -> None:
    QCoreApplication.processEvents()
    next(b for b in welcome.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def at_plan(welcome: WelcomeDialog) -> None:
    press(welcome, "新建台账")
    welcome.form.editor("office").put("甲乡应急办")
    welcome.form.editor("clerk").put("赵经办")
    press(welcome, "下一步")
    assert welcome.steps.currentIndex() == PLAN
    welcome.plans.setCurrentRow(0)


def test_four_steps_make_a_desk(welcome: WelcomeDialog, folder: Path) -> None:
    press(welcome, "新建台账")
    assert welcome.steps.currentIndex() == OFFICE
    press(welcome, "下一步")
    assert welcome.form.boxes["office"].below.text() == "请填写“填报单位”"
    press(welcome, "上一步")
    assert welcome.steps.currentIndex() == START
    at_plan(welcome)
    assert welcome.plans.count() >= 1
    names = [plan.id for plan in welcome.plans.plans]
    welcome.plans.setCurrentRow(names.index("sanxiang-2023"))
    press(welcome, "下一步")
    assert welcome.steps.currentIndex() == PLACE
    assert welcome.place.text() == str(folder)
    press(welcome, "下一步")
    assert welcome.steps.currentIndex() == COPIES
    assert "甲乡应急办" in welcome.summary.text()
    press(welcome, "建立台账")
    assert welcome.desk is not None
    with welcome.desk as desk:
        assert (desk.office_name, desk.clerk) == ("甲乡应急办", "赵经办")
        assert desk.plans.current()["code"] == "sanxiang-2023"


def test_the_second_place_of_copies_is_asked_for_once(welcome: WelcomeDialog, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    at_plan(welcome)
    press(welcome, "下一步")
    press(welcome, "下一步")
    assert welcome.second.shown.text() == "还没有选择"
    welcome.second.take(stick)
    press(welcome, "建立台账")
    assert welcome.desk is not None
    with welcome.desk as desk:
        assert [place.is_relative_to(stick) for place in desk.copies.places] == [False, True]


def test_a_second_place_that_is_gone_keeps_no_desk_from_being_made(
    welcome: WelcomeDialog, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    at_plan(welcome)
    press(welcome, "下一步")
    press(welcome, "下一步")
    welcome.second.take(tmp_path / "没有插")
    assert "现在找不到" in welcome.second.remark.text()
    press(welcome, "建立台账")
    assert welcome.desk is not None
    with welcome.desk as desk:
        assert len(desk.copies.places) == 1
    caplog.clear()


@pytest.mark.parametrize("known", [False, True])
def test_enter_presses_what_has_the_focus(folder: Path, qtbot: QtBot, known: bool) -> None:
    desks = [KnownDesk(folder / "别处")] if known else []
    welcome = WelcomeDialog(folder, TODAY, jobs=Jobs(synchronous=True), known=desks)
    qtbot.addWidget(welcome)
    welcome.show()
    button = next(one for one in welcome.findChildren(QPushButton) if one.text() == "新建台账")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert welcome.steps.currentIndex() == OFFICE


def test_a_bad_place_is_told_and_another_can_be_taken(
    welcome: WelcomeDialog, folder: Path, tmp_path: Path
) -> None:
    at_plan(welcome)
    press(welcome, "下一步")
    welcome.place.setText(str(tmp_path / "OneDrive" / "台账"))
    press(welcome, "下一步")
    press(welcome, "建立台账")
    assert welcome.desk is None
    assert "同步盘" in welcome.problem.text()
    press(welcome, "上一步")
    welcome.place.setText(str(tmp_path / "别处"))
    press(welcome, "下一步")
    press(welcome, "建立台账")
    assert welcome.desk is not None
    assert welcome.desk.folder == tmp_path / "别处"
    welcome.desk.close()


def test_a_plan_file_of_a_neighbour(welcome: WelcomeDialog, tmp_path: Path) -> None:
    file = tmp_path / "三年.toml"
    file.write_text(dump_plan(THREE_YEARS), encoding="utf-8")
    at_plan(welcome)
    welcome.from_file.read(file)
    assert THREE_YEARS.title in welcome.chosen.text()
    press(welcome, "下一步")
    press(welcome, "下一步")
    press(welcome, "建立台账")
    assert welcome.desk is not None
    with welcome.desk as desk:
        assert desk.plans.plan() == THREE_YEARS


def test_an_annex_is_looked_over_first(welcome: WelcomeDialog, tmp_path: Path) -> None:
    at_plan(welcome)
    welcome.from_file.read(LIKE_S0.as_word(tmp_path / "a.docx"))
    QCoreApplication.processEvents()
    review = welcome.findChild(ReviewDialog)
    assert review is not None
    review.go_on()
    review.form.editor("issuer").put("甲乡人民政府")
    review.go_on()
    assert welcome.plan is not None
    assert welcome.plan.counts()["tasks"] == 6
    press(welcome, "下一步")
    press(welcome, "下一步")
    press(welcome, "建立台账")
    assert welcome.desk is not None
    with welcome.desk as desk:
        assert len(desk.tasks.all_rows()) == 6


def test_a_file_that_holds_no_plan_is_told(welcome: WelcomeDialog, tmp_path: Path) -> None:
    at_plan(welcome)
    bad = tmp_path / "a.toml"
    bad.write_text("不是方案", encoding="utf-8")
    welcome.from_file.read(bad)
    assert "方案文件 a.toml" in welcome.problem.text()
    welcome.from_file.read(Made([["甲", "乙"]]).as_word(tmp_path / "a.docx"))
    assert "没有找到表头" in welcome.problem.text()


def test_a_copy_is_put_back(welcome: WelcomeDialog, folder: Path, blank: Path, tmp_path: Path) -> None:
    welcome.restore(tmp_path / "没有.zip")
    assert "没有找到备份文件" in welcome.problem.text()
    assert welcome.steps.currentIndex() == START
    shutil.copytree(blank, tmp_path / "old")
    with Desk.open(tmp_path / "old", TODAY, lock=False) as desk:
        copy = desk.backup(tmp_path / "copy.zip")
    welcome.restore(copy)
    assert welcome.desk is not None
    assert welcome.desk.folder == folder
    welcome.desk.close()


def test_on_a_new_computer_the_password_of_a_copy_is_asked_for(
    welcome: WelcomeDialog, blank: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    shutil.copytree(blank, tmp_path / "old")
    with Desk.open(tmp_path / "old", TODAY, lock=False) as desk:
        copy = desk.copies.portable(tmp_path / "copy.zip", "geheim")
    welcome.restore(copy)
    for typed in ("falsch", "geheim"):
        assert welcome.desk is None
        asking = welcome.findChildren(PasswordDialog)[-1]
        qtbot.keyClicks(asking.password, typed)
        qtbot.keyClick(asking.password, Qt.Key.Key_Return)
    assert welcome.desk is not None
    welcome.desk.close()


def test_enter_goes_from_field_to_field_and_on(welcome: WelcomeDialog, qtbot: QtBot) -> None:
    def enter() -> None:
        QCoreApplication.processEvents()
        qtbot.keyClick(welcome.focusWidget(), Qt.Key.Key_Return)

    enter()
    assert welcome.steps.currentIndex() == OFFICE
    qtbot.keyClicks(welcome.focusWidget(), "abc")
    welcome.form.editor("clerk").put("赵经办")
    for step in (OFFICE, OFFICE, OFFICE, OFFICE, PLAN, PLACE, COPIES):
        assert welcome.steps.currentIndex() == step
        if step == PLAN:
            qtbot.keyClick(welcome.focusWidget(), Qt.Key.Key_Down)
        if step != COPIES:
            enter()
    for step in (PLACE, PLAN, OFFICE, START):
        press(welcome, "上一步")
        assert welcome.steps.currentIndex() == step
    enter()
    assert welcome.steps.currentIndex() == OFFICE


def test_a_place_on_the_same_disk_is_remarked_before_the_desk_is_there(
    welcome: WelcomeDialog, tmp_path: Path
) -> None:
    at_plan(welcome)
    press(welcome, "下一步")
    press(welcome, "下一步")
    welcome.second.take(tmp_path)
    assert "同一块硬盘" in welcome.second.remark.text()


def test_the_sample_is_made_beside_and_opened(
    welcome: WelcomeDialog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def make(to: Path, today: date | None) -> None:
        made.append(to)
        Desk.create(to, "sanxiang-2023", today).close()

    monkeypatch.setattr(demo, "make_demo", make)
    press(welcome, "先看看示例")
    assert welcome.desk is not None
    assert made == [folder.with_name("示例台账")]
    assert welcome.desk.folder == made[0]
    assert not folder.exists()
    welcome.desk.close()
    welcome.show_sample()
    assert len(made) == 1, "it is there already"
    welcome.desk.close()


def test_over_an_open_desk_nobody_is_told_that_there_is_none(folder: Path, qtbot: QtBot) -> None:
    dialog = WelcomeDialog(folder, TODAY, known=[KnownDesk(folder)], here=folder)
    qtbot.addWidget(dialog)
    assert (dialog.start.title.text(), dialog.start.told.text()) == (
        "打开其他台账",
        "这台电脑上还没有其他台账，请选择：",
    )


def test_while_something_is_made_it_cannot_be_left(folder: Path, qtbot: QtBot) -> None:
    held: list[object] = []

    class Waiting(Jobs):
        def run(self, *work: object, **more: object) -> None:  # type: ignore[override]
            held.append(work)

    welcome = WelcomeDialog(folder, TODAY, jobs=Waiting(synchronous=True))
    qtbot.addWidget(welcome)
    welcome.show()
    welcome.show_sample()
    assert held
    welcome.reject()
    assert welcome.isVisible()
    assert "示例台账" in welcome.work.text()


@pytest.mark.parametrize(
    ("office", "plan"),
    [
        ("三星乡应急办", "sanxiang-2023"),
        ("方山县马坊镇应急办", "fangshan-2023"),
        ("崇明区庙镇应急办", "chongming-2023"),
        ("凤凰镇应急办", "fenghuang-2024-2026"),
        ("红星镇应急办", ""),
        ("宿州市埇桥区红星镇应急办", ""),
    ],
)
def test_only_a_plan_of_the_offices_own_place_is_proposed(
    welcome: WelcomeDialog, office: str, plan: str
) -> None:
    press(welcome, "新建台账")
    welcome.form.put({"office": office, "clerk": "赵经办"})
    press(welcome, "下一步")
    assert (welcome.plan.id if welcome.plan else "") == plan
    press(welcome, "下一步")
    assert welcome.steps.currentIndex() == (PLACE if plan else PLAN)
    assert plan or "请选择一个方案" in welcome.problem.text()


def test_a_plan_that_she_chose_stays_chosen(welcome: WelcomeDialog) -> None:
    at_plan(welcome)
    press(welcome, "上一步")
    press(welcome, "下一步")
    assert welcome.plans.currentRow() == 0
    press(welcome, "上一步")
    welcome.form.put({"office": "三星乡应急办", "clerk": "赵经办"})
    press(welcome, "下一步")
    assert welcome.plan and welcome.plan.id == "sanxiang-2023"


@pytest.mark.parametrize(
    ("logged_in", "proposed"),
    [("root", ""), ("Administrator", ""), ("user", ""), ("管理员", ""), ("李四", "李四"), ("zhangsan", "")],
)
def test_a_log_in_name_is_proposed_only_where_it_is_a_name(
    folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, logged_in: str, proposed: str
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: logged_in)
    welcome = WelcomeDialog(folder, TODAY, jobs=Jobs(synchronous=True))
    qtbot.addWidget(welcome)
    assert welcome.form.raw()["clerk"] == proposed
    Desk.create(folder, "sanxiang-2023", TODAY).close()
    with Desk.open(folder, TODAY, lock=False) as desk:
        assert desk.clerk == (proposed or "经办人")


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_every_step_fits_the_clerks_screen(welcome: WelcomeDialog, scale: float) -> None:
    """1366×768 less the taskbar, and less the title of the window."""
    room = QSize(round(1366 / scale), round((768 - 48) / scale))
    welcome._fit(room)
    for step in (START, OFFICE, PLAN, PLACE, COPIES):
        welcome.turn(step)
        QCoreApplication.processEvents()
        assert welcome.height() + 40 <= room.height()
        assert welcome.width() <= room.width()
        for made in welcome.findChildren(QPushButton):
            foot = made.text() in ("退出", "上一步", "下一步", "建立台账") and made.isVisible()
            assert not foot or welcome.rect().contains(made.geometry())
