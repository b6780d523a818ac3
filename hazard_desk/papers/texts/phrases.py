"""Words that papers share. What the ledgers do not know is a blank to be filled in by hand, never a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.plans.tables import PlanRow
from hazard_desk.rules.dates import show_date

BLANK_DATE = "＿＿＿＿年＿＿月＿＿日"
"""Lines, for blanks at the end of a line of text would leave no room for the year."""
_LINE = "＿"
BLANK_NUMBER = "〔　　　　〕　　号"


def blank(places: int = 6) -> str:
    """Return a line of so many characters to write on."""
    return _LINE * places


def unlined(text: str) -> str:
    """Return a text whose lines to write on are blanks, as the date under a signature has them."""
    return text.replace(_LINE, "　")


def known(told: str | Sequence[str], places: int = 6) -> str:
    """Return a text or the names of a list, or a line to write on."""
    return (told if isinstance(told, str) else "、".join(told)) or blank(places)


def day(value: date | None) -> str:
    """Return a date as papers write it, or the blanks of one."""
    return show_date(value) or BLANK_DATE


def sentence(text: str) -> str:
    """Return a text that ends like a sentence, to be followed by another; '' stays ''."""
    text = text.strip().rstrip("。；;，,.")
    return f"{text}。" if text else ""


def signing_office(books: Books) -> str:
    """Return the name that the office signs its own papers with."""
    return books.cabinet.setting("signed_by") or books.office_name


def place_of(books: Books) -> str:
    """Return the whole the figures are of: 全乡, 全镇, 全街道; 全辖区 for other issuers."""
    place = books.plans.current().issuer.removesuffix("人民政府").removesuffix("办事处")
    return next((f"全{word}" for word in ("乡", "镇", "街道", "县", "区") if place.endswith(word)), "全辖区")


def campaign_of(plan: PlanRow) -> str:
    """Return a plan's campaign, as titles of reports have it: 某镇…行动（2024—2026年） of its 实施方案."""
    return re.sub("(工作)?(实施)?方案(?=（|$)", "", plan.title)


def theme_of(plan: PlanRow) -> str:
    """Return what a campaign is about, without place and years: 安全生产治本攻坚三年行动."""
    name = re.sub(r"（[^）]*）$|\d{4}行动$", "", campaign_of(plan))
    place = re.sub("(人民政府|安全生产委员会|街道办事处)$", "", plan.issuer)
    own = next((place[at:] for at in range(len(place)) if name.startswith(place[at:])), "")
    return name.removeprefix(own)


def plan_named(plan: PlanRow) -> str:
    """Return a plan as papers refer to it: 《三星乡…行动方案》（三星府发〔2023〕76号）."""
    number = f"（{plan.number}）" if plan.number else ""
    return f"《{plan.title}》{number}"
