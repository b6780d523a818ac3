"""A hazard found, put right, rechecked and signed off on one day is one form, filled in with keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.states import State
from tests.ui.conftest import turn
from tests.ui.hands import Hands
from ui.forms.folding_form import FoldingForm
from ui.forms.form_dialog import FormDialog
from ui.pages.hazard_page import HazardPage
from ui.window import MainWindow

FOUND = {
    "level": "一般",
    "source": "执法检查",
    "sector": "工贸",
    "unit_name": "示例木材加工厂",
    "place": "仓库",
    "description": "安全出口堵塞",
    "found_on": "2023-05-31",
}
SETTLED = {
    "rectified_by": "丙负责",
    "rechecked_by": "甲检查",
    "recheck_finding": "通道已清理",
    "signed_off_by": "乙主任",
}


@pytest.fixture
def begun(window: MainWindow, form: Callable[[], FormDialog]) -> FormDialog:
    """The form of a new hazard, opened by its key and told what was found."""
    turn(window, HazardPage)
    Hands().press("Ctrl+N")
    dialog = form()
    assert isinstance(dialog.form, FoldingForm)
    dialog.form.restore(FOUND)
    return dialog


def write_into(hands: Hands, dialog: FormDialog, name: str, text: str) -> None:
    """Go on by Tab to a field and write there."""
    box = dialog.form.editor(name).box
    for _ in range(60):
        if box.hasFocus():
            break
        hands.press("Tab")
    assert box.hasFocus(), name
    hands.write(text)


def shown(dialog: FormDialog) -> list[str]:
    return [name for name, box in dialog.form.boxes.items() if name in SETTLED and box.isVisible()]


def test_by_keys_alone_from_the_page_to_the_hazard_signed_off(
    window: MainWindow, desk: Desk, form: Callable[[], FormDialog]
) -> None:
    desk.enterprises.add({"name": "红星超市", "category": "企业", "sector": "消防", "principal": "李老板"})
    turn(window, HazardPage)
    window.activateWindow()
    hands = Hands()
    hands.press("Ctrl+N")
    only = form()
    told = {"单位名称": "红星超市", "级别": "一般", "来源": "执法", "隐患部位": "后门", "隐患描述": "堵塞"}
    for name, text in told.items():
        hands.go_to(name)
        hands.write(text)
    hands.go_to("当场整改", "Tab")
    hands.press("Space")
    later = {"整改人": "李老板", "复查人": "王秀", "复查结论": "已清理", "销号审批人": "乙主任"}
    for name, text in later.items():
        hands.go_to(name)
        hands.write(text)
    assert form() is only, "one form, and no second"
    hands.press("Ctrl+S")
    (row,) = desk.hazards.select(Query())
    kept = (row.state, row.sector, row.responsible, row.rectified_by, row.signed_off_by)
    assert kept == (State.CLOSED, "消防", "李老板", ["李老板"], "乙主任")
    assert not [one for one in window.findChildren(FormDialog) if one.isVisible()]
    assert hands.keys <= 18, hands.keys


def test_one_form_from_found_to_signed_off(window: MainWindow, begun: FormDialog, desk: Desk) -> None:
    hands = Hands()
    assert shown(begun) == []
    begun.begin_at("on_the_spot")
    hands.press("Space")
    assert shown(begun) == list(SETTLED)
    for name, text in SETTLED.items():
        write_into(hands, begun, name, text)
    hands.press("Ctrl+S")
    (row,) = desk.hazards.select(Query())
    assert (row.state, row.signed_off_by) == (State.CLOSED, "乙主任")
    assert not [one for one in window.findChildren(FormDialog) if one.isVisible()], "one form, and no second"


def test_what_is_lacking_has_the_focus(begun: FormDialog, desk: Desk) -> None:
    hands = Hands()
    begun.begin_at("on_the_spot")
    hands.press("Space")
    write_into(hands, begun, "signed_off_by", "乙主任")
    hands.press("Ctrl+S")
    assert desk.hazards.count(Query()) == 0
    assert begun.form.editor("rectified_by").box.hasFocus()
    begun.begin_at("on_the_spot")
    hands.press("Space")
    assert shown(begun) == []
    hands.press("Ctrl+S")
    (row,) = desk.hazards.select(Query())
    assert row.state == State.FOUND, "without the tick it is only registered"


def test_a_draft_comes_back_unfolded(window: MainWindow, begun: FormDialog) -> None:
    begun.begin_at("on_the_spot")
    Hands().press("Space")
    begun.draft.keep()
    begun.form.put({})
    assert shown(begun) == []
    begun.draft.restore()
    assert shown(begun) == list(SETTLED)
