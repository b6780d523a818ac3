"""Columns for parts of the time (2024年, 2025年, 一季度 …): what they say together is one deadline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from hazard_desk.grid.headings import normal
from hazard_desk.library.annex.columns import PERIODS
from hazard_desk.library.annex.people import is_nobody
from hazard_desk.rules.dates import years_in
from hazard_desk.rules.deadlines import parse_deadline

_MARK = re.compile(r"[√✓✔●○◎★☆▲△■□是]+")

_GOES_ON = re.compile(r"持续|长期|立即|即日")


def column_period(heading: str) -> tuple[int, str]:
    """Return year (0: that of the plan) and name of the time that a column is for: (2024, 2024年)."""
    words = normal(heading)
    key = max((key for key in PERIODS if words.endswith(key)), key=len, default="")
    year, name = PERIODS.get(key, (0, key))
    named = years_in(words)
    if not year and named:
        return named[0], f"{named[0]}年{name}"
    return year, name


def deadline_of_periods(told: Sequence[tuple[str, str]], year: int) -> str:
    """Return the deadline that the columns (heading, text) make; '' when nothing stands in them.

    ``2024年12月底前、2025年12月底前`` where all are dates, else ``2024年：首轮；2025年：全覆盖``.
    """
    read = [(*column_period(heading), text) for heading, text in told if not is_nobody(text)]
    said = [(own, name if years_in(name) else f"{year}年{name}", text) for own, name, text in read]
    if not said:
        return ""
    texts = list(dict.fromkeys(text for _, _, text in said))
    first = parse_deadline(texts[0], year)
    if len(texts) == 1 and len(said) > 1 and first.understood and not first.dates:
        return texts[0]
    dated = [_dated(own or year, name, text) for own, name, text in said]
    if all(dated):
        return "、".join(dict.fromkeys(dated))
    if len(said) == 1 and (first.understood or _GOES_ON.search(texts[0])):
        return texts[0]
    return "；".join(f"{name}：{text}" for _, name, text in said)


def _dated(year: int, name: str, text: str) -> str:
    """What a column says as a date with its year; '' when it is none."""
    if _MARK.fullmatch(text):
        text = name
    if not parse_deadline(text, year).dates:
        return ""
    if years_in(text):
        return text
    told = [f"{own}{text}" if text.startswith("年") else f"{own}年{text}" for own in (year, year + 1)]
    within = parse_deadline(name if years_in(name) else f"{year}年{name}", year)
    first, last = within.starts or date.min, within.due or date.max
    fits = (words for words in told if all(first <= day <= last for day in parse_deadline(words, year).dates))
    return next(fits, told[0])  # 元旦前 in the last quarter is that of the next year
