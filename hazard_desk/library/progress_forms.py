"""Progress forms (调度表) as data: layout, words and which figure stands in which cell.

``resources/forms/fangshan-2023.toml`` explains the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as dataclass_field
from datetime import date
from functools import cache
from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.library import places
from hazard_desk.library.reader import build, naming, read_toml, wrong
from hazard_desk.rules.fields import Row
from hazard_desk.rules.readings import Reading

READINGS = tuple(str(reading) for reading in Reading)
OF_WHICH = "其中"
"""Begins the name of a part that is a part of the first one."""


@dataclass(frozen=True)
class Item:
    """One numbered cell: a figure, or several ``parts`` (name -> figure) shown in one pattern."""

    label: str
    indicator: str = ""
    parts: Mapping[str, str] = dataclass_field(default_factory=dict)
    shown: str = ""
    within: str = ""
    """The id of the item that this one must not exceed."""
    stock: bool = False
    """It says how many there are, not how many there were: it may fall."""

    def in_words(self, parts: Mapping[str, str]) -> str:
        """Return the figures, by the name of their part, in its pattern."""
        return re.sub(r"\{(.*?)\}", lambda found: parts[found[1]], self.shown or "{}")

    @property
    def indicators(self) -> Mapping[str, str]:
        """The figures by the name of their part; '' for the only one."""
        return self.parts or {"": self.indicator}


@dataclass(frozen=True)
class Section:
    """Items under one merged cell at the left."""

    title: str
    items: tuple[Item, ...]


_DAYS = ("first", "counts_from")


@dataclass(frozen=True)
class ProgressForm:
    """A progress form of one campaign."""

    id: str
    title: str
    short: str
    unit_line: str
    due_day: int
    first: date
    sections: tuple[Section, ...]
    counts_from: date | None = None
    """The first day that counts, where the form says it and its plan begins later."""
    source: str = ""
    campaign: str = ""
    """What the titles of the plans hold that it may be used under, where they name no form themselves."""
    every: int = 1
    """Due once in so many months: 3 for the last one of each quarter."""
    own: bool = False
    """Drawn up by the office itself (本单位自拟), for want of one from above."""
    reading: str = str(Reading.CUMULATIVE)
    zero: str = "0"
    notes_title: str = ""
    notes: tuple[str, ...] = ()
    foot: tuple[str, ...] = ("填报人", "审核人", "联系电话", "填报日期")

    def items(self) -> Iterator[tuple[str, Item]]:
        """Yield every item with its id: section and number as printed, 1.3."""
        for place, section in enumerate(self.sections, start=1):
            for number, item in enumerate(section.items, start=1):
                yield f"{place}.{number}", item

    def begins(self, starts_on: date) -> date:
        """Return the first day that counts for a plan of this start: a plan of another year has its own."""
        of_year = self.counts_from and self.counts_from.year == starts_on.year
        return min(self.counts_from, starts_on) if self.counts_from and of_year else starts_on

    def plain(self) -> Row:
        """Return the form as JSON keeps it, for ``progress_form_from``."""
        told = {name: value for name, value in asdict(self).items() if value is not None}
        return told | {name: told[name].isoformat() for name in _DAYS if name in told}


def progress_form_from(kept: Row) -> ProgressForm:
    """Return the form that was kept by ``plain``."""
    days: Row = {name: date.fromisoformat(str(kept[name])) for name in _DAYS if name in kept}
    return build(ProgressForm, kept | days)


def load_progress_form(path: Path) -> ProgressForm:
    """Return the form in a file.

    ``Refused`` names the file and the line or key that is wrong; ``Trouble`` when it can't be read.
    """
    with naming(path, "调度表文件"):
        form = build(ProgressForm, read_toml(path))
        if form.id != path.stem:
            raise wrong("id", f"应与文件名相同，即 {path.stem}。")
        for key, sentence in _faults(form):
            raise wrong(key, f"{sentence}。")
    return form


@cache
def bundled_progress_forms() -> dict[str, ProgressForm]:
    """Return the forms that come with the program by id, the latest first; the office's own come last."""
    forms = [load_progress_form(path) for path in (places.resources() / "forms").glob("*.toml")]
    return {
        form.id: form
        for form in sorted(forms, key=lambda one: (not one.own, one.first, one.id), reverse=True)
    }


def find_progress_form(name: str) -> ProgressForm:
    """Return the form with this id; ``Refused`` with the known ones."""
    forms = bundled_progress_forms()
    if name not in forms:
        known = "、".join(f"{form.id}（{form.short}）" for form in forms.values())
        raise Refused(f"没有“{name}”这张调度表，可用的有：{known}")
    return forms[name]


def is_of_desk(form: str) -> bool:
    """Return whether this is the id of one of the desk's own forms, not of one that came from elsewhere."""
    return form in bundled_progress_forms()


def _faults(form: ProgressForm) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a form: the key and a sentence without its stop."""
    if not 1 <= form.due_day <= 28:
        yield "due_day", "应为1至28之间的整数"
    if form.every not in (1, 3, 6, 12):
        yield "every", "应为1、3、6或12（个月）"
    if form.reading not in READINGS:
        yield "reading", f"只能是 {'、'.join(READINGS)} 之一"
    if "{unit}" not in form.unit_line:
        yield "unit_line", "应含有 {unit}"
    if not form.sections:
        yield "sections", "至少要有一个部分"
    ids = {number for number, _ in form.items()}
    for place, section in enumerate(form.sections):
        for number, item in enumerate(section.items):
            for key, sentence in _item_faults(item, ids):
                yield f"sections[{place}].items[{number}].{key}", sentence


def _item_faults(item: Item, ids: set[str]) -> Iterator[tuple[str, str]]:
    if bool(item.indicator) == bool(item.parts):
        yield "indicator", "indicator 和 parts 应写且只写一项"
    named = set(re.findall(r"\{(.*?)\}", item.shown))
    if item.parts and named != set(item.parts):
        yield "shown", f"应把 {'、'.join(item.parts)} 各写一次，如 {{{next(iter(item.parts))}}}"
    if item.shown and not item.parts:
        yield "shown", "只有分几个数填报的才写"
    if item.within and item.within not in ids:
        yield "within", f"没有编号为“{item.within}”的一项"
