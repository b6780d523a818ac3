"""What a label of somebody else's statistic asks for: a ledger, which of its records, and how they count.

A label is read word by word; a word that nobody knows may narrow what is asked, so a label with one is
never sure. What stands around it (the group at the left, the heading above) narrows it; what a label leaves
open (其中：已整改) is taken from the label before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hazard_desk.books.activities import Activities
from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import Checks
from hazard_desk.books.enterprises import Enterprise, Enterprises
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.rewards import Rewards
from hazard_desk.books.tips import Tips
from hazard_desk.figures.asked.figure import OF_FIRM, AskedFigure
from hazard_desk.figures.asked.words import (
    LAST_EVENTS,
    LabelWords,
    complete_words,
    figure_of,
    joined_words,
    take_word,
)
from hazard_desk.figures.progress.groups import PLACES
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.grid.headings import normal
from hazard_desk.grid.likeness import SURE
from hazard_desk.library.figure_words import Meanings, figure_words
from hazard_desk.library.headings import wording
from hazard_desk.library.progress_forms import Item, bundled_progress_forms
from hazard_desk.rules.fields import Field, Kind, by_name
from hazard_desk.rules.states import MAJOR
from hazard_desk.store.columns import name_of, names_of

_OWN, _GROUPS, _BEFORE, _TITLE, _HALF = 0.95, 0.9, 0.8, 0.7, SURE - 0.05
"""Certainty of a label that says all, that its groups, the one before or the title complete; and else."""
_NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|[①-⑳]|[（(]\d+[）)])\s*")
_MARKS = re.compile(r"[^\w%√]|_")
_SECTION = re.compile(r"(?:情况|工作|方面|行动|部分|阶段)\s*$|^\s*[一二三四五六七八九十]+、")
_NUMBER = re.compile(r"数(?!据|字化)|率|总[计量]|合\s*计|金额|资金|罚款|次$")
_PROSE = re.compile(r"(?:情况|内容|描述|措施|说明|备注|结果|原因|结论|意见|依据|名称|人员|日期|时间)\s*$")
"""How labels end beside which words are to stand."""
_OFFICE = re.compile("应急|安[监委办]|人民政府|政府")
_PLACED = {
    *PLACES,
    *map(OF_FIRM.__add__, names_of(Enterprise.village, Enterprise.name, Enterprise.category)),
}
_LEVEL = name_of(Hazard.level)
_MONTH = re.compile(r"(1[0-2]|0?[1-9])月份?数?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度?数?")
_UNITS = "个|项|条|处|起|件|宗|次|家|户|人|名|场|份|期|万元|元|%|％|[家人场个户]次"
_WITH_UNIT = re.compile(rf"[（(\[【](?:单位[:：])?(?:{_UNITS})(?:[、,，/].{{1,3}})?[）)\]】]|^(?:{_UNITS})$")
_OF_WHICH = re.compile(r"^\s*其中")
_LEDGERS = (Hazards.id, Checks.id, Enterprises.id, Rewards.id, Activities.id, Tips.id)
_OFFERED = 3
_NOTHING: Meanings = ()
_OTHERS = "其他"


@dataclass(frozen=True)
class LabelRead:
    """How a label is understood: surely from ``SURE`` on; the offers are ids of indicators, best first."""

    asked: AskedFigure | None
    certainty: float = 0.0
    offers: tuple[str, ...] = ()
    doubtful: str = ""
    """The label that is not understood."""
    said: bool = False
    """Whether the clerk said what it means."""

    @property
    def sure(self) -> bool:
        return self.asked is not None and self.certainty >= SURE


class LabelReader:
    """Reads labels with the words of the desk: those declared as data, and the choices of its ledgers."""

    def __init__(self, books: Books) -> None:
        words = figure_words()
        self._words = {ledger: _words_of(books, ledger, words.ledgers.get(ledger, {})) for ledger in _LEDGERS}
        self._any = {**words.any, **dict.fromkeys(words.idle, _NOTHING)}
        self._cuts = {
            ledger: re.compile(
                "|".join([*sorted(map(re.escape, {**own, **self._any}), key=len, reverse=True), "."])
            )
            for ledger, own in self._words.items()
        }
        self._items = _items()
        self._kept: dict[tuple[str, str], LabelWords] = {}
        self._ours = _own_names(books)
        self._firms = frozenset(map(normal, books.enterprises.names()))
        fields = tuple(Field(one.id, one.title, Kind.NUMBER, unit=one.unit) for one in INDICATORS.values())
        names = {
            id: [label for label, item in self._items.items() if item.indicator == id] for id in INDICATORS
        }
        self._alike = wording(fields, names, ())

    def read(
        self,
        own: Sequence[str],
        groups: Sequence[str] = (),
        before: Sequence[str] = (),
        title: str = "",
        counting: bool = True,
    ) -> LabelRead:
        """Return what a cell asks for.

        ``own`` are the labels next to it, ``groups`` what stands around those, nearest first; ``before`` the
        labels that come before its own, nearest first; ``title`` is what the whole form is called. Where
        the form is not one for ``counting`` a label must say that a number is wanted: by a unit, by 数.
        """
        number = any(_NUMBER.search(text) for text in (*own, *groups)) or self._has_unit([*own, *groups])
        prose = any(_PROSE.search(text) for text in own)
        for text in own:
            if (item := self._items.get(_plain(text))) and self._rest_is_idle(own, text, groups):
                sure = 1.0 if number or counting else _HALF
                offers = tuple(item.indicators.values())
                return LabelRead(AskedFigure(item=item, span=self._span(own)), sure, offers, text)
        found = [read for ledger in _LEDGERS if (read := self._of(ledger, own, groups, before, title))]
        if not number and (prose or not counting):
            found = [(asked, min(certainty, _HALF)) for asked, certainty in found]
        best = max((certainty for _, certainty in found), default=0.0)
        first = [asked for asked, certainty in found if certainty == best]
        about = self._doubtful([asked.ledger for asked in first] or _LEDGERS, [*own, *groups])
        if not first:
            return LabelRead(None, 0.0, self._offers(about), about)
        sure = best if len(first) == 1 else min(best, _HALF)
        return LabelRead(first[0], sure, self._offers(about), about)

    def _doubtful(self, ledgers: Sequence[str], texts: Sequence[str]) -> str:
        """The first of the texts with a word that is not known, else the first."""
        strange = (text for text in texts if all(self._told(one, text).strange for one in ledgers))
        return next(strange, texts[0] if texts else "")

    def says_something(self, text: str) -> bool:
        """Whether a text is wholly made of known words that say something."""
        plain = _plain(text)
        told = [self._told(ledger, text) for ledger in _LEDGERS]
        return plain in self._items or any(not one.strange and one.says for one in told)

    def wants_number(self, text: str) -> bool:
        """Whether a label says that a number is to stand beside it: 检查企业（家）, 隐患数."""
        return bool(_NUMBER.search(text)) or self._has_unit([text])

    def _has_unit(self, texts: Sequence[str]) -> bool:
        return any(_WITH_UNIT.search(text) for text in texts)

    def title_asks(self, ledger: str, title: str) -> AskedFigure:
        """Return which records of a ledger a list of this title holds: 重大事故隐患台账 the major ones."""
        if ledger not in self._words:
            return AskedFigure(ledger)
        told = self._told(ledger, title)
        where = {name: tuple(values) for name, values in told.where.items() if len(values) == 1}
        event = next((one for one in told.events if one not in LAST_EVENTS), "")
        return AskedFigure(ledger, where, event or "found" if ledger == _LEDGERS[0] else "", tuple(told.has))

    def _offers(self, label: str) -> tuple[str, ...]:
        scores = {name: score for name, score in self._alike.scores(label).items() if name and score > 0.2}
        return tuple(sorted(scores, key=lambda name: -scores[name])[:_OFFERED])

    def _rest_is_idle(self, own: Sequence[str], text: str, groups: Sequence[str]) -> bool:
        others = [one for one in own if one is not text]
        placed = any(_PLACED & self._told(Hazards.id, one).where.keys() for one in groups)
        return all(self._is_idle(one) for one in others) and not placed

    def _is_idle(self, text: str) -> bool:
        told = self._told(Hazards.id, text)
        return not told.strange and not told.says

    def _span(self, own: Sequence[str]) -> str:
        return next((span for text in own for span in self._told(Hazards.id, text).spans), "")

    def _told(self, ledger: str, text: str) -> LabelWords:
        """What the words of a text say for a ledger; not to be changed, for it is kept."""
        if (ledger, text) not in self._kept:
            self._kept[ledger, text] = self._cut(ledger, text)
        return self._kept[ledger, text]

    def _cut(self, ledger: str, text: str) -> LabelWords:
        told = LabelWords()
        if normal(text) in self._ours:
            return told
        if normal(text) in self._firms:
            told.where[("" if ledger == Enterprises.id else OF_FIRM) + name_of(Enterprise.name)] = {text}
            return told
        plain = _plain(text)
        if period := _period(plain):
            told.spans.append(period)
            return told
        told.letters = len(plain)
        own = self._words[ledger]
        if plain == _OTHERS and plain not in own:
            told.strange = len(plain)
        for match in self._cuts[ledger].finditer(plain):
            word = match[0]
            meanings = own.get(word, self._any.get(word))
            if word == _OTHERS and plain != _OTHERS:
                meanings = None
            if meanings is None:
                told.strange += len(word)
            for key, value in meanings or ():
                take_word(told, key, value)
        return told

    def _of(
        self, ledger: str, own: Sequence[str], groups: Sequence[str], before: Sequence[str], title: str
    ) -> tuple[AskedFigure, float] | None:
        """What labels ask of a ledger and how surely; None where they do not speak of it."""
        mine = [self._told(ledger, text) for text in own]
        whole, clash = joined_words(mine)
        if not whole.says:
            return None
        certainty = _OWN if whole.noun and not any(_OF_WHICH.match(text) for text in own[:1]) else 0.0
        narrow = bool(clash or whole.strange)
        for text in groups:
            told = self._told(ledger, text)
            if told.strange and not _SECTION.search(text):
                narrow = True
            if told.noun and not whole.noun:
                certainty = certainty or _GROUPS
            narrow = narrow or complete_words(whole, told)
        if not certainty and (earlier := self._before(ledger, own, before)):
            certainty = _BEFORE
            complete_words(whole, earlier, facts_only=True)
        if not certainty and self._is_of(ledger, title):
            certainty = _TITLE
            complete_words(whole, self._told(ledger, title), facts_only=True)
        if not certainty:
            return None
        asked = figure_of(ledger, whole)
        if asked is None:
            return None
        if not narrow and ledger == Hazards.id and not {_LEVEL} & whole.where.keys():
            narrow = self._told(ledger, title).where.get(_LEVEL, set()) == {MAJOR}
        if narrow:
            share = whole.strange / max(1, whole.letters)
            certainty = min(_HALF, certainty * (1 - share))
        return asked, round(certainty, 3)

    def _is_of(self, ledger: str, title: str) -> bool:
        """Whether a title names what one ledger keeps, and no other."""
        named = [one for one in _LEDGERS if self._told(one, title).noun]
        return named == [ledger]

    def _before(self, ledger: str, own: Sequence[str], before: Sequence[str]) -> LabelWords | None:
        """What the nearest label before says that names what it counts; None where that is another ledger.

        None too where several were named and the label does not come again for each: it may be of all.
        """
        named = {
            str(sorted(told.where.items()))
            for text in before
            if (told := self._told(ledger, text)).noun and not told.strange
        }
        repeated = {_plain(text) for text in own} & {_plain(text) for text in before}
        if len(named) > 1 and not repeated and not any(_OF_WHICH.match(text) for text in own):
            return None
        for text in before:
            told = self._told(ledger, text)
            if told.noun and not told.strange:
                return told
            others = (self._told(other, text) for other in _LEDGERS if other != ledger)
            if any(other.noun and not other.strange for other in others):
                return None
        return None


def _plain(text: str) -> str:
    """A label without its number, blanks and marks."""
    text = _NUMBERED.sub("", unicodedata.normalize("NFKC", text))
    return _MARKS.sub("", normal(text))


def _own_names(books: Books) -> frozenset[str]:
    """What the desk's own place may be called: 三星乡应急办, 三星乡人民政府, 三星乡."""
    issuer, office = books.plans.current().issuer, books.office_name
    names = {issuer, office, issuer.removesuffix("人民政府"), *_OFFICE.split(office)[:1]}
    return frozenset(normal(name) for name in names if len(name) > 1)


def _period(plain: str) -> str:
    """The name of the month or quarter that is a label: m6, q2; '' for another label."""
    if found := _MONTH.fullmatch(plain):
        return f"m{int(found[1])}"
    found = _QUARTER.fullmatch(plain)
    return f"q{'一二三四1234'.index(found[1]) % 4 + 1}" if found else ""


def _items() -> dict[str, Item]:
    """The items of the progress forms, and the indicators, by what they are called."""
    found = {_plain(one.title): Item(one.title, one.id) for one in INDICATORS.values()}
    found |= {one.id: Item(one.title, one.id) for one in INDICATORS.values()}
    for form in reversed(bundled_progress_forms().values()):
        found |= {_plain(item.label): item for _, item in form.items()}
    return found


def _words_of(books: Books, ledger: str, words: Mapping[str, Meanings]) -> dict[str, Meanings]:
    """The words of a ledger: those written for it, the choices and yes-or-no fields that it declares.

    What its records do not say themselves their enterprise says: its village, its category.
    """
    found: dict[str, Meanings] = {}
    for one in books.ledger(ledger).fields:
        for choice in one.choices if one.kind is Kind.CHOICE else ():
            if len(choice) > 1:
                implied = (("noun", ""),) if one.name == "kind" and ledger != Checks.id else ()
                found.setdefault(normal(choice), (*implied, (one.name, choice)))
        if one.kind is Kind.BOOL:
            found.setdefault(normal(one.label), ((one.name, "是"),))
    own = {one.name for one in books.ledger(ledger).fields} | {name_of(Enterprise.village)}
    for made in (Enterprise.sector, Enterprise.office, Enterprise.village, Enterprise.category):
        plain = made is not Enterprise.category or ledger == Enterprises.id
        name = name_of(made)
        of_desk = by_name(books.enterprises.fields, name).choices
        choices: Iterable[str] = of_desk or map(str, books.enterprises.used(name))
        for choice in choices:
            if len(choice) > 1:
                told = name if plain and name in own else f"{OF_FIRM}{name}"
                found.setdefault(normal(choice), ((told, choice),))
    return found | dict(words)
