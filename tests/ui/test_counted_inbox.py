"""A day's inbox of ten lines is worked off with at most 25 keys besides the texts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import turn
from tests.ui.hands import Hands
from ui.forms.form_dialog import FormDialog
from ui.pages.desk_page import DeskPage
from ui.window import MainWindow

AT_MOST = 25
LEADER = "己审批"


def a_day(desk: Desk, found: Row, five: Row) -> None:
    """Leave ten lines of six kinds: nothing else waits, for all the rest was put off."""
    for place in range(3):
        number = desk.hazards.add(found | {"place": f"车间{place}"}).ids[0]
        desk.hazards.step(number, "rectified", {"happened_on": "2023-05-20", "rectified_by": "丁"})
        done: Row = {"happened_on": "2023-05-21", "rechecked_by": "戊", "recheck_finding": "合格"}
        desk.hazards.step(number, "recheck_passed", done)
    for place in range(2):
        number = desk.hazards.add(found | {"place": f"仓库{place}"}).ids[0]
        desk.hazards.step(number, "committed", five)
    number = desk.hazards.add(found | {"place": "门卫室"}).ids[0]
    desk.hazards.step(number, "committed", five | {"deadline": "2023-06-30"})
    desk.hazards.step(number, "rectified", {"happened_on": "2023-05-25", "rectified_by": "丁"})
    for name in ("甲厂", "乙厂", "丙厂"):
        desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸"})
        row: Row = {"unit_name": name, "duty": "两单两卡", "state": "未落实", "next_due": "2023-05-30"}
        desk.enterprise_duties.add(row)


def test_ten_lines(window: MainWindow, desk: Desk, found: Row, five: Row, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    a_day(desk, found, five)
    page = turn(window, DeskPage)
    window.office.renew()
    QCoreApplication.processEvents()
    card, hands = page.inbox, Hands()
    card.list.choose(0)
    begun = desk.inbox().today[:10]
    kinds = [item.kind for item in begun]
    assert kinds == ["hazard_overdue"] * 2 + ["recheck"] + ["sign_off"] * 3 + ["task"] * 4

    def fill(**texts: str) -> None:
        """Go to the fields of the form that the key opened, write their texts, save it: all by keys."""
        (dialog,) = [one for one in card.findChildren(FormDialog) if one.isVisible()]
        dialog.activateWindow()
        for name, text in texts.items():
            box = dialog.form.boxes[name]
            for _ in range(9):
                if box.isAncestorOf(hands.under()):
                    break
                hands.press("Tab")
            hands.write(text)
        hands.press("Ctrl+S")
        window.activateWindow()

    for _ in range(2):
        hands.press("Return")
        fill(rectified_by="丁整改")
    assert [item.kind for item in desk.inbox().today[:3]] == ["recheck"] * 3
    hands.press("Ctrl+A", "Return")
    fill(rechecked_by="戊复查", recheck_finding="合格")
    hands.press("Ctrl+A", "Return")
    fill(signed_off_by=LEADER)
    assert not [item for item in desk.inbox().today if item.ledger == "hazards"]
    hands.press("2", "2")  # two tasks wait until Monday
    for _ in range(2):
        hands.press("Return")
        fill(kind="进展", note="已部署，正在排查")
    left = {item.record for item in desk.inbox().today}
    waiting = [item for item in begun if item.ledger == "hazards" and item.record in left]
    assert waiting == []
    assert hands.keys <= AT_MOST, hands.keys
