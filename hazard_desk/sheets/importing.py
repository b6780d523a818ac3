"""Rows of a sheet taken into a ledger: tried first, then all of them, or the good ones, as one act.

Every row goes through the ledger's own acts, so its rules are the ledger's rules, also against each other.
A trial is the very same, taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents import DocumentRow
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.sheets.incoming import Incoming
from hazard_desk.sheets.row_reader import IncomingRow
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.columns import names_of

TellProgress = Callable[[int, int], None]
"""Called with rows or files done, and how many there are."""


class OnExisting(StrEnum):
    """What to do with a row that is in the desk already."""

    UPDATE = "update"
    SKIP = "skip"
    NEW = "new"


class Fate(StrEnum):
    """What becomes of a row; the words are what the clerk reads."""

    NEW = "新增"
    UPDATED = "更新"
    SKIPPED = "已有，跳过"
    REFUSED = "不能导入"


@dataclass
class Judged:
    """One row of the sheet and what becomes of it."""

    entry: IncomingRow
    fate: Fate
    record: int | None = None
    problems: dict[str, str] = field(default_factory=dict)
    """Sentence by field name; '' for what concerns no single column."""


@dataclass
class Result:
    """What an import did, or would do."""

    incoming: Incoming
    rows: list[Judged]
    change: Change | None = None
    """The act, once something is taken in."""

    def count(self, fate: Fate) -> int:
        """Return how many rows have this fate."""
        return sum(row.fate is fate for row in self.rows)

    @property
    def refused(self) -> list[Judged]:
        return [row for row in self.rows if row.fate is Fate.REFUSED]

    def told(self) -> list[Row]:
        """Return each reason with its sheet row and column, as the sheet calls it."""
        return [
            {
                "row": row.entry.line,
                "column": self.incoming.label_of(name, row.entry.table),
                "reason": sentence,
            }
            for row in self.refused
            for name, sentence in row.problems.items()
        ]


class _TakenBack(Exception):
    """Ends a trial, or an import that may not stand, so that nothing of it is kept."""


def run_import(
    books: Books,
    incoming: Incoming,
    on_existing: OnExisting = OnExisting.SKIP,
    good_rows: bool = False,
    trial: bool = False,
    progress: TellProgress = lambda done, whole: None,
) -> Result:
    """Take the rows of a sheet into its ledger as one act; return what became of each.

    Fields that the clerk chose for columns are remembered in the same act.
    A refused row stops the whole unless ``good_rows``; ``trial`` keeps nothing, nor does what is stopped.
    Raises ``Refused`` when the sheet has no rows.
    """
    ledger = incoming.ledger
    entries = list(incoming.entries())
    result = Result(incoming, [])
    if not entries and incoming.nil:
        return result
    incoming.refuse_nameless()
    if not entries:
        raise Refused(f"{incoming.called}里没有数据，表头在第{incoming.heading.last + 1}行，请在下面填写")
    name, undo = f"{ledger.id}.import", ledger.import_undo
    with suppress(_TakenBack), books.cabinet.whole(name, ledger.id, undo) as act:
        known = Known(ledger)
        for entry in _numbered_first(entries):
            stop_if_unwanted()
            progress(len(result.rows), len(entries))
            result.rows.append(_judge(ledger, entry, known, on_existing))
        stop_if_unwanted()
        progress(len(entries), len(entries))
        result.rows.sort(key=lambda row: (row.entry.table, row.entry.line))
        if trial or not act.rows or (result.refused and not good_rows):
            raise _TakenBack
        if incoming.told:
            for table in incoming.tables:
                heading, answers = table.heading, incoming.answers
                places = {place: heading.places.get(place, "") for place in table.settled}
                books.sheet_mappings.remember(
                    ledger.id, heading.shape, heading.sender, places, dict(answers.words), answers.values
                )
        _say(act, result)
    result.change = act.change
    return result


def _say(act: Act, result: Result) -> None:
    new, updated = result.count(Fate.NEW), result.count(Fate.UPDATED)
    parts = "，".join(f"{word}{count}条" for word, count in (("新增", new), ("更新", updated)) if count)
    records = [row.record for row in result.rows if row.record is not None and row.fate is not Fate.SKIPPED]
    verb = "导入" if result.incoming.file else "粘贴到"
    act.done(f"{verb}{result.incoming.ledger.title}：{parts}", *records)


_NUMBERS = names_of(Hazard.number, DocumentRow.seq)
"""What the desk gives to a row that does not bring it."""


def _numbered_first(entries: list[IncomingRow]) -> list[IncomingRow]:
    """Rows that bring a number come before those that are to be given one."""
    return sorted(entries, key=lambda entry: not any(entry.values.get(name) for name in _NUMBERS))


def _judge(ledger: Ledger, entry: IncomingRow, known: Known, on_existing: OnExisting) -> Judged:
    if entry.problems:
        missing = [one for one in ledger.template_fields() if one.required and not entry.values.get(one.name)]
        unsaid = {one.name: f"请填写“{one.label}”" for one in missing if one.name not in entry.problems}
        return Judged(entry, Fate.REFUSED, problems=entry.problems | unsaid)
    there = known.take(entry.values) if on_existing is not OnExisting.NEW else None
    if there is not None and on_existing is OnExisting.SKIP:
        return Judged(entry, Fate.SKIPPED, there)
    judged = ledger.judge(entry.values, number=there)
    if judged.refused:
        return Judged(entry, Fate.REFUSED, there, judged.problems or {"": judged.refused})
    if not judged.changes:
        return Judged(entry, Fate.SKIPPED, there)
    (number,) = ledger.enter([judged])
    return Judged(entry, Fate.NEW if there is None else Fate.UPDATED, number)


class Known:
    """The records of a ledger by what they are known by; each is found once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._rows = {row.id: row for row in ledger.select(Query())}
        self._found: list[dict[tuple[Hashable, ...], list[int]]] = []
        for identity in ledger.identities():
            by_identity: dict[tuple[Hashable, ...], list[int]] = {}
            for number, row in sorted(self._rows.items()):
                by_identity.setdefault(_identity(row, identity), []).append(number)
            self._found.append(by_identity)
        self._taken: set[int] = set()

    def take(self, values: Row) -> int | None:
        """Return the record that a row means, the one most like it; None for a new one."""
        for identity, by_identity in zip(self._ledger.identities(), self._found, strict=True):
            if not values.get(identity[0]):
                continue
            free = [
                number
                for number in by_identity.get(_identity(values, identity), ())
                if number not in self._taken and self._ledger.is_same(self._rows[number], values)
            ]
            if free:
                best = max(free, key=lambda number: _alike(self._rows[number], values))
                self._taken.add(best)
                return best
        return None


def _identity(row: Row, names: tuple[str, ...]) -> tuple[Hashable, ...]:
    values = (row.get(name) for name in names)
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def _alike(row: Row, values: Row) -> int:
    return sum(row.get(name) == value for name, value in values.items())
