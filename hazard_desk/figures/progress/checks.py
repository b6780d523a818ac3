"""What to look at before a form is sent, and what changed since the last one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hazard_desk.books.catalogue import Books
from hazard_desk.books.submissions import ItemValue, SubmissionRow
from hazard_desk.figures.progress.counting import rounded
from hazard_desk.figures.progress.filling import (
    CountedRecord,
    FilledCell,
    FilledProgressForm,
    numbers,
    thawed,
)
from hazard_desk.figures.progress.summing import told_twice
from hazard_desk.library.progress_forms import OF_WHICH
from hazard_desk.rules.readings import Reading, due_days

_EVERY = {1: "每月", 3: "每季度末月", 6: "每半年末月", 12: "每年12月"}
_DAYS = {1: "", 3: "季度末月", 6: "半年末月", 12: "12月"}
_NAMED = 2
"""So many records that are counted twice are named; the others are counted."""


@dataclass(frozen=True)
class CellDoubt:
    """A value that can hardly be right, in one sentence; ``cell`` is its id, '' for the whole form."""

    cell: str
    sentence: str


@dataclass(frozen=True)
class Difference:
    """A cell that says another thing than the last time."""

    id: str
    label: str
    before: str
    now: str
    by: str
    """By how much: +2; each part of a compound cell; '' where it cannot be said in numbers."""
    added: tuple[CountedRecord, ...]
    gone: tuple[CountedRecord, ...]

    @property
    def told(self) -> str:
        """The change in words: 第1.1项“…”2，改为3; that only the records are others, where it is so."""
        change = f"{self.before}，改为{self.now}" if self.before != self.now else f"{self.now}，记录有变化"
        return f"第{self.id}项“{self.label}”{change}"


def last_sent(books: Books, filled: FilledProgressForm) -> FilledProgressForm | None:
    """Return the form last sent for an earlier day, of the same group and reading; None if there is none."""
    asked = (filled.form.id, filled.group, filled.as_of, str(filled.reading))
    row = books.submissions.latest(*asked, filled.plan)
    return thawed(row) if row else None


def sent_already(books: Books, filled: FilledProgressForm) -> FilledProgressForm | None:
    """Return the form last sent for the same day, group and reading; None while there is none."""
    return next((thawed(books.submissions.get(row.id)) for row in _versions(books, filled)), None)


def version_before(books: Books, filled: FilledProgressForm) -> FilledProgressForm | None:
    """Return the version that a sent form corrects; None for the first one."""
    earlier = (row for row in _versions(books, filled) if row.version < filled.version)
    return next((thawed(books.submissions.get(row.id)) for row in earlier), None)


def replaced_by(books: Books, filled: FilledProgressForm) -> int:
    """Return the number of the version that counts instead of a sent form; 0 where this is the latest."""
    latest = _versions(books, filled)[0].version
    return latest if latest > filled.version else 0


def _versions(books: Books, filled: FilledProgressForm) -> list[SubmissionRow]:
    asked = (filled.form.id, filled.as_of, filled.group, str(filled.reading))
    return books.submissions.versions(*asked, filled.plan)


def doubts(filled: FilledProgressForm, last: FilledProgressForm | None = None) -> list[CellDoubt]:
    """Return what can hardly be right: a sum that falls, a part that exceeds its whole."""
    found = list(_dates(filled))
    if filled.unsent:
        found.append(CellDoubt("", f"{'、'.join(filled.unsent)}还没有上报，合计里没有"))
    items = dict(filled.form.items())
    for cell in filled.cells:
        found += _parts(cell)
        if filled.reading is Reading.CUMULATIVE:
            whole = items[cell.id].within
            if whole:
                found += _exceeds(cell, filled.cell(whole))
            if last and not items[cell.id].stock:
                found += _falls(cell, last)
        found += _twice(cell)
    return found


def differences(last: FilledProgressForm, now: FilledProgressForm) -> list[Difference]:
    """Return the cells that changed since ``last``, in their order."""
    before = {cell.id: cell for cell in last.cells}
    found = []
    for cell in now.cells:
        old = before.get(cell.id)
        if old and (old.value != cell.value or _keys(old) != _keys(cell)):
            found.append(_difference(old, cell))
    return found


def _dates(filled: FilledProgressForm) -> Iterator[CellDoubt]:
    form = filled.form
    if filled.as_of < form.first.replace(day=1):
        yield CellDoubt("", f"本表自{form.first.month}月份开始上报，截至日期{filled.as_of}早于第一次上报")
    elif filled.as_of not in due_days(filled.as_of, filled.as_of, form.due_day, form.every):
        when = _EVERY[form.every] + str(form.due_day)
        yield CellDoubt(
            "", f"本表{when}日前上报，截至日期{filled.as_of}不是{_DAYS[form.every]}{form.due_day}日"
        )


def _exceeds(cell: FilledCell, whole: FilledCell) -> Iterator[CellDoubt]:
    if _number(cell.value) > _number(whole.value):
        yield CellDoubt(
            cell.id,
            f"第{cell.id}项“{cell.label}”为{cell.text}，大于第{whole.id}项“{whole.label}”的{whole.text}",
        )


def _parts(cell: FilledCell) -> Iterator[CellDoubt]:
    (first, most), *rest = numbers(cell.value).items()
    for name, value in rest:
        if name.startswith(OF_WHICH) and _number(value) > _number(most):
            yield CellDoubt(cell.id, f"第{cell.id}项“{cell.label}”中“{name}”为{value}，大于“{first}”的{most}")


def _falls(cell: FilledCell, last: FilledProgressForm) -> Iterator[CellDoubt]:
    old = next((one for one in last.cells if one.id == cell.id), None)
    if old is None:
        return
    before = numbers(old.value)
    if any(_number(value) < _number(before.get(part, 0)) for part, value in numbers(cell.value).items()):
        yield CellDoubt(
            cell.id,
            f"第{cell.id}项“{cell.label}”为{cell.text}，比上次（截至{last.as_of}）的{old.text}少，累计数不应减少",
        )


def _twice(cell: FilledCell) -> Iterator[CellDoubt]:
    if twice := told_twice(cell):
        named = "、".join(record.title for record in twice[:_NAMED])
        many = f"等{len(twice)}条" if len(twice) > _NAMED else ""
        yield CellDoubt(cell.id, f"第{cell.id}项“{cell.label}”在几张表里重复计入：{named}{many}")


def _difference(old: FilledCell, cell: FilledCell) -> Difference:
    return Difference(
        cell.id,
        cell.label,
        old.text,
        cell.text,
        "，".join(_by(old, cell)),
        tuple(record for record in cell.records if _key(record) not in _keys(old)),
        tuple(record for record in old.records if _key(record) not in _keys(cell)),
    )


def _by(old: FilledCell, cell: FilledCell) -> Iterator[str]:
    before = numbers(old.value)
    for part, value in numbers(cell.value).items():
        change = rounded(_number(value) - _number(before.get(part, 0)))
        if change and not isinstance(value, str):
            yield f"{part}{change:+}"


def _number(value: ItemValue) -> float:
    """是 counts one, 否 nothing."""
    if isinstance(value, int | float):
        return value
    return 1 if value == "是" else 0


def _key(record: CountedRecord) -> tuple[str, int]:
    return record.ledger, record.id


def _keys(cell: FilledCell) -> set[tuple[str, int]]:
    return {_key(record) for record in cell.records}
