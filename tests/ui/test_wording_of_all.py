"""改措辞 for papers of one shape: the words of a ledger and of a progress form changed from their preview."""

from __future__ import annotations

import re
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from hazard_desk.desk import Desk
from tests.papers.reading import read_pdf
from tests.ui.conftest import Seen, turn
from tests.ui.hands import Hands
from ui.pages.papers import PrintDialog
from ui.pages.progress_form_page import ProgressFormPage
from ui.papers.preview import Preview
from ui.papers.preview_dialog import PreviewDialog
from ui.window import MainWindow
from ui.wording.dialog import WordingDialog


def words_of(preview: Preview) -> str:
    QCoreApplication.processEvents()
    assert preview.proof is not None
    return re.sub(r"\s", "", "".join(page.text for page in read_pdf(preview.proof.pdf)))


def changed(preview: Preview, seen: Seen, hands: Hands, words: str) -> None:
    """Write words below the paper with the keys, and keep them."""
    QTest.keyClick(preview.words_button, Qt.Key.Key_Space)
    dialog = seen(preview.window(), WordingDialog)
    assert isinstance(dialog, WordingDialog)
    QTest.keyClick(dialog.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    dialog.editor.insertPlainText(f"\n【注】{words}")
    dialog.look()
    QCoreApplication.processEvents()
    assert dialog.save_button.isEnabled(), dialog.problem.text()
    hands.press("Ctrl+S")


@pytest.mark.parametrize("ledger", ["hazards", "enterprises"])
def test_the_words_of_ledgers_are_changed_from_the_print_window(
    window: MainWindow, desk: Desk, hazard: int, seen: Seen, hands: Hands, ledger: str
) -> None:
    window.open_ledger(ledger, {})
    window.print_papers()
    dialog = seen(window, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    title = desk.books.ledger(ledger).title
    changed(dialog.preview, seen, hands, "本表由应急办保管。")
    assert title in words_of(dialog.preview)
    assert "本表由应急办保管。" in words_of(dialog.preview)
    assert "本表由应急办保管。" in desk.rewording.text("ledger")


def test_the_words_of_a_form_are_changed_from_its_preview(
    window: MainWindow, desk: Desk, seen: Seen, hands: Hands
) -> None:
    desk.cabinet.clock.set(date(2023, 6, 28))
    page = turn(window, ProgressFormPage)
    page.preview()
    dialog = seen(window, PreviewDialog)
    assert isinstance(dialog, PreviewDialog)
    changed(dialog.preview, seen, hands, "数据截至填报当日。")
    assert "数据截至填报当日。" in words_of(dialog.preview)
    assert "数据截至填报当日。" in desk.rewording.text("progress-form")
