"""The clerk decides which names mean which enterprise, and merges two."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from hazard_desk.desk import Desk
from tests.every_act import SHOP, VISIT
from tests.ui.conftest import turn
from ui.pages.enterprise_page import EnterprisePage
from ui.pages.firm_names import FirmNames
from ui.window import MainWindow


def dialog(window: MainWindow) -> FirmNames:
    found = window.findChild(FirmNames)
    assert found is not None
    return found


def test_names_are_decided_one_by_one(window: MainWindow, desk: Desk) -> None:
    for name in ("甲石料有限公司", "甲石料有限责任公司"):
        desk.enterprises.add(SHOP | {"name": name})
    for name in ("村道三公里处", "甲石料"):
        desk.checks.add(VISIT | {"unit_name": name})
    page = turn(window, EnterprisePage)
    assert ("核对名称", page.check_names) in page.more_acts()
    page.check_names()
    names = dialog(window)
    told = [names.list.item(at).text().splitlines()[0] for at in range(names.list.count())]
    assert told[0] == "“甲石料”没有关联监管对象，可能是“甲石料有限公司”"
    assert told[2] == "“村道三公里处”没有关联监管对象", "what may be nobody comes last"
    assert (names.firm.currentText(), names.decide.text()) == ("甲石料有限公司", "是同一家")
    names.take()
    assert desk.checks.get(2).enterprise_id == 1
    assert names.decide.text() == "合并"
    names.take()
    assert [row.name for row in desk.enterprises.facts()] == ["甲石料有限公司"]
    assert names.firm.currentText() == "", "for a road nothing is proposed"
    assert desk.undoable() == "监管对象“甲石料有限责任公司”并入“甲石料有限公司”"
    assert names.none.isVisible()
    QTest.keyClick(names.none, Qt.Key.Key_Space)
    assert (names.list.count(), names.none.isVisible()) == (0, False)
    assert desk.undoable() == "“村道三公里处”不是监管对象"
    assert names.told.text() == "记录里的名称都已关联监管对象，也没有像是重复登记的。"
    names.reject()


def test_any_enterprise_is_merged_into_another(window: MainWindow, desk: Desk) -> None:
    for name in ("甲厂", "乙厂"):
        desk.enterprises.add(SHOP | {"name": name})
    page = turn(window, EnterprisePage)
    page.show_record(2)
    QCoreApplication.processEvents()
    page.pane.merge()
    asked = dialog(window)
    assert "把“乙厂”并入" in asked.list.item(0).text()
    asked.firm.setCurrentText("甲 厂")
    QTest.keyClick(asked.firm, Qt.Key.Key_Return)
    (row,) = desk.enterprises.facts()
    assert (row.name, row.former) == ("甲厂", ["乙厂"])


def test_a_long_name_widens_neither_the_dialog_nor_the_pane(window: MainWindow, desk: Desk) -> None:
    long = "示例省示例市示例县三星乡" * 12
    for name in (f"{long}公司", f"{long}有限公司"):
        desk.enterprises.add(SHOP | {"name": name})
    desk.checks.add(VISIT | {"unit_name": f"{long}公司"})
    desk.books.check_plans.add({"unit_name": f"{long}公司", "due_on": "2023-06-30"})
    page = turn(window, EnterprisePage)
    page.show_record(1)
    QCoreApplication.processEvents()
    body = page.pane.findChild(QScrollArea)
    assert body is not None and (inner := body.widget()) is not None
    assert inner.minimumSizeHint().width() <= body.viewport().width()
    page.check_names()
    asked = dialog(window)
    assert asked.minimumSizeHint().width() <= 640
    asked.reject()
