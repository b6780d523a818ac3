"""A check with three findings is one form: each finding a card, added by key, and a hazard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.states import State
from tests.ui.hands import Hands
from ui.forms.check_form import CheckForm
from ui.forms.form_dialog import FormDialog
from ui.pages.ledger_page import LedgerPage
from ui.window import MainWindow

VISIT = {
    "checked_on": "2023-05-20",
    "kind": "日常",
    "unit_name": "示例木材加工厂",
    "inspectors": "甲检查、乙检查",
    "sector": "工贸",
}
FOUND = (("加工车间", "电线私拉乱接"), ("仓库", "安全出口堵塞"), ("配电室", "灭火器过期"))


@pytest.fixture
def begun(window: MainWindow, form: Callable[[], FormDialog]) -> FormDialog:
    """The form of a new check, opened by its key and told what was done."""
    window.open_ledger("checks", {})
    assert isinstance(window.page, LedgerPage)
    Hands().press("Ctrl+N")
    dialog = form()
    dialog.form.restore(VISIT)
    return dialog


def lines(dialog: FormDialog) -> CheckForm:
    assert isinstance(dialog.form, CheckForm)
    return dialog.form


def tell(hands: Hands, place: str, description: str) -> None:
    """Add a finding and go through it by keys."""
    hands.press("Alt+A")
    hands.press("Down", "Down", "Tab")  # 一般
    hands.write(place)
    hands.press("Tab")
    hands.write(description)


def test_one_form_makes_check_findings_and_hazards(window: MainWindow, begun: FormDialog, desk: Desk) -> None:
    hands = Hands()
    for place, description in FOUND:
        tell(hands, place, description)
    hands.press("Ctrl+S")
    assert not [one for one in window.findChildren(FormDialog) if one.isVisible()], "one form, and no second"
    (check,) = desk.checks.select(Query())
    assert check.findings == 3
    rows = desk.hazards.select(Query(sort="number"))
    assert [(row.place, row.description) for row in rows] == list(FOUND)
    assert {(row.state, row.unit_name, row.check_id) for row in rows} == {
        (State.FOUND, "示例木材加工厂", check.id)
    }
    assert hands.keys == 4 * len(FOUND) + len(FOUND) + 1


def test_what_is_wrong_in_a_finding_has_the_focus(begun: FormDialog, desk: Desk) -> None:
    hands = Hands()
    tell(hands, *FOUND[0])
    tell(hands, "", FOUND[1][1])
    hands.press("Ctrl+S")
    assert desk.checks.count(Query()) == 0
    second = lines(begun).cards[1]
    assert second.form.editor("place").box.hasFocus()
    assert second.form.boxes["place"].below.text() == "请填写“部位”"
    assert begun.banner.isHidden() or not begun.banner.text()


def test_a_finding_is_taken_away_by_key(begun: FormDialog, desk: Desk) -> None:
    hands = Hands()
    tell(hands, *FOUND[0])
    tell(hands, *FOUND[1])
    first, second = lines(begun).cards
    first.away.setFocus()
    hands.press("Space")
    assert lines(begun).cards == [second]
    assert second.heading.text() == "问题1"
    hands.press("Ctrl+S")
    assert [row.place for row in desk.hazards.select(Query())] == ["仓库"]


def test_tab_goes_through_check_findings_and_out(begun: FormDialog) -> None:
    hands = Hands()
    tell(hands, *FOUND[0])
    tell(hands, *FOUND[1])
    form = lines(begun)
    wanted = [box.editor.box for box in form.boxes.values()]
    for card in form.cards:
        wanted.append(card.away)
        wanted += [box.editor.box for box in card.form.boxes.values() if not box.isHidden()]
    wanted += [form.add_button, begun.save_button]
    wanted[0].setFocus()
    for place, box in enumerate(wanted):
        assert hands.under() is box, place
        hands.press("Tab")


def test_a_draft_keeps_the_findings(begun: FormDialog) -> None:
    tell(Hands(), *FOUND[0])
    assert begun.draft is not None
    begun.draft.keep()
    begun.form.put({})
    assert lines(begun).cards == []
    begun.draft.restore()
    (card,) = lines(begun).cards
    assert card.form.raw()["place"] == "加工车间"
