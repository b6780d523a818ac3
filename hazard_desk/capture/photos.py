"""Which records photos belong to: by the day they were taken, the unit in the file name, the open record.

Nothing is attached here: the clerk is asked. A telephone writes the day into the photo (EXIF); WeChat takes
it out and writes it into the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.attachments import AFTER, BEFORE, OTHER, SIGNED
from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.ledger import AnyLedger, TableLedger
from hazard_desk.capture.firms import firm_named
from hazard_desk.capture.known import KnownFirm
from hazard_desk.rules.identifiers import same_key
from hazard_desk.rules.states import OPEN_STATES
from hazard_desk.store.columns import Made, name_of, names_of
from hazard_desk.store.photos.reading import photo_day
from hazard_desk.store.troubles import troubles

_OPEN, _UNIT, _DAY, _WAITING = 2, 3, 3, 1
"""What speaks for a record: it is open, its unit is named, something of it happened that day, it waits."""
_SURE = 5
"""From here on, and alone there, a record is proposed without a question mark."""
_MOST = 12
_DAY_IN_NAME = re.compile(
    r"(?<!\d)(20\d\d)[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])(?!\d{1,3}(?!\d))"
)
_EPOCH_IN_NAME = re.compile(r"(?<!\d)(1[5-9]\d{11})(?!\d)")
"""Milliseconds since 1970, as WeChat names what it exports."""
_APART = re.compile(r"[\W_\d]+")


@dataclass(frozen=True)
class PhotoPlace:
    """A record (ledger/id) that a photo may belong to, as what, and why."""

    record: str
    title: str
    label: str
    why: str
    weight: int


@dataclass(frozen=True)
class PlacedPhoto:
    """A file, its day if that is known, and where it may belong, the likeliest first."""

    file: Path
    day: date | None
    places: tuple[PhotoPlace, ...]

    @property
    def sure(self) -> bool:
        """Whether one record stands out."""
        weights = [place.weight for place in self.places[:2]]
        return bool(weights) and weights[0] >= _SURE and weights[0] > (weights[1:] or [0])[0]


@dataclass(frozen=True)
class _Happened:
    """A record of a book that has photos, and what of it happened when."""

    book: AnyLedger
    number: int
    unit: str
    days: tuple[tuple[date, str, str], ...]
    """Each day, what happened on it, and as what a photo of it is kept."""
    label: str
    waits: bool


def place_photos(
    books: Books, files: Sequence[Path], open_record: str = "", near: Mapping[Path, str] | None = None
) -> list[PlacedPhoto]:
    """Return for each file the records that it may belong to.

    ``open_record`` is ledger/id, '' for none; ``near`` says which record another part of the same scan is of.
    """
    firms = _firms(books)
    known = [*_hazards(books), *_checks(books), *_activities(books)] if files else []
    return [_beside(_placed(file, known, firms, open_record, books), near or {}, books) for file in files]


def _beside(photo: PlacedPhoto, near: Mapping[Path, str], books: Books) -> PlacedPhoto:
    """Put the record first whose paper lay before this one in the scan."""
    record = near.get(photo.file, "")
    title = _title(books, record) if record else ""
    if not title:
        return photo
    first = PhotoPlace(record, title, SIGNED, "同一份扫描件里，前一页是这条记录的文书", _SURE - 1)
    others = tuple(place for place in photo.places if place.record != record)
    return replace(photo, places=(first, *others))


def _placed(
    file: Path, known: Sequence[_Happened], firms: tuple[KnownFirm, ...], open_record: str, books: Books
) -> PlacedPhoto:
    day, unit = _day_of(file), _unit_in(file.stem, firms)
    found = [place for one in known if (place := _fits(one, day, unit, open_record))]
    if open_record and open_record not in {place.record for place in found}:
        found.append(PhotoPlace(open_record, "", OTHER, "正打开着", _OPEN))
    found.sort(key=lambda place: -place.weight)
    titled = (replace(place, title=_title(books, place.record)) for place in found[:_MOST])
    return PlacedPhoto(file, day, tuple(place for place in titled if place.title))


def _fits(one: _Happened, day: date | None, unit: str, open_record: str) -> PhotoPlace | None:
    record = f"{one.book.id}/{one.number}"
    is_open, named = record == open_record, bool(unit) and same_key(one.unit) == same_key(unit)
    on_day = [(what, label) for when, what, label in one.days if when == day]
    if not (is_open or named or (on_day and not unit)):
        return None
    label = on_day[-1][1] if on_day else one.label
    why = (
        ["正打开着"] * is_open + [f"文件名里有“{unit}”"] * named + [f"当天{what}" for what, _ in on_day[-1:]]
    )
    weight = _OPEN * is_open + _UNIT * named + _DAY * bool(on_day) + _WAITING * one.waits
    return PhotoPlace(record, "", label, "，".join(why), weight)


def _title(books: Books, record: str) -> str:
    """How a record is called, with its book; '' for one that is gone."""
    name, _, number = record.partition("/")
    ledger = books.ledgers.get(name)
    if isinstance(ledger, TableLedger):
        titles = [ledger.headline(row)[0] for row in ledger.rows([int(number)])]
    else:
        titles = [ledger.name_of(row) for row in ledger.rows([int(number)])] if ledger else []
    return f"{ledger.title}　{titles[0]}" if ledger and titles else ""


def _day_of(file: Path) -> date | None:
    with troubles(file), file.open("rb") as stream:
        taken = photo_day(stream)
    if taken is not None:
        return taken.date()
    if match := _EPOCH_IN_NAME.search(file.stem):
        return datetime.fromtimestamp(int(match[1]) / 1000).date()
    if match := _DAY_IN_NAME.search(file.stem):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            return None
    return None


def _unit_in(stem: str, firms: tuple[KnownFirm, ...]) -> str:
    """Return the enterprise that a file name says, '' for none."""
    for word in _APART.split(stem):
        if len(word) > 1 and not word.isascii() and (found := firm_named(word, firms)) and not found.why:
            return found.firm.name
    return ""


def _firms(books: Books) -> tuple[KnownFirm, ...]:
    rows = books.enterprises.facts(names_of(Enterprise.name, Enterprise.former))
    return tuple(KnownFirm(row.name, tuple(row.former)) for row in rows)


def _hazards(books: Books) -> Iterator[_Happened]:
    for row in books.hazards.facts(names_of(Hazard.id, Hazard.unit_name, Hazard.state, *_HAZARD_DAYS)):
        days = _days(row, _HAZARD_DAYS)
        done = row.rectified_on is not None
        waits = row.state in OPEN_STATES
        yield _Happened(books.hazards, row.id, row.unit_name, days, AFTER if done else BEFORE, waits)


def _checks(books: Books) -> Iterator[_Happened]:
    for row in books.checks.facts(names_of(CheckRow.id, CheckRow.unit_name, *_CHECK_DAYS)):
        yield _Happened(books.checks, row.id, row.unit_name, _days(row, _CHECK_DAYS), OTHER, False)


def _activities(books: Books) -> Iterator[_Happened]:
    for row in books.activities.facts(names_of(ActivityRow.id, *_ACTIVITY_DAYS)):
        yield _Happened(books.activities, row.id, "", _days(row, _ACTIVITY_DAYS), OTHER, False)


_HAZARD_DAYS: dict[Made, tuple[str, str]] = {
    Hazard.found_on: ("发现", BEFORE),
    Hazard.rectified_on: ("整改完成", AFTER),
    Hazard.rechecked_on: ("复查", AFTER),
}
_CHECK_DAYS: dict[Made, tuple[str, str]] = {CheckRow.checked_on: ("检查", OTHER)}
_ACTIVITY_DAYS: dict[Made, tuple[str, str]] = {ActivityRow.held_on: ("开展", OTHER)}


def _days(
    row: Hazard | CheckRow | ActivityRow, asked: dict[Made, tuple[str, str]]
) -> tuple[tuple[date, str, str], ...]:
    found = ((row[name_of(made)], what, label) for made, (what, label) in asked.items())
    return tuple((day, what, label) for day, what, label in found if isinstance(day, date))
