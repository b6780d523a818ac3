"""Opens what is brought for a ledger: finds its tables and what is remembered of such sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.grid.cells import cell_text, is_empty
from hazard_desk.grid.document import Document
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import LONGEST, SEARCHED_ROWS, HeadingColumn, TableHeading
from hazard_desk.grid.lines import nil_report
from hazard_desk.grid.values import Knowledge
from hazard_desk.library.headings import understand, understand_all
from hazard_desk.rules.fields import Field, clean, names_in
from hazard_desk.sheets.incoming import Incoming
from hazard_desk.sheets.incoming_table import IncomingTable
from hazard_desk.sheets.marks import SHEET, refuse_foreign
from hazard_desk.sheets.questions import Answers
from hazard_desk.sheets.reading.file import read_document
from hazard_desk.sheets.reading.pasted import read_pasted
from hazard_desk.sheets.row_reader import read_rows
from hazard_desk.store.columns import name_of

_LONGEST_NIL = 400
"""Characters of a file that says nothing but that there is nothing."""
_CLAUSE = re.compile(r"[，,。.；;：:！!\n\s]+")
_WHOSE = re.compile(
    r"^(?:经(?:排查|检查|自查)|.{0,12}?(?:村|社区|单位|公司|厂|校|站|所|镇|乡|街道|我[^，]{0,3}))?(?:\d{4}年)?"
)


def open_incoming(books: Books, ledger: Ledger, file: Path) -> Incoming:
    """Read a file for a ledger: take all visible tables that are the ledger's.

    Raises ``Refused`` when there is none, when it is another ledger's sheet, or the file cannot be read.
    """
    _refuse_given(ledger)
    document = read_document(file)
    grids = document.tables
    own = refuse_foreign(grids, ledger, file)
    seen = [grid for grid in grids if not grid.hidden and grid.rows and grid.title != SHEET]
    known = known_of(books)
    found = [table for grid in seen for table in ledger_tables(ledger, grid, known, file)]
    tables = most_known(found) or [one for grid in seen if (one := _ordered(ledger, grid, file))][:1]
    nil = "" if tables else nothing_in(document)
    tables = tables or [one for grid in seen if (one := _strange(ledger, grid, file))][:1]
    if nil:
        tables = [IncomingTable(ledger, Grid(file.stem, []), TableHeading(0, -1, ()), file)]
    if not tables:
        labels = "、".join(one.label for one in ledger.template_fields()[:6])
        raise Refused(
            f"“{file.name}”里没有找到{ledger.title}的表头，应有“{labels}”等栏目，请检查是否选错了文件"
        )
    lying = [table.grid.title for table in tables]
    strange = tuple(grid.called for grid in seen if grid.title not in lying and is_table(grid))
    tables = [replace(table.read_by_labels() if own else table, at=at) for at, table in enumerate(tables)]
    return _remembered(books, Incoming(ledger, tuple(tables), file, own=own, strange=strange, nil_text=nil))


def open_pasted(books: Books, ledger: Ledger, text: str) -> Incoming:
    """Read a block copied from a spreadsheet: by its heading, else in the order of the form.

    Raises ``Refused`` when there is nothing, or more columns than the form has and no heading over them.
    """
    _refuse_given(ledger)
    grid = read_pasted(text)
    told = understand(grid, ledger.sheet_fields(), known_of(books), min(2, grid.width))
    heading = told.heading if told else _in_order(grid, ledger.template_fields())
    if heading is None:
        raise Refused(f"{grid.called}没有标题行，列数又多于{ledger.title}的栏目，请连同标题行一起复制")
    return _remembered(books, Incoming(ledger, (IncomingTable(ledger, grid, heading, understood=told),)))


def ledger_tables(ledger: Ledger, grid: Grid, known: Knowledge, file: Path) -> list[IncomingTable]:
    """Return the tables of a sheet, each beside others, whose heading speaks of a ledger."""
    found = understand_all(grid, ledger.sheet_fields(), known)
    return [IncomingTable(ledger, told.grid, told.heading, file, told) for told in found]


def most_known(tables: Sequence[IncomingTable]) -> list[IncomingTable]:
    """Return the tables that are the ledger's: of which at least half as much is known as of the best."""
    most = max((len(one.heading.fields) for one in tables), default=0)
    return [one for one in tables if len(one.heading.fields) * 2 >= most]


def is_table(grid: Grid) -> bool:
    """Whether a grid holds more than lines of text."""
    rows = [row for row in grid.rows if sum(not is_empty(cell) for cell in row) > 1]
    return len(rows) > 1


def known_of(books: Books) -> Knowledge:
    """Return what the desk knows by name, to know the columns of a sheet by their values."""
    units = books.enterprises.facts()
    members = books.groups.facts()
    people = {row.person for row in members} | {name for row in units for name in (row.principal, row.leader)}
    people |= {name for names in books.checks.used(name_of(CheckRow.inspectors)) for name in names_in(names)}
    offices = {row.office for row in units} | {
        str(name) for name in books.hazards.used(name_of(Hazard.office))
    }
    return Knowledge(
        names=_told(offices | {books.office_name}),
        phones=_told({row.phone for row in units}),
        enterprises=_told({row.name for row in units}),
        people=_told(people),
        villages=_told({row.village for row in units}),
    )


def _told(names: set[str]) -> frozenset[str]:
    return frozenset(name for name in names if name)


def _refuse_given(ledger: Ledger) -> None:
    if not ledger.sheet_fields():
        raise Refused(f"{ledger.title}随方案生成，不能导入")


def _remembered(books: Books, incoming: Incoming) -> Incoming:
    """With what the clerk said of such sheets before: of this sender's answers, of others' proposals."""
    own, hints = Answers(), Answers()
    columns: list[dict[int, str]] = []
    for table in incoming.tables:
        heading = table.heading
        found = books.sheet_mappings.of(incoming.ledger.id, heading.shape, heading.sender)
        columns.append({at: name for at, name in found.columns.items() if name in table.fields or not name})
        own |= Answers(words=found.words, values=found.values)
        hints |= Answers(words=found.words_elsewhere, values=found.values_elsewhere)
    own = _there(incoming, own)
    taken = [table.taking(chosen, own) for table, chosen in zip(incoming.tables, columns, strict=True)]
    known = [bool(chosen or own.values) for chosen in columns]
    tables = tuple(
        replace(table, heading=replace(table.heading, remembered=told))
        for table, told in zip(taken, known, strict=True)
    )
    return replace(incoming, tables=tables, answers=own, hints=_there(incoming, hints))


def _there(incoming: Incoming, answers: Answers) -> Answers:
    """Answers about fields that the ledger still has, with choices that they still have."""

    def fits(name: str, said: str) -> bool:
        one = incoming.fields.get(name)
        return one is not None and (not said or not one.choices or said in one.choices)

    said = {key: choice for key, choice in answers.words.items() if fits(key[0], choice)}
    values = {name: value for name, value in answers.values.items() if fits(name, value)}
    return Answers(words=said, values=values)


def _in_order(grid: Grid, fields: Sequence[Field]) -> TableHeading | None:
    """The columns of a table without a heading that has the columns of the template from the left."""
    first = next((at for at, row in enumerate(grid.rows) if not all(map(is_empty, row))), None)
    if first is None or grid.width > len(fields):
        return None
    columns = tuple(HeadingColumn(place, one.label, one.name) for place, one in enumerate(fields))
    return TableHeading(first, first - 1, columns)


def _strange(ledger: Ledger, grid: Grid, file: Path) -> IncomingTable | None:
    """A table under headings of which too few are known: the clerk may tell what they are."""
    for row in range(min(len(grid.rows) - 1, SEARCHED_ROWS)):
        told = {place: text for place in range(grid.width) if (text := grid.text(row, place))}
        below = [place for place in told if not is_empty(grid.cell(row + 1, place))]
        short = all(len(text) <= LONGEST and not text.replace(".", "").isdigit() for text in told.values())
        if len(grid.places(row)) > 1 and len(told) > 1 and short and len(below) > 1:
            columns = tuple(HeadingColumn(place, clean(text)) for place, text in told.items())
            return IncomingTable(ledger, grid, TableHeading(row, row, columns), file)
    return None


def _ordered(ledger: Ledger, grid: Grid, file: Path) -> IncomingTable | None:
    """A sheet without heading whose first rows read well in the order of the template."""
    heading = _in_order(grid, ledger.template_fields())
    if heading is None or sum(not is_empty(cell) for cell in grid.rows[heading.first]) < 2:
        return None
    required = [one.name for one in ledger.template_fields() if one.required]
    table = IncomingTable(ledger, grid, heading, file)
    first = [row for row, _ in zip(read_rows(table), range(5), strict=False)]
    good = all(not row.problems and all(map(row.values.get, required)) for row in first)
    return table if first and good else None


def nothing_in(document: Document) -> str:
    """What a file says that has no table, or an empty one, where it says that there is nothing to report."""
    texts = [one.whole.strip() for one in document.paragraphs]
    texts += [
        text
        for grid in document.tables
        for row in grid.rows
        for cell in row
        if (text := cell_text(cell).strip())
    ]
    if sum(map(len, texts)) > _LONGEST_NIL:
        return ""
    clauses = [clause for text in texts for clause in _CLAUSE.split(text) if len(clause) > 1]
    return next((one for one in clauses if nil_report([one]) or nil_report([_WHOSE.sub("", one)])), "")
