"""A blank form filled: every cell with its value, where that comes from and the records behind it.

What is not surely known stays empty and is told, with a question where there is something to choose from.
"""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.books.submissions import ItemValue
from hazard_desk.errors import Refused
from hazard_desk.figures.asked.counting import CountedFigure, FigureCounter
from hazard_desk.figures.asked.figure import AskedFigure
from hazard_desk.figures.asked.reading import LabelRead, LabelReader
from hazard_desk.figures.progress.groups import places_of
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.rates import percent
from hazard_desk.grid.headings import bare, normal
from hazard_desk.grid.likeness import SURE
from hazard_desk.library.figure_words import figure_words
from hazard_desk.library.progress_forms import Item
from hazard_desk.rules.fields import show_number
from hazard_desk.sheets.filling.answers import LEFT_EMPTY, remembered, texts_of
from hazard_desk.sheets.filling.blank import BlankForm, BlankTable, Written
from hazard_desk.sheets.filling.filled import FilledForm, FormCell
from hazard_desk.sheets.filling.labels import Labels, labels_of
from hazard_desk.sheets.filling.list_filling import ListFiller
from hazard_desk.sheets.filling.opening import open_blank
from hazard_desk.sheets.filling.titles import (
    day_named,
    first_label,
    is_about_one,
    plain_title,
    span_in,
    title_of,
    titles_of,
)
from hazard_desk.sheets.filling.unit_facts import unit_fact
from hazard_desk.sheets.questions import ASIDE, Answers, Asked, Question, ranked

_OF_OFFICE = re.compile("填|制表|报送|上报|统计|截[至止]")
_BY_HAND = re.compile("备注|说明|签[字名章]|审核")
"""Labels of what a person adds: they are told of, and not asked about."""
_COUNTING = 2
"""So many labels with a unit, or with 数, and a table is one for counting."""
_TOTAL = re.compile(r"[合总共]\s*计|总数|合\s*计\s*[（(].*[）)]|全[乡镇县区]合?计?")


def fill_form(
    books: Books,
    file: Path,
    as_of: date | None = None,
    first: date | None = None,
    scope: str = "",
    answers: Answers | None = None,
) -> FilledForm:
    """Return a blank form filled for a day, from ``first`` on where that is named, for one scope.

    Without ``first`` the days are those that the form's title names (月报, 季报, 年报), else from the plan's
    first day on. What was answered for the same form before holds where nothing else is answered. Raises
    ``Refused`` for a file that is no form and for an answer that cannot be understood.
    """
    form = open_blank(file)
    texts = texts_of(form)
    day = as_of or day_named(title_of(form, file), books.today)
    if first and first > day:
        raise Refused("开始日期不能晚于截至日期")
    told = Answers(remembered(books.sheet_mappings, texts)) | (answers or Answers())
    _refuse_scope(books, scope)
    return _Filler(books, form, file, day, first, scope, told, texts).done()


class _Filler:
    """Goes through the tables of a form."""

    def __init__(
        self,
        books: Books,
        form: BlankForm,
        file: Path,
        day: date,
        first: date | None,
        scope: str,
        answers: Answers,
        texts: Sequence[str],
    ) -> None:
        self.books, self.answers, self.first = books, answers, first
        self.reader = LabelReader(books)
        self.counter = FigureCounter(books, day, first, scope)
        self.title = title_of(form, file)
        found = books.enterprises.find(scope) if scope else None
        self._unit = books.enterprises.get(found) if found else None
        self.result = FilledForm(form, file, day, scope, self.title, texts)
        self._asked: Tally[str] = Tally()
        self._offers: dict[str, LabelRead] = {}
        self.lists = ListFiller(books, self.reader, self.counter, answers, self.result)

    def done(self) -> FilledForm:
        """Return the form with all that is known."""
        for number, table in enumerate(self.result.form.tables):
            titles = [*table.grid.above, *titles_of(table), table.grid.title, self.result.file.stem]
            self._plain_title = plain_title(titles)
            self._span = "" if self.first else span_in(titles)
            texts = {text for row in range(len(table.grid.rows)) for text in table.grid.line(row)}
            self._counting = sum(map(self.reader.wants_number, texts)) >= _COUNTING
            self._about_one = is_about_one(titles, [*texts])
            taken = self.lists.fill(number, table, self._plain_title, titles, self._span)
            self._facts_and_figures(number, table, taken)
            self._check_totals(number, table)
        if not self.result.filled and not self.result.unknown:
            raise Refused(
                f"“{self.result.file.name}”里没有找到可以填的空格：没有空白的行，标签旁边也没有空格"
            )
        for label, rows in self.counter.lacking.items():
            self.result.tell(f"{len(rows)}条隐患没有填“{label}”，按{label}统计的格子没有计入")
        self.result.questions = self._questions()
        return self.result

    # Figures

    def _facts_and_figures(self, number: int, table: BlankTable, taken: set[int]) -> None:
        """Fill what labels stand beside or above."""
        told = [row for row in range(len(table.grid.rows)) if table.grid.line(row)]
        last = told[-1] + 1 if told else 0
        for place in sorted(one for one in table.free if one[0] <= last):
            labels = labels_of(table, place) if place[0] not in taken else None
            if labels is None or not labels.own:
                continue
            value = self.answers.beside(labels.label, *labels.own)
            if value is not None:
                self.result.put(number, place, labels.label, value, "自己填写")
            elif not self._fact(number, table, labels):
                self._figure(number, table, labels)

    def _fact(self, number: int, table: BlankTable, labels: Labels) -> bool:
        """Fill what a form asks of a unit, or of the office itself; whether it asks that."""
        label, unit = labels.own[0], self._unit
        if len(labels.own) > 1 and (row := self.books.enterprises.find(label)):
            label, unit = labels.own[1], self.books.enterprises.get(row)
        elif not (labels.beside or len(labels.own) == 1):
            return False
        if unit and (told := unit_fact(self.books, unit, label)):
            self.result.put(number, labels.place, labels.label, told[0], told[1], (told[2],))
            return True
        known = figure_words().office
        name = known.get(normal(label)) or known.get(bare(label), "")
        if not name or (self._about_one and not _OF_OFFICE.match(label)):
            return False
        facts: dict[str, Written] = {"today": self.books.today, "as_of": self.result.as_of}
        facts |= {one: self.books.cabinet.setting(one) for one in ("office", "clerk", "phone")}
        if facts[name]:
            self.result.put(number, labels.place, label, facts[name], f"settings/{name}")
        else:
            self.result.leave(number, labels.place, label, "“设置”里没有填写")
        return True

    def _figure(self, number: int, table: BlankTable, labels: Labels) -> None:
        read = self._read(labels)
        if read is None:
            return
        if not read.sure or read.asked is None or (self._about_one and not read.said):
            if not self._about_one and not _BY_HAND.search(read.doubtful):
                self._asked[read.doubtful] += 1
                self._offers.setdefault(read.doubtful, read)
            self.result.leave(number, labels.place, labels.label, "不能确定填什么")
            return
        asked = read.asked if read.asked.span else replace(read.asked, span=self._span)
        figure = self.counter.count(asked)
        value = _shown(asked, figure, labels.place in table.percents)
        if value is None:
            self.result.leave(number, labels.place, labels.label, figure.note or "没有记录，算不出来")
            return
        self.result.put(number, labels.place, labels.label, value, asked.code, figure.records, figure.note)

    def _read(self, labels: Labels) -> LabelRead | None:
        """How the labels of a cell are understood; None where the clerk leaves it empty."""
        whole = self.answers.meaning(labels.label)
        if whole is not None:
            return self._understood((whole,), (), (), whole) if whole else None
        own, said = list(labels.own), ""
        for place, text in enumerate(own):
            answer = self.answers.meaning(text)
            if answer == ASIDE:
                return None
            own[place], said = answer or text, answer or said
        if said and not self.reader.says_something(said):
            raise Refused(f"看不懂“{said}”指什么，请写指标的名称，例如：{INDICATORS['penalties'].title}")
        groups = [self.answers.meaning(text) or text for text in labels.groups]
        return self._understood(own, groups, labels.before, said)

    def _understood(
        self, own: Sequence[str], groups: Sequence[str], before: Sequence[str], said: str
    ) -> LabelRead:
        read = self.reader.read(own, groups, before, self._plain_title, self._counting)
        if said and read.asked is None:
            raise Refused(f"看不懂“{said}”指哪一个数，请写指标的名称，例如：{INDICATORS['penalties'].title}")
        read = replace(read, said=bool(said))
        return replace(read, certainty=SURE) if said and len(own) == 1 else read

    def _check_totals(self, number: int, table: BlankTable) -> None:
        """A row of totals says what the rows over it sum to, or stays empty: they may not be all."""
        own = [one for one in self.result.filled if one.table == number]
        totals = [one for one in own if _TOTAL.fullmatch(first_label(table, one.place))]
        for row in {one.place[0] for one in totals}:
            here = [one for one in totals if one.place[0] == row]
            sums = all(self._is_sum(one, own) for one in here if not one.is_rate)
            formulas = any(place[0] == row for place in table.formulas)
            for one in here:
                if sums and not formulas:
                    continue
                self.result.filled.remove(one)
                self.result.leave(number, one.place, one.label, "合计与各行之和不同，请自己核对填写")

    def _is_sum(self, total: FormCell, cells: Sequence[FormCell]) -> bool:
        row, column = total.place
        above = [one.value for one in cells if one.place[1] == column and one.place[0] < row]
        return sum(value for value in above if isinstance(value, int | float)) == total.value

    def _questions(self) -> list[Question]:
        found = list(self.lists.questions)
        for about, cells in self._asked.items():
            titles = [INDICATORS[one].title for one in self._offers[about].offers]
            offers = (*((title, title) for title in titles), LEFT_EMPTY)
            found.append(Question(Asked.LABEL, about, titles[0] if titles else "", offers, cells, key=about))
        return ranked(found)


def _shown(asked: AskedFigure, figure: CountedFigure, share: bool) -> Written | None:
    """A figure as a cell takes it: a number, several in the words of their item, a rate in per cent."""
    value = figure.value
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _in_words(asked.item, value)
    if asked.measure in ("rate", "ontime"):
        if share:
            return round(value, 4)
        return round(value * 100, 1) if asked.unit == "rate" else percent(value)
    return value


def _in_words(item: Item | None, value: Mapping[str, ItemValue]) -> str:
    parts = {
        name: one if isinstance(one, str) else show_number(float(str(one))) for name, one in value.items()
    }
    return item.in_words(parts) if item else ""


def scopes_of(books: Books) -> list[str]:
    """Return what a form may be filled for: sectors, offices, villages; a unit by its name besides."""
    return places_of(books)


def _refuse_scope(books: Books, scope: str) -> None:
    if scope and scope not in (known := scopes_of(books)) and scope not in books.enterprises.names():
        told = "、".join(known)
        raise Refused(f"台账里没有“{scope}”这个行业领域、监管科室、村（社区）或单位，可用的有：{told}")
