"""Seven things that once stood still in an open window, each seen by plain navigation, without a refresh."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from hazard_desk.books.enterprise_duties import DUTIES
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import turn
from tests.ui.test_record_pane import TIP, VISIT
from ui.copies.dialog import CopiesDialog
from ui.figures.correction_dialog import CorrectionDialog
from ui.forms.form_dialog import FormDialog
from ui.pages.desk_page import DeskPage
from ui.pages.groups_page import GroupsPage
from ui.pages.hazard_page import HazardPage, HazardPane
from ui.pages.ledger_page import LedgerPage
from ui.pages.progress_form_page import ProgressFormPage
from ui.pages.tasks_page import TasksPage
from ui.panes.record_sections import Linked
from ui.tables.ledger_model import CHIP_ROLE
from ui.window import MainWindow

SHOP = {"name": "示例木材加工厂", "category": "企业", "sector": "工贸"}


def page_of(window: MainWindow, ledger: str) -> LedgerPage:
    """Go to the page of a ledger by the navigation."""
    window.go(next(place for place, page in enumerate(window.pages) if page.takes(ledger)))
    QCoreApplication.processEvents()
    page = window.page
    assert isinstance(page, LedgerPage)
    return page


def buttons(page: LedgerPage) -> list[str]:
    QCoreApplication.processEvents()
    return [made.text() for made in page.pane.findChildren(QPushButton) if made.isVisible()]


def test_a_task_is_on_track_once_the_activity_was_entered(window: MainWindow, desk: Desk) -> None:
    tasks = turn(window, TasksPage)
    number = next(row["id"] for row in desk.tasks.all_rows() if row["number"] == 5)
    tasks.show_record(number)
    assert tasks.pane.record is not None and tasks.pane.record["status"] == "滞后"
    page_of(window, "activities")
    done = {"kind": "五进宣传", "title": "进企业宣传", "held_on": "2023-05-25", "level": "镇"}
    window.office.perform(partial(desk.activities.add, done))
    turn(window, TasksPage)
    assert tasks.pane.record["status"] == "按期推进"
    line = tasks.tree.currentItem()
    assert line is not None and line.data(1, CHIP_ROLE) == ["按期推进"]


def test_a_tip_is_rewarded_once(window: MainWindow, desk: Desk, form: Callable[[], FormDialog]) -> None:
    tip = desk.tips.add(TIP).ids[0]
    window.open_record(f"tips/{tip}")
    page = page_of(window, "tips")
    assert "登记举报奖励" in buttons(page)
    page.pane.make_reward()  # type: ignore[attr-defined]
    form().form.editor("amount").put(500)
    form().save()
    assert "登记举报奖励" not in buttons(page)
    reward = desk.rewards.select(Query())[0]["id"]
    page_of(window, "rewards-penalties")
    window.office.perform(partial(desk.rewards.remove, reward))
    assert "登记举报奖励" in buttons(page_of(window, "tips"))


def test_a_column_that_another_book_fills_is_read_anew(window: MainWindow, desk: Desk) -> None:
    tip = desk.tips.add(TIP).ids[0]
    page = page_of(window, "tips")
    assert page.model.data(page.model.index(0, _column(page, "rewarded"))) != "是"
    window.office.perform(
        partial(desk.tips.make_reward, tip, desk.tips.reward_values(tip) | {"amount": "500"})
    )
    assert page.model.data(page.model.index(0, _column(page, "rewarded"))) == "是"


def test_an_enterprise_shows_every_linked_record(window: MainWindow, desk: Desk, found: Row) -> None:
    unit = desk.enterprises.add(SHOP).ids[0]
    desk.hazards.add(found)
    window.open_record(f"enterprises/{unit}")
    page = page_of(window, "enterprises")

    def links() -> int:
        QCoreApplication.processEvents()
        (linked,) = (one for one in page.pane.findChildren(Linked) if not one.isHidden())
        return len(linked.links)

    assert links() == 1
    for ledger, values in (
        ("checks", VISIT),
        ("tips", TIP),
        ("enterprise-duties", {"duty": DUTIES[0], "state": "已落实"}),
    ):
        page_of(window, ledger)
        book = desk.books.ledger(ledger)
        before = links()
        window.office.perform(partial(book.add, {"unit_name": SHOP["name"], **values}))
        page_of(window, "enterprises")
        assert links() == before + 1, ledger


def test_a_letter_issued_stands_in_the_register(
    window: MainWindow, hazard: int, form: Callable[[], FormDialog]
) -> None:
    documents = page_of(window, "documents")
    assert documents.model.rowCount() == 0
    window.open_record(f"hazards/{hazard}")
    pane = turn(window, HazardPage).pane
    assert isinstance(pane, HazardPane)
    pane.take_step(Steps.NOTICE_RECTIFY)
    form().form.editor("deadline").put("2023-06-20")
    form().save()
    question = form().question
    assert question is not None, "what is doubtful of it is asked first"
    next(one for one in question.buttons() if one.text() == "仍然编发").click()
    assert page_of(window, "documents").model.rowCount() == 1
    assert documents.total.text().startswith("共1条")


@pytest.mark.parametrize("way", ["button", "dialog"])
def test_a_backup_is_told_on_the_first_page(window: MainWindow, way: str) -> None:
    desk = turn(window, DeskPage)
    assert desk.backed_up.text().startswith("还没有备份过")
    if way == "button":
        desk.backup()
    else:
        page_of(window, "checks")
        window.show_copies()
        QCoreApplication.processEvents()
        (dialog,) = (one for one in window.findChildren(CopiesDialog) if one.isVisible())
        dialog.back_up()
        dialog.accept()
    assert turn(window, DeskPage).backed_up.text().startswith("上次备份：2023-06-01")


def test_midnight_makes_overdue_what_is_overdue(
    window: MainWindow, desk: Desk, found: Row, five: Row
) -> None:
    number = desk.hazards.add(found).ids[0]
    desk.hazards.step(number, "committed", five | {"deadline": "2023-06-01"})
    for place in range(len(window.pages)):
        window.go(place)
        QCoreApplication.processEvents()
    hazards = page_of(window, "hazards")
    hazards.show_record(number)
    turn(window, DeskPage)
    desk.cabinet.clock.set(date(2023, 6, 1) + timedelta(days=1))
    window.watch_day()
    assert window.date.text() == "2023年6月2日　星期五"
    page = page_of(window, "hazards")
    assert page.pane.record is not None and page.pane.record["overdue"]
    assert page.model.data(page.model.index(0, _column(page, "state")), CHIP_ROLE) == ["整改中", "逾期"]
    for seen in window.pages:
        window.go(window.pages.index(seen))
        assert seen._stale is False, seen.title


def _column(page: LedgerPage, name: str) -> int:
    return [field.name for field in page.model.fields].index(name)


def test_a_form_that_was_sent_is_not_sent_again(window: MainWindow, desk: Desk, found: Row) -> None:
    desk.cabinet.clock.set(date(2023, 6, 28))
    window.watch_day()
    page = turn(window, ProgressFormPage)
    assert "尚未上报" in page.heading.text() and page.send_button.isEnabled()
    page.send()
    assert "已于2023年6月28日上报（第1次），没有变化" in page.heading.text()
    assert not page.send_button.isEnabled()
    page_of(window, "hazards")
    major = {"level": "重大", "source": "企业自查", "criterion": "判定标准", "office": "应急办"}
    window.office.perform(partial(desk.hazards.add, found | major))
    turn(window, ProgressFormPage)
    assert "之后有" in page.heading.text() and page.send_button.isEnabled()
    page.ask_send()
    (box,) = (one for one in window.findChildren(CorrectionDialog) if one.isVisible())
    assert "再次上报作为更正" in box.told.text()
    box.reject()


def test_what_is_not_concerned_is_not_read_anew(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window, "checks")
    read: list[bool] = []
    monkeypatch.setattr(page, "refresh", lambda: read.append(True))
    window.office.perform(partial(desk.views.save, "hazards", "重大", Query(where={"level": "重大"})))
    assert read == [], "no page reads saved filters before they are opened"
    window.office.perform(partial(desk.checks.add, VISIT))
    assert read == [True]


def test_what_is_read_anew_keeps_its_place(window: MainWindow, desk: Desk) -> None:
    numbers = [desk.checks.add(VISIT | {"unit_name": f"示例{place}号厂"}).ids[0] for place in range(80)]
    desk.checks.change(numbers[3], {"situation": "整改意见\n" * 200})
    page = page_of(window, "checks")
    page.filter_by({"kind": "日常"})
    page.table.choose(numbers[3])
    QCoreApplication.processEvents()
    bars = (page.table.verticalScrollBar(), page.pane._scroll.verticalScrollBar())
    for bar in bars:
        bar.setValue(30)
    assert [bar.value() for bar in bars] == [30, 30]
    window.office.perform(partial(desk.checks.add, VISIT))
    QCoreApplication.processEvents()
    assert page.model.rowCount() == 81
    assert (page.table.current(), page.filters.where()) == (numbers[3], {"kind": "日常"})
    assert [bar.value() for bar in bars] == [30, 30]
    tasks = turn(window, TasksPage)
    number = desk.tasks.all_rows()[2]["id"]
    tasks.tree.choose(number)
    tasks.tree.verticalScrollBar().setValue(200)
    window.office.perform(
        partial(desk.tasks.add_log, number, {"happened_on": "2023-05-25", "kind": "进展", "note": "已部署"})
    )
    QCoreApplication.processEvents()
    assert (tasks.tree.current(), tasks.tree.verticalScrollBar().value()) == (number, 200)
    groups = turn(window, GroupsPage)
    member = desk.groups.ids(Query())[2]
    groups.show_record(member)
    window.office.perform(partial(desk.groups.change, member, {"post": "副乡长"}))
    QCoreApplication.processEvents()
    assert groups.cards.current() == member
