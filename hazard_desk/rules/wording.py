"""One spelling for the many ways people write numbers, dates and frequencies.

``one_spelling`` turns "五月十五日 前", "2023.5.15" or "每个星期四" into the few forms that the grammar of
``deadlines`` knows. It never decides what a wording means.
Here stand, too, the words around a date that say nothing about it, the doubt that a wording leaves, how a
sentence quotes it, and how wide it is.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {char: str(value) for value, chars in enumerate(("〇零○", *"一二三四五六七八九")) for char in chars}
_TENS = re.compile(r"([一二三四五六七八九]?)(十|廿|卅)([一二三四五六七八九]?)")
# After 周 a numeral is a weekday (周四), unless 次 follows (每周一次).
_NUMERAL = re.compile(
    r"(?<![\d周〇零○一二三四五六七八九十廿卅两])([〇零○一二三四五六七八九十廿卅两]+)"
    r"(?=[年月日号次条幅个季点时分场篇期份家人前至、,]|$)"
    r"|(?<=周)([一二三四五六七八九十两]+)(?=次)"
)
_SPACE = re.compile(r"[\s\u200b-\u200d\ufeff]+")

_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.ASCII), replacement)
    for pattern, replacement in (
        (r"星期|礼拜", "周"),
        (r"^(\d{4}-\d\d-\d\d)00:00:00$", r"\1"),  # how a spreadsheet's date cell reads as text
        (r"截[至止]到?(?=\d|年)", "于"),
        (r"(?<![\d.])(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?![\d.])[日号]?", r"\1年\3月\4日"),
        (r"(?<![\d.])(\d{4})(\d\d)(\d\d)(?![\d.])", r"\1年\2月\3日"),
        (r"(?<![\d.])(\d{4})[-./](\d{1,2})(?![\d.])月?", r"\1年\2月"),
        (r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?![\d.])[日号]?", r"\1月\2日"),
        (r"(?:[-—–−~]|到(?!位))+", "至"),
        (r"(?<=\d)号", "日"),
        (r"月份", "月"),
        (r"之前|以前", "前"),
        (r"(?<=年)[末终]|(?<=[月度])末", "底"),
        (r"年年底", "年底"),
        (r"月月底", "月底"),
        (r"(?:逐|按|每个|每一|各)(?=日|天|周|月|季|半年|年)", "每"),
        (r"每天", "每日"),
        (r"每季(?!度)", "每季度"),
        (r"\(含(?:当日|当天)?\)", ""),
    )
)


def _number(match: re.Match[str]) -> str:
    """Return a Chinese numeral as digits, or as it stands when it is no plain number (三四次)."""
    word = match.group()
    if word == "两":
        return "2"
    if ten := _TENS.fullmatch(word):
        first, unit, last = ten.groups()
        if unit != "十" and first:
            return word
        tens = {"十": int(_DIGITS.get(first, "1")), "廿": 2, "卅": 3}[unit]
        return str(tens * 10 + int(_DIGITS.get(last, "0")))
    if len(word) in (1, 4) and all(char in _DIGITS for char in word):
        return "".join(_DIGITS[char] for char in word)
    return word


def one_spelling(text: str) -> str:
    """Return ``text`` half-width, without spaces, numbers in digits, dates as 5月18日, ranges with 至."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    text = _SPELLINGS[0][0].sub(_SPELLINGS[0][1], text)
    text = _NUMERAL.sub(_number, text)
    for pattern, replacement in _SPELLINGS[1:]:
        text = pattern.sub(replacement, text)
    return text


LEAD_IN = r"(?:请|应|须|要)?[于在]?"
VERBS = r"(?:组织|开展|召开|进行|通报|报送|上报|报|动态更新|更新|公开|调度|检查|完成)*"
_VAGUE = re.compile(r"立即|即时|即刻|马上|随时|及时|尽快|即知即改|立行立改|即查即改|即日")
_FRAGMENT = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)?前?|年底前?|每(?:周|月|季度|半年|年)", re.ASCII
)


class Doubt(Exception):
    """The wording can't be understood; the message is the note for the clerk."""


def unknown(part: str) -> str:
    """Return the note for a part that no pattern knows, naming the date that is hidden in it if any."""
    if _VAGUE.search(part):
        return f"“{short(part)}”没有写明日期，请核对后填写。"
    if found := _FRAGMENT.search(part):
        return f"“{short(part)}”中只认出“{found.group()}”，其余文字未能识别，请核对后填写日期。"
    return f"“{short(part)}”未能识别，请核对后填写日期。"


def short(text: str) -> str:
    """Return the text, cut to what fits a sentence."""
    return text if len(text) <= 30 else text[:30] + "…"


def letters_wide(text: str) -> int:
    """Return how wide a text is, in letters: a Chinese character is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def quoted(text: str) -> str:
    """Return ``text`` in quotation marks: 每月“五进”活动 gives “每月‘五进’活动”."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
