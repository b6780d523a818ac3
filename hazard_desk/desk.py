"""Desk: opens a folder, holds the ledgers, the clock and the lock. Everything starts here.

A desk is a folder: ``desk.db``, ``attachments/``, ``backups/``, ``out/``, ``logs/``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from hazard_desk.errors import Refused, Trouble
from hazard_desk.ledgers.books import Books
from hazard_desk.ledgers.ledger import Ledger
from hazard_desk.ledgers.query import Query
from hazard_desk.library.annex import Annex, read_annex
from hazard_desk.library.plans import Plan, find_plan
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import Change
from hazard_desk.store.backup import DATABASE, database_faults, restore_backup, write_backup
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.clock import Clock
from hazard_desk.store.dbfile import HEAD, inspect, migrate
from hazard_desk.store.drafts import Drafts
from hazard_desk.store.files import safe_name
from hazard_desk.store.lock import DeskLock, user_name
from hazard_desk.store.place import refuse_bad_place
from hazard_desk.store.search import Hit
from hazard_desk.store.troubles import troubles
from hazard_desk.store.undo import last_act, take_back

if TYPE_CHECKING:
    from hazard_desk.papers.model import Paper
    from hazard_desk.papers.reports import Report
    from hazard_desk.printing import Proof
    from hazard_desk.sheets.incoming import Incoming
    from hazard_desk.sheets.rollup import Rollup


class Desk:
    """One open desk. Use as a context manager, or call ``close``."""

    def __init__(self, folder: Path, cabinet: Cabinet, lock: DeskLock | None) -> None:
        self.folder = folder
        self.cabinet = cabinet
        self._lock = lock
        self.books = Books(cabinet)
        self.plans = self.books.plans
        self.tasks = self.books.tasks
        self.task_edits = self.books.task_edits
        self.duties = self.books.duties
        self.holidays = self.books.holidays
        self.groups = self.books.groups
        self.enterprises = self.books.enterprises
        self.enterprise_duties = self.books.enterprise_duties
        self.hazards = self.books.hazards
        self.checks = self.books.checks
        self.rewards = self.books.rewards
        self.tips = self.books.tips
        self.activities = self.books.activities
        self.documents = self.books.documents
        self.registers = self.books.registers
        self.attachments = self.books.attachments
        self.views = self.books.views
        self.settings = self.books.settings
        self.drafts = Drafts(folder)
        self.submissions = self.books.submissions

    @classmethod
    def create(
        cls, folder: Path, plan: str | Plan, today: date | None = None, clerk: str = "", office: str = ""
    ) -> Desk:
        """Make a new, empty desk on a plan (bundled: its id; or a plan file; or itself) and open it.

        ``clerk`` is who keeps it; without one, the person logged in to this computer. ``office`` is whose
        it is; without one, the 应急办 of who issued the plan. Raises ``Refused`` for an unknown plan, a
        folder that holds a desk already, or a bad place.
        """
        plan = find_plan(plan) if isinstance(plan, str) else plan
        office = office or plan.office or office_of(plan.issuer)
        refuse_bad_place(folder)
        with troubles(folder):
            _refuse_file(folder)
            if (folder / DATABASE).exists():
                raise Refused(f"“{folder}”里已有台账，请另选一个文件夹")
            folder.mkdir(parents=True, exist_ok=True)
        lock = DeskLock(folder)
        lock.take()
        try:
            unfinished = folder / f"{DATABASE}.new"
            with troubles(folder):
                for leftover in folder.glob(f"{DATABASE}.new*"):
                    leftover.unlink()
            cabinet = Cabinet(unfinished, Clock(today))
            try:
                with troubles(folder):
                    migrate(cabinet.db, 0, before=_nothing)
                with cabinet.together():
                    with cabinet.act("desk.create", "settings") as act:
                        cabinet.set(act, "clerk", clerk or user_name())
                        cabinet.set(act, "office", office)
                        act.done(f"新建台账“{office}”")
                    Books(cabinet).plans.enter(plan)
            finally:
                cabinet.close()
            with troubles(folder):
                unfinished.replace(folder / DATABASE)
        finally:
            lock.release()
        return cls.open(folder, today)

    @classmethod
    def open(cls, folder: Path, today: date | None = None, lock: bool = True) -> Desk:
        """Open the desk in ``folder``; with ``lock`` for writing, else for reading only.

        An older desk is brought up to date after a backup. Raises ``Refused`` when there is none,
        ``Trouble`` when it is in use, damaged, newer than this program, or no desk at all.
        """
        file = folder / DATABASE
        with troubles(folder):
            _refuse_file(folder)
            if not file.exists():
                raise Refused(f"“{folder}”里还没有台账，请先新建，或检查路径是否正确")
        refuse_bad_place(folder)
        version = inspect(file)
        held = DeskLock(folder) if lock or version < HEAD else None
        if held:
            held.take()
        try:
            cabinet = Cabinet(file, Clock(today))
            try:
                desk = cls(folder, cabinet, held)
                desk._prepare(version, today)
            except BaseException:
                cabinet.close()
                raise
        except BaseException:
            if held:
                held.release()
            raise
        return desk

    def _prepare(self, version: int, today: date | None) -> None:
        with troubles(self.folder / DATABASE):
            if self._lock:
                (verdict,) = self.cabinet.db.execute_sql("PRAGMA quick_check(1)").fetchone()
                if verdict != "ok":
                    raise Trouble(f"“{self.folder / DATABASE}”已损坏，请用最近的备份恢复")
            migrate(self.cabinet.db, version, before=self.backup)
            if version < HEAD:
                self.cabinet.reindex()
        sample_day = self.cabinet.setting("sample_today")
        if today is None and sample_day:
            self.cabinet.clock.set(date.fromisoformat(sample_day))

    def close(self) -> None:
        """Close the file and let go of the lock."""
        self.cabinet.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def today(self) -> date:
        return self.cabinet.clock.today

    @property
    def ledgers(self) -> dict[str, Ledger]:
        """All books by their command-line names."""
        return self.books.ledgers

    @property
    def office(self) -> str:
        """The office that keeps this desk: 三星乡应急办."""
        return self.books.office

    @property
    def sample(self) -> bool:
        """Whether this is a sample desk (示例)."""
        return self.books.sample

    @property
    def clerk(self) -> str:
        return self.cabinet.setting("clerk")

    @property
    def plan_title(self) -> str:
        return str(self.plans.current()["title"])

    @property
    def out(self) -> Path:
        """The folder for papers and sheets that are not sent elsewhere."""
        return self.folder / "out"

    def reports(self) -> list[Report]:
        """Return the papers that this desk can print."""
        from hazard_desk.papers.reports import reports_of  # reportlab comes with it: heavy

        return list(reports_of(self.books).values())

    def print(
        self, report: str, to: Path | None = None, query: Query | None = None, number: str = ""
    ) -> Path:
        """Print a paper to ``to`` (its ending says the format; default: PDF into ``out``); return the file.

        ``query`` says which rows, for papers that have rows; ``number`` which record, for those about one
        (its number or id, or the number of a document issued). Raises ``Refused`` and ``Trouble``.
        """
        from hazard_desk.printing import print_paper

        found, paper = self._paper(report, query, number)
        name = safe_name(paper.title if number else found.title, ".pdf")
        return print_paper(found, paper, to or self.out / name)

    def proof(self, report: str, query: Query | None = None, number: str = "") -> Proof:
        """Return a paper ready to be looked at and saved, chosen as for ``print``."""
        from hazard_desk.printing import proof_of

        return proof_of(self._paper(report, query, number)[1])

    def draft_mail(self, subject: str, file: Path) -> Path:
        """Write a draft of an e-mail with ``file`` attached, to the recipient of the settings; return it."""
        from hazard_desk.mail import write_draft

        recipient = self.settings.get()["mail_to"]
        return write_draft(subject, f"附件为“{file.name}”，请查收。\n\n{self.office}\n", recipient, file)

    def _paper(self, report: str, query: Query | None, number: str) -> tuple[Report, Paper]:
        from hazard_desk.papers.reports import find_report, order_of

        found = find_report(self.books, report)
        return found, found.make(self.books, order_of(self.books, found, number, query or Query()))

    def issue(self, report: str, number: str = "", values: Mapping[str, Any] | None = None) -> Change:
        """Draw the number of a paper and enter it in the register; ``number`` picks its record.

        ``values`` are those of ``books.issuing.fields``; what is not named is taken from the record.
        Where the paper is a step of a hazard, the step is taken. Raises ``Refused`` and ``RefusedFields``.
        """
        from hazard_desk.papers.reports import find_report, record_of

        found = find_report(self.books, report)
        record = record_of(self.books, found, number)
        told = self.issue_values(report, record) | dict(values or {})
        return self.books.issuing.issue(report, told, found.about, record.get("id", 0))

    def issue_values(self, report: str, record: Mapping[str, Any]) -> Row:
        """Return what is known of a paper before it is issued about ``record`` ({}: about all)."""
        from hazard_desk.papers.order import Order
        from hazard_desk.papers.reports import find_report

        found = find_report(self.books, report)
        title = found.title if record else found.make(self.books, Order()).title
        return self.books.issuing.known(report, title.replace("\n", ""), record)

    def papers_about(self, ledger: str, record: Mapping[str, Any]) -> tuple[list[Report], list[Report]]:
        """Return the papers that can be printed about a record now, and those that can be issued."""
        from hazard_desk.papers.reports import issuable, reports_about

        return reports_about(self.books, ledger, record), issuable(self.books, ledger, record)

    def binder(self, to: Path, tell: Callable[[int, int, str], bool] | None = None) -> Path:
        """Write the binder (迎检档案) into the empty folder ``to``; return it.

        ``tell`` hears of each step, and stops the work by returning False. ``Refused``, ``Trouble``.
        """
        from hazard_desk.binder import write_binder

        return write_binder(self.books, to, tell) if tell else write_binder(self.books, to)

    def export(self, ledger: str, to: Path, query: Query | None = None) -> Path:
        """Write the rows of a ledger that ``query`` wants to the spreadsheet ``to``; return it."""
        from hazard_desk.sheets.export import export_ledger

        return export_ledger(self.books, self.books.ledger(ledger), query or Query(), to)

    def calendar(self, to: Path, first: date | None = None, last: date | None = None) -> Path:
        """Write everything dated from ``first`` to ``last`` as an iCalendar file (.ics); return it.

        Without days: from the plan's begin to its end, but a year from today at the least.
        """
        from hazard_desk.figures.due import due_items
        from hazard_desk.sheets.calendar_file import write_calendar

        plan = self.plans.current()
        ahead = max(plan["ends_on"], self.today + timedelta(days=365))
        return write_calendar(
            self.books, due_items(self.books, first or plan["starts_on"], last or ahead), to
        )

    def template(self, ledger: str, to: Path) -> Path:
        """Write the blank collection sheet of a ledger to ``to``; return it."""
        from hazard_desk.sheets.template import write_template

        return write_template(self.books, self.books.ledger(ledger), to)

    def incoming(self, ledger: str, file: Path) -> Incoming:
        """Read a spreadsheet for a ledger and find out what its columns mean. Raises ``Refused``."""
        from hazard_desk.sheets.incoming import open_incoming

        return open_incoming(self.books, self.books.ledger(ledger), file)

    def roll_up(
        self,
        what: str,
        files: Sequence[Path],
        units: Sequence[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> Rollup:
        """Add up the sheets of sub-units: ``what`` is a ledger or a progress form. Enters nothing.

        ``units`` are those that should have reported. Raises ``Refused``.
        """
        from hazard_desk.library.forms import bundled_forms, find_form
        from hazard_desk.sheets.rollup_forms import roll_up_form
        from hazard_desk.sheets.rollup_ledgers import roll_up_ledger

        if what in bundled_forms():
            return roll_up_form(find_form(what), files, units, progress)
        return roll_up_ledger(self.books, self.books.ledger(what), files, units, progress)

    def backup(self, to: Path | None = None) -> Path:
        """Write a verified copy of the whole desk (default: into ``backups``); return the file."""
        name = f"desk-{datetime.now():%Y%m%d-%H%M%S}.zip"
        return write_backup(self.folder, to or self.folder / "backups" / name)

    def undoable(self) -> str:
        """Return what the last act did, when it can be taken back; else ''."""
        last = last_act(self.cabinet)
        return str(last["title"]) if last else ""

    def undo(self) -> Change:
        """Take the last act back by a further one. ``Refused`` when there is none or it cannot be.

        A step of a hazard is withdrawn and a registration voided: its event line is never erased, but for
        an import, which goes back whole.
        """
        last = last_act(self.cabinet)
        if last is None:
            raise Refused("没有可以撤销的操作")
        entered = [row["after"]["hazard_id"] for row in last["rows"] if row["table"] == "hazard_event"]
        if last["ledger"] != self.hazards.id or not entered or last["act"] == f"{self.hazards.id}.import":
            return take_back(self.cabinet, last)
        return self.hazards.withdraw(entered[0], undoes=last["id"])

    def find(self, words: str, limit: int = 50) -> list[Hit]:
        """Return the records of all books that hold every one of ``words``, the newest first."""
        return self.cabinet.find(words, limit)

    def last_backup(self) -> datetime | None:
        """Return when the newest copy in ``backups`` was made, or None."""
        copies = list((self.folder / "backups").glob("desk-*.zip"))
        return max((datetime.fromtimestamp(copy.stat().st_mtime) for copy in copies), default=None)

    def check(self) -> list[str]:
        """Return what is wrong with this desk, a Chinese sentence each; [] when sound."""
        found = database_faults(self.folder / DATABASE)
        return [*found, *self.hazards.check(), *self.attachments.check()]

    @staticmethod
    def read_annex(file: Path, year: int) -> Annex:
        """Return what the annex (分解表) in a .docx or spreadsheet says; ``year`` is that of its dates.

        Raises ``Refused`` when the file holds no such table, ``Trouble`` when it cannot be read.
        """
        from hazard_desk.sheets.annex_file import read_tables

        return read_annex(read_tables(file), year)

    @staticmethod
    def restore(copy: Path, folder: Path) -> None:
        """Put a backup back as the desk in ``folder``. What stood there is kept in it, aside.

        Raises ``Refused`` when ``copy`` is no backup, ``Trouble`` when it is damaged or the desk in use.
        """
        refuse_bad_place(folder)
        with troubles(folder):
            if not copy.is_file():
                raise Refused(f"没有找到备份文件“{copy}”，请检查路径")
            _refuse_file(folder)
            folder.mkdir(parents=True, exist_ok=True)
        lock = DeskLock(folder)
        lock.take()
        try:
            restore_backup(copy, folder)
        finally:
            lock.release()


def _refuse_file(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refused(f"“{folder}”不是文件夹，请检查路径")


def _nothing() -> None:
    """A new file needs no safety copy."""


def office_of(issuer: str) -> str:
    """Return the office that keeps the desk, from who issued the plan: a government's own 应急办."""
    place = issuer.removesuffix("人民政府")
    return f"{place}应急办" if place != issuer else issuer
