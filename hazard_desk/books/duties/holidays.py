"""节假日: the days off and make-up working days that the office entered, beside those the program knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from hazard_desk.books.duties.occurrences import DutyTriggerRow
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Kind, Value
from hazard_desk.rules.holiday_notice import HolidayDay, read_notice
from hazard_desk.rules.workdays import known_year, remind_on, rests, uncertain_note
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import Record, column, name_of

REST, WORK = "放假", "上班"


class HolidayRow(Record, table="holiday"):
    """One day that is not what its weekday says."""

    day = column("日期", Kind.DATE, required=True, width=7, unique=True)
    rest = column("安排", Kind.CHOICE, required=True, choices=(REST, WORK), width=5)
    name = column("节假日", width=10)


class Holidays(TableLedger[HolidayRow]):
    """The days that the office entered, one by one or by a year's notice."""

    id = "holidays"
    title = "节假日安排"
    noun = "日期"
    default_sort = name_of(HolidayRow.day)
    table = HolidayRow

    def days(self) -> dict[date, bool]:
        """Return every entered day: True for a day off, False for a working day. What ``remind_on`` takes."""
        return {row.day: row.rest == REST for row in self._rows()}

    def years(self) -> list[int]:
        """Return the years of which days are entered."""
        return sorted({row.day.year for row in self._rows()})

    def preview(self, text: str, year: int | None = None) -> list[HolidayDay]:
        """Return what a notice says, entering nothing. Raises ``Refused``."""
        return read_notice(text, year)

    def enter_notice(self, text: str, year: int | None = None) -> Change:
        """Enter a year's notice of holidays; the days of it that stood there are replaced.

        ``year`` where the text names none. Raises ``Refused`` for what cannot be understood.
        """
        found = read_notice(text, year)
        year = found[len(found) // 2].day.year
        span = (date(year, 1, 1), date(year, 12, 31))
        before = {row.day: row.id for row in self._rows()}
        with self.cabinet.act("holidays.enter", self.id) as act:
            for day, number in before.items():
                if span[0] <= day <= span[1] or day in {one.day for one in found}:
                    act.delete(HolidayRow, number)
            for one in found:
                row = HolidayRow()
                row.day, row.rest, row.name = one.day, REST if one.rest else WORK, one.name
                act.insert(HolidayRow, row)
            act.done(f"录入{year}年节假日安排，共{len(found)}天")
        return act.result

    def notes(self, years: Iterable[int]) -> list[str]:
        """Return a sentence for each of these years whose holidays are only guessed from weekends."""
        days = self.days()
        found = (uncertain_note(year, days) for year in sorted(years))
        return [note for note in found if note]

    def known(self, year: int) -> bool:
        """Whether that year's holidays are known, by the program or by what was entered."""
        return known_year(year) or year in self.years()

    def coming(self, first: date, last: date) -> list[DutyTriggerRow]:
        """Return the holidays that begin then, each due on the working day before it."""
        return self.cabinet.remembered((self.id, first, last), lambda: self._coming(first, last))

    def _coming(self, first: date, last: date) -> list[DutyTriggerRow]:
        rows = self._rows()
        days = {row.day: row.rest == REST for row in rows}
        found = []
        for rest in rests(first, last, days, {row.day: row.name for row in rows}):
            before = DutyTriggerRow()
            before.name, before.happened_on = f"{rest.name}前", rest.first
            before.due = remind_on(rest.first - timedelta(days=1), days)
            found.append(before)
        return found

    def read(self, values: Mapping[str, Value], number: int | None) -> HolidayRow:
        row = super().read(values, number)
        there = {one.day: one.id for one in self._rows()}
        if there.get(row.day, number) != number:
            raise Refused(f"{row.day}已经录入，请直接修改那一条", name_of(HolidayRow.day))
        return row

    def name_of(self, row: HolidayRow) -> str:
        return f"{row.day} {row.rest}"

    def _rows(self) -> list[HolidayRow]:
        asked = HolidayRow.select().order_by(HolidayRow.day)
        return self.cabinet.remembered(self.id, lambda: self.cabinet.records(HolidayRow, asked))
