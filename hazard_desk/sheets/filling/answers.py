"""What is asked about a blank form, what the clerk answers, and what was answered for it before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hazard_desk.books.sheet_mappings import SheetMappings
from hazard_desk.grid.headings import normal
from hazard_desk.rules.fields import Row
from hazard_desk.sheets.filling.blank import BlankForm

MOST = 5
"""Questions about one form."""
LEAVE = ("", "-", "—", "不填")
"""Answers that leave what is asked empty."""
_KEPT_AS = "fill"
_LEDGER = "台账"
"""The name under which is answered which ledger the rows of a list are."""


@dataclass(frozen=True)
class FormQuestion:
    """One question. What is not answered stays empty, whatever is proposed."""

    kind: str
    """column (which field a column of a list holds), label (which figure), ledger (whose rows)."""
    about: str
    proposal: str
    offers: tuple[str, ...]
    cells: int
    """How many cells it concerns."""

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.about}"

    def plain(self) -> Row:
        """Return it for scripts."""
        return {
            "id": self.id,
            "kind": self.kind,
            "about": self.about,
            "proposal": self.proposal,
            "offers": list(self.offers),
            "rows": self.cells,
        }


@dataclass(frozen=True)
class FormAnswers:
    """What labels and headings mean, as the clerk says it; and what is to stand beside a label this once."""

    meanings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def meaning(self, *labels: str) -> str | None:
        """Return what was answered for the first of these labels that is known; None for none."""
        known = {normal(label): answer for label, answer in self.meanings.items()}
        return next((known[normal(label)] for label in labels if label and normal(label) in known), None)

    def value(self, *labels: str) -> str | None:
        """Return what is to stand beside a label this time."""
        known = {normal(label): value for label, value in self.values.items()}
        return next((known[normal(label)] for label in labels if label and normal(label) in known), None)

    @property
    def ledger(self) -> str:
        """Which ledger the rows of a list are; '' where that was not said."""
        return self.meaning(_LEDGER) or ""


def texts_of(form: BlankForm) -> list[str]:
    """Return the texts of a form, each once: what its answers are remembered by."""
    texts = (
        normal(table.grid.text(*place))
        for table in form.tables
        for row in range(len(table.grid.rows))
        for place in table.grid.places(row)
    )
    return [_LEDGER, *dict.fromkeys(text for text in texts if text)]


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
