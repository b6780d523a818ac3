"""A general hazard of a known firm is registered with few keys besides its texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPushButton

from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import turn
from tests.ui.hands import Hands
from ui.forms.editors import LineEditor
from ui.forms.entering import entry_form
from ui.forms.form_dialog import FormDialog
from ui.forms.step_form import ask_step
from ui.office import Office
from ui.pages.hazard_page import HazardPage
from ui.window import MainWindow

FIRM = {
    "name": "红星超市",
    "category": "个体工商户",
    "sector": "消防",
    "village": "观音村",
    "principal": "李老板",
    "office": "应急办",
}
Form = Callable[[], FormDialog]


def test_a_general_hazard_of_a_known_firm_takes_nine_keys_at_most(window: MainWindow, desk: Desk) -> None:
    desk.enterprises.add(FIRM)
    turn(window, HazardPage)
    window.activateWindow()
    hands = Hands()
    hands.press("Ctrl+N")
    hands.write("红星超市")
    hands.press("Return")
    hands.write("一般")
    hands.press("Return")
    hands.write("执法")
    hands.press("Return", "Return")  # the sector stands there
    hands.write("安全出口")
    hands.press("Return")
    hands.write("安全出口堵塞")
    hands.press("Ctrl+S")
    (row,) = desk.hazards.select(Query())
    kept = (row.unit_name, row.level, row.source, row.sector, row.place, row.description)
    assert kept == ("红星超市", "一般", "执法检查", "消防", "安全出口", "安全出口堵塞")
    assert (row.found_on, row.responsible, row.office) == (desk.today, "李老板", "应急办")
    assert row.enterprise_id == 1
    assert hands.keys <= 9, hands.keys


def test_ctrl_enter_saves_and_opens_the_next_legal_step(window: MainWindow, desk: Desk, form: Form) -> None:
    desk.enterprises.add(FIRM)
    turn(window, HazardPage)
    window.activateWindow()
    hands = Hands()
    hands.press("Ctrl+N")
    for text in ("红星超市", "一般", "执法", "", "安全出口", "安全出口堵塞"):
        hands.write(text)
        hands.press(*([] if text == "安全出口堵塞" else ["Return"]))
    hands.press("Ctrl+Return")
    assert form().windowTitle().endswith("落实“五落实”")
    values = {"measures": "清理杂物", "deadline": "30"}
    for name, text in values.items():
        form().begin_at(name)
        hands.write(text)
    hands.press("Ctrl+Return")
    assert form().windowTitle().endswith("整改完成")
    form().begin_at("rectified_by")
    hands.write("李老板")
    hands.press("Ctrl+Return")
    assert form().windowTitle().endswith("复查通过")
    hands.press("Escape")
    QCoreApplication.processEvents()
    (row,) = desk.hazards.select(Query())
    assert row.state == "待复查"
    assert row.deadline == date(2023, 6, 30)


def test_the_next_record_begins_with_people_and_no_verdict(
    window: MainWindow, desk: Desk, form: Form
) -> None:
    desk.enterprises.add(FIRM)
    turn(window, HazardPage)
    window.activateWindow()
    hands = Hands()
    hands.press("Ctrl+N")
    for text in ("红星超市", "一般", "执法", "", "安全出口", "安全出口堵塞"):
        hands.write(text)
        hands.press(*([] if text == "安全出口堵塞" else ["Return"]))
    form().begin_at("inspectors")
    hands.write("王秀、李四")
    hands.press("Ctrl+Shift+Return")
    begun = {name: said for name, said in form().form.raw().items() if said}
    assert begun == {
        "unit_name": "红星超市",
        "source": "执法检查",
        "sector": "消防",
        "office": "应急办",
        "responsible": "李老板",
        "found_on": desk.today.isoformat(),
        "inspectors": "王秀、李四",
    }
    hands.press("Escape")
    assert not form_open(window), "nothing of it was typed"


def test_what_follows_from_the_firm_never_overwrites_what_was_typed(
    window: MainWindow, desk: Desk, form: Form
) -> None:
    desk.enterprises.add(FIRM)
    desk.enterprises.add(FIRM | {"name": "观音加油站", "sector": "危险化学品", "principal": "赵站长"})
    turn(window, HazardPage)
    window.activateWindow()
    hands = Hands()
    hands.press("Ctrl+N")
    form().begin_at("responsible")
    hands.write("王店员")
    form().begin_at("unit_name")
    hands.write("hxcs")
    hands.press("Return")
    raw = form().form.raw()
    assert (raw["unit_name"], raw["sector"], raw["responsible"]) == ("红星超市", "消防", "王店员")
    form().begin_at("unit_name")
    hands.write("观音加油站")
    hands.press("Return")
    raw = form().form.raw()
    assert (raw["unit_name"], raw["sector"], raw["responsible"]) == ("观音加油站", "危险化学品", "王店员")
    form().begin_at("unit_name")
    hands.write("某农户")
    hands.press("Return")
    raw = form().form.raw()
    assert (raw["sector"], raw["office"], raw["responsible"]) == ("", "", "王店员")
    assert form().form.boxes["unit_name"].below.text() == "监管对象台账里没有这一家，按所写的名称登记"


def test_what_followed_from_the_firm_of_a_record_gives_way_to_another(
    window: MainWindow, desk: Desk, form: Form, found: Row
) -> None:
    desk.enterprises.add(FIRM)
    desk.enterprises.add(FIRM | {"name": "观音加油站", "sector": "危险化学品", "principal": "赵站长"})
    told = {"unit_name": "红星超市", "sector": "消防", "responsible": "王店员", "office": "应急办"}
    number = desk.hazards.add(found | told).ids[0]
    page = turn(window, HazardPage)
    page.show_record(number)
    window.activateWindow()
    page.pane.edit_at("unit_name")
    hands = Hands()
    hands.press("Ctrl+A")
    hands.write("观音加油站")
    hands.press("Return")
    raw = form().form.raw()
    assert (raw["sector"], raw["responsible"]) == ("危险化学品", "王店员"), "what was told otherwise stays"


def form_open(window: MainWindow) -> bool:
    QCoreApplication.processEvents()
    return any(dialog.isVisible() for dialog in window.findChildren(FormDialog))


def test_an_amount_shows_its_unit_as_it_follows_from_the_type(window: MainWindow, form: Form) -> None:
    window.open_ledger("rewards-penalties", {})
    window.activateWindow()
    hands = Hands()
    hands.press("Ctrl+N")
    amount = form().form.boxes["amount"]

    def units() -> list[str]:
        return [label.text() for label in amount.editor.findChildren(QLabel) if label.isVisible()]

    assert units() == [], "no type, no unit"
    for said, unit in (("举报奖励", "元"), ("行政处罚", "万元")):
        form().begin_at("kind")
        hands.press("Ctrl+A")
        hands.write(said)
        hands.press("Return")
        assert units() == [unit]


def test_a_task_is_chosen_by_words_of_what_it_asks(window: MainWindow, desk: Desk, form: Form) -> None:
    task = desk.tasks.all_rows()[4]
    window.open_ledger("activities", {})
    window.activateWindow()
    hands = Hands()
    hands.press("Ctrl+N")
    form().begin_at("task_number")
    hands.write(f"{task.text[:6]} {task.text[-6:]}")
    hands.press("Return")
    box = form().form.boxes["task_number"]
    assert box.editor.raw() == str(task.number)
    assert box.below.text() == task.text


def test_a_word_that_is_no_choice_is_kept_and_refused_at_once(window: MainWindow, form: Form) -> None:
    turn(window, HazardPage)
    window.activateWindow()
    hands = Hands()
    hands.press("Ctrl+N", "Return")
    hands.write("较大")
    hands.press("Return")
    box = form().form.boxes["level"]
    assert box.editor.raw() == "较大"
    assert box.below.text() == "“级别”请从以下选项中选择：重大、一般"
    hands.press("Shift+Return")
    assert form().focusWidget() is box.editor.box, "Shift+Enter goes back"


def test_the_basis_is_offered_for_the_sector_of_the_firm(window: MainWindow, desk: Desk, form: Form) -> None:
    desk.enterprises.add(FIRM | {"sector": "烟花爆竹"})
    turn(window, HazardPage)
    window.activateWindow()
    hands = Hands()
    hands.press("Ctrl+N")
    hands.write("红星超市")
    hands.press("Return")
    form().begin_at("criterion")
    hands.press("Alt+Down")
    editor = form().form.editor("criterion")
    assert isinstance(editor, LineEditor)
    assert editor.drop is not None
    offered = [one.text for one in editor.drop.offers]
    assert any("烟花爆竹" in one for one in offered)
    assert not any("城镇燃气" in one for one in offered)


def test_a_step_begins_with_who_answers_for_the_firm(
    window: MainWindow, desk: Desk, form: Form, office: Office, found: Row
) -> None:
    desk.enterprises.add(FIRM)
    number = desk.hazards.add(found | {"unit_name": "红星超市", "responsible": ""}).ids[0]
    ask_step(office, desk.hazards.get(number), STEPS["committed"], window)
    assert form().form.raw()["responsible"] == "李老板"


def test_what_was_put_forward_is_still_so_in_a_draft(window: MainWindow, desk: Desk, form: Form) -> None:
    desk.enterprises.add(FIRM)
    desk.enterprises.add(FIRM | {"name": "观音加油站", "sector": "危险化学品", "principal": "赵站长"})
    turn(window, HazardPage)
    window.activateWindow()
    hands = Hands()
    hands.press("Ctrl+N")
    hands.write("红星超市")
    hands.press("Return")
    form().begin_at("office")
    hands.press("Ctrl+A")
    hands.write("安监站")
    draft = form().draft
    assert draft is not None
    draft.keep()
    dead = form()
    dead.hide()
    window.activateWindow()
    hands.press("Ctrl+N")
    assert form() is not dead
    form().begin_at("unit_name")
    hands.press("Ctrl+A")
    hands.write("观音加油站")
    hands.press("Return")
    raw = form().form.raw()
    assert (raw["sector"], raw["responsible"], raw["office"]) == ("危险化学品", "赵站长", "安监站")


def test_a_draft_outlives_a_form_that_was_filled_otherwise(
    window: MainWindow, desk: Desk, form: Form, office: Office
) -> None:
    desk.enterprises.add(FIRM)
    desk.drafts.keep("新增隐患/new", {"place": "后门", "description": "堵塞"})
    page = turn(window, HazardPage)
    dialog = page.start_with({"unit_name": "红星超市", "place": "仓库"})
    assert (dialog.form.raw()["place"], dialog.form.raw()["sector"]) == ("仓库", "消防")
    (back,) = [one for one in dialog.recovered.findChildren(QPushButton) if one.isVisible()]
    assert back.text() == "换成上次的内容"
    back.click()
    assert (dialog.form.raw()["place"], dialog.form.raw()["description"]) == ("后门", "堵塞")


def test_a_draft_comes_back_only_into_the_form_about_the_same(
    window: MainWindow, desk: Desk, office: Office
) -> None:
    hazards = desk.hazards
    first = entry_form(office, hazards, window, title="登记为隐患", about="finding/1")
    assert first.draft is not None
    first.form.restore({"place": "后门"})
    first.draft.keep()
    assert entry_form(office, hazards, window, title="登记为隐患", about="finding/1").form.raw()["place"]
    assert not entry_form(office, hazards, window, title="登记为隐患", about="finding/2").form.raw()["place"]
