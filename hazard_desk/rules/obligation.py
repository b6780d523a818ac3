"""Who is to do it and to whom: whether a record is by the right person and about the right firms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from hazard_desk.rules.identifiers import same_key

_key = lru_cache(maxsize=1 << 16)(same_key)
_NOT_DONE = re.compile(r"(?:未(?![来成雨])|没有|没能|拒不|拒绝)[^，。；、：:,;()]*$")


def is_about(title: str, word: str) -> bool:
    """Whether a title has a word, or each of several parted by a blank, and does not deny it.

    Blanks and width aside: 两单 两卡培训 is about 两单两卡; 未带队检查 is not about 带队.
    """
    text = _key(title)
    return all(_says(text, _key(part)) for part in word.split())


def _says(text: str, word: str) -> bool:
    return any(not _NOT_DONE.search(text[: at.start()]) for at in re.finditer(re.escape(word), text))


@dataclass(frozen=True)
class Evidence:
    """One record that fulfils a duty: ``on`` is the day of the work, ``belongs`` a day of its period."""

    on: date
    record: str
    """ledger/id."""
    title: str
    belongs: date
    people: frozenset[str] = frozenset()
    """Who did it, as the record names them."""
    about: frozenset[str] = frozenset()
    """The firms, units and villages that it names, each as ``same_key`` has it."""
    closes: int = 0
    """Of a form: the day of the month up to which it counts; 0 for all other records."""

    def covers(self, due: date) -> bool:
        """Whether it reaches the day it is to tell up to: a form up to the 2nd does not tell of the 28th."""
        if not self.closes:
            return True
        return self.belongs >= min(due, due.replace(day=min(self.closes, due.day)))


_POST = re.compile(
    r"(?:(?:中共|人民政府|党委|党工委|党组|政法|常务|副|乡|镇|街道|局|村|支部|分管)*"
    r"(?:书记|乡长|镇长|局长|主任|科长|股长|委员|部长|站长|所长|组长|领导|同志))"
)


def named_in(text: str) -> frozenset[str]:
    """Return the names that stand in a text, parted by 、, commas or semicolons."""
    return frozenset(name for part in re.split(r"[、，,;；\n]", text) if (name := _key(part)))


_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）")
_OTHERS = re.compile(r"(?:等(?:\d+|[一二三四五六七八九十两]+)?[人名位]*|一行)?(?:带队|率队|参加|主持)?$")
_BETWEEN = re.compile(r"[、，,;；:：/／|｜\n]|(?<=\S\S)[和与及](?=\S\S)")


def people_in(text: str) -> frozenset[str]:
    """Return the people that stand in a text as offices part them: 、, a stroke, 和; blanks stay as one."""
    parts = (" ".join(part.split()) for part in _BETWEEN.split(_ASIDE.sub(" ", text)))
    return frozenset({_OTHERS.sub("", part) for part in parts} - {""})


def means(written: str, person: str) -> bool:
    """Whether what a record has written is this person, or names the person among others.

    The post may stand beside it, blanks within or between the names: 乡长谭 华祥, 谭华祥 肖永富.
    """
    words = written.split()
    return any(
        _is("".join(words[first:last]), person)
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
    )


def _is(name: str, person: str) -> bool:
    if name == person:
        return True
    before, found, after = name.partition(person)
    return bool(found) and all(not rest or _POST.fullmatch(rest) for rest in (before, after))


@dataclass(frozen=True)
class Serving:
    """A person, and the days on which the person is the one to do it; None where no day bounds them."""

    person: str
    first: date | None = None
    last: date | None = None
    """The day from which it is no longer so."""

    def on(self, day: date) -> bool:
        """Whether the person serves on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day < self.last)


@dataclass(frozen=True)
class Demand:
    """What one occurrence asks for: by whom, to whom, how often."""

    at_least: int = 1
    """So many records meet it; of each object, where it has objects."""
    who: str = ""
    """In words: 党政主要负责人; '' for anybody."""
    doers: tuple[Serving, ...] = ()
    """Who it may be, where ``who`` is said."""
    whom: str = ""
    """In words: 每家企业; '' where it is done once for all."""
    objects: tuple[str, ...] = ()
    """Each to whom it is to be done, where ``whom`` is said."""
    by_doer: bool = False
    """Whether the objects are those who do it, each for himself."""
    known_as: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By what other names records call an object."""

    def fits(self, one: Evidence) -> bool:
        """Whether one who is to do it did it."""
        if not self.who:
            return True
        there = [service.person for service in self.doers if service.on(one.on)]
        return any(means(name, _key(person)) for name in one.people for person in there)

    def days(self, found: Sequence[Evidence]) -> dict[str, list[date]]:
        """Return the days of the records about each object, in the order in which they come."""
        if self.by_doer:
            return {
                name: [one.on for one in found if any(means(by, _key(name)) for by in one.people)]
                for name in self.objects
            }
        told: dict[str, list[Evidence]] = {}
        for one in found:
            for name in one.about:
                told.setdefault(name, []).append(one)
        if not self.known_as:
            return {name: [one.on for one in told.get(_key(name), ())] for name in self.objects}
        return {name: self._days_of(name, told) for name in self.objects}

    def _days_of(self, name: str, told: Mapping[str, list[Evidence]]) -> list[date]:
        called = (name, *self.known_as.get(name, ()))
        own = {one.record: one.on for other in called for one in told.get(_key(other), ())}
        return sorted(own.values())
