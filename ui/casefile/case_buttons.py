"""The buttons 出案卷 and 出全套 of a record."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from ui.office import Office
from ui.widgets.basics import button


def case_buttons(office: Office, ledger: str, record: int, parent: QWidget) -> list[QPushButton]:
    """Return a button for each paper that puts the others of such a record together."""
    from hazard_desk.papers.catalogue import REPORTS, VISIT  # every text of a paper comes with it: late

    kinds = [report.id for report in REPORTS.values() if report.bound and report.about == ledger]
    return [
        button(
            "出全套" if kind == VISIT else "出案卷", parent, partial(open_bound, office, kind, record, parent)
        )
        for kind in kinds
    ]


def open_bound(office: Office, kind: str, record: int, over: QWidget) -> None:
    """Show what is put together and what is missing."""
    from hazard_desk.papers.catalogue import VISIT
    from ui.casefile.case_dialog import CaseDialog, VisitDialog

    (VisitDialog if kind == VISIT else CaseDialog)(office, kind, record, over.window()).open()
