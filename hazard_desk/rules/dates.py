"""Dates as people type them and as papers show them.

Built by hand: strftime fails on Chinese characters under Windows.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from hazard_desk.rules.wording import WEEKDAYS

_WITH_YEAR = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
"""A year that a title or a deadline names."""
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")


def parse_date(text: str, year: int) -> date | None:
    """Return the date written in ``text`` (2023-05-18, 2023.5.18, 2023年5月18日, 20230518, 5月18日).

    A date without a year belongs to ``year``. None when it is no date; nothing is guessed.
    """
    text = text.translate(_FULL_WIDTH).strip()
    if match := _WITH_YEAR.fullmatch(text) or _COMPACT.fullmatch(text):
        parts = [int(part) for part in match.groups()]
    elif match := _NO_YEAR.fullmatch(text):
        parts = [year, *(int(part) for part in match.groups())]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def years_in(text: str) -> list[int]:
    """Return the years of this century that a text names, in its order."""
    return [int(year) for year in YEAR.findall(text)]


def show_date(day: date | None) -> str:
    """Return the date as papers write it: 2023年5月18日; '' for None."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def show_weekday(day: date) -> str:
    """Return the day of the week: 星期四."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def show_moment(moment: datetime) -> str:
    """Return date and time as tables write it: 2023-05-18 09:30."""
    return moment.isoformat(sep=" ", timespec="minutes")
