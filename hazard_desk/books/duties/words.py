"""The clerk's own word on a time a duty falls due: done, done by that record, or not required."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import peewee

from hazard_desk.books.duties.evidence import Proofs
from hazard_desk.books.duties.occurrences import DutyOccurrence, OccurrenceMarkRow, key_of
from hazard_desk.books.kit.list_ledger import ListLedger
from hazard_desk.books.plans.tables import DutyFacts
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Value, read_all
from hazard_desk.rules.fulfilment import MarkKind
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.columns import declared, name_of


class DutyWords(ListLedger[DutyFacts]):
    """What the clerk may say of the occurrences of duties."""

    mark_fields = declared(OccurrenceMarkRow)

    def __init__(self, proofs: Proofs) -> None:
        super().__init__(proofs.cabinet)
        self.proofs = proofs
        self.cabinet.on_rename.append(self._renamed)

    def occurrence(self, number: int, key: str) -> DutyOccurrence:
        """Return one occurrence of a duty; ``Refused`` when there is none of this key (any more)."""
        raise NotImplementedError

    def tick(self, number: int, key: str, values: Mapping[str, Value], about: Sequence[str] = ()) -> Change:
        """Say that an occurrence was done: ``values`` are ``mark_fields``. Raises ``RefusedFields``.

        ``about`` are those of its objects of which it is said; none: of all of it.
        """
        return self._word(number, key, MarkKind.TICK, self._entry(values), about)

    def waive(self, number: int, key: str, values: Mapping[str, Value], about: Sequence[str] = ()) -> Change:
        """Say that an occurrence is not required, with the reason as ``note``; ``about`` as in ``tick``."""
        said = self._entry({name_of(OccurrenceMarkRow.happened_on): self._today, **values})
        return self._word(number, key, MarkKind.WAIVER, said, about)

    def link(self, number: int, key: str, record: str, note: str = "") -> Change:
        """Say that ``record`` (ledger/id, one of ``candidates``) was done for an occurrence."""
        found = self.proofs.linked([record]).get(record)
        if found is None:
            raise Refused("没有找到要指定的记录，请刷新后再选")
        said = OccurrenceMarkRow()
        said.happened_on, said.note, said.record = found.on, note, record
        return self._word(number, key, MarkKind.LINK, said)

    def unmark(self, number: int, key: str) -> Change:
        """Take the clerk's words on an occurrence back: only what is found counts again."""
        one = self.occurrence(number, key)
        with self.cabinet.act("duties.unmark", self.id) as act:
            if not self.forget(act, said_of(key), number):
                raise Refused("这一次没有登记过，不需要取消")
            act.done(f"取消{quoted(one.title)}的登记", number)
        return act.result

    def _word(
        self, number: int, key: str, kind: MarkKind, said: OccurrenceMarkRow, about: Sequence[str] = ()
    ) -> Change:
        one = self.occurrence(number, key)
        if unknown := [name for name in about if name not in one.asked.objects]:
            raise Refused(f"{quoted(unknown[0])}不在这项工作的对象里，请刷新后再选")
        with self.cabinet.act(f"duties.{kind.name.lower()}", self.id) as act:
            for name in about or ("",):
                there = key_of(key, name)
                self.forget(act, OccurrenceMarkRow.key == there, number)
                said.duty_id, said.key, said.kind = number, there, str(kind)
                said.who, said.entered_at = self.cabinet.setting("clerk"), act.at
                act.insert(OccurrenceMarkRow, said)
            whom = f"（{'、'.join(about)}）" if about else ""
            act.done(f"{quoted(one.title)}{whom}{kind}", number)
        return act.result

    def forget(self, act: Act, said: peewee.Expression, number: int) -> bool:
        """Take back what was said of a duty where ``said`` holds; whether there was anything."""
        here = (OccurrenceMarkRow.duty_id == number) & said
        found = self.cabinet.numbers(OccurrenceMarkRow.select(OccurrenceMarkRow.id).where(here))
        for mark in found:
            act.delete(OccurrenceMarkRow, mark)
        return bool(found)

    def _renamed(self, act: Act, old: str, new: str) -> None:
        """What was said of an object that is called otherwise now is said of it still."""
        ending = key_of("", old)
        marks = self.cabinet.records(OccurrenceMarkRow, OccurrenceMarkRow.select())
        there = {(mark.duty_id, mark.key) for mark in marks}
        for mark in marks:
            key = mark.key.removesuffix(ending) + key_of("", new)
            if mark.key.endswith(ending) and (mark.duty_id, key) not in there:
                act.update(OccurrenceMarkRow, mark.id, {name_of(OccurrenceMarkRow.key): key})

    def _entry(self, values: Mapping[str, Value]) -> OccurrenceMarkRow:
        entry = OccurrenceMarkRow(read_all(self.mark_fields, values, self._today))
        if entry.happened_on > self._today:
            raise RefusedFields({name_of(OccurrenceMarkRow.happened_on): "日期不能晚于今天"})
        entry.record = ""
        return entry

    @property
    def _today(self) -> date:
        return self.cabinet.clock.today


def said_of(key: str) -> peewee.Expression:
    """Return the condition for what was said of an occurrence, of all of it and of single objects."""
    return (OccurrenceMarkRow.key == key) | OccurrenceMarkRow.key.startswith(key_of(key, " ").rstrip())
