"""A check with three findings is one form: each finding a card, added by key, and a hazard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hazard_desk.books.checks.findings import LINES, enter_check
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.states import State
from tests.ui.hands import Hands
from ui.forms.check_form import CheckForm
from ui.forms.editors import LineEditor
from ui.forms.entering import finding_form
from ui.forms.form_dialog import FormDialog
from ui.office import Office
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


@pytest.fixture
def shop(desk: Desk) -> int:
    """A firm that the desk knows."""
    values = {
        "name": "红星超市",
        "category": "企业",
        "sector": "消防",
        "office": "应急办",
        "principal": "李老板",
    }
    return desk.enterprises.add(values).ids[0]


def begin_by_keys(window: MainWindow, hands: Hands) -> None:
    """From the page of checks to a form that says where, how and by whom was checked."""
    window.open_ledger("checks", {})
    window.activateWindow()
    hands.press("Ctrl+N")
    for name, text in {"检查对象": "红星超市", "检查类型": "日常", "检查人": "甲检查、乙检查"}.items():
        hands.go_to(name)
        hands.write(text)


def test_by_keys_alone_from_the_page_to_a_check_with_three_hazards(
    window: MainWindow, desk: Desk, form: Callable[[], FormDialog], shop: int
) -> None:
    hands = Hands()
    begin_by_keys(window, hands)
    only = form()
    for place, description in FOUND:
        hands.press("Alt+A")
        for name, text in {"级别": "一般", "部位": place, "发现的问题": description}.items():
            hands.go_to(name)
            hands.write(text)
    assert form() is only, "one form, and no second"
    hands.press("Ctrl+S")
    assert not [one for one in window.findChildren(FormDialog) if one.isVisible()]
    rows = desk.hazards.select(Query(sort="number"))
    assert [(row.place, row.description) for row in rows] == list(FOUND)
    assert {(row.enterprise_id, row.sector, row.responsible) for row in rows} == {(shop, "消防", "李老板")}
    assert hands.keys <= 20, hands.keys


def test_who_answers_for_a_finding_follows_from_the_firm_and_makes_none_by_itself(
    window: MainWindow, desk: Desk, form: Callable[[], FormDialog], shop: int
) -> None:
    desk.enterprises.add(
        {"name": "观音加油站", "category": "企业", "sector": "危险化学品", "principal": "赵站长"}
    )
    hands = Hands()
    begin_by_keys(window, hands)
    hands.press("Alt+A", "Alt+A", "Alt+A")
    first, second, _ = lines(form()).cards
    for name, text in {"level": "一般", "place": "仓库", "description": "堆放杂物"}.items():
        first.form.focus_on(name)
        hands.write(text)
        second.form.focus_on(name)
        hands.write(text)
    second.form.focus_on("responsible")
    hands.press("Ctrl+A")
    hands.write("王店员")
    form().begin_at("unit_name")
    hands.press("Ctrl+A")
    hands.write("观音加油站")
    hands.press("Ctrl+S")
    rows = desk.hazards.select(Query(sort="number"))
    assert [row.responsible for row in rows] == ["赵站长", "王店员"], "a third was not told"
    assert {row.sector for row in rows} == {"危险化学品"}


def test_what_is_found_besides_begins_with_who_answers_for_it(
    window: MainWindow, desk: Desk, office: Office, shop: int
) -> None:
    number = desk.checks.add(VISIT | {"unit_name": "红星超市"}).ids[0]
    dialog = finding_form(office, number, window)
    assert dialog.form.raw()["responsible"] == "李老板"
    assert not dialog.form.dirty


def test_the_basis_of_a_finding_is_offered_for_the_sector_of_the_firm(
    window: MainWindow, desk: Desk, form: Callable[[], FormDialog], shop: int
) -> None:
    desk.enterprises.change(shop, {"sector": "烟花爆竹"})
    hands = Hands()
    begin_by_keys(window, hands)
    hands.press("Alt+A")
    editor = lines(form()).cards[0].form.editor("criterion")
    assert isinstance(editor, LineEditor)
    offered = [one.text for one in editor.offers]
    assert any("烟花爆竹" in one for one in offered)
    assert not any("城镇燃气" in one for one in offered)


def test_the_hazard_takes_the_sector_that_was_typed_for_the_check(desk: Desk, shop: int) -> None:
    found = {"level": "一般", "place": "仓库", "description": "堆放杂物"}
    enter_check(desk.checks, VISIT | {"unit_name": "红星超市", LINES: [found]})
    (row,) = desk.hazards.select(Query())
    assert (row.sector, row.office) == ("工贸", "应急办")


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
