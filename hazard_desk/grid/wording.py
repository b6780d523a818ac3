"""How surely a heading stands for a field: by the names that are known, else by what its words mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hazard_desk.grid.headings import IDLE, Names, Vocabulary, bare, normal
from hazard_desk.grid.likeness import ASIDE, SURE, Likeness
from hazard_desk.grid.senses import Lexicon, Sense

_SYNONYM, _LAST, _NEXT = 0.99, 0.015, 0.01
"""Certainty of a synonym, what the last one of a field lacks of it, and one that another field has before."""
_LONGEST = 30
"""Characters of a heading that is compared; one that no list has holds no digits either."""
_MOST_KEPT = 5_000
_DIGITS = re.compile(r"\d{2}")
_YES_OR_NO = re.compile(r"[（(\[【]\s*(是|有|已)\s*[/／、或,，]?\s*(否|无|未)\s*[）)\]】]")
_AND = re.compile(r"及|和|与|[/、+＋&]")
_NOTE = re.compile(r"[（(\[【].*?[）)\]】]")
_CHECKING = ("检查单位", "排查单位", "督查单位", "检查部门")
"""Who checks, where a person is named with it: alone it may be who was checked."""
_VAGUE = ("情况", "结果", "状态")
_BARE_KINDS = ("date", "person", "phone")


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
        self._synonyms: dict[str, dict[str, float]] = {}
        for name, told in synonyms.items():
            ranked = list(told)
            for place, one in enumerate(ranked):
                for form in (normal(one), bare(one)):
                    certainty = _SYNONYM - _LAST * place / len(ranked)
                    self._synonyms.setdefault(form, {}).setdefault(name, certainty)
        known_aside = list(aside)
        self._aside = {form for one in known_aside for form in (normal(one), bare(one))}
        names = {
            name: [self._senses(one) for told in (declared, synonyms) for one in told.get(name, ())]
            for name in kinds
        }
        taken = {senses for told in names.values() for senses in told}
        kept = [senses for one in known_aside if (senses := self._senses(one)) not in taken]
        self._likeness = Likeness(names | {ASIDE: kept}, kinds, self.lexicon)
        self._scores: dict[str, dict[str, float]] = {}
        self.ways.append(self._likely)

    def scores(self, text: str) -> Mapping[str, float]:
        """Return how surely (0 to 1) a heading stands for each field; '' is for being kept aside."""
        if text not in self._scores:
            if len(self._scores) > _MOST_KEPT:
                self._scores.clear()
            self._scores[text] = self._exactly(text) or self._alike(text)
        return self._scores[text]

    def beside(self, left: str, text: str) -> str:
        """Return what a bare 日期 or 电话 is called as its left neighbour tells; '' if it is not bare."""
        senses = self._senses(text)
        if len(senses) != 1 or self.lexicon.kind(senses) not in _BARE_KINDS:
            return ""
        before = self._senses(left)
        kind = self.lexicon.kind(before)
        whose = kind == "person" and self.lexicon.kind(senses) == "phone"
        if not whose and (kind in _BARE_KINDS or before[-1:] in {(vague,) for vague in _VAGUE}):
            before = before[:-1]
        return "".join((*before, *senses))

    def joined(self, text: str) -> tuple[str, str]:
        """Return the unit and the person that a heading asks for together: 责任部门及责任人; '' for none."""
        parts = _AND.split(_NOTE.sub("", text))
        if len(parts) != 2 or self._exactly(text) or any(normal(part) in _CHECKING for part in parts):
            return "", ""
        found: dict[str, str] = {}
        for part in parts:
            told = self.scores(part)
            best = max(told, key=told.__getitem__, default=ASIDE)
            if best and told[best] >= SURE:
                found["person" if self.kinds[best] == "person" else self.kinds[best]] = best
        whose = found.get("unit") or found.get("office") or ""
        return (whose, found["person"]) if whose and "person" in found else ("", "")

    def _likely(self, text: str) -> list[str]:
        found = self.scores(text)
        best = max(found, key=found.__getitem__, default=ASIDE)
        return [best] if best and found[best] >= SURE else []

    def _exactly(self, text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        declared, _ = self.known
        for form in (normal(text), bare(text)):
            found |= dict.fromkeys(declared.get(form, ()), 1.0)
        for form in (normal(text), bare(text)):
            for name, certainty in self._synonyms.get(form, {}).items():
                found.setdefault(name, certainty - _NEXT * bool(found))
        if not found and {normal(text), bare(text)} & self._aside:
            return {ASIDE: 1.0}
        return found

    def _alike(self, text: str) -> dict[str, float]:
        if len(text) > _LONGEST or _DIGITS.search(text) or normal(text) in IDLE:
            return {}
        return self._likeness.scores(self._senses(text))

    def _senses(self, text: str) -> tuple[Sense, ...]:
        first = self.lexicon.first_of(text)
        senses = self.lexicon.senses(bare(first) or normal(first))
        if _YES_OR_NO.search(text) and "是否" not in senses:
            return ("是否", *(sense for sense in senses if sense not in _VAGUE))
        return senses
