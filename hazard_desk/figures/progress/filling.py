"""调度表 filled in: every cell counted for a day, a group and a reading, with the records behind it.

What was set by hand (``Submissions.override``) takes the counted value's place and says so. A form that is
sent is kept as ``frozen``; ``thawed`` gives it back as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import UNDATED
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.rewards import REPORT_REWARD, RewardRow
from hazard_desk.books.submissions import Counted, ItemValue, OverrideRow, SubmissionRow
from hazard_desk.errors import Refused
from hazard_desk.figures.once import reading_once
from hazard_desk.figures.progress.counting import Figure
from hazard_desk.figures.progress.groups import WHOLE, known_group
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.progress.left_out import LeftOut, uncounted
from hazard_desk.figures.progress.pool import Pool, read_pool
from hazard_desk.library.progress_forms import Item, ProgressForm, progress_form_from
from hazard_desk.library.reader import build
from hazard_desk.rules.fields import Row, show_number
from hazard_desk.rules.readings import Reading, span_of
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import Record


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """A record behind a cell; ``parts`` are those of a compound cell that it counts in."""

    ledger: str
    id: int
    title: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class CellSource:
    """What one unit's sheet, as it was sent, adds to a cell of the form that sums them up."""

    number: int
    """That of the submission."""
    unit: str
    version: int
    value: ItemValue
    text: str
    records: tuple[CountedRecord, ...] = ()


@dataclass(frozen=True)
class FilledCell:
    """One cell. ``counted`` is what the ledgers give, where ``value`` was set by hand for ``reason``."""

    id: str
    label: str
    value: ItemValue
    text: str = ""
    """The value as the form shows it: 县(2) 镇(5) 部门(0)."""
    records: tuple[CountedRecord, ...] = ()
    overridden: bool = False
    reason: str = ""
    counted: ItemValue = 0
    sources: tuple[CellSource, ...] = ()
    """Of a form that sums up those of several units: what each adds."""


@dataclass(frozen=True)
class FilledProgressForm:
    """A form filled in. ``number`` is that of the submission it was read from, None for one just counted.

    ``version`` tells how often it was sent for its day, 0 while it was not; ``reason``, why again. ``summed``
    are the submissions of the units that it sums up, none where it is counted from the books.
    """

    form: ProgressForm
    as_of: date
    group: str
    reading: Reading
    unit: str
    who: str
    filled_on: date
    mark: str
    cells: tuple[FilledCell, ...]
    left_out: tuple[LeftOut, ...] = ()
    """What no cell counts because nobody told the fact by which it would."""
    number: int | None = None
    plan: int = 0
    """The plan under which it was sent; 0 for one just counted, under the current one."""
    version: int = 0
    reason: str = ""
    summed: tuple[int, ...] = ()
    unsent: tuple[str, ...] = ()
    """Of one that sums up: the units that were to send a sheet for the day and did not."""

    def cell(self, number: str) -> FilledCell:
        """Return the cell with this id; ``Refused`` when the form has none."""
        for cell in self.cells:
            if cell.id == number:
                return cell
        raise Refused(f"调度表里没有第{number}项")


@reading_once
def fill(
    books: Books, form: ProgressForm, as_of: date, group: str = WHOLE, reading: Reading | None = None
) -> FilledProgressForm:
    """Count every cell of a form. ``Refused`` for a group that no record names."""
    reading = reading or Reading(form.reading)
    group = group and known_group(books, group, as_of)
    plan = books.plans.current()
    begins = form.begins(plan.starts_on)
    span = span_of(reading, as_of, begins, plan.ends_on, form.due_day, form.every)
    pool = read_pool(books, span, group, begins)
    by_hand = books.submissions.overrides(form.id, as_of, group, str(reading))
    ledgers = books.ledgers
    behind = _Behind(ledgers)
    cells = tuple(
        _cell(form, number, item, _figures(form, item, pool), by_hand.get(number), behind)
        for number, item in form.items()
    )
    counted = {number: [INDICATORS[one] for one in item.indicators.values()] for number, item in form.items()}
    return FilledProgressForm(
        form=form,
        as_of=as_of,
        group=group,
        reading=reading,
        unit=group or books.office_name,
        who=books.cabinet.setting("clerk"),
        filled_on=books.today,
        mark="示例" if books.sample else "",
        cells=cells,
        left_out=uncounted(counted, pool, ledgers),
    )


def sent_name(filled: FilledProgressForm) -> str:
    """Return what the files of a form that is sent are called, without their endings."""
    return f"{filled.form.short}-{filled.unit}-{filled.as_of}-第{filled.version}次"


def frozen(filled: FilledProgressForm) -> SubmissionRow:
    """Return a filled form as ``Submissions.submit`` keeps it."""
    row = SubmissionRow()
    row.form, row.title, row.as_of = filled.form.id, filled.form.title, filled.as_of
    row.group, row.reading = filled.group, str(filled.reading)
    row.layout = {"form": filled.form.plain(), "unit": filled.unit, "mark": filled.mark}
    row.layout["left_out"] = [asdict(one) for one in filled.left_out]
    row.cells = [asdict(cell) for cell in filled.cells]
    row.reason, row.summed = filled.reason, list(filled.summed)
    return row


def submit(books: Books, filled: FilledProgressForm) -> Change:
    """Keep a form as sent today.

    Raises ``Refused`` for a day far ahead, and without a reason for what was sent already.
    """
    return books.submissions.submit(frozen(filled))


def thawed(row: SubmissionRow) -> FilledProgressForm:
    """Return the filled form that a submission keeps, as it was sent."""
    return FilledProgressForm(
        form=progress_form_from(row.layout["form"]),
        as_of=row.as_of,
        group=row.group,
        reading=Reading(row.reading),
        unit=row.layout["unit"],
        who=row.who,
        filled_on=row.submitted_on,
        mark=row.layout["mark"],
        cells=tuple(build(FilledCell, cell) for cell in row.cells),
        left_out=tuple(build(LeftOut, one) for one in row.layout.get("left_out", [])),
        number=row.id,
        plan=row.plan_id,
        version=row.version,
        reason=row.reason,
        summed=tuple(row.summed),
    )


def plain_progress_form(filled: FilledProgressForm) -> Row:
    """Return a filled form as ``--json`` prints it."""
    return {
        "form": filled.form.id,
        "as_of": filled.as_of.isoformat(),
        "group": filled.group,
        "reading": str(filled.reading),
        "cells": [asdict(cell) for cell in filled.cells],
        "left_out": [asdict(one) for one in filled.left_out],
    }


def numbers(value: ItemValue) -> dict[str, Counted]:
    """Return the values of a cell by part; '' for the only one."""
    return dict(value) if isinstance(value, Mapping) else {"": value}


def show(form: ProgressForm, item: Item, value: ItemValue) -> str:
    """Return a cell's value as the form shows it."""
    parts = {name: _shown(form, one) for name, one in numbers(value).items()}
    return item.in_words(parts)


def read_value(item: Item, entered: Mapping[str, str]) -> ItemValue:
    """Return the value that the clerk entered for a cell, part by part.

    Raises ``Refused`` for what is no number, or neither 是 nor 否 where that is asked.
    """
    values = {name: _read(name, entered.get(name, ""), which) for name, which in item.indicators.items()}
    return values if item.parts else values[""]


def _read(part: str, text: str, indicator: str) -> Counted:
    text = text.strip()
    if INDICATORS[indicator].unit == "":
        if text not in ("是", "否"):
            raise Refused("请填写“是”或“否”")
        return text
    called = f"“{part}”" if part else "这一项"
    try:
        number = float(text.replace("，", "").replace(",", ""))
    except ValueError:
        raise Refused(f"{called}请填写数字") from None
    if not 0 <= number < 10**9:
        raise Refused(f"{called}请填写不小于0的数字")
    if number != int(number) and INDICATORS[indicator].unit != "万元":
        raise Refused(f"{called}请填写整数")
    return int(number) if number == int(number) else round(number, 4)


def _figures(form: ProgressForm, item: Item, pool: Pool) -> dict[str, Figure]:
    for name in item.indicators.values():
        if name not in INDICATORS:
            raise Refused(f"调度表文件 {form.id}.toml 用了没有的指标“{name}”，请改正后再用")
    return {part: INDICATORS[name].count(pool) for part, name in item.indicators.items()}


def _cell(
    form: ProgressForm,
    number: str,
    item: Item,
    figures: Mapping[str, Figure],
    by_hand: OverrideRow | None,
    behind: _Behind,
) -> FilledCell:
    parts: dict[str, Counted] = {part: figure.value for part, figure in figures.items()}
    found: ItemValue = parts if item.parts else parts[""]
    value = by_hand.value if by_hand else found
    return FilledCell(
        id=number,
        label=item.label,
        value=value,
        text=show(form, item, value),
        records=behind.records(figures),
        overridden=by_hand is not None,
        reason=by_hand.reason if by_hand else "",
        counted=found,
    )


class _Behind:
    """Tells the records behind cells, each made once for all cells that count it alike."""

    def __init__(self, ledgers: Mapping[str, Ledger]) -> None:
        self._ledgers = ledgers
        self._made: dict[tuple[str, int], CountedRecord] = {}

    def records(self, figures: Mapping[str, Figure]) -> tuple[CountedRecord, ...]:
        """Return the records of a cell, each once, with the parts that it counts in."""
        parts: dict[tuple[str, int], list[str]] = {}
        for part, figure in figures.items():
            for row in figure.rows:
                key = (figure.ledger, row.id)
                if key not in self._made:
                    self._made[key] = CountedRecord(*key, record_called(self._ledgers[key[0]], row))
                parts.setdefault(key, []).append(part)
        whole = [*figures] == [""]
        return tuple(
            self._made[key] if whole else replace(self._made[key], parts=tuple(some))
            for key, some in parts.items()
        )


def record_called(ledger: Ledger, row: Record) -> str:
    """Return how a record behind a cell is called; never whom a reward for a report went to."""
    if isinstance(row, RewardRow) and row.kind == REPORT_REWARD:  # whom it went to is nobody's business
        return f"{REPORT_REWARD} {row.happened_on or UNDATED}"
    title = ledger.name_of(row)
    return f"{title} {row.unit_name}".strip() if isinstance(row, Hazard) else title


def _shown(form: ProgressForm, value: Counted) -> str:
    if isinstance(value, str):
        return value
    return form.zero if value == 0 else show_number(value)
