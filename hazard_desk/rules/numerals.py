"""Chinese numerals: as headings of official papers count (一, 十二), as receipts write amounts (壹仟元整)."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """Return ``number`` (1 to 99) in Chinese: 8 is 八, 12 is 十二, 20 is 二十."""
    if not 0 < number < 100:
        raise ValueError(f"no Chinese numeral for {number}")
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return ten + (_DIGITS[ones] if ones else "")


_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capital_yuan(amount: float) -> str:
    """Return an amount of 元 in the capitals of receipts: 1200.5 is 壹仟贰佰元伍角, 800 is 捌佰元整.

    Raises ``ValueError`` for a negative amount or one of 10^16 元 and more.
    """
    fen = round(amount * 100)
    if not 0 <= fen < 10**18:
        raise ValueError(f"no capitals for {amount}")
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    whole = f"{_capital_integer(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{whole}整"
    tens = f"{_CAPITALS[jiao]}角" if jiao else ("零" if whole else "")
    return whole + tens + (f"{_CAPITALS[cents]}分" if cents else "")


def _capital_integer(number: int) -> str:
    if number == 0:
        return _CAPITALS[0]
    said = ""
    gap = False
    for group in range(len(_GROUPS) - 1, -1, -1):
        part = number // 10000**group % 10000
        if part == 0:
            gap = bool(said)
            continue
        if said and (gap or part < 1000):
            said += _CAPITALS[0]
        said += _capital_group(part) + _GROUPS[group]
        gap = False
    return said


def _capital_group(part: int) -> str:
    """Return a number below ten thousand: 1005 is 壹仟零伍, 10 is 壹拾."""
    said = ""
    zero = False
    for place in range(3, -1, -1):
        digit = part // 10**place % 10
        if digit:
            said += (_CAPITALS[0] if zero and said else "") + _CAPITALS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return said


_NUMERALS = ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_VALUES = {char: value for value, chars in enumerate(_NUMERALS) for char in chars}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


def chinese_number(text: str) -> int | None:
    """Return the whole number that Chinese numerals write (二十, 三万五千, 伍仟零叁), or None.

    None also for what leaves its last place unsaid: 三万五.
    """
    whole = 0
    for name, size in (("亿", 100_000_000), ("万", 10_000)):
        head, found, rest = text.partition(name)
        if found:
            part = _below_ten_thousand(head)
            if not part or name in rest:
                return None
            whole, text = whole + part * size, rest
            if not rest:
                return whole
            if rest[0] in _VALUES and rest[0] not in "零〇" and len(rest) == 1:
                return None
    rest_value = _below_ten_thousand(text)
    return None if rest_value is None else whole + rest_value


def _below_ten_thousand(text: str) -> int | None:
    total, last, digit = 0, 10_000, None
    for place, char in enumerate(text):
        if char in _VALUES and digit in (None, 0):
            digit = _VALUES[char]
        elif char in _UNITS and _UNITS[char] < last and (digit or (place == 0 and _UNITS[char] == 10)):
            total, last, digit = total + (digit or 1) * _UNITS[char], _UNITS[char], None
        else:
            return None
    if digit and last > 10 and total and "零" not in text and "〇" not in text:
        return None
    return total + (digit or 0) if text else None
