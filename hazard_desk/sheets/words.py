"""The office's words for the choices of the ledger: 自查 is 企业自查, 工贸行业 is 工贸. They are data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from hazard_desk.grid.cells import CellContent, cell_text, half_width
from hazard_desk.grid.headings import bare, normal
from hazard_desk.library import places
from hazard_desk.library.reader import list_of_texts, naming, read_toml, wrong
from hazard_desk.rules.fields import Field, Kind, Value, clean
from hazard_desk.sheets.typed_cells import ticked

_REMEMBERED = 4096
_KEPT, _ASKED = "照录", "是否"
_ENDINGS = re.compile(r"(?:安全生产|生产安全|事故|安全)*(?:隐患|问题|行业|领域|类别|类|色|级|方面)$")
"""What people put after a choice: 重大事故隐患, 红色, 工贸行业."""
_YES = ("√", "✓", "✔", "☑", "是", "有", "已", "对", "y", "yes", "1", "true")
_NO = ("×", "✕", "✗", "✘", "☒", "x", "否", "无", "没有", "未", "不", "n", "no", "0", "false")
_NOT_PROPOSED = ("其他", "一般", "无", "企业", "乡", "镇", "县", "村", "部门")
"""Choices that stand in titles without being meant."""


@dataclass(frozen=True)
class _Asked:
    """A column that asks yes or no: what its answers mean for a field."""

    field: str
    headings: tuple[str, ...]
    yes: str
    no: str


@dataclass(frozen=True)
class Words:
    """The words as the file has them."""

    said: Mapping[str, Mapping[str, tuple[str, ...]]]
    """By label of a field: by choice, what others say for it."""
    asked: tuple[_Asked, ...]
    kept: frozenset[str]
    """Words that are kept beside the choice that they became."""

    def choice(self, field: Field, cell: CellContent, heading: str) -> str | None:
        """Return the choice that a cell means for a field, '' where it tells none; None: unknown word."""
        text = clean(cell_text(cell))
        if text in field.choices:
            return text
        if (boxes := ticked(text)) is not None:
            return self.choice(field, boxes[0], heading) if len(boxes) == 1 else None if boxes else ""
        found = _by_word(field).get(_plain(text))
        if found is not None:
            return found
        answer = half_width(text).lower()
        if answer not in _YES and answer not in _NO:
            return None
        if field.kind is Kind.BOOL:
            return "是" if answer in _YES else "否"
        for one in self.asked:
            choices = [choice for choice in (one.yes, one.no) if choice]
            fits = one.field == field.label and set(choices) <= set(field.choices)
            if fits and any(word in normal(heading) for word in one.headings):
                return one.yes if answer in _YES else one.no
        return None

    def keeps(self, cell: CellContent) -> bool:
        """Whether a word is kept beside its choice, which says less."""
        return _plain(clean(cell_text(cell))) in self.kept


def takes_words(field: Field) -> bool:
    """Whether a field takes one of a few words."""
    return bool(field.choices) or field.kind is Kind.BOOL


def choices_of(field: Field) -> tuple[str, ...]:
    """Return the words that a field takes."""
    return ("是", "否") if field.kind is Kind.BOOL else field.choices


def near(field: Field, word: str) -> str:
    """Return the only choice that a word is a part of, or the other way round; '' for none or several."""
    plain = _plain(word)
    found = {choice for said, choice in _by_word(field).items() if len(said) > 1 and said in plain}
    found = found or {choice for said, choice in _by_word(field).items() if len(plain) > 1 and plain in said}
    return found.pop() if len(found) == 1 else ""


def suggested(field: Field, texts: Iterable[str]) -> str:
    """Return the choice that titles and headings speak of, '' for none or several."""
    found: set[str] = set()
    for text in texts:
        plain = normal(text)
        said = [(word, choice) for word, choice in _by_word(field).items() if len(word) > 1 and word in plain]
        longest = [
            choice
            for word, choice in said
            if choice not in _NOT_PROPOSED and not any(word != other and word in other for other, _ in said)
        ]
        found.update(longest)
    return found.pop() if len(found) == 1 else ""


@lru_cache(_REMEMBERED)
def _plain(text: str) -> str:
    """A word as it is compared."""
    plain = bare(text) or normal(text)
    return _ENDINGS.sub("", plain) or plain


@lru_cache(128)
def _by_word(field: Field) -> dict[str, str]:
    """The choice of a field by what is said for it; its own words win."""
    known = words().said.get(field.label, {})
    found = {_plain(word): choice for choice in field.choices for word in known.get(choice, ())}
    found |= {_plain(former): choice for former, choice in field.meant}
    return found | {_plain(choice): choice for choice in field.choices}


@cache
def words() -> Words:
    """Return the words of the program's own file. ``Refused`` names the key that is wrong."""
    path = places.resources() / "sheets" / "words.toml"
    with naming(path, "说法文件"):
        told = read_toml(path)
        asked = tuple(_asked(at, one) for at, one in enumerate(_list(_ASKED, told.pop(_ASKED, None))))
        kept = frozenset(_plain(word) for word in list_of_texts(_KEPT, told.pop(_KEPT, None)))
        said = {label: _said(label, one) for label, one in told.items()}
        return Words(said, asked, kept)


def _said(label: str, told: Value) -> dict[str, tuple[str, ...]]:
    if not isinstance(told, Mapping):
        raise wrong(label, "应为表。")
    return {choice: list_of_texts(f"{label}.{choice}", said) for choice, said in told.items()}


def _asked(at: int, told: Value) -> _Asked:
    key = f"{_ASKED}[{at}]"
    if not isinstance(told, Mapping):
        raise wrong(key, "应为表。")
    field, yes, no = (told.get(name, "") for name in ("field", "yes", "no"))
    if not (isinstance(field, str) and isinstance(yes, str) and isinstance(no, str) and field and yes):
        raise wrong(key, "应写明 field 和 yes。")
    return _Asked(field, list_of_texts(f"{key}.headings", told.get("headings")), yes, no)


def _list(key: str, told: Value) -> list[Value]:
    if not isinstance(told, list):
        raise wrong(key, "应为列表。")
    return told
