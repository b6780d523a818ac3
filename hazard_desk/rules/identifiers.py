"""What something is known by: credit codes, telephones, numbers of papers, names of firms and people."""

from __future__ import annotations

import re
from string import Formatter

from hazard_desk.errors import Refused

_CODE_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile(rf"[{_CODE_CHARS}]{{18}}")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BRACKETS = str.maketrans("〔【［〕】］()", "[[[]]][]")
_BLANK = re.compile(r"\s+")
_FORM = re.compile(r"(?:股份)?(?:有限)?(?:责任)?公司|有限|责任")
_MARKS = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"[A-Za-z·.]")
_LONGEST_ID = 18
"""Digits that a whole number of the database may have."""
_PHONE = re.compile(r"1\d{10}|(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?")


def credit_code_check_char(body: str) -> str:
    """Return the 18th character for the first 17 of a social credit code (GB 32100-2015 §5.4)."""
    total = sum(_CODE_CHARS.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return _CODE_CHARS[-total % 31]


def check_credit_code(code: str) -> None:
    """Raise ``Refused`` unless ``code`` is a whole social credit code with a right check character."""
    if not _CODE.fullmatch(code):
        raise Refused("应为18位数字和大写字母（不含I、O、S、V、Z），请核对")
    if credit_code_check_char(code[:17]) != code[17]:
        raise Refused("校验码不对，请核对是否抄错")


def check_phone(number: str) -> None:
    """Raise ``Refused`` unless ``number`` is a mobile or landline number."""
    if not _PHONE.fullmatch(number.replace(" ", "")):
        raise Refused("应为11位手机号或带区号的座机号，请核对")


def check_mail(addresses: str) -> None:
    """Raise ``Refused`` unless ``addresses`` are e-mail addresses, parted by commas."""
    for address in re.split("[,，]", addresses):
        if not _MAIL.fullmatch(address.strip()):
            raise Refused(f"“{address.strip()}”不像邮箱地址，应形如 name@example.com，请核对")


def serial_number(pattern: str, year: int, serial: int) -> str:
    """Return the number of a hazard or document by the office's pattern: 三星隐患〔2023〕001号.

    ``pattern`` has the places {year} and {seq}, such as 三星隐患〔{year}〕{seq:03}号.
    """
    return pattern.format(year=year, seq=serial)


def pattern_of(before: str, between: str, after: str, digits: int) -> str:
    """Return the pattern that writes these words around the year and a serial number of so many digits."""
    first, middle, last = (text.replace("{", "{{").replace("}", "}}") for text in (before, between, after))
    return f"{first}{{year}}{middle}{{seq{f':0{digits}' if digits > 1 else ''}}}{last}"


def pattern_parts(pattern: str) -> tuple[str, str, str, int] | None:
    """Return what ``pattern_of`` made it from; None where it is made otherwise."""
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError:
        return None
    places = [(name, form) for _, name, form, _ in pieces if name is not None]
    if [name for name, _ in places] != ["year", "seq"]:
        return None
    form = places[1][1] or "01"
    texts = ["", "", ""]
    at = 0
    for text, name, _, _ in pieces:
        texts[at] += text
        at += name is not None
    if not re.fullmatch(r"0\d", form) or places[0][1]:
        return None
    return texts[0], texts[1], texts[2], int(form)


def serial_number_parts(pattern: str, number: str) -> tuple[int, int] | None:
    """Return year and serial of a number that was made by the pattern; None for any other text."""
    sought, seen = "", set()
    for text, name, _, _ in Formatter().parse(pattern):
        sought += re.escape(text)
        if name:
            sought += f"(?P={name})" if name in seen else rf"(?P<{name}>\d{{1,9}})"
            seen.add(name)
    match = re.fullmatch(sought, number)
    if match is None or not match["year"].isascii() or not match["seq"].isascii():
        return None
    year, serial = int(match["year"]), int(match["seq"])
    return (year, serial) if serial_number(pattern, year, serial) == number else None


def same_key(name: str) -> str:
    """Return what two spellings of one name share: no blanks, no full-width signs; brackets count."""
    return _BLANK.sub("", name).translate(_WIDE)


def number_key(number: str) -> str:
    """Return what two spellings of one number share: 隐患[2023]001号 is 隐患〔2023〕001号."""
    return same_key(number).translate(_BRACKETS)


def id_said(text: str) -> int:
    """Return the id of a record that a text says; 0 where it is none that the database could hold."""
    return int(text) if text.isdecimal() and len(text) < _LONGEST_ID else 0


def like_key(name: str) -> str:
    """Return what names share that may well be one firm's: also without 有限公司 and the like, and signs.

    Two names that are alike so are offered to the clerk, never joined alone.
    """
    key = same_key(name)
    return _MARKS.sub("", _FORM.sub("", key)) or key


def person(name: str) -> str:
    """Return a person's name as it is compared: 张 三 is 张三; blanks within a foreign name stay."""
    return " ".join(name.split()) if _LETTERS.search(name) else same_key(name)
