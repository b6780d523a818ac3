"""What is asked about a sheet, five things at the most, and what the clerk answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hazard_desk.rules.fields import Row

MOST = 5
"""Questions about one sheet."""
ASIDE = ""
"""The answer that keeps a column, a word or a fact aside: it fills no field."""


class Asked(StrEnum):
    """What a question is about."""

    COLUMN = "column"
    """Which field a column fills."""
    WORD = "word"
    """Which choice of a field a word means."""
    VALUE = "value"
    """What a field holds in all rows: the sheet has no column for it."""


@dataclass(frozen=True)
class Question:
    """One question. What is not answered is a gap or kept aside, never the proposal."""

    kind: Asked
    about: str
    """The heading of the column; the label of the field, with the word where one is asked: 来源:网格排查."""
    proposal: str
    """The likeliest answer: the name of a field, a choice, a value; '' for none."""
    offers: tuple[tuple[str, str], ...]
    """What may be answered, and how the clerk reads it; ``ASIDE`` last. Of a value anything may be typed."""
    rows: int
    """How many rows it concerns."""
    field: str = ""
    """The name of the field that is asked for; '' of a column."""
    key: str = ""
    """The column as ``Answers`` names it, or the word."""

    @property
    def id(self) -> str:
        """What tells it from the others: column:隐患类型, word:source:网格排查, value:source."""
        return ":".join(part for part in (self.kind, self.field, self.key) if part)

    def plain(self) -> Row:
        """Return it for scripts."""
        offers = [offer for offer, _ in self.offers]
        return {
            "id": self.id,
            "kind": str(self.kind),
            "about": self.about,
            "proposal": self.proposal,
            "offers": offers,
            "rows": self.rows,
        }


@dataclass(frozen=True)
class Answers:
    """What the clerk said of a sheet; '' keeps aside, or leaves a gap."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Heading of a column, or its letter, to the name or label of the field that it fills."""
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Field and word to the choice that is meant."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Field to what stands in every row that says nothing of it."""

    def __bool__(self) -> bool:
        return bool(self.columns or self.words or self.values)

    def __or__(self, later: Answers) -> Answers:
        """Return both; what was said later holds."""
        return Answers(
            {**self.columns, **later.columns},
            {**self.words, **later.words},
            {**self.values, **later.values},
        )

    def to(self, question: Question, answer: str) -> Answers:
        """Return these with one more: the answer to a question."""
        if question.kind is Asked.COLUMN:
            return replace(self, columns={**self.columns, question.key: answer})
        if question.kind is Asked.WORD:
            return replace(self, words={**self.words, (question.field, question.key): answer})
        return replace(self, values={**self.values, question.field: answer})


def ranked(questions: Sequence[Question], first: str, room: int) -> list[Question]:
    """Return the questions that are worth asking, as many as there is ``room`` for.

    The one about the field ``first``, without which the sheet says nothing, comes before those that
    concern more rows.
    """
    order = {Asked.VALUE: 0, Asked.COLUMN: 1, Asked.WORD: 2}

    def rank(one: Question) -> tuple[bool, int, int]:
        names = [offer for offer, _ in one.offers] if one.kind is Asked.COLUMN else []
        return (not first or first not in names, -one.rows, order[one.kind])

    return sorted(questions, key=rank)[:room]
