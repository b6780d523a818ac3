"""When a desk does not open: what happened to it, and what of it can still be saved."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from hazard_desk import __version__
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.acts import Undo
from hazard_desk.store.dbfile import DATABASE
from hazard_desk.store.place import refuse_bad_place
from hazard_desk.store.rescue.gather import Gathered
from hazard_desk.store.rescue.parcel import write_parcel
from hazard_desk.store.rescue.salvage import lost_lines, note_what_differs, salvage_files
from hazard_desk.store.rescue.situation import Plight, situation
from hazard_desk.store.saving import rename_file, save
from hazard_desk.store.troubles import troubles

LIST = "抢救清单.txt"
"""In the folder ``out`` of a salvaged desk: every row that could not be put back as it was."""


@dataclass
class Salvaged:
    """What a salvage gave: the new desk, the records of each book by its title, and what was lost."""

    folder: Path
    counts: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The whole in one sentence."""
        read = sum(self.counts.values())
        lost = f"，有{len(self.lost)}处没能原样救回，见其中的“out/{LIST}”" if self.lost else "，没有发现缺失"
        return f"抢救出{read}条记录，存成新的台账“{self.folder}”{lost}"


def salvage(folder: Path, to: Path, today: date | None = None) -> Salvaged:
    """Make a whole new desk in ``to`` of what can still be read of the damaged one in ``folder``.

    Nothing in ``folder`` is touched. Raises ``Refused`` for a bad or taken place and for a desk of a newer
    version, ``Trouble`` when the disk fails.
    """
    refuse_bad_place(to)
    unfinished = to.with_name(f"{to.name}.part")
    with troubles(to):
        if not (folder / DATABASE).is_file():
            raise Refused(f"“{folder}”里没有台账的数据文件，没有可以抢救的内容，请恢复备份或检查路径")
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise Refused(f"“{to}”里已有内容，请另选一个空文件夹")
    try:
        made = _made(folder, unfinished, today)
        if made.lost:
            save("\n".join(made.lost).encode("utf-8-sig"), unfinished / "out" / LIST)
        with troubles(to):
            if to.exists():
                to.rmdir()
            rename_file(unfinished, to)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return replace(made, folder=to)


def _made(folder: Path, fresh: Path, today: date | None) -> Salvaged:
    """Make the new desk in ``fresh``. Where a row makes no sense, the trail is believed instead."""
    wrong: Exception | None = None
    for by_trail in (False, True):
        shutil.rmtree(fresh, ignore_errors=True)
        found = salvage_files(folder, fresh, by_trail)
        try:
            return _finished(found, fresh, today)
        except (Refused, LookupError, ValueError, TypeError) as error:  # a flipped letter in a word of ours
            wrong = error
    raise Trouble(f"“{folder}”损坏得太厉害，没能抢救出可以打开的台账，请恢复备份") from wrong


def _finished(found: Gathered, fresh: Path, today: date | None) -> Salvaged:
    """Open the new desk, say in its trail what it is, check it."""
    with Desk.open(fresh, today) as desk:
        books = desk.ledgers.values()
        lost = lost_lines(found, {book.table_name: book.title for book in books})
        with desk.cabinet.act("desk.salvage", "settings", Undo.FINAL) as act:
            note_what_differs(desk.cabinet, act)
            act.done(f"从损坏的台账中抢救出还能读出的内容，{len(lost)}处未能原样救回")
        lost += desk.hazards.mend()
        desk.cabinet.reindex()
        lost += desk.check()
        return Salvaged(fresh, {book.title: book.count(Query()) for book in books}, lost)


def salvage_folder(folder: Path) -> Path:
    """Return a new folder beside that of a damaged desk for what is salvaged of it."""
    return folder.with_name(f"{folder.name}-抢救-{_now()}")


def parcel(folder: Path, to: Path) -> Path:
    """Write a diagnostic parcel without private data on the desk in ``folder`` to the zip ``to``; return it.

    Raises ``Trouble`` when ``to`` cannot be written.
    """
    said = situation(folder)
    faults: list[str] = []
    if said.kind is Plight.SOUND:
        try:
            with Desk.open(folder, lock=False) as desk:
                faults = desk.check()
        except (Refused, Trouble) as wrong:
            faults = [wrong.message]
    return write_parcel(folder, to, __version__, said, faults)


def parcel_name() -> str:
    """Return what a parcel made now is called."""
    return f"隐患工作台诊断包-{_now()}.zip"


def _now() -> str:
    return f"{datetime.now():%Y%m%d-%H%M%S}"
