"""What the titles of a form tell: what it is called, which days it counts, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from hazard_desk.grid.grid import Place
from hazard_desk.rules.phrases.points import month_end
from hazard_desk.sheets.filling.blank import BlankForm, BlankTable

_CAMPAIGN = re.compile(r"[^，。\s]{0,30}?(?:专项|整治|攻坚)[^，。\s]{0,12}?行动|安全生产月(?!报)")
"""The name of a campaign within a title: it tells nothing of what is counted."""
_SPANS = (
    ("year", re.compile(r"年报|年度|全年|(?<!\d)0?1月?\s*[-—－至~～]\s*\d{1,2}\s*月")),
    ("quarter", re.compile(r"季报|季度|本季")),
    ("month", re.compile(r"月报|当月|本月|每月|\d{1,2}\s*月份?(?!底|\d|日)|[　 _]月份?(?![　 _]*日)")),
)
_MONTH = re.compile(r"(?:(20\d\d)\s*年)?(?:\s*0?1月?\s*[-—－至~～])?\s*(?<!\d)(1[0-2]|0?[1-9])\s*月(?!\s*\d)")


def titles_of(table: BlankTable) -> list[str]:
    """Return the lines that stand alone over a table."""
    grid = table.grid
    lines = [grid.line(row) for row in range(min(4, len(grid.rows)))]
    return [line[0] for line in lines if len(line) == 1]


def title_of(form: BlankForm, file: Path) -> str:
    """Return what a form is called; by its file where it does not say."""
    titles: Iterator[str] = (
        text
        for table in form.tables
        for text in (*table.grid.above, *titles_of(table))
        if not text.startswith("附件")
    )
    return next(titles, file.stem)


def plain_title(titles: Sequence[str]) -> str:
    """Return what titles say without the name of a campaign."""
    return _CAMPAIGN.sub("", "".join(titles))


def span_in(titles: Sequence[str]) -> str:
    """Return the days that a title names; '' for none."""
    text = plain_title(["　".join(titles)])
    return next((name for name, pattern in _SPANS if pattern.search(text)), "")


def day_named(title: str, today: date) -> date:
    """Return the last day of the month that a title names, where that is over; else today."""
    found = _MONTH.search(title)
    if found is None:
        return today
    end = month_end(int(found[1] or today.year), int(found[2]))
    return min(end, today)


def first_label(table: BlankTable, place: Place) -> str:
    """Return the first text of a row."""
    line = table.grid.line(place[0])
    return line[0].replace("　", "") if line else ""
