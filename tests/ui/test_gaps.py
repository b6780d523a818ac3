"""Gaps (待补) in the window: counted on the first page, marked in the record, filled at one press."""

from __future__ import annotations

from datetime import date
from random import Random

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import ANY_GAP, GAPS, UNDATED
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.books.hazards.test_history import without
from tests.books.taking import take
from tests.every_act import SHOP, VISIT, furnish
from tests.gaps import lose, take_out
from tests.ui.conftest import Seen, turn
from ui.forms.form_dialog import FormDialog
from ui.pages.desk_page import DeskPage
from ui.pages.ledger_page import LedgerPage
from ui.pages.progress_form_page import ProgressFormPage
from ui.tones import AMBER
from ui.widgets.facts import Facts, GapChip
from ui.window import MainWindow


def firm(desk: Desk, **others: str) -> int:
    """A firm whose category and sector nobody told."""
    number = desk.enterprises.add(SHOP).ids[0]
    take_out(desk, Enterprise, number, "category", "sector", others=others)
    return number


def page_of(window: MainWindow, record: str) -> LedgerPage:
    window.open_record(record)
    QCoreApplication.processEvents()
    assert isinstance(window.page, LedgerPage)
    return window.page


def chips(page: LedgerPage) -> dict[str, GapChip]:
    QCoreApplication.processEvents()
    found = [chip for chip in page.pane.findChildren(GapChip) if chip.isVisible()]
    return {chip.accessibleName(): chip for chip in found}


def test_the_first_page_counts_them_and_leads_to_the_ledger(window: MainWindow, desk: Desk):
    page = window.page
    assert isinstance(page, DeskPage)
    number = firm(desk)
    visit = desk.checks.add(VISIT).ids[0]
    take_out(desk, CheckRow, visit, "kind")
    page.refresh()
    lines = page.inbox.list.shown.lines
    told = {line.title: row for row, line in enumerate(lines) if line.kind == "gap"}
    assert list(told) == ["检查执法有1条记录内容不全", "监管对象有1条记录内容不全"]
    page.inbox.list.choose(told["监管对象有1条记录内容不全"])
    page.inbox.take()
    QCoreApplication.processEvents()
    ledger = window.page
    assert isinstance(ledger, LedgerPage)
    assert ledger.ledger.id == "enterprises"
    assert ledger.query().where == {GAPS: ANY_GAP}
    assert ledger.total.text().startswith("共1条")
    assert [ledger.model.id_at(row) for row in range(ledger.model.rowCount())] == [number]


def test_the_filter_bar_offers_labels(window: MainWindow, desk: Desk):
    page = page_of(window, f"enterprises/{firm(desk)}")
    combo = page.filters.combos[GAPS]
    assert [combo.itemText(at) for at in range(combo.count())] == ["待补不限", ANY_GAP, "类别", "行业领域"]
    combo.setCurrentText("行业领域")
    assert page.query().where == {GAPS: "行业领域"}
    assert page.total.text().startswith("共1条")


def test_a_gap_is_marked_in_its_place_and_one_press_leads_to_fill_it(
    window: MainWindow, desk: Desk, seen: Seen, qtbot: QtBot
):
    page = page_of(window, f"enterprises/{firm(desk, 行业领域='木材')}")
    assert list(chips(page)) == ["类别待补", "行业领域待补"]
    told = [label.text() for label in page.pane.findChildren(QLabel) if label.isVisible()]
    assert told.index("类别") < told.index("行业领域")
    assert "原写“木材”" in told
    chip = chips(page)["行业领域待补"]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    form = seen(window, FormDialog)
    assert form.form.editor("sector").box.hasFocus()
    form.form.editor("sector").put("工贸")
    form.form.editor("category").put("企业")
    form.save()
    assert desk.enterprises.get(1).sector == "工贸"


def test_the_table_says_so_too(window: MainWindow, desk: Desk):
    model = page_of(window, f"enterprises/{firm(desk)}").model
    names = [field.name for field in model.fields]
    cells = {name: model.index(0, names.index(name)) for name in ("name", "category", "sector")}
    shown = {name: cell.data() for name, cell in cells.items()}
    assert shown == {"name": SHOP["name"], "category": "待补", "sector": "待补"}
    assert cells["category"].data(Qt.ItemDataRole.ForegroundRole).name() == AMBER.ink.lower()


def test_what_has_no_field_is_read_with_the_record_and_in_no_form(window: MainWindow, desk: Desk, seen: Seen):
    long = "该企业位于镇区东侧，" * 30
    page = page_of(window, f"enterprises/{firm(desk, 占地面积='约3亩', 企业简介=long)}")
    facts = next(one for one in page.pane.findChildren(Facts) if one.isVisible())
    told = [label.text() for label in facts.findChildren(QLabel)]
    assert told[told.index("其他栏目") :][:5] == ["其他栏目", "占地面积", "约3亩", "企业简介", long]
    shown = next(label for label in facts.findChildren(QLabel) if label.text() == long)
    assert shown.wordWrap()
    assert shown.width() <= page.pane.width()
    page.pane.edit()
    assert not {"others", "gaps"} & set(seen(window, FormDialog).form.boxes)


def test_a_progress_form_says_what_it_does_not_count(window: MainWindow, desk: Desk, seen: Seen, found: Row):
    number = desk.hazards.add(found | {"level": "重大", "criterion": "判定标准"}).ids[0]
    page = turn(window, ProgressFormPage)
    assert page.left_out.isHidden()
    take_out(desk, Hazard, number, "source")
    page.refresh()
    QCoreApplication.processEvents()
    (link,) = (one for one in page.left_out.findChildren(QPushButton) if one.isVisible())
    assert link.text().startswith("隐患台账1条缺来源，未计入第1.1、1.3")
    link.click()
    QCoreApplication.processEvents()
    ledger = window.page
    assert isinstance(ledger, LedgerPage)
    assert ledger.query().where == {GAPS: "来源"}


def closed(desk: Desk) -> int:
    """A hazard of last year's ledger: signed off, but nobody told its level, who did it, or on which days."""
    told = without("level", state="已销号", measures="更换线路")
    return take(desk.hazards, told, others={"责任包保人": "张三"})


def test_a_gap_of_a_hazard_leads_to_the_entry_that_lacks_it(window: MainWindow, desk: Desk, seen: Seen):
    number = closed(desk)
    page = page_of(window, f"hazards/{number}")
    marks = chips(page)
    assert [name.removesuffix("待补") for name in marks] == [
        field.label for field in desk.hazards.gaps_of(desk.hazards.get(number))
    ]
    days = [label.text() for label in page.pane.findChildren(QLabel) if label.text() == UNDATED]
    assert len(days) == 2, "rectified and signed off; when, nobody told"
    marks["整改完成日期待补"].click()
    form = seen(window, FormDialog)
    assert form.windowTitle() == "更正“整改完成”"
    assert form.form.editor("happened_on").box.hasFocus()
    assert not form.form.editor("happened_on").raw(), "the day of the import is offered to nobody"
    form.form.editor("happened_on").put(date(2023, 5, 22))
    form.form.editor("rectified_by").put(["丁整改"])
    form.save()
    assert desk.hazards.get(number).rectified_on == date(2023, 5, 22)
    QCoreApplication.processEvents()
    chips(page)["级别待补"].click()
    form = seen(window, FormDialog)
    form.form.editor("level").put("一般")
    form.save()
    row = desk.hazards.get(number)
    assert (row.level, row.gaps) == ("一般", ["signed_off_on", "signed_off_by"])


def test_every_page_is_shown_with_records_that_lack_everything(window: MainWindow, desk: Desk):
    furnish(desk)
    closed(desk)
    take(desk.hazards, {"description": "无"}, others={"来源": "某处"})
    lose(desk, Random(3))
    for place, page in enumerate(window.pages):
        window.go(place)
        page.refresh()
        QCoreApplication.processEvents()
    for ledger in desk.books.ledgers.values():
        for number in ledger.ids(Query())[:3]:
            window.open_record(f"{ledger.id}/{number}")
            QCoreApplication.processEvents()
            told = [label.text() for label in window.page.findChildren(QLabel) if label.isVisible()]
            assert not any("None" in text for text in told), ledger.id
