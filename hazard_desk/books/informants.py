"""Who reported a hazard (举报人): kept apart and sealed, masked everywhere, shown only by a deliberate act.

The name and number stand in a table of their own, each row sealed by a key of its own. Rows of other ledgers
hold its id; their audit, search, exports and papers therefore never see it. Erased, the row is empty.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import TypeVar

import peewee

from hazard_desk.books.kit.gaps import TakenIn
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Kind, Row, Value
from hazard_desk.rules.identifiers import check_phone
from hazard_desk.store.acts import Act, Change, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, column, computed, declared, name_of
from hazard_desk.store.seal.keys import NO_CODE
from hazard_desk.store.seal.seal import Seal
from hazard_desk.store.seal.sealing import seal_row, unsealed_row

LOCKED, RENEWED, ERASED = "（须输入恢复码）", "（恢复码已更换）", "（已抹去）"
"""What stands for a mask: without the code, sealed by a code that was lost, erased for good."""


class InformantRow(Record, table="informant"):
    """One informant, sealed; as ``Informants.told`` gives it, in clear. A new entry is a new row."""

    uid = column("编号", given=True, sensitive=True, unique=True)
    data_key = column("密钥", given=True, sensitive=True)
    """Seals this row alone, itself sealed by the desk's key; '' when the informant was erased."""
    informant_name = column("举报人", sensitive=True, width=6, help="受保护，各处只显示姓氏")
    informant_phone = column(
        "举报人电话",
        Kind.CODE,
        sensitive=True,
        width=9,
        check=check_phone,
        help="受保护，各处只显示前三位和后四位",
    )


ENTRY = tuple(field for field in declared(InformantRow) if not field.given)
"""What the forms of tips and rewards ask for besides their own fields."""
_EMPTY: Row = dict.fromkeys((name_of(InformantRow.data_key), *(field.name for field in ENTRY)), "")
"""What is left of one who was erased."""


class Protected(TakenIn):
    """What rows of tips and rewards hold of an informant; tables, sheets and papers show the masks."""

    informant_id = peewee.IntegerField(null=True)
    informant = column("举报人", width=5, computed=True)
    informant_call = column("举报人电话", Kind.CODE, width=9, shown=False, computed=True)


MASKS = computed(Protected)
"""What tables and sheets show of an informant. Papers do not."""
P = TypeVar("P", bound=Protected)


def mask_name(name: str) -> str:
    """Return the surname and stars: 王**."""
    return f"{name[0]}**" if name else ""


def mask_phone(phone: str) -> str:
    """Return the first three and last four digits: 138****0000; below eleven digits only the last two."""
    if sum(map(str.isdigit, phone)) >= 11:
        return f"{phone[:3]}****{phone[-4:]}"
    return f"****{phone[-2:]}" if phone else ""


def addressed(row: Protected) -> str:
    """Return how a letter calls an informant: by the mask of the name, '' where none can be told."""
    return "" if row.informant in (LOCKED, RENEWED, ERASED) else row.informant


class Informants:
    """The protected table. Only ``reveal`` gives a whole name or number, and it is audited."""

    def __init__(self, cabinet: Cabinet, seal: Seal) -> None:
        self.cabinet = cabinet
        self.seal = seal

    def keep(self, act: Act, values: Mapping[str, Value], before: int | None) -> int | None:
        """Keep what the form says of the informant; return its id. Fields left empty stay as they were."""
        today = self.cabinet.clock.today
        given = {field.name: str(field.read(values.get(field.name), today)) for field in ENTRY}
        if not any(given.values()):
            return before
        self.seal.begin(act)
        if self.seal.master is None:
            raise Refused(f"{NO_CODE}，再登记举报人", next(name for name, value in given.items() if value))
        if before is not None and (old := self._told(self._row(before))) is not None:
            given = {name: value or str(old[name]) for name, value in given.items()}
        uid = uuid.uuid4().hex
        key, texts = seal_row(self.seal.master, uid, given)
        kept: Row = {name_of(InformantRow.uid): uid, name_of(InformantRow.data_key): key, **texts}
        return act.insert(InformantRow, kept)

    def masked(self, rows: list[P]) -> list[P]:
        """Return the rows with the masks of their informants, in one query."""
        numbers = [row.informant_id for row in rows if row.informant_id]
        asked = InformantRow.select().where(InformantRow.id.in_(numbers))
        kept = {row.id: row for row in self.cabinet.records(InformantRow, asked)} if numbers else {}
        for row in rows:
            row.informant, row.informant_call = self._masks(kept.get(row.informant_id or 0))
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
        if not row.data_key:
            raise Refused("这位举报人的信息已经抹去，不能再查看")
        told = self._told(row)
        if told is None:
            raise Refused(
                "这位举报人的信息是用已经丢失的恢复码封存的，不能再查看" if self.seal.master else NO_CODE
            )
        self._refuse_named(reason, [told])
        with self.cabinet.act("informant.reveal", ledger, Undo.FINAL) as act:
            act.done(f"查看举报人信息，原因：{reason.strip()}", record)
        return told, act.result

    def erase(self, act: Act, numbers: Collection[int]) -> None:
        """Within an act, destroy the key and the sealed texts of these informants."""
        for number in sorted(numbers):
            act.update(InformantRow, number, _EMPTY)

    def standing(self, numbers: Collection[int] | None = None) -> list[InformantRow]:
        """Return those of these informants, or of all, that were not erased, still sealed."""
        asked = InformantRow.select().where(InformantRow.data_key != "")
        if numbers is not None:
            asked = asked.where(InformantRow.id.in_(list(numbers)))
        return self.cabinet.records(InformantRow, asked)

    def erased(self) -> set[str]:
        """Return the ids of those who were erased."""
        asked = InformantRow.select(InformantRow.uid).where(InformantRow.data_key == "")
        return set(self.cabinet.column(asked))

    def refuse_named(self, reason: str, rows: Collection[InformantRow]) -> None:
        """Raise ``Refused`` when a reason, which the trail keeps, names one whom it is about."""
        self._refuse_named(reason, [told for row in rows if (told := self._told(row)) is not None])

    def _refuse_named(self, reason: str, told: list[InformantRow]) -> None:
        if any(row[field.name] and str(row[field.name]) in reason for row in told for field in ENTRY):
            raise Refused("原因会长期保存，请不要写举报人的姓名和电话", "reason")

    def _masks(self, row: InformantRow | None) -> tuple[str, str]:
        if row is None:
            return "", ""
        if not row.data_key:
            return ERASED, ""
        told = self._told(row)
        if told is None:
            why = RENEWED if self.seal.master else LOCKED
            return why if row.informant_name else "", why if row.informant_phone else ""
        return mask_name(told.informant_name), mask_phone(told.informant_phone)

    def _told(self, row: InformantRow) -> InformantRow | None:
        """The row in clear; None where it was erased or cannot be opened."""
        master = self.seal.master
        sealed = {field.name: str(row[field.name]) for field in ENTRY}
        told = unsealed_row(master, row.uid, row.data_key, sealed) if master else None
        return None if told is None else InformantRow(told)

    def _row(self, number: int) -> InformantRow:
        return self.cabinet.row(InformantRow, number)
