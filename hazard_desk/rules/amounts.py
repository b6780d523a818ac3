"""Amounts as people type them in ledgers: 约200人, 5千元, 1.2万, ￥5,000.00, 伍仟元整, 二十人."""

from __future__ import annotations

import re
from decimal import Decimal

from hazard_desk.rules.numerals import chinese_number
from hazard_desk.rules.wording import empty, half_width_text

_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_MONEY |= {"万": _MONEY["万元"]}
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}
_SCALES |= {"千万": 10_000_000, "亿": 100_000_000, "k": 1000, "w": 10_000}
_ALIKE = {"人": ("人", "人次", *"名位个口"), "天": tuple("天日"), "家": tuple("家户个")}
_ALIKE |= {"个": tuple("个处项条件"), "处": tuple("处个项")}
"""Measure words that count the same things."""
_MEASURES = "人名位个口天日年月次家户处项条件台套部辆座间场期份篇幅斤吨米"
_AMOUNT = re.compile(
    r"(?P<about>约为?|大约|大概|近|将近|接近|不足|不到|超过?|共计?|合计|总计|计|至少|不少于)?"
    r"(?P<sign>(?:人民币|RMB)?[¥]?)"
    r"(?:(?P<digits>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?P<scale>[十百千]?[万亿]|[十百千]|[kwKW])?"
    r"|(?P<words>[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+))"
    r"(?P<more>余|多|来|几)?"
    r"(?:(?P<money>元|圆|块钱?)(?:(?P<jiao>[一二三四五六七八九零壹贰叁肆伍陆柒捌玖])角)?"
    r"(?:零?(?P<fen>[一二三四五六七八九壹贰叁肆伍陆柒捌玖])分)?[整正]?|(?P<unit>[^\d\s左上以]{1,3}?))?"
    r"(?P<around>左右|上下|以上|以下|以内|之内)?",
    re.ASCII,
)


def read_amount(text: str, unit: str, written_in: str = "") -> float | None:
    """Return the amount that ``text`` means, in ``unit`` (元, 万元, 人, '' for none), or None.

    A bare number is in ``written_in``, what the heading of its column names, else in ``unit``. None where
    the text is no amount, is two (3-5人), or is counted in something else (2台 of 人); nothing is guessed.
    """
    match = _match(text)
    if match is None or match[0] == "一":  # one stroke: a dash as well
        return None
    number = _number(match)
    if number is None:
        return None
    rate = _rate(match, unit, written_in)
    return None if rate is None else float(number * rate)


def amount_words(text: str, unit: str) -> str:
    """Return what was typed where it says more than its amount (约200人), '' where it does not (200人)."""
    match = _match(text)
    if match is None:
        return "" if empty(text) else text.strip()
    return text.strip() if match["about"] or match["more"] or match["around"] else ""


def _match(text: str) -> re.Match[str] | None:
    return _AMOUNT.fullmatch(re.sub(r"\s", "", half_width_text(text)))


def _number(match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        return Decimal(match["digits"].replace(",", "")) * _SCALES[(match["scale"] or "").lower()]
    whole = chinese_number(match["words"])
    if whole is None:
        return None
    jiao, fen = (chinese_number(match[name] or "零") or 0 for name in ("jiao", "fen"))
    return whole + Decimal(jiao) / 10 + Decimal(fen) / 100


def _rate(match: re.Match[str], unit: str, written_in: str) -> Decimal | None:
    """Return what brings the number into ``unit``, None where it counts other things."""
    scaled = match["scale"] or match["words"]
    if unit in _MONEY:
        bare = not (match["money"] or match["sign"] or scaled or match["unit"])
        if match["unit"]:
            return None
        said = _MONEY.get(written_in, _MONEY[unit]) if bare else Decimal(1)
        return said / _MONEY[unit]
    if match["money"] or match["sign"]:
        return None
    alike = _ALIKE.get(unit, ()) if unit else _MEASURES
    return Decimal(1) if (match["unit"] or unit) in (unit, *alike) else None
