"""What a form puts forward by itself: the order of its fields, today, and what stays for the next record.

What follows from the 监管对象 that is named is told by ``Enterprises.tells``. Nothing of this is a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hazard_desk.rules.fields import NAMES_FIRM, Field, Row, Value, absent, names_in

RECENT = 300
"""So many of the last entries tell who did what of late."""


def firm_first(fields: Iterable[Field]) -> list[Field]:
    """Return the fields as a form asks them: the one first that names the firm, others follow from it."""
    return sorted(fields, key=lambda field: field.of_firm != NAMES_FIRM)


def firm_field(fields: Iterable[Field]) -> str:
    """Return the name of the field that says which 监管对象 it is; '' where none does."""
    return next((field.name for field in fields if field.of_firm == NAMES_FIRM), "")


def proposed_on(fields: Iterable[Field], today: date) -> Row:
    """Return what a new form proposes because it is ``today``."""
    return {field.name: today for field in fields if field.now}


def staying(fields: Iterable[Field], raw: Row) -> Row:
    """Return what of a form's entries is put forward for the next record."""
    return {field.name: raw[field.name] for field in fields if field.stays}


def last_first(entered: Iterable[Value], options: Sequence[str]) -> list[str]:
    """Return the options, first those that were entered last; ``entered`` begins with the last.

    Of names all of the last entry come together before each alone.
    """
    lists = [names_in(one) or [str(one)] for one in entered if not absent(one)]
    known = set(options)
    said = [one for names in lists for one in names if one in known]
    together = ["、".join(names) for names in lists[:1] if len(names) > 1]
    return list(dict.fromkeys([*together, *said, *options]))
