"""The papers of a record in the window: printed, issued with a number, printed again, voided."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton

from hazard_desk.books.kit.query import Query
from tests.papers.reading import read_pdf
from tests.ui.conftest import Seen
from ui.forms.form_dialog import FormDialog
from ui.pages.ledger_page import LedgerPage
from ui.pages.papers import PrintDialog
from ui.panes.book_panes import DocumentPane
from ui.panes.record_papers import PapersButton
from ui.papers.preview_dialog import PreviewDialog
from ui.window import MainWindow


@pytest.fixture
def papers(window: MainWindow, hazard: int, seen: Seen) -> PapersButton:
    """The menu of the papers of a hazard."""
    window.open_record(f"hazards/{hazard}")
    made = seen(window, PapersButton)
    assert isinstance(made, PapersButton)
    made.fill()
    return made


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def made_text(window: MainWindow, seen: Seen) -> str:
    shown = seen(window, PreviewDialog)
    assert isinstance(shown, PreviewDialog)
    assert shown.preview.proof is not None
    text = "".join(page.text for page in read_pdf(shown.preview.proof.pdf))
    shown.accept()
    return text


def test_a_notice_is_printed_once_it_is_issued(window: MainWindow, papers: PapersButton, hazard: int) -> None:
    assert "限期整改意见书" not in entries(papers.papers), "a notice has one door: the step that issues it"
    window.office.desk.papers.issue("notice-rectify", str(hazard), {"deadline": "2023-06-20"})
    papers.fill()
    assert {"隐患整治卡", "限期整改意见书"} <= set(entries(papers.papers))


def test_a_paper_is_printed(window: MainWindow, papers: PapersButton, seen: Seen) -> None:
    trigger(papers.papers, "隐患整治卡")
    assert "三星隐患〔2023〕001号" in made_text(window, seen)


def press(box: QMessageBox, text: str) -> None:
    next(one for one in box.buttons() if one.text() == text).click()


def steps_of(window: MainWindow) -> QMenu:
    """The menu of the seldom steps of the hazard that is shown."""
    page = window.page
    assert isinstance(page, LedgerPage)
    (made,) = [one for one in page.pane.findChildren(QPushButton) if one.text() == "更多办理"]
    menu = made.menu()
    assert menu is not None
    return menu


def test_issuing_draws_the_number_takes_the_step_and_prints(
    window: MainWindow, hazard: int, seen: Seen, form: Callable[[], FormDialog]
) -> None:
    window.open_record(f"hazards/{hazard}")
    offered = entries(steps_of(window))
    assert {"编发限期整改意见书…", "挂牌督办（编发挂牌督办通知书）…"} <= set(offered)
    assert not {"下发限期整改意见书", "挂牌督办"} & set(offered)
    trigger(steps_of(window), "编发限期整改意见书…")
    dialog = form()
    assert "notice_number" not in dialog.form.boxes, "the number is drawn, not typed"
    dialog.save()
    assert "deadline" in dialog.form.boxes, "refused without a deadline, and asked for"
    dialog.form.put(dialog.form.raw() | {"deadline": "2023-06-20"})
    dialog.save()
    assert dialog.question is not None, "no basis, no certificate: asked first"
    press(dialog.question, "仍然编发")
    assert "三星应急责改〔2023〕1号" in made_text(window, seen)
    desk = window.office.desk
    assert desk.hazards.get(hazard)["notice_number"] == "三星应急责改〔2023〕1号"
    assert [row["number"] for row in desk.documents.select(Query())] == ["三星应急责改〔2023〕1号"]
    desk.undo()
    assert desk.hazards.get(hazard)["notice_number"] == "", "one undo takes step and number back"


def test_a_notice_is_not_entered_among_the_documents(
    window: MainWindow, form: Callable[[], FormDialog]
) -> None:
    window.open_ledger("documents", {})
    window.page.start_new()
    dialog = form()
    notice = {"kind": "限期整改意见书", "title": "意见书", "issued_on": "2023-06-01"}
    dialog.form.put(notice)
    dialog.save()
    assert dialog.form.boxes["kind"].below.text().startswith("限期整改意见书请在“隐患台账”中选中那条记录编发")
    dialog.form.put(notice | {"seq": 7})
    dialog.save()
    numbers = [row.number for row in window.office.desk.documents.select(Query())]
    assert numbers == ["三星应急责改〔2023〕7号"], "an old one is entered with its number"


def test_a_bulletin_is_issued_from_the_print_dialog(
    window: MainWindow, seen: Seen, form: Callable[[], FormDialog]
) -> None:
    window.print_papers()
    dialog = seen(window, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    titles = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert "隐患整治卡" not in titles, "it needs a record"
    dialog.list.setCurrentRow(titles.index("重点任务分解表"))
    assert dialog.issue_button.isHidden()
    dialog.list.setCurrentRow(titles.index("通报"))
    dialog.issue_button.click()
    form().save()
    assert "三星府发〔2023〕1号" in made_text(window, seen)


def test_a_document_is_printed_again_and_voided(
    window: MainWindow, hazard: int, seen: Seen, form: Callable[[], FormDialog]
) -> None:
    desk = window.office.desk
    desk.papers.issue("notice-rectify", str(hazard), {"deadline": "2023-06-20"})
    window.open_record("documents/1")
    page = window.page
    assert isinstance(page, LedgerPage)
    pane = page.pane
    assert isinstance(pane, DocumentPane)
    assert "删除" not in [made.text() for made in pane.findChildren(QPushButton)]
    pane.print_again()
    assert "三星应急责改〔2023〕1号" in made_text(window, seen)
    pane.void()
    form().form.put({"void_reason": "文书有误"})
    form().save()
    assert desk.documents.get(1)["state"] == "已作废"


def test_a_form_is_printed_empty_to_be_filled_in_by_hand(window: MainWindow, seen: Seen) -> None:
    window.print_papers()
    dialog = seen(window, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    titles = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    dialog.list.setCurrentRow(titles.index("现场检查记录（空白）"))
    assert dialog.issue_button.isHidden()
    assert dialog.preview.proof is not None
    text = "".join(page.text for page in read_pdf(dialog.preview.proof.pdf))
    assert "现场检查记录" in text
    assert "未发现问题" not in text
    dialog.reject()


def test_a_firm_is_asked_to_come_by_a_letter_with_a_number(
    window: MainWindow, seen: Seen, form: Callable[[], FormDialog]
) -> None:
    desk = window.office.desk
    firm = desk.enterprises.add({"name": "示例砖厂", "category": "企业", "sector": "工贸"}).ids[0]
    window.open_record(f"enterprises/{firm}")
    menu = seen(window, PapersButton)
    assert isinstance(menu, PapersButton)
    menu.fill()
    assert {"安全生产责任书", "一企一档", "安全检查表", "编发约谈通知书…"} <= set(entries(menu.papers))
    trigger(menu.papers, "编发约谈通知书…")
    assert form().form.raw()["addressee"] == "示例砖厂"
    form().save()
    assert "三星应急〔2023〕1号" in made_text(window, seen)
