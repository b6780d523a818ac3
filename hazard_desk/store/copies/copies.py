"""The copies of one desk: makes them, thins them, and knows what would be lost now.

All of it may go on on a worker's thread while acts are made: it reads the database by a connection of its
own and ends when nobody wants it any more. Places on a network may take long to answer.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from hazard_desk.errors import Refused, Trouble
from hazard_desk.rules.dates import show_moment
from hazard_desk.store.clock import Clock
from hazard_desk.store.copies.asides import asides_in_clear, prepare, rewrite_aside
from hazard_desk.store.copies.list import Copy, CopyList, looked_up, read_list, write_list
from hazard_desk.store.copies.making import (
    Snapshot,
    hash_of,
    make_in,
    make_portable,
    snapshot,
)
from hazard_desk.store.copies.places import HOME, new_place, place_word
from hazard_desk.store.copies.proving import Prover, restored_on_trial
from hazard_desk.store.copies.thinning import Dated, to_keep
from hazard_desk.store.copies.unpacking import FILES, place_beside, read_manifest, unpack
from hazard_desk.store.dbfile import DATABASE, plain_link
from hazard_desk.store.saving import delete_file
from hazard_desk.store.scratch import scratch_folder
from hazard_desk.store.seal.erased import erased_in, note_erased
from hazard_desk.store.troubles import troubles

AMBER, RED = 3, 7
"""Days after which acts that no copy holds are shown in amber and in red."""
_WAIT = 600
"""Seconds to wait for a copy that another window or command is just making."""
_MONTH = timedelta(days=30)
FORGET = "密码一旦遗失，这份备份就再也打不开，谁也无法找回，请把密码另外妥善保存"
"""What the clerk is told of a password."""


@dataclass(frozen=True)
class AtRisk:
    """The acts that no copy holds: how many, since when, and their titles, the latest first."""

    count: int
    since: datetime | None
    titles: list[str]


class Copies:
    """The copies of the desk in ``folder``."""

    def __init__(self, folder: Path, clock: Clock, renew: Callable[[Path], None]) -> None:
        self._folder = folder
        self._clock = clock
        self._renew = renew
        """Brings the desk in a folder up to date, and closes it."""
        self._lock = FileLock(folder / "copies.lock", timeout=_WAIT)

    # Making

    def make(self, to: Path | None = None, thorough: bool = True) -> Copy:
        """Make a copy in every place that is there, or only in the place ``to``; thin; return the first.

        ``thorough`` reads every photo and file of the desk; without it, for the daily copy, those that are
        in the place already are looked at by size only. What is broken is named in ``faults``. Raises
        ``Trouble`` when a place fails; the other places have their copy then.
        """
        made: list[Copy] = []
        wrong: list[str] = []
        with self._busy():
            known = read_list(self._folder)
            where = self._in_use(known)
            chosen = {uid: place for uid, place in where.items() if to in (None, place)}
            with snapshot(self._folder, self._moment(known, chosen), thorough) as shot:
                before = max((copy.file for copy in known.copies if copy.within == HOME), default=None)
                for uid, place in chosen.items():
                    try:
                        made.append(self._make(known, uid, place, shot, before))
                        before = made[-1].file
                    except Trouble as error:
                        wrong.append(f"{place_word(uid, place)}没有备份成：{error.message}")
        if wrong:
            done = "和".join(place_word(copy.within, copy.place) for copy in made)
            raise Trouble("；".join([f"{done}已备份"] * bool(made) + wrong))
        return made[0]

    def portable(self, to: Path, password: str = "") -> Path:
        """Make a copy as one file, photos and files inside, and return it; see ``FORGET`` for a password.

        Raises ``Refused`` for a name that is taken by something else, ``Trouble``.
        """
        with self._busy(), snapshot(self._folder, self._clock.now, thorough=True) as shot:
            copy = make_portable(to.absolute(), shot, password)
            known = read_list(self._folder)
            known.copies = [one for one in known.copies if one.file != copy.file] + [copy]
            write_list(self._folder, known)
        return to

    def _make(self, known: CopyList, uid: str, place: Path, shot: Snapshot, before: Path | None) -> Copy:
        copy = replace(make_in(place, shot, before), within=uid)
        known.copies.append(copy)
        note_erased(erased_in(self._folder), place)
        if uid != HOME:
            known.places[uid] = str(place)
        write_list(self._folder, known)
        known.copies = self._thinned(known, uid, place)
        write_list(self._folder, known)
        return copy

    def _moment(self, known: CopyList, where: dict[str, Path]) -> datetime:
        """Return now, or the next second of which no place has a copy."""
        at = self._clock.now
        while any((place / f"desk-{at:%Y%m%d-%H%M%S}.zip").exists() for place in where.values()):
            at += timedelta(seconds=1)
        return at

    def _thinned(self, known: CopyList, uid: str, place: Path) -> list[Copy]:
        """Delete the copies of a place that the rule does not keep; return the list without them.

        Copies of version 0.3.0, of other desks and unreadable ones are left alone.
        """
        listed = {copy.file.name: copy for copy in known.copies if copy.within == uid}
        ours = {name: copy for name, copy in listed.items() if not copy.portable and copy.version}
        dated = [Dated(name, copy.at, copy.act, copy.sound) for name, copy in ours.items()]
        gone = ours.keys() - to_keep(dated, self._clock.today)
        with troubles(place):
            for name in sorted(gone):
                delete_file(place / name)
            if gone:
                _sweep(place)
        return [copy for copy in known.copies if copy.within != uid or copy.file.name not in gone]

    def rewrite(self, copy: Copy, password: str = "") -> Copy:
        """Write a copy anew as this program keeps a desk: with nobody in clear who reported a hazard.

        The old one is replaced once the new one is read back. Raises ``Refused`` for a wrong password or
        what is no copy, ``Trouble``; the old one is then as it was.
        """
        with self._busy(), troubles(copy.file), scratch_folder(self._folder) as scratch:
            fresh = scratch / "desk"
            unpack(copy.file, fresh, password)
            prepare(self._folder, fresh)
            self._renew(fresh)
            known = read_list(self._folder)
            with snapshot(fresh, copy.at, thorough=True) as shot:
                made = make_in(copy.place, shot) if copy.within else make_portable(copy.file, shot, password)
            if made.file != copy.file:
                delete_file(copy.file)
            others = [one for one in known.copies if one.file not in (copy.file, made.file)]
            known.copies = [*others, replace(made, within=copy.within, proved=self._clock.now)]
            write_list(self._folder, known)
        return made

    def asides_in_clear(self) -> list[Path]:
        """Return what restores put aside that holds informants in clear, or erased since."""
        return asides_in_clear(self._folder)

    def rewrite_aside(self, aside: Path) -> None:
        """Seal and erase in what a restore put aside as in the desk. Raises ``Trouble``."""
        rewrite_aside(self._folder, aside, self._renew)

    # Proving

    def prove(self, now: datetime, everything: bool = False) -> list[str]:
        """Read back what is new; once a month everything that is there, and restore one copy on trial.

        ``everything`` reads all of it today, whenever it was read last.
        What the places hold damaged is written anew where the desk's own is sound. Returns what was found
        wrong, a sentence each. Raises ``Trouble`` when the desk's own disk fails.
        """
        with self._busy():
            known, desk_id = read_list(self._folder), self._desk_id()
            where = known.where(self._folder, desk_id)
            known.copies = looked_up(known, where, desk_id)
            prover, everything = Prover(self._folder, now), everything or _month_since(known.all_proved, now)
            wrong = []
            for number, copy in enumerate(known.copies):
                if copy.there and (everything or (copy.proved is None and not copy.faults)):
                    proved = known.copies[number] = prover.proved(copy)
                    wrong += [f"{show_moment(proved.at)}的备份：{fault}" for fault in proved.faults]
                    write_list(self._folder, known)
            if everything:
                for place in where.values():
                    prover.read_files(place)
                known.all_proved = now
            if _month_since(known.trial, now) and (best := self._best(known.copies)):
                known.trial, known.trial_of = now, best.file.name
                known.trial_faults = tuple(restored_on_trial(best, self._folder))
                wrong += known.trial_faults
            write_list(self._folder, known)
        return wrong

    def _best(self, copies: Sequence[Copy]) -> Copy | None:
        """Return the newest sound copy of this desk as it is now, if there is room to restore it on trial."""
        free = shutil.disk_usage(self._folder).free
        with troubles(self._folder / DATABASE), plain_link(self._folder / DATABASE) as link:
            (version,) = link.execute("PRAGMA user_version").fetchone()
            for copy in copies:
                usable = copy.there and copy.sound and not copy.locked and copy.version == version
                if usable and 2 * copy.size < free and _held([copy], link):
                    return copy
        return None

    # Places

    @property
    def places(self) -> list[Path]:
        """The places in use: that in the desk's folder, then the second, where it is or was last."""
        known = read_list(self._folder)
        where = self._in_use(known)
        if known.second:
            where.setdefault(known.second, Path(known.places[known.second]))
        return list(where.values())

    def set_second(self, chosen: Path | None) -> None:
        """Choose the folder in which a second place of copies is made, or None for no second place.

        Its copies stay and are remembered. Raises ``Refused`` for a folder that will not do, ``Trouble``.
        """
        with self._busy():
            known = read_list(self._folder)
            known.second = ""
            if chosen is not None:
                known.second, place = new_place(chosen, self._folder, self._desk_id())
                known.places[known.second] = str(place)
            write_list(self._folder, known)

    def _in_use(self, known: CopyList) -> dict[str, Path]:
        where = known.where(self._folder, self._desk_id())
        return {uid: place for uid, place in where.items() if uid in (HOME, known.second)}

    # Knowing

    def all(self) -> list[Copy]:
        """Return every copy that was made, the newest first, and whether it is there now."""
        known, desk_id = read_list(self._folder), self._desk_id()
        return looked_up(known, known.where(self._folder, desk_id), desk_id, erased_in(self._folder))

    def due(self) -> bool:
        """Return whether a place that is there lacks acts of the desk."""
        known = read_list(self._folder)
        copies = [copy for copy in self.all() if copy.there]
        with troubles(self._folder / DATABASE), plain_link(self._folder / DATABASE) as link:
            (newest,) = link.execute("SELECT coalesce(max(id), 0) FROM audit").fetchone()
            held = {
                uid: _held([copy for copy in copies if copy.within == uid], link)
                for uid in self._in_use(known)
            }
        return any(act < newest for act in held.values())

    def at_risk(self) -> AtRisk:
        """Return the acts after the last one that a proved copy holds which is believed to exist."""
        copies = self.all()
        with troubles(self._folder / DATABASE), plain_link(self._folder / DATABASE) as link:
            last = _held([copy for copy in copies if not copy.gone], link)
            rows = link.execute(
                "SELECT at, title FROM audit WHERE id > ? ORDER BY id DESC", (last,)
            ).fetchall()
        since = datetime.fromisoformat(rows[-1][0]) if rows else None
        return AtRisk(len(rows), since, [title for _, title in rows])

    def sentence(self, today: date) -> tuple[str, str]:
        """Return what would be lost now, in one sentence, and its tone: '', 'amber' or 'red'."""
        copies = [copy for copy in self.all() if copy.proved and not copy.gone]
        risk = self.at_risk()
        if risk.since is None:
            return _all_safe(copies, today), ""
        age = (today - risk.since.date()).days
        tone = "red" if age >= RED else "amber" if age >= AMBER else ""
        if not copies:
            return f"还没有备份过，最多丢失：全部{risk.count}项", tone
        day = risk.since.date()
        return f"最多丢失：{'今天的' if day == today else f'{_day(day, today)}以来的'}{risk.count}项", tone

    def _desk_id(self) -> str:
        with troubles(self._folder / DATABASE), plain_link(self._folder / DATABASE) as link:
            found = link.execute("SELECT value FROM setting WHERE name = 'desk_id'").fetchone()
        return str(found[0]) if found else ""

    @contextmanager
    def _busy(self) -> Iterator[None]:
        """One at a time, of all windows and commands."""
        with troubles(self._folder):
            try:
                with self._lock:
                    yield
            except Timeout:
                raise Trouble("正在做另一份备份，请稍后再试") from None


def _held(copies: Sequence[Copy], link: sqlite3.Connection) -> int:
    """Return the highest act of the desk that one of the copies holds for certain.

    After a desk went back to an older copy, its acts are not those of the copies that were made since.
    """
    proved = (copy for copy in copies if copy.proved and copy.act)
    return max((copy.act for copy in proved if copy.head in ("", hash_of(link, copy.act))), default=0)


def _month_since(last: datetime | None, now: datetime) -> bool:
    return last is None or abs(now - last) >= _MONTH


def _sweep(place: Path) -> None:
    """Delete what no copy of a place needs; nothing while one of them cannot be read."""
    needed = set()
    for file in place.glob("*.zip"):
        try:
            manifest = read_manifest(file)
        except (Refused, Trouble) as wrong:
            if isinstance(wrong, Refused) and wrong.field == "password":
                continue  # one file with all of its own inside
            return
        needed |= {place_beside(file, name, digest) for name, digest in manifest.files.items()}
    for file in (place / FILES).glob("*/*"):
        if file not in needed:
            delete_file(file)


def _all_safe(copies: Sequence[Copy], today: date) -> str:
    newest = copies[0].at
    where = "和".join(
        dict.fromkeys(place_word(copy.within, copy.place) for copy in copies if copy.act == copies[0].act)
    )
    return f"已全部备份（{_day(newest.date(), today)}{newest:%H:%M}，{where}）"


def _day(day: date, today: date) -> str:
    if day == today:
        return "今天"
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"
