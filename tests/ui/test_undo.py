"""Undo by one key, at once; the sentence at the foot takes back or does again; the acts of a day."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import Change
from ui.office import NoticeLook
from ui.production import Progress
from ui.undo.acts_dialog import ActsDialog
from ui.window import MainWindow

from .hands import Hands

SHOP: Row = {"name": "甲厂", "category": "企业", "sector": "工贸"}
RECTIFIED = {"happened_on": "2023-05-20", "rectified_by": "丁整改"}


@pytest.fixture
def hands(window: MainWindow) -> Hands:
    window.open_ledger("enterprises", {})
    window.activateWindow()
    QCoreApplication.processEvents()
    return Hands()


def added(window: MainWindow, name: str) -> Change:
    change = window.office.desk.enterprises.add(SHOP | {"name": name})
    window.office.announce(change)
    return change


def shown(window: MainWindow) -> list[str]:
    return window.office.desk.enterprises.names()


def test_one_key_takes_back_and_one_does_again(window: MainWindow, hands: Hands) -> None:
    for name in ("甲厂", "乙厂"):
        added(window, name)
    hands.press("Ctrl+Z")
    assert hands.keys == 1
    assert shown(window) == ["甲厂"]
    assert window.notice.text == "撤销了：新增监管对象“乙厂”"
    assert window.notice.turn.text() == "恢复（Ctrl+Y）"
    hands.press("Ctrl+Z")
    assert shown(window) == []
    hands.press("Ctrl+Y", "Ctrl+Shift+Z")
    assert shown(window) == ["乙厂", "甲厂"] or shown(window) == ["甲厂", "乙厂"]
    assert window.notice.text == "恢复了：新增监管对象“乙厂”"
    assert window.notice.mark is NoticeLook.DONE
    hands.press("Ctrl+Y")
    assert window.notice.text == "没有可以恢复的操作"
    assert window.notice.mark is NoticeLook.FAILED
    assert not window.notice.turn.isVisible()


def test_the_sentence_of_an_act_takes_back_that_act(window: MainWindow, hands: Hands) -> None:
    added(window, "甲厂")
    window.office.desk.enterprises.add(SHOP | {"name": "不声张的厂"})
    assert window.notice.turn.text() == "撤销（Ctrl+Z）"
    window.notice.turn.setFocus()
    hands.press("Space")
    assert shown(window) == ["不声张的厂"]
    window.notice.turn.setFocus()
    hands.press("Space")
    assert sorted(shown(window)) == sorted(["不声张的厂", "甲厂"])


def test_a_sentence_of_no_act_offers_nothing(window: MainWindow, desk: Desk) -> None:
    window.office.notice("已取消")
    assert (window.notice.mark, window.notice.turn.isVisible()) == (NoticeLook.TOLD, False)
    tip = desk.tips.add(
        {"received_on": "2023-05-20", "way": "电话", "content": "堵塞", "informant_name": "王示例"}
    )
    _, looked = desk.tips.reveal(tip.ids[0], "回访")
    window.office.announce(looked)
    assert (window.notice.mark, window.notice.turn.isVisible()) == (NoticeLook.DONE, False)


def test_a_refused_undo_looks_like_a_failure(window: MainWindow, desk: Desk) -> None:
    change = added(window, "甲厂")
    desk.enterprises.change(change.ids[0], {"principal": "乙"})
    window.undoing.turn(change)
    assert window.notice.mark is NoticeLook.FAILED
    assert window.notice.text == "之后又办理了“修改监管对象‘甲厂’”，请先撤销那一项"


def test_several_are_taken_back_one_after_the_other(window: MainWindow, hands: Hands, qtbot: QtBot) -> None:
    for name in ("甲厂", "乙厂", "丙厂"):
        added(window, name)
    window.office.jobs.synchronous = False
    hands.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    qtbot.waitUntil(lambda: shown(window) == [])
    qtbot.waitUntil(lambda: window.notice.text == "撤销了：新增监管对象“甲厂”")
    assert not [one for one in window.findChildren(Progress) if one.isVisible()]


def test_the_acts_of_the_day_are_taken_back_by_keys(
    window: MainWindow, desk: Desk, found: Row, hands: Hands
) -> None:
    number = desk.hazards.add(found).ids[0]
    desk.hazards.step(number, "rectified", RECTIFIED)
    added(window, "甲厂")
    hands.press("Ctrl+H")
    dialog = next(one for one in window.findChildren(ActsDialog) if one.isVisible())
    table = dialog.table
    told = partial(lambda: [table.model().index(row, 3).data() for row in range(3)])
    assert told() == ["未撤销", "未撤销", "不能撤销"]
    hands.press("Down", "Down")
    assert dialog.why.text().startswith("隐患台账：")
    assert "请先撤销那一项。" in dialog.why.text()
    assert not dialog.turner.isEnabled()
    hands.press("Up", "Return")
    assert desk.hazards.get(number).state == "待整改"
    assert shown(window) == ["甲厂"]
    assert told() == ["未撤销", "已撤销", "未撤销"]
    assert dialog.turner.text() == "恢复这一项"
    hands.press("Return")
    assert desk.hazards.get(number).state == "待复查"
    assert told() == ["未撤销", "未撤销", "不能撤销"]


def test_on_a_day_without_acts_no_record_of_another_day_is_opened(window: MainWindow, hands: Hands) -> None:
    added(window, "甲厂")
    hands.press("Ctrl+H")
    dialog = next(one for one in window.findChildren(ActsDialog) if one.isVisible())
    assert dialog.opener.isEnabled()
    while dialog.table.current() is not None:
        next(one for one in dialog.findChildren(QPushButton) if one.text() == "前一天").click()
    assert dialog.why.text() == "这一天没有办过什么。"
    assert not dialog.opener.isEnabled()
