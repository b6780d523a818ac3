"""The papers of a record: a menu that prints them, and issues those that carry a number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from hazard_desk.papers.order import ABOUT
from hazard_desk.store.acts import Change
from hazard_desk.store.files import safe_name
from ui.forms.form_dialog import FormDialog
from ui.office import Office
from ui.production import Production, free_name

if TYPE_CHECKING:
    from hazard_desk.papers.reports import Report

FORMATS = {"pdf": "PDF 文件", "docx": "Word 文档", "xlsx": "电子表格"}


def has_papers(ledger: str) -> bool:
    """Whether papers can be about a record of a ledger."""
    return ledger in ABOUT


class PapersButton(QPushButton):
    """Opens the menu of the papers of one record; what stands in it is looked up when it opens."""

    def __init__(self, office: Office, ledger: str, record: Mapping[str, Any], parent: QWidget) -> None:
        super().__init__("打印文书", parent)
        self._office, self._ledger, self._record = office, ledger, record
        self.setProperty("menu", True)
        self.papers = QMenu(self)
        self.papers.aboutToShow.connect(self.fill)
        self.setMenu(self.papers)

    def fill(self) -> None:
        """Put the papers that the record has now into the menu."""
        self.papers.clear()
        printed, issued = self._office.desk.papers_about(self._ledger, self._record)
        for report in printed:
            kinds = self.papers.addMenu(report.title)
            for kind in report.formats:
                kinds.addAction(FORMATS.get(kind, kind)).triggered.connect(partial(self.make, report, kind))
        if not printed and not issued:
            self.papers.addAction("这条记录现在没有可打印的文书").setEnabled(False)
        if issued:
            self.papers.addSection("编文号发文")
            for report in issued:
                self.papers.addAction(f"编发{report.title}…").triggered.connect(partial(self.issue, report))

    def make(self, report: Report, kind: str = "pdf") -> None:
        """Print one paper of the record into the desk's folder."""
        print_record(self._office, report, self._record, kind, self)

    def issue(self, report: Report) -> None:
        """Open the form that draws a number; the paper is printed when it is saved."""
        issue_paper(self._office, report, self._record, self)


def print_record(
    office: Office, report: Report, record: Mapping[str, Any], kind: str, over: QWidget, number: str = ""
) -> None:
    """Print a paper about a record, or as the document ``number``, in the background."""
    called = number or str(record.get("number") or record["id"])
    name = safe_name(f"{report.title}-{called}", f".{kind}")
    to = free_name(office.desk.out / name)
    work = partial(office.desk.print, report.id, to, None, number or str(record["id"]))
    Production(office, f"正在生成“{report.title}”", work, over.window()).start()


def issue_paper(office: Office, report: Report, record: Mapping[str, Any], over: QWidget) -> None:
    """Ask what issuing a paper needs, draw the number, and print the paper. {} is a paper about all."""
    desk = office.desk
    number = str(record["id"]) if record else ""
    window = over.window()
    dialog = FormDialog(
        office,
        f"编发{report.title}",
        desk.books.issuing.fields(report.id),
        partial(desk.issue, report.id, number),
        window,
        values=desk.issue_values(report.id, record),
        help="保存后编文号并记入发文登记，随即生成文书。",
        ledger=desk.documents,
        keep_draft=False,
    )

    dialog.saved.connect(partial(_print_issued, office, report, record, window))
    dialog.open()


def _print_issued(
    office: Office, report: Report, record: Mapping[str, Any], over: QWidget, change: Change
) -> None:
    """Print what was just issued; a paper about all is known by the number it was given."""
    drawn = "" if record else str(office.desk.documents.get(change.ids[0])["number"])
    print_record(office, report, record, "pdf", over, drawn)
