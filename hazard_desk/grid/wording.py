"""How surely a heading stands for a field: by the names that are known, and by what its words mean."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from hazard_desk.grid.headings import IDLE, Names, Vocabulary, bare, normal
from hazard_desk.grid.senses import Lexicon, Sense

ASIDE = ""
"""The field of what is known to be kept aside."""
SURE = 0.6
"""The certainty from which a column is filled without asking: measured, see tests/grid/test_wording.py."""
_SAME = 0.95
"""Certainty of a heading whose words mean the same as those of a known name."""
_NEARLY = 0.85
"""The same, but for words that tell little."""
_NEXT = 0.97
"""Certainty of a synonym that several fields share, for those after the first; of the first it is 0.99."""
_HEAD, _STRANGE, _LIGHT = 1.6, 1.3, 0.35
"""Weights of the last word, of a character without a known word, of a word that tells little."""
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
_CLOSE, _TIED, _BEHIND = 4, 0.5, 0.1
_LONGEST = 30
_YES_OR_NO = re.compile(r"[（(\[【]\s*(是|有|已)\s*[/／、或,，]?\s*(否|无|未)\s*[）)\]】]")


class Wording(Vocabulary):
    """What the columns of a ledger are called, and which field an unknown heading is likely to stand for."""

    def __init__(
        self,
        kinds: Mapping[str, str],
        declared: Names,
        synonyms: Names,
        aside: Iterable[str] = (),
        lexicon: Lexicon | None = None,
    ) -> None:
        """``kinds`` tells the kind of each field, '' for any; ``aside`` what is never taken in."""
        super().__init__(declared, synonyms)
        self.kinds, self.lexicon = kinds, lexicon or Lexicon()
        self._aside = {form for one in aside for form in (normal(one), bare(one))}
        self._names: dict[str, Counter[tuple[Sense, ...]]] = {}
        for names in (declared, synonyms):
            for name, called in names.items():
                self._names.setdefault(name, Counter()).update(map(self._senses, called))
        taken = {senses for told in self._names.values() for senses in told}
        self._names[ASIDE] = Counter(senses for one in aside if (senses := self._senses(one)) not in taken)
        self._weights = self._weigh()
        self._scores: dict[str, dict[str, float]] = {}
        self.ways.append(self._likely)

    def scores(self, text: str) -> dict[str, float]:
        """Return how surely (0 to 1) a heading stands for each field; '' is for being kept aside."""
        if text not in self._scores:
            self._scores[text] = self._exactly(text) or self._alike(text)
        return self._scores[text]

    def beside(self, left: str, text: str) -> str:
        """Return what a bare 日期 or 电话 is called as its neighbour tells; '' if it is not bare."""
        senses = self._senses(text)
        if len(senses) != 1 or self.lexicon.kind(senses) not in ("date", "person", "phone"):
            return ""
        before = self._senses(left)
        kind = self.lexicon.kind(before)
        whose = (
            before[:-1]
            if kind in ("date", "person", "phone") or before[-1:] in (("情况",), ("结果",))
            else before
        )
        return "".join(
            (*(before if kind == "person" and self.lexicon.kind(senses) == "phone" else whose), *senses)
        )

    def _likely(self, text: str) -> list[str]:
        found = self.scores(text)
        best = max(found, key=found.__getitem__, default=ASIDE)
        return [best] if best and found[best] >= SURE else []

    def _exactly(self, text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for known, certainty in zip(self.known, (1.0, 0.99), strict=True):
            for form in (normal(text), bare(text)):
                for name in known.get(form, ()):
                    found.setdefault(name, _NEXT if found else certainty)
        if not found and {normal(text), bare(text)} & self._aside:
            return {ASIDE: 1.0}
        return found

    def _senses(self, text: str) -> tuple[Sense, ...]:
        senses = self.lexicon.senses(self.lexicon.first_of(bare(text) or normal(text)))
        if _YES_OR_NO.search(text) and "是否" not in senses:
            return ("是否", *(sense for sense in senses if sense not in ("情况", "结果", "状态")))
        return senses

    def _weigh(self) -> dict[Sense, float]:
        """Words that few fields have tell more."""
        having = Counter(
            sense for told in self._names.values() for sense in {one for name in told for one in name}
        )
        most = max(len(self.kinds), 2)
        return {sense: 1 + math.log(most / count) / math.log(most) for sense, count in having.items()}

    def _weighed(self, senses: Sequence[Sense]) -> dict[Sense, float]:
        found: dict[Sense, float] = {}
        for place, sense in enumerate(senses):
            weight = self._weights.get(sense, 2)
            if place == len(senses) - 1:
                weight *= _HEAD
            elif sense in self.lexicon.light:
                weight *= _LIGHT
            if not self.lexicon.knows(sense):
                weight *= _STRANGE
            found[sense] = max(found.get(sense, 0), weight)
        return found

    def _alike(self, text: str) -> dict[str, float]:
        senses = self._senses(text)
        if not senses or len(text) > _LONGEST or normal(text) in IDLE:
            return {}
        mine, kind = self._weighed(senses), self.lexicon.kind(senses)
        found: dict[str, float] = {}
        for name, told in self._names.items():
            if self._may(kind, name):
                likeness = max((self._likeness(senses, mine, other) for other in told), default=0)
                if likeness:
                    found[name] = likeness
        return self._against_each_other(found, senses)

    def _likeness(
        self, senses: tuple[Sense, ...], mine: Mapping[Sense, float], other: tuple[Sense, ...]
    ) -> float:
        if not mine.keys() & set(other):
            return 0
        if senses[-1] == other[-1] and self._core(senses) == self._core(other):
            return _SAME if set(senses) == set(other) else _NEARLY
        return _SAME * _overlap(mine, self._weighed(other))

    def _core(self, senses: tuple[Sense, ...]) -> set[Sense]:
        return set(senses[:-1]) - self.lexicon.light

    def _may(self, kind: str, name: str) -> bool:
        """Whether a heading of a kind may fill a field."""
        of_field = self.kinds.get(name, "")
        if name == ASIDE:
            return True
        return of_field in _ALLOWED[kind] if kind in _ALLOWED else of_field not in _ONLY

    def _against_each_other(self, found: Mapping[str, float], senses: tuple[Sense, ...]) -> dict[str, float]:
        """The closer the next field comes, the less sure is each; what offices name often is likelier."""
        told = {}
        for name, score in found.items():
            rivals = {
                other: self._often(other, senses) * score for other, score in found.items() if other != name
            }
            close = min(1, max(rivals.values(), default=0) / (score * self._often(name, senses))) ** _CLOSE
            clear = score >= _NEARLY and all(found[other] < score for other in rivals)
            told[name] = score * (1 - close * (_BEHIND if clear else _TIED))
            dated = [found[other] for other in rivals if self.kinds.get(other) == "date"]
            if self.kinds.get(name) == "date" and score < _NEARLY and max(dated, default=0) > score / 2:
                told[name] = min(told[name], SURE - 0.1)  # never a date by likeness while two compete
        return told

    def _often(self, name: str, senses: tuple[Sense, ...]) -> float:
        """How much likelier a field is than others: by how many names say this, and how many it has."""
        same = sum(count for other, count in self._names[name].items() if set(other) == set(senses))
        return math.sqrt(1 + same) * (math.pow(len(self._names[name]), 0.15) if name else 1.0)


def _overlap(mine: Mapping[Sense, float], other: Mapping[Sense, float]) -> float:
    common = sum(max(weight, other[sense]) for sense, weight in mine.items() if sense in other)
    whole = sum(max(mine.get(sense, 0), other.get(sense, 0)) for sense in mine.keys() | other.keys())
    return common / whole
