"""Rows of one ledger from many sub-units, rolled up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.rules.fields import NUMBERS, Field, Row, absent
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.sheets.incoming import open_incoming
from hazard_desk.sheets.rollup.summing import SheetRollup, SubUnit, SummedRow, gather, not_reported

_COUNT = "记录数"


def roll_up_ledger(
    books: Books,
    ledger: Ledger,
    files: Sequence[Path],
    units: Sequence[str],
    progress: TellProgress,
) -> SheetRollup:
    """Return the rows of all files, their number and sums by unit, and what is wrong with them.

    Nothing is entered into the desk. Raises ``Refused`` when no file can be read.
    """
    sources, unread = gather(files, partial(_read, books, ledger), progress)
    summed = [name for name in dict.fromkeys(name for one in sources for name in one.sums) if name != _COUNT]
    heads = ["单位", _COUNT, *summed]
    sums = [[one.sums.get(name, 0) for name in heads[1:]] for one in sources]
    rows: list[SummedRow] = [[one.unit, *told] for one, told in zip(sources, sums, strict=True)]
    rows.append(["合计", *(_round(sum(column)) for column in zip(*sums, strict=True))])
    _tell_repeats(ledger, sources)
    missing = not_reported(units, sources)
    return SheetRollup(ledger.title, sources, missing, unread, heads, [16, 8, *[10] * len(summed)], rows)


def _read(books: Books, ledger: Ledger, file: Path) -> SubUnit:
    incoming = open_incoming(books, ledger, file)
    fields = [incoming.fields[name] for name in incoming.heading.fields]
    rows, doubts, repeats = [], [], []
    sums: dict[str, float] = {_COUNT: 0}
    required = [field for field in ledger.template_fields() if field.required]
    for entry in incoming.entries():
        sums[_COUNT] += 1
        rows.append([_shown(field, entry.values) for field in fields])
        said = list(entry.problems.values())
        said += [f"没有填写“{one.label}”" for one in required if absent(entry.values.get(one.name))]
        doubts += [f"第{entry.line}行{sentence}" for sentence in said]
        repeats.append((entry.line, entry.values))
        for field in fields:
            number = entry.values.get(field.name)
            if field.kind in NUMBERS and isinstance(number, int | float):
                sums[field.heading] = _round(sums.get(field.heading, 0) + number)
    return SubUnit(
        file,
        incoming.heading.sender or file.stem,
        [field.heading for field in fields],
        [max(field.width, 4) for field in fields],
        rows,
        sums,
        doubts,
        repeats,
    )


def _shown(field: Field, values: Row) -> str | int | float | None:
    value = values.get(field.name)
    if field.kind in NUMBERS and isinstance(value, int | float):
        return value
    return field.show(value) or None


def _round(number: float) -> float:
    """Sums of amounts without the dust of binary fractions."""
    rounded = round(number, 4)
    return int(rounded) if float(rounded).is_integer() else rounded


def _tell_repeats(ledger: Ledger, sources: Sequence[SubUnit]) -> None:
    """Say of a record that two units report that it may be the same."""
    identity = ledger.identities()[-1]
    seen: dict[tuple[str, ...], tuple[str, int]] = {}
    for one in sources:
        for line, values in one.entries:
            key = tuple(repr(values.get(name)) for name in identity)
            if not values.get(identity[0]):
                continue
            if key in seen:
                unit, other = seen[key]
                one.doubts.append(f"第{line}行与{unit}第{other}行相同，请核对是否重复上报")
            else:
                seen[key] = (one.unit, line)
