"""Fills the empty rows of a form with the records of a ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import OTHERS
from hazard_desk.books.rewards import REPORT_REWARD, RewardRow
from hazard_desk.figures.asked.counting import FigureCounter
from hazard_desk.figures.asked.figure import OF_FIRM
from hazard_desk.figures.asked.reading import LabelReader
from hazard_desk.figures.progress.filling import CountedRecord, record_called
from hazard_desk.grid.headings import normal
from hazard_desk.grid.understanding import ColumnGuess
from hazard_desk.rules.fields import Field, Value, field_called, read_others
from hazard_desk.sheets.filling.answers import LEDGER, LEFT_EMPTY
from hazard_desk.sheets.filling.blank import BlankTable, Written
from hazard_desk.sheets.filling.filled import FilledForm
from hazard_desk.sheets.filling.lists import BlankList, find_list, written_value
from hazard_desk.sheets.questions import Answers, Asked, Question
from hazard_desk.store.columns import Record, name_of


@dataclass
class ListFiller:
    """Fills lists; what it has to ask stands in its ``questions``."""

    books: Books
    reader: LabelReader
    counter: FigureCounter
    answers: Answers
    result: FilledForm
    questions: list[Question] = field(default_factory=list)

    def fill(self, number: int, table: BlankTable, title: str, titles: Sequence[str], span: str) -> set[int]:
        """Fill the rows of a list; return the rows that it takes, its heading with them."""
        named = self.answers.meaning(LEDGER)
        blank = find_list(self.books, table, named or "", titles)
        if blank is None or (not named and self._is_counted(blank)):
            return set()
        rows = [] if blank.rivals and not named else self._rows_of(blank, title, span)
        if blank.rivals and named is None:
            found = [blank.ledger, *map(self.books.ledger, blank.rivals)]
            self._question(Asked.LEDGER, LEDGER, [(one.id, one.title) for one in found], blank)
        heading = blank.heading.heading
        taken = {*range(heading.first, heading.last + 1), *blank.rows}
        columns = self._columns_of(number, blank, rows)
        room = len(blank.rows)
        grows = blank.can_grow and not (room and _reaches_across(table, blank.rows[-1]))
        if len(rows) > room and not grows:
            left = f"空行只有{room}行，下面还有内容，没有写下的有{len(rows) - room}条"
            self.result.tell(f"{table.grid.title}共有{len(rows)}条，{left}")
        for at, row in enumerate(rows if grows else rows[:room]):
            line = heading.last + 1 + at
            if at >= room and room:
                self.result.like[number, line] = blank.rows[-1]
            self._row(number, blank, columns, line, at + 1, row)
            taken.add(line)
        if not rows and not blank.rivals:
            self.result.tell(f"{table.grid.title}：台账里没有符合条件的{blank.ledger.noun}，没有填写")
        return taken

    def _is_counted(self, blank: BlankList) -> bool:
        """Whether the headings of a list rather ask for figures: 检查企业（家）, 发现隐患（项）."""
        columns = blank.heading.columns
        counted = [one for one in columns if self.reader.read((one.heading,)).sure]
        listed = [one for one in columns if one.field]
        return len(counted) >= max(2, len(listed)) and any(
            re.search(r"[（(][^）)]{1,3}[）)]", c.heading) for c in counted
        )

    def _columns_of(self, number: int, blank: BlankList, rows: Sequence[Record]) -> dict[int, Field | None]:
        """What each column holds, as it is understood and answered; what is not known is told.

        None is for a column that the records have among their 其他栏目.
        """
        found: dict[int, Field | None] = {}
        others = {normal(heading) for row in rows for heading in read_others(row.get(OTHERS))}
        for column in blank.heading.columns:
            if column.place == blank.numbers:
                continue
            answer = self.answers.meaning(column.heading, column.known_by)
            name = column.field
            if answer is not None:
                name = field_called(blank.fields.values(), answer).name if answer else ""
            if name:
                found[column.place] = blank.fields[name]
            elif normal(column.heading) in others:
                found[column.place] = None
            elif answer is None:
                self._ask(number, blank, column)
        return found

    def _ask(self, number: int, blank: BlankList, column: ColumnGuess) -> None:
        """Tell that a column stays empty, and ask what it holds where something is like it."""
        row = blank.rows[0] if blank.rows else blank.heading.heading.last + 1
        self.result.leave(number, (row, column.place), column.heading, "不知道这一栏填什么")
        labels = [blank.fields[one].label for one, _ in column.offers]
        if labels:
            self._question(Asked.COLUMN, column.heading, [(label, label) for label in labels], blank)

    def _question(self, kind: Asked, about: str, offers: list[tuple[str, str]], blank: BlankList) -> None:
        told = (*offers, LEFT_EMPTY)
        self.questions.append(Question(kind, about, offers[0][0], told, len(blank.rows), key=about))

    def _rows_of(self, blank: BlankList, title: str, span: str) -> list[Record]:
        """The records that are to be listed, the earliest first."""
        asked = self.reader.title_asks(blank.ledger.id, title)
        rows = self.counter.rows(replace(asked, span=span), self.counter.span(span))
        if blank.ledger.id == Hazards.id:
            order = [
                row.id for row in sorted(rows, key=lambda row: (str(row[name_of(Hazard.found_on)]), row.id))
            ]
            return [*self.books.hazards.rows_on(order, self.result.as_of)]
        return sorted(rows, key=lambda row: (self.counter.day_of(blank.ledger.id, row), row.id))

    def _row(
        self,
        number: int,
        blank: BlankList,
        columns: Mapping[int, Field | None],
        line: int,
        count: int,
        row: Record,
    ) -> None:
        """Fill one row."""
        record = CountedRecord(blank.ledger.id, row.id, record_called(blank.ledger, row))
        guesses = {one.place: one for one in blank.heading.columns}
        grid = self.result.form.tables[number].grid
        if blank.numbers is not None and not grid.text(line, blank.numbers):
            self.result.put(number, (line, blank.numbers), "序号", count, "序号", (record,))
        others = {normal(heading): text for heading, text in read_others(row.get(OTHERS)).items()}
        for at, one in columns.items():
            guess = guesses[at]
            value: Written | None = others.get(normal(guess.heading)) or None
            if one is not None:
                value = written_value(one, guess, self._value(one, row))
            if value is None:
                self.result.leave(number, (line, at), guess.heading, "台账里没有填写")
            else:
                source = f"{blank.ledger.id}/{row.id}.{one.name if one else OTHERS}"
                self.result.put(number, (line, at), guess.heading, value, source, (record,))

    def _value(self, one: Field, row: Record) -> Value:
        if one.name.startswith(OF_FIRM):
            return self.counter.place(row).get(one.name.removeprefix(OF_FIRM))
        if isinstance(row, RewardRow) and row.kind == REPORT_REWARD and one.name == name_of(RewardRow.target):
            return None  # whom a reward for a report went to is nobody's business
        return row.get(one.name)


def _reaches_across(table: BlankTable, row: int) -> bool:
    """Whether cells of a row are merged: a row added below cannot be like it."""
    return not table.in_word and any(top <= row <= bottom for top, _, bottom, _ in table.grid.merges)
