"""The search index over every ledger: Chinese of any length, words of letters and digits, pinyin initials.

``search_entry`` holds what is found, ``search_gram`` (FTS5, contentless, same row ids) the tokens by
which it is found. Such a table forgets an entry only when told its old tokens, so every change to
``search_entry`` goes through here. Sensitive fields must not be put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import peewee

from hazard_desk.rules.grams import (
    asked,
    asked_initials,
    comparable,
    first_run,
    initial_tokens,
    tokens,
)
from hazard_desk.store.initials import initials

_ASKED_LIMIT = 200
"""Characters of a query that are read; nobody types more, and a pasted page must not stop the desk."""
_EXCERPT = 40
_BEFORE = 12
"""Characters of an excerpt that stand before what was found."""


@dataclass(frozen=True)
class Entry:
    """What is searched of one record; the parts need not repeat each other."""

    ledger: str
    record: int
    title: str
    """How the record is called; also found by its initials."""
    short: str = ""
    """Names, places, codes; also found by their initials."""
    text: str = ""
    """Longer texts, found by their characters only."""


@dataclass(frozen=True)
class Hit:
    """A record found; ``excerpt`` is a piece of its text where the query stands, at most 40 characters."""

    ledger: str
    record: int
    title: str
    excerpt: str


_ENTER = "INSERT INTO search_entry (id, ledger, record, title, text, initials) VALUES (?, ?, ?, ?, ?, ?)"
_INDEX = "INSERT INTO search_gram (rowid, ledger, grams, initials) VALUES (?, ?, ?, ?)"
_FORGET = (
    "INSERT INTO search_gram (search_gram, rowid, ledger, grams, initials) VALUES ('delete', ?, ?, ?, ?)"
)
_STORED = "SELECT id, ledger, record, title, text, initials FROM search_entry"
# The limit stands inside, so that only the entries returned are read.
_FIND = """
    SELECT ledger, record, title, text, initials FROM search_entry WHERE id IN (
        SELECT rowid FROM search_gram WHERE search_gram MATCH ? ORDER BY rowid DESC LIMIT ?
    ) ORDER BY id DESC
"""


def put(db: peewee.SqliteDatabase, entries: Sequence[Entry]) -> None:
    """Let records be found by what ``entries`` say, and by nothing they said before. Runs within an act."""
    link = db.connection()
    old: dict[tuple[str, int], int] = {}
    for ledger in {entry.ledger for entry in entries}:
        old |= drop(db, ledger, [entry.record for entry in entries if entry.ledger == ledger])
    (last,) = link.execute("SELECT COALESCE(MAX(id), 0) FROM search_entry").fetchone()
    free = count(max(last, *old.values(), 0) + 1)
    rows = [(old.get((one.ledger, one.record)) or next(free), *_columns(one)) for one in entries]
    link.executemany(_ENTER, rows)
    link.executemany(_INDEX, [_tokens(*row) for row in rows])


def drop(db: peewee.SqliteDatabase, ledger: str, records: Sequence[int]) -> dict[tuple[str, int], int]:
    """Let records be found no more; return their row ids, of those that were. Runs within an act."""
    link = db.connection()
    asked = f"{_STORED} WHERE ledger = ? AND record IN ({', '.join('?' * len(records))})"
    rows = link.execute(asked, (ledger, *records)).fetchall()
    link.executemany(_FORGET, [_tokens(*row) for row in rows])
    link.executemany("DELETE FROM search_entry WHERE id = ?", [(row[0],) for row in rows])
    return {(ledger, row[2]): int(row[0]) for row in rows}


def rebuild(db: peewee.SqliteDatabase, entries: Iterable[Entry]) -> None:
    """Make the whole index anew of ``entries``, the oldest first: all of it or nothing."""
    with db.atomic():
        db.execute_sql("DELETE FROM search_entry")
        db.execute_sql("INSERT INTO search_gram (search_gram) VALUES ('delete-all')")
        cursor = db.cursor()
        cursor.executemany(_ENTER, ((None, *_columns(entry)) for entry in entries))
        cursor.executemany(_INDEX, (_tokens(*row) for row in db.execute_sql(_STORED)))


def find(db: peewee.SqliteDatabase, query: str, limit: int = 50, ledger: str = "") -> list[Hit]:
    """Return the records that hold every word of ``query``, the newest first; of one ledger or of all.

    Han characters are found anywhere, letters and digits from the beginning of a word; in titles and
    short texts also by pinyin initials and by four or more digits anywhere (phone numbers). Any query
    is lawful; one without a letter, digit or character finds nothing.
    """
    words = [word for word in dict.fromkeys(query[:_ASKED_LIMIT].split()) if first_run(word)]
    if not words:
        return []
    conditions = [_condition(word) for word in words]
    if ledger:
        conditions.append(f'ledger : "{ledger}"')
    rows = db.execute_sql(_FIND, (" AND ".join(conditions), limit))
    return [
        Hit(found, record, title, _excerpt(text, letters[len(title) + 1 :], words))
        for found, record, title, text, letters in rows
    ]


def _columns(entry: Entry) -> tuple[str, int, str, str, str]:
    """Ledger, record, title, text (the short ones first), initials of title and short texts."""
    text = "\n".join(filter(None, (entry.short, entry.text)))
    return entry.ledger, entry.record, entry.title, text, initials(f"{entry.title}\n{entry.short}")


def _tokens(
    number: int, ledger: str, record: int, title: str, text: str, letters: str
) -> tuple[int, str, str, str]:
    """Row id and the columns of ``search_gram`` for a row of ``search_entry``."""
    return number, ledger, " ".join(tokens(f"{title}\n{text}")), " ".join(initial_tokens(letters))


def _condition(word: str) -> str:
    """The FTS5 condition for one word of a query."""
    ways = (_phrase("grams", *asked(word)), _phrase("initials", *asked_initials(word)))
    return f"({' OR '.join(filter(None, ways))})"


def _phrase(column: str, pieces: list[str], beginning: bool) -> str:
    """Tokens one after another. They hold no quotation marks, so nothing a person types is syntax."""
    return f'{column} : "{" ".join(pieces)}"{"*" if beginning else ""}' if pieces else ""


def _excerpt(text: str, letters: str, words: list[str]) -> str:
    """The piece of ``text`` around the first word found in it, by characters, else by initials."""
    at = next((place for place in _places(text, letters, words) if place >= 0), 0)
    start = max(0, min(at - _BEFORE, len(text) - _EXCERPT))
    piece = text[start : start + _EXCERPT].replace("\n", " ")
    if start:
        piece = "…" + piece[1:]
    return piece if start + _EXCERPT >= len(text) else piece[:-1] + "…"


def _places(text: str, letters: str, words: list[str]) -> Iterator[int]:
    folded = comparable(text)
    for sought in (comparable, first_run):
        for word in words:
            yield folded.find(sought(word))
    for word in words:
        yield letters.find(comparable(word))
