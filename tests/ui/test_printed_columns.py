"""The print dialog: which columns a ledger has on paper, chosen with keys, and as the page shows them."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from hazard_desk.papers.model import Table
from tests.ui.conftest import Seen
from tests.ui.hands import Hands
from ui.pages.ledger_page import LedgerPage
from ui.pages.papers import PrintDialog
from ui.tables.columns import ColumnMenu
from ui.window import MainWindow


def printed(dialog: PrintDialog) -> list[str]:
    """The labels of the columns of the paper that is looked at."""
    QApplication.processEvents()
    assert dialog.preview.proof is not None
    (table,) = (block for block in dialog.preview.proof.paper.blocks if isinstance(block, Table))
    return [column.label for column in table.columns]


def opened(window: MainWindow, seen: Seen, ledger: str = "hazards") -> PrintDialog:
    window.open_ledger(ledger, {})
    window.print_papers()
    dialog = seen(window, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    return dialog


def test_a_column_is_added_and_one_taken_away_with_the_keys(
    window: MainWindow, hazard: int, seen: Seen, hands: Hands
) -> None:
    dialog = opened(window, seen)
    assert "整改措施" not in printed(dialog) and "来源" in printed(dialog)
    for name in ("整改措施", "来源"):
        dialog.columns_button.setFocus()
        hands.press("Space")
        menu = seen(dialog, ColumnMenu)
        menu.setActiveAction(next(tick for tick in menu.actions() if tick.text() == name))
        hands.press("Return")
        QApplication.processEvents()
    assert "整改措施" in printed(dialog) and "来源" not in printed(dialog)
    dialog.print_columns(())
    assert "来源" in printed(dialog)


def test_the_five_commitments_stand_side_by_side(window: MainWindow, hazard: int, seen: Seen) -> None:
    dialog = opened(window, seen)
    five = dialog.column_menu().actions()[-1]
    assert five.text() == "五落实并排五栏"
    five.trigger()
    assert printed(dialog)[-5:] == ["整改责任人", "整改措施", "整改资金（万元）", "整改时限", "应急预案"]


def test_what_the_page_was_told_to_show_is_printed(window: MainWindow, hazard: int, seen: Seen) -> None:
    window.open_ledger("hazards", {})
    page = window.page.seen
    assert isinstance(page, LedgerPage)
    page.table.show_columns(["number", "measures", "state"])
    window.print_papers()
    dialog = seen(window, PrintDialog)
    assert printed(dialog) == ["序号", "编号", "整改措施", "状态"]


def test_a_paper_of_no_rows_has_no_columns_to_choose(window: MainWindow, seen: Seen) -> None:
    dialog = opened(window, seen, "tasks")
    assert dialog.columns_button.isHidden()
