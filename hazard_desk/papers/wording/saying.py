"""How a fact stands in a sentence, in the cell of a table or on a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum, auto

from hazard_desk.books.kit.gaps import GAP_WORD
from hazard_desk.papers.texts.phrases import BLANK_DATE, blank, sentence
from hazard_desk.papers.wording.facts import One
from hazard_desk.rules.dates import show_date, with_dates_written
from hazard_desk.rules.fields import Kind, Value, absent
from hazard_desk.rules.numerals import capital_yuan, chinese_numeral

BLANK, SENTENCE, CAPITAL, SHORT, LONG, NUMERAL, BARE, TICK = (
    "空",
    "成句",
    "大写",
    "短",
    "长",
    "中文",
    "数",
    "勾",
)
FORMATS = {
    BLANK: "不知道时留空几个字，如 空12；空0 为不留",
    SENTENCE: "以句号结尾",
    CAPITAL: "金额大写，如 壹万元整",
    SHORT: "日期写作2023-05-18",
    LONG: "日期写作2023年5月18日",
    NUMERAL: "数字写作一、二、三",
    BARE: "数字不带单位",
    TICK: "是为☑，否为□",
}
"""What may stand behind a name, and what it does."""
_USUAL_BLANK = 6
_YUAN = {"元": 1, "万元": 10000}


class Where(Enum):
    """Where a text stands: there an unknown fact is a line to write on, here an empty cell."""

    SENTENCE = auto()
    CELL = auto()
    FORM = auto()


def say_fact(one: One, value: Value, formats: Sequence[str], where: Where) -> str:
    """Return the fact as it is written there."""
    if one.field.kind is Kind.BOOL and TICK in formats:
        return "☑" if value else "□"
    if absent(value):
        return _unknown(one, formats, where)
    text = _shown(one, value, formats, where)
    return sentence(text) if SENTENCE in formats else text


def _unknown(one: One, formats: Sequence[str], where: Where) -> str:
    places = next((int(word[1:]) for word in formats if word[1:].isdigit()), None)
    unit = one.field.unit if BARE not in formats and where is not Where.CELL else ""
    if places is not None:
        return blank(places) + (unit if places else "")
    if where is not Where.SENTENCE:
        return GAP_WORD if one.gap else ""
    if one.field.kind is Kind.DATE:
        return BLANK_DATE
    return blank(_USUAL_BLANK) + unit


def _shown(one: One, value: Value, formats: Sequence[str], where: Where) -> str:
    if isinstance(value, date):
        short = SHORT in formats or (where is Where.CELL and LONG not in formats)
        return one.field.show(value) if short else show_date(value)
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    if number is not None and CAPITAL in formats:
        return capital_yuan(round(number * _YUAN.get(one.field.unit, 1), 2))
    if number is not None and NUMERAL in formats:
        return chinese_numeral(int(number)) if 0 < number < 100 else str(int(number))
    shown = one.field.show(value)
    if number is None and where is not Where.CELL:  # the desk wrote the day of a report
        shown = with_dates_written(shown)
    bare = number is None or BARE in formats or where is Where.CELL
    return shown if bare else f"{shown}{one.field.unit}"
