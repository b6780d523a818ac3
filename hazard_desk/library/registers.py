"""Special registers (专项台账) as data: what a definition holds, and where the bundled ones are found.

``resources/registers/three-operations.toml`` explains the format. A register that the office makes
itself is the same definition, kept as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from dataclasses import field as dataclass_field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from hazard_desk.library import places
from hazard_desk.library.reader import build, naming, read_toml, wrong
from hazard_desk.rules.fields import NAMES_FIRM, NUMBERS, Due, Field, Kind, Row
from hazard_desk.rules.identifiers import check_phone

UNIT = "unit_name"
"""The column that names an object of supervision (监管对象), in every register that has one."""
NAMED = ("hazard_number", "check_named", "penalty_number")
"""The columns by which a row names the hazard, check or penalty that it tells of, in every register."""
COLUMN_KINDS = tuple(str(kind) for kind in Kind if kind not in (Kind.LINK, Kind.OTHERS))
WORDS = (Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.CODE, Kind.NAMES)
"""The kinds that can be searched."""
WIDEST = 60
DUE_KINDS = ("register", "certificate", "document", "report")
"""As what a date of a register may be due."""

_TAKEN = ("id", "enterprise_id", "hazard_id", "check_id", "reward_id", "others", "gaps")
"""What every row of a register has besides its columns."""
_CHECKS = {"": None, "phone": check_phone}


@dataclass(frozen=True)
class RegisterColumn:
    """One column of a register: what a ``Field`` says, as far as data can say it."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    width: int = 10
    help: str = ""
    searched: bool = False
    shown: bool = True
    check: Literal["", "phone"] = ""
    now: bool = False
    of_firm: str = ""
    due: Due | None = None
    """Of a date by which something is to be done."""

    def declaration(self) -> Field:
        """Return the declaration of this column. ``kind`` must be one of ``COLUMN_KINDS``."""
        firm = NAMES_FIRM if self.name == UNIT else self.of_firm
        said = {"kind": Kind(self.kind), "check": _CHECKS[self.check], "of_firm": firm}
        return Field(**vars(self) | said)

    def plain(self) -> dict[str, Any]:
        """Return the column as JSON keeps it, without what is as usual."""
        usual = {each.name: each.default for each in fields(self) if each.default is not MISSING}
        said = {name: value for name, value in vars(self).items() if value != usual.get(name, MISSING)}
        return {name: _plain(value) for name, value in said.items()}


def due_plain(due: Due) -> Row:
    """Return what a date is due as, as JSON keeps it."""
    told = {name: list(said) if isinstance(said, tuple) else said for name, said in vars(due).items()}
    return {name: said for name, said in told.items() if said}


def _plain(value: Any) -> Any:
    if isinstance(value, Due):
        return due_plain(value)
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Definition:
    """A register with rows of its own."""

    id: str
    title: str
    noun: str
    """What one row is called: 作业, 宣传品."""
    fields: tuple[RegisterColumn, ...]
    order: int = 0
    """Its place among the registers."""
    basis: str = ""
    """Which document asks for it, and where."""


@dataclass(frozen=True)
class Elsewhere:
    """A register that a plan asks for and another ledger keeps, or a part of it."""

    id: str
    title: str
    ledger: str
    basis: str = ""
    where: Mapping[str, str] = dataclass_field(default_factory=dict)
    """Which rows of that ledger, as a filter."""


def load_register(path: Path) -> Definition | Elsewhere:
    """Return the register in a file.

    ``Refused`` names the file and the line or key that is wrong; ``Trouble`` when it can't be read.
    """
    with naming(path, "台账文件"):
        table = read_toml(path)
        register = build(Elsewhere, table) if "ledger" in table else build(Definition, table)
        if register.id != path.stem:
            raise wrong("id", f"应与文件名相同，即 {path.stem}。")
        if isinstance(register, Definition):
            for at, key, sentence in column_faults(register.fields):
                raise wrong("fields" if at is None else f"fields[{at}].{key}", f"{sentence}。")
    return register


def bundled_registers() -> dict[str, Definition]:
    """Return the registers that come with the program, in their order, by id."""
    found = [register for register in _all() if isinstance(register, Definition)]
    return {register.id: register for register in sorted(found, key=lambda one: one.order)}


def elsewhere() -> dict[str, Elsewhere]:
    """Return the registers that other ledgers keep, by id."""
    return {register.id: register for register in _all() if isinstance(register, Elsewhere)}


@cache
def _all() -> tuple[Definition | Elsewhere, ...]:
    folder = places.resources() / "registers"
    return tuple(load_register(path) for path in sorted(folder.glob("*.toml")))


def column_faults(columns: Sequence[RegisterColumn]) -> Iterator[tuple[int | None, str, str]]:
    """Yield what is wrong with the columns of a register: place, key and a sentence without its stop.

    The place is None for what concerns no single column.
    """
    if not any(column.required for column in columns):
        yield None, "", "至少要有一个必填的栏目，用来称呼一条记录"
    first: dict[str, int] = {}
    names = {column.name for column in columns}
    for at, column in enumerate(columns):
        for key, sentence in (*_faults(column), *_due_faults(column, names)):
            yield at, key, sentence
        heading = Field("", column.label, unit=column.unit).heading
        for key, word in (("name", column.name), ("label", column.label), ("label", heading)):
            if first.setdefault(word, at) != at:
                yield at, key, f"“{word}”与第{first[word] + 1}栏重复"


def _faults(column: RegisterColumn) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", column.name) or column.name in _TAKEN:
        yield "name", f"“{column.name}”不能作键名，请用小写英文字母、数字和下划线，不用 {'、'.join(_TAKEN)}"
    if column.kind not in COLUMN_KINDS:
        yield "kind", f"没有“{column.kind}”这种类型，可以写的有 {'、'.join(COLUMN_KINDS)}"
        return
    kind = Kind(column.kind)
    if column.name == UNIT and kind is not Kind.TEXT:
        yield "kind", f"{UNIT}（监管对象）一栏应为 text"
    yield from _choice_faults(kind, column.choices)
    if column.unit and kind not in NUMBERS:
        yield "unit", "只有数字才写单位"
    if column.searched and kind not in WORDS:
        yield "searched", "日期、数字和是否不参加搜索"
    if column.check and kind is not Kind.CODE:
        yield "check", "只有号码才校验"
    if not 1 <= column.width <= WIDEST:
        yield "width", f"宽度应为1至{WIDEST}个字"


def _due_faults(column: RegisterColumn, names: set[str]) -> Iterator[tuple[str, str]]:
    due = column.due
    if due is None:
        return
    if column.kind != Kind.DATE:
        yield "due", "只有日期才到期提醒"
    if due.kind not in DUE_KINDS:
        yield "due.kind", f"只能是 {'、'.join(DUE_KINDS)} 之一"
    for name in (*due.names, *due.done, due.state, *due.people, *due.units):
        if name and name not in names:
            yield "due", f"没有“{name}”这一栏"


def _choice_faults(kind: Kind, choices: Sequence[str]) -> Iterator[tuple[str, str]]:
    if (kind is Kind.CHOICE) != bool(choices):
        yield "choices", "请写出选项" if kind is Kind.CHOICE else "只有选项类型的栏目才写选项"
    elif len(set(choices)) < len(choices) or any(
        choice != choice.strip() or not choice for choice in choices
    ):
        yield "choices", "选项不能重复，不能是空白，前后不留空格"
