"""What the titles of a form tell: what it is called, which days it counts, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from hazard_desk.grid.grid import Place
from hazard_desk.rules.phrases.points import month_end
from hazard_desk.sheets.filling.blank import BlankForm, BlankTable
from hazard_desk.sheets.filling.labels import is_title

_CAMPAIGN = re.compile(r"[^，。\s]{0,30}?(?:专项|整治|攻坚)[^，。\s]{0,12}?行动|安全生产月(?!报)")
"""The name of a campaign within a title: it tells nothing of what is counted."""
_HIGHEST, _FEW = 4, 2
"""Rows of titles, and texts in one of them: 填报单位 and 单位：万元."""
_SPANS = (
    ("year", re.compile(r"年报|年度|全年|(?<!\d)0?1月?\s*[-—－至~～]\s*\d{1,2}\s*月")),
    ("quarter", re.compile(r"季报|季度|本季")),
    ("month", re.compile(r"月报|当月|本月|每月|\d{1,2}\s*月份?(?!底|\d|日)|[　 _]月份?(?![　 _]*日)")),
)
_OF_ONE = re.compile(
    r"报告[单书表]|登记[卡表]|审批表|档案|告知|通知书|检查[表单]|检查记录|记录表|基本情况|信息表|采集表|情况说明"
)
_OF_MANY = re.compile(r"统计|汇总|调度|[月季年]报|报表|进展|台账|清单|反馈|一览")
_OF_UNIT = re.compile(r"法定代表人|信用代码|受检|被检|受查|注册地址|营业执照")
_MONTH = re.compile(r"(?:(20\d\d)\s*年)?(?:\s*0?1月?\s*[-—－至~～])?\s*(?<!\d)(1[0-2]|0?[1-9])\s*月(?!\s*\d)")


def titles_of(table: BlankTable) -> list[str]:
    """Return the lines that stand alone over a table."""
    grid = table.grid
    found: list[str] = []
    for row in range(min(_HIGHEST, len(grid.rows))):
        told = [place for place in grid.places(row) if grid.text(*place)]
        if len(told) > _FEW:
            break
        found += [grid.text(*place) for place in told if is_title(grid, place)]
    return found


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


def is_about_one(titles: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether a form is about one unit or one thing, as its title or its labels say: it counts nothing."""
    text = "".join(titles)
    if _OF_MANY.search(text):
        return False
    return bool(_OF_ONE.search(text)) or any(_OF_UNIT.search(label) for label in labels)


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
