"""The parts of a wording, each made whole: 6月、12月底前 is 6月底前 and 12月底前; 每月5日、20日前 is one."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[、,]|并且|并|以及|及(?!时)|和|与|同时")
_LISTS = (
    (re.compile(r"(?<!\d)(\d{1,2})[、和及](?=\d{1,2}日)"), r"\1日、"),
    (re.compile(r"(\d{1,2}月)(\d{1,2}日)[、和及](?=\d{1,2}日)"), r"\1\2、\1"),
    (re.compile(r"(?<!\d)(\d{1,2})[、和及](?=\d{1,2}月)"), r"\1月、"),
    (re.compile(r"(?<![\d每])([1-4])[、和及](?=第?[1-4]季度)"), r"\1季度、"),
)
_MONTH_LIST = re.compile(r"(?<!\d)((?:\d{1,2}月[、和及])+)(\d{1,2}月)(\d{1,2}日前?|底前?|[上中下]旬前?)")
_FEAST_LIST = re.compile(
    r"((?:元旦|春节|清明|五一|端午|中秋|国庆)节?[、和及])+(?:元旦|春节|清明|五一|端午|中秋|国庆)节?前"
)
_EACH = re.compile(
    r"每2?(?:年度?|个?月|周)(?:(?:\d{1,2}月(?:\d{1,2}日|底)?|\d{1,2}日|周?[一二三四五六日天])前?"
    r"(?:[、和及]|以及)(?=\d{1,2}[月日]|周[一二三四五六日天]"
    r"|[一二三四五六日天1-7](?:前|[、和及]|[上下中]午|[早晚]|$)))"
    r"(?:(?:\d{1,2}月(?:\d{1,2}日|底)?|\d{1,2}日|周?[一二三四五六日天1-7])前?(?:[、和及](?=\d|周?[一二三四五六日天]))?)+"
)


def parts_in(segment: str) -> list[str]:
    """Return the parts of a segment (in plain spelling), each with what it shares with the others.

    Within a recurrence | stands between its days or months: 每月5日|20日前.
    """
    for pattern, written in _LISTS:
        before = ""
        while before != segment:
            before, segment = segment, pattern.sub(written, segment, count=1)
    segment = _EACH.sub(lambda found: re.sub(r"[、和及]|以及", "|", found[0]), segment)
    segment = _MONTH_LIST.sub(lambda m: re.sub(r"月([、和及])", rf"月{m[3]}\1", m[1]) + m[2] + m[3], segment)
    segment = _FEAST_LIST.sub(lambda m: re.sub(r"(?=[、和及])", "前", m[0]), segment)
    return [part for part in _SEPARATORS.split(segment) if part]
