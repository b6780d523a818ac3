"""Counts what a label asks for: for a day, the days before it that count, and a scope.

A scope is a 行业领域, a 监管科室, a 村（社区） or a unit by its name; '' is all. What stood voided or
merged on the day never counts. Amounts of money come in 万元 unless 元 are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from hazard_desk.books.activities import Activities, ActivityRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow, Checks
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.firm_links import FIRM
from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import IN_YUAN, RewardRow, Rewards
from hazard_desk.books.submissions import Counted, ItemValue
from hazard_desk.books.tips import TipRow, Tips
from hazard_desk.figures.asked.figure import OF_FIRM, AskedFigure
from hazard_desk.figures.progress.counting import rounded
from hazard_desk.figures.progress.filling import CountedRecord, record_called
from hazard_desk.figures.progress.groups import PLACES, places_of
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.progress.pool import Pool, read_pool
from hazard_desk.figures.rates import HazardProgress, PlacedHazard, is_rectified
from hazard_desk.library.progress_forms import Item
from hazard_desk.rules.fields import Row, Value, absent
from hazard_desk.rules.readings import Reading, Span, span_of
from hazard_desk.rules.recurrence import period_of
from hazard_desk.rules.states import ESCALATED
from hazard_desk.store.columns import Made, Record, name_of, names_of

_YUAN = 10_000
_DAYS: dict[str, Made] = {
    Hazards.id: Hazard.found_on,
    Checks.id: CheckRow.checked_on,
    Rewards.id: RewardRow.happened_on,
    Activities.id: ActivityRow.held_on,
    Tips.id: TipRow.received_on,
}
"""The day by which the records of a ledger lie in a span; the others are counted as they stand."""
_EVENTS: dict[str, Made] = {
    "found": Hazard.found_on,
    "rectified": Hazard.rectified_on,
    "closed": Hazard.signed_off_on,
    "supervised": Hazard.supervision_on,
    "accepted": Hazard.supervision_accepted_on,
    "removed": Hazard.supervision_removed_on,
    "handed": Hazard.handed_on,
}
"""The day of each event; of the others the day that it was found."""
_CALLED = names_of(Hazard.unit_name, RewardRow.target)
"""How a record calls the unit that it is about."""


@dataclass(frozen=True)
class CountedFigure:
    """A figure: its value (None where there is none to tell), the records behind it, what is to be said."""

    value: ItemValue | None
    records: tuple[CountedRecord, ...] = ()
    note: str = ""


class FigureCounter:
    """Counts for one day and one scope; each ledger is read once."""

    def __init__(self, books: Books, day: date, first: date | None = None, scope: str = "") -> None:
        """``first`` is the first day that counts where a label names no other; without, that of the plan."""
        self.books, self.day, self.scope = books, day, scope
        self.plan = books.plans.current()
        self.first = first
        self._pools: dict[Span, Pool] = {}
        self._read: dict[str, Sequence[Record]] = {}
        self.lacking: dict[str, set[int]] = {}
        """Hazards that were not counted for want of a fact, by the label of its field."""

    def span(self, name: str) -> Span:
        """Return the days of a span by its name; '' for those that count where none is named."""
        if name == "whole" or (not name and self.first is None):
            return span_of(Reading.CUMULATIVE, self.day, self.plan.starts_on, self.plan.ends_on, 28)
        if name[:1] in "mq" and name[1:].isdigit():
            months = int(name[1:]) * (3 if name[0] == "q" else 1)
            first, last = period_of(date(self.day.year, months, 1), "quarter" if name[0] == "q" else "month")
            return Span(first, min(last, self.day))
        if name:
            return Span(period_of(self.day, name)[0], self.day)
        return Span(self.first or self.plan.starts_on, self.day)

    def count(self, asked: AskedFigure) -> CountedFigure:
        """Return the figure that is asked for."""
        span = self.span(asked.span)
        if span.first > span.last:
            return CountedFigure(None, note="还没有到这个时间")
        if asked.item:
            return self._item(asked.item, span)
        rows = self.rows(asked, span)
        value = self._measured(asked, rows, span)
        note = "" if asked.ledger in _DAYS else "这本台账不按日期回看，是现在的数"
        return CountedFigure(value, tuple(self._named(asked.ledger, row) for row in rows), note)

    def rows(self, asked: AskedFigure, span: Span) -> list[Record]:
        """Return the records that count."""
        found = [row for row in self._all(asked.ledger) if self._fits(asked, row)]
        if asked.ledger == Hazards.id:
            self._note_lacking(asked, span)
            return [
                row for row in found if isinstance(row, PlacedHazard) and self._happened(asked, row, span)
            ]
        made = _DAYS.get(asked.ledger)
        return [row for row in found if made is None or _day(row, made) in span]

    def _note_lacking(self, asked: AskedFigure, span: Span) -> None:
        """Note which hazards are not counted for want of a fact that is asked for."""
        for one in self.books.hazards.own_fields:
            if one.name not in asked.where or not one.required:
                continue
            without = {row.id for row in self._hazards if absent(row.get(one.name)) and row.found_on in span}
            if without:
                self.lacking.setdefault(one.label, set()).update(without)

    def day_of(self, ledger: str, row: Record) -> date:
        """Return the day by which a record lies in a span; the first of all where its ledger has none."""
        made = _DAYS.get(ledger)
        return (_day(row, made) if made else None) or date.min

    def _item(self, item: Item, span: Span) -> CountedFigure:
        figures = {part: INDICATORS[name].count(self._pool(span)) for part, name in item.indicators.items()}
        parts: dict[str, Counted] = {part: figure.value for part, figure in figures.items()}
        records = {
            (figure.ledger, row.id): self._named(figure.ledger, row)
            for figure in figures.values()
            for row in figure.rows
        }
        return CountedFigure(parts if item.parts else parts[""], tuple(records.values()))

    def _pool(self, span: Span) -> Pool:
        if span not in self._pools:
            group = self.scope if self.scope in places_of(self.books) else ""
            pool = read_pool(self.books, span, group)
            if self.scope and not group:
                pool = replace(
                    pool,
                    hazards=[row for row in pool.hazards if self._is_within(row)],
                    checks=[row for row in pool.checks if self._is_within(row)],
                    rewards=[row for row in pool.rewards if self._is_within(row)],
                    activities=[row for row in pool.activities if self._is_within(row)],
                    inspectors=[row for row in pool.inspectors if self._is_within(row)],
                )
            self._pools[span] = pool
        return self._pools[span]

    def _all(self, ledger: str) -> Sequence[Record]:
        if ledger not in self._read:
            rows = self._hazards if ledger == Hazards.id else self.books.ledger(ledger).select(Query())
            self._read[ledger] = [row for row in rows if self._is_within(row)]
        return self._read[ledger]

    @cached_property
    def _hazards(self) -> Sequence[PlacedHazard]:
        """The hazards that stood on the day, with all that they held then."""
        names = [one.name for one in self.books.hazards.own_fields]
        rows = self.books.hazards.standing(self.day, names)
        return [
            PlacedHazard(row, village=str(self.place(row).get(name_of(Enterprise.village), "")))
            for row in rows
        ]

    @cached_property
    def _firms(self) -> Mapping[int, Enterprise]:
        return {row.id: row for row in self.books.enterprises.facts()}

    def place(self, row: Record) -> Row:
        """Return what the enterprise of a record says: where it lies, what it is."""
        number = row.get(FIRM)
        return dict(self._firms.get(number, {})) if isinstance(number, int) else {}

    def _is_within(self, row: Record) -> bool:
        """Whether a record belongs to the scope: by its own words, else by those of its enterprise."""
        if not self.scope:
            return True
        firm = self.place(row)
        named = [row.get(name) or firm.get(name) for name in PLACES]
        return self.scope in (*named, *(row.get(name) for name in (*_CALLED, name_of(Enterprise.name))))

    def _fits(self, asked: AskedFigure, row: Record) -> bool:
        firm = self.place(row)
        for name, wanted in asked.where.items():
            value = firm.get(name.removeprefix(OF_FIRM)) if name.startswith(OF_FIRM) else row.get(name)
            if absent(value) and name in PLACES:
                value = firm.get(name)
            if _shown(value) not in wanted:
                return False
        return all(not absent(row.get(name)) for name in asked.has)

    def _happened(self, asked: AskedFigure, row: PlacedHazard, span: Span) -> bool:
        """Whether what is asked of a hazard happened within the span."""
        if row.found_on is None or (
            row.found_on < min(span.first, self.plan.starts_on) and asked.event != "overdue"
        ):
            return False
        if asked.measure in ("rate", "ontime"):
            return row.found_on in span
        if asked.event == "open":
            return row.found_on in span and not is_rectified(row)
        if asked.event == "overdue":
            return HazardProgress("", (row,), self.day).overdue > 0
        if asked.event == "escalated":
            return row.found_on in span and row.pool == ESCALATED
        return _day(row, _EVENTS[asked.event or "found"]) in span

    def _measured(self, asked: AskedFigure, rows: Sequence[Record], span: Span) -> Counted | None:
        measure = asked.measure
        if measure in ("rate", "ontime"):
            hazards = tuple(row for row in rows if isinstance(row, PlacedHazard))
            told = HazardProgress("", hazards, self.day)
            return told.rectified_rate if measure == "rate" else told.on_time_rate
        if measure == "units":
            return len({row[FIRM] for row in rows if row.get(FIRM) is not None})
        if measure == "visitors":
            return sum(len(row.inspectors) for row in rows if isinstance(row, CheckRow))
        if measure == "people":
            return int(sum(_people(row) for row in rows))
        if measure == "money" or measure.startswith("sum:"):
            return _amount(asked, rows)
        return len(rows)

    def _named(self, ledger: str, row: Record) -> CountedRecord:
        return CountedRecord(ledger, row.id, record_called(self.books.ledgers[ledger], row))


def _day(row: Record, made: Made) -> date | None:
    day = row.get(name_of(made))
    return day if isinstance(day, date) else None


def _shown(value: Value) -> str:
    return "是" if value is True else "否" if value is False or value is None else str(value)


def _people(row: Record) -> float:
    if isinstance(row, RewardRow):
        return 1 if row.people is None else row.people
    return (row.attendance or 0) if isinstance(row, ActivityRow) else 0


def _amount(asked: AskedFigure, rows: Sequence[Record]) -> Counted:
    """The sum of a field; amounts of money in 元 where those are asked for, else in 万元."""
    name = asked.measure.removeprefix("sum:")
    total = sum(_amounts(name_of(RewardRow.amount) if name == "money" else name, rows))
    if name == "money" or name in names_of(Hazard.funds, Hazard.spent):
        return rounded(total * _YUAN if asked.unit == "yuan" else total)
    return rounded(total)


def _amounts(name: str, rows: Sequence[Record]) -> Iterator[float]:
    for row in rows:
        value = row.get(name)
        if isinstance(value, int | float):
            yield value / _YUAN if isinstance(row, RewardRow) and row.kind in IN_YUAN else value
