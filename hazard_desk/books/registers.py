"""专项台账: the special registers, whose columns are data. The bundled ones, and those the office made.

All rows stand in one table; a row's facts are JSON, filtered and sorted there by SQL.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import count
from typing import Any, TypedDict

import peewee
from peewee import fn

from hazard_desk.books.enterprises import Enterprises
from hazard_desk.books.kit.book import Book
from hazard_desk.books.kit.firm_links import FIRM
from hazard_desk.books.kit.gaps import TakenIn, told_by_labels
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.named_links import LinkedLedger, NamedLink
from hazard_desk.errors import Refused
from hazard_desk.library.reader import build
from hazard_desk.library.registers import (
    NAMED,
    UNIT,
    WORDS,
    Definition,
    Elsewhere,
    RegisterColumn,
    bundled_registers,
    column_faults,
    elsewhere,
)
from hazard_desk.rules.fields import Field, Kind, Row, Value, clean
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import JsonField, Record, declared, holds, names_of, table_name
from hazard_desk.store.search import Entry

_OWN = "own-"
Called = Book | Definition | Elsewhere
"""What has an id and a title by which the clerk calls for it."""


class _Stored(TypedDict):
    """A definition as it is kept."""

    title: str
    noun: str
    fields: list[Row]


class RegisterDef(Record, table="register_def"):
    """A register that the office made itself; its id on the command line is own-1, own-2 …"""

    definition: JsonField[_Stored] = JsonField()


REGISTER = peewee.TextField(index=True)
"""Which register a row stands in: apart, for a class of rows has a ``register`` of its own."""


class RegisterRow(TakenIn, table="register_row"):
    """One row of a register. ``facts`` maps the names of its fields to what was entered, and no empties."""

    enterprise_id = peewee.IntegerField(null=True, index=True)
    hazard_id = peewee.IntegerField(null=True, index=True)
    check_id = peewee.IntegerField(null=True, index=True)
    reward_id = peewee.IntegerField(null=True, index=True)
    register = REGISTER
    facts: JsonField[Row] = JsonField()


ABOUT = names_of(RegisterRow.hazard_id, RegisterRow.check_id, RegisterRow.reward_id)
"""The columns that keep which record of another book a row tells of."""


class _Names(peewee.Function):  # type: ignore[misc, unused-ignore]
    """A list of names within the facts, asked like a column that holds such a list."""

    contains = JsonField.contains  # type: ignore[assignment]


class RegisterLedger(LinkedLedger[RegisterRow]):
    """One register as a ledger. Its rows lie with the tasks that ask for it, not among general papers."""

    icon = "registers"
    in_binder = False
    table = RegisterRow

    def __init__(
        self, cabinet: Cabinet, enterprises: Enterprises, definition: Definition, about: Sequence[NamedLink]
    ) -> None:
        super().__init__(cabinet)
        self.id = definition.id
        self.title = definition.title
        self.noun = definition.noun
        self.why = f"依据{definition.basis}" if definition.basis else ""
        self.definition = definition
        self._fields = {column.name: column.declaration() for column in definition.fields}
        if UNIT in self._fields:
            named = NamedLink(UNIT, FIRM, enterprises.find, enterprises.names, False, enterprises.link_rows)
            self.links = (named,)
        self.links += tuple(one for one in about if one.name in self._fields)

    @property
    def own_fields(self) -> tuple[Field, ...]:
        return told_by_labels((*self._fields.values(), *declared(TakenIn)))

    @cached_property
    def bare_fields(self) -> tuple[Field, ...]:
        return self.fields

    def name_of(self, row: RegisterRow) -> str:
        return self.name_field.show(row[self.name_field.name])

    def kept(self, row: RegisterRow) -> Row:
        facts = {name: row[name] for name, field in self._fields.items() if row[name] != field.empty}
        kept = {name: _plain(value) for name, value in facts.items()}
        made = RegisterRow()
        made.register, made.enterprise_id, made.facts = self.id, row.enterprise_id, kept
        made.update({key: row.get(key) for key in ABOUT})
        made.others, made.gaps = row.others, row.gaps
        return made

    def finish(self, row: RegisterRow) -> RegisterRow:
        facts = {name: _typed(field, row.facts.get(name)) for name, field in self._fields.items()}
        whole = RegisterRow(id=row.id, enterprise_id=row.enterprise_id, **facts)
        whole.update({key: row.get(key) for key in ABOUT})
        whole.others, whole.gaps = row.others, row.gaps
        return whole

    def _all(self, *what: peewee.Node) -> peewee.ModelSelect:
        return super()._all(*what).where(self.id == REGISTER)

    def _column(self, name: str) -> peewee.ColumnBase | None:
        field = self._fields.get(name)
        if field is None:
            return super()._column(name)
        fact = fn.JSON_EXTRACT(RegisterRow.facts, f"$.{name}")
        if field.kind is Kind.NAMES:
            return _Names("COALESCE", (fact, "[]"), python_value=json.loads)
        return peewee.Function("COALESCE", (fact, field.empty), coerce=False)


class Registers:
    """The registers of a desk. Those of the office are read anew each time: an act may change them."""

    id = "registers"

    def __init__(
        self,
        cabinet: Cabinet,
        enterprises: Enterprises,
        others: Collection[Book],
        about: Sequence[TableLedger[Any]],
    ) -> None:
        """``others`` are the books that are no registers: none may be called like one of them.

        ``about`` are the hazards, checks and penalties that rows may tell of.
        """
        self.cabinet = cabinet
        self.enterprises = enterprises
        enterprises.links.take(REGISTER, RegisterRow, fn.JSON_EXTRACT(RegisterRow.facts, f"$.{UNIT}"))
        self.others = others
        self._about = tuple(
            NamedLink(name, key, book.find, book.names, must_exist=False)
            for name, key, book in zip(NAMED, ABOUT, about, strict=True)
        )

    def ledgers(self) -> dict[str, RegisterLedger]:
        """Return all registers by id: the bundled ones in their order, then the office's own."""
        own = {name: self._ledger(definition) for name, definition in self._own().items()}
        return self._bundled | own

    @property
    def table_name(self) -> str:
        return table_name(RegisterRow)

    @property
    def search_ids(self) -> Sequence[str]:
        return list(self.ledgers())

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        """Return what the rows of all registers are found by, for these ids or for all."""
        select = RegisterRow.select(REGISTER).distinct()
        ledgers = self.ledgers()
        for name in self.cabinet.column(select if ids is None else select.where(RegisterRow.id.in_(ids))):
            yield from ledgers[name].entries(ids)

    @cached_property
    def _bundled(self) -> dict[str, RegisterLedger]:
        _refuse_twins([*self.others, *bundled_registers().values(), *elsewhere().values()])
        return {name: self._ledger(definition) for name, definition in bundled_registers().items()}

    @staticmethod
    def id_of(number: int) -> str:
        """Return the id of the register that ``create`` made under this number."""
        return f"{_OWN}{number}"

    def is_own(self, register: str) -> bool:
        """Whether the office made this register, so that it may change its columns."""
        return register in self._own()

    def create(self, title: str, columns: Sequence[Mapping[str, Value]], noun: str = "记录") -> Change:
        """Make a new register; ``ids`` of the change has the number of its id: own-1.

        ``columns`` says label, kind, required, choices, unit, width … of each, as in a definition file;
        names are given by the desk. Raises ``Refused``.
        """
        definition = self._definition("", title, noun, columns)
        with self.cabinet.act("registers.create", self.id) as act:
            number = act.insert(RegisterDef, _stored(definition))
            act.done(f"新建专项台账“{definition.title}”", number)
        return act.result

    def redefine(
        self, register: str, columns: Sequence[Mapping[str, Value]], title: str = "", noun: str = ""
    ) -> Change:
        """Change the columns of an own register; those that stay are known by their ``name``.

        Raises ``Refused`` when what was entered would be lost: a column or a choice in use taken out,
        or a column in use given another kind or unit.
        """
        old = self._own().get(register)
        if old is None:
            raise Refused("只有本单位自建的专项台账才能修改栏目")
        new = self._definition(register, title or old.title, noun or old.noun, columns)
        _refuse_loss(self._ledger(old), new)
        number = int(register.removeprefix(_OWN))
        with self.cabinet.act("registers.redefine", self.id) as act:
            act.update(RegisterDef, number, _stored(new))
            act.done(f"修改专项台账“{new.title}”的栏目", number)
        return act.result

    def with_gaps(self) -> dict[str, int]:
        """Return how many rows of each register lack a fact; one query."""
        counted = RegisterRow.select(REGISTER, fn.COUNT(RegisterRow.id)).where(~holds(RegisterRow.gaps, ""))
        return dict(self.cabinet.pairs(counted.group_by(REGISTER)))

    def _own(self) -> dict[str, Definition]:
        return self.cabinet.remembered(self.id, self._read_own)

    def _read_own(self) -> dict[str, Definition]:
        rows = self.cabinet.records(RegisterDef, RegisterDef.select().order_by(RegisterDef.id))
        found = [_restored(self.id_of(row.id), row.definition) for row in rows]
        return {definition.id: definition for definition in found}

    def _ledger(self, definition: Definition) -> RegisterLedger:
        return RegisterLedger(self.cabinet, self.enterprises, definition, self._about)

    def _definition(
        self, register: str, title: str, noun: str, columns: Sequence[Mapping[str, Value]]
    ) -> Definition:
        """Return the definition that the office wants, checked. ``register`` is '' for a new one."""
        title, noun = clean(title), clean(noun)
        if not title:
            raise Refused("请填写台账名称", "title")
        there: list[Called] = [*self.others, *self.ledgers().values(), *elsewhere().values()]
        for other in there:
            if title in (other.id, other.title) and other.id != register:
                raise Refused(f"已有名为“{title}”的台账，请换一个名称", "title")
        made = _columns(columns)
        for at, _, sentence in column_faults(made):
            raise Refused(sentence if at is None else f"第{at + 1}栏：{sentence}", "fields")
        return Definition(register, title, noun or "记录", made)


def _refuse_twins(called: Iterable[Called]) -> None:
    """Refuse books and registers of the program of which two are called the same."""
    times = Counter(word for one in called for word in {one.id, one.title})
    if twins := [word for word in times if times[word] > 1]:
        raise Refused(f"有两本台账都叫“{twins[0]}”，请改其中一个台账文件")


def _columns(says: Sequence[Mapping[str, Value]]) -> tuple[RegisterColumn, ...]:
    """Return the columns that the office described; those without a name get one, texts are searched."""
    names = {str(one["name"]) for one in says if one.get("name")}
    free = (name for name in map("c{}".format, count(1)) if name not in names)
    made = []
    for at, one in enumerate(says):
        kind = one.get("kind", Kind.TEXT)
        column = {"searched": kind in WORDS, **one, "label": clean(str(one.get("label") or ""))}
        if not column["label"]:
            raise Refused(f"第{at + 1}栏：请填写栏目名称", "fields")
        column["name"] = one.get("name") or next(free)
        choices = one.get("choices", ())
        column["choices"] = [clean(str(one)) for one in choices] if isinstance(choices, list | tuple) else []
        made.append(build(RegisterColumn, column, f"fields[{at}]"))
    return tuple(made)


def _refuse_loss(ledger: RegisterLedger, new: Definition) -> None:
    """Refuse a new definition by which something entered would be lost or mean something else."""
    staying = {column.name: column for column in new.fields}
    for column in ledger.definition.fields:
        used = ledger.used(column.name)
        if not used:
            continue
        now = staying.get(column.name)
        if now is None:
            raise Refused(f"“{column.label}”一栏已有内容，不能删除，可以改为不在表格中显示", "fields")
        if (now.kind, now.unit) != (column.kind, column.unit):
            raise Refused(f"“{column.label}”一栏已有内容，不能改变类型或单位", "fields")
        gone = [value for value in used if now.choices and value not in now.choices]
        if gone:
            raise Refused(f"“{column.label}”的选项“{gone[0]}”已有记录使用，不能删除", "fields")


def _stored(definition: Definition) -> RegisterDef:
    row = RegisterDef()
    fields = [column.plain() for column in definition.fields]
    row.definition = _Stored(title=definition.title, noun=definition.noun, fields=fields)
    return row


def _restored(register: str, stored: _Stored) -> Definition:
    """Return the definition that ``_stored`` kept; it was checked when it was made."""
    fields = tuple(build(RegisterColumn, one, "fields") for one in stored["fields"])
    return Definition(register, stored["title"], stored["noun"], fields)


def _plain(value: Value) -> Value:
    """A value as JSON keeps it, spelled as SQLite spells a date that it is asked for."""
    return str(value) if isinstance(value, date) else value


def _typed(field: Field, kept: Value) -> Value:
    if kept is None:
        return field.empty
    if field.kind is Kind.MOMENT:
        return datetime.fromisoformat(str(kept))
    return date.fromisoformat(str(kept)) if field.kind is Kind.DATE else kept
