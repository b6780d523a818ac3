"""What the clerk put off in her inbox: until a day, or for good with the reason. Nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import peewee

from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Field, Kind, Value, clean, read_all
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import JsonField, Record

_LEDGER = "inbox"


class PostponedRow(Record, table="postponed"):
    """One line that was put off. ``what`` are its keys; ``until`` is when it comes back, None for never."""

    title = peewee.TextField()
    what: JsonField[list[str]] = JsonField()
    until = peewee.DateField(null=True)
    reason = peewee.TextField(default="")
    at = peewee.DateTimeField()
    who = peewee.TextField()

    @property
    def said(self) -> str:
        """Until when, or why never, as the clerk reads it."""
        return f"{self.until.isoformat()}再提醒" if self.until else f"不再提醒：{self.reason}"


@dataclass(frozen=True)
class PutOff:
    """A line to be put off: what it is called, and its keys."""

    title: str
    keys: tuple[str, ...]


class Postponed:
    """What was put off."""

    until_fields = (
        Field("until", "哪天再提醒", Kind.DATE, required=True, width=7, coming=True, help="到这一天重新列出"),
    )
    never_fields = (
        Field("reason", "不再提醒的原因", Kind.LONG, required=True, width=20, help="如：已由县局接办"),
    )

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    def standing(self) -> list[PostponedRow]:
        """Return what is put off today, what comes back first at the head."""
        today = self.cabinet.clock.today
        asked = PostponedRow.select().where(PostponedRow.until.is_null() | (PostponedRow.until > today))
        rows = self.cabinet.records(PostponedRow, asked.order_by(PostponedRow.id))
        return sorted(rows, key=lambda row: (row.until or date.max, row.id))

    def put_off(self, lines: Sequence[PutOff], until: Value) -> Change:
        """Put lines off until a day to come. Raises ``RefusedFields`` for another day."""
        (field,) = self.until_fields
        today = self.cabinet.clock.today
        day = read_all(self.until_fields, {field.name: until}, today)[field.name]
        if not isinstance(day, date) or day <= today:
            raise RefusedFields({field.name: "请填今天以后的日期"})
        return self._keep("inbox.put_off", lines, day, "", f"推后到{show_date(day)}")

    def silence(self, lines: Sequence[PutOff], reason: str) -> Change:
        """Put lines off for good. Raises ``RefusedFields`` without a reason."""
        (field,) = self.never_fields
        said = clean(reason)
        if not said:
            raise RefusedFields({field.name: "请写明不再提醒的原因"})
        return self._keep("inbox.silence", lines, None, said, "不再提醒")

    def bring_back(self, ids: Sequence[int]) -> Change:
        """Let what was put off stand in the inbox again. ``Refused`` when it is there already."""
        rows = [row for row in self.standing() if row.id in ids]
        if not rows:
            raise Refused("这一项已经恢复提醒")
        with self.cabinet.act("inbox.bring_back", _LEDGER) as act:
            for row in rows:
                act.delete(PostponedRow, row.id)
            act.done(f"恢复提醒{_called([row.title for row in rows])}")
        return act.result

    def _keep(
        self, name: str, lines: Sequence[PutOff], until: date | None, reason: str, words: str
    ) -> Change:
        if not lines:
            raise Refused("请先选择事项")
        with self.cabinet.act(name, _LEDGER) as act:
            for line in lines:
                row = PostponedRow(title=line.title, what=list(line.keys), until=until, reason=reason)
                row.at, row.who = act.at, self.cabinet.setting("clerk")
                act.insert(PostponedRow, row)
            act.done(f"{words}：{_called([line.title for line in lines])}")
        return act.result


def _called(titles: Sequence[str]) -> str:
    return quoted(titles[0]) if len(titles) == 1 else f"{quoted(titles[0])}等{len(titles)}项"


def waiting_key(kind: str, record: str, stands: date | str) -> str:
    """Return what a line is put off by: should its day, or how it stands, change, it is another one."""
    return f"{kind} {record} {stands}"


def next_monday(today: date) -> date:
    """Return the next Monday after ``today``."""
    return today + timedelta(days=7 - today.weekday())
