"""How like a heading is to the names that are known of each field, by what their words mean."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hazard_desk.grid.senses import Lexicon, Sense

ASIDE = ""
"""The field of what is known to be kept aside."""
SURE = 0.6
"""The certainty from which a column is filled without asking: measured in tests of library.headings."""
_SAME, _NEARLY = 0.95, 0.85
"""Certainty of a heading that says the same as a known name; the same but for words that tell little."""
_HEAD, _STRANGE, _LIGHT = 1.6, 1.3, 0.35
"""Weights of the last word, of a character without a known word, of a word that tells little."""
_CLOSE, _TIED, _BEHIND = 4, 0.5, 0.1
"""How soon a rival counts, and how much it takes: one that is as like, and one that is less so."""
_ALONE = 1.3
"""The gain of a field that is the only one of its kind: it can be no other."""
_ALLOWED = {
    "date": ("date", "span"),
    "phone": ("phone",),
    "person": ("person",),
    "amount": ("amount",),
    "number": ("number",),
    "picture": (),
}
"""Which kinds of field a heading may fill whose last word tells its kind."""
_ONLY = ("date", "phone", "person", "amount", "number")
"""Kinds of field that only a heading fills which says so: no date is guessed from 整改 alone."""


@dataclass(frozen=True)
class _Name:
    field: str
    senses: tuple[Sense, ...]
    weights: Mapping[Sense, float]
    whole: float
    core: frozenset[Sense]


class Likeness:
    """The names of the fields of a ledger, to be compared with headings that are not among them."""

    def __init__(
        self, names: Mapping[str, Iterable[tuple[Sense, ...]]], kinds: Mapping[str, str], lexicon: Lexicon
    ) -> None:
        """``names`` by field, '' for what is kept aside, as senses; ``kinds`` of the fields."""
        told = {name: Counter(senses for senses in said if senses) for name, said in names.items()}
        self.kinds, self.lexicon = kinds, lexicon
        self._counts = {name: len(said) for name, said in told.items()}
        self._same: Counter[tuple[str, frozenset[Sense]]] = Counter()
        for name, said in told.items():
            for senses, count in said.items():
                self._same[name, frozenset(senses)] += count
        self._weights = self._weigh(told)
        self._having: dict[Sense, list[_Name]] = defaultdict(list)
        for name, said in told.items():
            for senses in said:
                one = self._name(name, senses)
                for sense in one.weights:
                    self._having[sense].append(one)

    def _weigh(self, told: Mapping[str, Iterable[tuple[Sense, ...]]]) -> dict[Sense, float]:
        """Words that few fields have tell more."""
        having = Counter(sense for said in told.values() for sense in {one for name in said for one in name})
        most = max(len(self.kinds), 2)
        return {sense: 1 + math.log(most / count) / math.log(most) for sense, count in having.items()}

    def _name(self, field: str, senses: tuple[Sense, ...]) -> _Name:
        weights: dict[Sense, float] = {}
        for place, sense in enumerate(senses):
            weight = self._weights.get(sense, 2)
            if place == len(senses) - 1:
                weight *= _HEAD
            elif sense in self.lexicon.light:
                weight *= _LIGHT
            weights[sense] = weight if self.lexicon.knows(sense) else weight * _STRANGE
        core = frozenset(senses[:-1]) - self.lexicon.light
        return _Name(field, senses, weights, sum(weights.values()), core)

    def scores(self, senses: tuple[Sense, ...]) -> dict[str, float]:
        """Return how surely (0 to 1) a heading that says this stands for each field; '' for none."""
        if not senses:
            return {}
        mine, kind = self._name("", senses), self.lexicon.kind(senses)
        found: dict[str, float] = {}
        for other in {id(one): one for sense in mine.weights for one in self._having.get(sense, ())}.values():
            if self._may(kind, other.field):
                found[other.field] = max(found.get(other.field, 0), _compared(mine, other))
        told = self._against_each_other(found, frozenset(senses))
        if kind in ("date", "amount") and list(self.kinds.values()).count(kind) == 1:
            told = {name: min(_NEARLY, score * _ALONE) if name else score for name, score in told.items()}
        return told

    def _may(self, kind: str, name: str) -> bool:
        """Whether a heading of a kind may fill a field."""
        of_field = self.kinds.get(name, "")
        if name == ASIDE:
            return True
        return of_field in _ALLOWED[kind] if kind in _ALLOWED else of_field not in _ONLY

    def _against_each_other(self, found: Mapping[str, float], said: frozenset[Sense]) -> dict[str, float]:
        """The closer the next field comes, the less sure is each; what offices name often is likelier."""
        often = {name: score * self._often(name, said) for name, score in found.items()}
        by_often, by_score = _first_two(often), _first_two(found)
        by_date = _first_two({one: score for one, score in found.items() if self.kinds.get(one) == "date"})
        told = {}
        for name, score in found.items():
            close = min(1, _rival(by_often, name) / often[name]) ** _CLOSE
            clear = score >= _NEARLY and _rival(by_score, name) < score
            told[name] = score * (1 - close * (_BEHIND if clear else _TIED))
            if self.kinds.get(name) == "date" and score < _NEARLY and _rival(by_date, name) > score / 2:
                told[name] = min(told[name], SURE - 0.1)  # never a date by likeness while two compete
        return told

    def _often(self, name: str, said: frozenset[Sense]) -> float:
        """How much likelier a field is than others: by how many names say this, and how many it has."""
        common = math.pow(self._counts[name], 0.15) if name else 1.0
        return common * math.sqrt(1 + self._same[name, said])


def _compared(mine: _Name, other: _Name) -> float:
    """How like one name is to another, from 0 to 1."""
    if mine.senses[-1] == other.senses[-1] and mine.core == other.core:
        return _SAME if mine.weights.keys() == other.weights.keys() else _NEARLY
    shared = [
        (weight, other.weights[sense]) for sense, weight in mine.weights.items() if sense in other.weights
    ]
    whole = mine.whole + other.whole - sum(map(min, shared))
    return _SAME * sum(map(max, shared)) / whole


def _first_two(scores: Mapping[str, float]) -> Sequence[tuple[str, float]]:
    return sorted(scores.items(), key=lambda one: -one[1])[:2]


def _rival(first_two: Sequence[tuple[str, float]], name: str) -> float:
    """The best score of the others."""
    return next((score for other, score in first_two if other != name), 0.0)
