"""What keeps the desk safe by itself: copies at the start and on close, checks, what the first page says."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.errors import Trouble
from hazard_desk.rules.fields import Row
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.copies.copies import Copies
from tests.conftest import TODAY
from tests.ui.conftest import Seen
from tests.ui.test_copies import attached, press
from ui.app import open_window
from ui.copies.checking import FoundDialog
from ui.copies.dialog import CopiesDialog
from ui.copies.leaving import Leaving, LeavingNote
from ui.copies.safety import Safety
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.desk_page import DeskPage
from ui.pages.hazard_page import HazardPage
from ui.window import MainWindow


def first_page(window: MainWindow) -> DeskPage:
    window.go(0)
    page = window.page
    assert isinstance(page, DeskPage)
    QCoreApplication.processEvents()
    return page


def fails(*_: object, **__: object) -> None:
    raise Trouble("U盘没有备份成：“E:/备份”磁盘已满，请清理后再试")


class TestTheFirstPage:
    def test_says_what_would_be_lost_and_makes_it_nothing(
        self, window: MainWindow, desk: Desk, found: Row
    ) -> None:
        page = first_page(window)
        press(page, "立即备份")
        assert page.line.told.text().startswith("已全部备份")
        window.office.perform(partial(desk.hazards.add, found))
        assert page.line.told.text() == "最多丢失：今天的1项"
        assert page.line.tone == ""
        press(page, "立即备份")
        assert page.line.told.text().startswith("已全部备份")
        assert "本机" in page.backed_up.text()

    @pytest.mark.parametrize(("days", "tone"), [(2, ""), (3, "amber"), (6, "amber"), (7, "red")])
    def test_turns_amber_and_red(
        self, window: MainWindow, desk: Desk, found: Row, days: int, tone: str
    ) -> None:
        desk.copies.make()
        window.office.perform(partial(desk.hazards.add, found))
        desk.cabinet.clock.set(TODAY + timedelta(days=days))
        window.watch_day()
        page = first_page(window)
        assert page.line.tone == tone
        assert page.line.told.text() == "最多丢失：6月1日以来的1项"

    def test_a_sample_does_not_nag(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Desk, "sample", True)
        page = first_page(window)
        page.refresh()
        assert not page.line.isVisible()
        window.keeper.start()
        window.keeper.look_after()
        assert window.office.desk.copies.all() == []


class TestByItself:
    def test_the_first_start_of_a_day_makes_a_copy(self, window: MainWindow, desk: Desk, found: Row) -> None:
        page = first_page(window)
        window.keeper.look_after()
        assert len(desk.copies.all()) == 1
        assert page.line.told.text().startswith("已全部备份"), "the page that is seen tells it"
        assert "上次备份" in page.backed_up.text()
        window.keeper.look_after()
        assert len(desk.copies.all()) == 1, "nothing changed since"
        window.office.perform(partial(desk.hazards.add, found))
        window.keeper.look_after()
        assert len(desk.copies.all()) == 2

    def test_what_fails_is_told_quietly_and_forgotten_after_the_next(
        self, window: MainWindow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        page = first_page(window)
        with monkeypatch.context() as full:
            full.setattr(Copies, "make", fails)
            window.keeper.look_after()
        assert "自动备份时，U盘没有备份成" in page.line.told.text()
        assert page.line.tone == "amber"
        assert QApplication.activeModalWidget() is None
        assert any("磁盘已满" in record.getMessage() for record in caplog.records)
        caplog.clear()
        window.keeper.look_after()
        assert "没有完成" not in page.line.told.text()

    def test_every_page_goes_on_while_a_copy_is_made(
        self, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A copy and a check have a thread of their own: what pages read does not wait for them."""
        from threading import Event

        held = Event()
        monkeypatch.setattr(Copies, "make", lambda *_, **__: held.wait())
        office = Office(desk, Jobs())
        window = MainWindow(office)
        window.show()
        window.keeper.look_after()
        for place in range(len(window.pages)):
            window.go(place)
            office.jobs.wait()
        assert not held.is_set()
        held.set()
        office.keeping.wait()
        window.close()
        window.deleteLater()

    def test_a_month_later_everything_is_checked_and_what_is_found_is_shown(
        self, window: MainWindow, desk: Desk, hazard: int, seen: Seen
    ) -> None:
        file = attached(desk, hazard)
        window.keeper.look_after()
        page = first_page(window)
        assert "校验" not in page.line.told.text()
        file.write_bytes(b"%PDF-1.4 y")
        window.keeper.look_after()
        assert "校验" not in page.line.told.text(), "the month is not over"
        desk.cabinet.clock.set(TODAY + timedelta(days=30))
        window.keeper.look_after()
        page.refresh()
        assert "校验发现1处问题" in page.line.told.text()
        assert page.line.tone == "red"
        press(page, "查看")
        dialog = seen(window, FoundDialog)
        press(dialog, "打开记录")
        assert isinstance(window.page, HazardPage)
        assert window.page.pane.record is not None and window.page.pane.record["id"] == hazard


class TestOnDemand:
    def test_everything_is_good(self, window: MainWindow, desk: Desk, seen: Seen) -> None:
        desk.copies.make()
        window.show_copies()
        press(seen(window, CopiesDialog), "立即校验")
        dialog = seen(window, FoundDialog)
        assert dialog.wrong == 0
        press(dialog, "关闭")

    def test_a_broken_file_is_named_and_a_restore_offered(
        self, window: MainWindow, desk: Desk, hazard: int, seen: Seen
    ) -> None:
        file = attached(desk, hazard)
        desk.copies.make()
        file.unlink()
        window.check()
        dialog = seen(window, FoundDialog)
        assert dialog.wrong == 1
        press(dialog, "从备份恢复…")
        assert seen(window, CopiesDialog).isVisible()


class TestOnClose:
    def test_the_copy_is_made_behind_the_window(self, blank: Path, folder: Path, found: Row) -> None:
        shutil.copytree(blank, folder)

        def work(window: MainWindow) -> None:
            window.office.perform(partial(window.office.desk.hazards.add, found))
            window.close()

        when(work)
        assert open_window(folder, TODAY) == 0
        with Desk.open(folder, TODAY) as desk:
            assert desk.copies.at_risk().count == 0
            (copy,) = desk.copies.all()
        when(MainWindow.close)
        assert open_window(folder, TODAY) == 0
        with Desk.open(folder, TODAY) as desk:
            assert desk.copies.all() == [copy], "nothing changed since"

    def test_a_failure_is_told_at_the_next_start(
        self,
        blank: Path,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        shutil.copytree(blank, folder)
        monkeypatch.setattr(Copies, "make", fails)
        when(MainWindow.close)
        assert open_window(folder, TODAY) == 0
        caplog.clear()
        told: list[str] = []

        def look(window: MainWindow) -> None:
            window.office.jobs.wait()
            told.append(first_page(window).line.told.text())
            window.close()

        when(look)
        assert open_window(folder, TODAY) == 0
        assert "自动备份时，U盘没有备份成" in told[0]
        caplog.clear()

    def test_a_long_copy_tells_of_itself_and_can_be_cancelled(
        self, window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def long(*_: object, **__: object) -> None:
            while True:
                stop_if_unwanted()
                os.sched_yield() if hasattr(os, "sched_yield") else time.sleep(0)

        monkeypatch.setattr(Copies, "make", long)
        office = Office(desk, Jobs())
        leaving = Leaving(office, window.safety)

        def cancel() -> None:
            if leaving.note.isVisible():
                refused: list[str] = []
                try:
                    Desk.open(desk.folder, TODAY)
                except Trouble as error:
                    refused.append(error.message)
                assert "上次关闭时的备份还没有写完，请过一会儿再打开" in refused[0]
                press(leaving.note, "取消备份")
            else:
                QTimer.singleShot(20, cancel)

        QTimer.singleShot(0, cancel)
        leaving.finish()
        assert desk.copies.all() == []
        office.stop()

    def test_before_she_goes_the_day_is_told(
        self, window: MainWindow, desk: Desk, found: Row, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.hazards.add(found)
        due = found | {"place": "仓库", "deadline": "2023-06-02"}
        desk.hazards.add(due)
        office, told = Office(desk, Jobs(synchronous=True)), []
        leaving = Leaving(office, window.safety)
        monkeypatch.setattr(
            leaving.note, "tell_done", lambda failed: told.append((failed, leaving.note.day.text()))
        )
        leaving.finish()
        ((failed, day),) = told
        assert failed == ""
        assert day.startswith("今天办了2件：新增隐患") or day.startswith("今天办了2件：")
        assert "明天1件：" in day or "还没有办的" in day
        assert len(desk.copies.all()) == 1, "the copy is made"
        office.stop()

    def test_nothing_is_told_of_an_empty_day(self, window: MainWindow, desk: Desk) -> None:
        office = Office(desk, Jobs(synchronous=True))
        leaving = Leaving(office, window.safety)
        leaving.finish()
        assert leaving.note.day.text() == ""
        office.stop()

    def test_the_note_says_that_she_may_leave(self, qtbot: QtBot) -> None:
        note = LeavingNote()
        qtbot.addWidget(note)
        assert note.told.text() == "正在备份，可以离开"


def when(act: Callable[[MainWindow], object]) -> None:
    """Once the window is there, do something with it."""

    def look() -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow) and widget.isVisible():
                act(widget)
                return
        QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


def test_what_is_remembered_survives_rubbish(window: MainWindow) -> None:
    safety = window.safety
    window.memory.keep_text("safety/found", "[1")
    window.memory.keep_text("safety/checked", "gestern")
    assert safety.found == []
    assert safety.wants_check(date(2023, 6, 1))
    assert isinstance(safety, Safety)


def test_the_log_keeps_what_failed(window: MainWindow, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    monkeypatch.setattr(Copies, "make", fails)
    with caplog.at_level(logging.WARNING):
        window.keeper.look_after()
    assert "no copy was made" in caplog.text
    caplog.clear()


class TestTheClock:
    @pytest.fixture
    def set_back(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """The last act is dated in 2099; the clock is that of the system now."""
        desk.cabinet.clock.set(date(2099, 6, 1))
        desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "工贸"})
        monkeypatch.setattr(desk.cabinet.clock, "_fixed", None)

    @pytest.mark.usefixtures("set_back")
    def test_is_told_with_what_was_saved(self, window: MainWindow, desk: Desk) -> None:
        told: list[str] = []
        window.office.noticed.connect(lambda sentence, about: told.append(sentence))
        window.office.attempt(partial(desk.enterprises.change, 1, {"address": "某村1号"}), window)
        QCoreApplication.processEvents()
        (sentence,) = told
        assert sentence.startswith("修改监管对象“甲厂”。电脑时间")

    @pytest.mark.usefixtures("set_back")
    def test_is_told_where_nobody_tells_of_the_act(self, window: MainWindow, desk: Desk) -> None:
        told: list[str] = []
        window.office.noticed.connect(lambda sentence, about: told.append(sentence))
        window.office.perform(partial(desk.enterprises.change, 1, {"address": "某村1号"}))
        QCoreApplication.processEvents()
        assert [one.startswith("电脑时间") for one in told] == [True]


def test_when_nothing_happens_the_log_of_the_database_is_brought_in(
    window: MainWindow, desk: Desk, found: Row
) -> None:
    window.keeper.start()
    window.office.perform(partial(desk.hazards.add, found))
    log = desk.folder / "desk.db-wal"
    assert log.stat().st_size > 0
    window.keeper.rest()
    assert log.stat().st_size == 0
    window.keeper.stop()
