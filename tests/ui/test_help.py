"""F1 opens the manual where the page is explained."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hazard_desk.library.manual import chapter_of, chapters
from hazard_desk.papers.texts.manual import FIELDS_TITLE
from hazard_desk.rules.fields import Field
from tests.ui.conftest import Seen, Write
from ui.forms.form_dialog import FormDialog
from ui.imports.dialog import ImportDialog
from ui.imports.rollup import RollupDialog
from ui.pages.hazard_page import HazardPage
from ui.plans.review.dialog import ReviewDialog
from ui.window import MainWindow


def test_every_page_has_a_chapter_that_names_it(window: MainWindow) -> None:
    lost = [page.title for page in window.pages if page.help_key not in chapter_of(page.help_key).pages]
    assert lost == []


def test_every_page_is_spoken_of_by_its_title(window: MainWindow) -> None:
    lost = []
    for page in window.pages:
        chapter = chapter_of(page.help_key)
        if page.title not in f"{chapter.title}\n{chapter.body}":
            lost.append(page.title)
    assert lost == []


def test_every_dialog_that_has_a_name_in_the_manual_has_a_chapter() -> None:
    for dialog in (ImportDialog, RollupDialog, ReviewDialog):
        assert dialog.help_key in chapter_of(dialog.help_key).pages, dialog


def test_f1_in_a_dialog_opens_its_chapter_beside_it(window: MainWindow, seen: Seen, qtbot: QtBot) -> None:
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    page.import_sheet()
    dialog = seen(window, ImportDialog)
    qtbot.keyClick(dialog.choose_button, Qt.Key.Key_F1)
    manual = window.manual
    assert manual.isVisible()
    assert manual.text.toPlainText().startswith("上年的台账怎么搬进来")
    assert not manual.isModal()
    assert manual.windowHandle().transientParent() is None, "an open form would lock it"
    qtbot.keyClick(dialog.choose_button, Qt.Key.Key_F1)
    assert window.manual is manual, "there is one"
    dialog.reject()
    qtbot.keyClick(manual.text, Qt.Key.Key_Escape)
    assert not manual.isVisible()


def test_f1_in_a_field_opens_the_line_about_it(window: MainWindow, seen: Seen, qtbot: QtBot) -> None:
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    page.start_new()
    form = seen(window, FormDialog).form
    form.focus_on("found_on")
    qtbot.keyClick(form.editor("found_on").box, Qt.Key.Key_F1)
    manual = window.manual
    assert manual.text.toPlainText().startswith(FIELDS_TITLE)
    assert manual.text.textCursor().selectedText().startswith("发现日期：必填")
    assert form.window().isVisible(), "the work goes on beside it"
    window.close()
    assert not manual.isVisible()


def test_a_field_of_no_book_has_its_line_too(window: MainWindow, seen: Seen, qtbot: QtBot) -> None:
    window.manual.show_field(Field("odd", "临时一栏", help="只在这里出现"))
    assert "临时一栏：可以不填；只在这里出现。" in window.manual.text.toPlainText()


def test_the_manual_is_searched_while_typing(window: MainWindow, write: Write, qtbot: QtBot) -> None:
    window.show_help()
    manual = window.manual
    write(manual.box, "U盘")
    qtbot.waitUntil(lambda: manual.told.text().startswith("找到"))
    assert all("U盘" in manual.list.item(at).text() for at in range(manual.list.count()))
    qtbot.keyClick(manual.box, Qt.Key.Key_Return)
    qtbot.keyClick(manual.list, Qt.Key.Key_Down)
    assert "U盘" in manual.text.toPlainText()
    manual.box.setText("没有这样的词")
    qtbot.waitUntil(lambda: manual.told.text().startswith("手册里没有找到"))
    manual.box.clear()
    qtbot.waitUntil(lambda: manual.list.count() == len(chapters()) + 2)


def test_a_field_asked_for_after_a_search_stays_in_sight(window: MainWindow) -> None:
    manual = window.manual
    manual.box.setText("U盘")
    manual.search()
    manual.show_field(Field("odd", "临时一栏", help="只在这里出现"))
    assert not manual.pause.isActive(), "the emptied box turns no page"
    assert "临时一栏" in manual.text.toPlainText()
