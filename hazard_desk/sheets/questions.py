"""What is asked about a sheet or a blank form, five things at the most, and what the clerk answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hazard_desk.grid.headings import normal
from hazard_desk.rules.fields import Row

MOST = 5
"""Questions about one sheet or form."""
ASIDE = ""
"""The answer that keeps a column, a word or a fact aside: it fills no field, and a cell stays empty."""
_ALSO_ASIDE = ("-", "—", "不填")
"""How that is typed as well for the cells of a form."""


class Asked(StrEnum):
    """What a question is about; of those that concern as many rows the first is asked first."""

    LEDGER = "ledger"
    """Whose records stand in the empty rows of a form."""
    VALUE = "value"
    """What a field holds in all rows: the sheet has no column for it."""
    COLUMN = "column"
    """Which field a column fills."""
    WORD = "word"
    """Which choice of a field a word means."""
    LABEL = "label"
    """Which figure stands beside a label of a form."""


@dataclass(frozen=True)
class Question:
    """One question. What is not answered is a gap, kept aside or left empty, never the proposal."""

    kind: Asked
    about: str
    """The heading of the column; the label of the field, with the word where one is asked: 来源:网格排查."""
    proposal: str
    """The likeliest answer: the name of a field, a choice, a value, a figure; '' for none."""
    offers: tuple[tuple[str, str], ...]
    """What may be answered, and how the clerk reads it; ``ASIDE`` last.

    Of a value and of what a form asks anything may be typed.
    """
    rows: int
    """How many rows it concerns; of a label, how many cells."""
    field: str = ""
    """The name of the field that is asked for; '' of a column."""
    key: str = ""
    """The column or label as ``Answers`` names it, or the word."""

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
    """What the clerk said of a sheet or a form; '' keeps aside, or leaves a gap."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Heading of a column, or its letter, to the name or label of the field that it fills; label of a form
    to the figure that it means."""
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Field and word to the choice that is meant."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Field to what stands in every row that says nothing of it; label of a form to what stands beside it."""

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
        if question.kind is Asked.WORD:
            return replace(self, words={**self.words, (question.field, question.key): answer})
        if question.kind is Asked.VALUE:
            return replace(self, values={**self.values, question.field: answer})
        return replace(self, columns={**self.columns, question.key: answer})

    def meaning(self, *labels: str) -> str | None:
        """Return what the first of these labels of a form that is known means; None where none is."""
        answer = _first_known(self.columns, labels)
        return ASIDE if answer in _ALSO_ASIDE else answer

    def beside(self, *labels: str) -> str | None:
        """Return what is to stand beside the first of these labels that is known; None where none is."""
        return _first_known(self.values, labels)


def _first_known(told: Mapping[str, str], labels: Sequence[str]) -> str | None:
    known = {normal(label): answer for label, answer in told.items()}
    return next((known[normal(label)] for label in labels if label and normal(label) in known), None)


def ranked(questions: Sequence[Question], first: str = "", room: int = MOST) -> list[Question]:
    """Return the questions that are worth asking, as many as there is ``room`` for.

    The one about the field ``first``, without which the sheet says nothing, or about the ledger comes before
    those that concern more rows; a label that is like no figure comes last.
    """
    kinds = list(Asked)

    def rank(one: Question) -> tuple[bool, bool, int, int]:
        names = [offer for offer, _ in one.offers] if one.kind is Asked.COLUMN else []
        leads = one.kind is Asked.LEDGER or (first in names if first else False)
        return (not leads, one.kind is Asked.LABEL and not one.proposal, -one.rows, kinds.index(one.kind))

    return sorted(questions, key=rank)[:room]
