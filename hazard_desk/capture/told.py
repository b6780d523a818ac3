"""A sentence understood: its pieces, and what each field was told, how surely."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hazard_desk.books.checks.book import Checks
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.capture.known import About
from hazard_desk.rules.fields import Value

HAZARDS, CHECKS = Hazards.id, Checks.id


class Certainty(StrEnum):
    """How far one can rely on what was understood; the words are what the clerk reads."""

    TOLD = "写明"
    INFERRED = "推定"
    UNSURE = "请核对"


@dataclass(frozen=True)
class SentencePiece:
    """A part of the sentence, as it was written. All pieces together are the sentence."""

    text: str
    about: About | None = None
    """None for what stands between the words: blanks and marks."""


@dataclass(frozen=True)
class FieldFact:
    """What was understood for one field, how surely, and why that is ('' where it was told)."""

    value: Value
    certainty: Certainty = Certainty.TOLD
    why: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence understood. ``book`` is whose form it fills."""

    book: str
    pieces: tuple[SentencePiece, ...]
    facts: dict[About, FieldFact]

    @property
    def at_once(self) -> bool:
        """Whether the hazard was put right where it was found."""
        return About.AT_ONCE in self.facts
