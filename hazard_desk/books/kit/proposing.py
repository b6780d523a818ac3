"""What a form puts forward by itself: the order of its fields, today, and what stays for the next record.

What follows from the 监管对象 that is named is told by ``Enterprises.tells``. Nothing of this is a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hazard_desk.rules.fields import NAMES_FIRM, Field, Row


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
