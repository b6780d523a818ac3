"""一句话登记: what the clerk writes in one line is understood piece by piece; nothing of it is lost.

红星超市 一般 安全出口堵塞 王秀 当场整改. Every piece goes to a field; what no field takes is the description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from hazard_desk.capture import marks
from hazard_desk.capture.firms import FirmFound, firm_inside, firm_named
from hazard_desk.capture.known import About, KnownFirm, KnownThings, keys
from hazard_desk.capture.told import CHECKS, HAZARDS, Certainty, FieldFact, Sentence, SentencePiece
from hazard_desk.rules.fields import Value
from hazard_desk.rules.identifiers import person
from hazard_desk.rules.states import INSPECTED

_MARK = re.compile(r"[\s，,；;。！!？?、]")
_WORD = re.compile(r"[^\s，,；;。！!？?、]+")
_BOOKS = {"检查": CHECKS, "隐患": HAZARDS}
_ADDS = ("新增", "登记", "")
_SURE_PART = 3
"""Characters of a name from which a word is taken for an enterprise before anything else is tried."""
_ONE = (About.RESPONSIBLE, About.LEADER)
"""The parts that one person has."""


def read_sentence(text: str, known: KnownThings, today: date) -> Sentence:
    """Return what ``text`` says, understood against what is ``known``. Any text is lawful."""
    reading = _Reading(text, known, today)
    reading.read()
    return Sentence(reading.book, tuple(reading.pieces()), reading.facts)


_Role = tuple[int, int, About]


class _Named(NamedTuple):
    """Where a name stands, and the word that gave it its part: 检查人."""

    start: int
    end: int
    role: _Role | None = None


@dataclass
class _Reading:
    """The work on one sentence: which span of it is about what, and what is left."""

    text: str
    known: KnownThings
    today: date
    book: str = HAZARDS
    firm: KnownFirm | None = None
    facts: dict[About, FieldFact] = field(default_factory=dict)
    spans: dict[tuple[int, int], About] = field(default_factory=dict)
    left: list[tuple[int, int]] = field(default_factory=list)
    people: list[_Named] = field(default_factory=list)
    role: _Role | None = None
    """The word that says in which part the names after it stand: 检查人 王秀."""
    followed: bool = False
    """Whether a name did follow."""

    def read(self) -> None:
        """Go through the words, the plain ones first."""
        words = [match.span() for match in _WORD.finditer(self.text)]
        day = next((word for word in words if self._whole_day(*word)), None)
        for place, (start, end) in enumerate(word for word in words if word != day):
            self._word(start, end, first=not place)
        self._expect(None)
        self._firm_of_the_rest()
        self._people_of_the_rest()
        self._settle_people()
        self._give_back()
        self._describe()

    def pieces(self) -> Iterable[SentencePiece]:
        """Return the whole sentence, cut where another thing begins."""
        at = 0
        for (start, end), about in sorted(self.spans.items()):
            if at < start:
                yield SentencePiece(self.text[at:start])
            yield SentencePiece(self.text[start:end], about)
            at = end
        if at < len(self.text):
            yield SentencePiece(self.text[at:])

    # Words that say by themselves what they are

    def _whole_day(self, start: int, end: int) -> bool:
        word = self.text[start:end]
        found = marks.day_at_head(word, self.today, whole=True)
        if found is None or About.DAY in self.facts or found[0] > self.today:
            return False
        plain, after = marks.is_plain_day(word), _MARK.sub("", self.text[end:])
        if plain and after.startswith(marks.MEASURES):
            return False
        amid = plain and start > 0 and bool(after)
        doubt = "也可能是一个数" if amid else ""
        self._take(start, end, About.DAY, found[0], doubt)
        return True

    def _word(self, start: int, end: int, first: bool = False, alone: bool = True) -> None:
        """Take what stands at the head of a word, then the rest of it; what nobody takes is left."""
        if start >= end:
            return
        word = self.text[start:end]
        taken = self._begins(start, word) if first else 0
        taken = taken or self._named_after_role(start, word, alone) or self._plain(start, word, alone)
        taken = taken or self._head(start, word) or self._by_people(start, word, alone)
        if taken:
            self._word(start + taken, end, first=first and self._opened, alone=False)
        elif (span := marks.at_once_in(word)) and span[2]:
            self.left.append((start, end))
            why = "写的是要求，已经整改好的才勾选"
            self.facts.setdefault(About.AT_ONCE, FieldFact(True, Certainty.UNSURE, why))
        elif span:
            self._word(start, start + span[0], alone=False)
            self._take(start + span[0], start + span[1], About.AT_ONCE, True)
            self._word(start + span[1], end, alone=False)
        else:
            self.left.append((start, end))

    @property
    def _opened(self) -> bool:
        """Whether nothing but a book or a day was told so far: what comes is still the beginning."""
        return set(self.facts) <= {About.BOOK, About.DAY}

    def _begins(self, start: int, word: str) -> int:
        """检查红星超市, 新增隐患: which form it is."""
        for add in _ADDS:
            for said, book in _BOOKS.items():
                rest = word.removeprefix(add + said)
                if rest == word or About.BOOK in self.facts:
                    continue
                if not rest or firm_named(rest, self.known.firms, alone=False):
                    self.book = book
                    self._take(start, start + len(word) - len(rest), About.BOOK, book)
                    return len(word) - len(rest)
        return 0

    def _plain(self, start: int, word: str, alone: bool) -> int:
        """A whole word that is a grade, a source, a sector, a kind of check, a deadline, a place …"""
        if not alone:
            return 0
        about, value, why = self._meaning(word)
        if about is None or self._told_before(about, value, word):
            return 0
        if about is About.KIND and word.endswith("检查"):
            self.book = CHECKS
        self._take(start, start + len(word), about, value, why)
        return len(word)

    def _told_before(self, about: About, value: Value, word: str) -> bool:
        """Whether this was told already; where it was told otherwise one cannot be sure of either."""
        told = self.facts.get(about)
        if told is not None and told.value != value:
            self.facts[about] = replace(told, certainty=Certainty.UNSURE, why=f"还写了“{word}”")
        return told is not None

    def _meaning(self, word: str) -> tuple[About | None, Value, str]:
        if marks.AT_ONCE.fullmatch(word) and word not in ("立即整改", "立即改正"):
            return About.AT_ONCE, True, "" if "已" not in word[:1] else "没有写明是当场整改"
        if level := marks.level_of(word):
            return About.LEVEL, level[0], ""
        if self.book == HAZARDS and (source := marks.source_of(word)):
            return About.SOURCE, source, ""
        kinds, sectors = (self.known.choices.get(about, {}) for about in (About.KIND, About.SECTOR))
        kind = kinds.get(word.removesuffix("检查"))
        if kind and (word.endswith("检查") or self.book == CHECKS):
            return About.KIND, kind, ""
        if sector := sectors.get(word):
            return About.SECTOR, sector, ""
        if marks.TIMES.fullmatch(word):
            return About.TIMES, word, ""
        if day := self._deadline(word):
            return About.DEADLINE, day[0], day[1]
        if self.book == HAZARDS and (found := self.known.criteria_named(word)):
            others = "、".join(found[1:3])
            return About.CRITERION, found[0], f"也可能是{others}" if others else ""
        place = word in self.known.places or marks.is_place(word)
        return (About.PLACE, word, "") if place else (None, None, "")

    def _deadline(self, word: str) -> tuple[date, str] | None:
        if self.book != HAZARDS:
            return None
        told = self.facts.get(About.DAY)
        found = told.value if told and isinstance(told.value, date) else self.today
        if day := marks.deadline_said(word, self.today, found):
            return day, ""
        ahead = marks.day_at_head(word, self.today, whole=True)
        if ahead and ahead[0] > self.today:
            return ahead[0], "晚于今天，按整改时限"
        return None

    def _head(self, start: int, word: str) -> int:
        """A day, a grade or an enterprise at the head of a longer word."""
        day = marks.day_at_head(word, self.today, whole=False)
        if day and About.DAY not in self.facts and day[0] <= self.today:
            self._take(start, start + day[1], About.DAY, day[0])
            return day[1]
        level = marks.level_of(word, head=True)
        if level and About.LEVEL not in self.facts:
            self._take(start, start + level[1], About.LEVEL, level[0])
            return level[1]
        if self.firm is None and self._person_known(word) is None:
            found = firm_named(word, self.known.firms)
            if found and found.length >= _SURE_PART and not word.isascii():
                self._take_firm(start, found)
                return found.length
        return 0

    # People

    def _named_after_role(self, start: int, word: str, alone: bool) -> int:
        role = marks.role_in(word) if alone else None
        if role and (not role[1] or self._is_name(role[1])):
            about, name = role
            at = start + len(word) - len(name)
            self._expect((start, at, about))
            if name:
                self._follow(at, start + len(word))
            return len(word)
        if alone and self.role and self._is_name(word):
            self._follow(start, start + len(word))
            return len(word)
        self._expect(None)
        return 0

    def _expect(self, role: _Role | None) -> None:
        """Names in this part may follow; a word that said so and was followed by none is a plain word."""
        if self.role and not self.followed:
            self.left.append(self.role[:2])
        self.role, self.followed = role, False

    def _follow(self, start: int, end: int) -> None:
        if self.role:
            self.spans[self.role[:2]] = self.role[2]
            self.people.append(_Named(start, end, self.role))
            self.followed = True

    def _by_people(self, start: int, word: str, alone: bool) -> int:
        if alone and self._person_known(word):
            self.people.append(_Named(start, start + len(word)))
            return len(word)
        return 0

    def _is_name(self, word: str) -> bool:
        return self._person_known(word) is not None or marks.looks_like_person(word)

    def _person_known(self, word: str) -> str | None:
        return word if person(word) in self.known.people else None

    def _settle_people(self) -> None:
        """Give each name its part, by what it is known for."""
        roles: set[_Role] = set()
        for start, end, role in sorted(self.people, key=lambda named: named.start):
            name = self.text[start:end]
            about, certainty, why = self._told_part(role[2]) if role else self._part_of(name)
            if role and role not in roles:
                roles.add(role)
                self.spans[role[:2]] = about
            if about in _ONE and about in self.facts:
                about, certainty, why = About.INSPECTORS, Certainty.UNSURE, f"前面已有一位，“{name}”请核对"
            self.spans[start, end] = about
            if about in _ONE:
                self.facts[about] = FieldFact(name, certainty, why)
                continue
            old = self.facts.get(about)
            names = [*old.value, name] if old and isinstance(old.value, list) else [name]
            if old and old.certainty is Certainty.UNSURE:
                certainty, why = old.certainty, old.why
            self.facts[about] = FieldFact(names, certainty, why)

    def _told_part(self, role: About) -> tuple[About, Certainty, str]:
        if self.book == HAZARDS and role is About.LEADER:
            return About.INSPECTORS, Certainty.TOLD, ""
        if role is About.RECTIFIED_BY and About.AT_ONCE not in self.facts:
            return About.RESPONSIBLE, Certainty.TOLD, ""
        return role, Certainty.TOLD, ""

    def _part_of(self, name: str) -> tuple[About, Certainty, str]:
        key, known = person(name), self.known
        checks = key in known.inspectors
        if self.book == CHECKS:
            if key in known.leaders and not checks:
                return About.LEADER, Certainty.INFERRED, "领导小组成员"
            sure = Certainty.INFERRED if checks else Certainty.UNSURE
            return About.INSPECTORS, sure, "以前的检查人" if checks else "以前没有这位检查人"
        of_firm = self.firm is not None and key in keys(self.firm.people)
        if checks or (key in known.leaders and not of_firm):
            sure = Certainty.UNSURE if of_firm else Certainty.INFERRED
            why = "也是该单位的人员" if of_firm else "以前的检查人" if checks else "领导小组成员"
            return About.INSPECTORS, sure, why
        if of_firm or key in known.responsible:
            return About.RESPONSIBLE, Certainty.INFERRED, "该单位的人员" if of_firm else "以前的整改责任人"
        return About.RESPONSIBLE, Certainty.UNSURE, "台账里没有这个人，也可能是检查人"

    # What is left

    def _firm_of_the_rest(self) -> None:
        """An enterprise named by two characters or initials; else a word that is called as units are."""
        whole = [span for span in self.left if self._is_alone(*span)]
        for start, end in whole if self.firm is None else ():
            found = firm_named(self.text[start:end], self.known.firms)
            if found and found.length == end - start:
                self.left.remove((start, end))
                self._take_firm(start, found)
                return
        inside = (firm_inside(self.text[a:b], self.known.firms) for a, b in self.left)
        if self.firm is None and (firm := next(filter(None, inside), None)):
            self.firm = firm
            self.facts[About.UNIT] = FieldFact(firm.name, Certainty.UNSURE, "写在句子中间")
        enough = 1 if self.book == CHECKS else 2
        if self.firm is None and len(self.left) >= enough and whole[:1] == self.left[:1]:
            start, end = self.left[0]
            if marks.UNIT_ENDS.fullmatch(self.text[start:end]):
                self.left.pop(0)
                self._take(start, end, About.UNIT, self.text[start:end], "监管对象台账里没有这个名称")

    def _people_of_the_rest(self) -> None:
        """Names that nobody knows, at the end or beside a name that is known."""
        named = {place for one in self.people for place in (one.start, one.end)}
        last = True
        for start, end in reversed(self.left[:]):
            beside = bool(named & {start - 1, end + 1})
            lawful = len(self.left) > 1 or self.book == CHECKS
            may = self._is_alone(start, end) and marks.looks_like_person(self.text[start:end])
            if may and lawful and (last or beside):
                self.left.remove((start, end))
                self.people.append(_Named(start, end))
            else:
                last = False

    def _give_back(self) -> None:
        """What the form has no field for is a plain word again."""
        asked = self.known.asks.get(self.book, frozenset())
        self.facts = {about: fact for about, fact in self.facts.items() if about in asked}
        for span, about in list(self.spans.items()):
            if about not in asked:
                del self.spans[span]
                self.left.append(span)

    def _describe(self) -> None:
        """All that is left is the description, in its order and with its own marks."""
        text, before = "", 0
        for start, end in sorted(self.left):
            text += (self._joint(before, start) if text else "") + self.text[start:end]
            before = end
            self.spans[start, end] = About.TEXT
        if text:
            self.facts[About.TEXT] = FieldFact(text)
        place = "" if About.PLACE in self.facts or self.book != HAZARDS else self._place(text)
        if place:
            self.facts[About.PLACE] = FieldFact(place, Certainty.UNSURE, "取自描述的开头")
        self._infer()

    def _joint(self, end: int, start: int) -> str:
        """What stands in the description between two words: the clerk's own mark, else a comma."""
        between = self.text[end:start]
        if _MARK.sub("", between) or not between:
            return "，" if between else ""
        latin = self.text[end - 1].isascii() or self.text[start].isascii()
        return between.strip() or (" " if latin else "，")

    def _place(self, text: str) -> str:
        known = [place for place in self.known.places if len(place) > 1 and text.startswith(place)]
        return max(known, key=len, default="") or marks.place_at_head(text)

    def _infer(self) -> None:
        """What follows from the rest."""
        if self.facts:
            self.facts.setdefault(About.DAY, FieldFact(self.today, Certainty.INFERRED, "没有写日期，按今天"))
        if self.firm is not None and self.firm.sector and self.book == HAZARDS:
            inferred = FieldFact(self.firm.sector, Certainty.INFERRED, "监管对象台账")
            self.facts.setdefault(About.SECTOR, inferred)
        responsible = self.facts.get(About.RESPONSIBLE)
        if About.AT_ONCE in self.facts and responsible and self.book == HAZARDS:
            sure = max(responsible.certainty, Certainty.INFERRED, key=list(Certainty).index)
            by = FieldFact([str(responsible.value)], sure, "按整改责任人")
            self.facts.setdefault(About.RECTIFIED_BY, by)
        inspectors = self.facts.get(About.INSPECTORS)
        if self.book == HAZARDS and inspectors and inspectors.certainty is not Certainty.UNSURE:
            self.facts.setdefault(About.SOURCE, FieldFact(INSPECTED, Certainty.INFERRED, "写了检查人"))

    def _is_alone(self, start: int, end: int) -> bool:
        before, after = self.text[:start][-1:], self.text[end:][:1]
        return not _MARK.sub("", before + after)

    def _take_firm(self, start: int, found: FirmFound) -> None:
        self.firm = found.firm
        self._take(start, start + found.length, About.UNIT, found.firm.name, found.why)

    def _take(self, start: int, end: int, about: About, value: Value, doubt: str = "") -> None:
        self.spans[start, end] = about
        self.facts[about] = FieldFact(value, Certainty.UNSURE if doubt else Certainty.TOLD, doubt)
