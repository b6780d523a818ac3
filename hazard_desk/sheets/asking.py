"""What is worth asking about what came in: columns, words, and facts that the whole of it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hazard_desk.grid.cells import cell_text, is_empty
from hazard_desk.grid.likeness import SURE
from hazard_desk.grid.understanding import ColumnGuess
from hazard_desk.rules.fields import Field, clean
from hazard_desk.sheets.incoming import Incoming
from hazard_desk.sheets.questions import ASIDE, MOST, Asked, Question, ranked
from hazard_desk.sheets.words import choices_of, near, suggested, takes_words, words

_WORTH = 0.2
"""A column that may be a field with less certainty is kept aside unasked."""
_OFFERED = 12
"""Values that were entered before and are offered, at the most."""
_KEPT, _GAP = "其他栏目", "暂不填写"


def questions_of(incoming: Incoming) -> list[Question]:
    """Return what is still to be asked: with what was answered now, five at the most."""
    told = incoming.told
    answered = len(told.columns) + len(told.words) + len(told.values)
    naming = incoming.naming
    asked = [*_columns(incoming), *_words(incoming), *_values(incoming)]
    first = naming.name if naming and not incoming.filled(naming.name) else ""
    return ranked(asked, first, max(0, MOST - answered) or (1 if first else 0))


def _columns(incoming: Incoming) -> Iterator[Question]:
    """Columns that are not sure: those of several tables under one heading are asked once."""
    if incoming.own:
        return
    seen: set[str] = set()
    for table in incoming.tables:
        taken = set(table.heading.fields)
        filled = {column.place for column in table.heading.fields.values()}
        for place, heading in table.headings.items():
            guess = table.guesses.get(place)
            if guess is None or place in table.settled or heading in seen or place in filled:
                continue
            offers = _offers(guess, taken)
            rows = sum(not is_empty(cells[place]) for _, cells in table.data if place < len(cells))
            if not offers or not rows:
                continue
            seen.add(heading)
            told = tuple((name, incoming.fields[name].label) for name in offers)
            yield Question(Asked.COLUMN, heading, offers[0], (*told, (ASIDE, _KEPT)), rows, key=heading)


def _offers(guess: ColumnGuess, taken: set[str]) -> list[str]:
    """The fields that a column may be and that no other fills; none for one known to be kept aside."""
    if guess.certainty >= SURE and not guess.field and not guess.offers:
        return []
    free = [(name, score) for name, score in guess.offers if name not in taken]
    return [name for name, _ in free] if free and free[0][1] >= _WORTH else []


def _words(incoming: Incoming) -> Iterator[Question]:
    """Words in columns of choices that mean no choice."""
    unknown: Counter[tuple[str, str]] = Counter()
    for table in incoming.tables:
        for name, column in table.heading.fields.items():
            one = incoming.fields[name]
            if not takes_words(one):
                continue
            cells = (row[column.place] for _, row in table.data if column.place < len(row))
            told = Counter(clean(cell_text(cell)) for cell in cells if not is_empty(cell))
            for word, rows in told.items():
                known = (name, word) in incoming.answers.words or not word
                if not known and words().choice(one, word, column.heading) is None:
                    unknown[name, word] += rows
    for (name, word), rows in unknown.items():
        one = incoming.fields[name]
        proposal = incoming.hints.words.get((name, word)) or near(one, word)
        yield Question(Asked.WORD, f"{one.label}:{word}", proposal, _choices(one), rows, name, word)


def _values(incoming: Incoming) -> Iterator[Question]:
    """Facts that the ledger requires and no row tells."""
    entries = incoming.entries
    naming = incoming.naming
    for one in incoming.ledger.template_fields():
        if not one.required or one == naming or one.name in incoming.answers.values:
            continue
        if not entries or any(row.values.get(one.name) or one.name in row.problems for row in entries):
            continue
        offers = _choices(one) if takes_words(one) else _entered(incoming, one)
        yield Question(Asked.VALUE, one.label, _proposed(incoming, one), offers, len(entries), one.name)


def _choices(one: Field) -> tuple[tuple[str, str], ...]:
    return (*((choice, choice) for choice in choices_of(one)), (ASIDE, _GAP))


def _entered(incoming: Incoming, one: Field) -> tuple[tuple[str, str], ...]:
    found = incoming.ledger.options(one.name)[:_OFFERED]
    return (*((text, text) for text in found), (ASIDE, _GAP))


def _proposed(incoming: Incoming, one: Field) -> str:
    """What the sheet's title, its sender or its columns suggest for all rows, or was answered for another."""
    if hinted := incoming.hints.values.get(one.name):
        return hinted
    if not takes_words(one):
        return ""
    texts = [incoming.file.stem] if incoming.file else []
    for table in incoming.tables:
        notes = table.understood.notes if table.understood else ()
        texts += [*notes, table.grid.title, table.heading.sender]
    return suggested(one, texts)
