"""Desk: opens a folder, holds the ledgers, the clock and the lock. Everything starts here.

A desk is a folder: ``desk.db``, ``attachments/``, ``backups/``, ``out/``, ``logs/``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.opening import OPENED_ON
from hazard_desk.checking import faults_of
from hazard_desk.errors import Lost, Refused, Trouble
from hazard_desk.exchange import Papers, Sheets
from hazard_desk.figures.inbox.inbox import Inbox, inbox
from hazard_desk.grid.document import Document
from hazard_desk.grid.grid import Grid
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.plan_file import find_plan
from hazard_desk.library.plans import Plan
from hazard_desk.library.prose.reading import read_plan
from hazard_desk.making import make_desk, upgrade_desk
from hazard_desk.rewording import Rewording
from hazard_desk.stopping import Tell, tell_nobody
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.clock import Clock
from hazard_desk.store.copies.copies import Copies
from hazard_desk.store.copies.list import Copy
from hazard_desk.store.copies.restoring import remains, restore, settle
from hazard_desk.store.copies.schema import drop_strange_parts
from hazard_desk.store.dbfile import DATABASE, HEAD, inspect
from hazard_desk.store.drafts import Drafts
from hazard_desk.store.lock import DeskLock
from hazard_desk.store.place import keep_to_owner, refuse_bad_place, user_folder
from hazard_desk.store.scratch import clear_leftovers, libraries_write_to
from hazard_desk.store.seal.erased import erased_in
from hazard_desk.store.seal.keys import NO_CODE
from hazard_desk.store.seal.pin import Pin
from hazard_desk.store.search import Hit
from hazard_desk.store.trail.head import alarm, closed, open_for_writing, untouched
from hazard_desk.store.trail.replay import accept_loss
from hazard_desk.store.troubles import troubles
from hazard_desk.store.undo import act_told, last_act, last_undo, redo_last, undo_last

_log = logging.getLogger(__name__)


class Desk:
    """One open desk. Use as a context manager, or call ``close``."""

    def __init__(self, folder: Path, cabinet: Cabinet, lock: DeskLock | None) -> None:
        self.folder = folder
        self.cabinet = cabinet
        self._lock = lock
        self._meanwhile = ExitStack()
        self.named_day: date | None = None
        """The day that replaces the clock, where one was named."""
        self.books = Books(cabinet)
        self.plans = self.books.plans
        self.tasks = self.books.tasks
        self.task_edits = self.books.task_edits
        self.part_edits = self.books.part_edits
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
        self.copies = Copies(folder, cabinet.clock, _renew)
        self.pin = Pin(cabinet)
        self.drafts = Drafts(folder)
        self.papers = Papers(self.books, self.out)
        self.rewording = Rewording(self.books)
        self.sheets = Sheets(self.books)
        self.submissions = self.books.submissions
        self.seal = self.books.seal
        self.erasing = self.books.erasing
        self.erasing.places = lambda: self.copies.places

    @classmethod
    def create(
        cls,
        folder: Path,
        plan: str | Plan,
        today: date | None = None,
        clerk: str = "",
        office: str = "",
        opened_on: date | None = None,
    ) -> Desk:
        """Make a new, empty desk on a plan (bundled: its id; or a plan file; or itself) and open it.

        ``clerk`` is who keeps it; without one, who is logged in here, if that is a name. ``office`` is whose
        it is; without one, the 应急办 of who issued the plan. ``opened_on`` is its 起账日, before which
        nothing is late; without one, all that the plan ever asked for counts. Raises ``Refused`` for an
        unknown plan, a folder that holds a desk already or the remains of one, or a bad place.
        """
        plan = find_plan(plan) if isinstance(plan, str) else plan
        office = office or plan.office or office_of(plan.issuer)
        refuse_bad_place(folder)
        _refuse_file(folder)
        if opened_on and opened_on > (today or date.today()):
            raise Refused("起账日不能晚于今天", OPENED_ON)
        make_desk(folder, plan, office, clerk, today, opened_on)
        return cls.open(folder, today)

    @classmethod
    def open(
        cls,
        folder: Path,
        today: date | None = None,
        lock: bool = True,
        accept: bool = False,
        heed: bool = True,
    ) -> Desk:
        """Open the desk in ``folder``; with ``lock`` for writing, else for reading only.

        An older desk is brought up to date after a backup. Raises ``Refused`` when there is none, ``Trouble``
        when it is in use, damaged, newer than this program, or no desk at all; ``Lost`` when acts are missing
        or something was changed behind its back. With ``accept`` an act says so and it goes on from there;
        without ``heed`` it is opened for reading all the same, to be looked at or copied.
        """
        file = folder / DATABASE
        _refuse_file(folder)
        settle(folder)
        with troubles(folder):
            if not file.exists() and remains(folder):
                raise Refused(f"“{folder}”里的台账数据文件不见了，但照片、附件或备份还在，请恢复备份")
            if not file.exists():
                raise Refused(f"“{folder}”里还没有台账，请先新建，或检查路径是否正确")
        refuse_bad_place(folder)
        version = inspect(file)
        held = DeskLock(folder) if lock or version < HEAD else None
        if held:
            held.take()
        try:
            closely = held is not None and not untouched(folder)
            lost = _ready(folder, today, held, accept, heed)
            cabinet = Cabinet(file, Clock(today))
            try:
                desk = cls(folder, cabinet, held)
                desk.named_day = today
                desk._prepare(today, lost, closely)
            except BaseException:
                cabinet.close()
                raise
        except BaseException:
            if held:
                held.release()
            raise
        return desk

    def _prepare(self, today: date | None, lost: str, closely: bool) -> None:
        with troubles(self.folder / DATABASE):
            if closely:
                (verdict,) = self.cabinet.db.execute_sql("PRAGMA quick_check(1)").fetchone()
                if verdict != "ok":
                    raise Trouble(f"“{self.folder / DATABASE}”已损坏，请用最近的备份恢复")
            if self._lock:
                self.erasing.again()
        sample_day = self.cabinet.setting("sample_today")
        if today is None and sample_day:
            self.cabinet.clock.set(date.fromisoformat(sample_day))
        if self._lock:
            self._tidy(lost)
        if lost:
            drop_strange_parts(self.folder / DATABASE, HEAD)
            accept_loss(self.cabinet, lost)
        if self._lock:
            self.cabinet.keep_head()
        self._meanwhile.enter_context(libraries_write_to(self.folder))

    def tell_others(self, doing: str) -> None:
        """Tell whoever wants to open this desk meanwhile what is still done here: a short sentence."""
        if self._lock:
            self._lock.tell(doing)

    def _tidy(self, lost: str) -> None:
        """Clear away what is over: unfinished files, copies that were opened, photos removed long ago.

        Where acts are ``lost``, the files that they told of are only set aside.
        """
        try:
            keep_to_owner(self.folder)
            clear_leftovers(self.folder)
            self.attachments.put_copies_away()
            if lost:
                self.attachments.set_aside(self.folder / f"unknown-files-{datetime.now():%Y%m%d-%H%M%S}")
            else:
                self.attachments.sweep()
        except Trouble as error:  # it is as well done the next time
            _log.warning("not tidied: %s", error.message)

    def close(self) -> None:
        """Close the file and let go of the lock; its holder leaves no log and notes what the file is."""
        self._meanwhile.close()
        head = self.cabinet.finish() if self._lock else None
        self.cabinet.close()
        if self._lock:
            if head:
                closed(self.folder, head)
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
    def office_name(self) -> str:
        """The office that keeps this desk: 三星乡应急办."""
        return self.books.office_name

    @property
    def sample(self) -> bool:
        """Whether this is a sample desk (示例)."""
        return self.books.sample

    @property
    def clerk(self) -> str:
        return self.cabinet.setting("clerk")

    @property
    def plan_title(self) -> str:
        return self.plans.current().title

    @property
    def out(self) -> Path:
        """The folder for papers and sheets that are not sent elsewhere."""
        return self.folder / "out"

    def backup(self, to: Path | None = None) -> Path:
        """Make a copy as one file, or without ``to`` one in every place of copies; return the file."""
        return self.copies.portable(to) if to else self.copies.make().file

    def in_clear(self) -> tuple[list[Copy], list[Path]]:
        """Return the copies, and what restores put aside, that hold informants in clear or erased since."""
        copies = [copy for copy in self.copies.all() if copy.there and copy.holds_clear]
        return copies, self.copies.asides_in_clear()

    def rewrite_copies(self, tell: Tell = tell_nobody) -> list[str]:
        """Write those ``in_clear`` anew, sealed and erased as the desk is; return why some were left, a
        Chinese sentence each. Raises ``Refused`` while this computer lacks the recovery code."""
        self._refuse_locked()
        copies, asides = self.in_clear()
        works: list[tuple[str, Callable[[], object]]] = [
            *((copy.file.name, partial(self.copies.rewrite, copy)) for copy in copies),
            *((aside.name, partial(self.copies.rewrite_aside, aside)) for aside in asides),
        ]
        left = []
        for done, (name, work) in enumerate(works):
            tell(done, len(works), name)
            try:
                work()
            except (Refused, Trouble) as wrong:
                left.append(f"“{name}”没有改写：{wrong.message}")
        return left

    def rewrite_copy(self, copy: Copy, password: str = "") -> Copy:
        """Write one of them anew and return it. Raises ``Refused`` as above and for a wrong password."""
        self._refuse_locked()
        return self.copies.rewrite(copy, password)

    def _refuse_locked(self) -> None:
        if self.seal.locked:
            raise Refused(f"{NO_CODE}，再改写备份")

    def unsaved(self) -> str:
        """Return what no copy has held for days, in one sentence; '' where all is safe, or is a sample."""
        sentence, tone = ("", "") if self.sample else self.copies.sentence(self.today)
        return sentence if tone else ""

    def inbox(self) -> Inbox:
        """Return what waits for the clerk today, ranked by consequence."""
        return inbox(self.books, self.unsaved())

    def undoable(self) -> str:
        """Return what the last act did, when it can be taken back; else ''."""
        return act_told(self.cabinet, last_act(self.cabinet))

    def redoable(self) -> str:
        """Return what the last undo took back, when that can be done again; else ''."""
        return act_told(self.cabinet, last_undo(self.cabinet))

    def undo(self) -> Change:
        """Take the last act back by a further one, as it says. ``Refused`` when it cannot be, or is none."""
        return undo_last(self.cabinet)

    def redo(self) -> Change:
        """Do again what the last undo took back. ``Refused`` when it cannot be, or there is none."""
        return redo_last(self.cabinet)

    def find(self, words: str, limit: int = 50) -> list[Hit]:
        """Return the records of all books that hold every one of ``words``, the newest first."""
        return self.cabinet.find(words, limit)

    def check(self) -> list[str]:
        """Return what is wrong with this desk, a Chinese sentence each; [] when sound."""
        with self.cabinet.reading():
            return faults_of(self.folder, self.books)

    @staticmethod
    def read_annex(file: Path, year: int, told: Mapping[str, str] | None = None) -> Annex:
        """Return what a plan in a document or spreadsheet says; ``year`` is that of its dates.

        ``told`` is what the clerk says of columns: heading -> 栏目. Raises ``Refused`` when the file holds
        no task, ``Trouble`` when it cannot be read.
        """
        return read_plan(Desk.plan_document(file), year, told)

    @staticmethod
    def plan_document(file: Path) -> Document:
        """Return the text and the tables of a file that holds a plan, without hidden sheets.

        Raises ``Refused`` and ``Trouble`` when it cannot be read.
        """
        from hazard_desk.sheets.reading.file import read_document

        if not file.is_file():
            raise Refused(f"没有找到文件“{file}”，请检查路径")
        document = read_document(file)
        shown = [block for block in document.blocks if not (isinstance(block, Grid) and block.hidden)]
        return replace(document, blocks=shown)

    @staticmethod
    def restore(copy: Path, folder: Path, password: str = "", incomplete: bool = False) -> None:
        """Put a backup back as the desk in ``folder``. What stood there is kept in it, aside.

        Raises ``Refused`` when ``copy`` is no backup, ``Trouble`` when it is damaged or the desk in use.
        """
        refuse_bad_place(folder)
        _refuse_file(folder)
        restore(copy, folder, password, incomplete)
        if erased_in(
            folder, user_folder()
        ):  # who was erased since the copy was made is erased again, here and now
            _renew(folder)


def _ready(folder: Path, today: date | None, held: DeskLock | None, accept: bool, heed: bool) -> str:
    """Make a desk ready to be opened, as the holder of its lock brings an older one up to date.

    Returns what it lacks where that is accepted, else ''. Raises ``Lost``; see ``Desk.open``.
    """
    lost = alarm(folder, whole=False)
    if lost and not accept and (heed or held):
        raise Lost(lost)
    if held:
        open_for_writing(folder)
        if (version := inspect(folder / DATABASE)) < HEAD:
            Copies(folder, Clock(today), _renew).make()
            upgrade_desk(folder, version)
    return lost if accept else ""


def _refuse_file(folder: Path) -> None:
    with troubles(folder):
        if folder.exists() and not folder.is_dir():
            raise Refused(f"“{folder}”不是文件夹，请检查路径")


def _renew(folder: Path) -> None:
    """Open a desk that may be older, which brings it up to date, and close it."""
    Desk.open(folder).close()


def office_of(issuer: str) -> str:
    """Return the office that keeps the desk, from who issued the plan: a government's own 应急办."""
    place = issuer.removesuffix("人民政府")
    return f"{place}应急办" if place != issuer else issuer
