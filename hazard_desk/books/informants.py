"""Who reported a hazard (举报人): kept apart, masked everywhere, shown only by a deliberate act.

The name and number stand in a table of their own. Rows of other ledgers hold its id; their audit,
search, exports and papers therefore never see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import peewee

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Kind, Value
from hazard_desk.rules.identifiers import check_phone
from hazard_desk.store.acts import Act, Change, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, column, declared


class InformantRow(Record, table="informant"):
    """One informant. Rows are never changed: a new entry is a new row."""

    informant_name = column("举报人", sensitive=True, width=6, help="受保护，各处只显示姓氏")
    informant_phone = column(
        "举报人电话",
        Kind.CODE,
        sensitive=True,
        width=9,
        check=check_phone,
        help="受保护，各处只显示前三位和后四位",
    )


ENTRY = declared(InformantRow)
"""What the forms of tips and rewards ask for besides their own fields."""


class Protected(Record):
    """What rows of tips and rewards hold of an informant; tables, sheets and papers show the masks."""

    informant_id = peewee.IntegerField(null=True)
    informant = column("举报人", width=5, computed=True)
    informant_call = column("举报人电话", Kind.CODE, width=9, shown=False, computed=True)


P = TypeVar("P", bound=Protected)


def mask_name(name: str) -> str:
    """Return the surname and stars: 王**."""
    return f"{name[0]}**" if name else ""


def mask_phone(phone: str) -> str:
    """Return the first three and last four digits: 138****0000; below eleven digits only the last two."""
    if sum(map(str.isdigit, phone)) >= 11:
        return f"{phone[:3]}****{phone[-4:]}"
    return f"****{phone[-2:]}" if phone else ""


class Informants:
    """The protected table. Only ``reveal`` gives a whole name or number, and it is audited."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    def keep(self, act: Act, values: Mapping[str, Value], before: int | None) -> int | None:
        """Keep what the form says of the informant; return its id. Fields left empty stay as they were."""
        today = self.cabinet.clock.today
        given = {field.name: field.read(values.get(field.name), today) for field in ENTRY}
        if not any(given.values()):
            return before
        if before is not None:
            old = self._row(before)
            given = {name: value or old[name] for name, value in given.items()}
        return act.insert(InformantRow, given)

    def masked(self, rows: list[P]) -> list[P]:
        """Return the rows with the masks of their informants, in one query."""
        numbers = [row.informant_id for row in rows if row.informant_id]
        asked = InformantRow.select().where(InformantRow.id.in_(numbers))
        kept = {row.id: row for row in self.cabinet.records(InformantRow, asked)} if numbers else {}
        for row in rows:
            told = kept.get(row.informant_id or 0, InformantRow())
            row.informant = mask_name(told.informant_name)
            row.informant_call = mask_phone(told.informant_phone)
        return rows

    def reveal(
        self, ledger: str, record: int, number: int | None, reason: str
    ) -> tuple[InformantRow, Change]:
        """Return the whole name and number; that somebody looked, and why, goes into the audit trail."""
        if not reason.strip():
            raise Refused("请写明查看举报人信息的原因", "reason")
        if number is None:
            raise Refused("这条记录没有举报人信息")
        row = self._row(number)
        with self.cabinet.act("informant.reveal", ledger, Undo.FINAL) as act:
            act.done(f"查看举报人信息，原因：{reason.strip()}", record)
        return row, act.result

    def _row(self, number: int) -> InformantRow:
        return self.cabinet.row(InformantRow, number)
