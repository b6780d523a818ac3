"""The papers of a record: a menu that shows them, and issues those that carry a number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import Record, name_of
from hazard_desk.store.files import safe_name
from ui.forms.form_dialog import FormDialog
from ui.forms.issue_form import IssueDialog, IssueForm
from ui.office import Office
from ui.papers.preview import Chosen
from ui.papers.preview_dialog import PreviewDialog

if TYPE_CHECKING:
    from hazard_desk.papers.catalogue import Report


def has_papers(ledger: str) -> bool:
    """Whether papers can be about a record of a ledger."""
    from hazard_desk.papers.catalogue import ABOUT  # every text of a paper comes with it: late

    return ledger in ABOUT


class PapersButton(QPushButton):
    """Opens the menu of the papers of one record; what stands in it is looked up when it opens."""

    def __init__(self, office: Office, ledger: str, record: Record, parent: QWidget) -> None:
        super().__init__("打印文书", parent)
        self._office, self._ledger, self._record = office, ledger, record
        self.setProperty("menu", True)
        self.papers = QMenu(self)
        self.papers.aboutToShow.connect(self.fill)
        self.setMenu(self.papers)

    def fill(self) -> None:
        """Put the papers that the record has now into the menu."""
        self.papers.clear()
        printed, issued = self._office.desk.papers.about(self._ledger, self._record.id)
        for report in printed:
            self.papers.addAction(report.title).triggered.connect(partial(self.show_paper, report))
        if not printed and not issued:
            self.papers.addAction("这条记录现在没有可打印的文书").setEnabled(False)
        if issued:
            self.papers.addSection("编文号发文")
            for report in issued:
                self.papers.addAction(f"编发{report.title}…").triggered.connect(partial(self.issue, report))

    def show_paper(self, report: Report) -> None:
        """Open the preview of one paper of the record."""
        preview_record(self._office, report, self._record, self)

    def issue(self, report: Report) -> None:
        """Open the form that draws a number; the paper is printed when it is saved."""
        issue_paper(self._office, report, self._record, self)


def report_of(office: Office, paper: str) -> Report:
    """Return the paper of this name."""
    return next(one for one in office.desk.papers.reports() if one.id == paper)


def preview_record(office: Office, report: Report, record: Record, over: QWidget, number: str = "") -> None:
    """Open the preview of a paper about a record, or of the document ``number``."""
    called = number or str(record.get(name_of(Hazard.number)) or record.id)
    make = partial(office.desk.papers.proof, report.id, None, number or str(record.id))
    name = safe_name(f"{report.title}-{called}", "")
    chosen = Chosen(report.title, report.formats, name, make, report.words, number or str(record.id))
    PreviewDialog(office, chosen, over.window()).open()


def issue_paper(office: Office, report: Report, record: Record | None, over: QWidget) -> FormDialog:
    """Ask what issuing a paper needs, draw the number, and show the paper. None is a paper about all.

    Returns the form that asks.
    """
    desk = office.desk
    number, row = ("", {}) if record is None else (str(record.id), record)
    offered = [] if record is None else desk.books.issuing.besides(report.id, record.id)
    sector = str(row.get(name_of(Hazard.sector)) or "")
    window = over.window()
    dialog = IssueDialog(
        office,
        f"编发{report.title}",
        desk.books.issuing.fields(report.id),
        partial(desk.papers.issue, report.id, number),
        window,
        values=desk.papers.issue_values(report.id, 0 if record is None else record.id),
        help="保存后编文号并记入发文登记，随即生成文书。",
        ledger=desk.documents,
        keep_draft=False,
        form=partial(IssueForm, offered=offered, sector=sector),
    )
    dialog.ask_about(partial(desk.papers.doubts, report.id, number))
    dialog.saved.connect(partial(_print_issued, office, report, record, window))
    dialog.open()
    return dialog


def _print_issued(
    office: Office, report: Report, record: Record | None, over: QWidget, change: Change
) -> None:
    """Show what was just issued; a paper about all is known by the number it was given."""
    if record is None:
        document = office.desk.documents.get(change.ids[0])
        preview_record(office, report, document, over, document.number)
    else:
        preview_record(office, report, record, over)
