"""The page of the sectors: one is renamed and merged there, and every form offers it at once."""

from __future__ import annotations

from hazard_desk.desk import Desk
from hazard_desk.library.plan_file import find_plan
from tests.ui.test_record_pane import FormDialog, opened, press, texts
from ui.window import MainWindow


def test_merged_in_the_window(window: MainWindow, desk: Desk, form) -> None:
    desk.enterprises.add({"name": "示例厂", "category": "企业", "sector": "工贸"})
    number = desk.books.sectors.called("工贸")
    page = opened(window, "sectors", number)
    press(page, "并入其他行业领域")
    dialog: FormDialog = form()
    dialog.form.put({"into": "建设施工"})
    dialog.save()
    assert desk.enterprises.get(1).sector == "建设施工"
    assert desk.books.sectors.get(number).now == "建设施工"


def test_a_unit_shows_what_it_is_to_send(window: MainWindow, desk: Desk) -> None:
    desk.plans.enter(find_plan("fangshan-2023"))
    number = desk.books.units.called("粮食小组").id
    page = opened(window, "units", number)
    told = texts(page.pane)
    assert "粮食小组（本股室）" in told
    assert "粮食小组（所属行业领域）" in told
    assert told.count("未报") == 2
