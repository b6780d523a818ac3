"""What was answered about a blank form before, known again by its texts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from hazard_desk.books.sheet_mappings import SheetMappings
from hazard_desk.grid.headings import normal
from hazard_desk.sheets.filling.blank import BlankForm
from hazard_desk.sheets.questions import ASIDE

LEDGER = "台账"
"""The label under which is answered which ledger the rows of a list are."""
LEFT_EMPTY = (ASIDE, "不填")
"""The last offer of each question about a form."""
_KEPT_AS = "fill"


def texts_of(form: BlankForm) -> list[str]:
    """Return the texts of a form, each once: what its answers are remembered by."""
    texts = (
        normal(table.grid.text(*place))
        for table in form.tables
        for row in range(len(table.grid.rows))
        for place in table.grid.places(row)
    )
    return [LEDGER, *dict.fromkeys(text for text in texts if text)]


def shape_of(texts: Sequence[str]) -> str:
    """Return by what the same form is known again: its texts without the numbers in them."""
    plain = ["".join(char for char in text if not char.isdigit()) for text in texts]
    return hashlib.sha256("|".join(dict.fromkeys(plain)).encode()).hexdigest()[:16]


def remembered(mappings: SheetMappings, texts: Sequence[str]) -> dict[str, str]:
    """Return what was answered for this form before, by label."""
    plain = _plain(texts)
    found = mappings.of(_KEPT_AS, shape_of(texts), "").columns
    return {plain[place]: answer for place, answer in found.items() if place < len(plain)}


def remember_answers(mappings: SheetMappings, texts: Sequence[str], answers: Mapping[str, str]) -> None:
    """Remember the answers whose labels stand in the form, for the next time."""
    places = {text: place for place, text in enumerate(_plain(texts))}
    told = {places[name]: answer for label, answer in answers.items() if (name := _key(label)) in places}
    if told:
        mappings.remember(_KEPT_AS, shape_of(texts), "", told)


def _plain(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(map(_key, texts)))


def _key(text: str) -> str:
    return "".join(char for char in normal(text) if not char.isdigit())
