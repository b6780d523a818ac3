"""What came in for a ledger, as a file or pasted: its tables, and what the clerk said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import TableHeading
from hazard_desk.rules.fields import Field, Kind, Row, clean, field_called
from hazard_desk.sheets.incoming_table import IncomingTable
from hazard_desk.sheets.questions import Answers
from hazard_desk.sheets.row_reader import IncomingRow, read_rows
from hazard_desk.sheets.words import choices_of, takes_words, words

_MOST_TOLD = 30
"""Columns that a sentence shows."""
Cell = tuple[int, int, str]
"""A cell of what came in: table, from 0; line, from 1; name of the field."""


@dataclass(frozen=True)
class Incoming:
    """All tables of what came in that are the ledger's, and what the clerk said of them."""

    ledger: Ledger
    tables: tuple[IncomingTable, ...]
    file: Path | None = None
    """None for what was pasted."""
    answers: Answers = field(default_factory=Answers)
    """What holds for it: remembered, or told now. Fields are called by their names."""
    told: Answers = field(default_factory=Answers)
    """What was told now: worth remembering for the next such sheet."""
    hints: Answers = field(default_factory=Answers)
    """What other senders' sheets were answered: proposals."""
    own: bool = False
    """Whether it is a sheet of this program."""
    strange: tuple[str, ...] = ()
    """How the tables are called that are not the ledger's."""
    nil_text: str = ""
    """What a file without a table of the ledger says where it reports nothing."""

    @property
    def grid(self) -> Grid:
        """The first table as it lies."""
        return self.tables[0].grid

    @property
    def heading(self) -> TableHeading:
        """The heading of the first table."""
        return self.tables[0].heading

    @property
    def called(self) -> str:
        """How the clerk is told of what she brought."""
        return self.tables[0].called

    @property
    def fields(self) -> dict[str, Field]:
        """The fields that columns of the sheet may fill, by name."""
        return self.tables[0].fields

    @cached_property
    def naming(self) -> Field | None:
        """The field without which a row says nothing: 隐患描述, 单位名称; None where the ledger has none."""
        strict = self.ledger.strict_names()
        required = [one for one in self.ledger.template_fields() if one.required and one.name not in strict]
        texts = [one for kind in (Kind.LONG, Kind.TEXT) for one in required if one.kind is kind]
        return texts[0] if texts else None

    @property
    def nil(self) -> list[str]:
        """Rows that say that there is nothing to report, as written."""
        told = [self.nil_text] if self.nil_text else []
        return told + [said for table in self.tables for _, said in table.nil_rows]

    def filled(self, name: str) -> bool:
        """Whether a column of any table fills a field."""
        return any(name in table.heading.fields for table in self.tables)

    def answered(self, answers: Answers) -> Incoming:
        """Return the same with what the clerk says of it.

        Raises ``Refused`` for a column, a field or a choice that there is not.
        """
        told = self._named(answers)
        both = self.answers | told
        tables = []
        for table in self.tables:
            columns = {place: name for key, name in told.columns.items() for place in table.places_of(key)}
            tables.append(table.taking(columns, both))
        return replace(self, tables=tuple(tables), answers=both, told=self.told | told)

    def mended(self, cells: Mapping[Cell, str]) -> Incoming:
        """Return the same with these cells written anew, in place of all that were before."""
        tables = []
        for table in self.tables:
            lines: dict[int, dict[str, str]] = {}
            for (at, line, name), text in cells.items():
                if at == table.at:
                    lines.setdefault(line, {})[name] = text
            tables.append(replace(table, mended=lines))
        return replace(self, tables=tuple(tables))

    def refuse_nameless(self) -> None:
        """Raise ``Refused``, showing the columns, where no column tells what a row is about."""
        one = self.naming
        if one is None or self.filled(one.name) or self.answers.values.get(one.name):
            return
        called = list(dict.fromkeys(told for table in self.tables for told in table.headings.values()))
        rest = f"等{len(called)}列" if len(called) > _MOST_TOLD else ""
        raise Refused(
            f"{self.called}里没有找到“{one.label}”一列，表格里的列有：{'、'.join(called[:_MOST_TOLD])}{rest}。"
            f"请指定哪一列是“{one.label}”",
            one.name,
        )

    def label_of(self, name: str, table: int = 0) -> str:
        """Return how the sheet calls a field; its own label where the sheet has no column for it."""
        column = self.tables[table].heading.fields.get(name)
        if column is not None:
            return column.heading
        return self.fields[name].label if name in self.fields else ""

    def where(self, row: IncomingRow) -> str:
        """Return how the clerk is told where a row stands: 第5行, with its sheet where there are several."""
        line = f"第{row.line}行"
        return f"{self.tables[row.table].grid.called}{line}" if len(self.tables) > 1 else line

    @cached_property
    def entries(self) -> Sequence[IncomingRow]:
        """Every row of data of all tables with its values as the fields read them."""
        return [row for table in self.tables for row in read_rows(table)]

    def columns(self) -> list[Row]:
        """Return for scripts what was made of each column."""
        found: dict[tuple[str, str], Row] = {}
        for table in self.tables:
            fields = table.heading.places
            for place, heading in table.headings.items():
                name, guess = fields.get(place, ""), table.guesses.get(place)
                certainty = guess.certainty if guess else float(bool(name))
                if place in table.settled:
                    certainty = 1.0
                told: Row = {"heading": heading, "field": name or None, "certainty": certainty}
                found.setdefault((heading, name), told)
        return list(found.values())

    def _named(self, answers: Answers) -> Answers:
        """Answers with fields by name and choices as the ledger has them. ``Refused`` for what is unknown."""
        fields = list(self.fields.values())
        columns: dict[str, str] = {}
        for key, name in answers.columns.items():
            if not any(table.places_of(key) for table in self.tables):
                known = "、".join(dict.fromkeys(h for table in self.tables for h in table.headings.values()))
                raise Refused(f"表格里没有“{key}”这一列，找到的列有：{known}")
            columns[key] = field_called(fields, name).name if name else ""
        said = {
            (one.name, clean(word)): _choice(one, choice, f"“{one.label}”")
            for (name, word), choice in answers.words.items()
            for one in [field_called(fields, name)]
        }
        values = {
            one.name: _choice(one, value, f"整表的“{one.label}”")
            for name, value in answers.values.items()
            for one in [field_called(fields, name)]
        }
        for name, value in values.items():
            if value:
                replace(self.fields[name], required=False).read(value, self.ledger.cabinet.clock.today)
        return Answers(columns, said, values)


def _choice(one: Field, said: str, where: str) -> str:
    """The choice that an answer means; a text for a field of any text. ``Refused`` for no choice."""
    text = clean(said)
    if not text or not takes_words(one):
        return text
    found = words().choice(one, text, "")
    if not found:
        raise Refused(f"{where}没有“{text}”这一项，请从以下选项中选择：{'、'.join(choices_of(one))}")
    return found
