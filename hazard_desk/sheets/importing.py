"""Rows of a sheet taken into a ledger: judged once, in memory, and written from that judgement as one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.gaps import OTHERS
from hazard_desk.books.kit.judging import Batch, Judgement
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.grid.headings import IDLE, normal
from hazard_desk.rules.fields import Row, Value, absent, read_others
from hazard_desk.rules.identifiers import same_key
from hazard_desk.sheets.incoming import Incoming
from hazard_desk.sheets.row_reader import IncomingRow
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.acts import Act, Change

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
    REPEATED = "重复，跳过"
    """The sheet has the very same row above."""
    REFUSED = "没有内容，不导入"
    DOUBTFUL = "有疑问，不导入"
    """Only good rows are wanted, and something in this one cannot stand or be read."""


_ENOUGH = 3
"""So many facts told alike make two rows one, where neither names what it is known by."""


@dataclass
class Judged:
    """One row of the sheet and what becomes of it."""

    entry: IncomingRow
    fate: Fate
    record: int | None = None
    judgement: Judgement | None = None
    """What will be written; None for a row that is left out."""
    problems: dict[str, str] = field(default_factory=dict)
    """Sentence by field name: what is doubtful; '' for what concerns no single column."""
    like: int | None = None
    """The line of an earlier row that seems to tell of the same."""

    @property
    def gaps(self) -> tuple[str, ...]:
        """Names of the fields that the ledger requires and the row lacks."""
        return tuple(self.judgement.gaps) if self.judgement else ()

    @property
    def taken(self) -> bool:
        """Whether it is to be written."""
        return self.fate in (Fate.NEW, Fate.UPDATED)

    @property
    def left_out(self) -> bool:
        """Whether it cannot be written: for what it says, or for saying nothing."""
        return self.fate in (Fate.REFUSED, Fate.DOUBTFUL)


@dataclass
class Result:
    """What an import did, or would do."""

    incoming: Incoming
    rows: list[Judged]
    change: Change | None = None
    """The act, once something is taken in."""

    def count(self, *fates: Fate) -> int:
        """Return how many rows have one of these fates."""
        return sum(row.fate in fates for row in self.rows)

    @property
    def refused(self) -> list[Judged]:
        """The rows that are left out: they say nothing, or only good rows were wanted."""
        return [row for row in self.rows if row.left_out]

    @property
    def doubtful(self) -> list[Judged]:
        """The rows in which something is to be looked at, among those taken in and those left out."""
        return [row for row in self.rows if row.problems]

    @property
    def nil(self) -> bool:
        """Whether the sheet says that there is nothing to report, and nothing else."""
        return not self.rows and bool(self.incoming.nil)

    @property
    def gaps(self) -> dict[str, int]:
        """Field by name to the number of rows that lack it."""
        return dict(Counter(name for row in self.rows if row.taken for name in row.gaps))

    @property
    def kept_aside(self) -> dict[str, int]:
        """Heading to the number of rows of which something is kept in 其他栏目."""
        taken = [row.judgement for row in self.rows if row.taken and row.judgement]
        return dict(Counter(heading for one in taken for heading in one.others))

    def told(self, rows: Iterable[Judged] | None = None) -> list[Row]:
        """Return why rows are doubtful (else why they are refused), each with its row and column as sent."""
        chosen = self.refused if rows is None else rows
        return [self._reason(row, name, said) for row in chosen for name, said in row.problems.items()]

    def _reason(self, row: Judged, name: str, sentence: str) -> Row:
        told: Row = {"row": row.entry.line}
        if len(self.incoming.tables) > 1:
            told["sheet"] = self.incoming.tables[row.entry.table].grid.title
        return told | {"column": self.incoming.label_of(name, row.entry.table), "reason": sentence}


def run_import(
    books: Books,
    incoming: Incoming,
    on_existing: OnExisting = OnExisting.SKIP,
    trial: bool = False,
    progress: TellProgress = lambda done, whole: None,
    good_only: bool = False,
) -> Result:
    """Judge the rows of a sheet and, but for a ``trial``, take them in. Raises as both do."""
    result = judge_rows(books, incoming, on_existing, progress, good_only)
    return result if trial else write_rows(books, result)


def judge_rows(
    books: Books,
    incoming: Incoming,
    on_existing: OnExisting = OnExisting.SKIP,
    progress: TellProgress = lambda done, whole: None,
    good_only: bool = False,
) -> Result:
    """Return what would become of each row; nothing is written. ``Refused`` without rows or naming column.

    A row in which something cannot stand or be read comes in with a gap; with ``good_only`` it is left out.
    """
    entries = incoming.entries
    result = Result(incoming, [])
    if not entries and incoming.nil:
        return result
    incoming.refuse_nameless()
    if not entries:
        raise Refused(f"{incoming.called}里没有数据，表头在第{incoming.heading.last + 1}行，请在下面填写")
    judging = _Judging(incoming, on_existing, good_only)
    for entry in sorted(entries, key=lambda entry: _wants_number(incoming.ledger, entry)):
        stop_if_unwanted()
        progress(len(result.rows), len(entries))
        result.rows.append(judging.judged(entry))
    stop_if_unwanted()
    progress(len(entries), len(entries))
    result.rows.sort(key=lambda row: (row.entry.table, row.entry.line))
    return result


def write_rows(books: Books, result: Result) -> Result:
    """Write what was judged as one act, and remember what the clerk answered; return the result with it.

    Raises ``Refused`` where the desk has changed since and a row cannot stand any more.
    """
    incoming = result.incoming
    ledger = incoming.ledger
    rows = (row for row in result.rows if row.taken)
    taken = sorted(rows, key=lambda row: _wants_number(ledger, row.entry))
    if not taken:
        return result
    with books.cabinet.whole(f"{ledger.id}.import", ledger.id, ledger.import_undo) as act:
        written = ledger.enter([row.judgement for row in taken if row.judgement])
        for row, number in zip(taken, written, strict=True):
            row.record = number
        stop_if_unwanted()
        if incoming.told:
            for table in incoming.tables:
                _remember(books, incoming, table.at)
        _say(act, result)
    return replace(result, change=act.change)


def _wants_number(ledger: Ledger, entry: IncomingRow) -> bool:
    """Whether a row is to be given a number: it comes after those that bring theirs."""
    return bool(ledger.numbered_by) and absent(entry.values.get(ledger.numbered_by))


def _remember(books: Books, incoming: Incoming, at: int) -> None:
    table = incoming.tables[at]
    heading, answers = table.heading, incoming.answers
    columns = {place: heading.places.get(place, "") for place in table.settled}
    books.sheet_mappings.remember(
        incoming.ledger.id, heading.shape, heading.sender, columns, dict(answers.words), answers.values
    )


def _say(act: Act, result: Result) -> None:
    new, updated = result.count(Fate.NEW), result.count(Fate.UPDATED)
    parts = "，".join(f"{word}{count}条" for word, count in (("新增", new), ("更新", updated)) if count)
    records = [row.record for row in result.rows if row.record is not None and row.taken]
    verb = "导入" if result.incoming.file else "粘贴到"
    act.done(f"{verb}{result.incoming.ledger.title}：{parts}", *records)


class _Judging:
    """Judges the rows of a sheet, each knowing those before."""

    def __init__(self, incoming: Incoming, on_existing: OnExisting, good_only: bool) -> None:
        self._incoming, self._on_existing, self._good_only = incoming, on_existing, good_only
        self._known, self._above = Known(incoming.ledger), _Above(incoming.ledger)
        self._batch = Batch()

    def judged(self, entry: IncomingRow) -> Judged:
        """Return what becomes of one row."""
        if not self._incoming.tables[entry.table].says(entry.line):
            called = "、".join(f"“{heading}”" for heading in entry.others)
            said = f"这一行只写了{called}，没有可以导入的内容" if called else "这一行没有可以导入的内容"
            return Judged(entry, Fate.REFUSED, problems={"": said})
        own = self._incoming.own
        same = None if own else self._above.same(entry)
        if same is not None:
            return Judged(entry, Fate.REPEATED, problems={"": f"与第{same}行重复"}, like=same)
        there = None if self._on_existing is OnExisting.NEW else self._known.take(entry)
        if there is not None and self._on_existing is OnExisting.SKIP:
            return Judged(entry, Fate.SKIPPED, there)
        if self._good_only and entry.problems:
            return Judged(entry, Fate.DOUBTFUL, there, problems=entry.problems)
        ledger = self._incoming.ledger
        judgement = ledger.judge(entry.values, entry.others, there, self._batch, entry.written)
        if judgement.refused:
            return Judged(entry, Fate.REFUSED, there, problems={"": judgement.refused})
        if not judgement.changes:
            return Judged(entry, Fate.SKIPPED, there)
        doubts = {**judgement.problems, **entry.problems}
        if self._good_only and doubts:
            return Judged(entry, Fate.DOUBTFUL, there, problems=doubts)
        like = None if own else self._above.like(entry)
        if like is not None:
            doubts[""] = f"与第{like}行可能重复，请核对"
        return Judged(entry, Fate.NEW if there is None else Fate.UPDATED, there, judgement, doubts, like)


class _Above:
    """The rows that stand higher in the sheet, to find those that tell the same again."""

    def __init__(self, ledger: Ledger) -> None:
        self._identities = ledger.identities()
        self._whole: dict[Hashable, int] = {}
        self._known: dict[Hashable, int] = {}

    def same(self, entry: IncomingRow) -> int | None:
        """Return the line of the first row that is the very same; remember this one."""
        told = tuple((name, _hashed(value)) for name, value in entry.values.items() if not absent(value))
        key = (told, tuple(entry.others.items()))
        first = self._whole.setdefault(key, entry.line)
        return None if first == entry.line else first

    def like(self, entry: IncomingRow) -> int | None:
        """Return the line of the first row that is known by the same; remember this one."""
        found = None
        for names in self._identities:
            if not all(entry.values.get(name) for name in names):
                continue
            key = (names, _identity(entry.values, names))
            first = self._known.setdefault(key, entry.line)
            found = found or (None if first == entry.line else first)
        return found


class Known:
    """The records of a ledger by what they are known by; each is found once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._rows: Mapping[int, Row] = {row.id: row for row in ledger.select(Query())}
        self._found: dict[tuple[str, ...], dict[Hashable, list[int]]] = {}
        self._taken: set[int] = set()

    def take(self, entry: IncomingRow) -> int | None:
        """Return the record that a row means, the one most like it; None for a new one."""
        values = entry.values
        for identity in self._ledger.identities():
            told = tuple(name for name in identity if not absent(values.get(name)))
            if len(told) < min(2, len(identity)):
                continue
            free = [
                number
                for number in self._by(told).get(_identity(values, told), ())
                if number not in self._taken and self._ledger.is_same(self._rows[number], values)
            ]
            if free:
                best = max(free, key=lambda number: _alike(self._rows[number], values))
                self._taken.add(best)
                return best
        return self._told_before(entry)

    def _told_before(self, entry: IncomingRow) -> int | None:
        """The record that says all that a row says, where the row lacks what a record is known by."""
        told = {name: value for name, value in entry.values.items() if not absent(value)}
        others = _facts_of(entry.others)
        name = next((one for names in self._ledger.identities() for one in names if one in told), "")
        if not name or len(told) + len(others) < _ENOUGH:
            return None
        same = {one: _hashed(value) for one, value in told.items()}
        for number in self._by((name,)).get(_identity(told, (name,)), ()):
            row = self._rows[number]
            alike = _facts_of(read_others(row.get(OTHERS))) == others
            if alike and number not in self._taken and {one: _hashed(row.get(one)) for one in same} == same:
                self._taken.add(number)
                return number
        return None

    def _by(self, names: tuple[str, ...]) -> dict[Hashable, list[int]]:
        """The records by what they say of these fields."""
        if names not in self._found:
            by_identity: dict[Hashable, list[int]] = {}
            for number, row in sorted(self._rows.items()):
                by_identity.setdefault(_identity(row, names), []).append(number)
            self._found[names] = by_identity
        return self._found[names]


def _facts_of(others: Mapping[str, str]) -> dict[str, str]:
    """What is kept beside the fields, without running numbers."""
    return {heading: text for heading, text in others.items() if normal(heading) not in IDLE}


def _identity(row: Row, names: tuple[str, ...]) -> tuple[Hashable, ...]:
    """What a row is known by; blanks and the width of signs make no other one."""
    told = (_hashed(row.get(name)) for name in names)
    return tuple(same_key(one) if isinstance(one, str) else one for one in told)


def _hashed(value: Value) -> Hashable:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _alike(row: Row, values: Row) -> int:
    return sum(row.get(name) == value for name, value in values.items())
