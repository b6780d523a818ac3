"""今天要办 by keys: through the list, the next step over the page, putting off, several at once."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QSize
from PySide6.QtWidgets import QPushButton, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import turn
from tests.ui.hands import Hands
from ui.forms.form_dialog import FormDialog
from ui.inbox.card import COMING, PUT_OFF, InboxCard
from ui.pages.desk_page import DeskPage
from ui.production import MadeDialog
from ui.window import MainWindow

RECTIFIED = {"happened_on": "2023-05-20", "rectified_by": "丁整改"}
RECHECKED = {"happened_on": "2023-05-21", "rechecked_by": "戊复查", "recheck_finding": "合格"}


@pytest.fixture
def card(window: MainWindow, qtbot: QtBot) -> InboxCard:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page = turn(window, DeskPage)
    return page.inbox


def to_sign_off(desk: Desk, found: Row, count: int) -> list[int]:
    """Return hazards that wait for their sign-off."""
    made = []
    for _ in range(count):
        number = desk.hazards.add(found).ids[0]
        desk.hazards.step(number, "rectified", RECTIFIED)
        desk.hazards.step(number, "recheck_passed", RECHECKED)
        made.append(number)
    return made


def again(card: InboxCard) -> InboxCard:
    card.window().office.renew()  # type: ignore[attr-defined]
    QCoreApplication.processEvents()
    card.list.choose(0)
    return card


def listens(card: InboxCard) -> bool:
    """Whether the list hears the keys again; without a screen nobody gives the window back its keyboard."""
    card.window().activateWindow()
    QCoreApplication.processEvents()
    return card.list.hasFocus()


def form_over(card: InboxCard) -> FormDialog:
    (dialog,) = [one for one in card.findChildren(FormDialog) if one.isVisible()]
    return dialog


def test_the_page_opens_on_the_gravest_line(card: InboxCard, desk: Desk, found: Row) -> None:
    waiting = desk.inbox().today
    assert card.list.hasFocus()
    line = card.list.current()
    assert line is not None
    assert line.item == waiting[0]
    assert card.list.shown.rowCount() == len(waiting)
    hands = Hands()
    hands.press("J", "J", "K", "Down")
    current = card.list.current()
    assert current is not None
    assert current.item == waiting[2]


def test_enter_signs_off_over_the_page_and_goes_on(card: InboxCard, desk: Desk, found: Row) -> None:
    first, second = to_sign_off(desk, found, 2)
    again(card)
    hands = Hands()
    hands.press("Return")
    form_over(card).form.editor("signed_off_by").put("己审批")
    hands.press("Ctrl+S")
    assert desk.hazards.get(first).state == "已销号"
    current = card.list.current()
    assert current is not None and current.item is not None
    assert current.item.record == f"hazards/{second}", "the next line"
    assert listens(card)
    assert hands.keys == 2


def test_several_are_signed_off_with_one_form(card: InboxCard, desk: Desk, found: Row) -> None:
    numbers = to_sign_off(desk, found, 3)
    again(card)
    hands = Hands()
    hands.press("Space", "Space", "Space", "Return")
    form_over(card).form.editor("signed_off_by").put("己审批")
    hands.press("Ctrl+S")
    assert {desk.hazards.get(one).state for one in numbers} == {"已销号"}
    assert desk.undoable() == "“销号”3条隐患"


def test_lines_of_different_steps_are_not_taken_together(
    card: InboxCard, window: MainWindow, desk: Desk, found: Row
) -> None:
    to_sign_off(desk, found, 1)
    again(card)
    Hands().press("Space", "Space", "Return")
    assert "分开办" in window.notice.text
    Hands().press("Esc")
    assert card.list.shown.chosen == set()


def test_what_has_the_same_next_step_is_chosen_by_one_key(
    card: InboxCard, window: MainWindow, desk: Desk, found: Row
) -> None:
    numbers = to_sign_off(desk, found, 3)
    again(card)
    Hands().press("Ctrl+A", "Return")
    form_over(card).form.editor("signed_off_by").put("己审批")
    Hands().press("Ctrl+S")
    assert {desk.hazards.get(one).state for one in numbers} == {"已销号"}
    card.window().activateWindow()
    QCoreApplication.processEvents()
    Hands().press("Ctrl+A", "Return")
    assert window.notice.text == "“登记进展”只能一行一行办", "they are alike"


def test_putting_off_by_a_digit_is_an_act_with_undo(card: InboxCard, desk: Desk) -> None:
    line = card.list.current()
    assert line is not None
    count = card.list.shown.rowCount()
    Hands().press("1")
    assert card.list.shown.rowCount() == count - 1
    assert [row.until for row in desk.inbox().put_off] == [date(2023, 6, 2)]
    Hands().press("2")
    assert [row.until for row in desk.inbox().put_off] == [date(2023, 6, 2), date(2023, 6, 5)]
    card.show_view(PUT_OFF)
    assert card.list.shown.rowCount() == 2
    assert not any(made.isVisible() for made in card._buttons)
    Hands().press("Return")
    assert card.list.shown.rowCount() == 1
    desk.undo()
    desk.undo()
    assert len(desk.inbox().put_off) == 1


def test_silence_asks_for_the_reason_and_a_day_for_a_day_to_come(card: InboxCard, desk: Desk) -> None:
    hands = Hands()
    hands.press("0")
    hands.press("Ctrl+S")
    assert form_over(card).isVisible(), "without a reason it is not silenced"
    hands.write("已由县局接办")
    hands.press("Ctrl+S")
    (row,) = desk.inbox().put_off
    assert row.said == "不再提醒：已由县局接办"
    assert listens(card)
    hands.press("3")
    form_over(card).form.editor("until").put("2023-06-09")
    hands.press("Ctrl+S")
    assert [one.until for one in desk.inbox().put_off] == [date(2023, 6, 9), None]


def test_nine_firms_are_urged_by_one_key_into_one_file(
    card: InboxCard, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    for place in range(9):
        desk.enterprises.add({"name": f"示例{place}厂", "category": "企业", "sector": "工贸"})
        row: Row = {"unit_name": f"示例{place}厂", "duty": "两单两卡", "state": "未落实"}
        desk.enterprise_duties.add(row | {"next_due": "2023-05-30"})
    again(card)
    (at,) = [place for place, line in enumerate(card.list.shown.lines) if line.kind == "enterprise"]
    card.list.choose(at)
    assert card.take_button.text() == "催办9家　Enter"
    Hands().press("Return")
    assert desk.rewards.count_by("kind")["提醒函"] == 9
    assert "enterprise" not in {line.kind for line in card.list.shown.lines}
    (made,) = card.findChildren(MadeDialog)
    assert made.file.exists()
    made.accept()
    assert "催办" in desk.undoable()


@pytest.mark.parametrize("width", [1366, 800])
def test_every_line_stands_in_full(card: InboxCard, window: MainWindow, width: int, qtbot: QtBot) -> None:
    """What a line says has room in its own height, at the width of the list."""
    window.resize(QSize(width, 768))
    QCoreApplication.processEvents()
    for row, line in enumerate(card.list.shown.lines):
        index = card.list.shown.index(row)
        rect = card.list.visualRect(index)
        option = QStyleOptionViewItem()
        card.list.initViewItemOption(option)
        option.rect = rect
        need = card.list.painter.sizeHint(option, index)
        assert rect.height() >= need.height(), line.title
        assert rect.width() <= card.list.viewport().width()
        assert card.list.painter.button(option, line).right() <= rect.right()
        said = str(index.data(0x000B))  # the accessible text: the line as a sentence
        assert line.title in said and "下一步" in said


def test_what_comes_is_a_key_away(card: InboxCard, desk: Desk) -> None:
    card.show_view(COMING)
    assert card.list.shown.rowCount() == len(desk.inbox().month) > 0
    assert card.list.hasFocus()


def test_o_opens_the_record(card: InboxCard, window: MainWindow) -> None:
    line = card.list.current()
    assert line is not None and line.item is not None
    Hands().press("O")
    assert window.page.takes(line.item.ledger)


def test_a_tip_is_answered_in_its_own_form(card: InboxCard, desk: Desk) -> None:
    tip: Row = {"received_on": "2023-05-20", "way": "电话", "content": "通道堵塞", "deadline": "2023-05-30"}
    number = desk.tips.add(tip).ids[0]
    again(card)
    (at,) = [place for place, line in enumerate(card.list.shown.lines) if line.kind == "tip"]
    card.list.choose(at)
    Hands().press("Return")
    form = form_over(card)
    assert form.form.raw()["answered_on"] == "2023-06-01", "today is proposed"
    form.form.editor("verified").put("不属实")
    Hands().press("Ctrl+S")
    assert desk.tips.get(number).answered_on == date(2023, 6, 1)
    assert "tip" not in {line.kind for line in card.list.shown.lines}


def test_what_was_done_is_told_beside_the_buttons_not_over_them(
    desk: Desk, found: Row, card: InboxCard, window: MainWindow
) -> None:
    to_sign_off(desk, found, 2)
    window.resize(1366, 728)
    QCoreApplication.processEvents()
    window.notice.say("推后到明天：" + "很长的一句话" * 12, desk.hazards.add(found))
    told = window.notice.rect().translated(window.notice.mapTo(window, QPoint()))
    buttons = [one for one in card.findChildren(QPushButton) if one.isVisible()]
    assert len(buttons) > 6
    assert not any(told.intersects(one.rect().translated(one.mapTo(window, QPoint()))) for one in buttons)
    assert window.rail.verticalScrollBar().value() == 0, "the first page's name is seen whole"
