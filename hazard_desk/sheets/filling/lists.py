"""Empty rows under a heading: which ledger they ask for, and what goes into which column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import Checks
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.informants import Protected
from hazard_desk.books.kit.gaps import GAPS, OTHERS
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.rewards import Rewards
from hazard_desk.books.tips import Tips
from hazard_desk.figures.asked.figure import OF_FIRM
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import IDLE, normal
from hazard_desk.grid.understanding import ColumnGuess, Understood
from hazard_desk.grid.values import Knowledge
from hazard_desk.library.headings import synonyms_of, understand
from hazard_desk.rules.fields import NUMBERS, Field, Kind, Value
from hazard_desk.rules.states import MAJOR, UNRECTIFIED, State
from hazard_desk.sheets.filling.blank import BlankTable, Written
from hazard_desk.sheets.words import words
from hazard_desk.store.columns import field_of, fields_of, name_of, names_of

_LEAST = 3
"""Columns that must be known for empty rows to be those of a ledger; two where the title names it."""
_OF_FIRMS = (Hazards.id, Checks.id, Rewards.id, Tips.id)
"""Ledgers whose records name an enterprise."""
_LEFT_OUT = (*names_of(Protected.informant, Protected.informant_call), OTHERS, GAPS)
"""What never leaves, not even masked; and what is no fact of one column."""
_LISTED = ("台账", "清单", "名单", "登记", "花名册", "一览", "名册", "明细")
_COUNTED = ("统计", "汇总", "报表", "月报", "调度", "季报")


@dataclass(frozen=True)
class BlankList:
    """The rows of a table that are to be filled from a ledger."""

    ledger: Ledger
    fields: Mapping[str, Field]
    """What columns may ask for by name: of the records, and of their enterprise."""
    heading: Understood
    rows: range
    """The empty rows, from 0."""
    numbers: int | None
    """The column of 序号."""
    score: float
    rivals: tuple[str, ...] = ()
    """Other ledgers that its columns fit as well."""

    @property
    def can_grow(self) -> bool:
        """Whether nothing stands below its empty rows."""
        return self.rows.stop >= len(self.heading.grid.rows)


def find_list(
    books: Books, table: BlankTable, named: str = "", titles: Sequence[str] = ()
) -> BlankList | None:
    """Return the rows of a table that a ledger fills; None where none are meant.

    ``named`` is the ledger that the clerk chose; ``titles`` what the form is called.
    """
    ledgers = {named: books.ledger(named)} if named else books.ledgers
    found = [one for ledger in ledgers.values() if (one := _list_of(ledger, table, titles))]
    if not found or (not named and _counts(found[0].heading)):
        return None
    found.sort(key=lambda one: -one.score)
    best = found[0]
    rivals = tuple(one.ledger.id for one in found[1:3] if one.score > best.score * 0.93)
    return replace(best, rivals=rivals)


def _list_of(ledger: Ledger, table: BlankTable, titles: Sequence[str]) -> BlankList | None:
    fields = fields_for(ledger)
    if not fields:
        return None
    heading = understand(table.grid, list(fields.values()), Knowledge(), 2)
    if heading is None:
        return None
    title = "".join([*titles, *heading.notes])
    sure = [column for column in heading.columns if column.field]
    is_named = any(word in title for word in (ledger.title.removesuffix("台账"), ledger.noun))
    rows = _empty_rows(table, heading)
    bare = heading.heading.last + 1 >= len(table.grid.rows) and not table.in_word
    if len(sure) < (2 if is_named else _LEAST) or not (rows or bare):
        return None
    if (
        any(word in title for word in _COUNTED)
        and not any(word in title for word in _LISTED)
        and len(rows) < 2
    ):
        return None
    own = [column for column in sure if not column.field.startswith(OF_FIRM)]
    score = sum(column.certainty for column in own) + 0.5 * (len(sure) - len(own)) + 2 * is_named
    needed = [one.name for one in ledger.entry_fields() if one.required]
    score += sum(column.field in needed for column in own) / max(1, len(needed))
    return BlankList(ledger, fields, heading, rows, _numbers(table.grid, heading, rows), score)


def _counts(heading: Understood) -> bool:
    """Whether headings are states beside each other, 已整改 and 未整改: how many of each, no list."""
    states = field_of(Hazard.state)
    return len([one for one in heading.columns if words().choice(states, one.heading, "")]) > 1


def fields_for(ledger: Ledger) -> dict[str, Field]:
    """Return what the columns of a list may ask for: no protected field, but what its enterprise says."""
    found = {one.name: one for one in ledger.fields if not one.sensitive and one.name not in _LEFT_OUT}
    texts = {said for one in found.values() if one.kind is Kind.LONG for said in synonyms_of(one)}
    found = {
        name: replace(one, label=f"{one.label}数") if one.kind in NUMBERS and one.label in texts else one
        for name, one in found.items()
    }  # 发现问题 over empty cells asks what was found, not how many
    labels = {one.label for one in found.values()}
    if ledger.id in _OF_FIRMS:
        for one in _firm_fields():
            if one.label not in labels:
                found[f"{OF_FIRM}{one.name}"] = replace(
                    one, name=f"{OF_FIRM}{one.name}", since="", required=False
                )
    return found


def _firm_fields() -> Sequence[Field]:
    return fields_of(
        Enterprise.village,
        Enterprise.address,
        Enterprise.principal,
        Enterprise.phone,
        Enterprise.legal_person,
        Enterprise.category,
        Enterprise.risk,
        Enterprise.grade,
        Enterprise.high_risk,
        Enterprise.credit_code,
        Enterprise.office,
        Enterprise.sector,
    )


def _empty_rows(table: BlankTable, heading: Understood) -> range:
    """The rows below a heading whose known columns are empty, down to the first that says something."""
    first = heading.heading.last + 1
    known = [column.place for column in heading.columns if column.field]
    row = first
    while row < len(table.grid.rows):
        own = [table.grid.origin(row, place) for place in known]
        texts = [text for text in table.grid.line(row) if not text.replace(".", "").isdigit()]
        if any(one not in table.free or one[0] != row for one in own) or texts:
            break
        row += 1
    return range(first, row)


def _numbers(grid: Grid, heading: Understood, rows: range) -> int | None:
    """The column of running numbers: by its heading, or as 1, 2, 3 are printed in it."""
    for row in range(heading.heading.first, heading.heading.last + 1):
        for column in range(min(grid.width, 3)):
            if normal(grid.text(row, column)) in IDLE:
                return column
    printed = [str(number) for number in range(1, len(rows) + 1)]
    for column in range(min(grid.width, 3)):
        if len(rows) > 1 and [grid.text(row, column) for row in rows] == printed:
            return column
    return None


def written_value(field: Field, column: ColumnGuess, value: Value) -> Written | None:
    """Return what goes into a cell: numbers and days as they are, else as shown; None for nothing."""
    asks = _asks_yes_or_no(column.heading)
    if asks and field.name == name_of(Hazard.level):
        return "是" if value == MAJOR else "否"
    if asks and field.name == name_of(Hazard.state):
        done = value == State.CLOSED if "销" in column.heading else str(value) not in UNRECTIFIED
        return "是" if done else "否"
    if field.kind in NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
        return _in_unit(value, field.unit, column.unit)
    if field.kind is Kind.DATE and isinstance(value, date):
        return value
    return field.show(value) or None


def _asks_yes_or_no(heading: str) -> bool:
    return "是否" in heading or "是/否" in heading or "（是、否）" in heading


def _in_unit(value: float, kept: str, wanted: str) -> float:
    if kept == "万元" and wanted == "元":
        return round(value * 10_000, 2)
    if kept == "元" and wanted == "万元":
        return round(value / 10_000, 6)
    return value
