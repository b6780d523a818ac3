"""What the words of a heading mean: those that mean the same are one, 复查日期 and 验收时间 say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

Sense = str
"""The first of the words that mean the same; a character that no known word has is its own."""
_JOINED = re.compile(r"以及|及其|及|[与和/、]")


class Lexicon:
    """Words by what they mean. The last word of a heading tells its kind: a date, a person, a phone …"""

    def __init__(
        self,
        same: Iterable[Sequence[str]] = (),
        idle: Iterable[str] = (),
        light: Iterable[str] = (),
        kinds: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """``same`` are lists of words that mean the same, ``idle`` words that mean nothing.

        ``light`` are senses that tell little before other words: 隐患编号 is 编号.
        ``kinds`` tells by kind the words at the end of a heading that make it one.
        """
        self._senses = {word: group[0] for group in same for word in group}
        self._senses |= dict.fromkeys(idle, "")
        self.light = frozenset(light)
        words = sorted(self._senses, key=len, reverse=True)
        self._cut = re.compile("|".join([*map(re.escape, words), "."]))
        self._kinds = {sense: kind for kind, senses in (kinds or {}).items() for sense in senses}

    def senses(self, text: str) -> tuple[Sense, ...]:
        """Return what the words of a heading mean, in order, without those that mean nothing."""
        words = [found[0] for found in self._cut.finditer(text)]
        found = [sense for word in words if (sense := self._senses.get(word, word))]
        if len(found) > 1 and self._kinds.get(found[-1]) == self._kinds.get(found[-2]) == "person":
            found.pop()  # 负责人姓名 is 负责人
        kinds = [self._kinds.get(sense, "") for sense in found]
        if kinds[-2:] == ["date", ""]:
            found.append(found.pop(-2))  # 完成时间要求 is a date
        return tuple(dict.fromkeys(reversed(found)))[::-1]

    def knows(self, sense: Sense) -> bool:
        """Whether a sense is that of a known word, and no strange character."""
        return sense in self._senses

    def kind(self, senses: Sequence[Sense]) -> str:
        """Return the kind of column that senses end in; '' where the last word tells none."""
        return self._kinds.get(senses[-1], "") if senses else ""

    def first_of(self, text: str) -> str:
        """Return what a heading asks for first: 责任人及联系电话 asks for the person."""
        first, *others = _JOINED.split(text)
        if len(first) > 1 and others and self.kind(self.senses(others[-1])) == "phone":
            return first
        return text
