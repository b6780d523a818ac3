"""Which enterprise a word names: by its name, a former one, a part of it, or pinyin initials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hazard_desk.capture.known import KnownFirm
from hazard_desk.rules.identifiers import like_key, same_key
from hazard_desk.store.initials import initials_read

_LEAST_INSIDE, _LEAST_ALONE, _SURE = 3, 2, 3
"""Characters of a name that must stand at the head of a longer word, or alone; and to be sure of it."""
_SHOWN = 4
_TOWARDS = "到对在去赴"


@dataclass(frozen=True)
class FirmFound:
    """The enterprise, how much of the word names it, and why one cannot be sure ('' when one can)."""

    firm: KnownFirm
    length: int
    why: str = ""


@lru_cache(maxsize=8)
def _names(firms: tuple[KnownFirm, ...]) -> tuple[tuple[str, KnownFirm], ...]:
    """Every way in which an enterprise is called, whole or without 有限公司 and the like; longest first."""
    found: dict[tuple[str, str], tuple[str, KnownFirm]] = {}
    for firm in firms:
        for name in (firm.name, *firm.former):
            for key in (same_key(name), like_key(name)):
                if len(key) >= _LEAST_ALONE:
                    found.setdefault((key, firm.name), (key, firm))
    return tuple(sorted(found.values(), key=lambda one: -len(one[0])))


@lru_cache(maxsize=8)
def _letters(firms: tuple[KnownFirm, ...]) -> tuple[tuple[str, KnownFirm], ...]:
    return tuple((initials_read(firm.name), firm) for firm in firms)


def firm_named(word: str, firms: tuple[KnownFirm, ...], alone: bool = True) -> FirmFound | None:
    """Return the enterprise that ``word`` names at its head; None where it names none.

    What follows the name in the word is not counted in ``length``. ``alone``: the word may be a part of a
    name as short as two characters, or initials.
    """
    if not word:
        return None
    if word.isascii():
        return _by_letters(word, firms) if alone else None
    for key, firm in _names(firms):
        if word.startswith(key) and (len(key) >= _LEAST_INSIDE or len(key) == len(word)):
            same = [one.name for other, one in _names(firms) if other == key]
            return FirmFound(firm, len(key), _doubt(same))
    return _by_part(word, firms, alone)


def firm_inside(word: str, firms: tuple[KnownFirm, ...]) -> KnownFirm | None:
    """Return the enterprise whose whole name stands anywhere in ``word``, the longest; None for none.

    After 到 or 对 a part of the name is enough.
    """
    text = same_key(word)
    for key, firm in _names(firms):
        if len(key) > _LEAST_INSIDE and key in text:
            return firm
    at = min((place for place in map(text.find, _TOWARDS) if place >= 0), default=-1)
    found = firm_named(text[at + 1 :], firms, alone=False) if at >= 0 else None
    return found.firm if found else None


def _by_part(word: str, firms: tuple[KnownFirm, ...], alone: bool) -> FirmFound | None:
    """The longest head of the word that stands in the name of an enterprise."""
    for length in range(len(word), _LEAST_ALONE - 1, -1):
        whole = length == len(word)
        if length < _LEAST_INSIDE and not (whole and alone):
            continue
        head = word[:length]
        bearing = list(dict.fromkeys(firm for key, firm in _names(firms) if head in key))
        if not bearing:
            continue
        ending = [firm for firm in bearing if like_key(firm.name).endswith(head)]
        if not whole and not ending:
            continue  # 安全技术服务公司 is not meant by 安全出口
        chosen = ending or bearing
        short = len(head) < _SURE or not ending
        why = _doubt([firm.name for firm in chosen]) or (f"只写了“{head}”" if short else "")
        return FirmFound(chosen[0], length, why)
    return None


def _by_letters(word: str, firms: tuple[KnownFirm, ...]) -> FirmFound | None:
    letters = word.lower()
    if len(letters) < _LEAST_ALONE or not letters.isalpha():
        return None
    found = [firm for known, firm in _letters(firms) if letters in known]
    why = _doubt([firm.name for firm in found]) or "按拼音首字母"
    return FirmFound(found[0], len(word), why) if found else None


def _doubt(names: Sequence[str]) -> str:
    if len(names) < 2:
        return ""
    return f"也可能是{'、'.join(names[1:_SHOWN])}{'等' if len(names) > _SHOWN else ''}"
