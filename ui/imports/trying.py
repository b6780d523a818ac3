"""A sheet tried by what the clerk said of it so far: judged away from the GUI thread, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.sheets.asking import questions_of
from hazard_desk.sheets.importing import OnExisting, Result, TellProgress, judge_rows, write_rows
from hazard_desk.sheets.incoming import Cell, Incoming
from hazard_desk.sheets.questions import MOST, Answers, Asked, Question
from hazard_desk.store.acts import Change
from ui.imports.rows import JudgedRows
from ui.imports.telling import ending_told, summary_told


@dataclass(frozen=True)
class Said:
    """What the clerk said of a sheet so far."""

    answers: Answers = field(default_factory=Answers)
    """To the questions."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Heading to field, told from the heading of the table."""
    cells: Mapping[Cell, str] = field(default_factory=dict)
    way: OnExisting = OnExisting.SKIP

    @property
    def all(self) -> Answers:
        """All that is answered."""
        return self.answers | Answers(columns=self.columns)

    def with_cell(self, cell: Cell, text: str) -> Said:
        """Return this with a cell written anew."""
        return replace(self, cells={**self.cells, cell: text})

    def with_column(self, heading: str, name: str) -> Said:
        """Return this with a column told to fill a field, which no other was told to fill then."""
        others = {key: "" if name and told == name else told for key, told in self.all.columns.items()}
        return replace(self, columns={**others, heading: name})


@dataclass(frozen=True)
class Tried:
    """A sheet, what was said of it, and what would become of its rows."""

    opened: Incoming
    said: Said
    incoming: Incoming
    questions: list[Question]
    result: Result | None = None
    rows: JudgedRows | None = None
    refused: str = ""
    """Why the sheet cannot be judged before a question is answered."""
    told: str = ""
    """What is said of the sheet as a whole."""
    worth: bool = False
    """Whether any row is to be taken in."""
    markable: bool = False
    """Whether anything is doubtful or lacking."""


@dataclass(frozen=True)
class Taken:
    """A sheet taken in."""

    result: Result
    told: str
    """What came in, and where what is lacking is found."""
    lacking: bool


def open_and_try(desk: Desk, ledger: str, brought: Path | str, said: Said, progress: TellProgress) -> Tried:
    """Read a file or what was pasted, and try it. Raises ``Refused`` and ``Trouble``."""
    return try_out(desk.books, desk.sheets.incoming(ledger, brought), said, progress)


def try_out(books: Books, opened: Incoming, said: Said, progress: TellProgress) -> Tried:
    """Judge a sheet by what was said of it. Raises ``Refused``."""
    incoming = opened.answered(said.all).mended(said.cells)
    questions = questions_of(incoming)
    try:
        result = judge_rows(books, incoming, said.way, progress)
    except Refused as wrong:
        if not wrong.field:
            raise
        asked = [*_which_column(incoming, questions), *questions][:MOST]
        return Tried(opened, said, incoming, asked, refused=wrong.message)
    return Tried(
        opened,
        said,
        incoming,
        questions,
        result,
        JudgedRows(result),
        told=summary_told(result),
        worth=any(row.taken for row in result.rows),
        markable=bool(result.doubtful or result.gaps),
    )


def take_in(books: Books, result: Result, progress: TellProgress) -> Taken:
    """Write a judged sheet. Raises as ``write_rows`` does."""
    written = write_rows(books, result)
    return Taken(written, ending_told(written), bool(written.gaps))


def undo_import(desk: Desk, progress: TellProgress) -> Change:
    """Take the last act back: an import. Raises ``Refused`` where it cannot be."""
    return desk.undo()


def _which_column(incoming: Incoming, questions: list[Question]) -> list[Question]:
    """The question which column says what a row is about, where no other question may settle that."""
    one = incoming.naming
    if one is None or any(one.name in dict(question.offers) for question in questions):
        return []
    headings = [heading for table in incoming.tables for heading in table.headings.values()]
    offers = tuple((heading, heading) for heading in dict.fromkeys(headings))
    rows = sum(len(table.data) for table in incoming.tables)
    return [Question(Asked.COLUMN, one.label, "", offers, rows, one.name)]
