"""Chinese numerals as headings of official papers count: 一, 十, 十二, 二十一."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """Return ``number`` (1 to 99) in Chinese: 8 is 八, 12 is 十二, 20 is 二十."""
    if not 0 < number < 100:
        raise ValueError(f"no Chinese numeral for {number}")
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return ten + (_DIGITS[ones] if ones else "")
