"""F1 opens the manual where the page is explained."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hazard_desk.library.manual import chapter_of
from tests.ui.conftest import Seen
from ui.forms.form_dialog import FormDialog
from ui.help import HelpDialog
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


def test_f1_in_a_dialog_opens_its_chapter_over_it(window: MainWindow, seen: Seen, qtbot: QtBot) -> None:
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    page.import_sheet()
    dialog = seen(window, ImportDialog)
    qtbot.keyClick(dialog.choose_button, Qt.Key.Key_F1)
    manual = seen(dialog, HelpDialog)
    assert manual.text.toPlainText().startswith("上年的台账怎么搬进来")
    qtbot.keyClick(manual.text, Qt.Key.Key_F1)
    assert seen(dialog, HelpDialog) is manual  # it is open: no second one
    manual.reject()
    dialog.reject()
    page.start_new()
    form = seen(window, FormDialog)
    qtbot.keyClick(form.form, Qt.Key.Key_F1)
    assert seen(form, HelpDialog).text.toPlainText().startswith("隐患台账")  # that of its page
