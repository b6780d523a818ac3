"""A field is declared once: this is the declaration.

The table column, the form editor, the sheet column, the paper column, the search, the
import check and the audit label all follow from a ``Field``. Here stand the declaration
itself, how a raw entry becomes a value, and how a value is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.amounts import amount_words, read_amount
from hazard_desk.rules.dates import read_ledger_date, show_moment
from hazard_desk.rules.wording import empty

Value = None | bool | int | float | str | date | datetime | Sequence["Value"] | Mapping[str, "Value"]
"""What a fact may be, and what JSON keeps of several."""

Row = dict[str, Value]

TEXT_LIMIT = 200
LONG_LIMIT = 4000


class Kind(StrEnum):
    """What a field holds; decides its editor, column type and alignment."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    DATE = "date"
    MOMENT = "moment"
    INTEGER = "integer"
    NUMBER = "number"
    BOOL = "bool"
    CODE = "code"
    """A string of digits or letters that must never be taken for a number (phone, credit code)."""
    NAMES = "names"
    """Several names, kept as a list, written with 、 between them."""
    LINK = "link"
    """The id of a row of another ledger (``Field.ledger``)."""
    OTHERS = "others"
    """Facts that have no field of their own: heading -> text as written."""


NAMES_FIRM = "name"
"""What ``Field.of_firm`` is for the field that says which 监管对象 it is."""
NUMBERS = (Kind.INTEGER, Kind.NUMBER)
"""The kinds that can be added up."""
_DASHED = (Kind.DATE, *NUMBERS)
"""Of these kinds a dash, 无 or / says that there is none."""


@dataclass(frozen=True)
class Due:
    """Of a date by which something is to be done: as what it is due, and what says that it was done."""

    kind: str
    """A kind of ``figures.due``: tip, register, certificate …"""
    words: str = "{noun}“{name}”{label}"
    """How the item is called, by the row's name and by what its book and its date are called."""
    names: tuple[str, ...] = ()
    """The fields that name the row; none: as its book calls it."""
    done: tuple[str, ...] = ()
    """The fields of which each, once entered, says that it was done."""
    state: str = ""
    """The field that says where the row stands."""
    done_in: tuple[str, ...] = ()
    """Its words by which nothing is left to be done."""
    none_in: tuple[str, ...] = ()
    """Its words by which the row does not count at all."""
    lapses: str = ""
    """Its word that holds no more once the day has passed: what was done is due again."""
    people: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    ahead: int = 0
    """So many days before it is to be reminded of; 0: on the day, or the working day before."""


@dataclass(frozen=True)
class Field:
    """One fact of a ledger. ``name`` is the English key, ``label`` the Chinese heading."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    width: int = 10
    """Usual width in Chinese characters, for tables, sheets and papers."""
    help: str = ""
    given: bool = False
    """The desk gives or computes it; the clerk never types it."""
    shown: bool = True
    """Stands in the table by default."""
    searched: bool = False
    sensitive: bool = False
    ledger: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    """Of names that are kept otherwise than the clerk reads them: as kept, as shown."""
    listed: str = ""
    """Of a choice that belongs to the desk: the list that ``choices`` are taken from (行业领域)."""
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Of a choice: words that stand for several choices where rows are asked for (未销号), and for which."""
    meant: tuple[tuple[str, str], ...] = ()
    """Former names of choices: as people still write them, as they are called now."""
    since: str = ""
    """Of a deadline: the field of the day that 一周内 and 立即整改 count from."""
    now: bool = False
    """Of a day: what it tells happens now, so a new form proposes today."""
    coming: bool = False
    """Of a day: it is one to come, though nothing falls due on it."""
    of_firm: str = ""
    """Which field of the 监管对象 that a row names a form takes over; ``NAMES_FIRM`` where it names it."""
    stays: bool = False
    """Stands in the form for the next record too: who, where and when, never a verdict."""
    asks: tuple[str, ...] = ()
    """The fields that decide what is offered for this one."""
    due: Due | None = None
    """Of a date by which something is to be done: it then stands in every list of what is due."""
    numbering: bool = False
    """Says how numbers are made: words around {year} and {seq}."""
    check: Callable[[str], None] | None = None
    """Raises ``Refused`` when a text is not lawful for this field."""

    @property
    def heading(self) -> str:
        """The label with its unit, as it stands over a column: 整改资金（万元）."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def ahead(self) -> bool:
        """Whether its day is one to come: a deadline, the end of a validity."""
        return bool(self.since or self.due or self.coming)

    @property
    def empty(self) -> Value:
        """What stands in the record when nothing was entered."""
        if self.kind in (Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.CODE):
            return ""
        if self.kind is Kind.NAMES:
            return []
        if self.kind is Kind.OTHERS:
            return {}
        return False if self.kind is Kind.BOOL else None

    def read(self, raw: Value, today: date, start: date | None = None) -> Value:
        """Return the value of a raw entry (typed text or an already typed value).

        ``start`` is the day that 一周内 and 当日 count from.

        Raises ``Refused`` naming this field when the entry cannot be understood or is missing.
        """
        if self.kind is Kind.NAMES:
            raw = read_names(raw)
        elif isinstance(raw, str):
            raw = clean(raw, keep_lines=self.kind is Kind.LONG)
            raw = "" if self.kind in _DASHED and empty(raw) else raw
        if absent(raw):
            if self.required:
                raise Refused(f"请填写“{self.label}”", self.name)
            return self.empty
        try:
            if self.kind is Kind.DATE:
                value: Value = _read_date(self, raw, today, start)
            else:
                value = _READERS[self.kind](self, raw, today)
        except Refused as wrong:
            raise Refused(wrong.message, self.name) from None
        if self.check and isinstance(value, str):
            try:
                self.check(value)
            except Refused as wrong:
                raise Refused(f"“{self.label}”{wrong.message}", self.name) from None
        return value

    def read_day(self, raw: Value, today: date) -> date | None:
        """Return the day that a raw entry means; None where nothing was entered. Raises as ``read`` does."""
        value = self.read(raw, today)
        return value if isinstance(value, date) else None

    def words(self, raw: Value, today: date, start: date | None = None) -> str:
        """Return what was typed where it says more than its value (约200, 10月底) or has none, else ''."""
        text = clean(raw) if isinstance(raw, str) else ""
        if self.kind is Kind.DATE:
            return read_ledger_date(text, today, start, deadline=bool(self.since))[1]
        return amount_words(text, self.unit) if self.kind in NUMBERS else ""

    def said(self, kept: str) -> str:
        """Return how the clerk reads one of the names that are kept."""
        return dict(self.labels).get(kept, kept)

    def kept(self, said: str) -> str:
        """Return how a name is kept that the clerk says."""
        return next((kept for kept, shown in self.labels if shown == said), said)

    def show(self, value: Value) -> str:
        """Return the value as the clerk reads it in tables: 2023-05-18, 是, 张三、李四."""
        if absent(value):
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, datetime):
            return show_moment(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, list | tuple):
            return "、".join(self.said(str(item)) for item in value)
        if isinstance(value, Mapping):
            return "；".join(f"{heading}：{text}" for heading, text in value.items())
        if isinstance(value, float):
            return show_number(value)
        return str(value)


def show_number(number: float) -> str:
    """Return a number as the clerk reads it: of its fraction what counts, four digits at the most."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


def names_in(value: Value) -> list[str]:
    """Return the names that a value of a field of names holds."""
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def absent(value: Value) -> bool:
    """Whether nothing was entered."""
    return value is None or value == "" or value == [] or value == {}


def clean(text: str, keep_lines: bool = False) -> str:
    """Return text without control characters and outer blanks; line breaks only where wanted."""
    if text.isprintable():  # nothing of all this is in it, and no blank but the usual
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not keep_lines:
        text = text.replace("\n", " ")
    return _UNSEEN.sub("", text).strip()


_NO_WIDTH = "\u200b\u2060\ufeff"
"""Blanks that nobody sees, pasted from web pages; with one, two equal names differ."""
_NONE = "".join(chr(plane + code) for plane in range(0, 0x110000, 0x10000) for code in (0xFFFE, 0xFFFF))
_UNSEEN = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_NO_WIDTH}\ud800-\udfff{_NONE}]")
"""Control characters but line breaks, lone surrogates, non-characters: XML and PDF refuse them."""


def read_all(fields: Iterable[Field], raw: Mapping[str, Value], today: date) -> Row:
    """Return the values of all ``fields`` that the clerk enters, read from ``raw``.

    Raises ``RefusedFields`` with every wrong field at once, so that the form can mark them all.
    """
    asked = [field for field in fields if not field.given]
    values: Row = {field.name: field.empty for field in asked}
    problems: dict[str, str] = {}
    for field in sorted(asked, key=lambda field: bool(field.since)):  # first what others count from
        start = values.get(field.since)
        try:
            values[field.name] = field.read(
                raw.get(field.name), today, start if isinstance(start, date) else None
            )
        except Refused as wrong:
            problems[field.name] = wrong.message
    if problems:
        raise RefusedFields(problems)
    return values


def by_name(fields: Iterable[Field], name: str) -> Field:
    """Return the field that is declared under ``name``. Raises ``KeyError``: no clerk writes these names."""
    return {field.name: field for field in fields}[name]


def field_called(fields: Iterable[Field], name: str) -> Field:
    """Return the field that the clerk calls ``name``, in English or by its label; ``Refused`` if none."""
    for field in fields:
        if name in (field.name, field.label, field.heading):
            return field
    known = "、".join(field.label for field in fields)
    raise Refused(f"没有“{name}”这一栏，可用的栏目有：{known}")


def _read_text(field: Field, raw: Value, today: date) -> str:
    text = str(raw)
    limit = LONG_LIMIT if field.kind is Kind.LONG else TEXT_LIMIT
    if len(text) > limit:
        raise Refused(f"“{field.label}”最多{limit}个字，现有{len(text)}个字，请精简")
    return text


def _read_choice(field: Field, raw: Value, today: date) -> str:
    text = str(raw)
    text = text if text in field.choices else dict(field.meant).get(text, text)
    if text not in field.choices:
        raise Refused(f"“{field.label}”请从以下选项中选择：{'、'.join(field.choices)}")
    return text


def _read_date(field: Field, raw: Value, today: date, start: date | None = None) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    found, _ = read_ledger_date(str(raw), today, start, deadline=bool(field.since))
    if found is None:
        raise Refused(f"“{field.label}”请填写日期，例如{today.isoformat()}")
    return found


def _read_moment(field: Field, raw: Value, today: date) -> datetime:
    if isinstance(raw, datetime):
        return raw
    try:
        return datetime.fromisoformat(str(raw))
    except ValueError:
        raise Refused(f"“{field.label}”请填写日期和时间，例如{today.isoformat()} 09:30") from None


_MOST = 10**12 - 1


def _read_number(field: Field, raw: Value, today: date) -> float | int:
    amount = read_amount(str(raw), field.unit)
    number = Decimal("NaN" if amount is None else str(amount))
    if not number.is_finite() or not 0 <= number <= _MOST:
        raise Refused(f"“{field.label}”请填写数字" + (f"，单位为{field.unit}" if field.unit else ""))
    if field.kind is Kind.INTEGER:
        if number != number.to_integral_value():
            raise Refused(f"“{field.label}”请填写整数")
        return int(number)
    return float(abs(round(number, 4)))  # abs: "-0" is 0


def _read_bool(field: Field, raw: Value, today: date) -> bool:
    if isinstance(raw, bool):
        return raw
    text = str(raw)
    if text in ("是", "有", "√", "✓", "1", "对", "y", "Y", "true", "True"):
        return True
    if text in ("否", "无", "×", "0", "n", "N", "false", "False"):
        return False
    raise Refused(f"“{field.label}”请填写“是”或“否”")


def read_names(raw: Value) -> list[str]:
    """Return the names in a raw entry: a text with marks or line breaks between them, or a list."""
    parts = [str(part) for part in raw] if isinstance(raw, list | tuple) else [str(raw or "")]
    return [name for name in map(clean, re.split(r"[、，,；;\r\n]", "、".join(parts))) if name]


def _read_names(field: Field, raw: Value, today: date) -> list[str]:
    return read_names(raw)


def read_others(raw: Value) -> dict[str, str]:
    """Return facts under headings of their own, cleaned; none for what is no mapping."""
    pairs = raw.items() if isinstance(raw, Mapping) else ()
    told = ((clean(heading), clean(str(text or ""), keep_lines=True)) for heading, text in pairs)
    return {heading: text for heading, text in told if heading and text}


def _read_others(field: Field, raw: Value, today: date) -> Mapping[str, Value]:
    return read_others(raw)


def _read_link(field: Field, raw: Value, today: date) -> int:
    try:
        return int(str(raw))
    except (TypeError, ValueError):
        raise Refused(f"“{field.label}”请从列表中选择") from None


_READERS: dict[Kind, Callable[[Field, Value, date], Value]] = {
    Kind.TEXT: _read_text,
    Kind.LONG: _read_text,
    Kind.CODE: _read_text,
    Kind.CHOICE: _read_choice,
    Kind.MOMENT: _read_moment,
    Kind.INTEGER: _read_number,
    Kind.NUMBER: _read_number,
    Kind.BOOL: _read_bool,
    Kind.NAMES: _read_names,
    Kind.LINK: _read_link,
    Kind.OTHERS: _read_others,
}
