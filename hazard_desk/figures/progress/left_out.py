"""What a progress form does not count because nobody told the fact by which it would: told under the form.

“隐患台账3条缺来源，未计入第1.1至1.8项”: which cells those are follows from the indicators that the form
names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.figures.progress.counting import Indicator, Undecided
from hazard_desk.figures.progress.pool import SECTOR, Pool
from hazard_desk.rules.fields import by_name
from hazard_desk.store.columns import Record

_SPAN = 3
"""From so many cells on that follow each other only the first and the last are named."""


@dataclass(frozen=True)
class LeftOut:
    """Records of one ledger that lack the same facts, and the cells that do not count them."""

    ledger: str
    lacks: tuple[str, ...]
    """The names of the fields."""
    records: tuple[int, ...]
    cells: tuple[str, ...]
    asked: str
    """The label by which the ledger's filter finds them: that of the first field."""
    sentence: str
    called: tuple[str, ...] = ()
    """What they name that is in no ledger of enterprises; none where a fact is lacking."""


def uncounted(
    cells: Mapping[str, Sequence[Indicator]], pool: Pool, ledgers: Mapping[str, Ledger]
) -> tuple[LeftOut, ...]:
    """Return what no cell counts for what it lacks; ``cells`` are the indicators of each cell, in order."""
    lacks: dict[tuple[str, int], dict[str, None]] = {}
    missed: dict[tuple[str, int], dict[str, None]] = {}
    told: dict[str, list[Undecided]] = {}
    for cell, indicators in cells.items():
        for one in indicators:
            if one.id not in told:
                told[one.id] = list(_undecided(one, pool))
            for undecided in told[one.id]:
                record = (one.ledger, undecided.row.id)
                lacks.setdefault(record, {}).update(dict.fromkeys(undecided.lacks))
                missed.setdefault(record, {})[cell] = None
    order = list(cells)
    found: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for (ledger, number), names in lacks.items():
        labels = [field.name for field in ledgers[ledger].fields if field.name in names]
        found.setdefault((ledger, tuple(labels)), []).append(number)
    lacking = tuple(
        _told(ledgers[ledger], names, records, sorted(_all(missed, ledger, records), key=order.index), order)
        for (ledger, names), records in found.items()
    )
    return lacking + tuple(_strangers(cells, pool, ledgers))


def _strangers(
    cells: Mapping[str, Sequence[Indicator]], pool: Pool, ledgers: Mapping[str, Ledger]
) -> Iterator[LeftOut]:
    """Yield, ledger by ledger, what cells of enterprises do not count as it names none of the ledger."""
    rows: dict[tuple[str, str], dict[int, Record]] = {}
    missed: dict[tuple[str, str], dict[str, None]] = {}
    for cell, indicators in cells.items():
        for one in indicators:
            for row in one.strangers(pool):
                rows.setdefault((one.ledger, one.firm), {})[row.id] = row
                missed.setdefault((one.ledger, one.firm), {})[cell] = None
    for (ledger, name), found in rows.items():
        book, places = ledgers[ledger], tuple(missed[ledger, name])
        label = by_name(book.fields, name).label
        said = f"{book.title}{len(found)}条的{label}不在监管对象台账里，不算一家，未计入第"
        called = tuple(dict.fromkeys(str(row[name]) for row in found.values()))
        sentence = f"{said}{ranges(places, list(cells))}项"
        yield LeftOut(ledger, (name,), tuple(found), places, label, sentence, called)


def _undecided(one: Indicator, pool: Pool) -> Iterator[Undecided]:
    yield from (found for found in one.undecided(pool) if found.lacks)
    if one.ledger == Hazards.id:
        for found in one.undecided(replace(pool, hazards=pool.unplaced)):
            yield Undecided(found.row, (*found.lacks, SECTOR))


def _all(missed: Mapping[tuple[str, int], Iterable[str]], ledger: str, records: Iterable[int]) -> set[str]:
    return {cell for number in records for cell in missed[ledger, number]}


def _told(
    ledger: Ledger, names: Sequence[str], records: Sequence[int], cells: Sequence[str], order: Sequence[str]
) -> LeftOut:
    labels = [field.label for field in ledger.fields if field.name in names]
    sentence = f"{ledger.title}{len(records)}条缺{'、'.join(labels)}，未计入第{ranges(cells, order)}项"
    return LeftOut(ledger.id, tuple(names), tuple(records), tuple(cells), labels[0], sentence)


def ranges(cells: Sequence[str], order: Sequence[str]) -> str:
    """Return cells as a sentence names them: 1.1至1.8、2.3. ``order`` are all cells of the form."""
    places = [order.index(cell) for cell in cells]
    parts: list[str] = []
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        some = [order[place] for _, place in run]
        parts += [f"{some[0]}至{some[-1]}"] if len(some) >= _SPAN else some
    return "、".join(parts)
