"""A desk's database is made whole beside its place: a new one, and an older one brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from uuid import uuid4

from hazard_desk.books.catalogue import Books
from hazard_desk.books.opening import OPENED_ON
from hazard_desk.errors import Refused, Trouble
from hazard_desk.library.plans import Plan
from hazard_desk.store.acts import Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.clock import Clock
from hazard_desk.store.copies.making import copy_database
from hazard_desk.store.copies.restoring import remains, settle
from hazard_desk.store.copies.swap import JOURNALS, Swap, fresh_folder
from hazard_desk.store.dbfile import DATABASE, migrate, plain_link
from hazard_desk.store.lock import CLERK, DeskLock, person_logged_in
from hazard_desk.store.place import make_own_folder
from hazard_desk.store.saving import flush_tree
from hazard_desk.store.scratch import SCRATCH
from hazard_desk.store.trail.head import CHAINED, HEAD_FILE, closed
from hazard_desk.store.trail.replay import known_differences, note_upgrade
from hazard_desk.store.troubles import troubles


def make_desk(
    folder: Path, plan: Plan, office: str, clerk: str, today: date | None, opened_on: date | None = None
) -> None:
    """Make a new desk on ``plan`` in ``folder``: it is there whole when this returns, or not at all.

    ``clerk`` '' is who is logged in, where that is a person's name; ``opened_on`` None: all that the plan
    ever asked for counts. Raises ``Refused`` when a desk, or what is left of one, lies there.
    """
    settle(folder)
    with troubles(folder):
        if (folder / DATABASE).exists():
            raise Refused(f"“{folder}”里已有台账，请另选一个文件夹")
        if remains(folder):
            raise Refused(
                f"“{folder}”里留有一个台账的照片、附件或备份，不能在这里新建；"
                "请先用“恢复”把那个台账找回来，或另选一个文件夹"
            )
        make_own_folder(folder)
    lock = DeskLock(folder)
    lock.take()
    try:
        with troubles(folder), fresh_folder(folder) as fresh:
            with _in_the_making(fresh / DATABASE, Clock(today)) as cabinet:
                migrate(cabinet.db, 0)
                with cabinet.whole("desk.create", "settings", Undo.FINAL) as act:
                    cabinet.set(act, "desk_id", uuid4().hex)
                    cabinet.set(act, "clerk", clerk or person_logged_in() or CLERK)
                    cabinet.set(act, "office", office)
                    cabinet.set(act, OPENED_ON, str(opened_on or ""))
                    books = Books(cabinet)
                    books.plans.enter(plan)
                    with suppress(Trouble):  # where it cannot be kept: with the first informant, who tells
                        books.seal.begin(act)
                    act.done(f"新建台账“{office}”")
            Swap.of(folder, fresh, folder / SCRATCH / "before").run(folder)
    finally:
        lock.release()


def upgrade_desk(folder: Path, version: int) -> None:
    """Bring the desk in ``folder``, whose lock is held, up to date; the old file stays till the new is whole.

    The copy to go back to must have been made. Raises ``Trouble``; the desk is then as it was.
    """
    with troubles(folder), fresh_folder(folder) as fresh:
        newer = fresh / DATABASE
        copy_database(folder / DATABASE, newer)
        with _in_the_making(newer, Clock()) as cabinet:
            Books(cabinet)  # what can be searched
            known = known_differences(cabinet.db.link()) if version >= CHAINED else {}
            migrate(cabinet.db, version)
            cabinet.reindex()
            note_upgrade(cabinet, known)
            cabinet.db.execute_sql("VACUUM")  # what an older version removed does not stay in free pages
        Swap.of(folder, fresh, folder / SCRATCH / "before", (DATABASE, *JOURNALS, HEAD_FILE)).run(folder)


@contextmanager
def _in_the_making(file: Path, clock: Clock) -> Iterator[Cabinet]:
    """A database that nobody sees yet: written without a log; after the block it is whole on disk."""
    cabinet = Cabinet(file, clock)
    try:
        cabinet.db.execute_sql("PRAGMA journal_mode = MEMORY")
        cabinet.db.execute_sql("PRAGMA synchronous = OFF")
        yield cabinet
        head = cabinet.head()
    finally:
        cabinet.close()
    with plain_link(file) as link:
        link.execute("PRAGMA journal_mode = WAL").fetchone()
    closed(file.parent, head)
    flush_tree(file.parent)
