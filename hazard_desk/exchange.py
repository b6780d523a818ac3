"""What a desk gives out and takes in: papers, mail, the binder; sheets. Heavy libraries come when wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hazard_desk.batch import PaperBatch
from hazard_desk.books.attachments import FILE
from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.documents.together import BESIDES
from hazard_desk.books.documents.wordings import RECOVERY_CODE
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row, Value
from hazard_desk.stopping import Tell, tell_nobody
from hazard_desk.store.acts import Change, Undo
from hazard_desk.store.columns import name_of
from hazard_desk.store.files import safe_name
from hazard_desk.store.saving import restored_on_failure, save
from hazard_desk.store.scratch import scratch_folder

if TYPE_CHECKING:
    from hazard_desk.figures.progress.filling import FilledProgressForm
    from hazard_desk.papers.casefile.pieces import CaseFile
    from hazard_desk.papers.catalogue import Report
    from hazard_desk.papers.model import Paper
    from hazard_desk.printing import Proof
    from hazard_desk.sheets.filling.filled import FilledForm
    from hazard_desk.sheets.incoming import Incoming
    from hazard_desk.sheets.questions import Answers
    from hazard_desk.sheets.rollup.summing import SheetRollup

FORM_FORMATS = ("pdf", "docx", "xlsx")
"""What a progress form is sent as."""


class Papers:
    """What leaves a desk as paper. ``out`` is the folder for what is not sent elsewhere."""

    def __init__(self, books: Books, out: Path) -> None:
        self.books = books
        self.out = out

    def reports(self) -> list[Report]:
        """Return the papers that this desk can print."""
        from hazard_desk.papers.catalogue import reports_of  # reportlab comes with it: heavy

        return list(reports_of(self.books).values())

    def print(
        self,
        report: str,
        to: Path | None = None,
        query: Query | None = None,
        number: str = "",
        tell: Callable[[str], None] = lambda advice: None,
    ) -> Path:
        """Print a paper to ``to`` (its ending says the format; default: PDF into ``out``); return the file.

        ``query`` says which rows, for papers that have rows; ``number`` which record, for those about one
        (its number or id, or the number of a document issued). All papers of a check go into a folder where
        ``to`` has no ending. ``tell`` hears which characters could not be printed. Raises ``Refused`` and
        ``Trouble``.
        """
        from hazard_desk.papers.catalogue import VISIT, record_of
        from hazard_desk.printing import print_apart, print_paper

        found, paper = self._paper(report, query, number)
        if report == VISIT and to is not None and not to.suffix:
            return print_apart(self.case(VISIT, record_of(self.books, found, number)).papers, to)
        return print_paper(found, paper, to or self._named(found, paper, number), tell)

    def case(self, report: str, record: int) -> CaseFile:
        """Return what one of the papers that put others together holds of a record, and what it lacks."""
        from hazard_desk.papers.casefile.pieces import case_of, visit_of
        from hazard_desk.papers.catalogue import VISIT, find_report, reports_of

        reports = reports_of(self.books)
        if report == VISIT:
            return visit_of(self.books, reports, record)
        return case_of(self.books, reports, find_report(self.books, report).about, record)

    def print_many(
        self, report: str, numbers: Sequence[str], to: Path | None = None, tell: Tell = tell_nobody
    ) -> tuple[Path, dict[str, str]]:
        """Print a paper about several records into one file, each with page numbers of its own.

        Return the file, and why those were left out that have no such paper: number to sentence. Raises
        ``Refused`` where none has.
        """
        batch = PaperBatch(self.books, report, numbers, self._about, tell)
        return batch.in_one(self.out, to), batch.refused

    def print_each(
        self, report: str, numbers: Sequence[str], folder: Path, ending: str = "", tell: Tell = tell_nobody
    ) -> tuple[list[Path], dict[str, str]]:
        """Print a paper about several records, a file each in ``folder``; return as ``print_many`` does.

        ``ending`` is the format, the first of the paper where none is named. No file is overwritten.
        """
        batch = PaperBatch(self.books, report, numbers, self._about, tell)
        return batch.apart(folder, ending), batch.refused

    def _about(self, report: str, number: str) -> Paper:
        return self._paper(report, None, number)[1]

    def proof(self, report: str, query: Query | None = None, number: str = "") -> Proof:
        """Return a paper ready to be looked at and saved, chosen as for ``print``."""
        from hazard_desk.printing import proof_of

        return proof_of(self._paper(report, query, number)[1])

    def print_recovery_code(self, to: Path | None = None) -> Path:
        """Print the recovery code for the safe to ``to`` (default: PDF into ``out``); return the file.

        It is an act. Raises ``Refused`` where this computer does not have the code, ``Trouble``.
        """
        from hazard_desk.papers.catalogue import TEXT, Report
        from hazard_desk.papers.given import recovery_code
        from hazard_desk.papers.telling import text_in_use
        from hazard_desk.papers.wording.reading import NAME
        from hazard_desk.printing import print_paper

        title = text_in_use(self.books, RECOVERY_CODE).head[NAME]
        report = Report(RECOVERY_CODE, title, TEXT, lambda books, order: recovery_code(books, ""))
        file = to or self.out / safe_name(title, ".pdf")
        self.books.seal.print(lambda code: print_paper(report, recovery_code(self.books, code), file))
        return file

    def send_form(self, filled: FilledProgressForm, reason: str = "", to: Path | None = None) -> Change:
        """Keep a form as it is sent today, with its files as they are now in every format; save it to ``to``.

        Sent again, it is another version for ``reason``. Raises ``Refused`` as ``Submissions.submit`` does.
        """
        from hazard_desk.figures.progress.checks import sent_already
        from hazard_desk.figures.progress.filling import sent_name, submit
        from hazard_desk.papers.given import progress_form_paper
        from hazard_desk.printing import write_paper

        before = sent_already(self.books, filled)
        version = before.version + 1 if before else 1
        sent = replace(filled, version=version, reason=reason if before else "")
        paper = progress_form_paper(self.books, sent)
        book = self.books.submissions.id
        with ExitStack() as meanwhile:
            folder = meanwhile.enter_context(scratch_folder(self.out.parent))
            files = [
                write_paper(paper, folder / safe_name(sent_name(sent), f".{ending}"))
                for ending in FORM_FORMATS
            ]
            if to is not None:
                meanwhile.enter_context(restored_on_failure(to))
                _copy_made(files, to)
            act = meanwhile.enter_context(self.books.cabinet.whole("submissions.send", book, Undo.FINAL))
            kept = submit(self.books, sent)
            self.books.attachments.add_all(book, kept.ids[0], files, FILE)
            act.done(kept.title, *kept.ids)
        return act.result

    def save_sent(self, number: int, to: Path) -> Path:
        """Write a form that was sent to ``to``, byte for byte as it was sent; return it.

        One whose files were not kept is made anew from its kept values. Raises ``Refused``, ``Trouble``.
        """
        from hazard_desk.figures.progress.filling import thawed
        from hazard_desk.papers.given import progress_form_paper
        from hazard_desk.printing import write_paper

        row = self.books.submissions.get(number)
        for file in self.books.attachments.of(self.books.submissions.id, number):
            if file.suffix == to.suffix.lower():
                save(self.books.attachments.content(file), to)
                return to
        return write_paper(progress_form_paper(self.books, thawed(row)), to)

    def draft_mail(self, subject: str, *files: Path) -> Path:
        """Write a draft of an e-mail with ``files`` attached, to the recipient of the settings; return it."""
        from hazard_desk.mail import write_draft

        recipient = self.books.cabinet.setting("mail_to")
        told = "".join(f"“{file.name}”" for file in files)
        return write_draft(subject, f"附件为{told}，请查收。\n\n{self.books.office_name}\n", recipient, files)

    def draft_sent(self, number: int) -> Path:
        """Write a form that was sent as PDF and sheet, and a draft of an e-mail with both; return the draft.

        The files are, byte for byte, those that are kept of it. Raises ``Refused``, ``Trouble``.
        """
        from hazard_desk.figures.progress.filling import sent_name, thawed

        sent = thawed(self.books.submissions.get(number))
        files = [self.out / safe_name(sent_name(sent), f".{ending}") for ending in ("pdf", "xlsx")]
        for file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
            self.save_sent(number, file)
        return self.draft_mail(f"{sent.form.short}（{sent.unit}，截至{sent.as_of}）", *files)

    def _named(self, found: Report, paper: Paper, number: str) -> Path:
        """Where a paper goes that is sent nowhere else; one about a record is called by its title."""
        return self.out / safe_name(paper.title if number else found.title, ".pdf")

    def _paper(self, report: str, query: Query | None, number: str) -> tuple[Report, Paper]:
        from hazard_desk.papers.catalogue import find_report, order_of

        found = find_report(self.books, report)
        return found, found.paper(self.books, order_of(self.books, found, number, query or Query()))

    def issue(self, report: str, number: str = "", values: Mapping[str, Value] | None = None) -> Change:
        """Draw the number of a paper and enter it in the register; ``number`` picks its record.

        ``values`` are those of ``books.issuing.fields``, and further hazards of the paper (``BESIDES``); what
        is not named is taken from the record.
        Where the paper is a step of a hazard, the step is taken. Raises ``Refused`` and ``RefusedFields``; a
        paper that cannot be made then draws no number.
        """

        def make(document: str) -> None:
            self._paper(report, Query(), document)

        return self._issue(report, number, values or {}, make)

    def doubts(self, report: str, number: str = "", values: Mapping[str, Value] | None = None) -> list[str]:
        """Return what is doubtful of a paper that is to be issued so, a Chinese sentence each."""
        from hazard_desk.papers.catalogue import find_report, record_of

        found = find_report(self.books, report)
        record = record_of(self.books, found, number)
        return self.books.issuing.doubts(report, values or {}, found.about, record)

    def print_issued(
        self,
        report: str,
        to: Path | None = None,
        query: Query | None = None,
        number: str = "",
        besides: Sequence[str] = (),
    ) -> Path:
        """Issue a paper and print it, in one act; returns the file. Arguments and errors as for ``print``.

        ``besides`` are further hazards of the same paper. What cannot be written draws no number, and an act
        that fails leaves no file.
        """
        from hazard_desk.printing import print_paper

        files: list[Path] = []
        with ExitStack() as meanwhile:

            def write(document: str) -> None:
                found, paper = self._paper(report, query, document)
                file = to or self._named(found, paper, document)
                meanwhile.enter_context(restored_on_failure(file))
                files.append(print_paper(found, paper, file))

            self._issue(report, number, {BESIDES: list(besides)} if besides else {}, write)
        return files[0]

    def _issue(
        self, report: str, number: str, values: Mapping[str, Value], then: Callable[[str], None]
    ) -> Change:
        """Issue a paper; ``then`` is given its number within the act, before that is kept."""
        from hazard_desk.papers.catalogue import find_report, record_of

        found = find_report(self.books, report)
        record = record_of(self.books, found, number)
        told = {**self.issue_values(report, record), **values}
        return self.books.issuing.issue(report, told, found.about, record, then)

    def issue_values(self, report: str, record: int = 0) -> Row:
        """Return what is known of a paper before it is issued; ``record`` is the id of what it is about."""
        from hazard_desk.papers.catalogue import find_report
        from hazard_desk.papers.order import Order
        from hazard_desk.papers.telling import addressee_of

        found = find_report(self.books, report)
        title = found.title if record else found.make(self.books, Order()).title
        row = self.books.ledger(found.about).get(record) if record else {}
        known = self.books.issuing.known(report, title.replace("\n", ""), row)
        if (addressee := addressee_of(self.books, report, record)) is not None:
            title = found.make(self.books, Order(record=record)).title.replace("\n", "")
            known |= {name_of(DocumentRow.addressee): addressee, name_of(DocumentRow.title): title}
        return known

    def about(self, ledger: str, number: int) -> tuple[list[Report], list[Report]]:
        """Return the papers that can be printed about a record now, and those that can be issued."""
        from hazard_desk.papers.catalogue import issuable, reports_about

        return reports_about(self.books, ledger, number), issuable(self.books, ledger, number)

    def binder(self, to: Path, tell: Tell = tell_nobody) -> Path:
        """Write the binder (迎检档案) into the empty folder ``to``; return it. ``Refused``, ``Trouble``.

        ``tell`` hears before each step how many are done, of how many, and what comes.
        """
        from hazard_desk.binder import write_binder

        return write_binder(self.books, to, tell)


def _copy_made(files: Sequence[Path], to: Path) -> None:
    """Save that one of ``files`` to ``to`` that has its ending. ``Refused`` where there is none."""
    made = {file.suffix: file for file in files}.get(to.suffix.lower())
    if made is None:
        raise Refused(f"不能存为“{to.name}”，请用 .pdf、.docx 或 .xlsx 结尾的文件名")
    save(made.read_bytes(), to)


class Sheets:
    """What leaves a desk as a spreadsheet or a calendar file, and the tables that come in."""

    def __init__(self, books: Books) -> None:
        self.books = books

    def export(
        self, ledger: str, to: Path, query: Query | None = None, ids: Sequence[int] | None = None
    ) -> Path:
        """Write the rows of a ledger that ``query`` wants, or those with ``ids``, to ``to``; return it."""
        from hazard_desk.sheets.export import export_ledger

        return export_ledger(self.books, self.books.ledger(ledger), query or Query(), to, ids)

    def calendar(self, to: Path, first: date | None = None, last: date | None = None) -> Path:
        """Write everything dated from ``first`` to ``last`` as an iCalendar file (.ics); return it.

        Without days: from the plan's begin to its end, but a year from today at the least.
        """
        from hazard_desk.figures.due import due_items
        from hazard_desk.sheets.calendar_file import write_calendar

        plan = self.books.plans.current()
        ahead = max(plan.ends_on, self.books.today + timedelta(days=365))
        return write_calendar(self.books, due_items(self.books, first or plan.starts_on, last or ahead), to)

    def template(self, ledger: str, to: Path) -> Path:
        """Write the blank collection sheet of a ledger to ``to``; return it."""
        from hazard_desk.sheets.template import write_template

        return write_template(self.books, self.books.ledger(ledger), to)

    def incoming(self, ledger: str, brought: Path | str) -> Incoming:
        """Read a file for a ledger, or the text of a block that was copied from a spreadsheet.

        Finds out what its columns mean. Raises ``Refused`` and ``Trouble``.
        """
        from hazard_desk.sheets.opening import open_incoming, open_pasted

        book = self.books.ledger(ledger)
        if isinstance(brought, str):
            return open_pasted(self.books, book, brought)
        return open_incoming(self.books, book, brought)

    def roll_up(
        self,
        what: str,
        files: Sequence[Path],
        units: Sequence[str] = (),
        progress: Callable[[int, int], None] = lambda done, whole: None,
    ) -> SheetRollup:
        """Add up the sheets of sub-units: ``what`` is a ledger or a progress form. Enters nothing.

        ``units`` are those that should have reported. Raises ``Refused``.
        """
        from hazard_desk.library.progress_forms import bundled_progress_forms, find_progress_form
        from hazard_desk.sheets.rollup.ledgers import roll_up_ledger
        from hazard_desk.sheets.rollup.progress_forms import roll_up_form

        if what in bundled_progress_forms():
            return roll_up_form(find_progress_form(what), files, units, progress)
        return roll_up_ledger(self.books, self.books.ledger(what), files, units, progress)

    def filled(
        self,
        form: Path,
        as_of: date | None = None,
        first: date | None = None,
        scope: str = "",
        answers: Answers | None = None,
    ) -> FilledForm:
        """Return somebody else's blank form filled for a day and a scope; nothing is written. ``Refused``.

        ``scope`` is a 行业领域, 监管科室, 村（社区） or a unit by its name, '' for all.
        """
        from hazard_desk.sheets.filling.filling import fill_form

        return fill_form(self.books, form, as_of, first, scope, answers)

    def keep_filled(self, filled: FilledForm, to: Path, answers: Answers | None = None) -> Change | None:
        """Write a filled form to ``to``, keep it as sent, remember the answers. ``Refused``, ``Trouble``.

        Returns None for a form of which nothing could be filled: its copy is not kept.
        """
        from hazard_desk.sheets.filling.keeping import write_form

        return write_form(self.books, filled, to, answers.columns if answers else {})
