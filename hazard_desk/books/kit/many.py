"""One act for many records: each that may be so changed is, of each other the refusal is told, one undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row, Value
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record

R = TypeVar("R", bound=Record)
HowFar = Callable[[int, int], object]
"""Told of how many of how many records a trial is done with."""
_TELLING = 20
"""Records between two tellings."""


@dataclass(frozen=True)
class RowRefusal:
    """A record with which it was not done, and why. ``id`` is 0 where there is no such record."""

    id: int
    name: str
    reason: str
    field: str = ""


@dataclass(frozen=True)
class ManyTried:
    """What an act for many would do: nothing of it was written."""

    done: tuple[int, ...]
    refused: tuple[RowRefusal, ...]


@dataclass(frozen=True)
class ManyDone(ManyTried):
    """What an act for many did; one undo takes all of it back."""

    change: Change


class _Tried(Exception):
    """Ends a trial: all that it wrote is given up."""


def do_each(
    cabinet: Cabinet,
    ledger: str,
    verb: str,
    named: Sequence[tuple[int, str]],
    title: Callable[[int], str],
    do: Callable[[int], Change],
) -> ManyDone:
    """Do the same with each of ``named`` (id, name), all within the act ``ledger.verb``.

    ``title`` says of how many it was done. Raises ``RefusedFields`` where all are refused for what the form
    lacks, ``Refused`` where all are refused: then nothing is written.
    """
    wrongs: list[Refused] = []
    with cabinet.whole(f"{ledger}.{verb}", ledger) as act:
        tried = _each(cabinet, named, do, wrongs)
        if not tried.done:
            raise _refusal(wrongs, tried.refused)
        act.done(title(len(tried.done)), *tried.done)
    return ManyDone(tried.done, tried.refused, act.result)


def try_each(
    cabinet: Cabinet,
    ledger: str,
    named: Sequence[tuple[int, str]],
    do: Callable[[int], Change],
    tell: HowFar,
) -> ManyTried:
    """Return what ``do_each`` would do and refuse; nothing is written. Ends when nobody wants it any more."""
    tried = ManyTried((), ())
    try:
        with cabinet.whole(f"{ledger}.try", ledger):
            tried = _each(cabinet, _while_wanted(named, tell), do, [])
            raise _Tried
    except _Tried:
        return tried


def _while_wanted(named: Sequence[tuple[int, str]], tell: HowFar) -> Iterator[tuple[int, str]]:
    for done, one in enumerate(named):
        stop_if_unwanted()
        if done % _TELLING == 0:
            tell(done, len(named))
        yield one


def _each(
    cabinet: Cabinet, named: Iterable[tuple[int, str]], do: Callable[[int], Change], wrongs: list[Refused]
) -> ManyTried:
    done: list[int] = []
    refused: list[RowRefusal] = []
    for number, name in named:
        try:
            if not number:
                raise Refused(f"台账里没有“{name}”，请核对编号")
            with cabinet.part():
                do(number)
        except Refused as wrong:
            wrongs.append(wrong)
            refused.append(RowRefusal(number, name, wrong.message, wrong.field))
        else:
            done.append(number)
    return ManyTried(tuple(done), tuple(refused))


def _refusal(wrongs: list[Refused], refused: Sequence[RowRefusal]) -> Refused:
    """Return what to say where it was done with none: once, where it is the same of all."""
    if not wrongs:
        return Refused("请先选择记录")
    if len({wrong.message for wrong in wrongs}) == 1:
        return wrongs[0]
    same: dict[str, list[str]] = {}
    for one in refused:
        same.setdefault(one.reason, []).append(one.name)
    return Refused("；".join(f"{_called(names)}：{reason}" for reason, names in same.items()))


_NAMED = 3
"""So many names stand before one reason; of more their count is told."""


def _called(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (f"等{len(names)}条" if len(names) > _NAMED else "")


class ManyRows(Generic[R]):
    """Part of every ledger: what one act does with many of its records."""

    id: str
    noun: str
    cabinet: Cabinet

    @property
    def fields(self) -> tuple[Field, ...]:
        raise NotImplementedError

    def rows(self, ids: Sequence[int]) -> Sequence[R]:
        raise NotImplementedError

    def name_of(self, row: R) -> str:
        raise NotImplementedError

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
        raise NotImplementedError

    def remove(self, number: int) -> Change:
        raise Refused(f"{self.noun}不能删除")

    def change_many(self, changes: Mapping[int, Row]) -> ManyDone:
        """Change each record as told: id to values by field, read or raw, in one act with one undo.

        A record that is so already is passed over. What is refused is told by record, the others are
        changed. Raises ``Refused`` where all are, or none is to be changed.
        """
        asked = self.differing(changes)
        if changes and not asked:
            raise Refused("内容与原来一样，没有需要修改的")
        named = self._named_rows(asked)
        return do_each(
            self.cabinet, self.id, "change_many", named, self._title("修改"), self._changing(asked)
        )

    def try_many(self, changes: Mapping[int, Row], tell: HowFar = lambda done, of: None) -> ManyTried:
        """Return what ``change_many`` would change and refuse; nothing is written.

        Raises ``Stopped`` when nobody wants to know any more.
        """
        asked = self.differing(changes)
        return try_each(self.cabinet, self.id, self._named_rows(asked), self._changing(asked), tell)

    def remove_many(self, ids: Sequence[int]) -> ManyDone:
        """Take records out as ``remove`` does, in one act with one undo; those that cannot go are told."""
        named = self._named_rows(ids)
        return do_each(self.cabinet, self.id, "remove_many", named, self._title("删除"), self.remove)

    def _title(self, verb: str) -> Callable[[int], str]:
        return lambda count: f"{verb}{self.noun}{count}条"

    def _changing(self, changes: Mapping[int, Row]) -> Callable[[int], Change]:
        return lambda number: self.change(number, changes[number])

    def _named_rows(self, ids: Iterable[int]) -> list[tuple[int, str]]:
        """Return id and name of each record; one that is gone is left to be refused."""
        wanted = list(dict.fromkeys(ids))
        names = {row.id: self.name_of(row) for row in self.rows(wanted)}
        return [(number, names.get(number, f"第{number}号记录")) for number in wanted]

    def differing(self, changes: Mapping[int, Row]) -> dict[int, Row]:
        """Return of each record the values that differ from what it holds; none where none does."""
        fields = {field.name: field for field in self.fields}
        rows = {row.id: row for row in self.rows(list(changes))}
        found: dict[int, Row] = {}
        for number, values in changes.items():
            row = rows.get(number)
            told = {
                name: value
                for name, value in values.items()
                if row is None or not self._is_so(fields.get(name), row, value)
            }
            if told or row is None:
                found[number] = told
        return found

    def _is_so(self, field: Field | None, row: R, value: Value) -> bool:
        """Whether a record holds in ``field`` what is told of it; what cannot be read is to be refused."""
        if field is None:
            return False
        kept, since = row.get(field.name), row.get(field.since)
        try:
            read = field.read(value, self.cabinet.clock.today, since if isinstance(since, date) else None)
        except Refused:
            return False
        return read == kept
