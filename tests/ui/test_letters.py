"""Letters about a hazard, and the receipt of a document delivered, in the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hazard_desk.books.kit.query import Query
from tests.ui.conftest import Seen
from tests.ui.test_record_papers import entries, made_text, trigger
from ui.forms.form_dialog import FormDialog
from ui.panes.record_papers import PapersButton
from ui.window import MainWindow


def test_a_transfer_is_issued_to_whom_the_hazard_was_handed_over(
    window: MainWindow, hazard: int, seen: Seen, form: Callable[[], FormDialog]
) -> None:
    desk = window.office.desk
    handed = {"happened_on": "2023-06-01", "handed_to": "县住建局"}
    desk.hazards.step(hazard, "handed_over", handed)
    window.open_record(f"hazards/{hazard}")
    button = seen(window, PapersButton)
    button.fill()
    trigger(button.papers, "编发移送函…")
    dialog = form()
    assert dialog.form.boxes["addressee"].editor.raw() == "县住建局"
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    text = made_text(window, seen)
    assert "县住建局：" in text and "三星应急〔2023〕1号" in text
    (document,) = desk.documents.select(Query())
    assert document.title.startswith("关于移送")


def test_a_document_has_its_receipt(window: MainWindow, hazard: int, seen: Seen) -> None:
    desk = window.office.desk
    desk.papers.issue("notice-rectify", str(hazard), {"deadline": "2023-06-20"})
    window.open_record("documents/1")
    button = seen(window, PapersButton)
    button.fill()
    assert "送达回证" in entries(button.papers)
    trigger(button.papers, "送达回证")
    assert "三星应急责改〔2023〕1号" in made_text(window, seen)
